//! What can be kept away from a person, as `words.toml` has it: chips, the words for them, and how one sees them in a place.
//!
//! This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::AccessFact;
use crate::text::fold;

/// The table of this program. It is part of it and checked by a test.
pub(super) static WORDS: LazyLock<AvoidanceTable> = LazyLock::new(|| {
    let mut words: AvoidanceTable =
        toml::from_str(include_str!("avoidance.toml")).expect("words.toml is checked by a test");
    for (name, chip) in &mut words.avoid {
        chip.name.clone_from(name);
        for list in [&mut chip.words, &mut chip.says, &mut chip.unless] {
            for word in list {
                *word = fold(word);
            }
        }
    }
    words
});

/// `words.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AvoidanceTable {
    #[serde(deserialize_with = "in_order")]
    avoid: Vec<(String, AvoidanceChip)>,
    gives: AvoidedTerms,
    grows: AvoidedTerms,
    troubles: AvoidedTerms,
    sentences: SentenceTable,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceTable {
    endings: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AvoidedTerms {
    terms: Vec<String>,
}

/// Something that can be kept away from a person.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AvoidanceChip {
    /// Its name in a wish.
    #[serde(skip)]
    pub(super) name: String,
    /// What it is called.
    pub(super) label: String,
    /// What to ask where it may be so.
    pub(super) ask: String,
    words: Vec<String>,
    traits: Vec<String>,
    /// The fact whose yes means it.
    pub(super) fact: Option<AccessFact>,
    /// The fact whose no means it.
    pub(super) fact_no: Option<AccessFact>,
    says: Vec<String>,
    unless: Vec<String>,
}

/// Tables come in the order of their names; the order does not matter, as long as it is always the same.
fn in_order<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, AvoidanceChip)>, D::Error> {
    std::collections::BTreeMap::deserialize(deserializer).map(|map| map.into_iter().collect())
}

impl AvoidanceTable {
    /// The chips; a place's marks are numbered as they are here.
    pub(super) fn chips(&self) -> impl Iterator<Item = &AvoidanceChip> {
        self.avoid.iter().map(|(_, chip)| chip)
    }

    /// The chip with this number.
    pub(super) fn chip(&self, number: usize) -> &AvoidanceChip {
        &self.avoid[number].1
    }

    /// The number of the chip that is written so: by its name or one of its words.
    pub(super) fn chip_of(&self, written: &str) -> Option<usize> {
        let folded = fold(written);
        self.avoid.iter().position(|(name, chip)| *name == folded || chip.words.contains(&folded))
    }

    /// Terms of the thesaurus that give a person something to give.
    pub(super) fn giving_terms(&self) -> &[String] {
        &self.gives.terms
    }

    /// Terms of the thesaurus whose kinds are grown.
    pub(super) fn growing_terms(&self) -> &[String] {
        &self.grows.terms
    }

    /// Terms of the thesaurus whose kinds weigh on a person.
    pub(super) fn trouble_terms(&self) -> &[String] {
        &self.troubles.terms
    }

    /// Whether a word is a sentence of the person's own, such as 「お酒をやめたい」, and no thing to like.
    pub(super) fn is_sentence(&self, word: &str) -> bool {
        self.sentences.endings.iter().any(|ending| word.trim_end().ends_with(ending.as_str()))
    }
}

impl AvoidanceChip {
    /// Whether an interest with these traits brings it along.
    pub(super) fn is_brought_by(&self, traits: &[String]) -> bool {
        traits.iter().any(|own| self.traits.contains(own))
    }

    /// Whether the folded text of a place says it outright.
    pub(super) fn is_said_in(&self, folded: &str) -> bool {
        self.says.iter().any(|words| folded.contains(words))
    }

    /// Whether the folded text of a place takes it back.
    pub(super) fn is_taken_back_in(&self, folded: &str) -> bool {
        self.unless.iter().any(|words| folded.contains(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_has_no_word_twice() {
        assert!(WORDS.chips().count() <= 16, "marks have 16 bits");
        for word in WORDS.chips().flat_map(|chip| &chip.words) {
            let chips = WORDS.chips().filter(|chip| chip.words.contains(word)).count();
            assert!(chips == 1 || word == "大きな音", "{word}");
        }
    }

    #[test]
    fn a_chip_is_known_by_its_name_and_by_what_people_write() {
        let name = |written: &str| WORDS.chip_of(written).map(|at| WORDS.chip(at).name.as_str());
        assert_eq!(name("outdoor"), Some("outdoor"));
        assert_eq!(name("外仕事"), Some("outdoor"));
        assert_eq!(name(" お酒 "), Some("alcohol"));
        assert_eq!(name("カレー"), None);
    }

    #[test]
    fn a_sentence_is_known_from_a_thing() {
        for word in ["お酒をやめたい", "静かに過ごす", "人と話す", "トマトを育てたい", "眠れない"]
        {
            assert!(WORDS.is_sentence(word), "{word}");
        }
        for word in ["囲碁", "何か科学に関すること", "おしゃべり", "ものづくり", "カラオケ", "うどん"]
        {
            assert!(!WORDS.is_sentence(word), "{word}");
        }
    }
}
