//! The names by which a gazetteer's own municipality and its wards are recognised. This module does no I/O.

use super::key::key_of;
use crate::model::{City, TownEntry};

/// Cities that have wards of their own, by the first five digits of their codes.
const CITIES_WITH_WARDS: [u32; 20] = [
    1100, 4100, 11100, 12100, 14100, 14130, 14150, 15100, 22100, 22130, 23100, 26100, 27100, 27140, 28100, 33100,
    34100, 40100, 40130, 43100,
];

/// How the municipality's own entries are recognised.
pub(super) struct OwnNames {
    /// The key of its name without 郡.
    pub(super) name: String,
    pub(super) prefecture: Option<String>,
    code: Option<u32>,
    pub(super) has_wards: bool,
}

impl OwnNames {
    /// The municipality, or the only one of the entries if `city` does not give it.
    pub(super) fn new(city: &City, entries: &[TownEntry]) -> Self {
        let code = city.code.get(..5).and_then(|digits| digits.parse().ok());
        let mut name = key_of(&city.name);
        if name.is_empty() && code.is_none() {
            let first = entries.first().and_then(|e| e.city.as_deref());
            if let Some(only) = first.filter(|only| entries.iter().all(|e| e.city.as_deref() == Some(only))) {
                name = key_of(only);
            }
        }
        let name = without_county(&name).to_owned();
        let prefecture = Some(key_of(&city.prefecture)).filter(|p| !p.is_empty());
        Self { name, prefecture, code, has_wards: code.is_some_and(|code| CITIES_WITH_WARDS.contains(&code)) }
    }

    /// The name of the ward in the key of a city with ward: 北区 of 神戸市北区.
    pub(super) fn ward<'k>(&self, city: &'k str) -> Option<&'k str> {
        let ward = city.strip_prefix(self.name.as_str()).filter(|_| !self.name.is_empty())?;
        (ward.ends_with('区') && ward.chars().count() > 1).then_some(ward)
    }

    pub(super) fn holds(&self, entry: &TownEntry) -> bool {
        let entry_code = entry.city_code.as_deref().and_then(|c| c.get(..5)).and_then(|digits| digits.parse().ok());
        if let (Some(own), Some(entry)) = (self.code, entry_code) {
            return is_code_of(own, entry);
        }
        let Some(city) = entry.city.as_deref().map(key_of) else { return entry_code.is_none() };
        let elsewhere = entry
            .prefecture
            .as_deref()
            .map(key_of)
            .is_some_and(|p| self.prefecture.as_ref().is_some_and(|own| *own != p));
        let is_ward = || self.ward(&city).is_some();
        !elsewhere && !self.name.is_empty() && (without_county(&city) == self.name || is_ward())
    }
}

/// Whether `code` is that of the municipality `own` or of one of its wards; both without check digit.
pub(super) fn is_code_of(own: u32, code: u32) -> bool {
    own == code || (CITIES_WITH_WARDS.contains(&own) && city_of_ward(code) == Some(own))
}

/// The city of a ward's code: the last one with wards that precedes it.
fn city_of_ward(code: u32) -> Option<u32> {
    CITIES_WITH_WARDS.into_iter().rev().find(|&city| city < code).filter(|city| code - city < 30)
}

/// The key of a municipality without the 郡 before it: 川辺郡猪名川町 → 猪名川町. 大和郡山市 and 蒲郡市 have none.
pub(super) fn without_county(name: &str) -> &str {
    let behind = name.split_once('郡').filter(|(county, _)| !county.is_empty()).map(|(_, rest)| rest);
    behind.filter(|rest| rest.ends_with(['町', '村']) && rest.chars().count() > 1).unwrap_or(name)
}
