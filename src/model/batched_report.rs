//! Reports that are stored once, without time or order, and released to planners in batches: what both kinds of them share.
//!
//! An [`UnmetNeed`](super::UnmetNeed) says that nothing fitted, a [`ReferralResult`](super::ReferralResult) what became of a referral.
//! Neither names a person; [`crate::gaps::disclosure`] decides which counts of them are released. This module does no I/O.

use super::Month;

/// Disclosure control: reports are released in batches of this many. The store numbers batches by it, so that it never changes.
pub const BATCH_SIZE: u32 = 3;

/// A report of which planners see counts only.
pub trait BatchedReport {
    /// What the reports of a batch have in common.
    type Batch: Ord;

    /// What this report has in common with the others of its batch.
    fn batch_of(&self) -> Self::Batch;

    /// The month it counts in: of a report that knows its quarter only, the last one.
    fn month(&self) -> Month;
}

/// Idempotency key of a report: the digest of a random number that the page has made for one tap. Equal keys mean the same report,
/// sent again because its answer was lost. It orders the rows in place of a random number, and says no more than that would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportKey(pub [u8; 8]);

/// A stored report with the disclosure batch it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredReport<R> {
    /// The report.
    pub report: R,
    /// Batch number among those with the same [`BatchedReport::batch_of`], from 0, three reports each. Within a batch there is no
    /// order.
    pub batch: u32,
}
