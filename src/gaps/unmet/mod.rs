//! Needs that were not met, told only in a way that hides what happened once or twice.
//!
//! [`NeedReport`] reads what a page sends, [`DisclosureLedger`] decides what may be told (statistical disclosure control), [`UnmetTable`] is what
//! planners see. This module does no I/O.

pub mod disclosure;
mod report;
mod table;

pub use self::disclosure::DisclosureLedger;
pub use self::report::{NeedReport, NeedReportError};
pub use self::table::{DistrictRow, InterestGroup, MapChoice, MonthPeriod, UnmetTable};

#[cfg(test)]
mod tests;
