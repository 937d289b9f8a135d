//! What changed since a day as CSV: one line per part of the municipality and number, for spreadsheets. This module does no I/O.

use super::plan_csv::{BOM, plain};
use super::plan_messages::plan_messages;
use crate::gaps::ExactNumber;
use crate::gaps::history::{BeforeAfter, PlanningChange, UnitChange};
use crate::index::Snapshot;
use crate::model::{Language, Messages};
use crate::text::formula::guarded;

/// The table with Japanese headings, which name the days and what is near.
pub fn table(snapshot: &Snapshot, change: &PlanningChange) -> Vec<u8> {
    let messages = plan_messages(Language::Ja);
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.to_vec());
    let days = [("since", &*change.since.to_string()), ("until", &*change.until.to_string())];
    let headings = messages.fill("change.csv_headings", &days);
    // Writing to memory does not fail.
    let _ = csv.write_record(headings.split('|'));
    let city = [snapshot.city.name.clone()];
    let of_city = numbers(messages, change, (change.places, change.people, change.reached));
    let of_units = change.units.iter().flat_map(|unit| unit_rows(snapshot, messages, change, unit));
    for row in of_city.into_iter().map(|row| [&city[..], &row].concat()).chain(of_units) {
        let _ = csv.write_record(row.iter().map(|text| guarded(text).into_owned()));
    }
    csv.into_inner().unwrap_or_default()
}

fn unit_rows(
    snapshot: &Snapshot,
    messages: &'static Messages,
    change: &PlanningChange,
    unit: &UnitChange,
) -> Vec<Vec<String>> {
    let name = if unit.district.is_some() { &unit.name } else { messages.text("table.no_district") };
    let categories = unit.categories.iter().map(|of| {
        let category = snapshot.categories.by_id(&of.category);
        let category = category.map_or(of.category.0.as_str(), |it| it.name.japanese());
        counts(category.to_owned(), of.places)
    });
    let rows = numbers(messages, change, (unit.places, unit.people, unit.reached)).into_iter().chain(categories);
    rows.map(|row| [&[name.to_owned()][..], &row].concat()).collect()
}

/// The lines that every part has: places, people, and people within reach.
fn numbers(
    messages: &'static Messages,
    change: &PlanningChange,
    (places, people, reached): (BeforeAfter<usize>, BeforeAfter<ExactNumber>, BeforeAfter<ExactNumber>),
) -> [[String; 4]; 3] {
    let definitions = change.definitions.after;
    let values = [("age", &*definitions.age.to_string()), ("reach", &*plain(definitions.reach_m, 0))];
    let count = |key, of: BeforeAfter<ExactNumber>| {
        let cells = [of.before.0, of.after.0, of.after.0 - of.before.0].map(|number| plain(number, 2));
        let [before, after, difference] = cells;
        [messages.fill(key, &values), before, after, difference]
    };
    [
        counts(messages.text("change.places").to_owned(), places),
        count("change.csv_people", people),
        count("change.csv_reached", reached),
    ]
}

#[expect(clippy::cast_possible_wrap, reason = "places are fewer than 2^63")]
fn counts(name: String, of: BeforeAfter<usize>) -> [String; 4] {
    [name, of.before.to_string(), of.after.to_string(), (of.after as i64 - of.before as i64).to_string()]
}
