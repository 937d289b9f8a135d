//! The workbook in which places go out to be edited in Excel (`model::place_workbook`), or to be read.
//!
//! Every cell is text, with the quote prefix, so that codes keep their zeros and nothing is a formula. No sheet is protected: Excel
//! cannot sort locked cells. Drop-downs refer to the sheet of options, because a list within a validation ends at 255 characters. This
//! module does no I/O.

mod guide;
mod option_lists;
mod place_sheet;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use self::option_lists::OptionLists;
use super::formats::{FormatError, MAX_CELL, MAX_ROWS};
use crate::model::place_workbook::{
    FORMAT, RECORD_SHEET, RecordedRow, WorkbookNames, WorkbookRecord, WorkbookRowId, workbook_words,
};
use crate::model::{Audience, Place, PlaceId};

/// Cells that are too long, of which an error names so many.
const NAMED_CELLS: usize = 5;
/// Width of a column of the guide and of the record, in characters.
const WIDTH: f64 = 40.0;

/// A place that goes out.
#[derive(Debug, Clone, Copy)]
pub struct WorkbookPlace<'a> {
    /// The place, as its audience may see it.
    pub place: &'a Place,
    /// The number of its revision, by which it comes home; `None` in a workbook for reading.
    pub revision: Option<u32>,
}

/// What goes out.
#[derive(Debug, Clone)]
pub struct WorkbookContent<'a> {
    /// The places, in the order of the rows.
    pub places: Vec<WorkbookPlace<'a>>,
    /// How categories and districts are called.
    pub names: WorkbookNames<'a>,
    /// The random name of the database; empty in a workbook for reading.
    pub database: String,
    /// Whose view it is.
    pub audience: Audience,
    /// What was chosen, in words; empty for everything.
    pub extent: String,
    /// The time.
    pub at: DateTime<Utc>,
}

/// The workbook as bytes.
///
/// # Errors
///
/// If a sheet cannot hold the places.
pub fn workbook(content: &WorkbookContent<'_>) -> Result<Vec<u8>, FormatError> {
    // Two rows stand above the places.
    if content.places.len() + 1 > MAX_ROWS {
        return Err(FormatError::TooManyRows { places: content.places.len() });
    }
    let mut too_long = place_sheet::too_long(content, MAX_CELL);
    if !too_long.is_empty() {
        too_long.truncate(NAMED_CELLS);
        return Err(FormatError::TooLongCells { cells: too_long.join(", ") });
    }
    write(content).map_err(|_| FormatError::Workbook)
}

fn write(content: &WorkbookContent<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_timestamp(content.at.timestamp())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let options = OptionLists::of(content.names);
    let sheets = &workbook_words().sheets;
    guide::write(workbook.add_worksheet().set_name(&sheets["guide"])?, content)?;
    place_sheet::write(workbook.add_worksheet().set_name(&sheets["places"])?.set_active(true), content, &options)?;
    options.write(workbook.add_worksheet().set_name(&sheets["options"])?)?;
    let text = text_format();
    let hidden = workbook.add_worksheet().set_name(RECORD_SHEET)?;
    hidden.set_column_width(0, WIDTH)?.set_very_hidden(true);
    for (row, cells) in (0_u32..).zip(record(content).to_cells()) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            hidden.write_string_with_format(row, column, cell, &text)?;
        }
    }
    workbook.save_to_buffer()
}

/// What the hidden sheet says.
fn record(content: &WorkbookContent<'_>) -> WorkbookRecord {
    let WorkbookContent { places, names, database, audience, extent, at } = content;
    let row = |it: &WorkbookPlace<'_>| {
        let (category, district) = (names.category(it.place).to_owned(), names.district(it.place).to_owned());
        Some(RecordedRow { id: id_text(&it.place.id, Some(it.revision?)), category, district })
    };
    WorkbookRecord {
        format: FORMAT,
        database: database.clone(),
        at: *at,
        audience: *audience,
        extent: extent.clone(),
        rows: places.iter().filter_map(row).collect(),
    }
}

/// The text in the column of identities: without a revision, which tells of edits that the reader may not see, the place alone.
fn id_text(place: &PlaceId, revision: Option<u32>) -> String {
    revision.map_or_else(|| place.0.clone(), |revision| WorkbookRowId { place: place.clone(), revision }.to_string())
}

/// Text, whatever is typed.
fn text_format() -> Format {
    Format::new().set_num_format("@").set_quote_prefix()
}

#[cfg(test)]
mod tests;
