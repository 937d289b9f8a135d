//! The table `words.toml`: what words of a list say of categories beside `categories.csv`. This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::import::cells::cell::narrow;

/// The words of `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryWords {
    pub(super) other_trades: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) weak_titles: Vec<String>,
    pub(super) parts_of_years: Vec<String>,
    pub(super) of_children: Vec<String>,
    pub(super) general: Vec<String>,
    pub(super) publishers: Vec<String>,
    pub(super) organisers: Vec<String>,
    pub(super) venues: Vec<String>,
    pub(super) events: Vec<String>,
    pub(super) sign: Vec<CategorySign>,
}

pub(super) static WORDS: LazyLock<CategoryWords> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("words.toml is part of the program and tested"));

/// Whether `text` holds one of `words`.
pub(super) fn has_one(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Words of a row that say a category.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CategorySign {
    /// A word of the table of categories.
    pub(super) means: String,
    /// Words of the name.
    pub(super) names: Vec<String>,
    /// Words of which one must stand in the row beside that of the name.
    pub(super) beside: Vec<String>,
    /// Words of headings of which one must have a filled cell.
    pub(super) below: Vec<String>,
    /// Words of what is done.
    pub(super) about: Vec<String>,
    /// Words of those who may come.
    pub(super) for_whom: Vec<String>,
}

/// Whether `text` has a word of another trade.
pub(super) fn is_of_another_trade(text: &str) -> bool {
    let narrow = narrow(text);
    has_one(&WORDS.other_trades, &narrow)
}
