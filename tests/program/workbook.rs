//! `export xlsx` and `import places` of what was done to the workbook: the whole table of outcomes.

use std::collections::BTreeMap;
use std::process::Command;

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::{Value, json};

use crate::run::{Ran, TestCity};

/// A workbook as rows of texts by sheet, which a test edits and writes again as another program would.
#[derive(Debug, Clone)]
pub struct Grid {
    pub sheets: Vec<(String, Vec<Vec<String>>)>,
}

/// What is done to a workbook.
type GridEdit = fn(&mut Grid);

const PLACES: &str = "場所一覧";

impl Grid {
    pub fn read(city: &TestCity, file: &str) -> Self {
        let mut workbook: Xlsx<_> = open_workbook(city.path(file)).unwrap();
        let names = workbook.sheet_names();
        let sheet = |name: String| {
            let range = workbook.worksheet_range(&name).unwrap();
            let (rows, columns) = range.end().unwrap_or_default();
            let text = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
            let rows = (0..=rows).map(|row| (0..=columns).map(|column| text(row, column)).collect()).collect();
            (name, rows)
        };
        Self { sheets: names.into_iter().map(sheet).collect() }
    }

    pub fn write(&self, city: &TestCity, file: &str) {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for (name, rows) in &self.sheets {
            let sheet = workbook.add_worksheet().set_name(name).unwrap();
            for (row, cells) in (0_u32..).zip(rows) {
                for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
        workbook.save(city.path(file)).unwrap();
    }

    pub fn rows(&mut self) -> &mut Vec<Vec<String>> {
        &mut self.sheets.iter_mut().find(|(name, _)| name == PLACES).unwrap().1
    }

    fn column(&mut self, key: &str) -> usize {
        self.rows()[0].iter().position(|it| it == key).unwrap_or_else(|| panic!("no column {key}"))
    }

    /// The row of the place of this name.
    fn row(&mut self, name: &str) -> usize {
        let column = self.column("name");
        self.rows().iter().position(|row| row[column] == name).unwrap_or_else(|| panic!("no row {name}"))
    }

    pub fn cell(&mut self, name: &str, key: &str) -> &mut String {
        let (row, column) = (self.row(name), self.column(key));
        &mut self.rows()[row][column]
    }

    fn remove_sheet(&mut self, name: &str) {
        self.sheets.retain(|(it, _)| it != name);
    }

    /// The number of a place's row as Excel shows it.
    fn number(&mut self, name: &str) -> u64 {
        u64::try_from(self.row(name)).unwrap() + 1
    }

    /// A new row with these cells.
    fn add(&mut self, cells: &[(&str, &str)]) {
        let mut row = vec![String::new(); self.rows()[0].len()];
        for (key, text) in cells {
            (*text).clone_into(&mut row[self.column(key)]);
        }
        self.rows().push(row);
    }

    fn csv(&mut self) -> String {
        let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
        let rows = self.rows().iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(","));
        rows.map(|row| row + "\r\n").collect()
    }
}

/// A city with seven salons and two gardens, of which one is a private person's.
pub fn city() -> TestCity {
    let city = TestCity::new();
    let head = "名称,分類,地区,住所,緯度,経度,開催日時,料金,段差,送迎,電話番号,代表者,備考,掲載可否,鍵の場所,確認日";
    let salon = |number: u32, audience: &str| {
        format!(
            "サロン{number},通いの場,北町,見本市一丁目{number},35.381{number},134.771{number},毎週月曜 1{number}:00〜12:00,{number}00円,なし,,079-662-000{number},会長,備考{number},{audience},玄関{number},2026-04-0{number}"
        )
    };
    let mut rows: Vec<String> = (1..=6).map(|number| salon(number, "○")).collect();
    rows.push(salon(7, "支援者のみ"));
    city.write("サロン.csv", format!("{head}\n{}\n", rows.join("\n")).as_bytes());
    city.json(&["import", "places", "サロン.csv", "--json"], 0);
    assert_eq!(city.run(&["export", "xlsx", "out.xlsx"]).code, 0);
    city
}

/// The line of a dry run.
pub fn preview(city: &TestCity, file: &str) -> Value {
    let ran = city.run(&["import", "places", file, "--dry-run", "--json"]);
    assert!(ran.code < 2, "{ran:?}");
    let line = serde_json::from_str(ran.out.trim()).unwrap_or_else(|_| panic!("{ran:?}"));
    let schema = serde_json::from_str(include_str!("../../docs/import.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = schema.iter_errors(&line).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{line}");
    line
}

fn names(report: &Value, key: &str) -> Vec<String> {
    report[key].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

/// The edited cells as (place, field, was, now, stored).
fn cells(report: &Value) -> Vec<[String; 5]> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let places = report["changed"].as_array().unwrap().iter();
    let of = |place: &Value| {
        let cells = place["cells"].as_array().unwrap().clone();
        let name = text(&place["name"]);
        cells
            .into_iter()
            .map(move |it| [name.clone(), text(&it["field"]), text(&it["was"]), text(&it["now"]), text(&it["stored"])])
            .collect::<Vec<_>>()
    };
    let mut all: Vec<[String; 5]> = places.flat_map(of).collect();
    all.sort();
    all
}

fn whys(report: &Value, key: &str) -> Vec<(u64, String)> {
    let why = |it: &Value| (it["row"].as_u64().unwrap(), it["why"].as_str().unwrap().to_owned());
    report[key].as_array().unwrap().iter().map(why).collect()
}

pub fn is_nothing(report: &Value) -> bool {
    let empty = |key: &str| report[key].as_array().unwrap().is_empty();
    ["added", "changed", "gone", "rejected", "undecided", "widened"].into_iter().all(empty)
}

/// What the staff see of each place, by name.
fn stored(city: &TestCity) -> BTreeMap<String, Value> {
    let ran = city.run(&["export", "jsonl", "--audience", "staff"]);
    let features = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    features.map(|it| (it["properties"]["name"].as_str().unwrap().to_owned(), it)).collect()
}

/// Edits a copy of the workbook and writes it as `edited.xlsx`.
pub fn edited(city: &TestCity, edit: impl FnOnce(&mut Grid)) -> Grid {
    let mut grid = Grid::read(city, "out.xlsx");
    edit(&mut grid);
    grid.write(city, "edited.xlsx");
    grid
}

fn take(city: &TestCity, arguments: &[&str]) -> Ran {
    city.run(&[&["import", "places", "edited.xlsx", "--yes", "--json"], arguments].concat())
}

#[test]
fn a_workbook_that_nobody_touched_changes_nothing_whatever_wrote_it_again() {
    let city = city();
    let before = stored(&city);
    let untouched = preview(&city, "out.xlsx");
    assert!(is_nothing(&untouched) && untouched["unchanged"] == 7, "{untouched}");
    let kinds: [(&str, GridEdit); 7] = [
        ("written again", |_| {}),
        ("sorted", |grid| grid.rows()[2..].reverse()),
        ("columns moved", |grid| grid.rows().iter_mut().for_each(|row| row.reverse())),
        ("headings rewritten", |grid| {
            grid.rows()[1].iter_mut().enumerate().for_each(|(at, it)| *it = format!("見出し{at}"));
        }),
        ("a column deleted", |grid| {
            let column = grid.column("phone");
            grid.rows().iter_mut().for_each(|row| drop(row.remove(column)));
        }),
        ("sheets deleted", |grid| {
            grid.remove_sheet("使い方");
            grid.remove_sheet("選択肢");
        }),
        ("renamed, without its record", |grid| {
            grid.remove_sheet("_tsunagari");
            grid.sheets[1].0 = "Sheet1".to_owned();
        }),
    ];
    for (kind, edit) in kinds {
        edited(&city, edit);
        let report = preview(&city, "edited.xlsx");
        assert!(is_nothing(&report) && report["unchanged"] == 7, "{kind}: {report}");
        assert_eq!(take(&city, &[]).code, 0, "{kind}");
    }
    let csv = Grid::read(&city, "out.xlsx").csv();
    // As Excel writes what Shift_JIS lacks.
    let lossy = csv.replace('〜', "?");
    let (sjis, _, is_lossy) = encoding_rs::SHIFT_JIS.encode(&lossy);
    assert!(!is_lossy && lossy != csv);
    for (kind, bytes) in [("utf-8", csv.clone().into_bytes()), ("Shift_JIS", sjis.into_owned())] {
        city.write("out.csv", &bytes);
        let report = preview(&city, "out.csv");
        assert!(is_nothing(&report) && report["unchanged"] == 7, "{kind}: {report}");
    }
    assert_eq!(stored(&city), before);
}

#[test]
fn edited_cells_are_stored_and_no_others_by_a_person_whose_base_stays() {
    let city = city();
    edited(&city, |grid| {
        *grid.cell("サロン1", "phone") = "079-662-9999".to_owned();
        *grid.cell("サロン2", "note") = String::new();
        *grid.cell("サロン3", "extra:鍵の場所") = "事務室".to_owned();
        *grid.cell("サロン4", "pick_up") = "あり（町内だけ）".to_owned();
        *grid.cell("サロン5", "step_free") = "不明".to_owned();
        *grid.cell("サロン6", "status") = "休止".to_owned();
        *grid.cell("サロン6", "verified_on") = "令和8年11月2日".to_owned();
    });
    let report = preview(&city, "edited.xlsx");
    let cell = |parts: [&str; 5]| parts.map(str::to_owned);
    assert_eq!(
        cells(&report),
        [
            cell(["サロン1", "phone", "079-662-0001", "079-662-9999", "079-662-0001"]),
            cell(["サロン2", "note", "備考2", "", "備考2"]),
            cell(["サロン3", "extra:鍵の場所", "玄関3", "事務室", "玄関3"]),
            cell(["サロン4", "pick_up", "", "あり（町内だけ）", ""]),
            cell(["サロン5", "step_free", "なし：段差: なし", "不明", "なし：段差: なし"]),
            cell(["サロン6", "status", "実施中", "休止", "実施中"]),
            cell(["サロン6", "verified_on", "2026-04-06", "令和8年11月2日", "2026-04-06"]),
        ]
    );
    let refused = city.run(&["import", "places", "edited.xlsx", "--json"]);
    assert_eq!(refused.code, 2, "nobody can be asked: {refused:?}");
    assert!(refused.err.contains("--yes"), "{refused:?}");
    let before = stored(&city);
    assert_eq!(before["サロン1"]["properties"]["contact"]["phone"], "079-662-0001");
    assert_eq!(take(&city, &[]).code, 0);
    let after = stored(&city);
    assert_eq!(after["サロン1"]["properties"]["contact"]["phone"], "079-662-9999");
    assert!(is_nothing(&preview(&city, "edited.xlsx")), "a second time there is nothing to do");
    assert_eq!(after["サロン7"], before["サロン7"]);
    // The list has not changed: its next edition finds nothing new and leaves the edits alone.
    let again = &city.json(&["import", "places", "サロン.csv", "--json"], 0)[0];
    assert_eq!((names(again, "changed"), again["unchanged"].as_u64()), (vec![], Some(7)), "{again}");
    assert_eq!(stored(&city), after);
}

#[test]
fn rows_are_added_removed_and_copied() {
    let city = city();
    let mut grid = edited(&city, |grid| {
        grid.add(&[
            ("name", "新しいサロン"),
            ("category", "通いの場"),
            ("audience", "公開"),
            ("address", "見本市二丁目"),
        ]);
        let gone = grid.row("サロン2");
        grid.rows().remove(gone);
        let (copied, name) = (grid.row("サロン3"), grid.column("name"));
        let mut copy = grid.rows()[copied].clone();
        copy[name] = "サロン3の妹".to_owned();
        grid.rows().push(copy);
        let copied = grid.row("サロン4");
        let copy = grid.rows()[copied].clone();
        grid.rows().push(copy);
    });
    let report = preview(&city, "edited.xlsx");
    assert_eq!(names(&report, "added"), ["新しいサロン", "サロン3の妹"]);
    assert_eq!(names(&report, "gone"), ["サロン2"]);
    let first = grid.number("サロン4");
    assert_eq!(whys(&report, "undecided"), [(first, "copied".to_owned()), (11, "copied".to_owned())], "{report}");
    assert!(names(&report, "changed").is_empty(), "{report}");
    assert_eq!(take(&city, &[]).code, 0);
    let after = stored(&city);
    assert!(after.contains_key("サロン2"), "nothing is deleted");
    assert_eq!(after["サロン3の妹"]["properties"]["cost"], "300円");
    assert_eq!(after.len(), 9);
    let again = preview(&city, "edited.xlsx");
    assert!(names(&again, "added").is_empty() && names(&again, "gone").is_empty(), "a second time: {again}");
    assert_eq!(take(&city, &[]).code, 0);
    assert_eq!(stored(&city), after);
    assert_eq!(city.run(&["export", "xlsx", "out.xlsx"]).code, 0);
    assert!(is_nothing(&preview(&city, "out.xlsx")));
}

#[test]
fn identities_that_are_none_are_rejected_and_their_places_are_not_gone() {
    let city = city();
    let mut grid = edited(&city, |grid| {
        let id = grid.cell("サロン1", "id");
        let first = if id.starts_with('a') { "b" } else { "a" };
        id.replace_range(0..1, first);
        *grid.cell("サロン2", "id") = "4k7m2p9qrs.1.0".to_owned();
        *grid.cell("サロン3", "id") = String::new();
        let wide =
            |text: &str| text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect::<String>();
        let id = grid.cell("サロン4", "id");
        *id = format!(" {}", wide(id));
        *grid.cell("サロン4", "cost") = "無料".to_owned();
    });
    let ran = city.run(&["import", "places", "edited.xlsx", "--yes", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let report: Value = serde_json::from_str(ran.out.trim()).unwrap();
    let mut rows = [grid.number("サロン1"), grid.number("サロン2")];
    rows.sort_unstable();
    let rejected = rows.map(|row| json!({"row": row, "kind": "mistyped_id"}));
    assert_eq!(report["rejected"], json!(rejected));
    assert_eq!(whys(&report, "undecided"), [(grid.number("サロン3"), "id_missing".to_owned())]);
    assert_eq!(names(&report, "changed"), ["サロン4"]);
    assert!(names(&report, "gone").is_empty() && names(&report, "added").is_empty(), "{report}");
}

#[test]
fn a_workbook_of_another_database_changes_nothing() {
    let (city, other) = (city(), city());
    std::fs::copy(other.path("out.xlsx"), city.path("out.xlsx")).unwrap();
    edited(&city, |grid| {
        *grid.cell("サロン1", "phone") = "079-662-9999".to_owned();
        grid.add(&[("name", "よその場"), ("audience", "公開")]);
    });
    let before = stored(&city);
    let report = preview(&city, "edited.xlsx");
    assert_eq!(report["rejected"].as_array().unwrap().len(), 7, "{report}");
    assert!(report["rejected"].as_array().unwrap().iter().all(|it| it["kind"] == "foreign_id"));
    assert_eq!(whys(&report, "undecided"), [(10, "other_database".to_owned())]);
    assert_eq!(take(&city, &[]).code, 1);
    assert_eq!(stored(&city), before);
}

#[test]
fn of_an_old_workbook_only_its_own_edits_count_and_what_both_edited_stays() {
    let city = city();
    let old = edited(&city, |grid| {
        *grid.cell("サロン1", "phone") = "079-662-1111".to_owned();
        *grid.cell("サロン1", "note") = "今年の備考".to_owned();
        *grid.cell("サロン2", "phone") = "079-662-2222".to_owned();
    });
    let newer = edited(&city, |grid| {
        *grid.cell("サロン1", "phone") = "079-662-3333".to_owned();
        *grid.cell("サロン1", "cost") = "500円".to_owned();
        *grid.cell("サロン2", "phone") = "079-662-2222".to_owned();
        *grid.cell("サロン3", "name") = "新しい名前".to_owned();
    });
    assert_eq!(take(&city, &[]).code, 0, "{newer:?}");
    old.write(&city, "edited.xlsx");
    let report = preview(&city, "edited.xlsx");
    let cell = |parts: [&str; 5]| parts.map(str::to_owned);
    assert_eq!(
        cells(&report),
        [
            cell(["サロン1", "note", "備考1", "今年の備考", "備考1"]),
            cell(["サロン1", "phone", "079-662-0001", "079-662-1111", "079-662-3333"]),
        ]
    );
    assert_eq!(report["changed"][0]["conflicts"], json!(["contact"]));
    assert_eq!(report["changed"][0]["fields"], json!(["note"]));
    assert_eq!(take(&city, &[]).code, 0);
    let after = stored(&city);
    assert_eq!(after["サロン1"]["properties"]["contact"]["phone"], "079-662-3333");
    assert_eq!(after["サロン1"]["properties"]["note"], "今年の備考");
    assert_eq!(after["サロン1"]["properties"]["cost"], "500円");
    assert!(after.contains_key("新しい名前"));
}

#[test]
fn an_emptied_column_is_asked_about_and_a_required_cell_is_never_empty() {
    let city = city();
    edited(&city, |grid| {
        for number in 1..=7 {
            *grid.cell(&format!("サロン{number}"), "note") = String::new();
        }
        for number in 1..=4 {
            *grid.cell(&format!("サロン{number}"), "cost") = String::new();
        }
        *grid.cell("サロン1", "category") = String::new();
        *grid.cell("サロン2", "status") = "たぶん".to_owned();
        *grid.cell("サロン3", "name") = String::new();
    });
    let report = preview(&city, "edited.xlsx");
    let whys = whys(&report, "undecided");
    let count = |why: &str| whys.iter().filter(|(_, it)| it == why).count();
    assert_eq!([count("column_emptied"), count("cannot_be_empty"), count("not_understood")], [7, 2, 1], "{report}");
    assert_eq!(cells(&report).len(), 4, "the costs: {report}");
}

#[test]
fn what_widens_who_sees_something_is_taken_only_when_that_is_said() {
    let city = city();
    let mut grid = edited(&city, |grid| {
        *grid.cell("サロン7", "audience") = "公開".to_owned();
        *grid.cell("サロン7", "cost") = "無料".to_owned();
        *grid.cell("サロン1", "audience") = "職員のみ".to_owned();
    });
    let report = preview(&city, "edited.xlsx");
    assert_eq!(whys(&report, "widened"), [(grid.number("サロン7"), "audience".to_owned())]);
    assert_eq!(take(&city, &[]).code, 0);
    let seen = |city: &TestCity| {
        let all = city.run(&["export", "jsonl"]).out;
        (all.contains("サロン1\""), all.contains("サロン7\""))
    };
    assert_eq!(seen(&city), (false, false), "narrowed, not widened");
    assert_eq!(stored(&city)["サロン7"]["properties"]["cost"], "無料");
    assert_eq!(take(&city, &["--publish"]).code, 0);
    assert_eq!(seen(&city), (false, true));
}

#[test]
fn a_view_for_others_holds_what_they_see_and_does_not_come_home() {
    let city = city();
    for audience in ["public", "link-workers"] {
        assert_eq!(city.run(&["export", "xlsx", "view.xlsx", "--audience", audience]).code, 0);
        let mut grid = Grid::read(&city, "view.xlsx");
        assert_eq!(grid.rows().len(), if audience == "public" { 8 } else { 9 });
        assert!(!format!("{grid:?}").contains("玄関1"), "{audience}");
        let csv = grid.csv();
        city.write("view.csv", csv.as_bytes());
        grid.remove_sheet("_tsunagari");
        grid.write(&city, "without.xlsx");
        for file in ["view.xlsx", "view.csv", "without.xlsx"] {
            let refused = city.run(&["import", "places", file, "--yes"]);
            assert!(refused.code == 2 && refused.err.contains("reading"), "{audience} {file} {refused:?}");
        }
    }
    assert_eq!(stored(&city).len(), 7);
}

mod whole_files;
