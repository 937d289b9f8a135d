//! From the bytes of a list to places and a report, as `tsunagari check` sees them.

use crate::bare_city::BareCity;
use serde_json::Value;
use tsunagari::import::{ImportedFile, ImportedPlace, ProblemKind, report};
use tsunagari::model::{Audience, Category, CategoryId, CategoryTable, DistrictTable, Facts, Place, PlaceId};
use tsunagari::privacy::{PrivateNames, redact};

/// A category with words, and nothing else that matters here.
fn category(id: &str, name: &str, words: &[&str]) -> Category {
    Category {
        id: CategoryId(id.to_owned()),
        name: name.into(),
        words: words.iter().map(|w| (*w).to_owned()).collect(),
        ..Category::default()
    }
}

/// Reads a file as a city without any data of its own would.
fn import(bytes: &[u8], file: &str) -> ImportedFile<ImportedPlace> {
    let categories = CategoryTable::new(vec![category("salon", "サロン", &["喫茶"]), category("other", "その他", &[])]);
    BareCity { categories, ..BareCity::default() }.read(bytes, file)
}

fn json_lines(bytes: &[u8], file: &str) -> Vec<Value> {
    report::lines(&import(bytes, file), file, report::ReportOptions::default())
        .iter()
        .map(|line| serde_json::to_value(line).expect("a line is JSON"))
        .collect()
}

const LIST: &str = "サロン一覧,,,,\n\nサロン名,会場,緯度,経度,開催日時\n\
    ひだまり,八鹿公民館,35.4012,134.7712,毎月第2木曜 13:30〜\n,,35.3312,134.6712,\n\
    こもれび,,ー,ー,月曜\n,,,,\nやまびこ,,134.8012,35.4512,火曜\n";

#[test]
fn every_line_of_a_report_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../../docs/check.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for bytes in [LIST.as_bytes(), b"", b"%PDF-1.7 no list", b"\xef\xbb\xbfname,lat,lon\na,35.4,134.7\n"] {
        for line in json_lines(bytes, "list.csv") {
            let errors: Vec<String> = validator.iter_errors(&line).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?} in {line}");
        }
    }
}

#[test]
fn a_report_counts_what_became_of_every_row() {
    let line = &json_lines(LIST.as_bytes(), "list.csv")[0];
    for (count, expected) in
        [("heading_row", 3), ("records", 4), ("places", 3), ("located", 2), ("unlocated", 1), ("blank_rows", 1)]
    {
        assert_eq!(line[count], expected, "{count}");
    }
    let problems: Vec<(u64, &str, &str)> = line["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["row"].as_u64().unwrap(), p["severity"].as_str().unwrap(), p["kind"].as_str().unwrap()))
        .collect();
    let expected = [
        (3, "info", "no_category_column"),
        (3, "info", "no_audience_column"),
        (5, "error", "missing_name"),
        (6, "info", "missing_coordinates"),
        (8, "warning", "swapped_coordinates"),
    ];
    assert_eq!(problems, expected);
    assert!(report::has_errors(&report::lines(
        &import(LIST.as_bytes(), "list.csv"),
        "list.csv",
        report::ReportOptions::default()
    )));
}

#[test]
fn a_file_that_is_no_list_is_refused_in_one_line() {
    let lines = json_lines(b"", "empty.csv");
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["refused"]["kind"], ProblemKind::EmptyFile.name());
    assert_eq!(lines[0]["places"], 0);
}

#[test]
fn no_name_or_number_of_a_private_person_in_a_list_reaches_the_public() {
    let list = "サロン名,代表者,連絡先,備考,説明,鍵\n\
        ひだまり,区長 鈴木一郎,山田花子 090-1234-5678,連絡は鈴木一郎まで,お茶の会です。山田花子が待っています,鈴木宅\n";
    let import = import(list.as_bytes(), "list.csv");
    let imported = import.sheets[0].entries[0].clone();
    let categories =
        CategoryTable::new(vec![Category { private_persons: false, ..category("other", "その他", &[]) }]);
    let place = Place {
        id: PlaceId("abcdefghij".to_owned()),
        facts: Facts { category: CategoryId("other".to_owned()), ..imported.facts },
        source: imported.source,
        verification: imported.verification,
    };
    let public =
        redact(&place, Audience::Public, &categories, &DistrictTable::default(), &PrivateNames::default()).unwrap();
    let json = serde_json::to_string(&public).unwrap();
    for secret in ["鈴木", "山田", "090", "1234"] {
        assert!(!json.contains(secret), "{secret} in {json}");
    }
}
