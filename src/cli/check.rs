//! `check`: reads lists and reports what to fix. Uses no database and writes nothing.

use std::path::Path;

use super::args::CheckArgs;
use super::import::reference_data::ReferenceData;
use super::output::json;
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, report_text};
use crate::import::{self, ImportedFile, ImportedPlace, Severity, report};

/// Checks every file and ends with the worst of what it found.
pub fn run(context: &CommandContext, check: &CheckArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(check.files.len())?;
    let reference_data = ReferenceData::of_files(config, check, context.messages)?;
    let mut worst = ExitStatus::Fine;
    let mut warned = false;
    for file in &check.files {
        match read_list(file, &reference_data) {
            Ok((name, import)) => {
                worst = worst.max(ExitStatus::of_import(&import));
                warned |= import.has(Severity::Warning);
                if check.json {
                    for line in report::lines(&import, &name) {
                        out.line(&json(&line)?)?;
                    }
                } else {
                    report_text::report(out, context.messages, &name, &import)?;
                }
            }
            Err(failure) => {
                worst = ExitStatus::Refused;
                print_to_stderr(&failure.message(context.messages));
            }
        }
    }
    if !check.json {
        out.line(&next_step(context, check, worst, warned))?;
    }
    Ok(worst)
}

fn read_list(file: &Path, reference_data: &ReferenceData) -> Result<(String, ImportedFile<ImportedPlace>), Failure> {
    let bytes = inputs::read(file)?;
    let name = inputs::file_name(file);
    let import = import::read(&bytes, &name, reference_data.import_context());
    Ok((name, import))
}

/// The closing message: what to do next.
fn next_step(context: &CommandContext, check: &CheckArgs, worst: ExitStatus, warned: bool) -> String {
    let key = match worst {
        ExitStatus::Refused => "report.next_refused",
        ExitStatus::SomeErrors => "report.next_errors",
        ExitStatus::Fine if warned => "report.next_warnings",
        ExitStatus::Fine => "report.next_clean",
    };
    let files: Vec<String> = check.files.iter().map(|file| file.display().to_string()).collect();
    context.messages.fill(key, &[("file", &files.join(" "))])
}
