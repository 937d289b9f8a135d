//! Inverted bigram index: full-text search in a language that puts no spaces between words.
//!
//! Every pair of neighbouring characters has a list of the places it occurs in; a word is looked up by its rarest pair, and
//! whoever asks compares the candidates' text. So two-letter words (囲碁) are found, which SQLite's trigrams never find.
//! A single character falls back to a scan. This module does no I/O.

use std::collections::HashMap;

use super::spatial::number;
use crate::text::fold;

/// Between two fields of a place: folding leaves no white space, so that no word can reach across.
const FIELD_END: char = '\n';

/// The folded text of every place, with its bigrams.
#[derive(Debug)]
pub(super) struct TextIndex {
    text: String,
    ends: Vec<usize>,
    pairs: HashMap<[char; 2], Vec<u32>>,
}

impl TextIndex {
    /// Folds and indexes the fields of each place.
    pub(super) fn new<'a, P>(places: impl Iterator<Item = P>) -> Self
    where
        P: IntoIterator<Item = &'a str>,
    {
        let mut index = Self { text: String::new(), ends: Vec::new(), pairs: HashMap::new() };
        for (place, fields) in places.enumerate() {
            let start = index.text.len();
            for field in fields {
                index.text.push_str(&fold(field));
                index.text.push(FIELD_END);
            }
            index.ends.push(index.text.len());
            for pair in pairs(&index.text[start..]) {
                let places = index.pairs.entry(pair).or_default();
                if places.last() != Some(&number(place)) {
                    places.push(number(place));
                }
            }
        }
        index
    }

    /// Whether the folded `word` occurs in the text of `place`.
    pub(super) fn holds(&self, place: usize, word: &str) -> bool {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        self.text[start..self.ends[place]].contains(word)
    }

    /// The places in which the folded `word` may occur, in ascending order; `None` where any may.
    pub(super) fn candidates(&self, word: &str) -> Option<&[u32]> {
        let places_of = |pair: [char; 2]| self.pairs.get(&pair).map_or(&[][..], Vec::as_slice);
        pairs(word).map(places_of).min_by_key(|places| places.len())
    }
}

/// The bigrams within each field.
fn pairs(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    text.chars().zip(text.chars().skip(1)).map(<[char; 2]>::from).filter(|pair| !pair.contains(&FIELD_END))
}
