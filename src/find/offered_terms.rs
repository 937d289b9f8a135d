//! Terms to offer where nothing fits: those nearest to what was written, of which the city has places.
//!
//! Nearness is the share of common bigrams (Dice's coefficient) of the phrase and the words of a term. This module does no
//! I/O.

use std::collections::BTreeMap;

use super::prepared_wish::PreparedWish;
use crate::text::fold;

/// How many terms are offered.
const OFFERED: usize = 3;
/// The least likeness of a word that is worth a tap, in hundredths.
const LEAST_LIKENESS: usize = 25;

impl PreparedWish<'_> {
    /// The terms nearest to the likings, the nearest first, without those that were understood.
    pub(super) fn terms_to_offer(&self) -> Vec<String> {
        let (thesaurus, finder) = (&self.finder.thesaurus, self.finder);
        let phrases: Vec<Vec<[char; 2]>> = self.likes.words.iter().map(|it| bigrams(&fold(&it.word))).collect();
        let mut likeness: BTreeMap<usize, usize> = BTreeMap::new();
        for (word, meant) in thesaurus.words() {
            let own = bigrams(word);
            let best = phrases.iter().map(|phrase| dice(phrase, &own)).max().unwrap_or(0);
            for term in meant.iter().filter(|it| finder.has_places[**it] && !self.likes.says(**it)) {
                let known = likeness.entry(*term).or_default();
                *known = (*known).max(best);
            }
        }
        let mut terms: Vec<(usize, usize)> = likeness.into_iter().filter(|it| it.1 >= LEAST_LIKENESS).collect();
        terms.sort_by_key(|(term, likeness)| (std::cmp::Reverse(*likeness), *term));
        terms.into_iter().take(OFFERED).map(|(term, _)| thesaurus.all()[term].term.clone()).collect()
    }
}

fn bigrams(word: &str) -> Vec<[char; 2]> {
    let chars: Vec<char> = word.chars().collect();
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Twice the common bigrams in a hundred of all.
fn dice(a: &[[char; 2]], b: &[[char; 2]]) -> usize {
    let common = a.iter().filter(|pair| b.contains(pair)).count();
    if a.is_empty() || b.is_empty() { 0 } else { (200 * common / (a.len() + b.len())).min(100) }
}
