//! Geocoding with a gazetteer of 大字, 町 and 小字: from an address to a point with honestly coarse precision.
//!
//! A wrong 大字 is worse than none. So an address that names another municipality finds that one's 大字 or nothing; a name
//! that two 大字 share finds nothing unless the address distinguishes them; and a name must end where the 大字 ends (大谷 is
//! not found in 大谷口). An address is read from its front: what is none of it (`noise`), prefecture to ward
//! (`municipality`), Kyoto's streets (`streets`), the 大字 (`address`), and 丁目, house number or 小字 (`house_number`).
//! Spellings are compared by `key`. A name that stands alone is looked up whole (`town_name`). This module does no I/O.

mod address;
mod city_towns;
mod house_number;
mod key;
mod municipality;
mod neighbours;
mod noise;
mod own_names;
mod read;
mod reading;
mod second_address;
mod streets;
mod town;
mod town_name;
mod write;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use self::address::AddressReader;
use self::city_towns::CityTowns;
use self::key::{AddressKey, key_of};
use self::own_names::OwnNames;
use self::town::{TownGroup, TownPlace, split_chome};
use crate::model::{City, Location, Metres, Position, Town, TownEntry, without_county};

pub use self::own_names::{count_own, own_entries};
pub use self::read::{read, read_within};
pub use self::town_name::{TownNameMatch, may_be_code_of};
pub use self::write::csv_of;

/// Longest address of a 大字 without a house number, in characters.
const LONGEST_TOWN: usize = 24;

/// What the files write where there is no 大字.
const NO_TOWN: &str = "大字なし";

/// Index of 町字 with coordinates, for geocoding addresses.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<TownPlace>,
    /// Metres that each place reaches at most, where its neighbours show that.
    reaches: Vec<Option<f64>>,
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

/// A geocoded address.
#[derive(Debug, Clone, PartialEq)]
pub struct LocatedAddress {
    /// The point of the 丁目 or 小字 ([`Precision::Block`](crate::model::Precision::Block)) or of the 大字
    /// ([`Precision::Town`](crate::model::Precision::Town)).
    pub site: Location,
    /// The 大字 with its centre.
    pub town: Town,
    /// The index of its place.
    place: usize,
}

/// Result of geocoding an address.
#[derive(Debug, Clone, PartialEq)]
pub enum TownLookup {
    /// Exactly one 大字 matches.
    Found(LocatedAddress),
    /// The municipality has no 大字 there: the middle of that part of it
    /// ([`Precision::District`](crate::model::Precision::District)), or a 小字.
    WithoutTown(Location),
    /// There are two addresses of different 大字.
    Several,
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
        let mut groups: HashMap<GroupKey, TownGroup> = HashMap::new();
        for entry in entries {
            let is_own = own.holds(&entry);
            let Some(number) = gazetteer.number_of(&entry, &own, is_own) else { continue };
            let (key, chome) = split_chome(&key_of(&entry.town));
            let ward =
                if number == 0 && own.has_wards { entry.city_code.clone().unwrap_or_default() } else { String::new() };
            gazetteer.unnamed_wards |= number == 0 && own.has_wards;
            let is_oaza = entry.town.contains("大字") || entry.town.starts_with('字');
            let group = GroupKey { number, ward, key, is_oaza, is_rest: entry.town.contains(NO_TOWN) };
            groups.entry(group).or_insert_with_key(|key| TownGroup::new(is_own, key.is_oaza)).add(&entry, chome);
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
            _ => None,
        }
    }

    /// Geocodes `address`, and distinguishes an unknown address from an ambiguous one.
    pub fn look_up(&self, address: &str) -> TownLookup {
        let normal: String = address.nfkc().collect();
        if noise::is_hidden(&normal) {
            return TownLookup::Unknown;
        }
        let key = AddressKey::new(noise::without_noise(&normal));
        AddressReader::new(self, &key).look_up()
    }

    /// Whether `cell` is nothing but a 大字 of the gazetteer, with what may stand before one and a house number behind it.
    pub fn is_town(&self, cell: &str) -> bool {
        let whole =
            ["ほか", "外", "他", "地先", "付近", "内"].iter().fold(cell.trim(), |cell, end| cell.trim_end_matches(end));
        let bare = whole.trim_end_matches(|c: char| c.is_numeric() || "-－ー‐の番地号丁目 \u{3000}".contains(c));
        // 「広谷字前田333番」
        let bare = bare
            .char_indices()
            .skip(1)
            .find(|(at, c)| *c == '字' && !bare[..*at].ends_with('大'))
            .map_or(bare, |(at, _)| &bare[..at]);
        if bare.is_empty() || bare.chars().count() > LONGEST_TOWN {
            return false;
        }
        let is_whole = |town: &str| {
            let (town, bare) = (key_of(town), key_of(bare));
            town.ends_with(&*bare) || bare.ends_with(&*town)
        };
        self.locate(cell).is_some_and(|located| is_whole(&located.town.name))
    }

    /// Metres from `point` to the 大字 of an address, if that is farther than its neighbours: one of the two must be wrong.
    pub fn metres_beyond_neighbours(&self, located: &LocatedAddress, point: Position) -> Option<Metres> {
        let (place, reach) = (self.places.get(located.place)?, (*self.reaches.get(located.place)?)?);
        let parts = place.parts.iter().chain([&located.site.position]);
        let distance = parts.map(|part| part.distance_to(point).0).fold(f64::INFINITY, f64::min);
        (distance > reach).then_some(Metres(distance))
    }

    /// The index of the municipality of `entry`; `None` if nobody knows which that is.
    fn number_of(&mut self, entry: &TownEntry, own: &OwnNames, is_own: bool) -> Option<usize> {
        let Some(name) = entry.city.as_deref().map(key_of) else { return is_own.then_some(0) };
        if name == own.name {
            return Some(0);
        }
        if is_own && without_county(&name) == own.name {
            self.name_own_in_county(&name);
            return Some(0);
        }
        let number = self.city_number(&name, entry.prefecture.as_deref());
        self.name_ward(number, own.ward(&name).filter(|_| is_own));
        Some(number)
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
        let bare = without_county(name);
        if bare != name {
            self.name_city(bare, number);
        }
        number
    }

    /// Lets addresses begin with the ward: 北区….
    fn name_ward(&mut self, number: usize, ward: Option<&str>) {
        if let Some(ward) = ward.filter(|_| !self.cities[number].is_ward) {
            self.cities[number].is_ward = true;
            self.name_city(ward, number);
        }
    }

    /// Lets addresses name the municipality with its 郡.
    fn name_own_in_county(&mut self, name: &str) {
        if !self.city_names.contains_key(name) {
            self.name_city(name, 0);
        }
    }

    fn name_city(&mut self, name: &str, number: usize) {
        if !name.is_empty() {
            self.city_names.entry(name.to_owned()).or_default().push(number);
        }
    }

    fn add_groups(&mut self, groups: HashMap<GroupKey, TownGroup>) {
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by(|a, b| a.0.cmp(&b.0));
        for (GroupKey { number, key, is_rest, .. }, group) in groups {
            let is_own = group.is_own;
            for place in group.finish() {
                self.places.push(place);
                let added = self.places.len() - 1;
                for number in [Some(number), Some(0).filter(|_| is_own && number != 0)].into_iter().flatten() {
                    if is_rest {
                        self.cities[number].without_town.push(added);
                    } else {
                        self.cities[number].add(&key, added);
                    }
                }
            }
        }
        let own: Vec<usize> = self.cities[0].full.values().flatten().copied().collect();
        self.reaches = neighbours::reaches(&self.places, &own);
        self.cities.iter_mut().for_each(CityTowns::add_other_names);
    }
}

/// Which entries are one 大字.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct GroupKey {
    number: usize,
    ward: String,
    key: String,
    /// 大字本町 and 本町 are two.
    is_oaza: bool,
    /// Whether it stands for what lies in no 大字.
    is_rest: bool,
}

#[cfg(test)]
mod tests;
