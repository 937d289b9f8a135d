//! What the texts of one list mean, remembered: most cells of a list repeat a few texts (「上履き持参」, 「毎週月曜 10:00〜」), and to
//! read a text costs far more than to look it up.
//!
//! Bounded in number and length, so that a list of different texts only pays for the look-ups. This module does no I/O.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::import::places::phrases::{FoundPhrase, Phrases, ScannedText, SentenceFact, facts_of_sentences};
use crate::privacy::names_somebody;

/// Texts that are remembered of one kind at most.
const TEXTS: usize = 4_096;
/// Bytes of a text that is remembered; longer ones hardly repeat.
const TEXT_BYTES: usize = 600;

/// What each text was read as.
#[derive(Debug)]
struct Remembered<V>(RefCell<HashMap<String, V>>);

impl<V> Default for Remembered<V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<V: Clone> Remembered<V> {
    /// What `text` means; `read` is asked only if that is not known yet.
    fn get(&self, text: &str, read: impl FnOnce() -> V) -> V {
        if text.len() > TEXT_BYTES {
            return read();
        }
        if let Some(known) = self.0.borrow().get(text) {
            return known.clone();
        }
        let value = read();
        let mut known = self.0.borrow_mut();
        if known.len() < TEXTS {
            known.insert(text.to_owned(), value.clone());
        }
        value
    }
}

/// The meanings of the texts of one list that were read so far.
#[derive(Debug, Default)]
pub(super) struct TextMemo {
    phrases: [Remembered<Vec<FoundPhrase>>; ScannedText::COUNT],
    sentences: Remembered<Vec<SentenceFact>>,
    persons: Remembered<bool>,
    past: Remembered<bool>,
}

impl TextMemo {
    /// The phrases in a text of this kind.
    pub(super) fn phrases(&self, phrases: &Phrases, text: &str, kind: ScannedText) -> Vec<FoundPhrase> {
        self.phrases[kind as usize].get(text, || phrases.find(text, kind))
    }

    /// The facts that the sentences of a text state.
    pub(super) fn sentences(&self, text: &str) -> Vec<SentenceFact> {
        self.sentences.get(text, || facts_of_sentences(text))
    }

    /// Whether a text names somebody.
    pub(super) fn names_somebody(&self, text: &str) -> bool {
        self.persons.get(text, || names_somebody(text))
    }

    /// Whether all days of a schedule are past, as `read` says; it must say the same of one text throughout the list.
    pub(super) fn is_past(&self, schedule: &str, read: impl FnOnce() -> bool) -> bool {
        self.past.get(schedule, read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_and_means_the_same_each_time() {
        let memo = Remembered::default();
        let mut reads = 0;
        for _ in 0..3 {
            let length = memo.get("毎週月曜", || {
                reads += 1;
                "毎週月曜".len()
            });
            assert_eq!(length, 12);
        }
        assert_eq!(reads, 1);
    }

    #[test]
    fn no_list_fills_the_memory_with_its_texts() {
        let memo = Remembered::default();
        for n in 0..TEXTS + 100 {
            assert_eq!(memo.get(&n.to_string(), || n), n);
        }
        memo.get(&"長".repeat(TEXT_BYTES), || 0);
        assert_eq!(memo.0.borrow().len(), TEXTS);
    }
}
