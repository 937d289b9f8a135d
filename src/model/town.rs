//! One 町字 of the gazetteer. This module does no I/O.

use super::Position;

/// A gazetteer entry: a 大字, 町, 丁目 or 小字 with its representative point.
#[derive(Debug, Clone, PartialEq)]
pub struct TownEntry {
    /// Its prefecture; `None` where the file covers one municipality and omits it.
    pub prefecture: Option<String>,
    /// Its municipality; `None` where the file covers one municipality and omits it.
    pub city: Option<String>,
    /// The five-digit code of the municipality (without check digit), where the file has one.
    pub city_code: Option<String>,
    /// Its name: 大字, with 丁目 where there is one.
    pub town: String,
    /// The reading of the 大字 in hiragana, without that of the 丁目; `None` where the file gives none.
    pub kana: Option<String>,
    /// The 小字 within it; `None` for the 大字 itself.
    pub small_area: Option<String>,
    /// Its representative point.
    pub position: Position,
}

impl TownEntry {
    /// The 大字 without its 丁目.
    ///
    /// ```
    /// # use tsunagari::model::{Position, TownEntry};
    /// # let position = Position::new(134.77, 35.4).unwrap();
    /// # let (prefecture, city, city_code, kana, small_area) = (None, None, None, None, None);
    /// let town = TownEntry { town: "瓦町二丁目".to_owned(), prefecture, city, city_code, kana, small_area, position };
    /// assert_eq!(town.base(), "瓦町");
    /// ```
    pub fn base(&self) -> &str {
        base_of(&self.town)
    }
}

/// The 大字 of `town` without its 丁目.
pub fn base_of(town: &str) -> &str {
    let numerals = |c: char| c.is_numeric() || "〇一二三四五六七八九十百".contains(c);
    let whole = town.trim();
    let base = whole.strip_suffix("丁目").map_or(whole, |rest| rest.trim_end_matches(numerals));
    if base.is_empty() { whole } else { base }
}
