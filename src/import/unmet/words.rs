//! The words of a table of unmet needs, from `words.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::unmet_need::UnmetReason;
use crate::text::fold;

/// The table of words.
static WORDS: LazyLock<NeedWords> = LazyLock::new(|| {
    let table: NeedWordsFile = toml::from_str(include_str!("words.toml")).expect("the tests read words.toml");
    NeedWords::new(table)
});

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NeedColumn {
    Period,
    District,
    Interest,
    Reason,
    Count,
}

/// The form of `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedWordsFile {
    headings: BTreeMap<NeedColumn, Vec<String>>,
    reasons: BTreeMap<String, Vec<String>>,
    none: NeedWordList,
    released: NeedWordList,
    sums: NeedWordList,
    hidden: NeedWordList,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedWordList {
    words: Vec<String>,
}

/// The words, folded.
#[derive(Debug)]
struct NeedWords {
    headings: BTreeMap<String, NeedColumn>,
    reasons: BTreeMap<String, UnmetReason>,
    none: Vec<String>,
    released: Vec<String>,
    sums: Vec<String>,
    hidden: Vec<String>,
}

impl NeedWords {
    fn new(file: NeedWordsFile) -> Self {
        let folded = |list: NeedWordList| list.words.iter().map(|word| fold(word)).collect();
        let headings = file.headings.iter().flat_map(|(column, words)| words.iter().map(|word| (fold(word), *column)));
        let reasons = file.reasons.iter().flat_map(|(code, words)| {
            let reason = UnmetReason::from_code(code).expect("the tests read the codes of words.toml");
            words.iter().chain([code]).map(move |word| (fold(word), reason))
        });
        Self {
            headings: headings.collect(),
            reasons: reasons.collect(),
            none: folded(file.none),
            released: folded(file.released),
            sums: folded(file.sums),
            hidden: folded(file.hidden),
        }
    }
}

/// The column of a heading; a remark in brackets behind it counts for nothing.
pub(super) fn column(heading: &str) -> Option<NeedColumn> {
    let whole = fold(heading);
    let bare = whole.split(['(', '（']).next().unwrap_or_default();
    WORDS.headings.get(&whole).or_else(|| WORDS.headings.get(bare)).copied()
}

/// The reason that a cell names, by code or in words.
pub(super) fn reason(cell: &str) -> Option<UnmetReason> {
    WORDS.reasons.get(&fold(cell)).copied()
}

/// Whether a cell says that there is none: no district, no interest.
pub(super) fn is_none(cell: &str) -> bool {
    let folded = fold(cell);
    folded.is_empty() || WORDS.none.contains(&folded)
}

/// Whether a heading is one of our own export of released numbers.
pub(super) fn is_release(heading: &str) -> bool {
    let folded = fold(heading);
    WORDS.released.iter().any(|word| folded.contains(word.as_str()))
}

/// Whether a row is a sum of others.
pub(super) fn is_sum(cell: &str) -> bool {
    WORDS.sums.contains(&fold(cell))
}

/// Whether a number was suppressed.
pub(super) fn is_hidden(cell: &str) -> bool {
    WORDS.hidden.contains(&fold(cell))
}
