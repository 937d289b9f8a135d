//! What may be told of unmet needs: whole batches of three, and nothing of those that wait for company.
//!
//! Needs of one district with one reason are told three at a time, when the third one comes, in the month in which it comes.
//! Everything else (interests, ways, months, sums) is counted among those alone, again three at a time. So no number is ever
//! one or two, and nothing of a need that waits is in any number, whoever compares which tables, periods or days. The reasons
//! and an example stand in `docs/unmet.md`. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::unmet_need::{BATCH_SIZE, StoredNeed, UnmetNeed, UnmetReason};
use crate::model::{DistrictId, Month, Thesaurus, TravelMode};

/// By month, how many are told up to its end: rises by units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleasedCount(BTreeMap<Month, u32>);

/// How often something happened in a month.
type CountByMonth = BTreeMap<Month, u32>;

/// What may be told, by each of the ways to count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DisclosureLedger {
    /// By district and reason: the needs that are told. Every other count is of these alone.
    pub needs: BTreeMap<(Option<DistrictId>, UnmetReason), ReleasedCount>,
    /// By district and widest term (音楽, 農 …).
    pub groups: BTreeMap<(Option<DistrictId>, String), ReleasedCount>,
    /// By term, the widest ones apart; rises only when its group does.
    pub terms: BTreeMap<String, ReleasedCount>,
    /// By way of travel.
    pub ways: BTreeMap<TravelMode, ReleasedCount>,
}

impl ReleasedCount {
    fn of(happened: &CountByMonth) -> Self {
        let mut sum = 0;
        let mut told = BTreeMap::new();
        for (month, count) in happened {
            sum += count;
            told.insert(*month, sum / BATCH_SIZE * BATCH_SIZE);
        }
        Self(told)
    }

    /// How many up to the end of `month`.
    pub fn until(&self, month: Month) -> u32 {
        self.0.range(..=month).next_back().map_or(0, |(_, told)| *told)
    }

    /// How many from the beginning of `first` (always, if there is none) to the end of `last`.
    pub fn within(&self, first: Option<Month>, last: Month) -> u32 {
        self.until(last) - first.map_or(0, |first| self.until(first.back(1)).min(self.until(last)))
    }

    /// The months in which the number may rise.
    pub fn months(&self) -> impl Iterator<Item = Month> + '_ {
        self.0.keys().copied()
    }

    /// What does not rise in any month by more than `others` do together; what is too much then waits for them.
    fn along(&self, others: &[&Self]) -> Self {
        let months: BTreeSet<Month> = self.months().chain(others.iter().flat_map(|it| it.months())).collect();
        let mut told = BTreeMap::new();
        let mut sum = 0;
        for month in months {
            let rise: u32 = others.iter().map(|it| it.within(Some(month), month)).sum();
            sum = self.until(month).min(sum + rise);
            told.insert(month, sum);
        }
        Self(told)
    }
}

impl DisclosureLedger {
    /// What may be told of `filed`, with the groups of `thesaurus`.
    pub fn new(filed: &[StoredNeed], thesaurus: &Thesaurus) -> Self {
        let groups = WidestTerms::new(thesaurus);
        let mut count = NeedCounts::default();
        for (month, batch) in whole_batches(filed) {
            for need in batch {
                count.add(month, need, &groups);
            }
        }
        count.told(&groups)
    }
}

/// The batches that have their three, with the month in which the last of them came.
fn whole_batches(filed: &[StoredNeed]) -> Vec<(Month, Vec<&UnmetNeed>)> {
    let mut batches: BTreeMap<_, Vec<&UnmetNeed>> = BTreeMap::new();
    for StoredNeed { unmet, batch } in filed {
        batches.entry((&unmet.district, unmet.reason, *batch)).or_default().push(unmet);
    }
    let whole = batches.into_values().filter(|batch| batch.len() == BATCH_SIZE as usize);
    whole.filter_map(|batch| Some((batch.iter().map(|need| need.month).max()?, batch))).collect()
}

#[derive(Default)]
struct NeedCounts<'a> {
    needs: BTreeMap<(Option<DistrictId>, UnmetReason), CountByMonth>,
    groups: BTreeMap<(Option<DistrictId>, String), CountByMonth>,
    terms: BTreeMap<&'a str, CountByMonth>,
    ways: BTreeMap<TravelMode, CountByMonth>,
}

impl<'a> NeedCounts<'a> {
    fn add(&mut self, month: Month, need: &'a UnmetNeed, groups: &WidestTerms<'a>) {
        let one_more = |happened: &mut CountByMonth| *happened.entry(month).or_default() += 1;
        one_more(self.needs.entry((need.district.clone(), need.reason)).or_default());
        need.travel.iter().for_each(|way| one_more(self.ways.entry(*way).or_default()));
        let mut of_need: BTreeSet<&str> = BTreeSet::new();
        for term in &need.interests {
            let group = groups.of(term);
            of_need.extend(group);
            // The widest terms are told as groups alone: so nobody can tell which term the rest of a group's needs have.
            if group != Some(term.as_str()) {
                one_more(self.terms.entry(term).or_default());
            }
        }
        for group in of_need {
            one_more(self.groups.entry((need.district.clone(), group.to_owned())).or_default());
        }
    }

    fn told(self, groups: &WidestTerms<'_>) -> DisclosureLedger {
        let told_groups = told(self.groups);
        let along_its_group = |(term, happened): (&str, CountByMonth)| {
            let all = ReleasedCount::of(&happened);
            let Some(group) = groups.of(term) else { return (term.to_owned(), all) };
            // Rising without its group would say that the group holds some back.
            let of_group = told_groups.iter().filter(|((_, name), _)| name == group).map(|(_, told)| told);
            (term.to_owned(), all.along(&of_group.collect::<Vec<_>>()))
        };
        let terms = self.terms.into_iter().map(along_its_group).collect();
        DisclosureLedger { needs: told(self.needs), terms, groups: told_groups, ways: told(self.ways) }
    }
}

fn told<K: Ord>(happened: BTreeMap<K, CountByMonth>) -> BTreeMap<K, ReleasedCount> {
    happened.into_iter().map(|(key, happened)| (key, ReleasedCount::of(&happened))).collect()
}

/// The widest term above each term.
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

    /// The widest term above `term`, or itself; none where the thesaurus does not have it (any more).
    pub(super) fn of(&self, term: &str) -> Option<&'a str> {
        self.0.get(term).copied()
    }
}

/// A thesaurus has no circles.
fn widest<'a>(above: &HashMap<&'a str, Option<&'a str>>, term: &'a str) -> &'a str {
    let mut at = term;
    while let Some(Some(wider)) = above.get(at) {
        at = wider;
    }
    at
}
