//! Parses `practice.csv`: invented persons with whom link workers practise.
//!
//! This module does no I/O.

use std::path::Path;

use super::ConfigError;
use super::categories::{CategoryRow, parse_rows};
use crate::model::PracticePerson;

/// Columns of the file, all required, in any order.
const COLUMNS: [&str; 7] = ["name", "age", "afternoon", "story", "says", "likes", "questions"];

/// How an invented name is marked, so that no paper of the training is taken for one about somebody.
const MARK: &str = "練習";

/// The oldest age, and the most afternoons.
const MOST: [u32; 2] = [120, 12];

/// Reads the table; fails with every fault.
pub(super) fn parse_practice(file: &Path, text: &str) -> Result<Vec<PracticePerson>, Vec<ConfigError>> {
    parse_rows((file, text), (&COLUMNS, "config.no_row"), |row, _: &[PracticePerson]| parse_person(row))
}

fn parse_person(row: &CategoryRow<'_>) -> Result<PracticePerson, ConfigError> {
    let name = row.required("name")?;
    if !name.contains(MARK) {
        return Err(row.wrong("name", "config.unmarked_person"));
    }
    let questions = row.list("questions");
    if questions.is_empty() {
        return Err(row.wrong("questions", "config.empty_cell"));
    }
    Ok(PracticePerson {
        name,
        age: number(row, "age", 0..=MOST[0])?,
        afternoon: number(row, "afternoon", 1..=MOST[1])?,
        story: row.required("story")?,
        says: row.required("says")?,
        likes: row.list("likes"),
        questions,
    })
}

fn number(
    row: &CategoryRow<'_>,
    heading: &'static str,
    within: std::ops::RangeInclusive<u32>,
) -> Result<u32, ConfigError> {
    let number = row.required(heading)?.parse().ok().filter(|number| within.contains(number));
    number.ok_or_else(|| row.wrong(heading, "config.wrong_number"))
}
