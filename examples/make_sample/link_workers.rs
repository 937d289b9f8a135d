//! The sample's list of link workers, as a city keeps it: a page of notes, one sheet a layer, districts in merged cells on the
//! second, titles above the headings.

use std::error::Error;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::Rows;

/// Excel's row of the heading, counted from 0: below a title and a note.
const HEADING_ROW: u32 = 2;

/// The column of the source that says on which sheet a row stands.
const SHEET: &str = "シート";

/// The workbook with one sheet for each value in the source's first column, in order of mention.
pub fn bytes(rows: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title("見本 連携役名簿")
            .set_comment("この名簿の人も電話番号もすべて架空です")
            .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 10, 1)?),
    );
    notes(workbook.add_worksheet())?;
    if rows[0][0] != SHEET {
        return Err(format!("連携役.csv: the first column must be {SHEET}").into());
    }
    for sheet in rows[1..].chunk_by(|a, b| a[0] == b[0]) {
        list(workbook.add_worksheet(), &rows[0][1..], sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn notes(sheet: &mut Worksheet) -> Result<(), Box<dyn Error>> {
    sheet.set_name("はじめに")?;
    sheet.set_column_width(0, 90)?;
    let lines = [
        "連携役名簿（見本）",
        "この名簿は、つながりマップを試すための見本です。人も電話番号もすべて架空のものです。",
        "1層は医療・介護の専門職、2層は地域の人です。シートを分けて書いてください。",
        "担当地区：二つ以上あるときは「八鹿・伊佐」のように書いてください。市全体のときは「市内全域」。",
        "公開可否：○＝役割・所属・担当地区をだれにでも見せる（氏名と携帯は見せません）、支援者のみ＝連携役だけに見せる",
    ];
    for (row, line) in (0..).zip(lines) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}

fn list(sheet: &mut Worksheet, headings: &[String], rows: &[Vec<String>]) -> Result<(), Box<dyn Error>> {
    let name = &rows[0][0];
    sheet.set_name(name)?;
    let bold = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, format!("令和8年度 連携役名簿 {name}（見本）"), &bold)?;
    sheet.write_string(1, 0, "※見本データです。変更は健康福祉課（見本）まで")?;
    let heading = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
    for (column, text) in (0..).zip(headings) {
        sheet.write_string_with_format(HEADING_ROW, column, text, &heading)?;
    }
    for (row, cells) in (HEADING_ROW + 1..).zip(rows) {
        for (column, text) in (0..).zip(&cells[1..]).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text)?;
        }
    }
    merge_runs(sheet, headings, rows)?;
    sheet.set_freeze_panes(HEADING_ROW + 1, 0)?;
    Ok(())
}

/// Merges runs of one district, as people do.
fn merge_runs(sheet: &mut Worksheet, headings: &[String], rows: &[Vec<String>]) -> Result<(), Box<dyn Error>> {
    let Some(column) = headings.iter().position(|heading| heading == "担当地区") else { return Ok(()) };
    let format = Format::new().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin);
    let mut row = HEADING_ROW + 1;
    for run in rows.chunk_by(|a, b| a[column + 1] == b[column + 1]) {
        let last = row + u32::try_from(run.len())? - 1;
        let text = &run[0][column + 1];
        if run.len() > 1 && !text.is_empty() {
            let at = u16::try_from(column)?;
            sheet.merge_range(row, at, last, at, text, &format)?;
        }
        row = last + 1;
    }
    Ok(())
}
