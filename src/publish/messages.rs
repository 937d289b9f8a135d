//! Message catalogues of the public pages, one per language (`web/lang/*.json`). This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Language, Messages};

/// Every catalogue that `web/lang/` has, by the code of its language; the build script writes this table.
static CATALOGUES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

static MESSAGES: LazyLock<BTreeMap<Language, Messages>> = LazyLock::new(|| {
    let of = |language: Language| {
        let (_, json) = CATALOGUES.iter().find(|(code, _)| *code == language.code())?;
        Some(Messages::from_json(language, json).expect("web/lang/*.json are embedded and read by a test"))
    };
    let mut all: BTreeMap<Language, Messages> =
        Language::ALL.into_iter().filter_map(|language| Some((language, of(language)?))).collect();
    if let Some(draft) = all.remove(&Language::Vi) {
        let whole = draft.completed_by(&all[&Language::En]);
        all.insert(Language::Vi, whole);
    }
    all
});

/// The message catalogue of the public pages in `language`; in English where `web/lang/` has no file for it.
pub fn page_messages(language: Language) -> &'static Messages {
    MESSAGES.get(&language).unwrap_or_else(|| &MESSAGES[&Language::En])
}

/// The languages that pages offer: those with a catalogue.
pub fn offered_languages() -> impl Iterator<Item = Language> {
    MESSAGES.keys().copied()
}

/// The HTML `lang` attribute for text of a list (WCAG 3.1.2): `ja` for Japanese text on a page in Latin letters, else `None`.
pub fn lang_of(text: &str, page: Language) -> Option<&'static str> {
    (page.is_latin() && text.chars().any(|c| c >= '\u{3000}')).then_some("ja")
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
        for language in [Language::Ja, Language::Easy, Language::En] {
            let differences = page_messages(language).differences(page_messages(Language::Ja));
            assert_eq!(differences, Vec::<String>::new(), "{language:?}");
        }
    }

    #[test]
    fn a_catalogue_that_is_not_finished_has_no_texts_or_values_of_its_own() {
        let english = page_messages(Language::En);
        let own = ["lang.vi", "lang.note"];
        let differences = page_messages(Language::Vi).differences(english);
        assert!(differences.iter().all(|key| own.contains(&key.as_str())), "{differences:?}");
        assert_eq!(page_messages(Language::Vi).text("view.map"), "Bản đồ");
        assert_eq!(page_messages(Language::Vi).text("service.places"), english.text("service.places"));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            ["0", "999", "1,000", "1,000,000"],
            [0, 999, 1000, 1_000_000].map(thousands).each_ref().map(String::as_str)
        );
    }
}
