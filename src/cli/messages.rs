//! The command line's own words in Japanese and English. The tables in `lang/` are data; a sentence names its values in braces.
//!
//! This module does no I/O.

use std::ffi::OsString;
use std::sync::LazyLock;

use crate::import::problem::ReportLanguage;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct CliMessages {
    lang: ReportLanguage,
    table: &'static toml::Table,
}

static JAPANESE: LazyLock<toml::Table> = LazyLock::new(|| table(include_str!("lang/ja.toml")));
static ENGLISH: LazyLock<toml::Table> = LazyLock::new(|| table(include_str!("lang/en.toml")));

fn table(text: &str) -> toml::Table {
    text.parse().expect("the tables of words are read by a test")
}

impl CliMessages {
    /// The words of `lang`.
    pub fn new(lang: ReportLanguage) -> Self {
        let table = match lang {
            ReportLanguage::Ja => &*JAPANESE,
            ReportLanguage::En => &*ENGLISH,
        };
        Self { lang, table }
    }

    /// Which language this is.
    pub fn lang(&self) -> ReportLanguage {
        self.lang
    }

    /// The sentence under `key` (parts joined by dots) with `{name}` replaced by its value. A key that is not in the table
    /// stands for itself.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.find(key).unwrap_or(key), values)
    }

    /// The sentence under `key` as it stands, or nothing.
    pub fn plain(&self, key: &str) -> &'static str {
        self.find(key).unwrap_or_default()
    }

    /// The sentence under `key`, if there is one.
    pub fn find(&self, key: &str) -> Option<&'static str> {
        let mut parts = key.split('.');
        let first = self.table.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))?.as_str()
    }
}

/// Puts `values` into a sentence in one pass, so that braces within a value stay what they are.
fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut said = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        said.push_str(before);
        let close = after.find('}').unwrap_or(after.len() - 1);
        match values.iter().find(|(name, _)| *name == &after[1..close]) {
            Some((_, value)) => said.push_str(value),
            None => said.push_str(&after[..=close]),
        }
        rest = &after[close + 1..];
    }
    said + rest
}

/// The language to speak: `--lang` wherever it stands, else the locale, else English.
pub fn language(arguments: &[OsString], environment: impl Fn(&str) -> Option<String>) -> ReportLanguage {
    let mut asked = None;
    for (at, argument) in arguments.iter().enumerate() {
        let argument = argument.to_string_lossy();
        match argument.strip_prefix("--lang") {
            Some("") => asked = arguments.get(at + 1).map(|next| next.to_string_lossy().into_owned()),
            Some(rest) if rest.starts_with('=') => asked = Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    let locale =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| environment(name).filter(|v| !v.is_empty()));
    match asked.filter(|name| ["ja", "en"].contains(&name.as_str())).or_else(locale) {
        Some(name) if name.to_lowercase().starts_with("ja") => ReportLanguage::Ja,
        _ => ReportLanguage::En,
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn keys(table: &toml::Table, above: &str) -> Vec<String> {
        let below = |(key, value): (&String, &toml::Value)| match value {
            toml::Value::Table(table) => keys(table, &format!("{above}{key}.")),
            toml::Value::String(text) => {
                let mut places: Vec<_> = text.split('{').skip(1).filter_map(|p| p.split('}').next()).collect();
                places.sort_unstable();
                places.dedup();
                vec![format!("{above}{key} {}", places.join(" "))]
            }
            other => panic!("{above}{key} is no text: {other}"),
        };
        table.iter().flat_map(below).collect()
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_values() {
        let (ja, en) = (CliMessages::new(ReportLanguage::Ja), CliMessages::new(ReportLanguage::En));
        assert_eq!(keys(ja.table, ""), keys(en.table, ""));
    }

    #[test]
    fn every_key_that_the_code_names_is_in_the_tables() {
        let words = CliMessages::new(ReportLanguage::En);
        let mut named = 0;
        for file in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli"))) {
            let code = std::fs::read_to_string(&file).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            for key in code.split(['"']).filter(|text| is_key(text)) {
                named += 1;
                assert!(words.find(key).is_some(), "{key} in {} is in no table of words", file.display());
            }
        }
        assert!(named > 30, "only {named} keys were found; does this test still read the code?");
    }

    /// Every source below `folder`, however deep.
    fn sources(folder: &Path) -> Vec<PathBuf> {
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|path| path.is_dir());
        let code = files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
        code.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
    }

    fn is_key(text: &str) -> bool {
        let sections = ["say.", "error.", "usage.", "export.", "serve.", "report.", "diff.", "config.", "unmet."];
        sections.iter().any(|section| text.starts_with(section))
            && text.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.')
            && !text.ends_with('.')
    }

    #[test]
    fn a_value_with_braces_is_said_as_it_is() {
        assert_eq!(fill("{a} and {b} and {c", &[("a", "{b}"), ("b", "2")]), "{b} and 2 and {c");
    }

    #[test]
    fn the_language_is_what_was_asked_for_then_the_locale_then_english() {
        let arguments = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        let japanese = |name: &str| (name == "LANG").then(|| "ja_JP.UTF-8".to_owned());
        let override_all = |name: &str| match name {
            "LC_ALL" => Some("C".to_owned()),
            other => japanese(other),
        };
        assert_eq!(language(&arguments(&["check", "--lang", "ja"]), |_| None), ReportLanguage::Ja);
        assert_eq!(language(&arguments(&["--lang=en", "check"]), japanese), ReportLanguage::En);
        assert_eq!(language(&arguments(&["check"]), japanese), ReportLanguage::Ja);
        assert_eq!(language(&arguments(&["check"]), override_all), ReportLanguage::En);
        assert_eq!(language(&arguments(&["--lang"]), |_| None), ReportLanguage::En);
        assert_eq!(
            language(&arguments(&["--lang", "de"]), japanese),
            ReportLanguage::Ja,
            "to say that there is no such language"
        );
    }
}
