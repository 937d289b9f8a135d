//! How a typed query is understood: its words, what they mean, and what only connects them.
//!
//! 「大屋で月曜の午前に体操がしたい」 is the name 大屋, the time 月曜・午前 and the interest 体操. What occurs in a place as it was
//! typed is searched so; only what does not is taken apart. `web/search/query.js` implements the same; a test compares both. This
//! module does no I/O.

use super::conditions::{MeetingWish, PlaceFact};
use super::vocabulary::{Vocabulary, WordMeaning, fillers, one_romaji, stands_in_text};
use crate::text::fold;

/// Characters between the words of a query, besides white space.
const SEPARATORS: &str = "、。，．,?？!！「」『』（）()";
/// The most words that one query is split into.
const MOST_WORDS: usize = 24;
/// How many words may stand together as one of the vocabulary ("no steps").
const MOST_JOINED: usize = 3;

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
}

impl UnderstoodQuery {
    /// Understands `query`; `occurs` says whether a folded text occurs in any place.
    pub fn new(query: &str, vocabulary: &Vocabulary, occurs: impl Fn(&str) -> bool) -> Self {
        let is_between = |c: char| c.is_whitespace() || SEPARATORS.contains(c);
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
            words = written.iter().map(|word| UnderstoodWord::text(word, fold(word))).collect();
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
    vocabulary: &'a Vocabulary,
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
        } else {
            self.take_apart(&folded, words);
        }
    }

    /// Splits a folded word that occurs nowhere into words of the vocabulary and what is left between them.
    fn take_apart(&self, folded: &str, words: &mut Vec<UnderstoodWord>) {
        let chars: Vec<char> = folded.chars().collect();
        let (mut at, mut left) = (0, 0);
        while at < chars.len() {
            let Some((length, meaning)) = self.vocabulary.at_start(&chars[at..]) else {
                at += 1;
                continue;
            };
            self.read_rest(&chars[left..at], words);
            let word: String = chars[at..at + length].iter().collect();
            words.push(self.meant(&word, word.clone(), meaning));
            at += length;
            left = at;
        }
        self.read_rest(&chars[left..], words);
    }

    /// What stands between two words of the vocabulary: nothing where it only connects, else text.
    fn read_rest(&self, chars: &[char], words: &mut Vec<UnderstoodWord>) {
        let rest: String = chars.iter().collect();
        let trimmed = if (self.occurs)(&rest) && chars.len() > 1 && !fillers().contains(&rest) {
            &rest
        } else {
            without_fillers(&rest)
        };
        if trimmed.is_empty() {
            return;
        }
        words.push(match self.vocabulary.meaning(trimmed) {
            Some(meaning) => self.meant(trimmed, trimmed.to_owned(), meaning),
            None => UnderstoodWord::text(trimmed, trimmed.to_owned()),
        });
    }

    fn meant(&self, written: &str, folded: String, meaning: &WordMeaning) -> UnderstoodWord {
        let meaning = match meaning {
            WordMeaning::Name => return UnderstoodWord::text(written, folded),
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

/// `text` without the connecting words at its ends, the longest first.
fn without_fillers(text: &str) -> &str {
    let mut rest = text;
    loop {
        let longest = |found: Option<&'static str>, next: &'static String| match found {
            Some(found) if found.len() >= next.len() => Some(found),
            _ => Some(next.as_str()),
        };
        let at_end = fillers().iter().filter(|word| rest.ends_with(word.as_str())).fold(None, longest);
        let at_start = fillers().iter().filter(|word| rest.starts_with(word.as_str())).fold(None, longest);
        rest = match (at_end, at_start) {
            (Some(word), _) => &rest[..rest.len() - word.len()],
            (None, Some(word)) => &rest[word.len()..],
            (None, None) => return rest,
        };
    }
}
