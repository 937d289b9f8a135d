//! Prints the problems that a check or an import found, as text for the person who keeps the list.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use super::Failure;
use super::output::Output;
use crate::import::columns::{Basis, field_name};
use crate::import::report::ReportOptions;
use crate::import::{ColumnUse, ImportedFile, ImportedPlace, ImportedSheet, ListProblem, ProblemKind, Severity};
use crate::model::Messages;

/// How many different sentences of one severity are said, and of one kind among them; the rest is counted.
const SHOWN: usize = 12;
const SHOWN_OF_KIND: usize = 5;

/// How many rows or runs of rows one message names; the rest is counted.
const RUNS_SHOWN: usize = 10;

/// Prints counts and problems of every sheet of `file`.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn report(
    out: &mut Output<impl Write>,
    messages: &Messages,
    file: &str,
    import: &ImportedFile<ImportedPlace>,
    options: ReportOptions,
) -> Result<(), Failure> {
    for line in refused(messages, file, import) {
        out.line(&line)?;
    }
    for sheet in &import.sheets {
        match &sheet.sheet {
            Some(name) => out.line(&messages.fill("report.sheet", &[("file", file), ("sheet", name)]))?,
            None => out.line(&messages.fill("report.file", &[("file", file)]))?,
        }
        report_sheet(out, messages, sheet, options)?;
    }
    Ok(())
}

/// The lines about a file that was refused; none for one that was read.
pub fn refused<T>(messages: &Messages, file: &str, import: &ImportedFile<T>) -> Vec<String> {
    import.refused.as_ref().map(|problem| refusal(messages, file, problem)).unwrap_or_default()
}

fn refusal(messages: &Messages, file: &str, problem: &ListProblem) -> Vec<String> {
    let reason = problem.message(messages.language());
    vec![messages.fill("report.file", &[("file", file)]), messages.fill("report.refused", &[("reason", &reason)])]
}

fn report_sheet(
    out: &mut Output<impl Write>,
    messages: &Messages,
    sheet: &ImportedSheet<ImportedPlace>,
    options: ReportOptions,
) -> Result<(), Failure> {
    let located = sheet.entries.iter().filter(|place| place.facts.site.is_some()).count();
    let unlocated = sheet.entries.len() - located;
    out.line(&messages.fill(
        "report.counts",
        &[
            ("records", &sheet.records.to_string()),
            ("places", &sheet.entries.len().to_string()),
            ("located", &located.to_string()),
            ("unlocated", &unlocated.to_string()),
        ],
    ))?;
    if sheet.blank_rows > 0 {
        out.line(&messages.fill("report.blank_rows", &[("count", &sheet.blank_rows.to_string())]))?;
    }
    if options.columns {
        print_columns(out, messages, &sheet.columns)?;
    }
    if sheet.problems.is_empty() {
        return out.line(&messages.fill("report.none", &[]));
    }
    if options.every_row {
        print_every_problem(out, messages, &sheet.problems)
    } else {
        print_problems(out, messages, &sheet.problems)
    }
}

/// What each column was taken for, one line each.
fn print_columns(out: &mut Output<impl Write>, messages: &Messages, columns: &[ColumnUse]) -> Result<(), Failure> {
    out.line(&messages.fill("report.columns_title", &[]))?;
    for (number, column) in (1..).zip(columns) {
        let key = match (column.field, column.basis) {
            (_, Basis::Given) => "report.basis_given",
            (_, Basis::Heading) | (None, _) => "report.basis_heading",
            (_, Basis::Words) => "report.basis_words",
            (_, Basis::Contents) => "report.basis_contents",
        };
        let basis = messages.fill(key, &[("sure", &column.sure.to_string())]);
        let none = messages.fill("report.column_of_none", &[]);
        let field = column.field.map_or(none, |field| field_name(&field.key(), messages.language()).to_owned());
        let values = [
            ("number", &*format!("{number:>2}.")),
            ("heading", &*column.heading),
            ("field", &*field),
            ("basis", &*basis),
            ("rows", &*column.rows.to_string()),
        ];
        out.line(&messages.fill("report.column", &values))?;
    }
    Ok(())
}

/// Every row of every problem, in order of row.
fn print_every_problem(
    out: &mut Output<impl Write>,
    messages: &Messages,
    problems: &[ListProblem],
) -> Result<(), Failure> {
    for problem in problems {
        let group = AlikeProblems {
            kind: problem.kind,
            column: problem.column.as_deref().map(one_line),
            message: problem.message(messages.language()),
            rows: vec![problem.row],
        };
        out.line(&group.line(messages))?;
    }
    Ok(())
}

/// Prints the problems, the most severe first; the same message in many rows is printed once, with the rows.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn print_problems(
    out: &mut Output<impl Write>,
    messages: &Messages,
    problems: &[ListProblem],
) -> Result<(), Failure> {
    let severities = [
        (Severity::Error, "format.severity_error"),
        (Severity::Warning, "format.severity_warning"),
        (Severity::Info, "format.severity_info"),
    ];
    let by_address = problems.iter().filter(|problem| problem.kind == ProblemKind::PlacedByAddress);
    let placed: HashSet<u32> = by_address.map(|problem| problem.row).collect();
    for (severity, name) in severities {
        let of_this: Vec<&ListProblem> =
            problems.iter().filter(|problem| problem.severity() == severity && !is_settled(problem, &placed)).collect();
        if of_this.is_empty() {
            continue;
        }
        let name = messages.fill(name, &[]);
        out.line(&messages.fill("report.group", &[("severity", &name), ("count", &of_this.len().to_string())]))?;
        let alike = alike(messages, &of_this);
        let (shown, hidden) = first_of_each_kind(&alike);
        for group in shown {
            out.line(&group.line(messages))?;
        }
        let rest: usize = hidden.iter().map(|group| group.rows.len()).sum();
        if rest > 0 {
            out.line(&messages.fill("report.more", &[("count", &rest.to_string())]))?;
        }
    }
    Ok(())
}

/// The sentences to say, and those to count: a few of each kind, so that the report fits on a screen.
fn first_of_each_kind(groups: &[AlikeProblems]) -> (Vec<&AlikeProblems>, Vec<&AlikeProblems>) {
    let mut of_kind: HashMap<ProblemKind, usize> = HashMap::new();
    let mut shown = 0;
    groups.iter().partition(|group| {
        let count = of_kind.entry(group.kind).or_default();
        *count += 1;
        let is_shown = *count <= SHOWN_OF_KIND && shown < SHOWN;
        shown += usize::from(is_shown);
        is_shown
    })
}

/// Whether another sentence about the row says it better: it has no coordinates, but was placed by its address.
fn is_settled(problem: &ListProblem, placed: &HashSet<u32>) -> bool {
    problem.kind == ProblemKind::MissingCoordinates && placed.contains(&problem.row)
}

/// Problems with the same message for the same column.
struct AlikeProblems {
    kind: ProblemKind,
    column: Option<String>,
    message: String,
    /// Rows as Excel shows them, in order; 0 means the file as a whole.
    rows: Vec<u32>,
}

fn alike(messages: &Messages, problems: &[&ListProblem]) -> Vec<AlikeProblems> {
    let mut groups: Vec<AlikeProblems> = unused_columns(messages, problems).into_iter().collect();
    let mut at: HashMap<(Option<String>, String), usize> = HashMap::new();
    for problem in problems.iter().filter(|problem| problem.kind != ProblemKind::ColumnUnused) {
        let (column, message) = (problem.column.as_deref().map(one_line), problem.message(messages.language()));
        let group = *at.entry((column.clone(), message.clone())).or_insert_with(|| {
            groups.push(AlikeProblems { kind: problem.kind, column, message, rows: Vec::new() });
            groups.len() - 1
        });
        groups[group].rows.push(problem.row);
    }
    groups
}

/// The columns that are not used, in one sentence.
fn unused_columns(words: &Messages, problems: &[&ListProblem]) -> Option<AlikeProblems> {
    let unused: Vec<&&ListProblem> =
        problems.iter().filter(|problem| problem.kind == ProblemKind::ColumnUnused).collect();
    let first = unused.first()?;
    let shown = unused.iter().map(|problem| {
        let values: Vec<(&str, &str)> = problem.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        words.fill("report.unused_column", &values)
    });
    let columns = shown.collect::<Vec<_>>().join(words.optional("say.separator"));
    let message = words.fill("report.unused", &[("columns", &columns)]);
    Some(AlikeProblems { kind: first.kind, column: None, message, rows: vec![first.row] })
}

impl AlikeProblems {
    fn line(&self, messages: &Messages) -> String {
        if self.rows == [0] {
            return messages.fill("report.line_file", &[("message", &self.message)]);
        }
        let rows = rows(messages, &self.rows);
        let values =
            [("row", rows.as_str()), ("message", &self.message), ("column", self.column.as_deref().unwrap_or(""))];
        messages.fill(if self.column.is_some() { "report.line" } else { "report.line_row" }, &values)
    }
}

/// Row numbers with runs abbreviated: 5, 7-9, 12.
fn rows(messages: &Messages, rows: &[u32]) -> String {
    let separator = messages.optional("format.separator");
    let runs: Vec<String> = rows
        .chunk_by(|a, b| a + 1 == *b)
        .map(|run| match run {
            [row] => row.to_string(),
            [first, second] => format!("{first}{separator}{second}"),
            [first, .., last] => format!("{first}-{last}"),
            [] => String::new(),
        })
        .collect();
    if runs.len() <= RUNS_SHOWN {
        return messages.fill("report.rows", &[("rows", &runs.join(separator))]);
    }
    let shown = runs[..RUNS_SHOWN].join(separator);
    messages.fill("report.many_rows", &[("rows", &shown), ("count", &rows.len().to_string())])
}

/// A heading whose cell has line breaks, on one line.
fn one_line(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::messages::cli_messages;
    use crate::model::Language;

    #[test]
    fn rows_are_written_as_people_write_them() {
        let messages = cli_messages(Language::En);
        assert_eq!(rows(messages, &[5]), "row 5");
        assert_eq!(rows(messages, &[5, 7, 8, 9, 12, 13]), "row 5, 7-9, 12, 13");
        let many: Vec<u32> = (1..40).map(|n| n * 2).collect();
        assert_eq!(rows(messages, &many), "row 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 ... (39 rows)");
    }
}
