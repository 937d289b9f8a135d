//! Disclosure control of results: which counts are released, and what an attacker can infer from all of them together.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::gaps::disclosure::{MonthPeriod, ReleasedCount, ReportError};
use crate::model::referral_result::StoredResult;
use crate::model::*;

/// Quarters of the tests.
const QUARTERS: u16 = 5;

/// The quarter `number` after the first one.
fn quarter(number: u16) -> Quarter {
    Quarter::of("2026-04".parse::<Month>().unwrap().on(3 * number))
}

fn categories() -> CategoryTable {
    let category = |id: &str| Category { id: CategoryId(id.to_owned()), ..Category::default() };
    CategoryTable::new(["salon", "art", "farm"].map(category).to_vec())
}

fn districts() -> DistrictTable {
    let district = |id: &str| District { id: DistrictId(id.to_owned()), name: id.to_owned(), ..District::default() };
    DistrictTable::new(["ooya", "yoka"].map(district).to_vec())
}

fn reasons() -> ReferralReasonTable {
    let reason = |id: &str| {
        let id = ReferralReasonId(id.to_owned());
        ReferralReason { name: id.0.clone(), id, about: String::new() }
    };
    ReferralReasonTable::new(["alone", "mood"].map(reason).to_vec())
}

fn table(ledger: &ResultLedger, period: MonthPeriod) -> ResultTable {
    let (categories, districts, reasons) = (categories(), districts(), reasons());
    ResultTable::new(ledger, ResultNames { categories: &categories, districts: &districts, reasons: &reasons }, period)
}

/// Every table that can be requested in every quarter: from each quarter, or from the beginning, to each that is over.
fn all_tables(stored: &[StoredResult]) -> Vec<ResultTable> {
    let ledger = ResultLedger::new(stored);
    let periods = (0..QUARTERS).flat_map(|last| {
        let from = (0..=last).map(|first| Some(quarter(first).first())).chain([None]);
        from.map(move |first| MonthPeriod { first, last: quarter(last).last() })
    });
    periods.map(|period| table(&ledger, period)).collect()
}

/// Every number of a table, sums included.
fn numbers(table: &ResultTable) -> Vec<u32> {
    let rows = [&table.kinds, &table.districts, &table.reasons, &table.sources].into_iter().flatten();
    let of_rows = rows.flat_map(|row| row.counts.into_iter().chain([row.total()]));
    let of_quarters = table.quarters.iter().flat_map(|(_, counts)| *counts);
    of_rows.chain(of_quarters).chain(table.totals).chain([table.total()]).collect()
}

/// Numbers the batches as the store does, in the order of arrival.
fn number_batches(results: Vec<ReferralResult>) -> Vec<StoredResult> {
    let mut count: BTreeMap<ReferralOutcome, u32> = BTreeMap::new();
    let number = |report: ReferralResult| {
        let before = count.entry(report.outcome).or_default();
        *before += 1;
        StoredResult { report, batch: (*before - 1) / BATCH_SIZE }
    };
    results.into_iter().map(number).collect()
}

fn result(at: u16, outcome: ReferralOutcome, kind: &str) -> ReferralResult {
    let kind = (!kind.is_empty()).then(|| CategoryId(kind.to_owned()));
    ReferralResult { quarter: quarter(at), outcome, kind, district: None, reason: None, source: None }
}

fn any_result() -> impl Strategy<Value = ReferralResult> {
    let outcome = prop::sample::select(vec![ReferralOutcome::GoesOn, ReferralOutcome::TriedOnce]);
    // `gone` is in no table any more.
    let kind = prop::sample::select(vec!["salon", "art", "farm", "gone", ""]);
    let district = prop::sample::select(vec!["ooya", "yoka", "gone", ""]);
    let reason = prop::sample::select(vec!["alone", "mood", ""]);
    let source = prop::option::of(prop::sample::select(ReferralSource::ALL.to_vec()));
    (0..QUARTERS, outcome, kind, district, reason, source).prop_map(|(at, outcome, kind, district, reason, source)| {
        let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        ReferralResult {
            district: text(district).map(DistrictId),
            reason: text(reason).map(ReferralReasonId),
            source,
            ..result(at, outcome, kind)
        }
    })
}

/// Results in the order of arrival.
fn any_results(most: usize) -> impl Strategy<Value = Vec<ReferralResult>> {
    prop::collection::vec(any_result(), 0..most).prop_map(|mut results| {
        results.sort_by_key(|result| result.quarter);
        results
    })
}

/// The values of one field that a quarter of an outcome releases, one for each three.
fn threes<K: Clone>(
    by_key: Option<&BTreeMap<K, ReleasedCount>>,
    quarter: Quarter,
) -> impl Iterator<Item = Option<K>> + use<K> {
    let rise = |count: &ReleasedCount| count.within(Some(quarter.first()), quarter.last()) / BATCH_SIZE;
    let repeated = |(key, count): (&K, &ReleasedCount)| vec![Some(key.clone()); rise(count) as usize];
    let all: Vec<Option<K>> = by_key.into_iter().flatten().flat_map(repeated).collect();
    all.into_iter().chain(std::iter::repeat_with(|| None))
}

/// A city with the same published history, in which every report came in the same quarter as two others that are its like.
fn twin_city(ledger: &ResultLedger) -> Vec<ReferralResult> {
    let mut twin = Vec::new();
    for quarter in (0..QUARTERS).map(quarter) {
        for (&outcome, all) in &ledger.outcomes {
            let mut kinds = threes(ledger.kinds.get(&outcome), quarter);
            let mut districts = threes(ledger.districts.get(&outcome), quarter);
            let mut reasons = threes(ledger.reasons.get(&outcome), quarter);
            let mut sources = threes(ledger.sources.get(&outcome), quarter);
            for _ in 0..all.within(Some(quarter.first()), quarter.last()) / BATCH_SIZE {
                let alike = ReferralResult {
                    quarter,
                    outcome,
                    kind: kinds.next().flatten(),
                    district: districts.next().flatten(),
                    reason: reasons.next().flatten(),
                    source: sources.next().flatten(),
                };
                twin.extend(vec![alike; BATCH_SIZE as usize]);
            }
        }
    }
    twin
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_number_in_any_table_is_one_or_two_and_none_is_more_than_its_whole(results in any_results(90)) {
        for table in all_tables(&number_batches(results)) {
            for number in numbers(&table) {
                prop_assert!(number % BATCH_SIZE == 0, "{number} in {table:?}");
            }
            for rows in [&table.kinds, &table.districts, &table.reasons, &table.sources] {
                for outcome in ReferralOutcome::ALL {
                    let sum: u32 = rows.iter().map(|row| row.count(outcome)).sum();
                    prop_assert_eq!(sum, table.totals[outcome as usize]);
                }
            }
        }
    }

    /// Whatever is published, in all tables of all periods of all quarters together, is also what a city publishes in which no report
    /// stands alone. So no combination or difference of tables proves anything of a single report.
    #[test]
    fn every_published_history_is_that_of_a_city_in_which_all_came_in_threes_alike(results in any_results(90)) {
        let stored = number_batches(results);
        let twin = number_batches(twin_city(&ResultLedger::new(&stored)));
        prop_assert_eq!(all_tables(&stored), all_tables(&twin));
    }

    #[test]
    fn the_order_in_which_reports_are_read_back_does_not_matter(results in any_results(60)) {
        let mut stored = number_batches(results);
        let tables = all_tables(&stored);
        stored.sort();
        prop_assert_eq!(tables, all_tables(&stored));
    }

    /// What was published of a quarter stays when later ones come.
    #[test]
    fn later_quarters_move_no_earlier_one(results in any_results(60), cut in 0..QUARTERS) {
        let until = |last: u16| {
            let results = results.iter().filter(|it| it.quarter <= quarter(last)).cloned().collect();
            let ledger = ResultLedger::new(&number_batches(results));
            (0..=cut).map(|at| table(&ledger, MonthPeriod { first: None, last: quarter(at).last() })).collect::<Vec<_>>()
        };
        prop_assert_eq!(until(cut), until(QUARTERS));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Differencing attack: tables after every single report reveal nothing of those that wait. With others in their place, or none,
    /// all tables are the same.
    #[test]
    fn nothing_told_on_any_day_depends_on_a_report_that_waits(
        results in any_results(24),
        others in prop::collection::vec(any_result(), 1..8),
    ) {
        for day in 0..=results.len() {
            let stored = number_batches(results[..day].to_vec());
            let is_whole = |it: &StoredResult| {
                let of_batch = |other: &&StoredResult| (other.report.outcome, other.batch) == (it.report.outcome, it.batch);
                stored.iter().filter(of_batch).count() == BATCH_SIZE as usize
            };
            let (whole, waiting): (Vec<StoredResult>, Vec<StoredResult>) = stored.iter().cloned().partition(is_whole);
            let tables = all_tables(&stored);
            prop_assert_eq!(&tables, &all_tables(&whole));
            let disguised = waiting.iter().zip(others.iter().cycle()).map(|(it, other)| {
                let report = ReferralResult { outcome: it.report.outcome, ..other.clone() };
                StoredResult { report, batch: it.batch }
            });
            let disguised: Vec<StoredResult> = whole.iter().cloned().chain(disguised).collect();
            prop_assert_eq!(&tables, &all_tables(&disguised));
        }
    }
}

/// An insider's own taps are no oracle: whatever a cell hides, forty taps within a quarter show the same.
#[test]
fn forty_taps_of_an_insider_say_nothing_of_what_a_cell_hides() {
    let this_month = quarter(1).last();
    let tables = |results: &[ReferralResult]| {
        let ledger = ResultLedger::new(&number_batches(results.to_vec()));
        let always = MonthPeriod::quarters_released_in(this_month, None);
        let periods = (1..=4).map(|quarters| MonthPeriod::last_quarters(this_month, quarters)).chain([always]);
        periods.map(|period| table(&ledger, period)).collect::<Vec<_>>()
    };
    for hidden in 0..3 {
        let mut results = vec![result(0, ReferralOutcome::Ended, "art"); hidden];
        let before = tables(&results);
        for _ in 0..40 {
            results.push(result(1, ReferralOutcome::Ended, "art"));
            assert_eq!(tables(&results), before, "{hidden} hidden");
        }
    }
}

/// Without the bound, the second quarter would show 3 + 3 kinds among three new reports, and so prove that both kinds had hidden
/// one or two in the first.
#[test]
fn cells_rise_by_no_more_than_their_outcome_does() {
    let (goes_on, at) = (ReferralOutcome::GoesOn, |at: u16, kind| result(at, ReferralOutcome::GoesOn, kind));
    let results = vec![at(0, "art"), at(0, "art"), at(0, "salon"), at(1, "art"), at(1, "salon"), at(1, "salon")];
    let ledger = ResultLedger::new(&number_batches(results));
    let shown = |first: u16, last: u16| {
        let period = MonthPeriod { first: Some(quarter(first).first()), last: quarter(last).last() };
        let table = table(&ledger, period);
        let kinds: Vec<u32> = table.kinds.iter().map(|row| row.count(goes_on)).collect();
        (table.totals[goes_on as usize], kinds)
    };
    assert_eq!(shown(0, 0), (3, vec![0, 0, 0, 3]));
    assert_eq!(shown(1, 1), (3, vec![0, 3, 0, 0]), "the salon waits for another quarter");
    assert_eq!(shown(0, 4), (6, vec![0, 3, 0, 3]));
}

fn read(json: &str) -> Result<ResultReport, ReportError> {
    ResultReport::read(json.as_bytes(), &categories(), &districts(), &reasons())
}

#[test]
fn only_the_outcome_is_needed_and_the_quarter_is_all_that_is_kept_of_the_time() {
    let bare = read(r#"{"outcome":"asked","kind":null}"#).unwrap().in_quarter_of("2026-11".parse().unwrap());
    assert_eq!(bare.quarter.to_string(), "2026-10/2026-12");
    assert_eq!((bare.outcome, bare.kind, bare.district), (ReferralOutcome::Asked, None, None));
    let all = r#"{"outcome":"goes_on","kind":"art","district":"ooya","reason":"mood","source":"clinic"}"#;
    let all = read(all).unwrap().in_quarter_of("2026-11".parse().unwrap());
    assert_eq!((all.kind, all.district), (Some(CategoryId("art".into())), Some(DistrictId("ooya".into()))));
    assert_eq!((all.reason, all.source), (Some(ReferralReasonId("mood".into())), Some(ReferralSource::Clinic)));
}

#[test]
fn an_error_names_its_field_and_repeats_nothing() {
    for (body, field) in [
        (r#"{"kind":"art"}"#, "outcome"),
        (r#"{"outcome":"田中"}"#, "outcome"),
        (r#"{"outcome":7}"#, "outcome"),
        (r#"{"outcome":["asked"]}"#, "outcome"),
        (r#"{"outcome":"asked","kind":"田中"}"#, "kind"),
        (r#"{"outcome":"asked","kind":{}}"#, "kind"),
        (r#"{"outcome":"asked","district":"田中"}"#, "district"),
        (r#"{"outcome":"asked","reason":"田中さんが眠れない"}"#, "reason"),
        (r#"{"outcome":"asked","source":"田中医院"}"#, "source"),
        (r#"{"outcome":"asked","source":true}"#, "source"),
        (r#"{"outcome":"asked","key":"ACDE-FGHJ"}"#, "key"),
    ] {
        let error = read(body).unwrap_err();
        assert!(matches!(&error, ReportError::Field { field: named, .. } if named == field), "{body}: {error}");
        assert!(!error.to_string().contains("田中") && !error.to_string().contains("ACDE"), "{error}");
    }
    for body in [r#"{"outcome":"asked","code":"ACDEF-GHJKM"}"#, r#"{"outcome":"asked","田中":1}"#] {
        let error = read(body).unwrap_err();
        assert!(matches!(error, ReportError::UnknownField { .. }), "{body}");
        assert!(!error.to_string().contains("ACDEF") && !error.to_string().contains("田中"), "{error}");
    }
    for body in ["", "[]", "null", "\"asked\""] {
        assert!(matches!(read(body), Err(ReportError::NotAnObject { .. })), "{body}");
    }
}
