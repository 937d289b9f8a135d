//! The JSON Lines of `tsunagari check --json`: one line per file, or per data sheet of a workbook.
//!
//! The format is a contract with other programs; its schema is `docs/check.schema.json`, and tests validate the lines against
//! it. This module does no I/O.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use super::{
    ColumnUse, Encoding, Format, ImportedFile, ImportedPlace, ImportedSheet, ListProblem, ProblemKind, Severity,
};
use crate::model::Language;

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckLine {
    /// File name.
    pub file: String,
    /// Format detected from the bytes.
    pub format: Format,
    /// Its character encoding; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// Name of the sheet; `None` in text files, and where nothing was read.
    pub sheet: Option<String>,
    /// Row number of the heading as Excel shows it, from 1; 0 where there is none.
    pub heading_row: u32,
    /// Number of rows with data.
    pub records: u32,
    /// Number of rows that became places.
    pub places: usize,
    /// Number of places with a position, exact or approximate.
    pub located: usize,
    /// Number of places without a position.
    pub unlocated: usize,
    /// Number of blank rows.
    pub blank_rows: u32,
    /// Everything to fix, ordered by row.
    pub problems: Vec<ProblemLine>,
    /// What each column was taken for, where that was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<ColumnUse>>,
    /// Why nothing was read at all.
    pub refused: Option<RefusalLine>,
}

/// One problem, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemLine {
    /// The row as Excel shows it; the first of several.
    pub row: u32,
    /// The number of rows of which the same is said.
    pub rows: usize,
    /// The heading as it stands in the file.
    pub column: Option<String>,
    /// Severity of its kind.
    pub severity: Severity,
    /// Stable code of the problem.
    pub kind: ProblemKind,
    /// The sentence in Japanese.
    pub message_ja: String,
    /// The sentence in English.
    pub message_en: String,
}

/// Why a file was refused, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalLine {
    /// Stable code of the problem.
    pub kind: ProblemKind,
    /// The sentence in Japanese.
    pub message_ja: String,
    /// The sentence in English.
    pub message_en: String,
}

/// What a report shows besides the problems, summed up.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportOptions {
    /// Each row of each problem, not one problem per column and value.
    pub every_row: bool,
    /// What each column was taken for.
    pub columns: bool,
}

/// The lines about `import`, which was read from `file`: one a sheet, and one if it was refused.
pub fn lines(import: &ImportedFile<ImportedPlace>, file: &str, options: ReportOptions) -> Vec<CheckLine> {
    if import.sheets.is_empty() {
        return vec![line(import, file, &ImportedSheet::default(), options)];
    }
    import.sheets.iter().map(|sheet| line(import, file, sheet, options)).collect()
}

/// The problems, one per column and value with the number of rows. What is to be fixed row by row stays a problem each.
fn summed(problems: &[ListProblem]) -> Vec<ProblemLine> {
    let mut lines: Vec<ProblemLine> = Vec::new();
    let mut at: HashMap<(ProblemKind, Option<String>, String), usize> = HashMap::new();
    for problem in problems {
        let line = ProblemLine::from(problem);
        let is_of_value = problem.values.iter().any(|(name, _)| *name == "value");
        if !is_of_value && problem.severity() != Severity::Info {
            lines.push(line);
            continue;
        }
        match at.entry((line.kind, line.column.clone(), line.message_ja.clone())) {
            Entry::Occupied(first) => lines[*first.get()].rows += 1,
            Entry::Vacant(new) => {
                new.insert(lines.len());
                lines.push(line);
            }
        }
    }
    lines
}

/// Whether a line reports an error: a row that did not become a place, or lost characters.
pub fn has_errors(lines: &[CheckLine]) -> bool {
    lines.iter().flat_map(|line| &line.problems).any(|problem| problem.severity == Severity::Error)
}

fn line(
    import: &ImportedFile<ImportedPlace>,
    file: &str,
    sheet: &ImportedSheet<ImportedPlace>,
    options: ReportOptions,
) -> CheckLine {
    let located = sheet.entries.iter().filter(|place| place.facts.site.is_some()).count();
    CheckLine {
        file: file.to_owned(),
        format: import.format,
        encoding: import.encoding,
        sheet: sheet.sheet.clone(),
        heading_row: sheet.heading_row,
        records: sheet.records,
        places: sheet.entries.len(),
        located,
        unlocated: sheet.entries.len() - located,
        blank_rows: sheet.blank_rows,
        problems: if options.every_row {
            sheet.problems.iter().map(ProblemLine::from).collect()
        } else {
            summed(&sheet.problems)
        },
        columns: options.columns.then(|| sheet.columns.clone()),
        refused: import.refused.as_ref().map(RefusalLine::from),
    }
}

impl From<&ListProblem> for ProblemLine {
    fn from(problem: &ListProblem) -> Self {
        Self {
            row: problem.row,
            rows: 1,
            column: problem.column.clone(),
            severity: problem.severity(),
            kind: problem.kind,
            message_ja: problem.message(Language::Ja),
            message_en: problem.message(Language::En),
        }
    }
}

impl From<&ListProblem> for RefusalLine {
    fn from(problem: &ListProblem) -> Self {
        Self {
            kind: problem.kind,
            message_ja: problem.message(Language::Ja),
            message_en: problem.message(Language::En),
        }
    }
}
