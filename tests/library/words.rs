//! What a city calls the parts of its programme stands in one table, and nothing of the sample's city stands where every city reads.

use std::fs;
use std::path::{Path, PathBuf};

use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{Audience, City, CityWords, InstitutionTable};
use tsunagari::publish::html;

/// The words of the table, and what else people call the same.
const TERMS: [&str; 10] = [
    "つなぎ役",
    "連携役",
    "リンクワーカー",
    "1層",
    "2層",
    "１層",
    "２層",
    "社会とのつながり処方箋",
    "相談支援依頼シート",
    "支援状況連絡シート",
];

/// Tables of words that lists use, and names of files: what is read, not what is said. And the table itself.
const VOCABULARY: [&str; 5] =
    ["src/model/words.toml", "src/config/sample.rs", "src/import/", "src/privacy/", "src/schedule/"];

/// Of the sample's city and its office.
const SAMPLE_CITY: [&str; 5] = ["養父", "八鹿", "282227", "000-0000", "見本市役所"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below `folder`, without third-party ones.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if entry.is_dir() && !entry.ends_with("vendor") && !entry.ends_with("snapshots") {
            files(&entry, found);
        } else if entry
            .extension()
            .is_some_and(|it| ["rs", "js", "json", "toml", "css"].iter().any(|known| it == *known))
        {
            found.push(entry);
        }
    }
}

/// Files below `folders` with their path from here, without tests and comments of code.
fn said(folders: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in folders {
        files(&root().join(folder), &mut found);
    }
    let text = |file: PathBuf| {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).unwrap();
        let is_code = Path::new(&name).extension().is_some_and(|end| end == "rs" || end == "js");
        let body = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_comment =
            |line: &&str| is_code && ["//", "*", "/*"].iter().any(|start| line.trim_start().starts_with(start));
        let is_test = name.ends_with("/tests.rs");
        let lines = body.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n");
        (name, if is_test { String::new() } else { lines })
    };
    found.into_iter().map(text).collect()
}

#[test]
fn no_file_but_the_table_says_what_a_city_may_call_otherwise() {
    let all = said(&["src", "web"]);
    assert!(all.len() > 300, "{}", all.len());
    let is_vocabulary =
        |name: &str| VOCABULARY.iter().any(|start| name.starts_with(start)) && !name.ends_with("problems.toml");
    for (name, text) in all.iter().filter(|(name, _)| !is_vocabulary(name)) {
        let term = TERMS.iter().find(|term| text.contains(**term));
        assert_eq!(term, None, "{name}: refer to it as {{word:…}}, see src/model/words.toml");
    }
}

#[test]
fn every_word_that_is_referred_to_is_in_the_table_and_every_word_is_used() {
    let all = said(&["src", "web"]);
    let words = CityWords::default();
    let mut used = Vec::new();
    for (name, text) in
        all.iter().filter(|(name, _)| !name.ends_with("city_words.rs") && !name.ends_with("messages.rs"))
    {
        let keys = text.split("{word:").skip(1).filter_map(|rest| rest.split_once('}')).map(|(key, _)| key);
        // `{word:?}` is how Rust quotes a variable of that name.
        for key in keys.filter(|key| *key != "?") {
            assert!(words.all().contains_key(key), "{name}: {key}");
            used.push(key.to_owned());
        }
    }
    let unused: Vec<&String> = words.all().keys().filter(|key| !used.contains(key)).collect();
    assert_eq!(unused, Vec::<&String>::new());
}

/// What a new municipality's folder gets as it is.
#[test]
fn no_name_of_the_samples_region_is_in_the_tables_that_every_municipality_begins_with() {
    let cells = |file: &str, at: usize| -> Vec<String> {
        let text = std::fs::read_to_string(file).unwrap();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        rows.records().map(|row| row.unwrap()[at].to_owned()).collect()
    };
    let towns = std::fs::read_to_string("data/sample/city/gazetteer.csv").unwrap();
    let column = towns.lines().next().unwrap().split(',').position(|it| it.contains("大字")).unwrap();
    // Of one character, and common words, many names are.
    let mut names = cells("data/sample/city/gazetteer.csv", column);
    names.extend(cells("data/sample/source/districts.csv", 1));
    names.extend(["養父", "八鹿", "但馬", "関宮", "大屋", "やぶ", "Yabu"].map(str::to_owned));
    names.retain(|name| name.chars().count() > 1 && !["中瀬", "大塚", "吉井", "上野", "福定"].contains(&name.as_str()));
    assert!(names.len() > 60, "{names:?}");
    let tables = ["categories.csv", "interests.csv", "columns.toml", "words.toml", "referral-reasons.csv"];
    for file in tables.into_iter().chain(["institutions.csv", "practice.csv", "stories.md"]) {
        let file = &format!("data/{file}");
        let text = std::fs::read_to_string(file).unwrap();
        let parts: Vec<&str> = text.split([',', ';', '\n', '"', ' ']).collect();
        let found: Vec<(&String, &&str)> = names
            .iter()
            .flat_map(|name| {
                parts.iter().filter(move |part| part.contains(name.as_str())).map(move |part| (name, part))
            })
            .collect();
        assert!(found.is_empty(), "{file}: {found:?}");
    }
}

#[test]
fn a_page_says_the_words_of_its_city_and_refers_to_none() {
    let mut words = CityWords::default();
    words.set("link_worker", "地域のコネクター").unwrap();
    words.set("sheet_report", "返信票").unwrap();
    let city = City { name: "北町".to_owned(), words, ..City::default() };
    let snapshot = Snapshot::build(&SnapshotInput { city, ..SnapshotInput::default() }, Audience::LinkWorkers);
    let guide = html::guide_page(&snapshot, None, &InstitutionTable::default());
    let pages = [html::sheets_page(&snapshot), html::directory_page(&snapshot, None), guide];
    for page in &pages {
        assert!(page.contains("地域のコネクター") && !page.contains("つなぎ役") && !page.contains("{word:"), "{page}");
    }
    assert!(pages[0].contains("返信票") && !pages[0].contains("支援状況連絡シート"));
}

#[test]
fn nothing_of_the_samples_city_stands_where_every_city_reads() {
    let mut all = said(&["src", "web"]);
    for name in ["data/categories.csv", "data/interests.csv", "data/columns.toml", "data/words.toml"] {
        all.push((name.to_owned(), fs::read_to_string(root().join(name)).unwrap()));
    }
    for (name, text) in &all {
        // `doctor` looks for what was left of the sample's city.
        if name.ends_with("cli/doctor/settings.rs") {
            continue;
        }
        // A pattern of digits and words by which lists are read are no address of anybody.
        let term = SAMPLE_CITY.iter().find(|term| text.contains(**term));
        assert_eq!(term, None, "{name}");
    }
}
