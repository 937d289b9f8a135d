//! Parses `words.toml`: what the city calls the parts of its programme. This module does no I/O.

use std::path::Path;

use super::{ConfigError, parse_toml};
use crate::model::CityWords;
use crate::model::city_words::WrongWord;

/// The words of `file` in place of the usual ones; fails with every fault.
pub(super) fn parse_words(file: &Path, text: &str) -> Result<CityWords, Vec<ConfigError>> {
    let table: toml::Table = parse_toml(file, text).map_err(|error| vec![error])?;
    let (mut words, mut faults) = (CityWords::default(), Vec::new());
    for (key, value) in &table {
        let said = value.as_str().ok_or(WrongWord::WrongText).and_then(|text| words.set(key, text));
        if let Err(wrong) = said {
            let line = text.lines().position(|line| line.trim_start().starts_with(key.as_str())).map_or(1, |at| at + 1);
            let reason = if wrong == WrongWord::UnknownKey { "config.unknown_word" } else { "config.wrong_word" };
            let names = words.all().keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            let values = vec![("value", key.clone()), ("names", names)];
            faults.push(ConfigError::Wrong { file: file.to_owned(), line, column: None, reason, values });
        }
    }
    if faults.is_empty() { Ok(words) } else { Err(faults) }
}
