//! Facts that live in free text, by the table `phrases.toml`.

/// The table of phrases.
#[derive(Debug, Clone, Default)]
pub struct Phrases {}
