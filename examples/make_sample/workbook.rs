//! The sample's workbook, laid out as people lay out theirs: a page of notes first, titles above the headings, a district
//! written once for many rows in merged cells, real dates beside dates in words, and a sheet that shows how to fill it in.

use std::error::Error;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::Rows;

/// Excel's row of the heading, counted from 0: below a title, a note and a blank row.
const HEADING_ROW: u32 = 3;

/// The workbook with its three lists.
pub fn bytes(gatherings: &Rows, arts: &Rows, support: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title("見本 つながりの場一覧")
            .set_comment("この表の内容はすべて架空です（名前のある公共施設をのぞく）")
            .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 10, 1)?),
    );
    notes(workbook.add_worksheet())?;
    list(workbook.add_worksheet(), "通いの場", "令和8年度 通いの場一覧（見本）", gatherings)?;
    merge_runs(&mut workbook, 1, gatherings, &["旧町", "地区"])?;
    list(workbook.add_worksheet(), "芸術文化", "芸術文化の場（見本）", arts)?;
    list(workbook.add_worksheet(), "支援・相談", "支援団体と相談窓口（見本）", support)?;
    example(workbook.add_worksheet(), gatherings)?;
    Ok(workbook.save_to_buffer()?)
}

fn notes(sheet: &mut Worksheet) -> Result<(), Box<dyn Error>> {
    sheet.set_name("はじめに")?;
    sheet.set_column_width(0, 90)?;
    let lines = [
        "つながりの場一覧（見本）",
        "この表は、つながりマップを試すための見本です。公共施設の名前のほかは、すべて架空のものです。",
        "記入のしかた：1行に1つの場を書いてください。わからないところは空けておいてください。",
        "掲載可否：○＝だれにでも見せる、支援者のみ＝連携役だけに見せる、×＝見せない",
    ];
    for (row, line) in (0..).zip(lines) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}

fn list(sheet: &mut Worksheet, name: &str, title: &str, rows: &Rows) -> Result<(), Box<dyn Error>> {
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    sheet.write_string(1, 0, "※見本データです。内容は架空です。変更は健康福祉課（見本）まで")?;
    let heading = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
    for (column, text) in (0..).zip(&rows[0]) {
        sheet.write_string_with_format(HEADING_ROW, column, text, &heading)?;
    }
    for (row, cells) in (HEADING_ROW + 1..).zip(&rows[1..]) {
        for (column, text) in (0..).zip(cells) {
            cell(sheet, (row, column), &rows[0][usize::from(column)], text)?;
        }
    }
    sheet.set_freeze_panes(HEADING_ROW + 1, 0)?;
    Ok(())
}

/// Writes one cell as Excel would hold it after a person typed it: numbers and dates as such, all else as text.
fn cell(sheet: &mut Worksheet, at: (u32, u16), heading: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let (row, column) = at;
    match heading {
        _ if text.is_empty() => {}
        "No." | "緯度" | "経度" if text.parse::<f64>().is_ok() => {
            sheet.write_number(row, column, text.parse::<f64>()?)?;
        }
        "確認日" if text.starts_with("20") => {
            let format = Format::new().set_num_format("yyyy/m/d");
            sheet.write_datetime_with_format(row, column, ExcelDateTime::parse_from_str(text)?, &format)?;
        }
        _ => {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

/// Merges the cells of each run of equal values in the columns named, as people do with districts.
fn merge_runs(workbook: &mut Workbook, sheet: usize, rows: &Rows, columns: &[&str]) -> Result<(), Box<dyn Error>> {
    let format = Format::new().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin);
    let sheet = workbook.worksheet_from_index(sheet)?;
    for name in columns {
        let column = rows[0].iter().position(|h| h == name).ok_or_else(|| format!("no column {name}"))?;
        let mut row = HEADING_ROW + 1;
        for run in rows[1..].chunk_by(|a, b| a[column] == b[column]) {
            let last = row + u32::try_from(run.len())? - 1;
            if run.len() > 1 {
                let at = u16::try_from(column)?;
                sheet.merge_range(row, at, last, at, &run[0][column], &format)?;
            }
            row = last + 1;
        }
    }
    Ok(())
}

/// A sheet 入力例 with one filled row, which no reader should take for a place.
fn example(sheet: &mut Worksheet, gatherings: &Rows) -> Result<(), Box<dyn Error>> {
    sheet.set_name("入力例")?;
    sheet.write_string(0, 0, "入力例（この行を参考に書いてください）")?;
    for (column, heading) in (0..).zip(&gatherings[0]) {
        sheet.write_string(1, column, heading)?;
    }
    let filled = [
        ("No.", "1"),
        ("地区", "○○地区"),
        ("種別", "サロン"),
        ("活動名", "○○ふれあいサロン"),
        ("開催日時", "毎月第2水曜 13:30～15:00"),
    ];
    for (heading, text) in filled {
        let column = gatherings[0].iter().position(|h| h == heading).ok_or_else(|| format!("no column {heading}"))?;
        sheet.write_string(2, u16::try_from(column)?, text)?;
    }
    Ok(())
}
