//! What the program knows at one moment, ready to be asked: places, trees, text index and encoded features.
//!
//! A [`Snapshot`] is built whole from the stored places for one audience and never changed. This module does no I/O.

pub mod query;
pub mod shared;
pub mod snapshot;

pub use query::Filter;
pub use shared::SharedSnapshots;
pub use snapshot::{Listed, Snapshot};
