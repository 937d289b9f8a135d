//! `import link-workers`: takes in new editions of lists of link workers, and says all there is to mend in them.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::Utc;
use serde::Serialize;

use super::lists::{ScratchDatabase, lists, user};
use super::reference_data::ReferenceData;
use super::{change_report, first_start};
use crate::cli::args::ImportLinkWorkersArgs;
use crate::cli::output::{Output, json, print_to_stderr};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, report_text};
use crate::editor::{DirectoryReport, Editor, NewDirectory, ReadDirectory};
use crate::import::link_workers::{self, LinkWorkerSheet};
use crate::import::report::ProblemLine;
use crate::import::{Encoding, Format, Severity};
use crate::model::Layer;
use crate::model::Messages;

/// Takes in every list and ends with the worst of what it found.
pub fn run(
    desk: &CommandContext,
    asked: &ImportLinkWorkersArgs,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    let config = desk.config()?;
    let trial = ScratchDatabase::new(&desk.db, asked.dry_run);
    let editor = Editor::open(trial.db(&desk.db), config.city.clone(), config.categories.clone())?;
    if !asked.dry_run || trial.is_made() {
        first_start::regions(desk, &config, &editor)?;
    }
    let importer = LinkWorkerImporter { desk, asked, knowledge: ReferenceData::of_database(config, &editor)?, editor };
    let (mut worst, mut changed) = (ExitStatus::Fine, false);
    for (list, files) in lists(&asked.files, asked.list.as_deref()) {
        let (exit, report) = importer.list(&list, &files, out)?;
        worst = worst.max(exit);
        changed |= report.is_some_and(|report| report.changes_something());
    }
    if !asked.json {
        let key = match (worst, changed, asked.dry_run) {
            (ExitStatus::Refused, false, _) => "diff.nothing",
            (_, _, true) => "diff.dry_run",
            (_, false, false) => "diff.unchanged",
            (_, true, false) => "diff.workers_done",
        };
        out.line(&desk.words.fill(key, &[]))?;
    }
    Ok(worst)
}

struct LinkWorkerImporter<'a> {
    desk: &'a CommandContext,
    asked: &'a ImportLinkWorkersArgs,
    knowledge: ReferenceData,
    editor: Editor,
}

impl LinkWorkerImporter<'_> {
    /// Takes in one list. All its files must be readable: one that is not would look like all its people had gone.
    fn list(
        &self,
        list: &str,
        files: &[PathBuf],
        out: &mut StdoutWriter,
    ) -> Result<(ExitStatus, Option<DirectoryReport>), Failure> {
        let (mut read, mut worst) = (Vec::new(), ExitStatus::Fine);
        for file in files {
            let exit = match read_file(file, &self.knowledge) {
                Ok(file) => {
                    self.tell_file(&file, out)?;
                    let exit = exit_of(&file);
                    read.push(file);
                    exit
                }
                Err(failure) => {
                    print_to_stderr(&failure.message(self.desk.words));
                    ExitStatus::Refused
                }
            };
            worst = worst.max(exit);
        }
        if worst == ExitStatus::Refused {
            return Ok((worst, None));
        }
        let edition = NewDirectory { list: list.to_owned(), files: read, by: user(), at: Utc::now() };
        let done = if self.asked.dry_run {
            self.editor.preview_link_workers(edition)
        } else {
            self.editor.import_link_workers(edition)
        };
        match done {
            Ok(report) => {
                self.tell(&report, out)?;
                Ok((worst, Some(report)))
            }
            Err(error) => {
                print_to_stderr(&Failure::from(error).message(self.desk.words));
                Ok((ExitStatus::Refused, None))
            }
        }
    }

    fn tell_file(&self, file: &ReadDirectory, out: &mut StdoutWriter) -> Result<(), Failure> {
        if let Some(problem) = &file.import.refused {
            for line in report_text::refusal(self.desk.words, &file.file, problem) {
                print_to_stderr(&line);
            }
        }
        for sheet in &file.import.sheets {
            if self.asked.json {
                out.line(&json(&LinkWorkerSheetLine::new(file, sheet))?)?;
            } else {
                tell_sheet(out, self.desk.words, &file.file, sheet)?;
            }
        }
        Ok(())
    }

    fn tell(&self, report: &DirectoryReport, out: &mut StdoutWriter) -> Result<(), Failure> {
        if self.asked.json {
            return out.line(&json(report)?);
        }
        tell_list(out, self.desk.words, report)
    }
}

/// Reads one file as this command and the first start do.
pub fn read_file(file: &Path, knowledge: &ReferenceData) -> Result<ReadDirectory, Failure> {
    let bytes = inputs::read(file)?;
    let name = inputs::file_name(file);
    let import = link_workers::read(&bytes, &name, knowledge.known());
    Ok(ReadDirectory { file: name, blake3: blake3::hash(&bytes).to_hex().to_string(), import })
}

fn exit_of(file: &ReadDirectory) -> ExitStatus {
    if file.import.refused.is_some() {
        return ExitStatus::Refused;
    }
    let mut problems = file.import.sheets.iter().flat_map(|sheet| &sheet.problems);
    if problems.any(|problem| problem.severity() == Severity::Error) {
        ExitStatus::SomeErrors
    } else {
        ExitStatus::Fine
    }
}

fn count(sheet: &LinkWorkerSheet, layer: Option<Layer>) -> usize {
    sheet.workers.iter().filter(|worker| worker.layer == layer).count()
}

fn tell_sheet(
    out: &mut Output<impl Write>,
    words: &Messages,
    file: &str,
    sheet: &LinkWorkerSheet,
) -> Result<(), Failure> {
    match &sheet.sheet {
        Some(name) => out.line(&words.fill("report.sheet", &[("file", file), ("sheet", name)]))?,
        None => out.line(&words.fill("report.file", &[("file", file)]))?,
    }
    let number = |count: usize| count.to_string();
    let values = [
        ("records", &*sheet.records.to_string()),
        ("entries", &*number(sheet.workers.len())),
        ("one", &*number(count(sheet, Some(Layer::One)))),
        ("two", &*number(count(sheet, Some(Layer::Two)))),
        ("unknown", &*number(count(sheet, None))),
    ];
    out.line(&words.fill("report.workers_counts", &values))?;
    if sheet.problems.is_empty() {
        return out.line(&words.fill("report.none", &[]));
    }
    report_text::problems(out, words, &sheet.problems)
}

fn tell_list(out: &mut Output<impl Write>, words: &Messages, report: &DirectoryReport) -> Result<(), Failure> {
    let values = [
        ("list", &*report.list),
        ("added", &*report.added.len().to_string()),
        ("removed", &*report.removed.len().to_string()),
        ("unchanged", &*report.unchanged.to_string()),
    ];
    out.line(&words.fill("diff.workers_list", &values))?;
    change_report::some(out, words, report.added.iter().map(|name| words.fill("diff.added", &[("name", name)])))?;
    change_report::some(
        out,
        words,
        report.removed.iter().map(|name| words.fill("diff.workers_removed", &[("name", name)])),
    )?;
    if !report.other_lists.is_empty() {
        let names = report.other_lists.join(words.optional("say.separator"));
        out.line(&words.fill("diff.workers_other_lists", &[("lists", &names)]))?;
    }
    Ok(())
}

/// One line of `--json` about a sheet.
#[derive(Debug, Serialize)]
struct LinkWorkerSheetLine<'a> {
    file: &'a str,
    format: Format,
    encoding: Option<Encoding>,
    sheet: Option<&'a str>,
    heading_row: u32,
    records: u32,
    entries: usize,
    layer_one: usize,
    layer_two: usize,
    layer_unknown: usize,
    blank_rows: u32,
    problems: Vec<ProblemLine>,
}

impl<'a> LinkWorkerSheetLine<'a> {
    fn new(file: &'a ReadDirectory, sheet: &'a LinkWorkerSheet) -> Self {
        Self {
            file: &file.file,
            format: file.import.format,
            encoding: file.import.encoding,
            sheet: sheet.sheet.as_deref(),
            heading_row: sheet.heading_row,
            records: sheet.records,
            entries: sheet.workers.len(),
            layer_one: count(sheet, Some(Layer::One)),
            layer_two: count(sheet, Some(Layer::Two)),
            layer_unknown: count(sheet, None),
            blank_rows: sheet.blank_rows,
            problems: sheet.problems.iter().map(ProblemLine::from).collect(),
        }
    }
}
