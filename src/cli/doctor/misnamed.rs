//! Findings in the names of files: those that look like a file of a data folder and are never read. This module does no I/O.

use crate::cli::finding::Finding;
use crate::cli::import::region_files::{BOUNDARY, DISTRICTS, GAZETTEER};
use crate::text::edit_distance;

/// The files of a data folder besides regions.
const SETTINGS: [&str; 11] = [
    "city.toml",
    "categories.csv",
    "interests.csv",
    "guide.md",
    "columns.toml",
    "holidays.csv",
    "words.toml",
    "referral-reasons.csv",
    "institutions.csv",
    "practice.csv",
    "stories.md",
];

/// Names shorter than the first differ in one character at most, than the second in two, longer ones in three (boundaries).
const SHORT: usize = 6;
const LONG: usize = 8;

/// Findings in the names of the files of a folder. Where the right file is there too, the other is probably a copy.
pub fn findings(names: &[String]) -> Vec<Finding> {
    let known: Vec<&str> = SETTINGS.into_iter().chain(DISTRICTS).chain(BOUNDARY).chain(GAZETTEER).collect();
    let unread = names.iter().filter(|name| !known.contains(&name.as_str()));
    let finding = |name: &String| {
        let meant = known.iter().find(|known| is_meant(name, stem(known)))?;
        let is_there = known.iter().any(|other| stem(other) == stem(meant) && names.iter().any(|name| name == other));
        let values = [("file", name.as_str()), ("meant", *meant)];
        Some(if is_there {
            Finding::note("doctor.copy_of_file", &values)
        } else {
            Finding::warning("doctor.misnamed_file", &values)
        })
    };
    unread.filter_map(finding).collect()
}

/// Whether somebody who named a file `name` meant the one with the stem `known`.
fn is_meant(name: &str, known: &str) -> bool {
    let name = stem(name).to_lowercase();
    // 「gazetteer (1).csv」 of a browser, 「categories - コピー.csv」 of Windows, 「boundary_2026.geojson」 of a tidy person.
    let name =
        name.split([' ', '　', '(', '（', '_', '-', '・', '～', '~']).find(|part| !part.is_empty()).unwrap_or_default();
    let most = match known.len() {
        ..SHORT => 1,
        SHORT..LONG => 2,
        LONG.. => 3,
    };
    edit_distance(name, known) <= most
}

/// A file's name up to its first full stop.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> Vec<&'static str> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        findings(&names).iter().map(Finding::name).collect()
    }

    #[test]
    fn a_file_that_is_called_nearly_right_is_found() {
        for name in [
            "district.geojson",
            "districts.json",
            "boundaries.geojson",
            "gazeteer.csv",
            "gazetteer (1).csv",
            "gazetteer.csv.txt",
            "catgories.csv",
            "City.toml",
            "city.toml.txt",
            "holiday.csv",
            "holidays_2027.csv",
            "word.toml",
            "guide.md.txt",
            "guide.docx",
            "boundary - コピー.geojson",
            "interest.csv",
            "colums.toml",
        ] {
            assert_eq!(found(&[name]), ["misnamed_file"], "{name}");
        }
        assert_eq!(
            found(&["categories.csv", "categories - コピー.csv", "city.toml", "city.toml.bak"]),
            ["copy_of_file", "copy_of_file"]
        );
    }

    #[test]
    fn what_is_read_and_what_is_something_else_is_left_alone() {
        let names = [
            "city.toml",
            "districts.csv",
            "gazetteer.json",
            "README.md",
            "サロン一覧.xlsx",
            "tsunagari.sqlite",
            "N03.zip",
            "memo.txt",
        ];
        assert_eq!(found(&names), Vec::<&str>::new());
    }
}
