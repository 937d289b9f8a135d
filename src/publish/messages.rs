//! The message catalogues of the public pages (`web/lang/*.json`). This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Language, Messages};

static JA: LazyLock<Messages> = LazyLock::new(|| catalogue(Language::Ja, include_str!("../../web/lang/ja.json")));
static EASY: LazyLock<Messages> = LazyLock::new(|| catalogue(Language::Easy, include_str!("../../web/lang/easy.json")));
static EN: LazyLock<Messages> = LazyLock::new(|| catalogue(Language::En, include_str!("../../web/lang/en.json")));

fn catalogue(language: Language, json: &str) -> Messages {
    Messages::from_json(language, json).expect("web/lang/*.json are embedded and read by a test")
}

/// The message catalogue of the pages in `language`.
pub fn page_messages(language: Language) -> &'static Messages {
    match language {
        Language::Ja => &JA,
        Language::Easy => &EASY,
        Language::En => &EN,
    }
}

impl Language {
    /// The page's text for `key`; the key itself where there is none (a test keeps that from happening).
    pub fn text(self, key: &'static str) -> &'static str {
        page_messages(self).text(key)
    }

    /// The page's text for a key that is put together while running, if there is one.
    pub fn text_of(self, key: &str) -> Option<&'static str> {
        page_messages(self).find(key)
    }

    /// The page's text for `key` with `{name}` replaced by its value.
    pub fn fill(self, key: &'static str, values: &[(&str, &str)]) -> String {
        page_messages(self).fill(key, values)
    }

    /// Every text of the page, by key.
    pub fn texts(self) -> &'static BTreeMap<String, String> {
        page_messages(self).all()
    }
}

/// The `lang` of words from a list that stand in a page of this language; `None` where it is the page's own.
pub fn lang_of(words: &str, page: Language) -> Option<&'static str> {
    (page == Language::En && words.chars().any(|c| c >= '\u{3000}')).then_some("ja")
}

/// A count with thousands set apart: `12,345`.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_languages_have_the_same_messages_with_the_same_values() {
        for language in Language::ALL {
            let differences = page_messages(language).differences(page_messages(Language::Ja));
            assert_eq!(differences, Vec::<String>::new(), "{language:?}");
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            ["0", "999", "1,000", "1,000,000"],
            [0, 999, 1000, 1_000_000].map(thousands).each_ref().map(String::as_str)
        );
    }
}
