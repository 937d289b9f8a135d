//! Workbooks of every version of the format that was ever written: they come home after years.
//!
//! `UPDATE_WORKBOOK=1 cargo test --test library old_workbooks` writes that of the present version; never write an older one again.

use std::path::{Path, PathBuf};

use tsunagari::import::places::workbook::{WorkbookRow, WrittenRowId};
use tsunagari::model::place_row::PlaceColumn;
use tsunagari::model::place_workbook::{FORMAT, WorkbookColumn};
use tsunagari::model::{Place, PlaceId};

use super::EditedCity;

/// The name of the database that wrote them.
const DATABASE: &str = "00112233aabbccdd";

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/workbook").join(name)
}

fn city(version: u32) -> EditedCity {
    let places = std::fs::read_to_string(file(&format!("version_{version}.json"))).unwrap();
    let places: Vec<Place> = serde_json::from_str(&places).unwrap();
    let city = EditedCity::with(places);
    city.editor.set_meta("database", DATABASE).unwrap();
    city
}

#[test]
fn old_workbooks_are_read_as_they_were_written() {
    for version in 1..=FORMAT {
        let city = city(version);
        let path = file(&format!("version_{version}.xlsx"));
        if version == FORMAT && std::env::var_os("UPDATE_WORKBOOK").is_some() {
            std::fs::write(&path, city.written()).unwrap();
        }
        let mut workbook = city.read(&std::fs::read(&path).unwrap());
        let report = city.preview(&workbook);
        assert!(!report.changes_something() && report.undecided.is_empty(), "version {version}: {report:#?}");
        assert_eq!(report.sheet.unchanged, 3, "version {version}");

        let phone = WorkbookColumn::Place(PlaceColumn::Phone);
        let salon = |row: &&mut WorkbookRow| matches!(&row.id, WrittenRowId::Known(id) if id.place.0 == "4k7m2p9qrs");
        let salon = workbook.rows.iter_mut().find(salon).unwrap();
        salon.cells.get_mut(&phone).unwrap().text = "079-662-9999".to_owned();
        let report = city.take(&workbook);
        let cell = &report.sheet.changed[0].cells[0];
        assert_eq!((cell.field.as_str(), cell.was.as_str()), ("phone", "079-662-0001"), "version {version}");
        let history = city.editor.history(&PlaceId("4k7m2p9qrs".to_owned())).unwrap();
        assert_eq!(history.last().unwrap().place.facts.contact.phone.as_deref(), Some("079-662-9999"));
    }
}
