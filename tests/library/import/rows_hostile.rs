//! Whatever stands in the cells, reading never panics, keeps every row and leaves no sentence unfinished.

use proptest::prelude::*;
use toml::Table;
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::places::phrases::Phrases;
use tsunagari::import::{ImportContext, ImportedFile, ImportedPlace, ProblemKind, read};
use tsunagari::model::Language;
use tsunagari::model::{Category, CategoryId, CategoryTable, City, DistrictTable};

/// Pieces of cells that have something to do with some field, so that chance finds its way into the readers of values.
const PIECES: [&str; 60] = [
    "35.4",
    "134.77",
    "35°24′10.5″",
    "北緯",
    "東経",
    "N",
    "度",
    "分",
    ",",
    "、",
    "(",
    "）",
    "-",
    "ー",
    "−",
    "0",
    "1",
    "9",
    "０",
    "令和",
    "R",
    "元",
    "年",
    "月",
    "日",
    "/",
    ".",
    ":",
    "：",
    "時",
    "半",
    "午後",
    "24:00",
    "〜",
    "090-1234-5678",
    "(079)662-0160",
    "山田",
    "会長",
    "協議会",
    "さん",
    "TEL",
    "あり",
    "なし",
    "送迎",
    "椅子",
    "ではない",
    "無料",
    "円",
    "支援者",
    "のみ",
    "公開",
    "○",
    "×",
    "#REF!",
    "5.2E+12",
    "\u{fffd}",
    "㍻",
    "ﾊﾟ",
    "\u{0}",
    "🍵",
];

fn cell() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..7).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => ".{0,30}"]
}

/// One heading of every field.
fn headings() -> Vec<String> {
    let columns: Table = include_str!("../../../src/import/columns.toml").parse().expect("columns.toml is TOML");
    let first = |table: &toml::Value| table["headings"][0].as_str().map(str::to_owned);
    columns.values().filter_map(first).collect()
}

fn import(bytes: &[u8], phrases: &Phrases) -> ImportedFile<ImportedPlace> {
    let category = Category {
        id: CategoryId("farm".to_owned()),
        name: "農業".into(),
        private_persons: true,
        ..Category::default()
    };
    let known = ImportContext {
        columns: &HeadingTable::standard(),
        phrases,
        categories: &CategoryTable::new(vec![category]),
        city: &City::default(),
        gazetteer: None,
        boundary: None,
        districts: &DistrictTable::default(),
        today: None,
    };
    read(bytes, "list.csv", known)
}

fn quoted(cells: &[String]) -> String {
    cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_cells_under_any_headings_are_read(rows in prop::collection::vec(prop::collection::vec(cell(), 80), 1..4)) {
        let phrases = Phrases::built_in();
        let headings = headings();
        let lines: Vec<String> = rows.iter().map(|row| quoted(&row[..headings.len().min(row.len())])).collect();
        let text = format!("{}\n{}\n", quoted(&headings), lines.join("\n"));
        let read = import(text.as_bytes(), &phrases);
        for sheet in &read.sheets {
            let nameless = sheet.problems.iter().filter(|p| p.kind == ProblemKind::MissingName).count();
            prop_assert_eq!(sheet.entries.len() + nameless, sheet.records as usize);
            for problem in &sheet.problems {
                prop_assert!(!problem.message(Language::Ja).is_empty() && !problem.message(Language::En).is_empty());
            }
            for place in &sheet.entries {
                prop_assert!(!place.facts.name.trim().is_empty());
                let json = serde_json::to_string(&place.facts).expect("facts are JSON");
                prop_assert_eq!(&serde_json::from_str::<tsunagari::model::Facts>(&json).expect("facts come back"), &place.facts);
            }
        }
    }
}
