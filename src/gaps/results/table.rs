//! The planners' tables of results: released counts of a period, for pages, papers and files. This module does no I/O.

use std::collections::BTreeMap;

use super::ResultLedger;
use super::ledger::ReleasedByOutcome;
use crate::gaps::disclosure::{MonthPeriod, ReleasedCount};
use crate::model::{
    CategoryTable, DistrictTable, Language, Month, Quarter, ReferralOutcome, ReferralReasonTable, ReferralSource,
};

/// Counts in the order of [`ReferralOutcome::ALL`].
pub type OutcomeCounts = [u32; 6];

/// The tables by which codes have names. What they have no longer is counted among the others.
#[derive(Debug, Clone, Copy)]
pub struct ResultNames<'a> {
    /// The kinds of place.
    pub categories: &'a CategoryTable,
    /// The districts.
    pub districts: &'a DistrictTable,
    /// The reasons of referral.
    pub reasons: &'a ReferralReasonTable,
}

/// The counts of one kind, district, reason or source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// Its code; `None` for the others: what was left out, what no table has any more, and what fell below three.
    pub code: Option<String>,
    /// Its name; empty for the others, and for sources, which pages name.
    pub name: String,
    /// Its counts.
    pub counts: OutcomeCounts,
}

/// The released counts of a period. Every count is 0 or at least three; a 0 may stand for one or two that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultTable {
    /// The months covered, whole quarters.
    pub period: MonthPeriod,
    /// By outcome.
    pub totals: OutcomeCounts,
    /// By kind of place, in the order of the table; the others come last. So in the three below.
    pub kinds: Vec<ResultRow>,
    /// By district.
    pub districts: Vec<ResultRow>,
    /// By reason of referral.
    pub reasons: Vec<ResultRow>,
    /// By who referred.
    pub sources: Vec<ResultRow>,
    /// By quarter; only quarters with a released count.
    pub quarters: Vec<(Quarter, OutcomeCounts)>,
}

impl ResultRow {
    /// The sum over all outcomes.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The count of an outcome.
    pub fn count(&self, outcome: ReferralOutcome) -> u32 {
        self.counts[outcome as usize]
    }
}

impl ResultTable {
    /// What `ledger` releases in `period`.
    pub fn new(ledger: &ResultLedger, names: ResultNames<'_>, period: MonthPeriod) -> Self {
        let totals = ReferralOutcome::ALL.map(|outcome| within(ledger.outcomes.get(&outcome), period));
        let categories = names.categories.all().iter();
        let districts = names.districts.all().iter();
        let reasons = names.reasons.all().iter();
        let sources = ReferralSource::ALL.iter();
        let source = |it: &ReferralSource| (*it, it.code().to_owned(), String::new());
        let rows = Rows { totals, period };
        Self {
            period,
            totals,
            kinds: rows.of(
                &ledger.kinds,
                categories.map(|it| (it.id.clone(), it.id.0.clone(), it.name.text(Language::Ja).to_owned())),
            ),
            districts: rows
                .of(&ledger.districts, districts.map(|it| (it.id.clone(), it.id.0.clone(), it.name.clone()))),
            reasons: rows.of(&ledger.reasons, reasons.map(|it| (it.id.clone(), it.id.0.clone(), it.name.clone()))),
            sources: rows.of(&ledger.sources, sources.map(source)),
            quarters: quarters(ledger, period),
        }
    }

    /// The sum over all outcomes.
    pub fn total(&self) -> u32 {
        self.totals.iter().sum()
    }
}

/// Makes the rows of one dimension.
struct Rows {
    totals: OutcomeCounts,
    period: MonthPeriod,
}

impl Rows {
    /// One row for each of `named` (key, code, name), and one for the others: whatever the totals have beyond them.
    fn of<K: Ord>(
        &self,
        released: &ReleasedByOutcome<K>,
        named: impl Iterator<Item = (K, String, String)>,
    ) -> Vec<ResultRow> {
        let count = |key: &K, outcome: ReferralOutcome| {
            within(released.get(&outcome).and_then(|by_key| by_key.get(key)), self.period)
        };
        let row = |(key, code, name): (K, String, String)| {
            let counts = ReferralOutcome::ALL.map(|outcome| count(&key, outcome));
            ResultRow { code: Some(code), name, counts }
        };
        let mut rows: Vec<ResultRow> = named.map(row).collect();
        let counts = ReferralOutcome::ALL.map(|outcome| {
            let named: u32 = rows.iter().map(|row| row.count(outcome)).sum();
            self.totals[outcome as usize].saturating_sub(named)
        });
        rows.push(ResultRow { code: None, name: String::new(), counts });
        rows
    }
}

fn within(count: Option<&ReleasedCount>, period: MonthPeriod) -> u32 {
    count.map_or(0, |count| count.within(period.first, period.last))
}

/// The released counts by quarter within the period.
fn quarters(ledger: &ResultLedger, period: MonthPeriod) -> Vec<(Quarter, OutcomeCounts)> {
    let earliest: Option<Month> = ledger.outcomes.values().flat_map(ReleasedCount::months).min();
    let counts = |quarter: Quarter| {
        let of = MonthPeriod { first: Some(quarter.first()), last: quarter.last() };
        (quarter, ReferralOutcome::ALL.map(|outcome| within(ledger.outcomes.get(&outcome), of)))
    };
    let all: BTreeMap<Quarter, OutcomeCounts> = period.quarters(earliest).into_iter().map(counts).collect();
    all.into_iter().filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect()
}
