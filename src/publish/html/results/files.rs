//! Downloads of the results: CSV, XLSX and JSON. All omit suppressed counts. This module does no I/O.

use serde_json::{Map, Value, json};

use super::tables::{named, of_quarters, of_sources};
use super::{outcome_name, quarter_name};
use crate::gaps::results::{OutcomeCounts, ResultRow, ResultTable};
use crate::model::{BATCH_SIZE, ReferralOutcome};
use crate::publish::html::unmet::iso_interval;
use crate::publish::link_worker_messages::catalogue;
use crate::publish::plan_xlsx;
use crate::text::formula::guarded;

/// Columns that hold words: all but the count.
const WORDS: usize = 5;

/// The released counts as JSON, described in `docs/results.md`.
pub fn json(table: &ResultTable) -> String {
    let rows = |rows: &[ResultRow]| rows.iter().map(row_object).collect::<Vec<_>>();
    let quarter = |(quarter, counts): &(crate::model::Quarter, OutcomeCounts)| json!({ "quarter": quarter.to_string(), "outcomes": outcomes_object(*counts) });
    json!({
        "unit": BATCH_SIZE,
        "first": table.period.first.map(|month| month.to_string()),
        "last": table.period.last.to_string(),
        "outcomes": outcomes_object(table.totals),
        "kinds": rows(&table.kinds),
        "districts": rows(&table.districts),
        "reasons": rows(&table.reasons),
        "sources": rows(&table.sources),
        "quarters": table.quarters.iter().map(quarter).collect::<Vec<_>>(),
    })
    .to_string()
}

/// The counts of a row; `code` is `null` for the others.
fn row_object(row: &ResultRow) -> Value {
    json!({ "code": row.code, "outcomes": outcomes_object(row.counts) })
}

/// Counts by outcome, without suppressed ones.
fn outcomes_object(counts: OutcomeCounts) -> Map<String, Value> {
    let counted = ReferralOutcome::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    counted.map(|(outcome, count)| (outcome.code().to_owned(), count.into())).collect()
}

/// The released counts as CSV with Japanese headings, one line per number; the byte order mark makes Excel read it as UTF-8.
pub fn csv(table: &ResultTable) -> Vec<u8> {
    let mut csv =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = csv.write_record(headings());
    for line in lines(table) {
        let _ = csv.write_record(line.iter().map(|cell| guarded(cell).into_owned()));
    }
    csv.into_inner().unwrap_or_default()
}

/// The same lines as an Excel workbook, with counts as numbers. It is dated by the period, so that the same numbers are the same bytes.
pub fn xlsx(table: &ResultTable) -> Vec<u8> {
    let Some(day) = table.period.last.days().last() else { return Vec::new() };
    // Writing to memory fails only beyond Excel's million rows, which these tables never have.
    plan_xlsx::workbook(day, headings(), lines(table).into_iter(), WORDS).unwrap_or_default()
}

fn headings() -> Vec<String> {
    catalogue("results").text("csv.headings").split('|').map(str::to_owned).collect()
}

/// Table, code, name, outcome, period, count: every number that is not suppressed.
fn lines(table: &ResultTable) -> Vec<Vec<String>> {
    let coded = |rows: &[ResultRow], names: Vec<(String, OutcomeCounts)>| {
        let code = |row: &ResultRow| row.code.clone().unwrap_or_default();
        rows.iter().map(code).zip(names).map(|(code, (name, counts))| (code, name, counts)).collect::<Vec<_>>()
    };
    let quarters = table.quarters.iter().zip(of_quarters(table));
    let quarters = quarters.map(|((quarter, _), (_, counts))| (quarter.to_string(), quarter_name(*quarter), counts));
    let tables = [
        ("csv.totals", vec![(String::new(), String::new(), table.totals)]),
        ("csv.kinds", coded(&table.kinds, named(&table.kinds))),
        ("csv.districts", coded(&table.districts, named(&table.districts))),
        ("csv.reasons", coded(&table.reasons, named(&table.reasons))),
        ("csv.sources", coded(&table.sources, of_sources(&table.sources))),
        ("csv.quarters", quarters.collect()),
    ];
    let period = iso_interval(table.period);
    let mut lines = Vec::new();
    for (title, rows) in tables {
        for (code, name, counts) in rows {
            for (outcome, count) in ReferralOutcome::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0) {
                let title = catalogue("results").text(title).to_owned();
                let outcome = outcome_name(outcome).to_owned();
                lines.push(vec![title, code.clone(), name.clone(), outcome, period.clone(), count.to_string()]);
            }
        }
    }
    lines
}
