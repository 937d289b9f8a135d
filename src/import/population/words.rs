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
    readings: Vec<KanaWord>,
    pub(super) headings: BTreeMap<ColumnRole, Vec<String>>,
    pub(super) measures: MeasureWords,
    pub(super) rows: RowWords,
}

/// A word as headings in katakana have it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KanaWord {
    kana: Vec<String>,
    word: String,
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
        let known = WORDS.headings.iter().find(|(_, words)| words.contains(&key)).map(|(role, _)| *role);
        known.or_else(|| names_areas(&key).then_some(Self::Name))
    }
}

/// Whether a heading is put together of what areas are called: 町丁・大字名, 町名及び丁目別, 大字・町丁目.
fn names_areas(key: &str) -> bool {
    const PARTS: [&str; 13] =
        ["及び", "または", "又は", "町丁目", "町丁", "町字", "丁目", "大字", "小字", "等", "町", "丁", "字"];
    const ENDS: [&str; 4] = ["名称", "別", "名", "の"];
    if !key.starts_with(['町', '大']) {
        return false;
    }
    let parts = PARTS.iter().chain(&ENDS).fold(key.to_owned(), |rest, part| rest.replace(part, ""));
    parts.is_empty()
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
    let key: String = heading.nfkc().flat_map(char::to_lowercase).filter_map(kept).collect();
    if is_katakana(&key) { with_kanji(&key) } else { key }
}

/// Whether a heading has katakana and nothing but numbers and signs beside it.
fn is_katakana(key: &str) -> bool {
    let is_kana = |c: char| ('ァ'..='ー').contains(&c);
    key.contains(is_kana) && key.chars().all(|c| is_kana(c) || c.is_ascii_digit() || matches!(c, '~' | '+'))
}

/// A heading in katakana with the words that it means; as it is where a part of it is none of them.
fn with_kanji(key: &str) -> String {
    let mut rest = large_kana(key);
    for KanaWord { kana, word } in &WORDS.readings {
        for kana in kana {
            rest = rest.replace(&large_kana(kana), word);
        }
    }
    if rest.contains(|c| ('ァ'..='ヺ').contains(&c)) { key.to_owned() } else { rest }
}

/// Katakana without small ones, which old systems lack.
fn large_kana(text: &str) -> String {
    const SMALL: &str = "ァィゥェォッャュョヮ";
    const LARGE: &str = "アイウエオツヤユヨワ";
    let large = |c: char| SMALL.chars().zip(LARGE.chars()).find(|(small, _)| *small == c).map_or(c, |(_, large)| large);
    text.chars().map(large).collect()
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
            ("町丁・大字名", ColumnRole::Name),
            ("町名及び丁目別", ColumnRole::Name),
            ("大字・町丁目", ColumnRole::Name),
            ("町又は大字の名称", ColumnRole::Name),
            ("ＫＥＹ_ＣＯＤＥ", ColumnRole::KeyCode),
            ("regionName", ColumnRole::Name),
            ("都道府県コード又は市区町村コード", ColumnRole::CityCode),
            ("NAME", ColumnRole::EstatName),
        ] {
            assert_eq!(ColumnRole::of(heading), Some(role), "{heading}");
        }
        assert_eq!(ColumnRole::of("総人口"), None);
        for (heading, key) in [
            ("ﾁｮｳﾒｲ", "町名"),
            ("ﾁﾖｳﾁﾖｳﾒｲ", "町名"),
            ("ｿｳｼﾞﾝｺｳ", "総人口"),
            ("65ｻｲｲｼﾞｮｳ", "65歳以上"),
            ("0-4ｻｲ ｵﾄｺ", "0~4歳男"),
            ("75サイイジヨウ(オンナ)", "75歳以上女"),
            ("ﾒｯｼｭｺｰﾄﾞ", "メッシュコード"),
            ("サロン", "サロン"),
        ] {
            assert_eq!(heading_key(heading), key, "{heading}");
        }
    }
}
