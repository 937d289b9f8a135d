//! Prints what a workbook of edits changes, cell by cell, for the person who edited it.

use std::io::Write;

use super::change_report::{changed, counts, print_first};
use crate::cli::Failure;
use crate::cli::output::Output;
use crate::editor::{ChangedPlace, GonePlace, NamedPlace, RejectedRow, WidenedRow, WorkbookReport};
use crate::import::places::workbook::PlaceWorkbook;
use crate::import::places::workbook::plan::{CellChange, UndecidedRow};
use crate::model::Messages;
use crate::model::place_workbook::WorkbookColumn;

/// Prints what a workbook changed, or would.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn print_workbook(
    out: &mut Output<impl Write>,
    messages: &Messages,
    report: &WorkbookReport,
    workbook: &PlaceWorkbook,
) -> Result<(), Failure> {
    let WorkbookReport { sheet, undecided, widened } = report;
    out.line(&messages.fill("diff.workbook", &[("file", &sheet.file)]))?;
    out.line(&counts(messages, sheet))?;
    if workbook.record.is_none() {
        out.line(&messages.fill("diff.workbook_no_record", &[]))?;
    }
    let named = |key: &'static str| move |place: &NamedPlace| messages.fill(key, &[("name", &place.name)]);
    print_first(out, messages, sheet.added.iter().map(named("diff.added")))?;
    print_first(out, messages, sheet.changed.iter().map(|place| with_cells(messages, place)))?;
    let gone = |place: &GonePlace| messages.fill("diff.workbook_gone", &[("name", &place.name)]);
    print_first(out, messages, sheet.gone.iter().map(gone))?;
    print_first(out, messages, sheet.rejected.iter().map(|row| rejected(messages, *row)))?;
    print_first(out, messages, undecided.iter().map(|row| undecided_line(messages, row)))?;
    print_first(out, messages, widened.iter().map(|row| widened_line(messages, row)))?;
    if !widened.is_empty() {
        out.line(&messages.fill("diff.widened_next", &[]))?;
    }
    Ok(())
}

/// The line of a changed place, and below it each cell.
fn with_cells(messages: &Messages, place: &ChangedPlace) -> String {
    let mut line = changed(messages, place);
    for CellChange { field, cell, was, now, stored } in &place.cells {
        let values = [("cell", cell.as_str()), ("heading", &heading(field)), ("was", was), ("now", now)];
        line += &messages.fill("diff.cell", &values);
        if stored != was {
            line += &messages.fill("diff.cell_stored", &[("stored", stored)]);
        }
    }
    line
}

fn heading(key: &str) -> String {
    WorkbookColumn::of_key(key).map_or_else(|| key.to_owned(), |column| column.heading().to_owned())
}

fn rejected(messages: &Messages, row: RejectedRow) -> String {
    let message = row.message(messages.language());
    messages.fill("diff.rejected", &[("row", &row.row.to_string()), ("message", &message)])
}

fn undecided_line(messages: &Messages, row: &UndecidedRow) -> String {
    let why = messages.optional(&format!("diff.undecided_{}", row.why.code()));
    let field = row.field.as_deref().map(heading).unwrap_or_default();
    messages.fill("diff.undecided", &[("row", &row.row.to_string()), ("heading", &field), ("why", why)])
}

fn widened_line(messages: &Messages, row: &WidenedRow) -> String {
    let why = messages.optional(&format!("diff.widened_{}", row.why.code()));
    messages.fill("diff.widened", &[("row", &row.row.to_string()), ("why", why)])
}
