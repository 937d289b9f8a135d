//! What a person's words mean: interests of the thesaurus, else words in the places' own text.
//!
//! A word is looked up as it is; if the thesaurus does not have it, the words inside it are (「何か科学っぽいこと」 → 科学); if
//! there are none, the places whose text holds it match. This module does no I/O.

use serde::Serialize;

use super::features::{PlaceFeatures, PlaceInterest, words_of};
use crate::index::{Filter, Snapshot};
use crate::model::{Closeness, Thesaurus};

/// What one word of a wish was taken to mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderstoodTerm {
    /// As the link worker wrote it.
    pub word: String,
    /// The terms of the thesaurus that it means.
    pub means: Vec<String>,
    /// How it was understood.
    pub by: MatchKind,
}

/// How a word was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// It is one of the things that can be avoided by name.
    Chip,
    /// The thesaurus has it.
    Thesaurus,
    /// Places have it in their text.
    Text,
    /// No place and no thesaurus has it.
    Nothing,
}

/// Words, ready to be compared with rows; word number i has bit i.
#[derive(Debug, Clone, Default)]
pub(super) struct InterestQuery {
    pub(super) words: Vec<UnderstoodTerm>,
    /// By interest, the words that mean it or a wider one, and those that are near it.
    near: Vec<[u32; 2]>,
    /// Of words that only text has, the places with them.
    texts: Vec<(u32, Vec<u32>)>,
}

/// How a place answers to words: a bit a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MatchBits {
    /// Name or keywords state it.
    pub(super) same: u32,
    /// A sentence mentions it.
    pub(super) same_mentioned: u32,
    /// Name or keywords state something near.
    pub(super) near: u32,
    /// A sentence mentions something near.
    pub(super) near_mentioned: u32,
    /// Its text holds the word.
    pub(super) text: u32,
}

impl MatchBits {
    /// All words that the place answers to.
    pub(super) fn any(self) -> u32 {
        self.same | self.same_mentioned | self.near | self.near_mentioned | self.text
    }
}

impl InterestQuery {
    /// Understands `words`, at most 32.
    pub(super) fn new(words: &[String], thesaurus: &Thesaurus, snapshot: &Snapshot) -> Self {
        let mut taste = Self { near: vec![[0; 2]; thesaurus.all().len()], ..Self::default() };
        for (at, word) in words.iter().take(32).enumerate() {
            let bit = 1 << at;
            let terms = words_of(thesaurus, word);
            let mut by = MatchKind::Thesaurus;
            for term in &terms {
                taste.add(thesaurus, *term, bit);
            }
            if terms.is_empty() {
                let places = having(word, snapshot);
                by = if places.is_empty() { MatchKind::Nothing } else { MatchKind::Text };
                taste.texts.push((bit, places));
            }
            let means = terms.iter().map(|it| thesaurus.all()[*it].term.clone()).collect();
            taste.words.push(UnderstoodTerm { word: word.clone(), means, by });
        }
        taste
    }

    /// Takes the terms themselves, without what is near them, all as one word.
    pub(super) fn of_terms(terms: &[String], thesaurus: &Thesaurus) -> Self {
        let mut taste = Self { near: vec![[0; 2]; thesaurus.all().len()], ..Self::default() };
        for term in terms {
            for interest in thesaurus.meant_by(term) {
                taste.near[*interest][0] = 1;
            }
        }
        taste
    }

    fn add(&mut self, thesaurus: &Thesaurus, term: usize, bit: u32) {
        for (interest, closeness) in thesaurus.around(term) {
            self.near[interest][usize::from(closeness == Closeness::Near)] |= bit;
        }
    }

    /// How a place answers.
    pub(super) fn marks(&self, row: &PlaceFeatures, likeable: &[PlaceInterest]) -> MatchBits {
        let mut marks = MatchBits::default();
        for it in row.interests(likeable) {
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

    /// Whether the interest is the word itself or a kind of it; or near it.
    pub(super) fn closeness(&self, word: usize, interest: u16) -> Option<Closeness> {
        let [same, near] = self.near[usize::from(interest)];
        let bit = 1 << word;
        if same & bit != 0 {
            return Some(Closeness::Same);
        }
        (near & bit != 0).then_some(Closeness::Near)
    }
}

/// The places whose text holds `word`, in ascending order.
fn having(word: &str, snapshot: &Snapshot) -> Vec<u32> {
    let filter = Filter { text: word.to_owned(), ..Filter::default() };
    let places = snapshot.matching(&filter);
    places.iter().map(|place| u32::try_from(place).expect("places are numbered in 32 bits")).collect()
}
