//! Change report (diff): prints what an import changed, for the person who keeps the list.

use std::collections::HashMap;
use std::io::Write;

use crate::cli::Failure;
use crate::cli::output::Output;
use crate::editor::{ChangedPlace, GonePlace, NamedPlace, ReadFile, RejectedRow, SheetReport};
use crate::import::places::changes::{ChangeNote, FieldChange};
use crate::import::{ListProblem, Severity};
use crate::model::Messages;

/// How many places of one kind are named; the rest is counted.
const SHOWN: usize = 20;

/// The problems of the imported files, by file and sheet, to which the change report refers.
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
    let SheetReport { added, changed, gone, .. } = report;
    !(added.is_empty() && changed.is_empty() && gone.is_empty())
}

/// Prints what one sheet of places changed.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn print_sheet(
    out: &mut Output<impl Write>,
    messages: &Messages,
    list: &str,
    report: &SheetReport,
    file_problems: &FileProblems,
) -> Result<(), Failure> {
    print_counts(out, messages, list, report)?;
    let problems = file_problems.of(report);
    print_first(out, messages, report.added.iter().map(|place| messages.fill("diff.added", &[("name", &place.name)])))?;
    print_first(out, messages, report.changed.iter().map(|place| changed(messages, place)))?;
    let gone = |place: &GonePlace| {
        messages.fill(if place.ended { "diff.gone_ended" } else { "diff.gone" }, &[("name", &place.name)])
    };
    print_first(out, messages, report.gone.iter().map(gone))?;
    let closed = |place: &NamedPlace| messages.fill("diff.closed", &[("name", &place.name)]);
    print_first(out, messages, report.closed.iter().map(closed))?;
    print_first(out, messages, report.rejected.iter().map(|row| rejected(messages, *row, problems)))?;
    print_notes(out, messages, report, problems)
}

/// Prints what an import would report of one sheet of an edition that the database has, and that it was not read again.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn print_known_sheet(
    out: &mut Output<impl Write>,
    messages: &Messages,
    list: &str,
    report: &SheetReport,
) -> Result<(), Failure> {
    print_counts(out, messages, list, report)?;
    out.line(messages.text("diff.known"))
}

fn print_counts(
    out: &mut Output<impl Write>,
    messages: &Messages,
    list: &str,
    report: &SheetReport,
) -> Result<(), Failure> {
    match &report.sheet {
        Some(sheet) => {
            out.line(&messages.fill("diff.sheet", &[("file", &report.file), ("sheet", sheet), ("list", list)]))?;
        }
        None => out.line(&messages.fill("diff.title", &[("file", &report.file), ("list", list)]))?,
    }
    out.line(&counts(messages, report))
}

/// The line of a changed place: changed fields, conflicts between list and program, and how the place was recognised.
pub fn changed(messages: &Messages, place: &ChangedPlace) -> String {
    let FieldChange { fields, conflicts, notes } = &place.change;
    let named = |fields: &[String]| {
        let names: Vec<&str> = fields.iter().map(|field| field_name(messages, field)).collect();
        names.join(messages.optional("format.separator"))
    };
    let mut line = if fields.is_empty() {
        messages.fill("diff.kept", &[("name", &place.name)])
    } else {
        messages.fill("diff.changed", &[("name", &place.name), ("fields", &named(fields))])
    };
    if !conflicts.is_empty() {
        line += &messages.fill("diff.conflict", &[("fields", &named(conflicts))]);
    }
    for note in notes {
        line += &match note {
            ChangeNote::Renamed { from } => messages.fill("diff.renamed", &[("from", from)]),
            ChangeNote::Moved { from } => messages.fill("diff.moved", &[("from", from.as_deref().unwrap_or("-"))]),
            ChangeNote::ClosedHere => messages.fill("diff.closed_here", &[]),
        };
    }
    line
}

fn rejected(messages: &Messages, row: RejectedRow, problems: &[ListProblem]) -> String {
    let problem = problems.iter().find(|problem| problem.row == row.row && problem.kind == row.kind);
    let message = problem.map(|problem| problem.message(messages.language())).unwrap_or_default();
    messages.fill("diff.rejected", &[("row", &row.row.to_string()), ("message", &message)])
}

/// The line of counts.
pub fn counts(messages: &Messages, report: &SheetReport) -> String {
    let ended = report.gone.iter().filter(|place| place.ended).count();
    messages.fill(
        "diff.counts",
        &[
            ("added", &report.added.len().to_string()),
            ("changed", &report.changed.len().to_string()),
            ("unchanged", &report.unchanged.to_string()),
            ("gone", &(report.gone.len() - ended).to_string()),
            ("closed", &(report.closed.len() + ended).to_string()),
            ("rejected", &report.rejected.len().to_string()),
        ],
    )
}

/// Prints the first of `lines`, and how many more there are.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn print_first(
    out: &mut Output<impl Write>,
    messages: &Messages,
    lines: impl Iterator<Item = String>,
) -> Result<(), Failure> {
    let lines: Vec<String> = lines.collect();
    for line in lines.iter().take(SHOWN) {
        out.line(line)?;
    }
    if lines.len() > SHOWN {
        out.line(&messages.fill("diff.more", &[("count", &(lines.len() - SHOWN).to_string())]))?;
    }
    Ok(())
}

/// Prints the counts of warnings and notes, and that missing places were not deleted.
fn print_notes(
    out: &mut Output<impl Write>,
    messages: &Messages,
    report: &SheetReport,
    problems: &[ListProblem],
) -> Result<(), Failure> {
    let count = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
    let (warnings, infos) = (count(Severity::Warning), count(Severity::Info));
    if warnings + infos > 0 {
        let (warnings, infos) = (warnings.to_string(), infos.to_string());
        let values = [("warnings", warnings.as_str()), ("infos", &infos), ("file", &report.file)];
        out.line(&messages.fill("diff.noted", &values))?;
    }
    if report.gone.iter().any(|place| !place.ended) {
        out.line(&messages.fill("diff.gone_next", &[]))?;
    }
    Ok(())
}

/// The label of a field of a place; the field's own name where it has none.
fn field_name<'a>(messages: &'a Messages, field: &'a str) -> &'a str {
    messages.find(&format!("field.{field}")).unwrap_or(field)
}
