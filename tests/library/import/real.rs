//! What the reader of lists makes of real files, held in a snapshot that a person can check against `PROFILE.txt`.
//!
//! Reads the folder `TSUNAGARI_REAL_DATA`; without it there is nothing to do.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::problem::ProblemKind;
use tsunagari::import::table::{FileTables, tables};

use super::real_data;

fn read(path: &Path) -> FileTables {
    let bytes = std::fs::read(path).unwrap();
    tables(&bytes, &HeadingTable::standard())
}

/// Every list below `folder`, in order.
fn lists(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(lists(&path));
        } else if path.extension().is_some_and(|e| e == "csv" || e == "xlsx" || e == "geojson") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What was made of a file, short.
fn summary(read: &FileTables) -> Value {
    let columns = HeadingTable::standard();
    let tables: Vec<_> = read.tables.iter().map(|table| {
        let fields = columns.fields(&table.headings);
        let known: Vec<_> = table.headings.iter().zip(&fields).filter_map(|(h, f)| f.map(|f| format!("{h} = {}", serde_json::to_value(f).unwrap().as_str().unwrap()))).collect();
        let unknown: Vec<_> = table.headings.iter().zip(&fields).filter(|(_, f)| f.is_none()).map(|(h, _)| h.as_str()).collect();
        json!({
            "sheet": table.sheet, "heading_row": table.heading_row, "records": table.records.len(), "blank_rows": table.blank_rows,
            "known": known.join(" · "), "unknown": unknown.join(" · "), "problems": kinds(table.problems.iter().map(|p| p.kind)),
        })
    }).collect();
    json!({
        "format": read.format, "encoding": read.encoding, "tables": tables,
        "refused": read.refused.as_ref().map(|p| p.kind), "notices": kinds(read.notices.iter().map(|p| p.kind)),
    })
}

/// How often each kind comes.
fn kinds(kinds: impl Iterator<Item = ProblemKind>) -> Value {
    let mut counts = std::collections::BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind.name()).or_insert(0_u32) += 1;
    }
    json!(counts)
}

#[test]
fn every_real_list_is_read() {
    let Some(folder) = real_data() else { return };
    let mut all = serde_json::Map::new();
    for part in ["resources", "geocode", "population"] {
        for path in lists(&folder.join(part)) {
            let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
            all.insert(name, summary(&read(&path)));
        }
    }
    insta::assert_json_snapshot!(all);
}

#[test]
fn the_twins_of_hachijo_differ_only_in_letters_that_shift_jis_does_not_have() {
    let Some(folder) = real_data() else { return };
    let workbook = read(&folder.join("resources/hachijo_sightseeing.xlsx"));
    let text = read(&folder.join("resources/hachijo_sightseeing_SJIS.csv"));
    let (workbook, text) = (&workbook.tables[0], &text.tables[0]);
    assert_eq!(workbook.headings, text.headings);
    let plain = |cell: &str| cell.replace("\r\n", "\n").trim_end().to_owned();
    let mut differing = Vec::new();
    for (left, right) in workbook.records.iter().zip(&text.records) {
        assert_eq!(left.row, right.row);
        for (left, right) in left.cells.iter().zip(&right.cells) {
            let (left, right) = (plain(left), plain(right));
            assert_eq!(left.chars().count(), right.chars().count(), "{left} / {right}");
            differing.extend(left.chars().zip(right.chars()).filter(|(l, r)| l != r));
        }
    }
    assert!(differing.iter().all(|(_, lost)| *lost == '?'), "{differing:?}");
    assert!(differing.len() <= 2, "{differing:?}");
}

#[test]
fn one_list_in_two_encodings_is_one_list() {
    let Some(folder) = real_data() else { return };
    let utf8 = read(&folder.join("geocode/localgovjp-utf8.csv"));
    let sjis = read(&folder.join("geocode/localgovjp-sjis_2019.csv"));
    let names =
        |read: &FileTables| -> Vec<String> { read.tables[0].records.iter().map(|r| r.cells[3].clone()).collect() };
    let (new, old) = (names(&utf8), names(&sjis));
    assert_eq!((new.len(), old.len()), (1916, 1916));
    let same = old.iter().filter(|name| new.contains(name)).count();
    assert!(same > 1900, "{same}");
}
