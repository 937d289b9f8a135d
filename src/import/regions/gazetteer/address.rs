//! Geocoding of one address, from the prefecture to the 小字. This module does no I/O.

use super::house_number::{HouseNumber, name_ends, small_area};
use super::key::{AddressKey, Breaks};
use super::municipality::{CityNames, NamedCity};
use super::streets::towns_behind_streets;
use super::town::TownPlace;
use super::{CityTowns, Gazetteer, LocatedAddress, TownLookup};
use crate::model::{Location, Position, Precision, Town};

/// Metres within which two readings of an address are one place.
const ONE_PLACE_M: f64 = 300.0;

/// The stem of the city whose addresses begin with streets.
const CITY_OF_STREETS: &str = "京都";

/// An address and the gazetteer that it is matched against.
pub(super) struct AddressReader<'a> {
    gazetteer: &'a Gazetteer,
    key: &'a AddressKey,
    names: CityNames<'a>,
}

/// What an address is from one of its characters on.
#[derive(Debug, Clone, PartialEq)]
enum AddressOutcome {
    /// Its place, and where the name of the 大字 ends.
    Found(LocatedAddress, usize),
    /// A place in a municipality without 大字.
    WithoutTown(Location),
    Ambiguous,
    /// It names another municipality.
    Elsewhere,
    Unknown,
}

/// One possible meaning of an address. `site` is `None` where its 大字 has no meaningful centre.
struct AddressReading<'a> {
    index: usize,
    place: &'a TownPlace,
    site: Option<Location>,
    /// Whether the address leaves no doubt about the part of the 大字.
    is_plain: bool,
}

/// How a name was matched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameForm {
    Whole,
    /// With 条 or 番町 left out.
    Brief,
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
    fn outcome(&self, start: usize) -> AddressOutcome {
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
    fn in_city(&self, own: usize, at: usize, city_named: bool) -> AddressOutcome {
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
                return found;
            }
        }
        AddressOutcome::Unknown
    }

    /// Decides between the places whose name stands from `at` to `end`; `None` if no name ends there.
    fn decide(&self, at: usize, end: usize, numbers: [&[usize]; 2], form: NameForm) -> Option<AddressOutcome> {
        let [whole, short] = numbers;
        if whole.is_empty() && short.is_empty() {
            return None;
        }
        let places = || whole.iter().chain(short).map(|&n| (n, &self.gazetteer.places[n]));
        let number = HouseNumber::behind(self.key, end);
        let is_oaza = (at..end).any(|i| self.key.breaks(i).has(Breaks::OAZA | Breaks::AZA));
        let read = |wanted: &dyn Fn(&TownPlace) -> bool| -> Vec<AddressReading<'a>> {
            let has_listed = places().any(|(_, place)| place.is_listed && wanted(place));
            let context = TownContext { end, number, form, has_listed, is_oaza };
            places().filter(|(_, place)| wanted(place)).flat_map(|place| self.readings(place, context)).collect()
        };
        // 大字 is only written of the 大字; without it either may be meant.
        let mut readings = if is_oaza { read(&|place| place.is_oaza) } else { Vec::new() };
        if readings.is_empty() {
            readings = read(&|_| true);
        }
        if readings.iter().any(|reading| reading.is_plain) {
            readings.retain(|reading| reading.is_plain);
        }
        Some(agreed(&readings)?.map_or(AddressOutcome::Ambiguous, |located| AddressOutcome::Found(located, end)))
    }

    /// What an address can mean whose 大字 is `place`; nothing if the name cannot end there.
    fn readings(&self, (index, place): (usize, &'a TownPlace), context: TownContext) -> Vec<AddressReading<'a>> {
        let TownContext { end, number, form, has_listed, is_oaza } = context;
        let block = |position: Position, is_plain| {
            let site = Some(Location { position, precision: Precision::Block });
            AddressReading { index, place, site, is_plain }
        };
        let centre = |is_plain| centre_of((index, place), is_plain);
        if let Some(position) = small_area(self.key, place, end) {
            return vec![block(position, true)];
        }
        let chome = number.first.and_then(|first| place.chome(first));
        if form == NameForm::Brief {
            let is_joined = number.joined > 1 || number.may_end && !self.key.is_digit(end - 1);
            let lot = || centre(true).filter(|_| number.joined > 1 && place.chomes.is_empty());
            return chome.filter(|_| is_joined).map(|at| block(at, true)).or_else(lot).into_iter().collect();
        }
        if number.is_chome {
            // A 丁目 that the gazetteer lacks is new if there are others, and another place if there are none.
            let is_new = !place.chomes.is_empty() && !place.is_lone_chome && number.may_end;
            return chome.map(|at| block(at, true)).or_else(|| centre(false).filter(|_| is_new)).into_iter().collect();
        }
        let is_written_as_oaza = is_oaza && place.is_listed && !place.is_oaza;
        if let Some(at) = chome.filter(|_| number.joined >= 3 && !is_written_as_oaza) {
            return vec![block(at, true)];
        }
        if !number.may_end || place.is_lone_chome {
            return Vec::new();
        }
        let is_doubtful = !number.is_lot && !is_written_as_oaza;
        match chome.filter(|_| is_doubtful) {
            Some(at) if !place.is_listed && (number.joined == 2 || has_listed) => vec![block(at, false)],
            Some(at) if place.is_listed => centre(false).into_iter().chain([block(at, false)]).collect(),
            // 芝123 is no 丁目 of 芝 if there is a 大字芝.
            _ if !place.is_listed && has_listed && (number.first.is_some() || number.is_lot) => Vec::new(),
            _ => centre(false).into_iter().collect(),
        }
    }

    /// The address behind the name of a building: 公民館（養父市三宅7）.
    fn behind_another_text(&self) -> AddressOutcome {
        let starts = (1..self.key.len()).filter(|&at| self.key.breaks(at).any());
        let own = starts.filter(|&at| self.names.own_city(self.names.prefecture(at).1).is_some());
        let mut found = own.map(|at| self.outcome(at)).filter(|found| *found != AddressOutcome::Unknown);
        found.next().unwrap_or(AddressOutcome::Unknown)
    }

    /// Whether a second address of another 大字 follows the one whose 大字 ends at `end`.
    fn goes_on_elsewhere(&self, located: &LocatedAddress, end: usize) -> bool {
        let apart = |other: &LocatedAddress| {
            other.town.name != located.town.name
                && other.site.position.distance_to(located.site.position).0 > ONE_PLACE_M
        };
        let separators = Breaks::GAP | Breaks::COMMA | Breaks::AND | Breaks::CLOSE;
        let begins = |&at: &usize| self.key.breaks(at).has(separators) && !self.key.is_digit(at);
        let starts = (end..self.key.len()).filter(begins);
        starts.into_iter().any(|at| match self.second(at) {
            AddressOutcome::Found(other, _) => apart(&other),
            AddressOutcome::Elsewhere => true,
            AddressOutcome::WithoutTown(_) | AddressOutcome::Ambiguous | AddressOutcome::Unknown => false,
        })
    }

    /// The address that begins at `at`, behind another one; a building's name is none.
    fn second(&self, at: usize) -> AddressOutcome {
        let (prefecture, city) = self.names.prefecture(at);
        if prefecture.is_some() || matches!(self.names.city(None, city), NamedCity::City(..)) {
            return self.outcome(at);
        }
        let is_listed = self.key.breaks(at).has(Breaks::COMMA | Breaks::AND);
        if !is_listed && self.key.breaks(at).has(Breaks::AZA) {
            return AddressOutcome::Unknown;
        }
        if is_listed && is_elsewhere(self.key.word(at)) {
            return AddressOutcome::Elsewhere;
        }
        match self.in_city(0, at, true) {
            AddressOutcome::Found(located, end) => {
                let is_numbered = self.key.is_digit(end) || self.key.rest(end).starts_with('-');
                let ends =
                    is_listed && (end == self.key.len() || self.key.breaks(end).has(Breaks::COMMA | Breaks::AND));
                if is_numbered || ends { AddressOutcome::Found(located, end) } else { AddressOutcome::Unknown }
            }
            _ => AddressOutcome::Unknown,
        }
    }
}

/// What is known where the name of a 大字 ends.
#[derive(Clone, Copy)]
struct TownContext {
    end: usize,
    number: HouseNumber,
    form: NameForm,
    /// Whether one of the places of the name is listed without 丁目.
    has_listed: bool,
    /// Whether the address writes 大字 or 字 before the name.
    is_oaza: bool,
}

/// The address at the middle of `place`.
fn centre_of((index, place): (usize, &TownPlace), is_plain: bool) -> Option<AddressReading<'_>> {
    let is_clear = place.is_single && place.is_compact;
    let site = is_clear.then_some(Location { position: place.centre, precision: Precision::Town });
    Some(AddressReading { index, place, site, is_plain })
}

/// The place on which all readings agree: `None` if there is no reading, `Some(None)` if they do not.
fn agreed(readings: &[AddressReading<'_>]) -> Option<Option<LocatedAddress>> {
    let first = readings.first()?;
    let near = |other: &AddressReading<'_>, site: Location| {
        other.site.is_some_and(|other| other.position.distance_to(site.position).0 <= ONE_PLACE_M)
    };
    let is_single = readings.iter().all(|reading| reading.place.is_single);
    let site = first.site.filter(|&site| is_single && readings.iter().all(|other| near(other, site)));
    let town = Town { name: first.place.name.clone(), centre: first.place.centre };
    Some(site.map(|site| LocatedAddress { site, town, place: first.index }))
}

/// Whether a word is an address in a municipality that the gazetteer does not have: 豊岡市日高町12.
fn is_elsewhere(word: &str) -> bool {
    let named = word.char_indices().take(6).skip(1).find(|(_, c)| ['市', '郡'].contains(c));
    let behind = named.map(|(at, sign)| &word[at + sign.len_utf8()..]);
    behind.is_some_and(|rest| {
        rest.ends_with(|c: char| c.is_ascii_digit()) && !rest.starts_with(['民', '立', '営', '役', '内', '場', '街'])
    })
}
