//! What a city calls the parts of its programme: link workers, their layers, the papers. Messages refer to them as `{word:KEY}`.
//!
//! This module does no I/O.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

/// What begins a reference to a word.
const START: &str = "{word:";

/// How many words may refer to one another in a row.
const DEEPEST: u8 = 4;

/// The words by key; each key of `words.toml` has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CityWords(BTreeMap<String, String>);

static STANDARD: LazyLock<CityWords> =
    LazyLock::new(|| CityWords(toml::from_str(include_str!("words.toml")).expect("the file in the program is valid")));

/// Why a word cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongWord {
    /// There is no word of this key.
    UnknownKey,
    /// It is blank, or has a character that ends an attribute, an element or a text of JSON.
    WrongText,
}

impl Default for CityWords {
    fn default() -> Self {
        STANDARD.clone()
    }
}

impl CityWords {
    /// Replaces the word under `key`.
    ///
    /// # Errors
    ///
    /// If there is no such key, or `text` cannot stand on a page. A page is searched for references when it is whole, so that a word
    /// is never escaped: what would need that is refused here (XSS).
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), WrongWord> {
        let word = self.0.get_mut(key).ok_or(WrongWord::UnknownKey)?;
        let is_ruby = key.ends_with("_ruby");
        let is_wrong = |c: char| "<>&\"'`\\".contains(c) || c.is_control() || (!is_ruby && "{|}".contains(c));
        if text.trim().is_empty() || text.contains(is_wrong) || text.contains(START) {
            return Err(WrongWord::WrongText);
        }
        text.trim().clone_into(word);
        // A reading of the usual name is none of another one.
        if key == "handout" && self.0.get("handout_ruby") == STANDARD.0.get("handout_ruby") {
            self.0.insert("handout_ruby".to_owned(), text.trim().to_owned());
        }
        Ok(())
    }

    /// `text` with every reference replaced by its word. One to a word that does not exist stays as it is.
    pub fn fill<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.fill_within(text, DEEPEST)
    }

    /// As [`fill`](Self::fill); words that refer to others are filled up to `depth` times.
    fn fill_within<'a>(&self, text: &'a str, depth: u8) -> Cow<'a, str> {
        if depth == 0 || !text.contains(START) {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(START) {
            filled.push_str(before);
            let word = after.split_once('}').and_then(|(key, after)| Some((self.0.get(key)?, after)));
            if let Some((word, after)) = word {
                filled.push_str(&self.fill_within(word, depth - 1));
                rest = after;
            } else {
                filled.push_str(START);
                rest = after;
            }
        }
        Cow::Owned(filled + rest)
    }

    /// `text` with the words that every city has until it says otherwise.
    pub fn fill_standard(text: &str) -> Cow<'_, str> {
        STANDARD.fill(text)
    }

    /// Every word, by key.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_the_words_of_the_city() {
        let mut words = CityWords::default();
        words.set("link_worker", " 地域のコネクター ").unwrap();
        let said = words.fill("{word:link_worker}と{word:layer_one}、{n}、{word:none}、{word:link_worker");
        assert_eq!(said, "地域のコネクターと1層、{n}、{word:none}、{word:link_worker");
        assert_eq!(CityWords::fill_standard("{word:receiver}"), "つなぎ役（リンクワーカー）");
        assert_eq!(words.fill("{word:receiver}"), "地域のコネクター（リンクワーカー）", "words follow one another");
        words.set("handout", "つながり手帳").unwrap();
        assert_eq!(words.fill("{word:handout_ruby}"), "つながり手帳", "a reading of another name is none");
    }

    #[test]
    fn a_word_that_would_end_an_element_or_an_attribute_is_refused() {
        let mut words = CityWords::default();
        for text in ["", "　", "<b>", "a\"b", "a'b", "a&b", "a\\b", "a\nb", "{word:handout}", "{a|b}"] {
            assert_eq!(words.set("link_worker", text), Err(WrongWord::WrongText), "{text}");
        }
        assert_eq!(words.set("link_workers", "x"), Err(WrongWord::UnknownKey));
        assert_eq!(words.set("handout_ruby", "{紹介|しょうかい}の{紙|かみ}"), Ok(()));
        assert_eq!(words.set("handout_ruby", "{紹介|\"}"), Err(WrongWord::WrongText));
        assert_eq!(words.all().len(), CityWords::default().all().len());
    }
}
