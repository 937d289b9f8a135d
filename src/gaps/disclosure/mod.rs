//! Statistical disclosure control: small-cell suppression by batches of three, for every kind of [`BatchedReport`].
//!
//! Reports of one batch are released when the third has come and its month (or quarter) is over. Every other count covers released
//! reports only, again in multiples of three. So no count is ever one or two, and differencing tables, periods or days reveals
//! nothing of a report that waits. Two rules keep margins from telling more than their cells: a margin is the sum of its cells
//! (`sums`, complementary suppression), and cells of which each report has one at most rise by no more than the reports around them
//! (`released_within`). `docs/unmet.md` and `docs/results.md` give the reasons and examples. This module does no I/O.

mod period;
mod report_fields;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{BATCH_SIZE, BatchedReport, Month, StoredReport};

pub use self::period::MonthPeriod;
pub use self::report_fields::{ReportError, ReportFields};

/// A released count, cumulative per month, always a multiple of [`BATCH_SIZE`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleasedCount(BTreeMap<Month, u32>);

/// Events per month, before suppression.
pub(super) type CountByMonth = BTreeMap<Month, u32>;

impl ReleasedCount {
    /// Rounds the cumulative sum of each month down to whole batches.
    pub(super) fn of(events: &CountByMonth) -> Self {
        let mut sum = 0;
        let mut released = BTreeMap::new();
        for (month, count) in events {
            sum += count;
            released.insert(*month, sum / BATCH_SIZE * BATCH_SIZE);
        }
        Self(released)
    }

    /// The count up to the end of `month`.
    pub fn until(&self, month: Month) -> u32 {
        self.0.range(..=month).next_back().map_or(0, |(_, released)| *released)
    }

    /// The count from the start of `first` (from the beginning if `None`) to the end of `last`.
    pub fn within(&self, first: Option<Month>, last: Month) -> u32 {
        self.until(last) - first.map_or(0, |first| self.until(first.back(1)).min(self.until(last)))
    }

    /// The months in which the count may rise.
    pub fn months(&self) -> impl Iterator<Item = Month> + '_ {
        self.0.keys().copied()
    }

    /// The sum of two counts, which is a multiple of [`BATCH_SIZE`] as they are.
    fn plus(&self, other: &Self) -> Self {
        let months: BTreeSet<Month> = self.months().chain(other.months()).collect();
        Self(months.into_iter().map(|month| (month, self.until(month) + other.until(month))).collect())
    }

    /// Limits the rise of each month to that of `others` together; the excess is released when they rise.
    pub(super) fn limit_to(&self, others: &[&Self]) -> Self {
        let months: BTreeSet<Month> = self.months().chain(others.iter().flat_map(|it| it.months())).collect();
        let mut released = BTreeMap::new();
        let mut sum = 0;
        for month in months {
            let rise: u32 = others.iter().map(|it| it.within(Some(month), month)).sum();
            sum = self.until(month).min(sum + rise);
            released.insert(month, sum);
        }
        Self(released)
    }
}

/// The complete batches, each with the month of its last report.
pub(super) fn whole_batches<R: BatchedReport>(stored: &[StoredReport<R>]) -> Vec<(Month, Vec<&R>)> {
    let mut batches: BTreeMap<_, Vec<&R>> = BTreeMap::new();
    for StoredReport { report, batch } in stored {
        batches.entry((report.batch_of(), *batch)).or_default().push(report);
    }
    let whole = batches.into_values().filter(|batch| batch.len() == BATCH_SIZE as usize);
    whole.filter_map(|batch| Some((batch.iter().map(|report| report.month()).max()?, batch))).collect()
}

/// Applies the suppression to each count on its own.
pub(super) fn released_counts<K: Ord>(events: BTreeMap<K, CountByMonth>) -> BTreeMap<K, ReleasedCount> {
    events.into_iter().map(|(key, events)| (key, ReleasedCount::of(&events))).collect()
}

/// Applies the suppression to counts of which each report is in one at most. In no month do they rise by more than `all` does, the
/// count of the reports: else the months of a release would prove that cells had hidden some before. What exceeds waits, in the order
/// of the keys.
pub(super) fn released_within<K: Ord>(
    events: BTreeMap<K, CountByMonth>,
    all: &ReleasedCount,
) -> BTreeMap<K, ReleasedCount> {
    let due = released_counts(events);
    let months: BTreeSet<Month> = due.values().flat_map(ReleasedCount::months).chain(all.months()).collect();
    let mut released: BTreeMap<K, (ReleasedCount, ReleasedCount)> =
        due.into_iter().map(|(key, due)| (key, (due, ReleasedCount::default()))).collect();
    for month in months {
        let mut left = all.within(Some(month), month);
        for (due, until_now) in released.values_mut() {
            let before = until_now.until(month);
            let rise = (due.until(month) - before).min(left);
            left -= rise;
            if rise > 0 {
                until_now.0.insert(month, before + rise);
            }
        }
    }
    released.into_iter().map(|(key, (_, released))| (key, released)).collect()
}

/// The sums of counts with the same key.
pub(super) fn sums<K: Ord>(
    mut to: BTreeMap<K, ReleasedCount>,
    more: impl IntoIterator<Item = (K, ReleasedCount)>,
) -> BTreeMap<K, ReleasedCount> {
    for (key, count) in more {
        let sum = to.entry(key).or_default();
        *sum = sum.plus(&count);
    }
    to
}
