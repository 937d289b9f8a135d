//! Parses `interests.csv`, the thesaurus of interests.
//!
//! This module does no I/O.

use std::path::Path;

use super::ConfigError;
use super::categories::{CategoryRow, csv_error, settings_table, wrong};
use crate::model::interest::ThesaurusError;
use crate::model::{Interest, InterestKind, Thesaurus};

/// Required columns of the file, in any order; `kind` may be left out, then all are pursuits. Lists are separated by
/// semicolons.
const COLUMNS: [&str; 7] = ["term", "reading", "synonyms", "broader", "neighbours", "axes", "traits"];

/// Marks a synonym that means its term only as a whole phrase.
const WHOLE_PHRASE: char = '=';

/// The six axes of Positive Health, as the file names them.
const AXES: [&str; 6] = ["身体", "心", "生きがい", "暮らし", "つながり", "日常"];

pub(super) fn parse_interests(file: &Path, text: &str) -> Result<Thesaurus, ConfigError> {
    let mut reader = settings_table(text);
    let headings = reader.headers().map_err(|error| csv_error(file, &error))?.clone();
    if let Some(missing) = COLUMNS.iter().find(|c| !headings.iter().any(|h| h == **c)) {
        return Err(wrong(file, 1, Some(missing), ("config.missing_column", &[])));
    }
    let (mut interests, mut lines) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let cells = record.map_err(|error| csv_error(file, &error))?;
        let line = cells.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
        interests.push(parse_interest(&CategoryRow { file, line, headings: &headings, cells: &cells })?);
        lines.push(line);
    }
    let rows = interests.clone();
    Thesaurus::new(interests).map_err(|error| {
        let (term, column, reason, value) = describe(&error);
        // Of a repeated term, the error names the last row.
        let at = rows.iter().rposition(|row| row.term == term);
        let is_broader = at.is_some_and(|at| rows[at].broader.iter().any(|it| it == value));
        let column = if is_broader { "broader" } else { column };
        let line = at.and_then(|at| lines.get(at)).copied().unwrap_or(1);
        wrong(file, line, Some(column), (reason, &[("value", value)]))
    })
}

/// The row's term, the column, the key of the message and the value that the message names.
fn describe(error: &ThesaurusError) -> (&str, &'static str, &'static str, &str) {
    match error {
        ThesaurusError::Twice(term) => (term, "term", "config.term_twice", term),
        ThesaurusError::Unknown { term, unknown } => (term, "neighbours", "config.unknown_term", unknown),
        ThesaurusError::Circle(term) => (term, "broader", "config.term_circle", term),
    }
}

fn parse_interest(row: &CategoryRow<'_>) -> Result<Interest, ConfigError> {
    let axes = row.list("axes");
    if let Some(unknown) = axes.iter().find(|axis| !AXES.contains(&axis.as_str())) {
        let value = [("value", unknown.as_str())];
        return Err(wrong(row.file, row.line, Some("axes"), ("config.wrong_axis", &value)));
    }
    let (marked, synonyms): (Vec<String>, _) =
        row.list("synonyms").into_iter().partition(|word| word.starts_with(WHOLE_PHRASE));
    let whole_phrases = marked.iter().map(|word| word.trim_start_matches(WHOLE_PHRASE).to_owned()).collect();
    let kind = row.cell("kind");
    let kind = match InterestKind::NAMED.iter().find(|(name, _)| kind.is_empty() || *name == kind) {
        Some((_, kind)) => *kind,
        None => return Err(wrong(row.file, row.line, Some("kind"), ("config.wrong_kind", &[("value", kind)]))),
    };
    Ok(Interest {
        kind,
        term: row.required("term")?,
        reading: row.cell("reading").to_owned(),
        synonyms,
        whole_phrases,
        broader: row.list("broader"),
        neighbours: row.list("neighbours"),
        traits: row.list("traits"),
        axes,
    })
}
