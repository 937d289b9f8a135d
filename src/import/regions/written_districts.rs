//! Districts as a municipality's lists name them, for one that has neither outlines nor a list of districts.
//!
//! A name counts where two rows or more have it: one row may be a slip of the pen. This module does no I/O.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::district::bare_key;
use crate::model::{City, District, DistrictId};
use crate::privacy::{is_full_name, without_persons_in_name};
use crate::text::fold;

/// Rows that must name a district.
const ROWS: usize = 2;

/// More names than this are 自治会 or addresses, not districts by which anybody finds a place.
const MOST: usize = 100;

/// Characters of a district's name at most.
const LONGEST: usize = 20;

/// What parts several districts in one cell.
const SEPARATORS: [char; 8] = ['・', '、', '，', ',', '/', '／', '~', '〜'];

#[derive(Debug, Deserialize)]
struct DistrictWords {
    no_district: Vec<String>,
}

static NO_DISTRICT: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words: DistrictWords = toml::from_str(include_str!("written_districts.toml")).expect("a test reads the file");
    words.no_district.iter().map(|word| fold(word)).collect()
});

/// The districts that `written` name, the cell of each row, in order of first mention; none where there are too many to be districts.
pub fn districts<'a>(written: impl IntoIterator<Item = &'a str>, city: &City) -> Vec<District> {
    let spellings = spellings(written, city);
    let names: HashMap<String, usize> =
        spellings.iter().enumerate().map(|(number, it)| (it.key.clone(), number)).collect();
    let is_several = |it: &Spellings| {
        let parts = it.commonest().split(SEPARATORS).map(bare_key).filter(|part| !part.is_empty());
        parts.filter(|part| *part != it.key).any(|part| names.contains_key(&part))
    };
    // A column of districts that holds persons makes none: unlike a list of districts, nobody has looked at it as one.
    let is_district = |it: &&Spellings| it.rows() >= ROWS && !is_several(it) && !is_full_name(it.commonest());
    let districts: Vec<&Spellings> = spellings.iter().filter(is_district).collect();
    if districts.len() > MOST {
        return Vec::new();
    }
    let district = |it: &&Spellings| {
        let name = without_persons_in_name(it.commonest());
        District { id: DistrictId(name.clone()), name, ..District::default() }
    };
    districts.iter().map(district).collect()
}

/// The spellings of one name, with the number of rows of each.
struct Spellings {
    key: String,
    rows_of: BTreeMap<String, usize>,
}

impl Spellings {
    fn rows(&self) -> usize {
        self.rows_of.values().sum()
    }

    /// The spelling of most rows; the longest of equals, because it is the full name.
    fn commonest(&self) -> &str {
        self.rows_of.iter().max_by_key(|(name, rows)| (**rows, name.chars().count())).map_or("", |(name, _)| name)
    }
}

fn spellings<'a>(written: impl IntoIterator<Item = &'a str>, city: &City) -> Vec<Spellings> {
    let mut found: Vec<Spellings> = Vec::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for name in written.into_iter().map(str::trim).filter(|name| can_be_district(name, city)) {
        let key = bare_key(name);
        let number = *numbers.entry(key.clone()).or_insert_with(|| {
            found.push(Spellings { key, rows_of: BTreeMap::new() });
            found.len() - 1
        });
        *found[number].rows_of.entry(name.to_owned()).or_default() += 1;
    }
    found
}

fn can_be_district(name: &str, city: &City) -> bool {
    let folded = fold(name);
    let own = fold(&city.name);
    let rest = folded.strip_prefix(own.as_str()).filter(|_| !own.is_empty()).unwrap_or(&folded);
    let is_a_word = rest.chars().any(char::is_alphabetic);
    is_a_word && name.chars().count() <= LONGEST && ![rest, folded.as_str()].iter().any(|it| NO_DISTRICT.contains(*it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(written: &[&str]) -> Vec<String> {
        let city = City { name: "見本市".to_owned(), ..City::default() };
        districts(written.iter().copied(), &city).into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn a_name_of_two_rows_is_a_district_however_it_is_spelled() {
        assert_eq!(names(&["北", "南", "北", "東"]), ["北"]);
        assert_eq!(names(&["北地区", "北", "北地区", "第１地区", "第1"]), ["北地区", "第１地区"]);
        assert_eq!(names(&["大島", "小島", "大島", "小島 "]), ["大島", "小島"]);
        assert_eq!(names(&[]), Vec::<String>::new());
    }

    #[test]
    fn words_that_are_no_district_make_none() {
        for word in
            ["全域", "市内全域", "見本市", "見本市内", "見本市全域", "その他", "―", "1", "１２", "不明", "　", "市外"]
        {
            assert_eq!(names(&[word, word, word]), Vec::<String>::new(), "{word}");
        }
        assert_eq!(names(&["北・南", "北・南", "北", "南", "若林・三橋", "若林・三橋"]), ["若林・三橋"]);
        assert_eq!(names(&[&"長".repeat(21), &"長".repeat(21)]), Vec::<String>::new());
    }

    #[test]
    fn a_column_of_persons_makes_no_districts() {
        for person in ["山田太郎", "鴫原 久夫", "薬袋千代松"] {
            assert_eq!(names(&[person, person, "北", "北"]), ["北"], "{person}");
        }
    }

    #[test]
    fn more_names_than_anybody_looks_through_are_none() {
        let many: Vec<String> = (0..101).flat_map(|n| [format!("{n}番組"), format!("{n}番組")]).collect();
        assert_eq!(names(&many.iter().map(String::as_str).collect::<Vec<_>>()), Vec::<String>::new());
        assert_eq!(names(&many[2..].iter().map(String::as_str).collect::<Vec<_>>()).len(), 100);
    }
}
