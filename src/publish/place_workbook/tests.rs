use std::io::{Cursor, Read as _};

use super::*;
use crate::model::place_workbook::WorkbookColumn;
use crate::model::{Category, CategoryId, CategoryTable, DistrictTable, Facts, Source, Translated};

/// The parts of an archive, by name.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn written(audience: Audience) -> Vec<u8> {
    let categories = (0..40).map(|number| Category {
        id: CategoryId(format!("c{number}")),
        name: Translated::from(format!("とても長い名前の分類その{number}").as_str()),
        ..Category::default()
    });
    let categories = CategoryTable::new(categories.collect());
    let districts = DistrictTable::default();
    let facts = Facts {
        name: "=1+1の会".to_owned(),
        category: CategoryId("c1".to_owned()),
        extra: [("鍵の場所".to_owned(), "玄関".to_owned())].into(),
        ..Facts::default()
    };
    let id = PlaceId("4k7m2p9qrs".to_owned());
    let place = Place { id, facts, source: Source::default(), verification: None };
    let content = WorkbookContent {
        places: vec![WorkbookPlace { place: &place, revision: (audience == Audience::Staff).then_some(3) }],
        names: WorkbookNames { categories: &categories, districts: &districts },
        database: "a1".to_owned(),
        audience,
        extent: String::new(),
        at: "2026-11-22T01:00:00Z".parse().unwrap(),
    };
    workbook(&content).unwrap()
}

#[test]
fn it_can_be_sorted_filtered_and_chosen_from_and_holds_no_formula() {
    let bytes = written(Audience::Staff);
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    for expected in
        ["<autoFilter ref=\"A2:", "<row r=\"1\" ", "hidden=\"1\"", "state=\"frozen\"", "'選択肢'!$A$2:$A$41", "FALSE"]
    {
        assert!(sheet.contains(expected), "{expected}: {sheet}");
    }
    for unexpected in ["sheetProtection", "<f>"] {
        assert!(!sheet.contains(unexpected), "{unexpected}");
    }
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("name=\"_tsunagari\"") && book.contains("veryHidden"), "{book}");
    assert!(part(&bytes, "xl/comments1.xml").contains("目印"));
}

#[test]
fn a_view_for_others_has_neither_revisions_nor_what_only_staff_see() {
    let texts = part(&written(Audience::Public), "xl/sharedStrings.xml");
    assert!(texts.contains("4k7m2p9qrs") && !texts.contains("4k7m2p9qrs.3"), "{texts}");
    assert!(!texts.contains("玄関") && texts.contains("id:public"), "{texts}");
    let staff = part(&written(Audience::Staff), "xl/sharedStrings.xml");
    assert!(staff.contains("4k7m2p9qrs.3.") && staff.contains("extra:鍵の場所"), "{staff}");
}

#[test]
fn a_text_that_no_cell_holds_is_named() {
    let place = |note: String| Place {
        id: PlaceId("4k7m2p9qrs".to_owned()),
        facts: Facts { note: Some(note), ..Facts::default() },
        source: Source::default(),
        verification: None,
    };
    let (categories, districts) = (CategoryTable::default(), DistrictTable::default());
    for (length, fits) in [(MAX_CELL, true), (MAX_CELL + 1, false)] {
        let place = place("あ".repeat(length));
        let content = WorkbookContent {
            places: vec![WorkbookPlace { place: &place, revision: Some(1) }],
            names: WorkbookNames { categories: &categories, districts: &districts },
            database: String::new(),
            audience: Audience::Staff,
            extent: String::new(),
            at: "2026-11-22T01:00:00Z".parse().unwrap(),
        };
        assert_eq!(workbook(&content).is_ok(), fits);
    }
    assert!(WorkbookColumn::of_audience(Audience::Staff).count() > 40);
}
