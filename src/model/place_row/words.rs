//! The table `words.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The words of columns and codes.
#[derive(Debug, Deserialize)]
pub(super) struct RowWordFile {
    /// Headings by key of the column.
    pub(super) headings: BTreeMap<String, String>,
    /// Words by code.
    pub(super) codes: BTreeMap<String, String>,
    /// Yes and no by access fact.
    pub(super) answers: BTreeMap<String, [String; 2]>,
    /// Names of access facts without a column.
    pub(super) labels: BTreeMap<String, String>,
}

pub(super) static ROW_WORDS: LazyLock<RowWordFile> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the table is our own"));

/// The word for a code, else the code.
pub fn word_of(code: &'static str) -> &'static str {
    ROW_WORDS.codes.get(code).map_or(code, String::as_str)
}

/// Which of `codes` a text is, by code or by word.
pub fn code_of<T: Copy>(text: &str, all: &[T], code: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|it| code(*it) == text || word_of(code(*it)) == text)
}
