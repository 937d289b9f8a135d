//! Places as an Excel workbook: texts as texts, so that codes and telephones keep their zeros and nothing is a formula; only degrees
//! are numbers. This module does no I/O.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::FormatError;
use super::table::PlaceTable;
use crate::index::Snapshot;
use crate::model::place_row::PlaceColumn;

/// Rows of a sheet below the heading.
pub(in crate::publish) const MAX_ROWS: usize = 1_048_575;
/// UTF-16 code units of a cell.
pub(in crate::publish) const MAX_CELL: usize = 32_767;
/// Cells that are too long, of which an error names so many.
const NAMED_CELLS: usize = 5;
/// The day of every workbook: the same places are the same bytes.
const DATED: &str = "2000-01-01";
/// Width of a column in characters.
const WIDTH: f64 = 16.0;

/// The places with their headings.
///
/// # Errors
///
/// If a sheet cannot hold them.
pub(super) fn workbook(
    snapshot: &Snapshot,
    places: impl ExactSizeIterator<Item = usize>,
) -> Result<Vec<u8>, FormatError> {
    if places.len() > MAX_ROWS {
        return Err(FormatError::TooManyRows { places: places.len() });
    }
    let mut too_long = Vec::new();
    let written = write(&PlaceTable::new(snapshot), places, &mut too_long);
    if !too_long.is_empty() {
        too_long.truncate(NAMED_CELLS);
        return Err(FormatError::TooLongCells { cells: too_long.join(", ") });
    }
    written.map_err(|_| FormatError::Workbook)
}

fn write(
    table: &PlaceTable<'_>,
    places: impl Iterator<Item = usize>,
    too_long: &mut Vec<String>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let dated = ExcelDateTime::parse_from_str(DATED)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&dated));
    let sheet = workbook.add_worksheet();
    let text = Format::new().set_num_format("@");
    write_headings(sheet, table, &text)?;
    for (number, place) in (1_u32..).zip(places) {
        let row = table.row(place);
        for (at, column) in (0_u16..).zip(&table.columns) {
            let cell = row.text(*column);
            if cell.len() > MAX_CELL && cell.encode_utf16().count() > MAX_CELL {
                too_long.push(format!("{} ({})", row.place.id.0, column.heading()));
            } else if let Some(degrees) = cell.parse::<f64>().ok().filter(|_| is_number(*column)) {
                sheet.write_number(number, at, degrees)?;
            } else if !cell.is_empty() {
                sheet.write_string_with_format(number, at, cell, &text)?;
            }
        }
    }
    workbook.save_to_buffer()
}

/// Writes the headings, which stay in view. A column of texts stays one when somebody types into it.
fn write_headings(sheet: &mut Worksheet, table: &PlaceTable<'_>, text: &Format) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (number, column) in (0_u16..).zip(&table.columns) {
        if !is_number(*column) {
            sheet.set_column_format(number, text)?;
        }
        sheet.set_column_width(number, WIDTH)?;
        sheet.write_string_with_format(0, number, column.heading(), &bold)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

/// Whether a column holds numbers.
fn is_number(column: PlaceColumn) -> bool {
    matches!(column, PlaceColumn::Latitude | PlaceColumn::Longitude)
}
