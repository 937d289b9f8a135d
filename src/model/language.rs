//! The languages of pages, reports and the command line. This module does no I/O.

use serde::{Deserialize, Serialize};

/// A language in which the program addresses people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 日本語.
    #[default]
    Ja,
    /// やさしい日本語 (plain Japanese): short sentences, few kanji, spaces between words.
    Easy,
    /// English.
    En,
    /// Tiếng Việt; what its catalogue lacks reads as English.
    Vi,
}

impl Language {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Ja, Self::Easy, Self::En, Self::Vi];

    /// Its name in addresses: `ja`, `easy`, `en`, `vi`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::Easy => "easy",
            Self::En => "en",
            Self::Vi => "vi",
        }
    }

    /// The language of that name in an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The BCP 47 tag for `<html lang>`; plain Japanese is Japanese.
    pub fn tag(self) -> &'static str {
        if self.is_latin() { self.code() } else { "ja" }
    }

    /// Whether it is written in Latin letters, so that Japanese words within it are another language's.
    pub fn is_latin(self) -> bool {
        matches!(self, Self::En | Self::Vi)
    }

    /// The language of reports and the command line for a reader of this one: those have no plain Japanese and fall back
    /// to Japanese, and no Vietnamese, which falls back to English.
    #[must_use]
    pub fn of_reports(self) -> Self {
        match self {
            Self::Ja | Self::Easy => Self::Ja,
            Self::En | Self::Vi => Self::En,
        }
    }

    /// Content negotiation: the language that an `Accept-Language` header prefers, of Japanese and English; Japanese when
    /// it names neither.
    pub fn accepted(header: &str) -> Self {
        let wanted = header.split(',').filter_map(weighted).filter(|(tag, _)| matches!(*tag, "ja" | "en"));
        let best = wanted.fold(("ja", 0.0), |best, next| if next.1 > best.1 { next } else { best });
        if best.0 == "en" { Self::En } else { Self::Ja }
    }
}

/// `ja-JP;q=0.8` as its main language and weight.
fn weighted(part: &str) -> Option<(&str, f32)> {
    let (tag, parameters) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight = parameters.trim().strip_prefix("q=")?.parse().ok()?;
    Some((tag.split('-').next().unwrap_or(tag).trim(), weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_first_language_of_ours_wins() {
        assert_eq!(Language::accepted("fr, en;q=0.8, ja;q=0.5"), Language::En);
        assert_eq!(Language::accepted("ja-JP,ja;q=0.9,en-US;q=0.8"), Language::Ja);
        assert_eq!(Language::accepted("de;q=nonsense,,;"), Language::Ja);
    }

    #[test]
    fn a_report_in_plain_japanese_falls_back_to_japanese() {
        assert_eq!(Language::ALL.map(Language::of_reports), [Language::Ja, Language::Ja, Language::En, Language::En]);
    }
}
