//! Terms to offer where nothing fits: those nearest to what was written, of which the city has places.
//!
//! Nearness is the share of common bigrams (Dice's coefficient) of the phrase and the words of a term. This module does no
//! I/O.

use std::collections::BTreeMap;

use super::prepared_wish::PreparedWish;
use crate::model::Thesaurus;
use crate::text::fold;

/// How many terms are offered.
const OFFERED: usize = 3;
/// The least likeness of a word that is worth a tap, in hundredths.
const LEAST_LIKENESS: usize = 25;

/// The words of the thesaurus whose terms the city has places of, cut into bigrams once per snapshot.
#[derive(Debug)]
pub(super) struct OfferedWords(Vec<(Vec<Bigram>, Vec<usize>)>);

type Bigram = [char; 2];

impl OfferedWords {
    /// Prepares the words of `thesaurus`; `has_places` says of each term whether a place offers it.
    pub(super) fn new(thesaurus: &Thesaurus, has_places: &[bool]) -> Self {
        let offered = |meant: &[usize]| meant.iter().copied().filter(|it| has_places[*it]).collect::<Vec<usize>>();
        let words = thesaurus.words().map(|(word, meant)| (bigrams(word), offered(meant)));
        Self(words.filter(|(bigrams, meant)| !bigrams.is_empty() && !meant.is_empty()).collect())
    }
}

impl PreparedWish<'_> {
    /// The terms nearest to the likings, the nearest first, without those that were understood.
    pub(super) fn terms_to_offer(&self) -> Vec<String> {
        let phrases: Vec<Vec<Bigram>> = self.likes.words.iter().map(|it| bigrams(&fold(&it.word))).collect();
        let mut likeness: BTreeMap<usize, usize> = BTreeMap::new();
        for (word, meant) in &self.finder.offered.0 {
            let best = phrases.iter().map(|phrase| dice(phrase, word)).max().unwrap_or(0);
            for term in meant.iter().filter(|it| best >= LEAST_LIKENESS && !self.likes.says(**it)) {
                let known = likeness.entry(*term).or_default();
                *known = (*known).max(best);
            }
        }
        let mut terms: Vec<(usize, usize)> = likeness.into_iter().collect();
        terms.sort_by_key(|(term, likeness)| (std::cmp::Reverse(*likeness), *term));
        let all = self.finder.thesaurus.all();
        terms.into_iter().take(OFFERED).map(|(term, _)| all[term].term.clone()).collect()
    }
}

fn bigrams(word: &str) -> Vec<Bigram> {
    let chars: Vec<char> = word.chars().collect();
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Twice the common bigrams in a hundred of all.
fn dice(a: &[Bigram], b: &[Bigram]) -> usize {
    let common = a.iter().filter(|pair| b.contains(pair)).count();
    if a.is_empty() || b.is_empty() { 0 } else { (200 * common / (a.len() + b.len())).min(100) }
}
