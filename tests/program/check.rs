//! `tsunagari check`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::run::{Ran, TestCity};

const CLEAN: &str = "名称,住所,緯度,経度,掲載可否\n囲碁サロン,養父市八鹿町八鹿,35.41,134.77,○\n";
const NAMELESS: &str =
    "名称,住所,緯度,経度,掲載可否\n囲碁サロン,養父市八鹿町八鹿,35.41,134.77,○\n,養父市広谷,35.38,134.77,○\n";

#[test]
fn a_list_without_errors_ends_with_0_and_one_with_errors_with_1() {
    let city = TestCity::new();
    city.write("clean.csv", CLEAN.as_bytes());
    city.write("nameless.csv", NAMELESS.as_bytes());
    assert_eq!(city.run(&["check", "clean.csv"]).code, 0);
    let ran = city.run(&["check", "nameless.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("row 3"), "{ran:?}");
    assert_eq!(city.run(&["check", "clean.csv", "nameless.csv"]).code, 1);
}

#[test]
fn a_file_that_is_not_there_does_not_keep_the_others_from_being_read() {
    let city = TestCity::new();
    city.write("clean.csv", CLEAN.as_bytes());
    std::fs::create_dir(city.path("folder")).unwrap();
    let ran = city.run(&["check", "missing.xlsx", "folder", "clean.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("missing.xlsx") && ran.err.contains("folder"), "{ran:?}");
    assert!(ran.out.contains("clean.csv"), "{ran:?}");
}

#[test]
fn lists_can_be_read_where_nothing_is_set_up() {
    let city = TestCity::new();
    std::fs::remove_dir_all(city.path("data")).unwrap();
    city.write("nameless.csv", NAMELESS.as_bytes());
    let lines = city.json(&["check", "nameless.csv", "--json"], 1);
    assert_eq!(lines[0]["places"].as_u64(), Some(1));
    assert_eq!(city.run(&["check", "nameless.csv", "--data", "data"]).code, 2, "a folder that was named must be there");
}

#[test]
fn the_command_that_comes_next_can_be_copied_as_it_stands() {
    let city = TestCity::new();
    city.write("clean.csv", CLEAN.as_bytes());
    assert!(city.run(&["check", "clean.csv"]).out.contains("tsunagari import places clean.csv"));
    std::fs::rename(city.path("data"), city.path("kita")).unwrap();
    let ran = city.run(&["check", "--data", "kita", "--db", "kita.sqlite", "clean.csv"]);
    assert!(ran.out.contains("tsunagari import places --data kita --db kita.sqlite clean.csv"), "{}", ran.out);
}

#[test]
fn check_touches_no_database() {
    let city = TestCity::new();
    city.write("clean.csv", CLEAN.as_bytes());
    city.run(&["check", "clean.csv"]);
    assert!(!city.path("tsunagari.sqlite").exists());
}

#[test]
fn json_has_one_line_a_file_with_all_the_keys_of_the_contract() {
    let city = TestCity::new();
    city.write("nameless.csv", NAMELESS.as_bytes());
    let lines = city.json(&["check", "nameless.csv", "--json"], 1);
    let keys: Vec<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    let contract =
        "file format encoding sheet heading_row records places located unlocated blank_rows problems refused";
    assert_eq!(keys, contract.split(' ').collect::<Vec<_>>());
    let line = &lines[0];
    assert_eq!((&line["format"], &line["encoding"], &line["sheet"]), (&"csv".into(), &"utf-8".into(), &().into()));
    assert_eq!(
        (line["records"].as_u64(), line["places"].as_u64(), line["located"].as_u64()),
        (Some(2), Some(1), Some(1))
    );
    let problem = line["problems"].as_array().unwrap().iter().find(|p| p["kind"] == "missing_name").unwrap();
    assert_eq!((problem["row"].as_u64(), problem["severity"].as_str()), (Some(3), Some("error")));
    for words in ["message_ja", "message_en"] {
        assert!(problem[words].as_str().is_some_and(|text| text.len() > 5));
    }
}

#[test]
fn a_workbook_has_one_line_a_data_sheet() {
    let city = TestCity::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for sheet in ["通いの場", "支援団体"] {
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        for (row, cells) in (0..).zip([["名称", "住所"], ["体操", "養父市広谷"], ["カフェ", "養父市上野"]])
        {
            sheet.write_row(row, 0, cells).unwrap();
        }
    }
    city.write("list.xlsx", &book.save_to_buffer().unwrap());
    let lines = city.json(&["check", "list.xlsx", "--json"], 0);
    let sheets: Vec<_> = lines.iter().map(|line| (line["sheet"].as_str().unwrap(), line["places"].as_u64())).collect();
    assert_eq!(sheets, [("通いの場", Some(2)), ("支援団体", Some(2))]);
}

#[test]
fn a_file_that_is_no_list_is_refused_with_2_and_json_says_why() {
    let city = TestCity::new();
    city.write("photo.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\0");
    let lines = city.json(&["check", "photo.xlsx", "--json"], 2);
    assert!(lines[0]["refused"]["message_ja"].as_str().is_some_and(|text| !text.is_empty()), "{lines:?}");
}

#[test]
fn a_missing_file_is_refused_in_json_too_so_that_programs_see_it() {
    let city = TestCity::new();
    let ran = city.run(&["check", "missing.csv", "--json"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("missing.csv"));
}

#[test]
fn a_gazetteer_places_addresses_and_districts_and_boundary_are_understood() {
    let city = TestCity::new();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/city");
    city.write("list.csv", "名称,住所,掲載可否\n囲碁サロン,養父市八鹿町八鹿,○\n".as_bytes());
    let bare = city.json(&["check", "list.csv", "--json"], 0);
    assert_eq!(bare[0]["located"].as_u64(), Some(0));
    let (towns, districts) = (format!("{data}/gazetteer.csv"), format!("{data}/districts.geojson"));
    let known =
        ["check", "list.csv", "--json", "--gazetteer", &towns, "--districts", &districts, "--boundary", &districts];
    let placed = city.json(&known, 0);
    assert_eq!(placed[0]["located"].as_u64(), Some(1));
    assert_eq!(city.run(&["check", "list.csv", "--gazetteer", "missing.csv"]).code, 2);
    assert_eq!(city.run(&["check", "list.csv", "--districts", "list.csv"]).code, 2);
}

#[test]
fn a_list_can_come_from_standard_input() {
    let city = TestCity::new();
    let mut child = city.command(&["check", "-", "--json"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(CLEAN.as_bytes()).unwrap();
    let ran = Ran::new(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_reader_that_goes_away_ends_the_command_in_silence() {
    let city = TestCity::new();
    let rows = ",養父市広谷,35.38,134.77,○\n".repeat(30_000);
    city.write("long.csv", format!("名称,住所,緯度,経度,掲載可否\n囲碁,養父市広谷,35.38,134.77,○\n{rows}").as_bytes());
    let mut child = city.command(&["check", "long.csv", "--json"]).spawn().unwrap();
    let mut first = vec![0; 10];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut first).unwrap();
    drop(child.stdout.take());
    let said: Vec<String> = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap).collect();
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// A list of ten thousand rows with many kinds of things to fix.
fn ten_thousand_rows() -> String {
    let row = |n: usize| {
        let kind = ["サロン", "ぬばたま", "体操", "うばたま"][n % 4];
        let latitude = if n.is_multiple_of(7) { "35.4x".to_owned() } else { format!("35.{}", 4000 + n % 900) };
        let published = if n.is_multiple_of(5) { "" } else { "○" };
        format!("会{n},{kind},養父市八鹿町八鹿{n},{latitude},134.{},{published},あ\n", 7000 + n % 800)
    };
    std::iter::once("名称,種別,住所,緯度,経度,掲載可否,よしなしごと\n".to_owned()).chain((0..10_000).map(row)).collect()
}

#[test]
fn the_report_of_ten_thousand_rows_fits_on_a_screen_and_all_shows_each_row() {
    let city = TestCity::new();
    city.write("large.csv", ten_thousand_rows().as_bytes());
    let short = city.run(&["check", "large.csv"]);
    assert!(short.out.lines().count() <= 24, "{}", short.out);
    for words in ["ぬばたま", "2500", "35.4x", "よしなしごと"] {
        assert!(short.out.contains(words), "{words} is missing in {}", short.out);
    }
    let all = city.run(&["check", "large.csv", "--all"]).out;
    // Every seventh row has a wrong latitude and every fifth says nothing of its publication.
    for row in ["row 9,", "row 9997,", "row 9998,"] {
        assert!(all.contains(row), "{row}");
    }
    assert!(all.lines().count() > 3_000);
}
