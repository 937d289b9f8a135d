//! How a typed query is understood: its words, what they mean, and what only connects them.
//!
//! 「大屋で月曜の午前に体操がしたい」 is the name 大屋, the time 月曜・午前 and the interest 体操. What occurs in a place as it was
//! typed is searched so; only what does not is taken apart. `web/search/query.js` implements the same; a test compares both. This
//! module does no I/O.

use std::ops::Range;

use super::conditions::{MeetingWish, PlaceFact};
use super::vocabulary::{SearchVocabulary, WordMeaning, fillers, one_romaji, particles, separators, stands_in_text};
use crate::text::{fold, is_hiragana};

/// The most words that one query is split into.
const MOST_WORDS: usize = 24;
/// How many words may stand together as one of the vocabulary ("no steps").
const MOST_JOINED: usize = 3;

/// From how many characters on an unknown word of kana alone is told, and not taken for an ending of what stands before it.
const TOLD_KANA: usize = 3;

/// A query as it is understood; every word of it must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnderstoodQuery {
    /// Its words in their order, without those that only connect.
    pub words: Vec<UnderstoodWord>,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderstoodWord {
    /// As it was typed, or folded where it was taken out of a longer one.
    pub written: String,
    /// What is searched.
    pub meaning: SearchedMeaning,
}

/// What is searched for a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchedMeaning {
    /// Text that occurs in a place; folded, in one spelling or two.
    Text(Vec<String>),
    /// An interest: words that mean it, and words that mean something near; folded.
    Interest {
        /// The terms that it means, to be shown.
        terms: Vec<String>,
        /// Words for the same.
        same: Vec<String>,
        /// Words for what is near it.
        near: Vec<String>,
    },
    /// A time; with the folded word, for a place whose times are not known.
    When(String, String),
    /// Something required; with the folded word, for a place of which it is not known.
    Fact(PlaceFact, String),
    /// Nothing: it occurs nowhere, and stands in one word with what does.
    Ignored,
}

impl UnderstoodQuery {
    /// Understands `query`; `occurs` says whether a folded text occurs in any place.
    pub fn new(query: &str, vocabulary: &SearchVocabulary, occurs: impl Fn(&str) -> bool) -> Self {
        let is_between = |c: char| c.is_whitespace() || separators().contains(c);
        let written: Vec<&str> =
            query.split(is_between).filter(|word| !fold(word).is_empty()).take(MOST_WORDS).collect();
        let reader = QueryReader { vocabulary, occurs: &occurs };
        let mut words = Vec::new();
        let mut rest = written.as_slice();
        while let Some((first, behind)) = rest.split_first() {
            if let Some((count, word)) = reader.joined(rest) {
                words.push(word);
                rest = &rest[count..];
                continue;
            }
            reader.read_word(first, &mut words);
            rest = behind;
        }
        if words.is_empty() {
            // Nothing but connecting words: then they are what is searched.
            words = written.iter().map(|word| reader.whole(word)).collect();
        }
        Self { words }
    }

    /// When it must take place, and the folded words that say so.
    pub fn when(&self) -> (MeetingWish, Vec<&str>) {
        let mut wish = MeetingWish::default();
        let mut texts = Vec::new();
        for word in &self.words {
            if let SearchedMeaning::When(code, text) = &word.meaning {
                wish.add(code);
                texts.push(text.as_str());
            }
        }
        (wish, texts)
    }

    /// The query without its word number `at`.
    pub fn without(&self, at: usize) -> String {
        let kept = self.words.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, word)| word.written.as_str());
        kept.collect::<Vec<_>>().join(" ")
    }
}

impl UnderstoodWord {
    fn text(written: &str, folded: String) -> Self {
        let mut spellings = vec![folded];
        if is_latin(&spellings[0]) {
            let key = one_romaji(&spellings[0]);
            if key.chars().count() > 2 && key != spellings[0] {
                spellings.push(key);
            }
        }
        Self { written: written.to_owned(), meaning: SearchedMeaning::Text(spellings) }
    }
}

/// Whether a folded word is of Latin letters.
fn is_latin(folded: &str) -> bool {
    folded.chars().all(|c| c.is_ascii_alphanumeric() || "āīūēōâîûêô'ー-".contains(c))
}

struct QueryReader<'a> {
    vocabulary: &'a SearchVocabulary,
    occurs: &'a dyn Fn(&str) -> bool,
}

impl QueryReader<'_> {
    /// Several words at the beginning of `rest` that are one word of the vocabulary together, and how many.
    fn joined(&self, rest: &[&str]) -> Option<(usize, UnderstoodWord)> {
        (2..=MOST_JOINED.min(rest.len())).rev().find_map(|count| {
            let written = rest[..count].join(" ");
            let folded = fold(&written);
            let meaning = self.vocabulary.meaning(&folded)?;
            Some((count, self.meant(&written, folded, meaning)))
        })
    }

    /// A word as its own meaning, else as text.
    fn whole(&self, written: &str) -> UnderstoodWord {
        let folded = fold(written);
        match self.vocabulary.meaning(&folded) {
            Some(meaning) => self.meant(written, folded, meaning),
            None => UnderstoodWord::text(written, folded),
        }
    }

    fn read_word(&self, written: &str, words: &mut Vec<UnderstoodWord>) {
        let folded = fold(written);
        if fillers().contains(&folded) {
            return;
        }
        if let Some(meaning) = self.vocabulary.meaning(&folded) {
            words.push(self.meant(written, folded, meaning));
            return;
        }
        let whole = UnderstoodWord::text(written, folded.clone());
        let SearchedMeaning::Text(spellings) = &whole.meaning else { return };
        if is_latin(&folded) || spellings.iter().any(|spelling| (self.occurs)(spelling)) {
            words.push(whole);
            return;
        }
        let parts = self.take_apart(&SplitWord::new(written, &folded));
        if parts.iter().all(|part| part.meaning == SearchedMeaning::Ignored) {
            words.push(whole);
        } else {
            words.extend(parts);
        }
    }

    /// Splits a word that occurs nowhere into words of the vocabulary and what is left between them.
    fn take_apart(&self, word: &SplitWord) -> Vec<UnderstoodWord> {
        let mut parts = Vec::new();
        let (mut at, mut left) = (0, 0);
        while at < word.folded.len() {
            let Some((length, meaning)) = self.vocabulary.at_start(&word.folded[at..]) else {
                at += 1;
                continue;
            };
            self.read_rest(word, left..at, &mut parts);
            parts.push(self.meant(&word.written(at..at + length), word.text(at..at + length), meaning));
            at += length;
            left = at;
        }
        self.read_rest(word, left..word.folded.len(), &mut parts);
        parts
    }

    /// What stands between two words of the vocabulary: nothing where it only connects, else text, whole or by its particles.
    fn read_rest(&self, word: &SplitWord, rest: Range<usize>, parts: &mut Vec<UnderstoodWord>) {
        if self.read_part(word, rest.clone(), parts) {
            return;
        }
        let is_particle = |at: &usize| particles().contains(word.folded[*at]);
        let ends: Vec<usize> = rest.clone().filter(is_particle).chain([rest.end]).collect();
        let mut from = rest.start;
        for end in ends {
            if !self.read_part(word, from..end, parts) {
                let part = word.without_fillers(from..end);
                let is_told = part.len() >= TOLD_KANA || word.folded[part.clone()].iter().any(|c| !is_hiragana(*c));
                if is_told {
                    parts.push(UnderstoodWord { written: word.written(part), meaning: SearchedMeaning::Ignored });
                }
            }
            from = end + 1;
        }
    }

    /// Reads a part as one word; returns whether it could be, or is nothing.
    fn read_part(&self, word: &SplitWord, part: Range<usize>, parts: &mut Vec<UnderstoodWord>) -> bool {
        let occurs = |part: &Range<usize>| {
            let is_one_kana = part.len() == 1 && is_hiragana(word.folded[part.start]);
            !is_one_kana && !fillers().contains(&word.text(part.clone())) && (self.occurs)(&word.text(part.clone()))
        };
        let trimmed = if part.len() > 1 && occurs(&part) { part } else { word.without_fillers(part) };
        if trimmed.is_empty() {
            return true;
        }
        let text = word.text(trimmed.clone());
        match self.vocabulary.meaning(&text) {
            Some(meaning) => parts.push(self.meant(&word.written(trimmed), text, meaning)),
            None if occurs(&trimmed) => parts.push(UnderstoodWord::text(&word.written(trimmed), text)),
            None => return false,
        }
        true
    }

    fn meant(&self, written: &str, folded: String, meaning: &WordMeaning) -> UnderstoodWord {
        let meaning = match meaning {
            WordMeaning::Name => return UnderstoodWord::text(written, folded),
            WordMeaning::Reading(names) => SearchedMeaning::Text(names.clone()),
            WordMeaning::When(code) => SearchedMeaning::When(code.clone(), folded),
            WordMeaning::Fact(fact) => SearchedMeaning::Fact(*fact, folded),
            WordMeaning::Interests(numbers) => self.interest(numbers, folded),
        };
        UnderstoodWord { written: written.to_owned(), meaning }
    }

    fn interest(&self, numbers: &[usize], folded: String) -> SearchedMeaning {
        let all = self.vocabulary.interests();
        let mut same: Vec<String> = Vec::new();
        let add = |words: &mut Vec<String>, known: &[String], number: usize| {
            for word in &all[number].finds {
                if !words.contains(word) && !known.contains(word) {
                    words.push(word.clone());
                }
            }
        };
        numbers.iter().flat_map(|&number| &all[number].kinds).for_each(|&kind| add(&mut same, &[], kind));
        // 「いご」 is a part of other words: only what it means is searched.
        if same.is_empty() || stands_in_text(&folded) && !same.contains(&folded) {
            same.push(folded);
        }
        let mut near = Vec::new();
        numbers.iter().flat_map(|&number| &all[number].neighbours).for_each(|&other| add(&mut near, &same, other));
        let terms = numbers.iter().map(|&number| all[number].term.clone()).collect();
        SearchedMeaning::Interest { terms, same, near }
    }
}

/// A word as it was typed and folded, character by character.
struct SplitWord {
    folded: Vec<char>,
    /// As typed, where folding has kept the number of characters; else folded.
    typed: Vec<char>,
}

impl SplitWord {
    fn new(written: &str, folded: &str) -> Self {
        let folded: Vec<char> = folded.chars().collect();
        let typed: Vec<char> = written.chars().collect();
        Self { typed: if typed.len() == folded.len() { typed } else { folded.clone() }, folded }
    }

    fn text(&self, part: Range<usize>) -> String {
        self.folded[part].iter().collect()
    }

    fn written(&self, part: Range<usize>) -> String {
        self.typed[part].iter().collect()
    }

    /// A part without the connecting words at its ends, the longest first.
    fn without_fillers(&self, part: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = part;
        loop {
            let is_filler = |from: usize, to: usize| fillers().contains(&self.text(from..to));
            if let Some(from) = (start..end).find(|&from| is_filler(from, end)) {
                end = from;
            } else if let Some(to) = (start + 1..=end).rev().find(|&to| is_filler(start, to)) {
                start = to;
            } else {
                return start..end;
            }
        }
    }
}
