//! The planners' numbers: what is told of a period, ready to be written as a page or a file. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use super::DisclosureLedger;
use super::disclosure::{ReleasedCount, WidestTerms};
use crate::model::unmet_need::{StoredNeed, UnmetReason};
use crate::model::{DistrictId, DistrictTable, Month, Thesaurus, TravelMode};

/// The months that are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPeriod {
    /// The first month; none for all there is.
    pub first: Option<Month>,
    /// The last month.
    pub last: Month,
}

/// Which needs the map shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum MapChoice {
    /// All.
    #[default]
    All,
    /// Those with this reason.
    Reason(UnmetReason),
    /// Those with an interest of this group.
    Group(String),
}

/// What is told of a period. Every number is 0 or at least three, and a 0 may stand for one or two that are held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmetTable {
    /// Which months.
    pub period: MonthPeriod,
    /// Every district in the order of its file; needs without one, or of one that is no more, come last.
    pub districts: Vec<DistrictRow>,
    /// By widest term, those of which something is told, the most frequent first.
    pub interests: Vec<InterestGroup>,
    /// By way of travel, in the order of [`TravelMode::ALL`].
    pub ways: [(TravelMode, u32); 5],
    /// By the month in which a batch had its three; only months of which something is told.
    pub months: Vec<(Month, u32)>,
}

/// A district's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictRow {
    /// Its code; none for needs without a district.
    pub district: Option<DistrictId>,
    /// Its name; empty for needs without a district.
    pub name: String,
    /// By reason, in the order of [`UnmetReason::ALL`].
    pub reasons: [u32; 6],
    /// By widest term, those of which something is told.
    pub groups: BTreeMap<String, u32>,
}

/// A widest term and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestGroup {
    /// The widest term; empty for terms that the thesaurus no longer has.
    pub name: String,
    /// Needs with any interest of it, in all districts.
    pub count: u32,
    /// Its terms of which something is told, the most frequent first.
    pub terms: Vec<(String, u32)>,
}

impl DistrictRow {
    /// The sum of what is told by reason.
    pub fn total(&self) -> u32 {
        self.reasons.iter().sum()
    }

    /// The number that the map shows.
    pub fn shown(&self, choice: &MapChoice) -> u32 {
        match choice {
            MapChoice::All => self.total(),
            MapChoice::Reason(reason) => self.reasons[*reason as usize],
            MapChoice::Group(group) => self.groups.get(group).copied().unwrap_or(0),
        }
    }
}

impl UnmetTable {
    /// What is told of `filed` in `period`.
    pub fn new(filed: &[StoredNeed], districts: &DistrictTable, thesaurus: &Thesaurus, period: MonthPeriod) -> Self {
        let ledger = DisclosureLedger::new(filed, thesaurus);
        let count = |told: &ReleasedCount| told.within(period.first, period.last);
        let known = districts.all().iter().map(|district| (Some(&district.id), district.name.as_str()));
        let row = |(id, name)| row(&ledger, (id, name), districts, count);
        Self {
            period,
            districts: known.chain([(None, "")]).map(row).collect(),
            interests: interests(&ledger, &WidestTerms::new(thesaurus), count),
            ways: TravelMode::ALL.map(|way| (way, ledger.ways.get(&way).map_or(0, count))),
            months: months(&ledger, period),
        }
    }

    /// The sum of what is told.
    pub fn total(&self) -> u32 {
        self.districts.iter().map(DistrictRow::total).sum()
    }
}

fn row(
    ledger: &DisclosureLedger,
    (id, name): (Option<&DistrictId>, &str),
    districts: &DistrictTable,
    count: impl Fn(&ReleasedCount) -> u32,
) -> DistrictRow {
    let here = |of: &Option<DistrictId>| of.as_ref().filter(|it| districts.by_id(it).is_some()) == id;
    let sum = |reason: UnmetReason| {
        ledger
            .needs
            .iter()
            .filter(|((district, of), _)| *of == reason && here(district))
            .map(|(_, told)| count(told))
            .sum()
    };
    let mut groups: BTreeMap<String, u32> = BTreeMap::new();
    for ((_, group), told) in ledger.groups.iter().filter(|((district, _), told)| here(district) && count(told) > 0) {
        *groups.entry(group.clone()).or_default() += count(told);
    }
    DistrictRow { district: id.cloned(), name: name.to_owned(), reasons: UnmetReason::ALL.map(sum), groups }
}

fn interests(
    ledger: &DisclosureLedger,
    groups: &WidestTerms<'_>,
    count: impl Fn(&ReleasedCount) -> u32,
) -> Vec<InterestGroup> {
    let mut found: BTreeMap<&str, InterestGroup> = BTreeMap::new();
    let empty = |name: &str| InterestGroup { name: name.to_owned(), count: 0, terms: Vec::new() };
    for ((_, group), told) in &ledger.groups {
        found.entry(group).or_insert_with(|| empty(group)).count += count(told);
    }
    for (term, told) in &ledger.terms {
        let group = groups.of(term).unwrap_or_default();
        found.entry(group).or_insert_with(|| empty(group)).terms.push((term.clone(), count(told)));
    }
    let mut found: Vec<InterestGroup> = found.into_values().collect();
    for group in &mut found {
        group.terms.retain(|(_, count)| *count > 0);
        group.terms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    found.retain(|group| group.count > 0 || !group.terms.is_empty());
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    found
}

fn months(ledger: &DisclosureLedger, period: MonthPeriod) -> Vec<(Month, u32)> {
    let all: BTreeSet<Month> = ledger.needs.values().flat_map(ReleasedCount::months).collect();
    let inside = all.into_iter().filter(|it| *it <= period.last && period.first.is_none_or(|first| first <= *it));
    let told = |month: Month| ledger.needs.values().map(|told| told.within(Some(month), month)).sum();
    inside.map(|month| (month, told(month))).collect()
}
