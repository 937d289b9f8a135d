//! Inverted bigram index: full-text search in a language that puts no spaces between words.
//!
//! Every bigram (pair of consecutive characters) has a posting list of the places it occurs in. A word is looked up by its
//! rarest bigram, and the caller compares the candidates' text. This finds words of two characters (囲碁), which SQLite's trigram
//! index cannot. A single character falls back to a scan. This module does no I/O.

use std::collections::{BTreeSet, HashMap};

use super::filter::vocabulary::compounds;
use super::spatial::place_number;
use crate::text::{fold, is_kanji};

/// Separator of a place's fields: folded text has no white space, so no word can match across two fields.
const FIELD_SEPARATOR: char = '\n';

/// The folded text of every place, with its bigrams.
#[derive(Debug)]
pub(super) struct TextIndex {
    text: String,
    ends: Vec<usize>,
    postings: HashMap<[char; 2], Vec<u32>>,
    bounds: WordBounds,
}

impl TextIndex {
    /// Folds and indexes the fields of each place.
    pub(super) fn new<P>(places: impl Iterator<Item = P>) -> Self
    where
        P: IntoIterator<Item: AsRef<str>>,
    {
        let mut index =
            Self { text: String::new(), ends: Vec::new(), postings: HashMap::new(), bounds: WordBounds::default() };
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
        index.bounds = WordBounds::of(&index.text);
        index
    }

    /// Where words of the places' texts end.
    pub(super) fn bounds(&self) -> &WordBounds {
        &self.bounds
    }

    /// Whether the folded `word` occurs in the text of `place`.
    pub(super) fn contains(&self, place: usize, word: &str) -> bool {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        self.bounds.occurs_in(&self.text[start..self.ends[place]], word)
    }

    /// The places in which the folded `word` may occur, in ascending order; `None` where any may (a single character).
    pub(super) fn candidates(&self, word: &str) -> Option<&[u32]> {
        let places_of = |pair: [char; 2]| self.postings.get(&pair).map_or(&[][..], Vec::as_slice);
        bigrams(word).map(places_of).min_by_key(|places| places.len())
    }
}

/// The longest word of Latin letters that must stand at the beginning of one, in bytes: 「yoga」 is in the reading of 障がい.
const SHORT_LATIN: usize = 4;

/// Words of two kanji, by which a word that only seems to stand in a longer run is told: 人参 in 一人参加, where 一人 and 参加 stand.
///
/// They are those of the table, and every run of two kanji in the texts themselves.
#[derive(Debug, Default)]
pub struct WordBounds(BTreeSet<[char; 2]>);

impl WordBounds {
    /// The words of folded `text` and of the table.
    fn of(text: &str) -> Self {
        let runs = text.split(|c| !is_kanji(c)).filter_map(pair);
        Self(runs.chain(compounds().iter().filter_map(|word| pair(word))).collect())
    }

    /// All words as one text, two characters each, for the page's script.
    pub fn joined(&self) -> String {
        self.0.iter().flatten().collect()
    }

    /// Whether the folded `word` occurs in folded `text`: anywhere, but a short one in Latin letters only where no letter stands before
    /// it, and one of two kanji not where two other words meet.
    pub(super) fn occurs_in(&self, text: &str, word: &str) -> bool {
        let is_letter = |c: char| c.is_ascii_alphabetic();
        if let Some(kanji) = pair(word).filter(|pair| pair.iter().all(|c| is_kanji(*c))) {
            return text.match_indices(word).any(|(at, _)| !self.splits(&text[..at], kanji, &text[at + word.len()..]));
        }
        if word.len() > SHORT_LATIN || !word.chars().all(is_letter) {
            return text.contains(word);
        }
        text.match_indices(word).any(|(at, _)| !text[..at].ends_with(is_letter))
    }

    /// Whether the first of two kanji ends one word and the second begins another.
    fn splits(&self, before: &str, [first, second]: [char; 2], after: &str) -> bool {
        let ends = before.chars().next_back().is_some_and(|c| self.0.contains(&[c, first]));
        ends && after.chars().next().is_some_and(|c| self.0.contains(&[second, c]))
    }
}

/// A text of two characters, as the page's script counts them.
fn pair(text: &str) -> Option<[char; 2]> {
    let mut chars = text.chars();
    let pair = [chars.next()?, chars.next()?];
    (chars.next().is_none() && pair.iter().all(|c| c.len_utf16() == 1)).then_some(pair)
}

/// The folded lines of a field; no word matches across two.
fn folded_lines(field: &str) -> Vec<String> {
    field.split(FIELD_SEPARATOR).map(fold).filter(|line| !line.is_empty()).collect()
}

/// The bigrams within each field.
fn bigrams(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    text.chars().zip(text.chars().skip(1)).map(<[char; 2]>::from).filter(|pair| !pair.contains(&FIELD_SEPARATOR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_two_kanji_is_not_found_where_two_others_meet() {
        let bounds = WordBounds::of("一人で参加する\n健康に体操\n入院と長期の話");
        for (text, word) in
            [("一人参加歓迎", "人参"), ("お一人参加", "人参"), ("入院長期", "院長"), ("市民体操", "民体")]
        {
            assert!(!bounds.occurs_in(text, word), "{word} in {text}");
        }
        for (text, word) in [
            ("人参加工", "人参"),
            ("人参の収穫、一人参加", "人参"),
            ("健康体操教室", "体操"),
            ("認知症予防体操会", "体操"),
            ("新体操", "体操"),
            ("高齢者囲碁大会", "囲碁"),
            ("一人", "一人"),
            ("参加", "参加"),
            ("本町内科", "内科"),
        ] {
            assert!(bounds.occurs_in(text, word), "{word} in {text}");
        }
    }
}
