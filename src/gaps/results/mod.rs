//! What became of referrals, published under statistical disclosure control: what holds people, and where referrals fail.
//!
//! [`ResultReport`] parses a request, [`ResultLedger`] decides which counts are released, [`ResultTable`] is what planners see. This
//! module does no I/O.

mod ledger;
mod report;
mod table;

pub use self::ledger::ResultLedger;
pub use self::report::ResultReport;
pub use self::table::{OutcomeCounts, ResultNames, ResultRow, ResultTable};

#[cfg(test)]
mod tests;
