//! How many places and problems of each kind real lists give, held in a snapshot that a person can check against
//! `PROFILE.txt` or by opening the file.
//!
//! Reads the folder `TSUNAGARI_REAL_DATA`; without it there is nothing to do.

use crate::bare_city::BareCity;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tsunagari::model::Language;

use serde_json::{Value, json};
use tsunagari::import::columns::HeadingTable;
use tsunagari::import::places::phrases::Phrases;
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::import::regions::outlines;
use tsunagari::import::report::ReportOptions;
use tsunagari::import::{ImportContext, ImportedFile, ImportedPlace, read, report};
use tsunagari::model::{CategoryTable, City, DistrictTable};

use super::real_data;

/// Each row counts.
const EVERY_ROW: ReportOptions = ReportOptions { every_row: true, columns: false };

fn import(path: &Path) -> ImportedFile<ImportedPlace> {
    BareCity::default().read(&std::fs::read(path).expect("the real data can be read"), &path.to_string_lossy())
}

/// Every list below `folder`, in order.
fn lists(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let is_list = |path: &PathBuf| path.extension().is_some_and(|e| e == "csv" || e == "xlsx" || e == "geojson");
    let mut files: Vec<PathBuf> = files.into_iter().filter(is_list).collect();
    files.extend(folders.iter().flat_map(|folder| lists(folder)));
    files.sort();
    files
}

/// The counts of a file's sheets, one text each.
fn counts(import: &ImportedFile<ImportedPlace>) -> Value {
    let lines = report::lines(import, "", EVERY_ROW).into_iter().map(|line| {
        let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
        for problem in &line.problems {
            *kinds.entry(problem.kind.name()).or_default() += 1;
        }
        let problems: Vec<String> = kinds.into_iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        let refused = line.refused.map(|r| format!("refused: {}", r.kind.name()));
        let sheet = line.sheet.map(|sheet| format!("{sheet}: ")).unwrap_or_default();
        let counts = format!("{sheet}{} records, {} places, {} located", line.records, line.places, line.located);
        refused.unwrap_or_else(|| format!("{counts}; {}", problems.join(", ")))
    });
    json!(lines.collect::<Vec<String>>())
}

/// What is looked at of a real list, which takes seconds to read.
struct RealList {
    name: String,
    counts: Value,
    /// Sentences about it that have a placeholder left.
    unfinished: Vec<String>,
}

/// Every real list.
fn real_lists(folder: &Path) -> Vec<RealList> {
    let paths = ["resources", "geocode"].iter().flat_map(|part| lists(&folder.join(part)));
    let real_list = |path: PathBuf| {
        let read = import(&path);
        let problems = read.sheets.iter().flat_map(|sheet| &sheet.problems);
        let messages = problems.flat_map(|problem| [Language::Ja, Language::En].map(|lang| problem.message(lang)));
        let unfinished = messages.filter(|message| message.contains(['{', '}'])).collect();
        let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        RealList { name, counts: counts(&read), unfinished }
    };
    paths.map(real_list).collect()
}

#[test]
fn every_real_list_gives_its_places_and_problems() {
    let Some(folder) = real_data() else { return };
    let lists = real_lists(&folder);
    for list in &lists {
        assert_eq!(list.unfinished, Vec::<String>::new(), "{}: a placeholder is open", list.name);
    }
    let all: serde_json::Map<String, Value> = lists.into_iter().map(|list| (list.name, list.counts)).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn the_lists_of_takamatsu_lie_in_takamatsu_and_are_placed_without_their_coordinates() {
    let Some(folder) = real_data() else { return };
    let read_bytes = |path: &str| std::fs::read(folder.join(path)).expect("the real data can be read");
    let city = City {
        code: "372013".to_owned(),
        name: "高松市".to_owned(),
        prefecture: "香川県".to_owned(),
        ..City::default()
    };
    let entries = Gazetteer::read(&read_bytes("geocode/geolonia_takamatsu_machiaza.json")).expect("町字");
    let gazetteer = Gazetteer::new(entries, &city);
    let boundary = outlines::boundary(&read_bytes("boundaries/37201_takamatsu.geojson"), &city).expect("an outline");
    let columns = HeadingTable::standard();
    let blind = columns.with_additions("[unknown]\nheadings = [\"latitude\", \"longitude\"]").expect("two headings");
    let mut all = serde_json::Map::new();
    for path in lists(&folder.join("resources/takamatsu")) {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        for (how, columns) in [("as it is", &columns), ("without coordinates", &blind)] {
            let known = ImportContext {
                columns,
                phrases: &Phrases::built_in(),
                categories: &CategoryTable::default(),
                city: &city,
                gazetteer: Some(&gazetteer),
                boundary: Some(&boundary),
                districts: &DistrictTable::default(),
                today: None,
            };
            let read = read(&std::fs::read(&path).expect("the real data can be read"), &name, known);
            all.insert(format!("{name} {how}"), counts(&read));
        }
    }
    insta::assert_json_snapshot!(all);
}
