//! Needs that were not met, told only in a way that hides what happened once or twice.
//!
//! [`Draft`] reads what a page sends, [`Ledger`] decides what may be told (statistical disclosure control), [`Table`] is what
//! planners see. This module does no I/O.

pub mod disclosure;
mod report;
mod table;

pub use self::disclosure::{Ledger, UNIT};
pub use self::report::{Draft, UnmetError};
pub use self::table::{Choice, DistrictRow, InterestGroup, Period, Table};

#[cfg(test)]
mod tests;
