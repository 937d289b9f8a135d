//! The languages of the page and their texts (`web/lang/*.json`). This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum PageLanguage {
    /// 日本語.
    #[default]
    Ja,
    /// やさしい日本語: short sentences, few kanji, spaces between words.
    Easy,
    /// English.
    En,
}

type MessageTable = BTreeMap<String, String>;

static JA: LazyLock<MessageTable> = LazyLock::new(|| table(include_str!("../../web/lang/ja.json")));
static EASY: LazyLock<MessageTable> = LazyLock::new(|| table(include_str!("../../web/lang/easy.json")));
static EN: LazyLock<MessageTable> = LazyLock::new(|| table(include_str!("../../web/lang/en.json")));

fn table(json: &str) -> MessageTable {
    serde_json::from_str(json).expect("web/lang/*.json are embedded and read by a test")
}

impl PageLanguage {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Ja, Self::Easy, Self::En];

    /// Its name in addresses: `ja`, `easy`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::Easy => "easy",
            Self::En => "en",
        }
    }

    /// The language of that name in an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The value of `<html lang>` (BCP 47); plain Japanese is Japanese.
    pub fn tag(self) -> &'static str {
        if self == Self::En { "en" } else { "ja" }
    }

    /// What an `Accept-Language` header asks for first, of what we have; Japanese when it asks for neither.
    pub fn accepted(header: &str) -> Self {
        let wanted = header.split(',').filter_map(weighted).filter(|(tag, _)| matches!(*tag, "ja" | "en"));
        let best = wanted.fold(("ja", 0.0), |best, next| if next.1 > best.1 { next } else { best });
        if best.0 == "en" { Self::En } else { Self::Ja }
    }

    /// The text for `key`; the key itself where there is none (a test keeps that from happening).
    pub fn text(self, key: &'static str) -> &'static str {
        self.texts().get(key).map_or(key, String::as_str)
    }

    /// The text for a key that is put together while running, if there is one.
    pub fn text_of(self, key: &str) -> Option<&'static str> {
        self.texts().get(key).map(String::as_str)
    }

    /// The text for `key` with `{name}` replaced by its value.
    pub fn fill(self, key: &'static str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.text(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Every text, by key.
    pub fn texts(self) -> &'static BTreeMap<String, String> {
        match self {
            Self::Ja => &JA,
            Self::Easy => &EASY,
            Self::En => &EN,
        }
    }
}

/// The `lang` of words from a list that stand in a page of this language; `None` where it is the page's own.
pub fn lang_of(words: &str, page: PageLanguage) -> Option<&'static str> {
    (page == PageLanguage::En && words.chars().any(|c| c >= '\u{3000}')).then_some("ja")
}

/// `ja-JP;q=0.8` as its main language and weight.
fn weighted(part: &str) -> Option<(&str, f32)> {
    let (tag, parameters) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight = parameters.trim().strip_prefix("q=")?.parse().ok()?;
    Some((tag.split('-').next().unwrap_or(tag).trim(), weight))
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
    fn the_browser_s_first_language_of_ours_wins() {
        assert_eq!(PageLanguage::accepted("fr, en;q=0.8, ja;q=0.5"), PageLanguage::En);
        assert_eq!(PageLanguage::accepted("ja-JP,ja;q=0.9,en-US;q=0.8"), PageLanguage::Ja);
        assert_eq!(PageLanguage::accepted("de;q=nonsense,,;"), PageLanguage::Ja);
    }

    #[test]
    fn all_languages_have_the_same_keys() {
        let keys = |lang: PageLanguage| lang.texts().keys().collect::<Vec<_>>();
        assert_eq!(keys(PageLanguage::Ja), keys(PageLanguage::En));
        assert_eq!(keys(PageLanguage::Ja), keys(PageLanguage::Easy));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            ["0", "999", "1,000", "1,000,000"],
            [0, 999, 1000, 1_000_000].map(thousands).each_ref().map(String::as_str)
        );
    }
}
