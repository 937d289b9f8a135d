//! The sheet of places: a hidden row of keys, headings with notes, a row for each place. This module does no I/O.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatBorder, Formula, Note, Worksheet, XlsxError,
};

use super::option_lists::OptionLists;
use super::{WorkbookContent, WorkbookPlace, id_text, text_format};
use crate::model::Audience;
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::{WorkbookColumn, cell_text, id_key, workbook_words};

/// The row of headings, from 0; above it stand the keys.
const HEADING: u32 = 1;
/// The first row of places, from 0.
const FIRST: u32 = 2;
/// The last row of a sheet, from 0.
const LAST: u32 = 1_048_575;
/// Columns that stay in view: identity and name.
const IN_VIEW: u16 = 2;
/// Width of a column, in characters.
const WIDTH: f64 = 16.0;
/// Colour behind headings.
const HEADING_COLOR: &str = "#DDEBF7";
/// Colour behind what cannot be changed.
const FIXED_COLOR: &str = "#EDEDED";

/// The columns: those of the audience, and for the staff those that the program does not know.
fn columns(content: &WorkbookContent<'_>) -> Vec<WorkbookColumn> {
    let unknown = content.places.iter().flat_map(|it| it.place.facts.extra.keys());
    let extra: BTreeSet<&String> = unknown.filter(|heading| !heading.trim().is_empty()).collect();
    let extra = extra.into_iter().filter(|_| content.audience == Audience::Staff);
    let extra = extra.map(|heading| WorkbookColumn::Extra(heading.clone()));
    WorkbookColumn::of_audience(content.audience).chain(extra).collect()
}

fn text(content: &WorkbookContent<'_>, it: &WorkbookPlace<'_>, column: &WorkbookColumn) -> String {
    if *column == WorkbookColumn::ID {
        return id_text(&it.place.id, it.revision);
    }
    cell_text(it.place, column, content.names).into_owned()
}

/// The cells that hold more than `most` UTF-16 code units, by place and heading.
pub(super) fn too_long(content: &WorkbookContent<'_>, most: usize) -> Vec<String> {
    let columns = columns(content);
    let cells = content.places.iter().flat_map(|it| columns.iter().map(move |column| (it, column)));
    let long = cells.filter(|(it, column)| {
        let text = text(content, it, column);
        text.len() > most && text.encode_utf16().count() > most
    });
    long.map(|(it, column)| format!("{} ({})", it.place.id.0, column.heading())).collect()
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    content: &WorkbookContent<'_>,
    options: &OptionLists,
) -> Result<(), XlsxError> {
    let columns = columns(content);
    let plain = text_format();
    let fixed = text_format().set_background_color(FIXED_COLOR);
    for (number, column) in (0_u16..).zip(&columns) {
        let format = if *column == WorkbookColumn::ID { &fixed } else { &plain };
        sheet.set_column_format(number, format)?.set_column_width(number, WIDTH)?;
        write_heading(sheet, number, column, content.audience)?;
        for (row, it) in (FIRST..).zip(&content.places) {
            let text = text(content, it, column);
            if !text.is_empty() {
                sheet.write_string_with_format(row, number, text, format)?;
            }
        }
        let drop_down = options.drop_down(column);
        let refusal = (*column == WorkbookColumn::ID).then(refuse_typing).transpose()?;
        if let Some(validation) = refusal.or(drop_down).filter(|_| content.audience == Audience::Staff) {
            sheet.add_data_validation(FIRST, number, LAST, number, &validation)?;
        }
    }
    let last_row = FIRST + u32::try_from(content.places.len()).unwrap_or(0);
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(HEADING, 0, last_row.saturating_sub(1).max(FIRST), last_column)?;
    sheet.set_row_hidden(0)?.set_freeze_panes(FIRST, IN_VIEW)?;
    Ok(())
}

/// Writes the key and the heading of a column, with a note where there is something to say.
fn write_heading(
    sheet: &mut Worksheet,
    number: u16,
    column: &WorkbookColumn,
    audience: Audience,
) -> Result<(), XlsxError> {
    let heading = Format::new().set_num_format("@").set_bold().set_text_wrap();
    let heading = heading.set_background_color(HEADING_COLOR).set_border_bottom(FormatBorder::Thin);
    let key = if *column == WorkbookColumn::ID { id_key(audience) } else { column.key().into_owned() };
    sheet.write_string_with_format(0, number, key, &text_format())?;
    sheet.write_string_with_format(HEADING, number, column.heading(), &heading)?;
    let note = (audience == Audience::Staff).then(|| note_key(column));
    if let Some(note) = note.and_then(|key| workbook_words().notes.get(key)) {
        sheet.insert_note(HEADING, number, &Note::new(note).add_author_prefix(false))?;
    }
    Ok(())
}

/// Under which key a note on the column stands.
fn note_key(column: &WorkbookColumn) -> &'static str {
    match column {
        WorkbookColumn::Extra(_) => "extra",
        WorkbookColumn::Place(PlaceColumn::Access(_)) => "access",
        WorkbookColumn::Place(column) => column.key(),
    }
}

/// Refuses whatever is typed into the column of identities; a blank cell is a new place.
fn refuse_typing() -> Result<DataValidation, XlsxError> {
    let words = &workbook_words().id_note;
    let refusal = DataValidation::new().allow_custom(Formula::new("=FALSE")).ignore_blank(true);
    let refusal = refusal.set_error_style(DataValidationErrorStyle::Stop);
    refusal.set_error_title(&words["title"])?.set_error_message(&words["message"])
}
