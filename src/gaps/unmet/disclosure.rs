//! What is released of unmet needs: the ledger of [`crate::gaps::disclosure`] by district, reason and interest.
//!
//! A batch has its district and reason in common. Complementary suppression: interests are released by district and reason, and
//! every wider count of them is the sum of these cells, so that no margin knows more than its cells. `docs/unmet.md` gives the
//! reasons and an example. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::gaps::disclosure::{CountByMonth, ReleasedCount, released_counts, sums, whole_batches};
use crate::model::unmet_need::{NeedRecord, StoredNeed, UnmetReason};
use crate::model::{DistrictId, Month, Thesaurus, TravelMode, UnmetNeed};

/// All released counts, per dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeedLedger {
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

impl NeedLedger {
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
            needs: sums(tapped.needs, counted.needs),
            cells: sums(tapped.cells, counted.cells),
            groups: sums(tapped.groups, counted.groups),
            terms: sums(tapped.terms, counted.terms),
            ways: sums(tapped.ways, counted.ways),
        }
    }
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
    fn into_ledger(self, groups: &WidestTerms<'_>) -> NeedLedger {
        let cells = released_counts(self.cells);
        let of_groups =
            cells.iter().map(|((district, _, group), count)| ((district.clone(), group.clone()), count.clone()));
        let released_groups = sums(BTreeMap::new(), of_groups);
        let limit_to_group = |(term, events): (&str, CountByMonth)| {
            let all = ReleasedCount::of(&events);
            let Some(group) = groups.of(term) else { return (term.to_owned(), all) };
            // A rise without its group would reveal that the group suppresses needs.
            let of_group = released_groups.iter().filter(|((_, name), _)| name == group).map(|(_, released)| released);
            (term.to_owned(), all.limit_to(&of_group.collect::<Vec<_>>()))
        };
        let terms = self.terms.into_iter().map(limit_to_group).collect();
        NeedLedger {
            needs: released_counts(self.needs),
            cells,
            terms,
            groups: released_groups,
            ways: released_counts(self.ways),
        }
    }
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
