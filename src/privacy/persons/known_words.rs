//! What the table says of a single folded word: a family name, an office, a role, an ordinary word. This module does no I/O.

use super::name_dictionary::{DictionaryName, family};
use crate::privacy::words::PrivacyWordFile;

/// Whether the folded `word` is an ordinary word, a role, an office or a part of a town.
pub(super) fn is_none(word: &str) -> bool {
    is_ordinary(word) || is_role(word) || is_office(word) || is_area(word)
}

/// Whether the folded `word` is a family name of the table.
pub(super) fn is_surname(word: &str) -> bool {
    reading_of_surname(word).is_some()
}

/// Whether the folded `word` is a family name, of the table or of the dictionary, as which no ordinary noun is written.
pub(super) fn is_known_family(word: &str) -> bool {
    is_surname(word) || family(word).is_some_and(|name| !name.is_word)
}

/// Whether the folded `word` is a family name of the dictionary, and neither a noun nor a place is written so.
pub(super) fn is_only_family(word: &str) -> bool {
    // 鳥谷部 ends like an office and is none; 西町 is a part of many a town.
    let is_clear = family(word).is_some_and(DictionaryName::is_clear);
    is_clear && !is_ordinary(word) && !is_role(word) && !word.ends_with(['町', '市', '区', '郡'])
}

/// The reading of the folded family name `word`, in hiragana.
pub(in crate::privacy) fn reading_of_surname(word: &str) -> Option<&'static str> {
    PrivacyWordFile::surnames().get(word).map(String::as_str)
}

/// The readings of all family names of the table, in hiragana.
pub(in crate::privacy) fn readings_of_surnames() -> impl Iterator<Item = &'static str> {
    PrivacyWordFile::surnames().values().map(String::as_str)
}

/// Whether the folded `word` is one of the most frequent family names.
pub(super) fn is_frequent_surname(word: &str) -> bool {
    PrivacyWordFile::frequent_surnames().contains(word)
}

/// Whether the folded `word` ends or begins like an office.
pub(in crate::privacy) fn is_office(word: &str) -> bool {
    let words = &PrivacyWordFile::get().people;
    let length = word.chars().count();
    let ends = |list: &[String], least: usize| length >= least && list.iter().any(|end| word.ends_with(end.as_str()));
    // 「役場の山田」 does not end with an office; 「山田会長」 ends with a role and is a person.
    ends(&words.offices, 2) || ends(&words.office_letters, 3) || begins_like_an_office(word)
}

/// Whether the folded `word` begins like an office: 株式会社…
pub(super) fn begins_like_an_office(word: &str) -> bool {
    PrivacyWordFile::get().people.office_starts.iter().any(|start| word.starts_with(start.as_str()))
}

/// Whether the folded `word` stands where a name could and is none: 未定, 平日.
pub(in crate::privacy) fn is_ordinary(word: &str) -> bool {
    PrivacyWordFile::ordinary().contains(word)
}

/// Whether the folded `word` is a role.
pub(super) fn is_role(word: &str) -> bool {
    PrivacyWordFile::roles().contains(word)
}

fn is_area(word: &str) -> bool {
    PrivacyWordFile::get().people.areas.iter().any(|end| word.ends_with(end.as_str()))
}

/// Whether `c` is kana of a name.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9f}')
}

/// Whether `c` stands between family name and given name.
pub(super) fn is_name_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '・' | '･')
}
