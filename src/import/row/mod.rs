//! One record → [`Facts`].
mod cell;
mod coordinates;
mod dates;
