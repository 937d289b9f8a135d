//! The table of districts and categories as an Excel workbook: the cells of the CSV, with numbers as numbers. This module does no
//! I/O.

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::plan_csv;
use crate::gaps::PlannerData;
use crate::gaps::table::TableAnswer;

/// Columns that hold words; the others hold numbers.
const WORDS: usize = 2;

/// The workbook. The same answer gives the same bytes: it is dated by the population, not by the clock.
pub fn table(data: &PlannerData, answer: &TableAnswer) -> Vec<u8> {
    // Writing to memory fails only beyond Excel's million rows, which a table of districts never has.
    write(data, answer).unwrap_or_default()
}

fn write(data: &PlannerData, answer: &TableAnswer) -> Result<Vec<u8>, XlsxError> {
    let rows = answer.cells.iter().map(|cell| plan_csv::row(data, cell));
    workbook(answer.population.as_of, plan_csv::headings(answer), rows, WORDS)
}

/// A workbook of one sheet, dated `day`. The first `words` columns hold text whatever stands in them, the others numbers.
///
/// # Errors
///
/// If there are more rows than Excel holds.
pub(super) fn workbook(
    day: NaiveDate,
    headings: Vec<String>,
    rows: impl Iterator<Item = Vec<String>>,
    words: usize,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let dated = ExcelDateTime::parse_from_str(&day.to_string())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&dated));
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold().set_text_wrap();
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells) {
            match text.parse::<f64>() {
                Ok(number) if usize::from(column) >= words => sheet.write_number(row, column, number)?,
                _ => sheet.write_string(row, column, text)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.autofit();
    workbook.save_to_buffer()
}
