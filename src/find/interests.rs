//! Query expansion: the words of a wish become terms of the thesaurus, else a full-text match.
//!
//! A word is looked up whole, then by the terms that occur in it (「何か科学っぽいこと」 → 科学); without any term, the
//! places whose text contains it match. This module does no I/O.

use serde::Serialize;

use super::features::{PlaceFeatures, PlaceInterest, keyword_interests};
use crate::index::{Filter, Snapshot};
use crate::model::{Closeness, Thesaurus};

/// How one word of a wish was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderstoodTerm {
    /// As the link worker wrote it.
    pub word: String,
    /// The terms of the thesaurus that it means; empty unless `by` is [`MatchKind::Thesaurus`].
    pub means: Vec<String>,
    /// How it was understood.
    pub by: MatchKind,
}

/// How a word was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// As an avoidance chip.
    Chip,
    /// As terms of the thesaurus.
    Thesaurus,
    /// As text that occurs in places.
    Text,
    /// Not at all.
    Nothing,
}

/// Up to 32 words, prepared for comparison with feature rows; word number i has bit i.
#[derive(Debug, Clone, Default)]
pub(super) struct InterestQuery {
    pub(super) words: Vec<UnderstoodTerm>,
    /// Per interest, the bits of the words that mean it or a broader term, and of those near it.
    near: Vec<[u32; 2]>,
    /// Bits of the words that only text contains, with the places in ascending order.
    texts: Vec<(u32, Vec<u32>)>,
}

/// How a place matches the words: one bit per word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MatchBits {
    /// The name or a keyword states it.
    pub(super) same: u32,
    /// A sentence mentions it.
    pub(super) same_mentioned: u32,
    /// The name or a keyword states something near.
    pub(super) near: u32,
    /// A sentence mentions something near.
    pub(super) near_mentioned: u32,
    /// The text contains the word.
    pub(super) text: u32,
}

impl MatchBits {
    /// Every matched word.
    pub(super) fn any(self) -> u32 {
        self.same | self.same_mentioned | self.near | self.near_mentioned | self.text
    }
}

impl InterestQuery {
    /// Expands the first 32 of `words`.
    pub(super) fn new(words: &[String], thesaurus: &Thesaurus, snapshot: &Snapshot) -> Self {
        let mut query = Self { near: vec![[0; 2]; thesaurus.all().len()], ..Self::default() };
        for (at, word) in words.iter().take(32).enumerate() {
            let bit = 1 << at;
            let terms = keyword_interests(thesaurus, word);
            let mut by = MatchKind::Thesaurus;
            for term in &terms {
                query.add(thesaurus, *term, bit);
            }
            if terms.is_empty() {
                let places = places_with_text(word, snapshot);
                by = if places.is_empty() { MatchKind::Nothing } else { MatchKind::Text };
                query.texts.push((bit, places));
            }
            let means = terms.iter().map(|it| thesaurus.all()[*it].term.clone()).collect();
            query.words.push(UnderstoodTerm { word: word.clone(), means, by });
        }
        query
    }

    /// Treats all `terms` as one word, without what is near them.
    pub(super) fn of_terms(terms: &[String], thesaurus: &Thesaurus) -> Self {
        let mut query = Self { near: vec![[0; 2]; thesaurus.all().len()], ..Self::default() };
        for term in terms {
            for interest in thesaurus.meant_by(term) {
                query.near[*interest][0] = 1;
            }
        }
        query
    }

    /// Marks a term, its narrower terms and what is near it with the bit of a word.
    fn add(&mut self, thesaurus: &Thesaurus, term: usize, bit: u32) {
        for (interest, closeness) in thesaurus.around(term) {
            self.near[interest][usize::from(closeness == Closeness::Near)] |= bit;
        }
    }

    /// The match bits of a place.
    pub(super) fn match_bits(&self, row: &PlaceFeatures, place_interests: &[PlaceInterest]) -> MatchBits {
        let mut marks = MatchBits::default();
        for it in row.interests(place_interests) {
            let [same, near] = self.near[usize::from(it.interest)];
            if it.stated {
                marks.same |= same;
                marks.near |= near;
            } else {
                marks.same_mentioned |= same;
                marks.near_mentioned |= near;
            }
        }
        for (bit, places) in &self.texts {
            if places.binary_search(&row.place).is_ok() {
                marks.text |= bit;
            }
        }
        marks.same_mentioned &= !marks.same;
        marks.near &= !(marks.same | marks.same_mentioned);
        marks.near_mentioned &= !(marks.same | marks.same_mentioned | marks.near);
        marks
    }

    /// How close an interest is to a word.
    pub(super) fn closeness(&self, word: usize, interest: u16) -> Option<Closeness> {
        let [same, near] = self.near[usize::from(interest)];
        let bit = 1 << word;
        if same & bit != 0 {
            return Some(Closeness::Same);
        }
        (near & bit != 0).then_some(Closeness::Near)
    }
}

/// The places whose text contains `word`, in ascending order.
fn places_with_text(word: &str, snapshot: &Snapshot) -> Vec<u32> {
    let filter = Filter { text: word.to_owned(), ..Filter::default() };
    let places = snapshot.matching(&filter);
    places.iter().map(|place| u32::try_from(place).expect("places are numbered in 32 bits")).collect()
}
