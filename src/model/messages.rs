//! Message catalogues: the texts of one language by key, with `{name}` where a value belongs. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use super::Language;

/// A message catalogue: the texts of one language (and page) by key.
#[derive(Debug)]
pub struct Messages {
    language: Language,
    texts: BTreeMap<String, String>,
}

impl Messages {
    /// Reads a flat JSON object of texts.
    ///
    /// # Errors
    ///
    /// If `json` is anything else.
    pub fn from_json(language: Language, json: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { language, texts: serde_json::from_str(json)? })
    }

    /// Reads nested TOML tables of texts; a key joins the names of its tables by dots. Values other than texts are
    /// ignored.
    ///
    /// # Errors
    ///
    /// If `toml` is no TOML.
    pub fn from_toml(language: Language, toml: &str) -> Result<Self, toml::de::Error> {
        let mut texts = BTreeMap::new();
        flatten(&toml.parse()?, "", &mut texts);
        Ok(Self { language, texts })
    }

    /// These texts, and those of `other` for every key that only it has: a catalogue that is not finished.
    #[must_use]
    pub fn completed_by(mut self, other: &Self) -> Self {
        for (key, text) in &other.texts {
            self.texts.entry(key.clone()).or_insert_with(|| text.clone());
        }
        self
    }

    /// The language of all texts.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text for `key`; the key itself where there is none (a test keeps that from happening).
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The text for `key`, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text for `key`; empty where there is none.
    pub fn optional(&self, key: &str) -> &str {
        self.find(key).unwrap_or_default()
    }

    /// The text whose key is `start` and `end` together; empty where there is none.
    pub fn of(&self, start: &str, end: &str) -> &str {
        self.optional(&format!("{start}{end}"))
    }

    /// The text for `key` with `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// What keeps this catalogue from standing in for `other`: each key that only one of them has, and each key whose texts
    /// name other values. Empty for a complete translation.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let keys: BTreeSet<&String> = self.texts.keys().chain(other.texts.keys()).collect();
        // A word of the city (`{word:…}`) is no value: another language may say it otherwise.
        let values = |text| placeholders(text).filter(|name| !name.starts_with("word:")).collect::<BTreeSet<_>>();
        let differs = |key: &&String| match (self.texts.get(*key), other.texts.get(*key)) {
            (Some(one), Some(other)) => values(one) != values(other),
            _ => true,
        };
        keys.into_iter().filter(differs).cloned().collect()
    }

    /// Every text that a page needs, by key: those on the sample (a part of the key is `sample`) only where the database holds it.
    pub fn needed(&self, holds_sample: bool) -> BTreeMap<&str, &str> {
        let is_needed = |key: &str| holds_sample || key.split('.').all(|part| part != "sample");
        let needed = self.texts.iter().filter(|(key, _)| is_needed(key));
        needed.map(|(key, text)| (key.as_str(), text.as_str())).collect()
    }

    /// Every text, by key.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.texts
    }
}

fn flatten(table: &toml::Table, above: &str, texts: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => flatten(inner, &format!("{above}{key}."), texts),
            toml::Value::String(text) => {
                texts.insert(format!("{above}{key}"), text.clone());
            }
            _ => {}
        }
    }
}

/// Replaces each `{name}` of `template` by its value, in one pass: braces within a value are printed as they are, and so
/// is a name without a value.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        if let Some((value, after)) = value {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled + rest
}

/// The names between braces in `template`.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translation_that_lacks_a_text_or_a_value_is_no_translation() {
        let table = |toml: &str| Messages::from_toml(Language::En, toml).unwrap();
        let english = table("hello = \"{n} places of {n}\"\nbye = \"Bye\"");
        let french = table("hello = \"{n} lieux\"\nbye = \"Au revoir\"");
        assert_eq!(french.differences(&english), Vec::<String>::new());
        let unfinished = table("hello = \"{count} lieux\"\nextra = \"?\"");
        assert_eq!(unfinished.differences(&english), ["bye", "extra", "hello"]);
    }

    #[test]
    fn a_value_with_braces_is_printed_as_it_is() {
        assert_eq!(fill("{a} and {b} and {c", &[("a", "{b}"), ("b", "2")]), "{b} and 2 and {c");
    }

    #[test]
    fn a_name_without_a_value_stays_and_hides_no_other() {
        assert_eq!(fill("{x} {{a}} { {a}", &[("a", "1")]), "{x} {1} { 1");
    }

    #[test]
    fn json_and_toml_make_the_same_catalogue() {
        let json = Messages::from_json(Language::En, r#"{"page.title": "{n} places", "ok": "OK"}"#).unwrap();
        let toml = Messages::from_toml(Language::En, "ok = \"OK\"\n[page]\ntitle = \"{n} places\"\n").unwrap();
        assert_eq!(json.all(), toml.all());
        assert_eq!(toml.fill("page.title", &[("n", "3")]), "3 places");
        assert_eq!((toml.text("none"), toml.optional("none"), toml.of("page.", "title")), ("none", "", "{n} places"));
    }
}
