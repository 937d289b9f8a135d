//! Message catalogues of the public pages, one per language (`web/lang/*.json`). This module does no I/O.

use std::sync::LazyLock;

use crate::model::{Language, Messages};

static JA: LazyLock<Messages> = LazyLock::new(|| parse_catalogue(Language::Ja, include_str!("../../web/lang/ja.json")));
static EASY: LazyLock<Messages> =
    LazyLock::new(|| parse_catalogue(Language::Easy, include_str!("../../web/lang/easy.json")));
static EN: LazyLock<Messages> = LazyLock::new(|| parse_catalogue(Language::En, include_str!("../../web/lang/en.json")));

/// Parses an embedded catalogue.
fn parse_catalogue(language: Language, json: &str) -> Messages {
    Messages::from_json(language, json).expect("web/lang/*.json are embedded and read by a test")
}

/// The message catalogue of the public pages in `language`.
pub fn page_messages(language: Language) -> &'static Messages {
    match language {
        Language::Ja => &JA,
        Language::Easy => &EASY,
        Language::En => &EN,
    }
}

/// The HTML `lang` attribute for text of a list (WCAG 3.1.2): `ja` for Japanese text on an English page, else `None`.
pub fn lang_of(text: &str, page: Language) -> Option<&'static str> {
    (page == Language::En && text.chars().any(|c| c >= '\u{3000}')).then_some("ja")
}

/// Formats a count with a thousands separator: `12,345`.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
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
