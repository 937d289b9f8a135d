//! The text of a settings file, in any encoding that lists may have, as editors and Excel save it.

use std::path::Path;

use super::ConfigError;
use crate::import::file::decode;

/// Reads `file` as text.
pub(super) fn read_text(file: &Path) -> Result<String, ConfigError> {
    let bytes = std::fs::read(file)
        .map_err(|error| ConfigError::Unreadable { file: file.to_owned(), reason: error.to_string() })?;
    let text = decode::decode(&bytes).text;
    match text.lines().position(|line| line.contains(char::REPLACEMENT_CHARACTER)) {
        None => Ok(text),
        Some(line) => Err(ConfigError::Wrong {
            file: file.to_owned(),
            line: line + 1,
            column: None,
            reason: "config.no_encoding",
            values: Vec::new(),
        }),
    }
}

/// What parts the cells of a table: a tab where Excel has saved it as Unicode text, else a comma.
pub(super) fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' }
}
