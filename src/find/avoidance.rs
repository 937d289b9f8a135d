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
        for list in [&mut chip.words, &mut chip.phrases, &mut chip.unless, &mut chip.venues] {
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
    without_likings: AvoidedChips,
    gives: GivingTerms,
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
struct AvoidedChips {
    chips: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivingTerms {
    terms: Vec<String>,
    takers: Vec<String>,
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
    /// Ends of words in the venue or the name of a place that state it.
    #[serde(default)]
    venues: Vec<String>,
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

    /// The bits of the chips that nobody wants who names no liking.
    pub(super) fn gentle_chips(&self) -> u16 {
        let rough = |(_, (name, _)): &(usize, &(String, AvoidanceChip))| self.without_likings.chips.contains(name);
        self.avoid.iter().enumerate().filter(rough).fold(0, |all, (at, _)| all | 1 << at)
    }

    /// The number of the chip with this name or synonym; の and が are alike (体力のいること).
    pub(super) fn chip_of(&self, written: &str) -> Option<usize> {
        let folded = fold(written);
        let alike = folded.replace('の', "が");
        let is = |word: &String| *word == folded || word.replace('の', "が") == alike;
        self.avoid.iter().position(|(name, chip)| *name == folded || chip.words.iter().any(is))
    }

    /// The number of the chip whose longest synonym stands in a phrase: 「外でする仕事」 begins with 外.
    pub(super) fn chip_in(&self, phrase: &str) -> Option<usize> {
        let alike = fold(phrase).replace('の', "が");
        let longest = |chip: &AvoidanceChip| {
            let words = chip.words.iter().filter(|word| stands_in(&word.replace('の', "が"), &alike));
            words.map(|word| word.chars().count()).max()
        };
        let found = self.avoid.iter().enumerate().filter_map(|(at, (_, chip))| Some((longest(chip)?, at)));
        found.max_by_key(|(length, at)| (*length, std::cmp::Reverse(*at))).map(|(_, at)| at)
    }

    /// Terms of the thesaurus for places where a person can contribute.
    pub(super) fn giving_terms(&self) -> &[String] {
        &self.gives.terms
    }

    /// Those of them that take whatever somebody can do.
    pub(super) fn taking_terms(&self) -> &[String] {
        &self.gives.takers
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

    /// Whether the name or the venue of a place states the chip: 河川敷, 中央公園（集合）.
    pub(super) fn is_stated_by_venue(&self, venue: &str) -> bool {
        let parts = venue.split(['（', '(', '）', ')', '　', ' ', '、', '・', '／', '/']).map(fold);
        let ends = |part: &str| {
            self.venues.iter().any(|word| part.ends_with(word) || part.trim_end_matches("集合").ends_with(word))
        };
        parts.into_iter().any(|part| ends(&part))
    }

    /// Whether the folded text of a place contradicts the chip.
    pub(super) fn is_contradicted_in(&self, folded: &str) -> bool {
        self.unless.iter().any(|phrase| folded.contains(phrase))
    }
}

/// Whether a folded word stands in a folded phrase; one character only at its beginning or before a particle.
fn stands_in(word: &str, phrase: &str) -> bool {
    if word.chars().count() > 1 {
        return phrase.contains(word);
    }
    let Some(rest) = phrase.strip_prefix(word) else { return false };
    rest.is_empty() || rest.starts_with(['を', 'に', 'が', 'は', 'と', 'で', 'も', 'へ', 'や'])
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
