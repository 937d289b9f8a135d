//! Query expansion: the phrases of a wish become bits that are compared with what a place offers.
//!
//! What a phrase means is decided in `phrases`. A word that the thesaurus does not know is looked for in the places'
//! text. Whoever has a condition or a role is not sent to those for whom a place is not meant: a place that names whom
//! it is for matches only a wish that says so, too. This module does no I/O.

use serde::Serialize;

use super::features::{PlaceFeatures, is_seeker};
use super::offers::{PlaceInterest, is_keyword};
use super::phrases::UnderstoodPhrase;
use crate::index::{Filter, Snapshot};
use crate::model::{Closeness, Facts, InterestKind, Thesaurus};
use crate::text::{fold, is_kanji};

/// The most phrases of a wish: each has a bit.
pub(super) const MOST_PHRASES: usize = 32;
/// A word that stands in more places than this, or in more than one of [`COMMON_SHARE`], says nothing.
const COMMON_PLACES: usize = 6;
const COMMON_SHARE: usize = 30;

/// Kanji before a word that make no other word of it: 元大工, 各地区.
const PREFIXES: &str = "元旧新前現各両全副";

/// How one phrase of a wish was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderstoodTerm {
    /// As the link worker wrote it; a sentence is parted at its marks.
    pub word: String,
    /// The terms of the thesaurus or the words of the places that it means.
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
    /// Not read: there are more phrases than the finder compares.
    Beyond,
}

/// Up to 32 phrases, prepared for comparison with feature rows; phrase number i has bit i.
#[derive(Debug, Clone, Default)]
pub(super) struct InterestQuery {
    pub(super) words: Vec<UnderstoodTerm>,
    /// Phrases behind the last that has a bit.
    beyond: Vec<UnderstoodTerm>,
    /// Per interest, the bits of the phrases that mean it, of those that mean a narrower trouble, and of those near it.
    near: Vec<[u32; 3]>,
    /// Bits of the phrases that only text contains, with the places in ascending order.
    texts: Vec<(u32, Vec<u32>)>,
    /// Bits of the halves of a clause: what one is, and what one likes to do.
    halves: Vec<(u32, u32)>,
    /// Bits of the phrases that name what weighs on a person.
    troubles: u32,
    /// Of these, those that name a condition of body or mind.
    conditions: u32,
    /// Bits of the phrases that speak of somebody of the family, and of those that offer help.
    family: u32,
    giving: u32,
    /// Per interest, whether the wish says it, so that a place meant for such people is meant for this person.
    said: Vec<bool>,
}

/// How a place matches the phrases: one bit per phrase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MatchBits {
    /// The name or a keyword states it, or whom the place is for.
    pub(super) same: u32,
    /// A sentence mentions it.
    pub(super) same_mentioned: u32,
    /// The place is for the wider trouble.
    pub(super) wider: u32,
    /// The text contains the word.
    pub(super) text: u32,
    /// The place offers something near.
    pub(super) near: u32,
}

impl MatchBits {
    /// The phrases that the place itself answers; what is merely near is no answer.
    pub(super) fn fits(self) -> u32 {
        self.same | self.same_mentioned | self.wider | self.text
    }

    /// The bits of some phrases only.
    fn only(self, phrases: u32) -> Self {
        Self {
            same: self.same & phrases,
            same_mentioned: self.same_mentioned & phrases,
            wider: self.wider & phrases,
            text: self.text & phrases,
            near: self.near & phrases,
        }
    }
}

impl InterestQuery {
    /// Expands `phrases`.
    pub(super) fn new(phrases: Vec<UnderstoodPhrase>, thesaurus: &Thesaurus, snapshot: &Snapshot) -> Self {
        let mut query = Self::empty(thesaurus);
        for (at, phrase) in phrases.into_iter().enumerate() {
            if at >= MOST_PHRASES {
                query.beyond.push(UnderstoodTerm { word: phrase.text, means: Vec::new(), by: MatchKind::Beyond });
                continue;
            }
            let bit = 1 << at;
            if phrase.is_second_half && query.words.last().is_some_and(|before| before.word == phrase.text) {
                query.halves.push((bit >> 1, bit));
            }
            if !phrase.is_idle {
                query.add_terms(thesaurus, &phrase.terms, bit);
            }
            if phrase.offers_help {
                query.giving |= bit;
            }
            if phrase.of_family {
                query.family |= bit;
            }
            let mut means: Vec<String> = phrase.terms.iter().map(|it| thesaurus.all()[*it].term.clone()).collect();
            let mut by = MatchKind::Thesaurus;
            if means.is_empty() {
                let (words, places) = places_with_words(&phrase, snapshot);
                by = if places.is_empty() { MatchKind::Nothing } else { MatchKind::Text };
                means = if by == MatchKind::Text { words } else { Vec::new() };
                query.texts.push((bit, places));
            }
            query.words.push(UnderstoodTerm { word: phrase.text, means, by });
        }
        query
    }

    /// How every phrase was understood, those too many included.
    pub(super) fn all_words(&self) -> Vec<UnderstoodTerm> {
        self.words.iter().chain(&self.beyond).cloned().collect()
    }

    /// Of the phrases that the places `found` answer, those that say what one likes to do where one of the places also answers what
    /// one is: of a clause that says both, the half alone is near.
    pub(super) fn half_answers(&self, found: &[u32]) -> u32 {
        let whole = |(own, liked): &&(u32, u32)| found.iter().any(|phrases| phrases & own != 0 && phrases & liked != 0);
        self.halves.iter().filter(whole).fold(0, |all, (_, liked)| all | liked)
    }

    /// Whether a place answers nothing but conditions, and these only as a place for a wider one does: a workshop for any disability, of
    /// who cannot hear.
    pub(super) fn is_only_wider(&self, bits: MatchBits) -> bool {
        bits.fits() != 0 && bits.fits() == bits.wider && bits.wider & !self.conditions == 0
    }

    /// Treats all `terms` as one phrase, without what is near them.
    pub(super) fn of_terms(terms: &[String], thesaurus: &Thesaurus) -> Self {
        let mut query = Self::empty(thesaurus);
        for interest in terms.iter().flat_map(|term| thesaurus.meant_by(term)) {
            query.near[*interest][0] = 1;
        }
        query
    }

    fn empty(thesaurus: &Thesaurus) -> Self {
        let count = thesaurus.all().len();
        Self { near: vec![[0; 3]; count], said: vec![false; count], ..Self::default() }
    }

    /// Marks terms, their narrower terms and what is near them with the bit of a phrase.
    fn add_terms(&mut self, thesaurus: &Thesaurus, terms: &[usize], bit: u32) {
        for &term in terms {
            for (interest, closeness) in thesaurus.around(term) {
                self.near[interest][closeness as usize] |= bit;
                self.said[interest] |= closeness != Closeness::Near;
            }
            if !thesaurus.all()[term].is_pursuit() {
                self.troubles |= bit;
            }
            if thesaurus.all()[term].kind == InterestKind::Condition {
                self.conditions |= bit;
            }
        }
    }

    /// Notes that the wish implies `terms` without saying them, by what it asks for.
    pub(super) fn imply(&mut self, thesaurus: &Thesaurus, terms: &[usize]) {
        for (interest, closeness) in terms.iter().flat_map(|term| thesaurus.around(*term)) {
            self.said[interest] |= closeness == Closeness::Same;
        }
    }

    /// Whether the wish says or implies an interest.
    pub(super) fn says(&self, interest: usize) -> bool {
        self.said.get(interest).copied().unwrap_or(false)
    }

    /// The places whose text contains a phrase that only text contains.
    pub(super) fn places_by_text(&self) -> impl Iterator<Item = u32> {
        self.texts.iter().flat_map(|(_, places)| places.iter().copied())
    }

    /// The match bits of a place.
    pub(super) fn match_bits(&self, row: &PlaceFeatures, place_interests: &[PlaceInterest]) -> MatchBits {
        let mut bits = MatchBits::default();
        let (mut meant, mut named) = (false, false);
        for it in row.interests(place_interests) {
            let [same, wider, near] = self.near[usize::from(it.interest)];
            if it.stated {
                bits.same |= same;
                bits.wider |= if it.narrowed { 0 } else { wider };
            } else {
                bits.same_mentioned |= same;
            }
            bits.near |= near;
            if it.meant {
                named = true;
                meant |= self.said[usize::from(it.interest)];
            }
        }
        for (bit, places) in &self.texts {
            if places.binary_search(&row.place).is_ok() {
                bits.text |= bit;
            }
        }
        self.settled(row, bits, named && !meant)
    }

    /// The bits that hold, each phrase once, for a place; `others`: it is meant for people of whom the wish says nothing.
    fn settled(&self, row: &PlaceFeatures, bits: MatchBits, others: bool) -> MatchBits {
        let mut phrases = u32::MAX;
        let mut mentioned = u32::MAX;
        if others && row.has(PlaceFeatures::FOR_CONDITION) {
            // Whoever helps need not be one of those.
            phrases = self.giving;
        } else if others {
            phrases = self.troubles | self.giving;
            // A group for one trouble that mentions another is not for that one; who listens to anybody is.
            mentioned = if row.has(PlaceFeatures::DESK) { u32::MAX } else { self.giving };
        }
        if row.has(PlaceFeatures::NOT_FOR_FAMILY) {
            phrases &= !self.family;
        }
        let mut bits = bits.only(phrases);
        bits.same_mentioned &= mentioned & !bits.same;
        bits.wider &= !(bits.same | bits.same_mentioned);
        bits.near &= !bits.fits();
        bits
    }

    /// Of the phrases `text` that a place's text contains, those that stand in its name or keywords.
    pub(super) fn named_in(&self, row: &PlaceFeatures, snapshot: &Snapshot, text: u32) -> u32 {
        if text == 0 {
            return 0;
        }
        let facts = &snapshot.places[row.place as usize].place.facts;
        let names = std::iter::once(&facts.name).chain(&facts.tags).filter(|it| is_keyword(it) || **it == facts.name);
        let names: Vec<String> = names.map(|it| fold(it)).collect();
        let stands = |word: &str| names.iter().any(|name| name.contains(&fold(word)));
        let is_named = |at: &usize| self.words[*at].means.iter().any(|word| stands(word));
        (0..self.words.len()).filter(|at| text & (1 << at) != 0).filter(is_named).fold(0, |all, at| all | 1 << at)
    }

    /// How close an interest is to a phrase.
    pub(super) fn closeness(&self, word: usize, interest: u16) -> Option<Closeness> {
        let bit = 1 << word;
        let near = self.near[usize::from(interest)];
        let all = [Closeness::Same, Closeness::Wider, Closeness::Near];
        all.into_iter().find(|closeness| near[*closeness as usize] & bit != 0)
    }
}

/// The places whose text contains a phrase, else those with its words of some weight; with the words.
fn places_with_words(phrase: &UnderstoodPhrase, snapshot: &Snapshot) -> (Vec<String>, Vec<u32>) {
    let whole = places_with_text(&phrase.text, snapshot);
    if !whole.is_empty() {
        return (vec![phrase.text.clone()], whole);
    }
    let common = COMMON_PLACES.max(snapshot.places.len() / COMMON_SHARE);
    let (mut words, mut all) = (Vec::new(), Vec::new());
    for word in &phrase.unknown {
        let places = places_with_text(word, snapshot);
        if !places.is_empty() && places.len() <= common {
            words.push(word.clone());
            all.extend(places);
        }
    }
    all.sort_unstable();
    all.dedup();
    (words, all)
}

/// Whether `word` stands in the words of a place only as the end of longer ones: 仕事 in 手仕事.
fn is_part_of_words(facts: &Facts, word: &str) -> bool {
    let texts = [&facts.description, &facts.note, &facts.eligibility, &facts.organization, &facts.venue];
    let texts = texts.into_iter().flatten().chain([&facts.name]).chain(&facts.tags).chain(&facts.interests);
    let mut stands = texts.map(|text| fold(text)).filter(|text| text.contains(word)).peekable();
    let begins_with_kanji = word.chars().next().is_some_and(is_kanji);
    let is_apart = |text: &String| {
        let before = |at: usize| text[..at].chars().next_back();
        text.match_indices(word).any(|(at, _)| before(at).is_none_or(|c| !is_kanji(c) || PREFIXES.contains(c)))
    };
    begins_with_kanji && stands.peek().is_some() && !stands.any(|text| is_apart(&text))
}

/// The places whose text contains `word`, in ascending order.
fn places_with_text(word: &str, snapshot: &Snapshot) -> Vec<u32> {
    let filter = Filter { text: word.to_owned(), ..Filter::default() };
    let folded = fold(word);
    // Of a person who looks for a person, only the interests are searched.
    let is_told = |place: &usize| {
        let listed = &snapshot.places[*place];
        let facts = &listed.place.facts;
        if is_seeker(snapshot, listed) {
            facts.interests.iter().any(|it| fold(it).contains(&folded))
        } else {
            !is_part_of_words(facts, &folded)
        }
    };
    let places = snapshot.matching(&filter);
    places.iter().filter(is_told).map(|place| u32::try_from(place).expect("places are numbered in 32 bits")).collect()
}
