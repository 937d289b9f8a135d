//! The town of a name that stands alone, as in a table of population: a whole name, not the beginning of an address.
//!
//! Compared by the same key as addresses. The point is the 大字's own entry, else the mean of its 小字. This module does no
//! I/O.

use super::city_towns::CityTowns;
use super::key::AddressKey;
use super::municipality::{CityNames, NamedCity};
use super::town::{TownPlace, split_chome};
use super::{Gazetteer, noise};
use crate::model::{City, MunicipalityCode, Position};
use unicode_normalization::UnicodeNormalization as _;

/// Metres within which two points are one town that is listed twice.
const ONE_TOWN_M: f64 = 60.0;

/// Characters that a town, and the former town before it, have at least to be told apart.
const SHORTEST_NAME: usize = 2;

/// What a name finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TownNameMatch {
    /// The point of the town.
    Found(Position),
    /// Two or more towns have the name.
    Ambiguous,
    /// No town has it.
    Unknown,
}

/// Whether `code` (with or without check digit, leading zeros perhaps lost in a spreadsheet) may be that of `city`, of one of its
/// wards or of its prefecture. Says yes where either is not known.
pub fn may_be_code_of(city: &City, code: &str) -> bool {
    let digits: String = code.nfkc().filter(char::is_ascii_digit).collect();
    let Some(own) = city.code.get(..5).filter(|own| own.bytes().all(|b| b.is_ascii_digit())) else { return true };
    let Ok(number) = digits.parse::<u32>() else { return true };
    // A code that no municipality has, as an example's, stands for itself.
    let code = MunicipalityCode::parse(own).ok();
    let covers = |number: u32| {
        let number = format!("{number:05}");
        code.as_ref().map_or_else(|| number == own, |code| code.covers(&number))
    };
    let prefecture = own[..2].parse::<u32>().ok();
    let is_prefecture = |number: u32| prefecture == Some(number);
    match digits.len() {
        0..=2 => is_prefecture(number),
        6 if number % 10_000 < 10 => is_prefecture(number / 10_000),
        6 => covers(number / 10),
        // 011002 without its zero is 11002, which is also a code of five digits.
        5 => covers(number) || own.starts_with('0') && covers(number / 10),
        4 => covers(number),
        _ => true,
    }
}

impl Gazetteer {
    /// The town of the municipality that is called `name`, with or without prefecture, municipality and 大字 before it, and
    /// without its former town where that is clear. Takes microseconds.
    pub fn town_named(&self, name: &str) -> TownNameMatch {
        let normal: String = name.nfkc().collect();
        let key = AddressKey::new(noise::without_noise(&normal));
        if key.len() == 0 || self.cities.is_empty() {
            return TownNameMatch::Unknown;
        }
        let names = CityNames { gazetteer: self, key: &key };
        let (prefecture, at) = names.prefecture(0);
        let mut starts = vec![(0, 0)];
        match names.city(prefecture, at) {
            NamedCity::City(own, behind) if own == 0 || self.cities[own].is_ward => starts.insert(0, (own, behind)),
            NamedCity::Nothing(behind) if behind > 0 => starts.insert(0, (0, behind)),
            _ => {}
        }
        let found = starts.iter().map(|&(own, start)| self.in_towns_of(&self.cities[own], key.rest(start)));
        found.into_iter().find(|found| *found != TownNameMatch::Unknown).unwrap_or(TownNameMatch::Unknown)
    }

    fn in_towns_of(&self, city: &CityTowns, name: &str) -> TownNameMatch {
        let former = self.former_towns.iter().find_map(|town| name.strip_prefix(town.as_str()));
        let old = name.strip_prefix('旧');
        let names = [Some(name), old, former].into_iter().flatten().filter(|name| !name.is_empty());
        let found = names.flat_map(|name| [self.by_name(&city.full, name), self.by_name(&city.short, name)]);
        let found = found.into_iter().find(|found| *found != TownNameMatch::Unknown);
        found.unwrap_or_else(|| self.without_former_town(city, name))
    }

    /// 加保 for 大屋町加保, where only one town ends so.
    fn without_former_town(&self, city: &CityTowns, name: &str) -> TownNameMatch {
        let (base, _) = split_chome(name);
        if base.chars().count() < SHORTEST_NAME {
            return TownNameMatch::Unknown;
        }
        let is_town = |before: &str| before.ends_with(['町', '村']) && before.chars().count() >= SHORTEST_NAME;
        let mut ending = city.full.keys().filter(|key| key.strip_suffix(base.as_str()).is_some_and(is_town));
        match (ending.next(), ending.next()) {
            (Some(only), None) => self.by_name(&city.full, &name.replacen(&base, only, 1)),
            (None, _) => TownNameMatch::Unknown,
            (Some(_), Some(_)) => TownNameMatch::Ambiguous,
        }
    }

    fn by_name(&self, towns: &std::collections::HashMap<String, Vec<usize>>, name: &str) -> TownNameMatch {
        let places = |key: &str| towns.get(key).into_iter().flatten().map(|&n| &self.places[n]);
        let (base, chome) = split_chome(name);
        let whole: Vec<Position> = match chome {
            Some(number) => places(&base).filter_map(|place| place.chome(number)).collect(),
            None => places(&base).filter(|place| has_point_of_its_own(place)).map(|place| place.centre).collect(),
        };
        if !whole.is_empty() {
            return agreed(&whole);
        }
        // 大字 and 小字 in one name.
        let splits = name.char_indices().skip(1).map(|(at, _)| name.split_at(at));
        let small = splits.flat_map(|(town, small)| places(town).filter_map(move |place| place.only_small_area(small)));
        agreed(&small.collect::<Vec<_>>())
    }
}

/// Whether a name without 丁目 means this place: the file lists it, it has 小字, or its 丁目 lie together.
fn has_point_of_its_own(place: &TownPlace) -> bool {
    place.is_listed || place.chomes.is_empty() || (place.is_compact && !place.is_lone_chome)
}

fn agreed(points: &[Position]) -> TownNameMatch {
    match points {
        [] => TownNameMatch::Unknown,
        [first, rest @ ..] if rest.iter().all(|other| first.distance_to(*other).0 <= ONE_TOWN_M) => {
            TownNameMatch::Found(*first)
        }
        _ => TownNameMatch::Ambiguous,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TownEntry;

    fn gazetteer(towns: &[(&str, Option<&str>, f64)]) -> Gazetteer {
        let city = City {
            code: "282227".to_owned(),
            name: "養父市".to_owned(),
            prefecture: "兵庫県".to_owned(),
            ..City::default()
        };
        let entry = |&(town, small, lat): &(&str, Option<&str>, f64)| TownEntry {
            prefecture: Some("兵庫県".to_owned()),
            city: Some("養父市".to_owned()),
            city_code: Some("28222".to_owned()),
            town: town.to_owned(),
            kana: None,
            small_area: small.map(str::to_owned),
            position: Position::new(134.0, lat).unwrap(),
        };
        Gazetteer::new(towns.iter().map(entry).collect(), &city).with_former_towns(["関宮町"])
    }

    fn towns() -> Gazetteer {
        gazetteer(&[
            ("大屋町加保", None, 35.01),
            ("大屋町門野", None, 35.02),
            ("大屋町筏", None, 35.03),
            ("大屋町糸原", None, 35.04),
            ("大屋町中", None, 35.05),
            ("三ケ谷", None, 35.06),
            ("瓦町一丁目", None, 35.07),
            ("瓦町二丁目", None, 35.08),
            ("安原第一号", None, 35.09),
            ("上野", Some("東"), 35.10),
            ("上野", Some("西"), 35.12),
            ("本町", None, 35.13),
            ("大字本町", None, 35.20),
            ("葛畑", None, 35.21),
            ("養父市場", None, 35.22),
        ])
    }

    #[test]
    fn a_name_finds_its_town_however_it_is_written() {
        for (name, lat) in [
            ("大屋町加保", 35.01),
            ("加保", 35.01),
            ("大字加保", 35.01),
            ("養父市大屋町加保", 35.01),
            ("兵庫県養父市 大屋町 加保", 35.01),
            ("旧大屋町加保", 35.01),
            ("三ヶ谷", 35.06),
            ("三が谷", 35.06),
            ("瓦町１丁目", 35.07),
            ("瓦町2丁目", 35.08),
            ("安原第１号", 35.09),
            ("上野", 35.11),
            ("上野東", 35.10),
            ("関宮町葛畑", 35.21),
            ("養父市場", 35.22),
            ("養父市養父市場", 35.22),
        ] {
            let TownNameMatch::Found(found) = towns().town_named(name) else {
                panic!("{name}: {:?}", towns().town_named(name))
            };
            assert!((found.lat() - lat).abs() < 1e-9, "{name} {found:?}");
        }
    }

    #[test]
    fn a_name_that_is_none_or_several_finds_nothing() {
        for name in ["", "団地前", "加", "加保団地", "瓦町三丁目", "合計", "香美町加保"] {
            assert_eq!(towns().town_named(name), TownNameMatch::Unknown, "{name}");
        }
        assert_eq!(towns().town_named("本町"), TownNameMatch::Ambiguous);
    }

    #[test]
    fn a_code_is_compared_with_and_without_check_digit() {
        let city = |code: &str| City { code: code.to_owned(), ..City::default() };
        for code in ["282227", "28222", "28", "280003", "２８２２２", "", "不明"] {
            assert!(may_be_code_of(&city("282227"), code), "{code}");
        }
        for code in ["28223", "282235", "37", "372013"] {
            assert!(!may_be_code_of(&city("282227"), code), "{code}");
        }
        for code in ["11002", "1100", "01101", "1101", "011011"] {
            assert!(may_be_code_of(&city("011002"), code), "{code}");
        }
        assert!(may_be_code_of(&city(""), "28222"));
    }
}
