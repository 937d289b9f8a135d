//! One 町字 of the gazetteer. This module does no I/O.

use super::Position;

/// A 大字, 町, 丁目 or 小字 with the point that stands for it.
#[derive(Debug, Clone, PartialEq)]
pub struct TownEntry {
    /// Its prefecture; `None` where the file is of one municipality and does not say.
    pub prefecture: Option<String>,
    /// Its municipality; `None` where the file is of one municipality and does not say.
    pub city: Option<String>,
    /// The five-digit code of the municipality (without check digit), where the file has one.
    pub city_code: Option<String>,
    /// Its name: 大字, with 丁目 where there is one.
    pub town: String,
    /// The 小字 within it; `None` for the 大字 itself.
    pub small_area: Option<String>,
    /// The point that stands for it.
    pub position: Position,
}
