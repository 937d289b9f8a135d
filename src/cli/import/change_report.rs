//! Change report (diff): prints what an import changed, for the person who keeps the list.

use std::collections::HashMap;
use std::io::Write;

use crate::cli::Failure;
use crate::cli::output::Output;
use crate::editor::{ChangedPlace, ReadFile, RejectedRow, SheetReport};
use crate::import::places::changes::{ChangeNote, FieldChange};
use crate::import::{ListProblem, Severity};
use crate::model::Messages;

/// How many places of one kind are named; the rest is counted.
const SHOWN: usize = 20;

/// The problems of files that were read, by file and sheet: the report of an import names some of them again.
#[derive(Debug, Default)]
pub struct FileProblems(HashMap<(String, Option<String>), Vec<ListProblem>>);

impl FileProblems {
    /// The problems of `files`.
    pub fn in_files<T>(files: &[ReadFile<T>]) -> Self {
        let sheets = files.iter().flat_map(|file| file.import.sheets.iter().map(move |sheet| (file, sheet)));
        Self(sheets.map(|(file, sheet)| ((file.file.clone(), sheet.sheet.clone()), sheet.problems.clone())).collect())
    }

    fn of(&self, report: &SheetReport) -> &[ListProblem] {
        self.0.get(&(report.file.clone(), report.sheet.clone())).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether anything was, or would be, written.
pub fn changes_something(report: &SheetReport) -> bool {
    !(report.added.is_empty() && report.changed.is_empty() && report.gone.is_empty())
}

/// Prints what one sheet of places changed.
///
/// # Errors
///
/// If the answer cannot be written.
pub fn print_sheet(
    out: &mut Output<impl Write>,
    words: &Messages,
    list: &str,
    report: &SheetReport,
    noticed: &FileProblems,
) -> Result<(), Failure> {
    match &report.sheet {
        Some(sheet) => {
            out.line(&words.fill("diff.sheet", &[("file", &report.file), ("sheet", sheet), ("list", list)]))?;
        }
        None => out.line(&words.fill("diff.title", &[("file", &report.file), ("list", list)]))?,
    }
    out.line(&counts(words, report))?;
    let problems = noticed.of(report);
    print_first(out, words, report.added.iter().map(|place| words.fill("diff.added", &[("name", &place.name)])))?;
    print_first(out, words, report.changed.iter().map(|place| changed(words, place)))?;
    print_first(out, words, report.gone.iter().map(|place| words.fill("diff.gone", &[("name", &place.name)])))?;
    print_first(out, words, report.rejected.iter().map(|row| rejected(words, *row, problems)))?;
    print_notes(out, words, report, problems)
}

/// A changed place: what changed, on what list and program disagree, and how it is known to be the same place.
fn changed(words: &Messages, place: &ChangedPlace) -> String {
    let FieldChange { fields, conflicts, notes } = &place.change;
    let named = |fields: &[String]| {
        let names: Vec<&str> = fields.iter().map(|field| field_name(words, field)).collect();
        names.join(words.optional("say.separator"))
    };
    let mut line = if fields.is_empty() {
        words.fill("diff.kept", &[("name", &place.name)])
    } else {
        words.fill("diff.changed", &[("name", &place.name), ("fields", &named(fields))])
    };
    if !conflicts.is_empty() {
        line += &words.fill("diff.conflict", &[("fields", &named(conflicts))]);
    }
    for note in notes {
        line += &match note {
            ChangeNote::Renamed { from } => words.fill("diff.renamed", &[("from", from)]),
            ChangeNote::Moved { from } => words.fill("diff.moved", &[("from", from.as_deref().unwrap_or("-"))]),
            ChangeNote::ClosedHere => words.fill("diff.closed_here", &[]),
        };
    }
    line
}

fn rejected(words: &Messages, row: RejectedRow, problems: &[ListProblem]) -> String {
    let problem = problems.iter().find(|problem| problem.row == row.row && problem.kind == row.kind);
    let message = problem.map(|problem| problem.message(words.language())).unwrap_or_default();
    words.fill("diff.rejected", &[("row", &row.row.to_string()), ("message", &message)])
}

fn counts(words: &Messages, report: &SheetReport) -> String {
    words.fill(
        "diff.counts",
        &[
            ("added", &report.added.len().to_string()),
            ("changed", &report.changed.len().to_string()),
            ("unchanged", &report.unchanged.to_string()),
            ("gone", &report.gone.len().to_string()),
            ("rejected", &report.rejected.len().to_string()),
        ],
    )
}

/// Prints `lines`; of many, the first ones and how many more there are.
///
/// # Errors
///
/// If the answer cannot be written.
pub fn print_first(
    out: &mut Output<impl Write>,
    words: &Messages,
    lines: impl Iterator<Item = String>,
) -> Result<(), Failure> {
    let lines: Vec<String> = lines.collect();
    for line in lines.iter().take(SHOWN) {
        out.line(line)?;
    }
    if lines.len() > SHOWN {
        out.line(&words.fill("diff.more", &[("count", &(lines.len() - SHOWN).to_string())]))?;
    }
    Ok(())
}

/// Prints how many warnings there are, and that nothing was deleted.
fn print_notes(
    out: &mut Output<impl Write>,
    words: &Messages,
    report: &SheetReport,
    problems: &[ListProblem],
) -> Result<(), Failure> {
    let count = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
    let (warnings, infos) = (count(Severity::Warning), count(Severity::Info));
    if warnings + infos > 0 {
        let (warnings, infos) = (warnings.to_string(), infos.to_string());
        let values = [("warnings", warnings.as_str()), ("infos", &infos), ("file", &report.file)];
        out.line(&words.fill("diff.noted", &values))?;
    }
    if !report.gone.is_empty() {
        out.line(&words.fill("diff.gone_next", &[]))?;
    }
    Ok(())
}

/// The label of a field of a place; the field's own name where it has none.
fn field_name<'a>(words: &'a Messages, field: &'a str) -> &'a str {
    words.find(&format!("field.{field}")).unwrap_or(field)
}
