//! Unmet needs, published under statistical disclosure control: no count of one or two is released.
//!
//! [`NeedReport`] parses a request, [`DisclosureLedger`] decides which counts are released, [`UnmetTable`] is what
//! planners see. This module does no I/O.

pub mod disclosure;
mod report;
mod table;

pub use self::disclosure::DisclosureLedger;
pub use self::report::{NeedReport, NeedReportError};
pub use self::table::{DistrictRow, InterestGroup, MapChoice, MonthPeriod, UnmetTable};

#[cfg(test)]
mod tests;
