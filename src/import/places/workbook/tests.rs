use super::*;
use crate::import::file::{FileFlaw, MergedRange, SheetMarks, SheetRow, StruckCell};
use crate::model::PlaceId;
use crate::model::place_row::PlaceColumn;

/// A sheet of these rows, from row 1 on.
fn sheet(name: &str, rows: &[&[&str]]) -> CellSheet {
    let filled = |cells: &&[&str]| -> Vec<(u32, String)> {
        let cells = (0_u32..).zip(cells.iter()).filter(|(_, text)| !text.is_empty());
        cells.map(|(column, text)| (column, (*text).to_owned())).collect()
    };
    let rows = (1_u32..).zip(rows).map(|(number, cells)| SheetRow { number, width: 0, cells: filled(cells) });
    CellSheet {
        name: Some(name.to_owned()),
        rows: rows.filter(|row| !row.cells.is_empty()).collect(),
        ..CellSheet::default()
    }
}

fn id(number: u32) -> String {
    WorkbookRowId { place: PlaceId(format!("{number:010}")), revision: 1 }.to_string()
}

fn read(sheets: Vec<CellSheet>) -> Option<Result<PlaceWorkbook, WorkbookRefusal>> {
    of_contents(&FileContents { format: Format::Xlsx, encoding: None, sheets, notices: Vec::new() })
}

fn cell(workbook: &PlaceWorkbook, row: usize, column: PlaceColumn) -> &WorkbookCell {
    &workbook.rows[row].cells[&WorkbookColumn::Place(column)]
}

const KEYS: &[&str] = &["id", "name", "category", "status", "phone", "note"];
const HEADINGS: &[&str] = &["ID", "名称", "分類", "状態", "電話番号", "備考"];

#[test]
fn rows_are_found_wherever_the_keys_are_or_without_them_by_headings() {
    let (first, second) = (id(1), id(2));
    let (a, b): (&[&str], &[&str]) = (&[&first, "会", "", "", "1"], &[&second, "館", "", "", "2"]);
    for rows in [
        vec![KEYS, HEADINGS, a, b],
        vec![&["貼り紙"], &[], KEYS, HEADINGS, a, b],
        vec![KEYS, a, b],
        vec![HEADINGS, a, b],
        vec![KEYS, HEADINGS, a, &[], HEADINGS, b],
        vec![KEYS, a, KEYS, b],
    ] {
        let workbook = read(vec![sheet("x", &[&["メモ"]]), sheet("y", &rows)]).unwrap().unwrap();
        assert_eq!(workbook.rows.len(), 2, "{rows:?}");
        assert_eq!(cell(&workbook, 1, PlaceColumn::Phone).text, "2", "{rows:?}");
        assert_eq!(workbook.sheet.as_deref(), Some("y"));
    }
}

#[test]
fn any_other_file_is_left_to_the_reader_of_lists() {
    for rows in
        [vec![HEADINGS, &["1", "会", "体操"][..]], vec![&["名称", "分類", "地区", "状態"][..], &["会"][..]], vec![]]
    {
        assert!(read(vec![sheet("一覧", &rows)]).is_none(), "{rows:?}");
    }
}

#[test]
fn a_cell_that_may_not_mean_what_it_shows_is_in_doubt() {
    let (first, second) = (id(1), id(2));
    let mut places =
        sheet("場所一覧", &[KEYS, HEADINGS, &[&first, "会", "a", "b", "1"], &[&second, "館", "", "", "2"]]);
    places.merges.push(MergedRange { top: 3, bottom: 4, left: 2, right: 2 });
    places.flaws.push(FileFlaw {
        row: 4,
        column: Some(3),
        kind: ProblemKind::FormulaWithoutValue,
        value: String::new(),
    });
    let struck = StruckCell { row: 4, column: 5, text: "古い".to_owned(), is_whole: true };
    places.marks = SheetMarks { struck: vec![struck], hidden_rows: [4].into(), ..SheetMarks::default() };
    let workbook = read(vec![places]).unwrap().unwrap();
    let doubt = |column| (cell(&workbook, 1, column).text.as_str(), cell(&workbook, 1, column).doubt);
    assert_eq!(doubt(PlaceColumn::Category), ("a", Some(CellDoubt::Merged)));
    assert_eq!(doubt(PlaceColumn::Status), ("", Some(CellDoubt::Formula)));
    assert_eq!(doubt(PlaceColumn::Note), ("", Some(CellDoubt::Struck)));
    assert_eq!(doubt(PlaceColumn::Phone), ("2", None), "a row that a filter hides is a row");
    assert_eq!(cell(&workbook, 0, PlaceColumn::Category).doubt, None);
}

#[test]
fn what_cannot_come_home_is_refused_by_its_reason() {
    let first = id(1);
    let reading = ["id:public", "name", "category", "status", "phone"];
    let refused = |sheets| read(sheets).unwrap().unwrap_err();
    let rows: Vec<&[&str]> = vec![&reading, HEADINGS, &["0000000001", "会"]];
    assert_eq!(refused(vec![sheet("場所一覧", &rows)]), WorkbookRefusal::ForReading(Audience::Public));
    let rows: Vec<&[&str]> = vec![&KEYS[1..], &HEADINGS[1..], &["会"]];
    let record = || {
        sheet(
            RECORD_SHEET,
            &[&["format", "1"], &["database", "a"], &["at", "2026-11-22T01:00:00Z"], &["audience", "id"], &[&first]],
        )
    };
    assert_eq!(refused(vec![sheet("場所一覧", &rows), record()]), WorkbookRefusal::NoColumns);
    assert_eq!(refused(vec![sheet("場所一覧", &[KEYS, HEADINGS]), record()]), WorkbookRefusal::NoRows);
    let mut newer = record();
    newer.rows[0].cells[1].1 = "2".to_owned();
    let places = sheet("場所一覧", &[KEYS, HEADINGS, &[&first, "会"]]);
    assert_eq!(refused(vec![places, newer]), WorkbookRefusal::Newer { format: 2 });
}
