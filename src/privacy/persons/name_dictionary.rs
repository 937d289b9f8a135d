//! Names of persons in a dictionary, IPADIC: how family and given names are written and read, which of them are ordinary words or
//! places as well, and which words are no names. `scripts/name-dictionary.mjs` takes the file from an npm package. This module does no I/O.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::privacy::romaji::romaji;
use crate::text::hiragana;

/// The file; it stands in no repository, `build.rs` asks for it.
const FILE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/dictionary/names.txt"));

/// What the dictionary says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::privacy) struct DictionaryName {
    /// Whether an ordinary noun is written alike: 青柳, 若葉.
    pub(in crate::privacy) is_word: bool,
    /// Whether a place or an organisation is written alike: 鑓水.
    pub(in crate::privacy) is_place: bool,
    readings: &'static str,
}

impl DictionaryName {
    /// Whether nothing but persons is written so.
    pub(in crate::privacy) fn is_clear(self) -> bool {
        !self.is_word && !self.is_place
    }

    /// How the name is read, in hiragana.
    pub(in crate::privacy) fn readings(self) -> impl Iterator<Item = &'static str> {
        self.readings.split(' ').filter(|reading| !reading.is_empty())
    }
}

/// How names are read that no ordinary noun sounds like; whether any other word does: したら.
type Readings = HashMap<&'static str, bool>;

/// The file, ready to be looked up.
#[derive(Default)]
struct NameDictionary {
    families: HashMap<&'static str, DictionaryName>,
    given: HashMap<&'static str, DictionaryName>,
    family_readings: Readings,
    given_readings: Readings,
    nouns: HashSet<&'static str>,
}

static DICTIONARY: LazyLock<NameDictionary> = LazyLock::new(|| {
    let mut all = NameDictionary::default();
    for line in FILE.lines() {
        let (kind, entry) = line.split_at(1);
        let mut parts = entry.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (word, marks, readings) = (part(), part(), part());
        let name = DictionaryName { is_word: marks.contains('w'), is_place: marks.contains('p'), readings };
        match kind {
            "f" => drop(all.families.insert(word, name)),
            "g" => drop(all.given.insert(word, name)),
            "r" => drop(all.family_readings.insert(word, marks == "k")),
            "s" => drop(all.given_readings.insert(word, marks == "k")),
            _ => drop(all.nouns.insert(word)),
        }
    }
    all
});

static ROMAN_FAMILIES: LazyLock<HashSet<String>> =
    LazyLock::new(|| DICTIONARY.family_readings.keys().filter_map(|reading| romaji(reading)).collect());

/// The folded family name `word`.
pub(in crate::privacy) fn family(word: &str) -> Option<DictionaryName> {
    DICTIONARY.families.get(word).copied()
}

/// The folded given name `word`.
pub(in crate::privacy) fn given(word: &str) -> Option<DictionaryName> {
    DICTIONARY.given.get(word).copied()
}

/// Whether the folded `word`, in two to four kanji, is an ordinary noun and no name.
pub(in crate::privacy) fn is_noun(word: &str) -> bool {
    DICTIONARY.nouns.contains(word)
}

/// Whether `word`, in Roman letters and one spelling, is how a family name is read and no ordinary noun.
pub(in crate::privacy) fn is_family_reading(word: &str) -> bool {
    ROMAN_FAMILIES.contains(word)
}

/// Whether `kana` is how a family name is read and no other word.
pub(in crate::privacy) fn is_family_in_kana(kana: &str) -> bool {
    hiragana(kana).is_some_and(|kana| DICTIONARY.family_readings.get(kana.as_str()) == Some(&false))
}

/// Whether `kana` is how a given name is read and no other word.
pub(super) fn is_dictionary_given_in_kana(kana: &str) -> bool {
    hiragana(kana).is_some_and(|kana| DICTIONARY.given_readings.get(kana.as_str()) == Some(&false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn a_family_name_is_told_from_an_ordinary_word_by_its_reading() {
        for name in ["yarimizu", "kuramoti", "minoge", "simozi"] {
            assert!(is_family_reading(name), "{name}");
        }
        for word in ["ikigai", "seikatu", "sien", "sansaku", "ayumi", "tanosimi", "sakura"] {
            assert!(!is_family_reading(word), "{word}");
        }
        assert!(is_family_in_kana("しもじ") && is_family_in_kana("シモジ") && !is_family_in_kana("おたく"));
        assert!(is_dictionary_given_in_kana("すみえ") && !is_dictionary_given_in_kana("あゆみ"));
    }

    #[test]
    fn names_are_told_from_places_and_words() {
        let marks = |name: Option<DictionaryName>| name.map(|name| (name.is_word, name.is_place));
        assert_eq!(marks(family("鴫原")), Some((false, false)));
        assert_eq!(marks(family("鑓水")), Some((false, true)));
        assert_eq!(marks(given("若葉")), Some((true, true)));
        assert_eq!(family("生活"), None);
        assert_eq!(family("鑓水").map(|name| name.readings().collect::<Vec<_>>()), Some(vec!["やりみず"]));
        assert!(is_noun("生活") && !is_noun("鴫原"));
    }

    #[test]
    fn the_words_of_the_file_are_folded_as_texts_are() {
        let words = DICTIONARY.families.keys().chain(DICTIONARY.given.keys()).chain(&DICTIONARY.nouns);
        let others: Vec<&&str> = words.filter(|word| fold(word) != ***word).collect();
        assert_eq!(others, Vec::<&&str>::new(), "run scripts/web-assets again");
    }
}
