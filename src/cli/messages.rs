//! The command line's message catalogues in Japanese and English (`lang/*.toml`).
//!
//! This module does no I/O.

use std::ffi::OsString;
use std::sync::LazyLock;

use crate::model::{CityWords, Language, Messages};

static JAPANESE: LazyLock<Messages> = LazyLock::new(|| catalogue(Language::Ja, include_str!("lang/ja.toml")));
static ENGLISH: LazyLock<Messages> = LazyLock::new(|| catalogue(Language::En, include_str!("lang/en.toml")));

fn catalogue(language: Language, toml: &str) -> Messages {
    Messages::from_toml(language, &CityWords::fill_standard(toml)).expect("a test reads the catalogues")
}

/// The command line's message catalogue for a reader of `language`.
pub fn cli_messages(language: Language) -> &'static Messages {
    if language.of_reports() == Language::En { &ENGLISH } else { &JAPANESE }
}

/// The command line's language: `--lang` at any position, else the locale, else English.
pub fn language(arguments: &[OsString], environment: impl Fn(&str) -> Option<String>) -> Language {
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
        Some(name) if name.to_lowercase().starts_with("ja") => Language::Ja,
        _ => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_values() {
        let [japanese, english] = [Language::Ja, Language::En].map(cli_messages);
        assert_eq!(english.differences(japanese), Vec::<String>::new());
    }

    #[test]
    fn every_key_that_the_code_names_is_in_the_tables() {
        let messages = cli_messages(Language::En);
        let mut named = 0;
        for file in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli"))) {
            let code = std::fs::read_to_string(&file).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            for key in code.split(['"']).filter(|text| is_key(text)) {
                named += 1;
                assert!(messages.find(key).is_some(), "{key} in {} is in no table of messages", file.display());
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
        let sections = [
            "format.", "error.", "usage.", "export.", "serve.", "report.", "diff.", "config.", "unmet.", "results.",
            "gaps.", "init.", "doctor.",
        ];
        sections.iter().any(|section| text.starts_with(section))
            && text.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.')
            && !text.ends_with('.')
    }

    #[test]
    fn the_language_is_the_option_then_the_locale_then_english() {
        let arguments = |list: &[&str]| list.iter().map(OsString::from).collect::<Vec<_>>();
        let japanese = |name: &str| (name == "LANG").then(|| "ja_JP.UTF-8".to_owned());
        let override_all = |name: &str| match name {
            "LC_ALL" => Some("C".to_owned()),
            other => japanese(other),
        };
        assert_eq!(language(&arguments(&["check", "--lang", "ja"]), |_| None), Language::Ja);
        assert_eq!(language(&arguments(&["--lang=en", "check"]), japanese), Language::En);
        assert_eq!(language(&arguments(&["check"]), japanese), Language::Ja);
        assert_eq!(language(&arguments(&["check"]), override_all), Language::En);
        assert_eq!(language(&arguments(&["--lang"]), |_| None), Language::En);
        assert_eq!(
            language(&arguments(&["--lang", "de"]), japanese),
            Language::Ja,
            "to say that there is no such language"
        );
    }
}
