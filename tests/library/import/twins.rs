//! The same real list in two forms gives the same places.
//!
//! Reads the folder `TSUNAGARI_REAL_DATA`; without it there is nothing to do.

use crate::bare_city::BareCity;
use std::collections::BTreeMap;
use std::path::Path;

use tsunagari::import::{Encoding, ImportedFile, ImportedPlace};
use tsunagari::model::Facts;

use super::real_data;

fn import(path: &Path) -> ImportedFile<ImportedPlace> {
    BareCity::without_today().read(&std::fs::read(path).expect("the real data can be read"), &path.to_string_lossy())
}

fn facts(import: &ImportedFile<ImportedPlace>) -> Vec<&Facts> {
    import.sheets.iter().flat_map(|sheet| &sheet.entries).map(|place| &place.facts).collect()
}

#[test]
fn the_workbook_and_the_shift_jis_text_of_hachijo_differ_in_the_letter_that_shift_jis_lost() {
    let Some(folder) = real_data() else { return };
    let workbook = import(&folder.join("resources/hachijo_sightseeing.xlsx"));
    let text = import(&folder.join("resources/hachijo_sightseeing_SJIS.csv"));
    assert_eq!(text.encoding, Some(Encoding::ShiftJis));
    let (workbook, text) = (facts(&workbook), facts(&text));
    assert_eq!((workbook.len(), text.len()), (20, 20));
    let mut differences = Vec::new();
    for (a, b) in workbook.iter().zip(&text) {
        let [a, b] = [a, b].map(|facts| serde_json::to_value(facts).unwrap());
        for (key, value) in a.as_object().unwrap() {
            if Some(value) != b.get(key) {
                let letters = |v: &serde_json::Value| v.to_string().chars().collect::<Vec<char>>();
                let (left, right) = (letters(value), letters(b.get(key).unwrap_or(&serde_json::Value::Null)));
                let differing: String =
                    left.iter().zip(&right).filter(|(l, r)| l != r).flat_map(|(l, r)| [*l, *r]).collect();
                differences.push(format!("{key}: {differing} ({} and {} letters)", left.len(), right.len()));
            }
        }
    }
    insta::assert_json_snapshot!(differences);
}

/// What is said of the places of one list and not, or differently, of another's, by name.
fn differences(older: &[&Facts], newer: &[&Facts]) -> Vec<String> {
    let by_name =
        |all: &[&Facts]| -> BTreeMap<String, Facts> { all.iter().map(|f| (f.name.clone(), (*f).clone())).collect() };
    let (older, newer) = (by_name(older), by_name(newer));
    let mut said: Vec<String> =
        older.keys().filter(|n| !newer.contains_key(*n)).map(|n| format!("only older: {n}")).collect();
    said.extend(newer.keys().filter(|n| !older.contains_key(*n)).map(|n| format!("only newer: {n}")));
    for (name, old) in &older {
        let Some(new) = newer.get(name) else { continue };
        if old.address != new.address {
            said.push(format!("{name}: address"));
        }
        if let (Some(a), Some(b)) = (old.site, new.site) {
            let moved = a.position.distance_to(b.position).0.round();
            said.extend((moved >= 1.0).then(|| format!("{name}: {moved} m")));
        }
        if old.contact.phone != new.contact.phone {
            said.push(format!("{name}: phone"));
        }
    }
    said
}

#[test]
fn takamatsus_workbooks_and_their_older_linkdata_twins_name_the_same_places() {
    let Some(folder) = real_data() else { return };
    let folder = folder.join("resources/takamatsu");
    let mut all = BTreeMap::new();
    for (older, newer) in [
        ("old_0004_community_center.csv", "community_center.xlsx"),
        ("old_0048_elderly_house.csv", "elderly_wedding_house.xlsx"),
    ] {
        let (older_list, newer_list) = (import(&folder.join(older)), import(&folder.join(newer)));
        all.insert(newer, differences(&facts(&older_list), &facts(&newer_list)));
    }
    insta::assert_json_snapshot!(all);
}

#[test]
fn the_town_halls_are_read_from_both_encodings() {
    let Some(folder) = real_data() else { return };
    let utf8 = import(&folder.join("geocode/localgovjp-utf8.csv"));
    let sjis = import(&folder.join("geocode/localgovjp-sjis_2019.csv"));
    assert_eq!((utf8.encoding, sjis.encoding), (Some(Encoding::Utf8), Some(Encoding::ShiftJis)));
    let names = |import: &ImportedFile<ImportedPlace>| facts(import).iter().map(|f| f.name.clone()).collect::<Vec<_>>();
    let (utf8, sjis) = (names(&utf8), names(&sjis));
    assert_eq!((utf8.len(), sjis.len()), (1916, 1916));
    let differing: Vec<String> =
        utf8.iter().zip(&sjis).filter(|(a, b)| a != b).map(|(a, b)| format!("{a} / {b}")).collect();
    insta::assert_json_snapshot!(differing);
}
