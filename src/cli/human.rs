//! What an import or a check found, said to the person who keeps the list.

use std::io::Write;

use super::output::Output;
use super::{Failure, Words};
use crate::import::{Import, Problem, Severity, SheetImport};

/// How many problems of one severity are said one by one; the rest is counted.
const SHOWN: usize = 30;

/// Says what `import` found in `file`.
///
/// # Errors
///
/// If the answer cannot be written.
pub fn report(out: &mut Output<impl Write>, words: &Words, file: &str, import: &Import) -> Result<(), Failure> {
    for line in refused(words, file, import) {
        out.line(&line)?;
    }
    for sheet in &import.sheets {
        match &sheet.sheet {
            Some(name) => out.line(&words.say("report.sheet", &[("file", file), ("sheet", name)]))?,
            None => out.line(&words.say("report.file", &[("file", file)]))?,
        }
        report_sheet(out, words, sheet)?;
    }
    Ok(())
}

/// Why the file was not read at all, if it was not.
pub fn refused(words: &Words, file: &str, import: &Import) -> Vec<String> {
    let Some(refused) = &import.refused else { return Vec::new() };
    let reason = refused.message(words.lang());
    vec![words.say("report.file", &[("file", file)]), words.say("report.refused", &[("reason", &reason)])]
}

fn report_sheet(out: &mut Output<impl Write>, words: &Words, sheet: &SheetImport) -> Result<(), Failure> {
    let located = sheet.places.iter().filter(|place| place.facts.site.is_some()).count();
    let unlocated = sheet.places.len() - located;
    out.line(&words.say(
        "report.counts",
        &[
            ("records", &sheet.records.to_string()),
            ("places", &sheet.places.len().to_string()),
            ("located", &located.to_string()),
            ("unlocated", &unlocated.to_string()),
        ],
    ))?;
    if sheet.blank_rows > 0 {
        out.line(&words.say("report.blank_rows", &[("count", &sheet.blank_rows.to_string())]))?;
    }
    if sheet.problems.is_empty() {
        return out.line(&words.say("report.none", &[]));
    }
    problems(out, words, &sheet.problems)
}

/// The problems, the worst first, in order of row within a severity.
fn problems(out: &mut Output<impl Write>, words: &Words, problems: &[Problem]) -> Result<(), Failure> {
    let severities = [
        (Severity::Error, "say.severity_error"),
        (Severity::Warning, "say.severity_warning"),
        (Severity::Info, "say.severity_info"),
    ];
    for (severity, name) in severities {
        let of_this: Vec<&Problem> = problems.iter().filter(|problem| problem.severity() == severity).collect();
        if of_this.is_empty() {
            continue;
        }
        let name = words.say(name, &[]);
        out.line(&words.say("report.group", &[("severity", &name), ("count", &of_this.len().to_string())]))?;
        for problem in of_this.iter().take(SHOWN) {
            out.line(&line(words, problem))?;
        }
        if of_this.len() > SHOWN {
            out.line(&words.say("report.more", &[("count", &(of_this.len() - SHOWN).to_string())]))?;
        }
    }
    Ok(())
}

fn line(words: &Words, problem: &Problem) -> String {
    let (row, message) = (problem.row.to_string(), problem.message(words.lang()));
    match problem.column.as_deref().map(one_line) {
        Some(column) => words.say("report.line", &[("row", &row), ("column", &column), ("message", &message)]),
        None => words.say("report.line_row", &[("row", &row), ("message", &message)]),
    }
}

/// A heading with line breaks in its cell, on one line.
fn one_line(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}
