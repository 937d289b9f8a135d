//! Parses `holidays.csv`, the national holidays of whole years as the government announces them. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};

use super::ConfigError;
use super::categories::{csv_error, wrong};

/// The fewest holidays of a year by the law: a year with fewer is not listed whole, and the rest of it would be lost.
const FEWEST: usize = 13;

/// The days of the file. Its first column holds the date, as 2027-01-01 or 2027/1/1; headings and further columns do not matter,
/// so that the Cabinet Office's own file (syukujitsu.csv) will do.
pub(super) fn parse_holidays(file: &Path, text: &str) -> Result<BTreeSet<NaiveDate>, ConfigError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut days = BTreeSet::new();
    for (number, record) in reader.records().enumerate() {
        let cells = record.map_err(|error| csv_error(file, &error))?;
        let first = cells.get(0).unwrap_or_default().trim();
        let line = cells.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
        match NaiveDate::parse_from_str(&first.replace('/', "-"), "%Y-%m-%d") {
            Ok(day) => drop(days.insert(day)),
            Err(_) if number == 0 || first.is_empty() => {}
            Err(_) => return Err(wrong(file, line, None, ("config.wrong_holiday", &[("value", first)]))),
        }
    }
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for day in &days {
        *years.entry(day.year()).or_default() += 1;
    }
    let is_part = |(year, count): &(&i32, &usize)| **count < FEWEST && crate::schedule::holidays::YEARS.contains(*year);
    if let Some((year, count)) = years.iter().find(is_part) {
        let values = [("year", &*year.to_string()), ("count", &*count.to_string())];
        return Err(wrong(file, 1, None, ("config.part_of_a_year", &values)));
    }
    Ok(days)
}
