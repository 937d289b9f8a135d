//! Small-cell suppression: counts are released in multiples of three; smaller remainders stay suppressed.
//!
//! Statistical disclosure control: needs with the same district and reason are released in batches of three, in the
//! month of the third, once that month is over. Every other count (interests, travel modes, months, sums) covers released needs only, again in
//! multiples of three. So no count is ever one or two, and differencing tables, periods or days reveals nothing of a
//! suppressed need. Complementary suppression: interests are released by district and reason, and every wider count of them is the
//! sum of these cells, so that no margin knows more than its cells. `docs/unmet.md` gives the reasons and an example. This module
//! does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::unmet_need::{BATCH_SIZE, NeedRecord, StoredNeed, UnmetNeed, UnmetReason};
use crate::model::{DistrictId, Month, Thesaurus, TravelMode};

/// A released count, cumulative per month, always a multiple of [`BATCH_SIZE`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleasedCount(BTreeMap<Month, u32>);

/// Events per month, before suppression.
type CountByMonth = BTreeMap<Month, u32>;

/// All released counts, per dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DisclosureLedger {
    /// Released needs by district and reason. Every other count covers these alone.
    pub needs: BTreeMap<(Option<DistrictId>, UnmetReason), ReleasedCount>,
    /// By district, reason and top term (音楽, 農 …).
    pub cells: BTreeMap<(Option<DistrictId>, UnmetReason, String), ReleasedCount>,
    /// By district and top term: the sums of the cells.
    pub groups: BTreeMap<(Option<DistrictId>, String), ReleasedCount>,
    /// By term, without top terms; rises only when its group does.
    pub terms: BTreeMap<String, ReleasedCount>,
    /// By travel mode.
    pub ways: BTreeMap<TravelMode, ReleasedCount>,
}

impl ReleasedCount {
    /// Rounds the cumulative sum of each month down to whole batches.
    fn of(events: &CountByMonth) -> Self {
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
    fn limit_to(&self, others: &[&Self]) -> Self {
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

impl DisclosureLedger {
    /// Applies the suppression to `stored`, grouped by the top terms of `thesaurus`.
    pub fn new(stored: &[StoredNeed], thesaurus: &Thesaurus) -> Self {
        let groups = WidestTerms::new(thesaurus);
        let mut count = NeedCounts::default();
        for (month, batch) in whole_batches(stored) {
            for need in batch {
                count.add(month, need, &groups);
            }
        }
        count.into_ledger(&groups)
    }

    /// Applies the suppression to needs that were tapped and to those that were counted elsewhere, each on their own, and adds up
    /// what is released: who knows what was imported learns nothing of what waits among the others.
    pub fn of_record(record: &NeedRecord, thesaurus: &Thesaurus) -> Self {
        let (tapped, counted) = (Self::new(&record.tapped, thesaurus), Self::new(&record.counted, thesaurus));
        Self {
            needs: added(tapped.needs, counted.needs),
            cells: added(tapped.cells, counted.cells),
            groups: added(tapped.groups, counted.groups),
            terms: added(tapped.terms, counted.terms),
            ways: added(tapped.ways, counted.ways),
        }
    }
}

/// The sums of counts with the same key.
fn added<K: Ord>(
    mut to: BTreeMap<K, ReleasedCount>,
    more: impl IntoIterator<Item = (K, ReleasedCount)>,
) -> BTreeMap<K, ReleasedCount> {
    for (key, count) in more {
        let sum = to.entry(key).or_default();
        *sum = sum.plus(&count);
    }
    to
}

/// The complete batches, each with the month of its last need.
fn whole_batches(stored: &[StoredNeed]) -> Vec<(Month, Vec<&UnmetNeed>)> {
    let mut batches: BTreeMap<_, Vec<&UnmetNeed>> = BTreeMap::new();
    for StoredNeed { unmet, batch } in stored {
        batches.entry((&unmet.district, unmet.reason, *batch)).or_default().push(unmet);
    }
    let whole = batches.into_values().filter(|batch| batch.len() == BATCH_SIZE as usize);
    whole.filter_map(|batch| Some((batch.iter().map(|need| need.month).max()?, batch))).collect()
}

/// Counts of the released needs, before each dimension is suppressed on its own.
#[derive(Default)]
struct NeedCounts<'a> {
    needs: BTreeMap<(Option<DistrictId>, UnmetReason), CountByMonth>,
    cells: BTreeMap<(Option<DistrictId>, UnmetReason, String), CountByMonth>,
    terms: BTreeMap<&'a str, CountByMonth>,
    ways: BTreeMap<TravelMode, CountByMonth>,
}

impl<'a> NeedCounts<'a> {
    /// Counts one need in every dimension.
    fn add(&mut self, month: Month, need: &'a UnmetNeed, groups: &WidestTerms<'a>) {
        let one_more = |events: &mut CountByMonth| *events.entry(month).or_default() += 1;
        one_more(self.needs.entry((need.district.clone(), need.reason)).or_default());
        need.travel.iter().for_each(|way| one_more(self.ways.entry(*way).or_default()));
        let mut of_need: BTreeSet<&str> = BTreeSet::new();
        for term in &need.interests {
            let group = groups.of(term);
            of_need.extend(group);
            // Top terms are released as groups only, so that the terms of a group do not add up to it.
            if group != Some(term.as_str()) {
                one_more(self.terms.entry(term).or_default());
            }
        }
        for group in of_need {
            one_more(self.cells.entry((need.district.clone(), need.reason, group.to_owned())).or_default());
        }
    }

    /// Suppresses every dimension; a term rises only with its group.
    fn into_ledger(self, groups: &WidestTerms<'_>) -> DisclosureLedger {
        let cells = released_counts(self.cells);
        let of_groups =
            cells.iter().map(|((district, _, group), count)| ((district.clone(), group.clone()), count.clone()));
        let released_groups = added(BTreeMap::new(), of_groups);
        let limit_to_group = |(term, events): (&str, CountByMonth)| {
            let all = ReleasedCount::of(&events);
            let Some(group) = groups.of(term) else { return (term.to_owned(), all) };
            // A rise without its group would reveal that the group suppresses needs.
            let of_group = released_groups.iter().filter(|((_, name), _)| name == group).map(|(_, released)| released);
            (term.to_owned(), all.limit_to(&of_group.collect::<Vec<_>>()))
        };
        let terms = self.terms.into_iter().map(limit_to_group).collect();
        DisclosureLedger {
            needs: released_counts(self.needs),
            cells,
            terms,
            groups: released_groups,
            ways: released_counts(self.ways),
        }
    }
}

/// Applies the suppression to each count.
fn released_counts<K: Ord>(events: BTreeMap<K, CountByMonth>) -> BTreeMap<K, ReleasedCount> {
    events.into_iter().map(|(key, events)| (key, ReleasedCount::of(&events))).collect()
}

/// The top term of every term.
pub(super) struct WidestTerms<'a>(HashMap<&'a str, &'a str>);

impl<'a> WidestTerms<'a> {
    pub(super) fn new(thesaurus: &'a Thesaurus) -> Self {
        let above: HashMap<&str, Option<&str>> = thesaurus
            .all()
            .iter()
            .map(|interest| (interest.term.as_str(), interest.broader.first().map(String::as_str)))
            .collect();
        Self(above.keys().map(|term| (*term, widest(&above, term))).collect())
    }

    /// The top term of `term`, possibly itself; `None` where the thesaurus does not have it (any more).
    pub(super) fn of(&self, term: &str) -> Option<&'a str> {
        self.0.get(term).copied()
    }
}

/// The top term above `term`. The loop terminates because a thesaurus has no cycles.
fn widest<'a>(above: &HashMap<&'a str, Option<&'a str>>, term: &'a str) -> &'a str {
    let mut at = term;
    while let Some(Some(wider)) = above.get(at) {
        at = wider;
    }
    at
}
