//! Lists as municipalities publish them, judged by what a careful clerk reads in them (`EXPECT.json` beside the lists).
//!
//! Reads the folder `TSUNAGARI_REAL_DATA`; without it there is nothing to do. A list that is read rightly once must stay so:
//! [`READ_RIGHTLY`] only grows.

use std::path::{Path, PathBuf};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::run::TestCity;

/// The lists that are read rightly, all of what `EXPECT.json` says of them.
const READ_RIGHTLY: &[&str] = &[
    "akishima_kodomo.csv",
    "bunkyo_kodomo.csv",
    "chino_park.csv",
    "edogawa_ichijihoiku.csv",
    "hachioji_gakudo.csv",
    "hachioji_kodomo.csv",
    "iizuka_facilities.csv",
    "imabari_facilities.csv",
    "inagi_kosodate.csv",
    "itabashi_jidokan.csv",
    "koganei_kodomo.csv",
    "nara_toilet.geojson",
    "okinawa_kodomo.csv",
    "sapporo_toilets.csv",
    "setagaya_jidokan.csv",
    "takamatsu_boxes.xlsx",
    "takamatsu_folklore.xlsx",
    "takamatsu_group_home.xlsx",
    "takamatsu_halls.xlsx",
    "takamatsu_health.xlsx",
    "takamatsu_nursing.xlsx",
    "takamatsu_polling.xlsx",
];

/// What of every other list holds already: rows, names and places, if not each word.
const COUNTS: [&str; 3] = ["records", "places", "located"];

/// What the program makes of one list.
struct ReadList {
    lines: Vec<Value>,
    features: Vec<Value>,
}

impl ReadList {
    fn new(file: &Path) -> Self {
        let city = TestCity::new();
        let name = file.file_name().unwrap().to_str().unwrap();
        let list = city.write(name, &std::fs::read(file).unwrap());
        let list = list.to_str().unwrap();
        let json = |text: &str| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let lines: Vec<Value> = json(&city.run(&["check", list, "--json"]).out);
        city.run(&["import", "places", list]);
        let exported: Value = serde_json::from_str(&city.run(&["export"]).out).unwrap();
        let features = exported["features"].as_array().unwrap().clone();
        Self { lines, features }
    }

    fn problems(&self) -> impl Iterator<Item = &Value> {
        self.lines.iter().flat_map(|line| line["problems"].as_array().unwrap())
    }

    /// The features of the place called `name`; a detail in brackets may follow its name. `*` is every place.
    fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        let wanted = folded(name);
        self.features.iter().filter(move |feature| {
            let name = folded(feature["properties"]["name"].as_str().unwrap());
            wanted == "*" || name == wanted || name.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('('))
        })
    }
}

/// After NFKC, without blanks.
fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Whether `text` holds `word`; telephone numbers are compared by their digits.
fn has(text: &str, word: &str) -> bool {
    let (text, word) = (folded(text), folded(word));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_phone = word.len() >= 9 && word.chars().all(|c| c.is_ascii_digit() || "-()".contains(c));
    text.contains(&word) || is_phone && digits(&text).contains(&digits(&word))
}

/// What a property of a feature says, as text; `*` is any.
fn said(feature: &Value, property: &str) -> String {
    let properties = &feature["properties"];
    if property == "*" {
        properties.to_string()
    } else {
        properties.get(property).map(Value::to_string).unwrap_or_default()
    }
}

fn strings<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Counts that do not hold.
fn wrong_counts(read: &ReadList, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for key in COUNTS {
        let range = &expected[key];
        let count: u64 = read.lines.iter().filter_map(|line| line[key].as_u64()).sum();
        let (from, to) = (range.get(0).unwrap_or(range).as_u64(), range.get(1).unwrap_or(range).as_u64());
        if from.is_some_and(|from| count < from) || to.is_some_and(|to| count > to) {
            wrong.push(format!("{key}: {count}, not {range}"));
        }
    }
    if read.lines.is_empty() || read.lines.iter().any(|line| !line["refused"].is_null()) {
        wrong.push("refused".to_owned());
    }
    wrong
}

/// Problems that are too many, too few or untrue.
fn wrong_problems(read: &ReadList, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (kind, range) in expected["kinds"].as_object().into_iter().flatten() {
        let count = u64::try_from(read.problems().filter(|problem| problem["kind"] == kind.as_str()).count()).unwrap();
        if range[0].as_u64().is_some_and(|from| count < from) || range[1].as_u64().is_some_and(|to| count > to) {
            wrong.push(format!("{kind}: {count}, not {range}"));
        }
    }
    for word in strings(expected, "never_told") {
        if read.problems().any(|problem| has(problem["message_ja"].as_str().unwrap(), word)) {
            wrong.push(format!("told: {word}"));
        }
    }
    wrong
}

/// Words that are not public and ought to be, or the reverse.
fn wrong_words(read: &ReadList, expected: &Value) -> Vec<String> {
    let all = Value::from(read.features.clone()).to_string();
    let missing = strings(expected, "must_be_public").into_iter().filter(|word| !has(&all, word));
    let shown = strings(expected, "must_not_be_public").into_iter().filter(|word| has(&all, word));
    let nameless = strings(expected, "must_have_names").into_iter().filter(|name| read.of(name).next().is_none());
    let mut wrong: Vec<String> = missing.chain(shown).chain(nameless).map(str::to_owned).collect();
    for (key, must_hold) in [("say", true), ("not_say", false)] {
        let places = expected[key].as_object().into_iter().flatten();
        for (place, properties) in places {
            for (property, words) in properties.as_object().unwrap() {
                for word in words.as_array().unwrap().iter().filter_map(Value::as_str) {
                    let mut features = read.of(place).peekable();
                    let holds = if must_hold {
                        features.peek().is_some() && features.all(|feature| has(&said(feature, property), word))
                    } else {
                        !features.any(|feature| has(&said(feature, property), word))
                    };
                    if !holds {
                        wrong.push(format!("{key} {place} {property} {word}"));
                    }
                }
            }
        }
    }
    wrong
}

/// Whether a mobile number is public, or the places are of several categories where they ought to be of one.
fn wrong_kinds(read: &ReadList, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let categories: std::collections::BTreeSet<String> =
        read.features.iter().map(|feature| said(feature, "category")).collect();
    if expected["one_category"] == true && categories.len() != 1 {
        wrong.push(format!("categories: {categories:?}"));
    }
    let all = folded(&Value::from(read.features.clone()).to_string());
    let starts = ["070-", "080-", "090-"];
    if starts.iter().any(|start| all.split(start).skip(1).any(|rest| rest.bytes().take(4).all(|b| b.is_ascii_digit())))
    {
        wrong.push("a mobile number".to_owned());
    }
    wrong
}

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(|folder| PathBuf::from(folder).join("trials/lists"));
    if folder.is_none() {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}

#[test]
fn published_lists_are_read_as_a_careful_clerk_reads_them() {
    let Some(folder) = folder() else { return };
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("EXPECT.json")).unwrap()).unwrap();
    let (mut rightly, mut worse) = (Vec::new(), Vec::new());
    for (file, expected) in expected.as_object().unwrap() {
        let read = ReadList::new(&folder.join(file));
        let counts = wrong_counts(&read, expected);
        let others =
            [wrong_problems(&read, expected), wrong_words(&read, expected), wrong_kinds(&read, expected)].concat();
        let is_floor = READ_RIGHTLY.contains(&file.as_str());
        if counts.is_empty() && others.is_empty() {
            rightly.push(file.as_str());
        }
        if !counts.is_empty() || is_floor && !others.is_empty() {
            worse.push(format!("{file}: {counts:?} {others:?}"));
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
    let new: Vec<&&str> = rightly.iter().filter(|file| !READ_RIGHTLY.contains(file)).collect();
    if !new.is_empty() {
        eprintln!("read rightly and not yet in READ_RIGHTLY: {new:?}");
    }
}
