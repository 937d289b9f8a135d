//! The table of districts and categories as CSV: one line per cell, for spreadsheets. This module does no I/O.

use crate::gaps::table::{TableAnswer, TableCell};
use crate::gaps::{ExactNumber, PlannerData};
use crate::model::Language;
use crate::publish::plan_messages::plan_messages;
use crate::text::formula::guarded;

/// UTF-8 with byte order mark, by which spreadsheets know it.
pub(super) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The table as CSV with Japanese headings; the last one defines a gap.
pub fn table(data: &PlannerData, answer: &TableAnswer) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.to_vec());
    // Writing to memory does not fail.
    let _ = csv.write_record(headings(answer));
    for cell in &answer.cells {
        let _ = csv.write_record(row(data, cell).iter().map(|text| guarded(text).into_owned()));
    }
    csv.into_inner().unwrap_or_default()
}

/// The Japanese headings; the last one defines a gap.
pub(super) fn headings(answer: &TableAnswer) -> Vec<String> {
    let messages = plan_messages(Language::Ja);
    let targets = answer.targets;
    let values = [
        ("age", &*answer.method.age.to_string()),
        ("reach", &*plain(targets.reach_m.0, 0)),
        ("monthly", &*plain(targets.monthly.0, 2)),
        ("detour", &*plain(answer.method.detour.0, 2)),
        ("day", &*answer.population.as_of.to_string()),
    ];
    let gap = messages.fill("csv.gap", &values);
    messages.optional("csv.headings").split('|').map(str::to_owned).chain([gap]).collect()
}

/// The cells of one line, below the headings.
pub(super) fn row(data: &PlannerData, cell: &TableCell) -> Vec<String> {
    let messages = plan_messages(Language::Ja);
    let snapshot = data.snapshot();
    let district = cell.district.as_ref().and_then(|id| data.units().by_id(id));
    let category = snapshot.categories.by_id(&cell.category);
    let rounded = |number: Option<ExactNumber>, decimals| number.map(|n| plain(n.0, decimals)).unwrap_or_default();
    let tens =
        |number: Option<ExactNumber>| number.map(|n| plain((n.0 / 10.0 + 0.5).floor() * 10.0, 0)).unwrap_or_default();
    vec![
        district.map_or(messages.text("table.no_district"), |district| &district.name).to_owned(),
        category.map(|category| category.name.japanese().to_owned()).unwrap_or_default(),
        cell.places.to_string(),
        rounded(cell.per_1000, 2),
        plain(cell.monthly.0, 2),
        cell.monthly_unknown.to_string(),
        cell.accepting.yes.to_string(),
        cell.accepting.no.to_string(),
        cell.accepting.unknown.to_string(),
        cell.step_free.yes.to_string(),
        cell.step_free.no.to_string(),
        cell.step_free.unknown.to_string(),
        tens(cell.nearest_m.mean),
        tens(cell.nearest_m.max),
        plain(cell.gap.certain.0, 2),
        plain(cell.gap.possible.0, 2),
    ]
}

/// A number with at most so many decimals, halves up, without trailing zeros.
pub fn plain(number: f64, decimals: i32) -> String {
    let scale = 10_f64.powi(decimals);
    let rounded = (number * scale + 0.5 + 1e-9).floor() / scale;
    let text = format!("{rounded:.*}", usize::try_from(decimals).unwrap_or(0));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
