//! The invented places as a list, in the dialect of `docs/data-format.md`, so that it goes through `tsunagari import places` like any
//! other and comes in whole.
//!
//! Seven in a hundred have no position, those of one category are private persons, and one in twenty is for link workers only.

#![allow(dead_code, reason = "examples each use their part")]

use std::io::{self, Write};
use std::ops::Range;

use super::generated::{CATEGORIES, Centre, Row};

/// One in so many has no position: it comes home, is called, or nobody has located it.
const UNLOCATED: usize = 14;
/// What such a list says in place of an address.
const NOWHERE: [&str; 4] = ["自宅へ訪問", "電話", "オンライン", ""];
/// One in so many is for link workers only.
const INTERNAL: usize = 20;
/// The category whose places are private persons.
pub const PERSONS: &str = "farming";

const HEADINGS: [&str; 13] = [
    "番号",
    "分野",
    "名称",
    "地区",
    "住所",
    "経度",
    "緯度",
    "キーワード",
    "活動日時",
    "電話番号",
    "担当者",
    "トイレ",
    "掲載可否",
];

/// Writes the rows with a number in `numbers` as CSV.
pub fn write(
    out: impl Write,
    rows: impl Iterator<Item = Row>,
    centres: &[Centre],
    numbers: &Range<usize>,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADINGS)?;
    for row in rows.filter(|row| numbers.contains(&row.number)) {
        csv.write_record(cells(&row, centres))?;
    }
    csv.into_inner().map_err(csv::IntoInnerError::into_error)?.flush()
}

fn cells(row: &Row, centres: &[Centre]) -> [String; HEADINGS.len()] {
    let yes_or_unknown = if row.toilet { "あり" } else { "" };
    let (code, kind, _) = CATEGORIES[row.category];
    let unlocated = row.number % UNLOCATED == UNLOCATED / 2;
    let nowhere = NOWHERE[row.number / UNLOCATED % NOWHERE.len()];
    let degrees = |degrees: f64| if unlocated { String::new() } else { degrees.to_string() };
    // Invented, and said to be.
    let person = if code == PERSONS { format!("見本 {}郎", row.number + 1) } else { String::new() };
    let is_internal = row.number % INTERNAL == INTERNAL / 2;
    [
        (row.number + 1).to_string(),
        kind.to_owned(),
        row.name.clone(),
        centres[row.centre].name.clone(),
        if unlocated { nowhere.to_owned() } else { row.address.clone() },
        degrees(row.lon),
        degrees(row.lat),
        row.interest.to_owned(),
        row.schedule.clone(),
        row.phone.clone(),
        person,
        yes_or_unknown.to_owned(),
        if is_internal { "支援者のみ" } else { "○" }.to_owned(),
    ]
}
