//! The names by which a gazetteer's own municipality and its wards are recognised. This module does no I/O.

use super::key::key_of;
use crate::model::{City, MunicipalityCode, TownEntry, without_county};

/// How the municipality's own entries are recognised.
pub(super) struct OwnNames {
    /// The key of its name without 郡.
    pub(super) name: String,
    pub(super) prefecture: Option<String>,
    code: Option<MunicipalityCode>,
    pub(super) has_wards: bool,
}

impl OwnNames {
    /// The municipality, or the only one of the entries if `city` does not give it.
    pub(super) fn new(city: &City, entries: &[TownEntry]) -> Self {
        let code = city.code.get(..5).and_then(|digits| MunicipalityCode::parse(digits).ok());
        let mut name = key_of(&city.name);
        if name.is_empty() && code.is_none() {
            let first = entries.first().and_then(|e| e.city.as_deref());
            if let Some(only) = first.filter(|only| entries.iter().all(|e| e.city.as_deref() == Some(only))) {
                name = key_of(only);
            }
        }
        let name = without_county(&name).to_owned();
        let prefecture = Some(key_of(&city.prefecture)).filter(|p| !p.is_empty());
        let has_wards = code.as_ref().is_some_and(MunicipalityCode::has_wards);
        Self { name, prefecture, code, has_wards }
    }

    /// The name of the ward in the key of a city with ward: 北区 of 神戸市北区.
    pub(super) fn ward<'k>(&self, city: &'k str) -> Option<&'k str> {
        let ward = city.strip_prefix(self.name.as_str()).filter(|_| !self.name.is_empty())?;
        (ward.ends_with('区') && ward.chars().count() > 1).then_some(ward)
    }

    pub(super) fn holds(&self, entry: &TownEntry) -> bool {
        let entry_code = entry.city_code.as_deref().filter(|code| code.len() >= 5);
        if let (Some(own), Some(entry)) = (&self.code, entry_code) {
            return own.covers(entry);
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

/// How many entries are the municipality's own.
pub fn count_own(entries: &[TownEntry], city: &City) -> usize {
    let own = OwnNames::new(city, entries);
    entries.iter().filter(|entry| own.holds(entry)).count()
}

/// The entries of the municipality itself, and how many others there are: a prefecture's file has those of all its
/// municipalities.
pub fn own_entries(entries: Vec<TownEntry>, city: &City) -> (Vec<TownEntry>, usize) {
    let own = OwnNames::new(city, &entries);
    let (own, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| own.holds(entry));
    (own, others.len())
}
