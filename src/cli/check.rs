//! `check`: reads lists and reports what to fix, with what an import would know. Writes nothing.

use std::path::{Path, PathBuf};

use super::args::CheckArgs;
use super::import::reference_data::ReferenceData;
use super::output::json;
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, report_text};
use crate::config;
use crate::import::columns::HeadingTable;
use crate::import::report::ReportOptions;
use crate::import::{self, ImportContext, ImportedFile, ImportedPlace, Severity, report};

/// Checks every file and ends with the worst of what it found.
pub fn run(context: &CommandContext, check: &CheckArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(check.files.len())?;
    let reference_data = ReferenceData::of_check(config, check, context)?;
    let (tables, lists) = tables_and_lists(check);
    let options = ReportOptions { every_row: check.all, columns: check.columns };
    let mut worst = ExitStatus::Fine;
    let mut warned = false;
    for file in &lists {
        let list = check.list_of(file);
        let columns = with_tables(reference_data.columns_of(&list), &tables, &list)?;
        match read_list(file, &reference_data, &columns) {
            Ok((name, import)) => {
                worst = worst.max(ExitStatus::of_import(&import));
                warned |= import.has(Severity::Warning);
                if check.json {
                    for line in report::lines(&import, &name, options) {
                        out.line(&json(&line)?)?;
                    }
                } else {
                    report_text::report(out, context.messages, &name, &import, options)?;
                }
            }
            Err(failure) => {
                worst = ExitStatus::Refused;
                print_to_stderr(&failure.message(context.messages));
            }
        }
    }
    if !check.json {
        out.line(&next_step(context, &lists, worst, warned))?;
    }
    Ok(worst)
}

/// The tables of headings among the files, `--columns own.toml`, and the lists.
fn tables_and_lists(check: &CheckArgs) -> (Vec<&PathBuf>, Vec<&PathBuf>) {
    let is_table = |file: &&PathBuf| check.columns && file.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    check.files.iter().partition(is_table)
}

/// `columns` with what the files `tables` add for all lists and for `list`.
fn with_tables(mut columns: HeadingTable, tables: &[&PathBuf], list: &str) -> Result<HeadingTable, Failure> {
    for table in tables {
        columns = config::list_columns(table, &columns)?.0.of_list(list);
    }
    Ok(columns)
}

fn read_list(
    file: &Path,
    reference_data: &ReferenceData,
    columns: &HeadingTable,
) -> Result<(String, ImportedFile<ImportedPlace>), Failure> {
    let bytes = inputs::read(file)?;
    let name = inputs::file_name(file);
    let import = import::read(&bytes, &name, ImportContext { columns, ..reference_data.import_context() });
    Ok((name, import))
}

fn next_step(context: &CommandContext, lists: &[&PathBuf], worst: ExitStatus, warned: bool) -> String {
    let key = match worst {
        ExitStatus::Refused => "report.next_refused",
        ExitStatus::SomeErrors => "report.next_errors",
        ExitStatus::Fine if warned => "report.next_warnings",
        ExitStatus::Fine => "report.next_clean",
    };
    let files: Vec<String> = lists.iter().map(|file| file.display().to_string()).collect();
    context.messages.fill(key, &[("options", &context.named_options()), ("file", &files.join(" "))])
}
