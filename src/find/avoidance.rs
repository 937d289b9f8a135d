//! Avoidance chips of `avoidance.toml`: their names, their synonyms, and the phrases that reveal them in a place.
//!
//! This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::AccessFact;
use crate::text::fold;

/// The built-in table (`avoidance.toml`), with every word folded.
pub(super) static AVOIDANCE_TABLE: LazyLock<AvoidanceTable> = LazyLock::new(|| {
    let mut table: AvoidanceTable =
        toml::from_str(include_str!("avoidance.toml")).expect("avoidance.toml is checked by a test");
    for (name, chip) in &mut table.avoid {
        chip.name.clone_from(name);
        for list in [&mut chip.words, &mut chip.phrases, &mut chip.unless] {
            for word in list {
                *word = fold(word);
            }
        }
    }
    table
});

/// The schema of `avoidance.toml`.
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

/// One thing that a person can avoid.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AvoidanceChip {
    /// Its name in a wish.
    #[serde(skip)]
    pub(super) name: String,
    /// The label for the page.
    pub(super) label: String,
    /// The question for the link worker where the place may have it.
    pub(super) ask: String,
    /// Synonyms that a wish may use.
    words: Vec<String>,
    /// Traits of interests that imply it.
    traits: Vec<String>,
    /// The access fact whose "yes" implies it.
    pub(super) fact: Option<AccessFact>,
    /// The access fact whose "no" implies it.
    pub(super) fact_no: Option<AccessFact>,
    /// Phrases in the text of a place that state it.
    phrases: Vec<String>,
    /// Phrases in the text of a place that contradict it.
    unless: Vec<String>,
}

/// Sorts the chips by name, so that their numbers are stable.
fn in_order<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, AvoidanceChip)>, D::Error> {
    std::collections::BTreeMap::deserialize(deserializer).map(|map| map.into_iter().collect())
}

impl AvoidanceTable {
    /// All chips; a chip's position is its bit in [`PlaceFeatures`](super::features::PlaceFeatures).
    pub(super) fn chips(&self) -> impl Iterator<Item = &AvoidanceChip> {
        self.avoid.iter().map(|(_, chip)| chip)
    }

    pub(super) fn chip(&self, number: usize) -> &AvoidanceChip {
        &self.avoid[number].1
    }

    /// The number of the chip with this name or synonym.
    pub(super) fn chip_of(&self, written: &str) -> Option<usize> {
        let folded = fold(written);
        self.avoid.iter().position(|(name, chip)| *name == folded || chip.words.contains(&folded))
    }

    /// Terms of the thesaurus for places where a person can contribute.
    pub(super) fn giving_terms(&self) -> &[String] {
        &self.gives.terms
    }

    /// Terms of the thesaurus whose narrower terms are things to grow.
    pub(super) fn growing_terms(&self) -> &[String] {
        &self.grows.terms
    }

    /// Terms of the thesaurus whose narrower terms are burdens.
    pub(super) fn trouble_terms(&self) -> &[String] {
        &self.troubles.terms
    }

    /// Whether a word is a sentence about the person, such as 「お酒をやめたい」, and not a thing to like.
    pub(super) fn is_sentence(&self, word: &str) -> bool {
        self.sentences.endings.iter().any(|ending| word.trim_end().ends_with(ending.as_str()))
    }
}

impl AvoidanceChip {
    /// Whether an interest with these traits implies the chip.
    pub(super) fn is_implied_by(&self, traits: &[String]) -> bool {
        traits.iter().any(|own| self.traits.contains(own))
    }

    /// Whether the folded text of a place states the chip.
    pub(super) fn is_stated_in(&self, folded: &str) -> bool {
        self.phrases.iter().any(|phrase| folded.contains(phrase))
    }

    /// Whether the folded text of a place contradicts the chip.
    pub(super) fn is_contradicted_in(&self, folded: &str) -> bool {
        self.unless.iter().any(|phrase| folded.contains(phrase))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_has_no_word_twice() {
        assert!(AVOIDANCE_TABLE.chips().count() <= 16, "marks have 16 bits");
        for word in AVOIDANCE_TABLE.chips().flat_map(|chip| &chip.words) {
            let chips = AVOIDANCE_TABLE.chips().filter(|chip| chip.words.contains(word)).count();
            assert!(chips == 1 || word == "大きな音", "{word}");
        }
    }

    #[test]
    fn a_chip_is_known_by_its_name_and_by_what_people_write() {
        let name = |written: &str| AVOIDANCE_TABLE.chip_of(written).map(|at| AVOIDANCE_TABLE.chip(at).name.as_str());
        assert_eq!(name("outdoor"), Some("outdoor"));
        assert_eq!(name("外仕事"), Some("outdoor"));
        assert_eq!(name(" お酒 "), Some("alcohol"));
        assert_eq!(name("カレー"), None);
    }

    #[test]
    fn a_sentence_is_known_from_a_thing() {
        for word in ["お酒をやめたい", "静かに過ごす", "人と話す", "トマトを育てたい", "眠れない"]
        {
            assert!(AVOIDANCE_TABLE.is_sentence(word), "{word}");
        }
        for word in ["囲碁", "何か科学に関すること", "おしゃべり", "ものづくり", "カラオケ", "うどん"]
        {
            assert!(!AVOIDANCE_TABLE.is_sentence(word), "{word}");
        }
    }
}
