//! `import link-workers`: what is particular to lists of link workers.

use serde::Serialize;

use super::change_report::{self, FileProblems};
use super::lists::{self, ListKind, ListOptions, ReportPrinter};
use crate::cli::args::{ImportLinkWorkersArgs, NeighbourArgs};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, report_text};
use crate::editor::{DirectoryReport, EditionError, Editor, ListEdition, ReadFile};
use crate::import::report::ProblemLine;
use crate::import::{Encoding, Format, ImportContext, ImportedFile, ImportedSheet, link_workers};
use crate::model::{Layer, LinkWorker};

/// Imports every list and returns the worst exit status among them.
pub fn run(
    context: &CommandContext,
    args: &ImportLinkWorkersArgs,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    let ImportLinkWorkersArgs { files, json, dry_run, list } = args;
    let own = NeighbourArgs::default();
    let options =
        ListOptions { files, list: list.as_deref(), columns: None, neighbour: &own, dry_run: *dry_run, json: *json };
    lists::run::<LinkWorkerList>(context, options, out)
}

/// Lists of link workers. The problems of each sheet are printed too, because there is no `check` for these lists.
pub struct LinkWorkerList;

impl ListKind for LinkWorkerList {
    type Entry = LinkWorker;
    type Report = DirectoryReport;
    const DONE: &'static str = "diff.workers_done";

    fn read(bytes: &[u8], file: &str, known: ImportContext<'_>) -> ImportedFile<LinkWorker> {
        link_workers::read(bytes, file, known)
    }

    fn preview(editor: &Editor, edition: ListEdition<LinkWorker>) -> Result<DirectoryReport, EditionError> {
        editor.preview_link_workers(edition)
    }

    fn import(
        editor: &Editor,
        edition: ListEdition<LinkWorker>,
        _: &mut dyn FnMut(usize, usize),
    ) -> Result<DirectoryReport, EditionError> {
        editor.import_link_workers(edition)
    }

    fn changes_something(report: &DirectoryReport) -> bool {
        report.changes_something()
    }

    fn print_file(printer: &mut ReportPrinter<'_>, file: &ReadFile<LinkWorker>) -> Result<(), Failure> {
        for sheet in &file.import.sheets {
            if printer.json {
                printer.print_json(&LinkWorkerSheetLine::new(file, sheet))?;
            } else {
                print_sheet(printer, &file.file, sheet)?;
            }
        }
        Ok(())
    }

    fn print_report(
        printer: &mut ReportPrinter<'_>,
        _: &str,
        report: &DirectoryReport,
        _: &FileProblems,
    ) -> Result<(), Failure> {
        if printer.json { printer.print_json(report) } else { print_changes(printer, report) }
    }
}

fn count(sheet: &ImportedSheet<LinkWorker>, layer: Option<Layer>) -> usize {
    sheet.entries.iter().filter(|worker| worker.layer == layer).count()
}

fn print_sheet(printer: &mut ReportPrinter<'_>, file: &str, sheet: &ImportedSheet<LinkWorker>) -> Result<(), Failure> {
    let ReportPrinter { out, messages, .. } = printer;
    match &sheet.sheet {
        Some(name) => out.line(&messages.fill("report.sheet", &[("file", file), ("sheet", name)]))?,
        None => out.line(&messages.fill("report.file", &[("file", file)]))?,
    }
    let number = |count: usize| count.to_string();
    let values = [
        ("records", &*sheet.records.to_string()),
        ("entries", &*number(sheet.entries.len())),
        ("one", &*number(count(sheet, Some(Layer::One)))),
        ("two", &*number(count(sheet, Some(Layer::Two)))),
        ("unknown", &*number(count(sheet, None))),
    ];
    out.line(&messages.fill("report.workers_counts", &values))?;
    if sheet.problems.is_empty() {
        return out.line(&messages.fill("report.none", &[]));
    }
    report_text::print_problems(out, messages, &sheet.problems)
}

fn print_changes(printer: &mut ReportPrinter<'_>, report: &DirectoryReport) -> Result<(), Failure> {
    let ReportPrinter { out, messages, .. } = printer;
    let values = [
        ("list", &*report.list),
        ("added", &*report.added.len().to_string()),
        ("removed", &*report.removed.len().to_string()),
        ("unchanged", &*report.unchanged.to_string()),
    ];
    out.line(&messages.fill("diff.workers_list", &values))?;
    change_report::print_first(
        out,
        messages,
        report.added.iter().map(|name| messages.fill("diff.added", &[("name", name)])),
    )?;
    change_report::print_first(
        out,
        messages,
        report.removed.iter().map(|name| messages.fill("diff.workers_removed", &[("name", name)])),
    )?;
    if !report.other_lists.is_empty() {
        let names = report.other_lists.join(messages.optional("format.separator"));
        out.line(&messages.fill("diff.workers_other_lists", &[("lists", &names)]))?;
    }
    Ok(())
}

/// JSON line of one sheet (`--json`).
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
    fn new(file: &'a ReadFile<LinkWorker>, sheet: &'a ImportedSheet<LinkWorker>) -> Self {
        Self {
            file: &file.file,
            format: file.import.format,
            encoding: file.import.encoding,
            sheet: sheet.sheet.as_deref(),
            heading_row: sheet.heading_row,
            records: sheet.records,
            entries: sheet.entries.len(),
            layer_one: count(sheet, Some(Layer::One)),
            layer_two: count(sheet, Some(Layer::Two)),
            layer_unknown: count(sheet, None),
            blank_rows: sheet.blank_rows,
            problems: sheet.problems.iter().map(ProblemLine::from).collect(),
        }
    }
}
