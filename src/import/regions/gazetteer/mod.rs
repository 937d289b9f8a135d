//! Geocoding with a gazetteer of 大字, 町 and 小字: from an address to a point with honestly coarse precision.
//!
//! A wrong 大字 is worse than none. So an address that names another municipality finds that one's 大字 or nothing; a name
//! that two 大字 share finds nothing unless the address distinguishes them; and a name must end where the 大字 ends (大谷 is
//! not found in 大谷口). Spellings are compared by `key`. This module does no I/O.

mod address;
mod key;
mod read;
mod town;

use std::collections::HashMap;

use self::address::ParsedAddress;
use self::key::{KeyChars, key_of};
use self::town::{TownGroup, TownPlace, split_chome};
use crate::model::{City, Location, Town, TownEntry};

pub use self::read::{read, read_within};

/// Number of 大字 with a common prefix from which the prefix counts as a former town (大屋町加保 may be written 加保).
const TOWNS_OF_A_FORMER_TOWN: usize = 5;

/// Cities that have wards of their own, by the first five digits of their codes.
const CITIES_WITH_WARDS: [u32; 20] = [
    1100, 4100, 11100, 12100, 14100, 14130, 14150, 15100, 22100, 22130, 23100, 26100, 27100, 27140, 28100, 33100,
    34100, 40100, 40130, 43100,
];

/// Index of 町字 with coordinates, for geocoding addresses.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<TownPlace>,
    /// The municipality itself first; then every other one that the entries name, and wards.
    cities: Vec<CityTowns>,
    /// Indices of `cities` by the names that addresses use: with and without 郡.
    city_names: HashMap<String, Vec<usize>>,
    /// The key of the municipality's name without 市, 町, 村.
    own_stem: String,
    /// Keys of former towns that addresses may still name although the gazetteer does not.
    former_towns: Vec<String>,
    /// Whether wards of the municipality are known by code only.
    unnamed_wards: bool,
}

/// The 大字 of one municipality.
#[derive(Debug, Clone, Default)]
struct CityTowns {
    prefecture: Option<String>,
    /// By the whole name.
    full: HashMap<String, Vec<usize>>,
    /// By the name without the former town before it.
    short: HashMap<String, Vec<usize>>,
    longest: usize,
}

/// A geocoded address.
#[derive(Debug, Clone, PartialEq)]
pub struct LocatedAddress {
    /// The point of the 丁目 or 小字 ([`Precision::Block`](crate::model::Precision::Block)) or of the 大字
    /// ([`Precision::Town`](crate::model::Precision::Town)).
    pub site: Location,
    /// The 大字 with its centre.
    pub town: Town,
}

/// Result of geocoding an address.
#[derive(Debug, Clone, PartialEq)]
pub enum TownLookup {
    /// Exactly one 大字 matches.
    Found(LocatedAddress),
    /// Two or more 大字 match.
    Ambiguous,
    /// No known 大字 matches.
    Unknown,
}

impl Gazetteer {
    /// Imports entries from the bytes of a file; see [`read`].
    ///
    /// # Errors
    ///
    /// As [`read`].
    pub fn read(bytes: &[u8]) -> Result<Vec<TownEntry>, crate::import::ListProblem> {
        read(bytes)
    }

    /// Indexes `entries` for addresses of `city`. Entries that name no municipality count as its own.
    ///
    /// Takes some microseconds per entry: the whole country takes a second or two.
    pub fn new(entries: Vec<TownEntry>, city: &City) -> Self {
        let mut gazetteer = Self { cities: vec![CityTowns::default()], ..Self::default() };
        let own = OwnNames::new(city, &entries);
        own.name.trim_end_matches(['市', '町', '村']).clone_into(&mut gazetteer.own_stem);
        gazetteer.cities[0].prefecture.clone_from(&own.prefecture);
        gazetteer.name_city(&own.name, 0);
        let mut groups: HashMap<(usize, String, String), TownGroup> = HashMap::new();
        for entry in entries {
            let is_own = own.holds(&entry);
            let name = entry.city.as_deref().map(key_of);
            let number = match (&name, is_own) {
                (Some(name), _) if *name != own.name => gazetteer.city_number(name, entry.prefecture.as_deref()),
                (None, false) => continue,
                _ => 0,
            };
            let (key, chome) = split_chome(&key_of(&entry.town));
            let ward =
                if number == 0 && own.has_wards { entry.city_code.clone().unwrap_or_default() } else { String::new() };
            gazetteer.unnamed_wards |= number == 0 && own.has_wards;
            let group = groups.entry((number, ward, key)).or_insert_with(|| TownGroup::new(is_own));
            group.add(&entry, chome);
        }
        gazetteer.add_groups(groups);
        gazetteer
    }

    /// Adds former towns (旧町) that addresses name before a 大字 although the gazetteer does not, e.g. 関宮町大谷. Former towns
    /// that the gazetteer keeps in its names (大屋町加保) define their 大字 there and are ignored.
    #[must_use]
    pub fn with_former_towns<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        let own: Vec<&String> = self.cities.first().into_iter().flat_map(|city| city.full.keys()).collect();
        let is_kept = |town: &str| own.iter().any(|key| key.len() > town.len() && key.starts_with(town));
        let new = names.into_iter().map(key_of).filter(|key| !key.is_empty() && !is_kept(key)).collect::<Vec<_>>();
        self.former_towns.extend(new);
        self.former_towns.sort();
        self.former_towns.dedup();
        self
    }

    /// The number of 大字 in all municipalities.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether the gazetteer has no 大字.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Geocodes `address`; `None` if it is unknown or ambiguous. Takes microseconds.
    pub fn locate(&self, address: &str) -> Option<LocatedAddress> {
        match self.look_up(address) {
            TownLookup::Found(located) => Some(located),
            TownLookup::Ambiguous | TownLookup::Unknown => None,
        }
    }

    /// Geocodes `address`, and distinguishes an unknown address from an ambiguous one.
    pub fn look_up(&self, address: &str) -> TownLookup {
        let look_up = |address: &str| {
            let chars = KeyChars::of_address(address);
            ParsedAddress { gazetteer: self, chars: &chars }.look_up()
        };
        match look_up(address) {
            // 大屋町大字加保
            TownLookup::Unknown if address.contains("大字") => look_up(&address.replace("大字", "")),
            found => found,
        }
    }

    /// The index of another municipality, assigned when it is first seen.
    fn city_number(&mut self, name: &str, prefecture: Option<&str>) -> usize {
        let prefecture = prefecture.map(key_of);
        let known = self.city_names.get(name).into_iter().flatten().copied();
        if let Some(number) = known.into_iter().find(|&n| n != 0 && self.cities[n].prefecture == prefecture) {
            return number;
        }
        let number = self.cities.len();
        self.cities.push(CityTowns { prefecture, ..CityTowns::default() });
        self.name_city(name, number);
        if let Some((_, behind)) = name.split_once('郡').filter(|(county, rest)| !county.is_empty() && !rest.is_empty())
        {
            self.name_city(behind, number);
        }
        number
    }

    fn name_city(&mut self, name: &str, number: usize) {
        if !name.is_empty() {
            self.city_names.entry(name.to_owned()).or_default().push(number);
        }
    }

    fn add_groups(&mut self, groups: HashMap<(usize, String, String), TownGroup>) {
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by(|a, b| a.0.cmp(&b.0));
        for ((number, _, key), group) in groups {
            let is_own = group.is_own;
            let Some(place) = group.finish() else { continue };
            self.places.push(place);
            let added = self.places.len() - 1;
            self.cities[number].add(&key, added);
            if is_own && number != 0 {
                self.cities[0].add(&key, added);
            }
        }
        self.cities.iter_mut().for_each(CityTowns::add_short_names);
    }
}

impl CityTowns {
    fn add(&mut self, key: &str, place: usize) {
        // A 大字 called 三 would be found in every number.
        if key.chars().all(|c| c.is_ascii_digit()) {
            return;
        }
        self.longest = self.longest.max(key.chars().count());
        self.full.entry(key.to_owned()).or_default().push(place);
    }

    /// Adds short names: 大屋町加保 is 加保 as well, if enough 大字 begin with 大屋町 for that to be a former town.
    fn add_short_names(&mut self) {
        let split = |key: &str| {
            let (at, sign) = key.char_indices().skip(2).find(|(_, c)| ['町', '村'].contains(c))?;
            let end = at + sign.len_utf8();
            (key[end..].chars().count() >= 2).then_some(end)
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for key in self.full.keys() {
            if let Some(end) = split(key) {
                *counts.entry(key[..end].to_owned()).or_default() += 1;
            }
        }
        for (key, places) in &self.full {
            if let Some(end) = split(key).filter(|&end| counts[&key[..end]] >= TOWNS_OF_A_FORMER_TOWN) {
                self.short.entry(key[end..].to_owned()).or_default().extend(places);
            }
        }
    }
}

/// How the municipality's own entries are recognised.
struct OwnNames {
    name: String,
    prefecture: Option<String>,
    code: Option<u32>,
    has_wards: bool,
}

impl OwnNames {
    /// The municipality, or the only one of the entries if `city` does not give it.
    fn new(city: &City, entries: &[TownEntry]) -> Self {
        let code = city.code.get(..5).and_then(|digits| digits.parse().ok());
        let mut name = key_of(&city.name);
        if name.is_empty() && code.is_none() {
            let first = entries.first().and_then(|e| e.city.as_deref());
            if let Some(only) = first.filter(|only| entries.iter().all(|e| e.city.as_deref() == Some(only))) {
                name = key_of(only);
            }
        }
        let name =
            name.split_once('郡').filter(|(_, rest)| !rest.is_empty()).map_or(name.clone(), |(_, r)| r.to_owned());
        let prefecture = Some(key_of(&city.prefecture)).filter(|p| !p.is_empty());
        Self { name, prefecture, code, has_wards: code.is_some_and(|code| CITIES_WITH_WARDS.contains(&code)) }
    }

    fn holds(&self, entry: &TownEntry) -> bool {
        let entry_code = entry.city_code.as_deref().and_then(|c| c.get(..5)).and_then(|digits| digits.parse().ok());
        if let (Some(own), Some(entry)) = (self.code, entry_code) {
            return own == entry || (self.has_wards && city_of_ward(entry) == Some(own));
        }
        let Some(city) = entry.city.as_deref().map(key_of) else { return entry_code.is_none() };
        let elsewhere = entry
            .prefecture
            .as_deref()
            .map(key_of)
            .is_some_and(|p| self.prefecture.as_ref().is_some_and(|own| *own != p));
        let bare = city.split_once('郡').map_or(city.as_str(), |(_, behind)| behind);
        let is_ward = || city.strip_prefix(&self.name).is_some_and(|ward| ward.ends_with('区'));
        !elsewhere && !self.name.is_empty() && (city == self.name || bare == self.name || is_ward())
    }
}

/// The city of a ward's code: the last one with wards that precedes it.
fn city_of_ward(code: u32) -> Option<u32> {
    CITIES_WITH_WARDS.into_iter().rev().find(|&city| city < code).filter(|city| code - city < 30)
}

#[cfg(test)]
mod tests;
