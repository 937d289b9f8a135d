//! Inverted bigram index: full-text search in a language that puts no spaces between words.
//!
//! Every bigram (pair of consecutive characters) has a posting list of the places it occurs in. A word is looked up by its
//! rarest bigram, and the caller compares the candidates' text. This finds words of two characters (囲碁), which SQLite's trigram
//! index cannot. A single character falls back to a scan. This module does no I/O.

use std::collections::HashMap;

use super::spatial::place_number;
use crate::text::fold;

/// Separator of a place's fields: folded text has no white space, so no word can match across two fields.
const FIELD_SEPARATOR: char = '\n';

/// The folded text of every place, with its bigrams.
#[derive(Debug)]
pub(super) struct TextIndex {
    text: String,
    ends: Vec<usize>,
    postings: HashMap<[char; 2], Vec<u32>>,
}

impl TextIndex {
    /// Folds and indexes the fields of each place.
    pub(super) fn new<P>(places: impl Iterator<Item = P>) -> Self
    where
        P: IntoIterator<Item: AsRef<str>>,
    {
        let mut index = Self { text: String::new(), ends: Vec::new(), postings: HashMap::new() };
        for (place, fields) in places.enumerate() {
            let start = index.text.len();
            for line in fields.into_iter().flat_map(|field| folded_lines(field.as_ref())) {
                index.text.push_str(&line);
                index.text.push(FIELD_SEPARATOR);
            }
            index.ends.push(index.text.len());
            for pair in bigrams(&index.text[start..]) {
                let places = index.postings.entry(pair).or_default();
                if places.last() != Some(&place_number(place)) {
                    places.push(place_number(place));
                }
            }
        }
        index
    }

    /// Whether the folded `word` occurs in the text of `place`.
    pub(super) fn contains(&self, place: usize, word: &str) -> bool {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        occurs_in(&self.text[start..self.ends[place]], word)
    }

    /// The places in which the folded `word` may occur, in ascending order; `None` where any may (a single character).
    pub(super) fn candidates(&self, word: &str) -> Option<&[u32]> {
        let places_of = |pair: [char; 2]| self.postings.get(&pair).map_or(&[][..], Vec::as_slice);
        bigrams(word).map(places_of).min_by_key(|places| places.len())
    }
}

/// The longest word of Latin letters that must stand at the beginning of one, in bytes: 「yoga」 is in the reading of 障がい.
const SHORT_LATIN: usize = 4;

/// Whether the folded `word` occurs in folded `text`: anywhere, but a short one in Latin letters only where no letter stands before it.
pub(super) fn occurs_in(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    if word.len() > SHORT_LATIN || !word.chars().all(is_letter) {
        return text.contains(word);
    }
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(is_letter))
}

/// The folded lines of a field; no word matches across two.
fn folded_lines(field: &str) -> Vec<String> {
    field.split(FIELD_SEPARATOR).map(fold).filter(|line| !line.is_empty()).collect()
}

/// The bigrams within each field.
fn bigrams(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    text.chars().zip(text.chars().skip(1)).map(<[char; 2]>::from).filter(|pair| !pair.contains(&FIELD_SEPARATOR))
}
