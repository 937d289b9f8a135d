//! Tables of population: invented ones in the styles of e-Stat and of cities (`tables.toml`), and where their areas are.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};
use tsunagari::import::ImportContext;
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::places::phrases::Phrases;
use tsunagari::import::population::{
    AreaAliases, PopulationFile, PopulationLine, PopulationOptions, PopulationReader, PositionSource,
};
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::model::{CategoryTable, City, DistrictTable, Position, TownEntry};

#[derive(Deserialize)]
struct Tables {
    table: Vec<TableCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableCase {
    name: String,
    #[serde(default)]
    encoding: Option<String>,
    #[serde(default)]
    as_of: Option<NaiveDate>,
    text: String,
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    areas: u32,
    #[serde(default)]
    people: Vec<f64>,
    #[serde(default)]
    hidden: Option<[u32; 3]>,
    #[serde(default)]
    subtotals: Vec<String>,
    #[serde(default)]
    total: Option<u32>,
    #[serde(default)]
    merged: Vec<u32>,
    #[serde(default)]
    rejected: Vec<String>,
    #[serde(default)]
    refused: Option<String>,
}

fn city() -> City {
    City {
        code: "999999".to_owned(), name: "見本市".to_owned(), prefecture: "見本県".to_owned(), ..City::default()
    }
}

/// Towns at 35.0n degrees north, in order.
fn gazetteer(towns: &[&str]) -> Gazetteer {
    let entry = |(n, town): (u32, &&str)| TownEntry {
        prefecture: Some("見本県".to_owned()),
        city: Some("見本市".to_owned()),
        city_code: None,
        town: (*town).to_owned(),
        kana: None,
        small_area: None,
        position: Position::new(134.0, 35.0 + f64::from(n) / 100.0).unwrap(),
    };
    Gazetteer::new((1..).zip(towns).map(entry).collect(), &city())
}

fn read(files: &[&[u8]], gazetteer: Option<&Gazetteer>, options: &PopulationOptions) -> Vec<PopulationFile> {
    let named: Vec<(&str, &[u8])> = files.iter().map(|bytes| ("人口.csv", *bytes)).collect();
    read_named(&named, gazetteer, options)
}

fn read_named(
    files: &[(&str, &[u8])],
    gazetteer: Option<&Gazetteer>,
    options: &PopulationOptions,
) -> Vec<PopulationFile> {
    let (columns, phrases, categories) = (HeadingTable::standard(), Phrases::built_in(), CategoryTable::default());
    let (city, districts) = (city(), DistrictTable::default());
    let context = ImportContext {
        columns: &columns,
        phrases: &phrases,
        categories: &categories,
        city: &city,
        gazetteer,
        boundary: None,
        districts: &districts,
        today: None,
    };
    let mut reader = PopulationReader::new(context, options);
    files.iter().map(|(file, bytes)| reader.read(bytes, file)).collect()
}

fn line(file: &PopulationFile) -> Value {
    json!(PopulationLine::of_file(file, "人口.csv")[0])
}

fn bytes(case: &TableCase) -> Vec<u8> {
    let text = case.text.trim_start_matches('\n');
    match case.encoding.as_deref() {
        None => text.as_bytes().to_vec(),
        Some("utf-16") => [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        Some(name) => encoding_rs::Encoding::for_label(name.as_bytes()).unwrap().encode(text).0.into_owned(),
    }
}

fn expected(case: &TableCase) -> Value {
    let known = |people: &f64| if *people < 0.0 { 0.0 } else { *people };
    let people: Vec<f64> = case.people.iter().map(known).collect();
    json!({
        "format": case.format, "areas": case.areas, "people": people, "hidden": case.hidden.unwrap_or_default(),
        "subtotals": case.subtotals, "total": case.total, "merged": case.merged, "rejected": case.rejected,
        "refused": case.refused,
    })
}

fn found(line: &Value) -> Value {
    let ages = |key: &str| ["all", "65", "75"].map(|age| line[key][age].as_f64().unwrap());
    let each = |key: &str, of: &str| -> Vec<Value> {
        line[key].as_array().unwrap().iter().map(|row| row[of].clone()).collect()
    };
    let hidden = ["all", "65", "75"].map(|age| line["hidden"][age].as_u64().unwrap());
    let refused = line["refused"]["kind"].clone();
    let people: Vec<f64> = if refused.is_null() { ages("people").to_vec() } else { Vec::new() };
    json!({
        "format": line["format"], "areas": line["areas"], "people": people,
        "hidden": hidden, "subtotals": each("subtotals", "name"),
        "total": line["total"]["people"], "merged": each("merged", "row"), "rejected": each("rejected", "kind"),
        "refused": refused,
    })
}

#[test]
fn tables_in_the_styles_of_bureaus_and_cities_are_read_right() {
    let tables: Tables = toml::from_str(include_str!("tables.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in &tables.table {
        let options = PopulationOptions { as_of: case.as_of, ..PopulationOptions::default() };
        let line = line(&read(&[&bytes(case)], None, &options)[0]);
        let (found, expected) = (found(&line), expected(case));
        if found != expected {
            wrong.push(format!("{}\n  found    {found}\n  expected {expected}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are misread:\n{}", wrong.len(), tables.table.len(), wrong.join("\n"));
    assert!(tables.table.len() >= 45);
}

#[test]
fn an_area_gets_the_first_point_that_there_is() {
    let text = "調査年月日,地域名,総人口,65歳以上,緯度,経度\n\
        2026-04-01,別名の町,10,1,,\n2026-04-01,川原町,10,1,35.02,134.0\n2026-04-01,団地前,10,1,35.3,134.2\n\
        2026-04-01,どこか,10,1,,\n2026-04-01,本町,10,1,,\n2026-04-01,緑が丘,10,1,36.0,134.0\n";
    let gazetteer = gazetteer(&["川原町", "緑ヶ丘", "本町", "大字本町"]);
    let aliases = AreaAliases::read(
        "name,joins_to,lon,lat\n別名の町,緑ヶ丘,,\n".as_bytes(),
        context_for_aliases(&HeadingTable::standard(), &CategoryTable::default(), &Phrases::built_in(), &city()),
    )
    .unwrap();
    let options = PopulationOptions { aliases, ..PopulationOptions::default() };
    let first = line(&read(&[text.as_bytes()], Some(&gazetteer), &options)[0]);
    assert_eq!(first["joined"], json!({"alias": 1, "mesh": 0, "name": 2, "given": 1, "district": 0}));
    let unjoined = json!([
        {"row": 5, "name": "どこか", "kind": "unknown_name", "people": {"all": 10, "65": 1, "75": null}},
        {"row": 6, "name": "本町", "kind": "ambiguous_name", "people": {"all": 10, "65": 1, "75": null}},
    ]);
    assert_eq!(first["unjoined"], unjoined);
    let kinds: Vec<&str> =
        first["problems"].as_array().unwrap().iter().map(|problem| problem["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["given_far_from_town", "unknown_name", "ambiguous_name", "given_far_from_town"]);

    let options = PopulationOptions { positions: PositionSource::File, ..options };
    let by_file = line(&read(&[text.as_bytes()], Some(&gazetteer), &options)[0]);
    assert_eq!(by_file["joined"], json!({"alias": 1, "mesh": 0, "name": 0, "given": 3, "district": 0}));
}

fn context_for_aliases<'a>(
    columns: &'a HeadingTable,
    categories: &'a CategoryTable,
    phrases: &'a Phrases,
    city: &'a City,
) -> ImportContext<'a> {
    static NONE: std::sync::LazyLock<DistrictTable> = std::sync::LazyLock::new(DistrictTable::default);
    ImportContext { columns, phrases, categories, city, gazetteer: None, boundary: None, districts: &NONE, today: None }
}

#[test]
fn the_same_file_twice_counts_nobody_twice() {
    let text = "調査年月日,地域名,総人口,65歳以上\n2026-04-01,川原町,10,1\n2026-04-01,本町,20,2\n".as_bytes();
    let files = read(&[text, text], None, &PopulationOptions::default());
    assert_eq!([line(&files[0])["areas"].as_u64(), line(&files[1])["areas"].as_u64()], [Some(2), Some(0)]);
    let rejected = json!([{"row": 2, "kind": "duplicate_area"}, {"row": 3, "kind": "duplicate_area"}]);
    assert_eq!(line(&files[1])["rejected"], rejected);
}

#[test]
fn a_workbook_is_read_by_its_merged_cells_and_its_first_sheet_of_the_areas() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, factor) in [("総数", 2.0), ("男", 1.0)] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        let bold = rust_xlsxwriter::Format::new();
        sheet.merge_range(0, 0, 0, 3, "町丁別人口", &bold).unwrap();
        for (column, heading) in [(0, "地区名"), (1, "町名"), (2, "総人口"), (3, "65歳以上")] {
            sheet.write(1, column, heading).unwrap();
        }
        sheet.merge_range(2, 0, 3, 0, "中央", &bold).unwrap();
        for (row, town, people) in [(2, "川原町", 50.0), (3, "本町", 30.0)] {
            sheet.write(row, 1, town).unwrap();
            sheet.write(row, 2, people * factor).unwrap();
            sheet.write(row, 3, people / 5.0 * factor).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let options = PopulationOptions { as_of: NaiveDate::from_ymd_opt(2026, 4, 1), ..PopulationOptions::default() };
    let files = read(&[&bytes], None, &options);
    let lines = PopulationLine::of_file(&files[0], "人口.xlsx");
    assert_eq!(lines.len(), 1);
    let line = json!(lines[0]);
    assert_eq!(
        (&line["people"]["all"], &line["people"]["65"], &line["sheet"]),
        (&json!(160), &json!(32), &json!("総数"))
    );
    assert_eq!(line["problems"][0]["kind"], "sheet_repeats_areas");
    let districts: Vec<_> =
        files[0].import.sheets[0].entries.iter().map(|area| area.district_written.as_deref()).collect();
    assert_eq!(districts, [Some("中央"), Some("中央")]);
}

/// The name of a sheet, and its areas with their people and those of 65 and over.
type NamedSheet<'a> = (&'a str, &'a [(&'a str, u32, u32)]);

/// A workbook with a sheet for each name, whose numbers are `people`, those of 65 and over, by area.
fn workbook(sheets: &[NamedSheet<'_>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, areas) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (column, heading) in [(0, "町名"), (1, "総数"), (2, "65歳以上")] {
            sheet.write(0, column, heading).unwrap();
        }
        for (row, (town, people, old)) in (1..).zip(*areas) {
            sheet.write(row, 0, *town).unwrap();
            sheet.write(row, 1, *people).unwrap();
            sheet.write(row, 2, *old).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_of_men_and_one_of_women_are_one_population_and_one_alone_is_none() {
    let men: &[_] = &[("川原町", 55, 13), ("緑ヶ丘", 7, 3), ("離れ島", 2, 1), ("合計", 64, 17)];
    let women: &[_] = &[("緑ヶ丘", 8, 3), ("川原町", 60, 17), ("合計", 68, 20)];
    let both: &[_] = &[("川原町", 115, 30), ("緑ヶ丘", 15, 6)];
    let options = PopulationOptions { as_of: NaiveDate::from_ymd_opt(2026, 4, 1), ..PopulationOptions::default() };
    let people = |file: &str, sheets: &[NamedSheet<'_>]| {
        let line = line(&read_named(&[(file, &workbook(sheets))], None, &options)[0]);
        (line["people"]["all"].clone(), line["people"]["65"].clone(), line["refused"]["kind"].clone())
    };
    let known = (json!(130), json!(36), Value::Null);
    assert_eq!(people("人口.xlsx", &[("男", men), ("女", women)]), known, "what one sheet lacks is not known");
    assert_eq!(people("人口.xlsx", &[("女性", women), ("男性", men)]), known);
    assert_eq!(people("人口.xlsx", &[("男", men), ("女", women), ("総数", both)]), known);
    assert_eq!(people("人口.xlsx", &[("男木町", both)]), known);
    let nobody = (json!(0), json!(0), json!("one_sex_only"));
    assert_eq!(people("人口.xlsx", &[("男", men)]), nobody);
    assert_eq!(people("人口_女.xlsx", &[("Sheet1", women)]), nobody);
}

#[test]
fn files_that_are_no_tables_are_refused_with_what_to_do() {
    for (bytes, kind) in [
        (&b"\0\0\x27\x0A\0\0\0\0"[..], "other_format"),
        (b"%PDF-1.7\n", "other_format"),
        (b"", "empty_file"),
        (b"PK\x03\x04 damaged", "workbook_damaged"),
    ] {
        let line = line(&read(&[bytes], None, &PopulationOptions::default())[0]);
        assert_eq!(line["refused"]["kind"], kind);
        assert_eq!(line["areas"], 0);
    }
}
