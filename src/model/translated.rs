//! A short text in the program's languages, with its fallback rule. This module does no I/O.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Language;

/// One text in several languages: the name of a category, the sentence for a problem.
///
/// The fallback rule: a language that is missing reads as English where it is written in Latin letters, else as Japanese, which every
/// city has. Serialized as a table by the
/// languages' codes (`ja`, `easy`, `en`); another key is an error. A whole catalogue of one language is
/// [`Messages`](super::Messages).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Translated(BTreeMap<Language, String>);

impl Translated {
    /// The text in `language`, else by the fallback rule; empty where there is neither.
    pub fn text(&self, language: Language) -> &str {
        let english = || self.written(Language::En).filter(|_| language.is_latin());
        self.written(language).or_else(english).unwrap_or_else(|| self.japanese())
    }

    /// The Japanese text; empty where there is none.
    pub fn japanese(&self) -> &str {
        self.written(Language::Ja).unwrap_or_default()
    }

    /// The text in `language` itself, without the fallback.
    pub fn written(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// Every text that is written, in the order of [`Language::ALL`].
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

/// Texts by language; empty ones are left out.
impl<S: Into<String>> FromIterator<(Language, S)> for Translated {
    fn from_iter<T: IntoIterator<Item = (Language, S)>>(texts: T) -> Self {
        let texts = texts.into_iter().map(|(language, text)| (language, text.into()));
        Self(texts.filter(|(_, text)| !text.is_empty()).collect())
    }
}

impl<const N: usize> From<[(Language, &str); N]> for Translated {
    fn from(texts: [(Language, &str); N]) -> Self {
        texts.into_iter().collect()
    }
}

/// A text in Japanese alone.
impl From<&str> for Translated {
    fn from(japanese: &str) -> Self {
        [(Language::Ja, japanese)].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_in_a_language_reads_as_japanese() {
        let both: Translated = [(Language::Ja, "畑"), (Language::En, "Fields"), (Language::Easy, "")].into();
        assert_eq!(Language::ALL.map(|language| both.text(language)), ["畑", "畑", "Fields", "Fields"]);
        assert_eq!(both.written(Language::Easy), None);
        assert_eq!(both.each().collect::<Vec<_>>(), ["畑", "Fields"]);
        assert_eq!(Translated::default().text(Language::En), "");
    }

    #[test]
    fn it_is_a_table_by_the_codes_of_the_languages_and_no_other_key_is_read() {
        let both: Translated = [(Language::Ja, "畑"), (Language::En, "Fields")].into();
        assert_eq!(toml::from_str::<Translated>("ja = \"畑\"\nen = \"Fields\"").unwrap(), both);
        assert!(toml::from_str::<Translated>("ja = \"畑\"\nxx = \"?\"").is_err());
        let keys: BTreeMap<String, String> = serde_json::from_value(serde_json::to_value(&both).unwrap()).unwrap();
        assert!(keys.keys().all(|key| Language::from_code(key).is_some()), "{keys:?}");
    }
}
