//! `doctor`: looks whether settings, data folder, database and lists fit together, and says of each finding what to do.
//!
//! It changes nothing. Exit codes: 0 nothing or notes only, 1 warnings, 2 something that does not work or is not true.

mod addresses;
mod alike;
mod contact;
mod database;
mod folder;
mod lists;
mod misnamed;
mod own_names;
mod settings;

use super::args::DoctorArgs;
use super::finding::{Finding, FindingLine, FindingSeverity};
use super::output::json;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};

/// Prints every finding and returns the status of the worst.
pub fn run(context: &CommandContext, args: &DoctorArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let findings = findings(context, args);
    for finding in &findings {
        let message = finding.message(context.messages);
        if args.json {
            let line = FindingLine { finding: finding.name(), severity: finding.severity, message: &message };
            out.line(&json(&line)?)?;
        } else {
            let key = match finding.severity {
                FindingSeverity::Error => "doctor.line_error",
                FindingSeverity::Warning => "doctor.line_warning",
                FindingSeverity::Note => "doctor.line_note",
            };
            out.line(&context.messages.fill(key, &[("message", &message)]))?;
        }
    }
    if !args.json {
        out.line(&summary(context, &findings))?;
    }
    Ok(match findings.iter().map(|finding| finding.severity).max() {
        Some(FindingSeverity::Error) => ExitStatus::Refused,
        Some(FindingSeverity::Warning) => ExitStatus::SomeErrors,
        Some(FindingSeverity::Note) | None => ExitStatus::Fine,
    })
}

/// Everything that is found, the worst first.
fn findings(context: &CommandContext, args: &DoctorArgs) -> Vec<Finding> {
    let mut findings = addresses::findings(args);
    findings.extend(folder::places_of_files(context));
    match context.config() {
        Ok(config) => {
            findings.extend(settings::findings(&config));
            findings.extend(folder::findings(&config, context.messages));
            findings.extend(database::findings(context, &config));
        }
        Err(failure) => findings.push(failure.into()),
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.dedup();
    findings
}

fn summary(context: &CommandContext, findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count().to_string();
    if findings.is_empty() {
        return context.messages.fill("doctor.nothing", &[]);
    }
    let (errors, warnings, notes) =
        (count(FindingSeverity::Error), count(FindingSeverity::Warning), count(FindingSeverity::Note));
    context.messages.fill("doctor.counts", &[("errors", &errors), ("warnings", &warnings), ("notes", &notes)])
}
