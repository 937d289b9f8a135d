//! How likely words in kanji are a name, by statistics of their characters: a rare name stands in no table, but it is written with
//! characters that names are written with. This module does no I/O.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold;

/// How much more often a character stands at a place of a name than in ordinary words, from 3 to -2.
type Levels = HashMap<String, String>;

/// The table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CharacterFile {
    ordinary: String,
    family_first: Levels,
    family_last: Levels,
    given_first: Levels,
    given_middle: Levels,
    given_last: Levels,
}

/// The levels of characters at one place of a name.
type LevelAt = HashMap<char, i32>;

/// The table, ready to be looked up.
struct NameCharacters {
    ordinary: HashSet<char>,
    family_first: LevelAt,
    family_last: LevelAt,
    given_first: LevelAt,
    given_middle: LevelAt,
    given_last: LevelAt,
}

static TABLE: LazyLock<NameCharacters> = LazyLock::new(|| {
    let file: CharacterFile =
        toml::from_str(include_str!("name_characters.toml")).expect("the file in the program is valid");
    let place = |levels: Levels| -> LevelAt {
        let of_level = |(level, characters): (&String, &String)| {
            let level: i32 = level.parse().expect("levels are numbers");
            fold(characters).chars().map(move |c| (c, level)).collect::<Vec<_>>()
        };
        // Two writings of a character fold to one: the higher counts.
        let mut all: Vec<(char, i32)> = levels.iter().flat_map(of_level).collect();
        all.sort_by_key(|(_, level)| *level);
        all.into_iter().collect()
    };
    NameCharacters {
        ordinary: fold(&file.ordinary).chars().collect(),
        family_first: place(file.family_first),
        family_last: place(file.family_last),
        given_first: place(file.given_first),
        given_middle: place(file.given_middle),
        given_last: place(file.given_last),
    }
});

/// The level of an ordinary character that stands in no name.
const NEVER: i32 = -3;

/// Lengths of a family name and of a given name, in characters.
const MOST_FAMILY_CHARS: usize = 4;
const MOST_GIVEN_CHARS: usize = 3;

/// Bounds of what the family name adds: it is the given name that tells a name from a word.
const FAMILY_LEVELS: (i32, i32) = (-1, 3);

fn at(place: &LevelAt, c: char) -> i32 {
    place.get(&c).copied().unwrap_or_else(|| if TABLE.ordinary.contains(&c) { NEVER } else { 0 })
}

/// How likely the folded `word`, in kanji, is a family name.
pub(super) fn family_level(word: &str) -> i32 {
    let mut chars = word.chars();
    match (chars.next(), chars.next_back()) {
        (Some(first), Some(last)) => {
            let is_long = chars.next().is_some();
            at(&TABLE.family_first, first) + at(&TABLE.family_last, last) - i32::from(is_long)
        }
        (Some(only), None) => at(&TABLE.family_first, only) - 1,
        (None, _) => NEVER,
    }
}

/// Whether a character of the folded `word` is too rare for ordinary words: 鑓水.
pub(super) fn has_rare_character(word: &str) -> bool {
    word.chars().any(|c| !TABLE.ordinary.contains(&c))
}

/// How likely the folded `word`, in kanji, is a given name.
pub(super) fn given_level(word: &str) -> i32 {
    let mut chars = word.chars();
    match (chars.next(), chars.next_back()) {
        (Some(first), Some(last)) => {
            let middle: i32 = chars.map(|c| at(&TABLE.given_middle, c)).sum();
            at(&TABLE.given_first, first) + middle + at(&TABLE.given_last, last)
        }
        (Some(only), None) => at(&TABLE.given_last, only) - 1,
        (None, _) => NEVER,
    }
}

/// How likely the folded words, in kanji, are a family name and a given name.
pub(super) fn name_level(family: &str, given: &str) -> i32 {
    family_level(family).clamp(FAMILY_LEVELS.0, FAMILY_LEVELS.1) + given_level(given)
}

/// The cuts of the folded `word`, in kanji, into what may be a family name and a given name, each with its level.
pub(super) fn cuts_of(word: &str) -> impl Iterator<Item = (&str, &str, i32)> {
    let length = word.chars().count();
    let cuts = word.char_indices().enumerate().skip(1).take(MOST_FAMILY_CHARS);
    let cuts = cuts.filter(move |(chars, _)| (1..=MOST_GIVEN_CHARS).contains(&(length - chars)));
    cuts.map(move |(_, (at, _))| {
        let (family, given) = word.split_at(at);
        (family, given, name_level(family, given))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(word: &str) -> i32 {
        cuts_of(word).map(|(_, _, level)| level).max().unwrap_or(NEVER)
    }

    #[test]
    fn names_of_families_that_no_table_has_are_told_from_words() {
        for name in ["鯨井千鶴子", "薬袋律子", "蜷木恒彦", "雲雀谷征四郎", "埋金静枝", "漆戸大輔"]
        {
            assert!(level(name) >= 1, "{name}: {}", level(name));
        }
        for word in ["健康体操", "高齢者", "筆記用具", "雨天中止", "駐車場", "調理実習", "認知症予防"]
        {
            assert!(level(word) < 1, "{word}: {}", level(word));
        }
    }
}
