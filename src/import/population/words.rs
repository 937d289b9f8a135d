//! The words of tables of population, from `words.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// The table of words.
pub(super) static WORDS: LazyLock<PopulationWords> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the tests read words.toml"));

/// The form of `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PopulationWords {
    pub(super) headings: BTreeMap<ColumnRole, Vec<String>>,
    pub(super) measures: MeasureWords,
    pub(super) rows: RowWords,
}

/// Words of headings of numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureWords {
    pub(super) noise: Vec<String>,
    pub(super) other: Vec<String>,
    pub(super) all: Vec<String>,
    pub(super) male: Vec<String>,
    pub(super) female: Vec<String>,
    pub(super) unknown_age: Vec<String>,
    pub(super) spans: Vec<NamedSpan>,
}

/// An age in words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedSpan {
    pub(super) word: String,
    pub(super) from: u32,
    /// 0: no end.
    pub(super) to: u32,
}

/// Names of rows that are no areas.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowWords {
    /// Sums of the whole municipality.
    pub(super) municipality: Vec<String>,
    /// Sums of anything.
    pub(super) sums: Vec<String>,
    /// What a remark begins with.
    pub(super) notes: Vec<String>,
}

/// What a column that counts nobody is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ColumnRole {
    Name,
    /// Joined behind the name.
    Part,
    District,
    Code,
    MeshCode,
    KeyCode,
    CityCode,
    CityName,
    Date,
    Lat,
    Lon,
    /// Latitude and longitude in one cell.
    Point,
    Sex,
    Hyosyo,
    Htksyori,
    Htksaki,
    EstatName,
}

impl ColumnRole {
    /// The role of a heading, if it has one.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let key = heading_key(heading);
        WORDS.headings.iter().find(|(_, words)| words.contains(&key)).map(|(role, _)| *role)
    }
}

/// A heading without width, case, white space and punctuation. Signs of a range stay, as `~`.
pub(super) fn heading_key(heading: &str) -> String {
    let kept = |c: char| match c {
        '~' | '〜' | '∼' | '-' | '‐' | '‑' | '–' | '—' | '―' | '−' => Some('~'),
        c if c.is_whitespace() || c.is_control() => None,
        '#' | '_' | ',' | '、' | '・' | '･' | ':' | '。' | '.' | '"' | '\'' | '/' | '「' | '」' | '『' | '』' | '('
        | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '<' | '>' | '《' | '》' | '※' | '*' => None,
        c => Some(c),
    };
    heading.nfkc().flat_map(char::to_lowercase).filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_has_two_roles_and_each_is_written_as_it_is_compared() {
        let mut seen = BTreeMap::new();
        for (role, words) in &WORDS.headings {
            for word in words {
                assert_eq!(heading_key(word), *word);
                assert_eq!(seen.insert(word, role), None, "{word}");
            }
        }
    }

    #[test]
    fn a_heading_is_compared_without_width_case_and_punctuation() {
        for (heading, role) in [
            ("町丁・字名", ColumnRole::Name),
            ("町　名", ColumnRole::Name),
            ("ＫＥＹ_ＣＯＤＥ", ColumnRole::KeyCode),
            ("regionName", ColumnRole::Name),
            ("都道府県コード又は市区町村コード", ColumnRole::CityCode),
            ("NAME", ColumnRole::EstatName),
        ] {
            assert_eq!(ColumnRole::of(heading), Some(role), "{heading}");
        }
        assert_eq!(ColumnRole::of("総人口"), None);
    }
}
