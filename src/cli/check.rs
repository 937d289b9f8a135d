//! `check`: reads lists and says what to mend. Uses no database and writes nothing.

use std::path::Path;

use super::args::Check;
use super::import::reference_data::Knowledge;
use super::output::json;
use super::output::say;
use super::{Desk, Exit, Failure, Out, inputs, report_text};
use crate::import::{self, Import, Severity, report};

/// Checks every file and ends with the worst of what it found.
pub fn run(desk: &Desk, check: &Check, out: &mut Out) -> Result<Exit, Failure> {
    let config = desk.config()?;
    let knowledge = Knowledge::of_files(config, check, &desk.words)?;
    let mut worst = Exit::Fine;
    let mut warned = false;
    for file in &check.files {
        match read(file, &knowledge) {
            Ok((name, import)) => {
                worst = worst.max(exit_of(&import));
                warned |= has(&import, Severity::Warning);
                if check.json {
                    for line in report::lines(&import, &name) {
                        out.line(&json(&line)?)?;
                    }
                } else {
                    report_text::report(out, &desk.words, &name, &import)?;
                }
            }
            Err(failure) => {
                worst = Exit::Refused;
                say(&failure.message(&desk.words));
            }
        }
    }
    if !check.json {
        out.line(&next(desk, check, worst, warned))?;
    }
    Ok(worst)
}

fn read(file: &Path, knowledge: &Knowledge) -> Result<(String, Import), Failure> {
    let bytes = inputs::read(file)?;
    let name = inputs::file_name(file);
    let import = import::read(&bytes, &name, knowledge.known());
    Ok((name, import))
}

/// How a command ends that read this.
pub fn exit_of(import: &Import) -> Exit {
    if import.refused.is_some() {
        return Exit::Refused;
    }
    if has(import, Severity::Error) { Exit::SomeErrors } else { Exit::Fine }
}

fn has(import: &Import, severity: Severity) -> bool {
    import.sheets.iter().flat_map(|sheet| &sheet.problems).any(|problem| problem.severity() == severity)
}

fn next(desk: &Desk, check: &Check, worst: Exit, warned: bool) -> String {
    let key = match worst {
        Exit::Refused => "report.next_refused",
        Exit::SomeErrors => "report.next_errors",
        Exit::Fine if warned => "report.next_warnings",
        Exit::Fine => "report.next_clean",
    };
    let files: Vec<String> = check.files.iter().map(|file| file.display().to_string()).collect();
    desk.words.say(key, &[("file", &files.join(" "))])
}
