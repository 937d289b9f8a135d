//! The planners' table: released counts of a period, for pages and files. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use super::NeedLedger;
use super::disclosure::WidestTerms;
use crate::gaps::disclosure::{MonthPeriod, ReleasedCount};
use crate::model::unmet_need::{StoredNeed, UnmetReason};
use crate::model::{DistrictId, DistrictTable, Month, Thesaurus, TravelMode};

/// The needs that the map counts.
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

/// The released counts of a period. Every count is 0 or at least three; a 0 may stand for one or two suppressed needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmetTable {
    /// The months covered.
    pub period: MonthPeriod,
    /// Every district in the order of its file; the last row counts needs without a district or of a former one.
    pub districts: Vec<DistrictRow>,
    /// Top terms with a released count, the most frequent first.
    pub interests: Vec<InterestGroup>,
    /// By travel mode, in the order of [`TravelMode::ALL`].
    pub ways: [(TravelMode, u32); 5],
    /// By the month in which a batch was completed; only months with a released count.
    pub months: Vec<(Month, u32)>,
}

/// The counts of a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictRow {
    /// Its code; `None` for needs without a district.
    pub district: Option<DistrictId>,
    /// Its name; empty for needs without a district.
    pub name: String,
    /// By reason, in the order of [`UnmetReason::ALL`].
    pub reasons: [u32; 6],
    /// By top term, those with a released count.
    pub groups: BTreeMap<String, u32>,
}

/// A top term with its narrower terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestGroup {
    /// The top term; empty for terms that the thesaurus no longer has.
    pub name: String,
    /// Needs with any interest of the group, in all districts.
    pub count: u32,
    /// Its terms with a released count, the most frequent first.
    pub terms: Vec<(String, u32)>,
}

impl DistrictRow {
    /// The sum over all reasons.
    pub fn total(&self) -> u32 {
        self.reasons.iter().sum()
    }

    /// The count that the map shows.
    pub fn shown(&self, choice: &MapChoice) -> u32 {
        match choice {
            MapChoice::All => self.total(),
            MapChoice::Reason(reason) => self.reasons[*reason as usize],
            MapChoice::Group(group) => self.groups.get(group).copied().unwrap_or(0),
        }
    }
}

impl UnmetTable {
    /// The released counts of `stored` in `period`.
    pub fn new(stored: &[StoredNeed], districts: &DistrictTable, thesaurus: &Thesaurus, period: MonthPeriod) -> Self {
        Self::of_ledger(&NeedLedger::new(stored, thesaurus), districts, thesaurus, period)
    }

    /// What `ledger` releases in `period`.
    pub fn of_ledger(
        ledger: &NeedLedger,
        districts: &DistrictTable,
        thesaurus: &Thesaurus,
        period: MonthPeriod,
    ) -> Self {
        let count = |released: &ReleasedCount| released.within(period.first, period.last);
        let known = districts.all().iter().map(|district| (Some(&district.id), district.name.as_str()));
        let row = |(id, name)| district_row(ledger, (id, name), districts, count);
        Self {
            period,
            districts: known.chain([(None, "")]).map(row).collect(),
            interests: interest_groups(ledger, &WidestTerms::new(thesaurus), count),
            ways: TravelMode::ALL.map(|way| (way, ledger.ways.get(&way).map_or(0, count))),
            months: released_months(ledger, period),
        }
    }

    /// The sum over all districts.
    pub fn total(&self) -> u32 {
        self.districts.iter().map(DistrictRow::total).sum()
    }
}

/// The counts of one district; `None` collects needs without a district or of a former one.
fn district_row(
    ledger: &NeedLedger,
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
            .map(|(_, released)| count(released))
            .sum()
    };
    let mut groups: BTreeMap<String, u32> = BTreeMap::new();
    for ((_, group), released) in
        ledger.groups.iter().filter(|((district, _), released)| here(district) && count(released) > 0)
    {
        *groups.entry(group.clone()).or_default() += count(released);
    }
    DistrictRow { district: id.cloned(), name: name.to_owned(), reasons: UnmetReason::ALL.map(sum), groups }
}

/// The released counts by top term and term, the most frequent first.
fn interest_groups(
    ledger: &NeedLedger,
    groups: &WidestTerms<'_>,
    count: impl Fn(&ReleasedCount) -> u32,
) -> Vec<InterestGroup> {
    let mut found: BTreeMap<&str, InterestGroup> = BTreeMap::new();
    let empty = |name: &str| InterestGroup { name: name.to_owned(), count: 0, terms: Vec::new() };
    for ((_, group), released) in &ledger.groups {
        found.entry(group).or_insert_with(|| empty(group)).count += count(released);
    }
    for (term, released) in &ledger.terms {
        let group = groups.of(term).unwrap_or_default();
        found.entry(group).or_insert_with(|| empty(group)).terms.push((term.clone(), count(released)));
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

/// The released counts by month within the period.
fn released_months(ledger: &NeedLedger, period: MonthPeriod) -> Vec<(Month, u32)> {
    let all: BTreeSet<Month> = ledger.needs.values().flat_map(ReleasedCount::months).collect();
    let inside = all.into_iter().filter(|it| *it <= period.last && period.first.is_none_or(|first| first <= *it));
    let released = |month: Month| ledger.needs.values().map(|released| released.within(Some(month), month)).sum();
    inside.map(|month| (month, released(month))).collect()
}
