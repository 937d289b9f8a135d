//! Geocoding of one address, from the prefecture to the 小字. This module does no I/O.

use super::house_number::{HouseNumber, name_ends, small_area};
use super::key::{AddressKey, Breaks};
use super::municipality::{CityNames, NamedCity};
use super::reading::{CommonPlace, NameForm, NamedPlaces};
use super::streets::towns_behind_streets;
use super::{CityTowns, Gazetteer, LocatedAddress, TownLookup};
use crate::model::{Location, Precision};

/// The stem of the city whose addresses begin with streets.
const CITY_OF_STREETS: &str = "京都";

/// An address and the gazetteer that it is matched against.
pub(super) struct AddressReader<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) key: &'a AddressKey,
    pub(super) names: CityNames<'a>,
}

/// What an address is from one of its characters on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum AddressOutcome {
    /// Its place, and where the name of the 大字 ends.
    Found(LocatedAddress, usize),
    /// A place in a municipality without 大字.
    WithoutTown(Location),
    Ambiguous,
    /// It names another municipality.
    Elsewhere,
    Unknown,
}

impl<'a> AddressReader<'a> {
    pub(super) fn new(gazetteer: &'a Gazetteer, key: &'a AddressKey) -> Self {
        Self { gazetteer, key, names: CityNames { gazetteer, key } }
    }

    pub(super) fn look_up(&self) -> TownLookup {
        if self.gazetteer.cities.is_empty() {
            return TownLookup::Unknown;
        }
        let outcome = match self.outcome(0) {
            AddressOutcome::Unknown => self.behind_another_text(),
            found => found,
        };
        match outcome {
            AddressOutcome::Found(located, end) if self.goes_on_elsewhere(&located, end) => TownLookup::Several,
            AddressOutcome::Found(located, _) => TownLookup::Found(located),
            AddressOutcome::WithoutTown(site) => TownLookup::WithoutTown(site),
            AddressOutcome::Ambiguous => TownLookup::Ambiguous,
            AddressOutcome::Elsewhere | AddressOutcome::Unknown => TownLookup::Unknown,
        }
    }

    /// The address that begins at `start`.
    pub(super) fn outcome(&self, start: usize) -> AddressOutcome {
        let (prefecture, at) = self.names.prefecture(start);
        match self.names.city(prefecture, at) {
            NamedCity::City(own, behind) if own == 0 || self.gazetteer.cities[own].is_ward => {
                self.in_own_city(own, at, behind)
            }
            NamedCity::City(other, behind) => {
                let found = self.town(&self.gazetteer.cities[other], behind, true);
                // 香美町 may be a neighbour or the beginning of one of our own 大字.
                let is_ours_too = prefecture.is_none()
                    && self.town(&self.gazetteer.cities[0], start, false) != AddressOutcome::Unknown;
                match found {
                    _ if is_ours_too => AddressOutcome::Ambiguous,
                    AddressOutcome::Unknown => AddressOutcome::Elsewhere,
                    found => found,
                }
            }
            NamedCity::Nothing(at) => match self.in_city(0, at, false) {
                AddressOutcome::Unknown if prefecture.is_some() => self.again(at).unwrap_or(AddressOutcome::Unknown),
                found => found,
            },
            NamedCity::Other => AddressOutcome::Elsewhere,
        }
    }

    /// An address that names city or ward `own`, from `at` to `behind`.
    fn in_own_city(&self, own: usize, at: usize, behind: usize) -> AddressOutcome {
        let found = self.in_city(own, behind, true);
        if found != AddressOutcome::Unknown {
            return found;
        }
        // 養父市場 is a 大字 of 養父市.
        self.again(behind).unwrap_or_else(|| self.town(&self.gazetteer.cities[0], at, false))
    }

    /// The address behind a prefecture or city that is written twice.
    fn again(&self, at: usize) -> Option<AddressOutcome> {
        let (_, city) = self.names.prefecture(at);
        let (own, behind) = self.names.own_city(city)?;
        Some(self.in_own_city(own, city, behind)).filter(|found| *found != AddressOutcome::Unknown)
    }

    /// The 大字 at `at` in city or ward `own`, behind whatever may stand before it.
    pub(super) fn in_city(&self, own: usize, at: usize, city_named: bool) -> AddressOutcome {
        let city = &self.gazetteer.cities[own];
        let ways: [&dyn Fn() -> AddressOutcome; 5] = [
            &|| self.town(city, at, city_named),
            &|| self.behind_former_town(city, at),
            &|| match self.names.until('区', at).filter(|_| self.gazetteer.unnamed_wards) {
                Some((_, behind)) => self.town(city, behind, true),
                None => AddressOutcome::Unknown,
            },
            &|| self.behind_streets(city, at),
            &|| if city_named { self.without_town(city, at) } else { AddressOutcome::Unknown },
        ];
        ways.iter().map(|way| way()).find(|found| *found != AddressOutcome::Unknown).unwrap_or(AddressOutcome::Unknown)
    }

    /// 旧大屋町加保, and former towns that the gazetteer no longer has.
    fn behind_former_town(&self, city: &CityTowns, at: usize) -> AddressOutcome {
        let is_former = self.key.rest(at).starts_with('旧');
        let at = at + usize::from(is_former);
        if is_former {
            let found = self.town(city, at, true);
            if found != AddressOutcome::Unknown {
                return found;
            }
        }
        let rest = self.key.rest(at);
        let former = self.gazetteer.former_towns.iter().find(|town| rest.starts_with(town.as_str()));
        former.map_or(AddressOutcome::Unknown, |town| self.town(city, at + town.chars().count(), true))
    }

    fn behind_streets(&self, city: &CityTowns, at: usize) -> AddressOutcome {
        if self.gazetteer.own_stem != CITY_OF_STREETS {
            return AddressOutcome::Unknown;
        }
        // Another ward's streets.
        if self.names.until('区', at).is_some() {
            return AddressOutcome::Unknown;
        }
        let starts = towns_behind_streets(self.key, at);
        let mut found = starts.into_iter().map(|start| self.town(city, start, true));
        found.find(|found| *found != AddressOutcome::Unknown).unwrap_or(AddressOutcome::Unknown)
    }

    /// A house number behind the name of a municipality that has no 大字, or none there.
    fn without_town(&self, city: &CityTowns, at: usize) -> AddressOutcome {
        let [only] = city.without_town[..] else { return AddressOutcome::Unknown };
        let place = &self.gazetteer.places[only];
        if let Some(position) = small_area(self.key, place, at) {
            return AddressOutcome::WithoutTown(Location { position, precision: Precision::Block });
        }
        let number = HouseNumber::behind(self.key, at);
        let is_lot = number.may_end && number.first.is_some() && !number.is_chome;
        if !(is_lot && place.is_single) {
            return AddressOutcome::Unknown;
        }
        AddressOutcome::WithoutTown(Location { position: place.centre, precision: Precision::District })
    }

    /// The 大字 of `city` at `at`: the longest name that ends at a valid boundary.
    fn town(&self, city: &CityTowns, at: usize, city_named: bool) -> AddressOutcome {
        for end in name_ends(self.key, at, city.longest) {
            let key = self.key.slice(at, end);
            let none: &[usize] = &[];
            let whole = city.full.get(key).map_or(none, Vec::as_slice);
            // 「三谷」 alone may be 三谷 or 八鹿町三谷; after the name of the city it is 三谷.
            let is_short = whole.is_empty() || !city_named;
            let short = city.short.get(key).filter(|_| is_short).map_or(none, Vec::as_slice);
            let brief = || city.brief.get(key).map_or(none, Vec::as_slice);
            let found = match (whole, short) {
                ([], []) => self.decide(at, end, [brief(), none], NameForm::Brief),
                both => self.decide(at, end, [both.0, both.1], NameForm::Whole),
            };
            if let Some(found) = found {
                return self.small_area_instead(city, at, end).unwrap_or(found);
            }
        }
        AddressOutcome::Unknown
    }

    /// The 小字 that 字 within the name of a 大字 from `at` to `end` introduces, where there is one of the same name too.
    fn small_area_instead(&self, city: &CityTowns, at: usize, end: usize) -> Option<AddressOutcome> {
        let aza = (at + 1..end).find(|&i| self.key.breaks(i).has(Breaks::AZA))?;
        let whole = city.full.get(self.key.slice(at, aza))?;
        let found = self.decide(at, aza, [whole, &[]], NameForm::Whole)?;
        let is_small =
            matches!(&found, AddressOutcome::Found(located, _) if located.site.precision == Precision::Block);
        is_small.then_some(found)
    }

    /// Decides between the places whose name stands from `at` to `end`; `None` if no name ends there.
    fn decide(&self, at: usize, end: usize, numbers: [&[usize]; 2], form: NameForm) -> Option<AddressOutcome> {
        if numbers.iter().all(|numbers| numbers.is_empty()) {
            return None;
        }
        let places: Vec<_> = numbers.into_iter().flatten().map(|&n| (n, &self.gazetteer.places[n])).collect();
        match NamedPlaces::new(self.key, at, end, form).agreed(&places) {
            CommonPlace::NoReading => None,
            CommonPlace::Apart => Some(AddressOutcome::Ambiguous),
            CommonPlace::One(located) => Some(AddressOutcome::Found(located, end)),
        }
    }

    /// The address behind the name of a building: 公民館（養父市三宅7）.
    fn behind_another_text(&self) -> AddressOutcome {
        let starts = (1..self.key.len()).filter(|&at| self.key.breaks(at).any());
        let own = starts.clone().filter(|&at| self.names.own_city(self.names.prefecture(at).1).is_some());
        let mut found = own.map(|at| self.outcome(at)).filter(|found| *found != AddressOutcome::Unknown);
        found.next().or_else(|| self.town_behind_a_building(starts)).unwrap_or(AddressOutcome::Unknown)
    }

    /// A 大字 with a house number behind the name of a building, where no municipality is named: 加保公民館（大屋町加保7）.
    fn town_behind_a_building(&self, starts: impl Iterator<Item = usize>) -> Option<AddressOutcome> {
        let is_number = |at: usize| self.key.is_digit(at) && !self.key.is_numeral(at);
        let begins = |&at: &usize| self.key.breaks(at).has(Breaks::GAP | Breaks::OPEN) && !is_number(at);
        let numbered = starts.filter(begins).filter_map(|at| match self.in_city(0, at, false) {
            AddressOutcome::Found(located, end) => {
                let is_numbered = self.key.is_digit(end) || self.key.rest(end).starts_with('-');
                (is_numbered && end - at >= 3).then_some((located, end))
            }
            _ => None,
        });
        let found: Vec<(LocatedAddress, usize)> = numbered.collect();
        let (first, end) = found.first().cloned()?;
        // Two houses, each with its address.
        let is_one = found.iter().all(|(other, _)| other.town.name == first.town.name);
        Some(if is_one { AddressOutcome::Found(first, end) } else { AddressOutcome::Ambiguous })
    }
}

#[cfg(test)]
mod tests;
