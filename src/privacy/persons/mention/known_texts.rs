//! Who is named in texts that were read before: the same cell is read when a list comes in and again for every audience, and many cells
//! are alike. Kept are hashes under a random key, no text. This module does no I/O.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{LazyLock, Mutex, PoisonError};

use super::PersonMention;

/// Texts of one generation: two of them take a few megabytes.
const GENERATION_TEXTS: usize = 1 << 16;

/// Two hashes under keys that nobody can know: no text can be made to pass for another.
type TextHash = (u64, u64);

/// The mentions of texts that were read lately, in two generations: the older goes when the younger is full.
#[derive(Debug, Default)]
struct KnownTexts {
    younger: HashMap<TextHash, Box<[PersonMention]>>,
    older: HashMap<TextHash, Box<[PersonMention]>>,
}

impl KnownTexts {
    fn get(&mut self, hash: TextHash) -> Option<Vec<PersonMention>> {
        if let Some(known) = self.younger.get(&hash) {
            return Some(known.to_vec());
        }
        let known = self.older.remove(&hash)?;
        let mentions = known.to_vec();
        self.put(hash, known);
        Some(mentions)
    }

    fn put(&mut self, hash: TextHash, mentions: Box<[PersonMention]>) {
        if self.younger.len() >= GENERATION_TEXTS {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(hash, mentions);
    }
}

static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);
static KNOWN: LazyLock<Mutex<KnownTexts>> = LazyLock::new(Mutex::default);

/// What `find` finds in `text`, which depends on the text alone.
pub(super) fn known_or(text: &str, find: impl FnOnce(&str) -> Vec<PersonMention>) -> Vec<PersonMention> {
    let hash = (KEYS[0].hash_one(text), KEYS[1].hash_one(text));
    // Not held while the text is read: others may read at the same time.
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(hash);
    known.unwrap_or_else(|| {
        let found = find(text);
        KNOWN.lock().unwrap_or_else(PoisonError::into_inner).put(hash, found.as_slice().into());
        found
    })
}

#[cfg(test)]
mod tests {
    use super::super::MentionKind;
    use super::*;

    #[test]
    fn a_text_is_read_once_and_the_oldest_are_forgotten() {
        let mention = |start| PersonMention { start, end: start + 1, kind: MentionKind::FullName };
        let mut known = KnownTexts::default();
        for number in 0..(2 * GENERATION_TEXTS + 10) {
            known.put((number as u64, 0), Box::new([mention(number)]));
            assert_eq!(known.get((0, 0)), Some(vec![mention(0)]), "what is asked for stays");
        }
        assert_eq!(known.get((1, 0)), None);
        assert!(known.younger.len() + known.older.len() <= 2 * GENERATION_TEXTS);
    }

    #[test]
    fn what_is_known_is_what_was_found() {
        let text = "a text of this test alone: 見本 太郎";
        let mention = PersonMention { start: 1, end: 2, kind: MentionKind::Alone };
        assert_eq!(known_or(text, |_| vec![mention.clone()]), vec![mention.clone()]);
        assert_eq!(known_or(text, |_| Vec::new()), vec![mention]);
    }
}
