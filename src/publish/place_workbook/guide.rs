//! The sheet that says how to use the workbook. This module does no I/O.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::WorkbookContent;
use crate::model::Audience;
use crate::model::place_workbook::workbook_words;

/// Width of the text, in characters.
const TEXT_WIDTH: f64 = 100.0;
/// Japan has one time, without summer time.
const JAPAN_HOURS: i64 = 9;

/// Writes what to do, and what was chosen when.
pub(super) fn write(sheet: &mut Worksheet, content: &WorkbookContent<'_>) -> Result<(), XlsxError> {
    let words = &workbook_words().guide;
    let lines = if content.audience == Audience::Staff { &words.lines } else { &words.reading };
    let (title, text) = (Format::new().set_bold().set_font_size(14), Format::new().set_text_wrap());
    let text = text.set_align(FormatAlign::Top);
    sheet.set_column_width(0, TEXT_WIDTH)?;
    for (row, line) in (0_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, if row == 0 { &title } else { &text })?;
    }
    let extent = if content.extent.is_empty() { &words.all } else { &content.extent };
    let at = (content.at + chrono::Duration::hours(JAPAN_HOURS)).format("%Y-%m-%d %H:%M");
    let below = u32::try_from(lines.len()).unwrap_or(0) + 1;
    sheet.write_string_with_format(below, 0, format!("{}: {extent}", words.extent), &text)?;
    sheet.write_string_with_format(below + 1, 0, format!("{}: {at}", words.at), &text)?;
    Ok(())
}
