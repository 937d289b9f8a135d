//! What `tsunagari check --json` prints: one line a file, one line a data sheet of a workbook.
//!
//! The shape is a contract with other programs; `docs/check.schema.json` is its schema, and the tests hold one to the other.
//! This module does no I/O.

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
    /// The file's name.
    pub file: String,
    /// What it turned out to be.
    pub format: Format,
    /// Its character encoding; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// The sheet; `None` in text files, and where nothing was read.
    pub sheet: Option<String>,
    /// The row of the heading as Excel shows it; 0 where there is none.
    pub heading_row: u32,
    /// Rows that hold data.
    pub records: u32,
    /// Rows that became places.
    pub places: usize,
    /// Places with a position, exact or not.
    pub located: usize,
    /// Places without one.
    pub unlocated: usize,
    /// Rows without any content.
    pub blank_rows: u32,
    /// Everything to fix, in order of row.
    pub problems: Vec<ProblemLine>,
    /// What each column was taken for, where that was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<ColumnUse>>,
    /// Why nothing was read at all.
    pub refused: Option<RefusalLine>,
}

/// One thing to fix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemLine {
    /// The row as Excel shows it; the first of several.
    pub row: u32,
    /// The number of rows of which the same is said.
    pub rows: usize,
    /// The heading as it stands in the file.
    pub column: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The sentence in Japanese.
    pub message_ja: String,
    /// The sentence in English.
    pub message_en: String,
}

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalLine {
    /// What is wrong.
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
