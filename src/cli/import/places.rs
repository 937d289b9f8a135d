//! `import places`: what is particular to lists of places.

use super::change_report::{self, FileProblems};
use super::lists::{self, ListKind, ListOptions, ReportPrinter};
use super::workbook::{self, WorkbookAgreement};
use crate::cli::args::ImportPlacesArgs;
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::{EditionError, Editor, ListEdition, ReadFile, SheetReport};
use crate::import::{self, ImportContext, ImportedFile, ImportedPlace};
use crate::model::MunicipalityCode;

/// Imports every list, and every workbook of edits, and returns the worst exit status among them.
pub fn run(context: &CommandContext, args: &ImportPlacesArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let ImportPlacesArgs { files, json, dry_run, list, own_columns, neighbour, yes, publish } = args;
    let (workbooks, files) = workbook::parted(context, files)?;
    let mut worst = ExitStatus::Fine;
    if !workbooks.is_empty() {
        if list.is_some() || own_columns.is_some() || neighbour.code.is_some() {
            return Err(Failure::new("error.workbook_options", &[]));
        }
        let agreed = WorkbookAgreement { dry_run: *dry_run, yes: *yes || *publish, publish: *publish };
        worst = workbook::run(context, &workbooks, (agreed, *json), out)?;
    }
    if files.is_empty() {
        return Ok(worst);
    }
    let (list, columns) = (list.as_deref(), own_columns.as_deref());
    let options = ListOptions { files: &files, list, columns, neighbour, dry_run: *dry_run, json: *json };
    Ok(lists::run::<PlaceList>(context, options, out)?.max(worst))
}

/// Lists of places. Reported once per sheet, after the import: only then is it known which places are new.
pub struct PlaceList;

impl ListKind for PlaceList {
    type Entry = ImportedPlace;
    type Report = Vec<SheetReport>;
    const DONE: &'static str = "diff.done";
    const KEEPS_EDITIONS: bool = true;

    fn read(bytes: &[u8], file: &str, known: ImportContext<'_>) -> ImportedFile<ImportedPlace> {
        import::read(bytes, file, known)
    }

    fn written_district(entry: &ImportedPlace) -> Option<&str> {
        entry.facts.district_written.as_deref()
    }

    fn preview(editor: &Editor, edition: ListEdition<ImportedPlace>) -> Result<Self::Report, EditionError> {
        editor.preview_places(edition)
    }

    fn import(
        editor: &Editor,
        edition: ListEdition<ImportedPlace>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self::Report, EditionError> {
        editor.import_places(edition, progress)
    }

    fn import_of_neighbour(
        editor: &Editor,
        edition: ListEdition<ImportedPlace>,
        municipality: &MunicipalityCode,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self::Report, EditionError> {
        editor.import_neighbour_places(edition, municipality, progress)
    }

    fn changes_something(report: &Self::Report) -> bool {
        report.iter().any(change_report::changes_something)
    }

    fn sheets(report: &Self::Report) -> Option<&[SheetReport]> {
        Some(report)
    }

    fn print_file(_: &mut ReportPrinter<'_>, _: &ReadFile<ImportedPlace>) -> Result<(), Failure> {
        Ok(())
    }

    fn print_report(
        printer: &mut ReportPrinter<'_>,
        list: &str,
        report: &Self::Report,
        problems: &FileProblems,
    ) -> Result<(), Failure> {
        for sheet in report {
            if printer.json {
                printer.print_json(sheet)?;
            } else {
                change_report::print_sheet(printer.out, printer.messages, list, sheet, problems)?;
            }
        }
        Ok(())
    }
}
