//! Readings of the municipality's 大字, from its gazetteer. This module does no I/O.

use std::collections::HashMap;

use crate::model::{City, TownEntry};

/// The readings of 大字 by name.
#[derive(Debug, Clone, Default)]
pub struct TownReadings(HashMap<String, Option<String>>);

impl TownReadings {
    /// Collects the readings of the municipality's own 大字; a gazetteer may have others of the same name and another reading.
    pub fn new(towns: &[TownEntry], city: &City) -> Self {
        let mut readings: HashMap<String, Option<String>> = HashMap::new();
        for town in towns.iter().filter(|town| is_own(town, city)) {
            let Some(kana) = &town.kana else { continue };
            readings
                .entry(town.base().to_owned())
                // Two readings of one name are ambiguous: neither is used.
                .and_modify(|known| *known = known.take().filter(|known| known == kana))
                .or_insert_with(|| Some(kana.clone()));
        }
        Self(readings)
    }

    /// The reading of a 大字 in hiragana; `None` if it is unknown or ambiguous.
    pub fn of(&self, town: &str) -> Option<&str> {
        self.0.get(town)?.as_deref()
    }
}

/// Whether an entry of the gazetteer belongs to the municipality.
fn is_own(town: &TownEntry, city: &City) -> bool {
    match (&town.city_code, &town.city) {
        (Some(code), _) if city.code.len() >= 5 => city.code.starts_with(code.as_str()),
        (_, Some(name)) => *name == city.name || city.name.is_empty() || name.ends_with(&city.name),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    fn town(code: &str, name: &str, kana: &str) -> TownEntry {
        TownEntry {
            prefecture: None,
            city: None,
            city_code: Some(code.to_owned()).filter(|code| !code.is_empty()),
            town: name.to_owned(),
            kana: Some(kana.to_owned()).filter(|kana| !kana.is_empty()),
            small_area: None,
            position: Position::new(134.7, 35.4).unwrap(),
        }
    }

    #[test]
    fn another_municipality_s_reading_is_not_ours_and_two_readings_are_none() {
        let city = City { code: "282227".to_owned(), name: "養父市".to_owned(), ..City::default() };
        let towns = [
            town("28222", "上野", "うえの"),
            town("28201", "上野", "うわの"),
            town("28222", "瓦町一丁目", "かわらまち"),
            town("28222", "瓦町二丁目", "かわらまち"),
            town("28222", "三谷", "みたに"),
            town("28222", "三谷", "さんや"),
            town("28222", "轟", ""),
            town("", "安井", "やすい"),
        ];
        let readings = TownReadings::new(&towns, &city);
        assert_eq!(readings.of("上野"), Some("うえの"));
        assert_eq!(readings.of("瓦町"), Some("かわらまち"));
        assert_eq!((readings.of("三谷"), readings.of("轟"), readings.of("どこか")), (None, None, None));
        assert_eq!(readings.of("安井"), Some("やすい"));
    }
}
