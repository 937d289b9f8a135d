//! Multi-pattern search for names and for parts of names with a form of address. This module does no I/O.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::words::PrivacyWordFile;
use crate::text::is_kanji;

/// Longest part of a name that is looked for before a form of address, in characters.
const MAX_PART_CHARS: usize = 8;

/// Multi-pattern search with a hash set, by the first two characters of the patterns.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct NameIndex {
    words: HashSet<String>,
    /// The distinct lengths of the patterns that begin with two characters.
    lengths: HashMap<[char; 2], BTreeSet<usize>>,
}

impl NameIndex {
    /// Adds a word of two characters or more.
    pub(super) fn add(&mut self, word: String) {
        let mut chars = word.chars();
        if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
            self.lengths.entry([first, second]).or_default().insert(word.chars().count());
            self.words.insert(word);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether one of the words stands in `text`. The cost grows with the text, not with the number of words.
    pub(super) fn are_in(&self, text: &[char]) -> bool {
        !self.words.is_empty()
            && text.windows(2).enumerate().any(|(at, pair)| {
                let lengths = self.lengths.get(&[pair[0], pair[1]]);
                let stands = |length: &usize| {
                    text.get(at..at + length).is_some_and(|part| self.words.contains(&part.iter().collect::<String>()))
                };
                lengths.is_some_and(|lengths| lengths.iter().any(stands))
            })
    }
}

/// Parts of names, which count with a form of address only: a family name is often the name of a 大字 as well.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct NameParts {
    parts: HashSet<String>,
}

impl NameParts {
    pub(super) fn add(&mut self, part: &str) {
        self.parts.insert(part.to_owned());
    }

    /// Whether one of the parts stands in the folded `text` before a form of address (さん, 先生, 宅) or alone in brackets.
    pub(super) fn are_addressed_in(&self, text: &str) -> bool {
        if self.parts.is_empty() {
            return false;
        }
        let words = &PrivacyWordFile::get().people;
        let addressed =
            |form: &String| text.match_indices(form.as_str()).any(|(at, _)| self.stands_before(text, at, form));
        words.spoken.iter().any(addressed) || self.stands_in_brackets(text)
    }

    fn stands_before(&self, text: &str, at: usize, form: &str) -> bool {
        let behind = text[at + form.len()..].chars().next();
        // 山田家 is a home, 山田家具店 and 山田家族会 are none.
        if form == "家" && behind.is_some_and(is_kanji) {
            return false;
        }
        let end = text[at + form.len()..].chars().next().map_or(at, |c| at + c.len_utf8()) + form.len();
        let is_common = |from: usize| {
            let words = PrivacyWordFile::not_names().iter().filter(|word| word.contains(form));
            words.into_iter().any(|word| text[from..end].contains(word.as_str()))
        };
        let starts = text[..at].char_indices().rev().take(MAX_PART_CHARS).map(|(from, _)| from);
        starts.enumerate().any(|(n, from)| {
            let single = n == 0 && !["さん", "さま", "様", "氏", "先生"].contains(&form);
            !single && self.parts.contains(&text[from..at]) && !is_common(from)
        })
    }

    fn stands_in_brackets(&self, text: &str) -> bool {
        text.match_indices('(').any(|(at, _)| {
            let inner = &text[at + 1..];
            let inner = inner.split(')').next().filter(|part| part.len() < inner.len()).unwrap_or_default();
            inner.chars().count() >= 2 && inner != "見本" && self.parts.contains(inner)
        })
    }
}
