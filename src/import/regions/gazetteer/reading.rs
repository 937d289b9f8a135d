//! What an address can mean where the name of a 大字 ends: its middle, a 丁目 or a 小字. This module does no I/O.

use super::LocatedAddress;
use super::house_number::{HouseNumber, is_followed_by_a_landmark, small_area};
use super::key::{AddressKey, Breaks};
use super::town::TownPlace;
use crate::model::{Location, Position, Precision, Town};

/// Metres within which two parts of one 大字 are one place.
pub(super) const ONE_PLACE_M: f64 = 300.0;

/// Metres within which two 大字 are one place.
const ONE_POINT_M: f64 = 60.0;

/// How a name was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameForm {
    /// As the gazetteer has it, or without its former town.
    Whole,
    /// With 条 or 番町 left out.
    Brief,
}

/// One possible meaning of an address. `site` is `None` where its 大字 has no meaningful centre.
struct AddressReading<'p> {
    index: usize,
    place: &'p TownPlace,
    site: Option<Location>,
    /// Whether the address leaves no doubt about the part of the 大字.
    is_plain: bool,
}

/// What the readings of a name have in common.
pub(super) enum CommonPlace {
    /// The name cannot end there.
    NoReading,
    /// They lie apart.
    Apart,
    /// They are one place.
    One(LocatedAddress),
}

/// The end of a name in an address, with what stands behind it.
pub(super) struct NamedPlaces<'k> {
    key: &'k AddressKey,
    end: usize,
    number: HouseNumber,
    form: NameForm,
    /// Whether the address writes 大字 or 字 before the name.
    is_oaza: bool,
    /// Whether only a landmark stands behind the name, which says nothing of the 丁目.
    is_at_landmark: bool,
}

impl<'k> NamedPlaces<'k> {
    /// For a name that stands from `at` to `end`.
    pub(super) fn new(key: &'k AddressKey, at: usize, end: usize, form: NameForm) -> Self {
        let is_oaza = (at..end).any(|i| key.breaks(i).has(Breaks::OAZA | Breaks::AZA));
        let number = HouseNumber::behind(key, end);
        let is_at_landmark = !number.may_end && is_followed_by_a_landmark(key, at, end);
        let number = if is_at_landmark { HouseNumber { may_end: true, ..HouseNumber::default() } } else { number };
        Self { key, end, number, form, is_oaza, is_at_landmark }
    }

    /// The place on which all readings of the name agree, which one of `places` has.
    pub(super) fn agreed(&self, places: &[(usize, &TownPlace)]) -> CommonPlace {
        let read = |wanted: &dyn Fn(&TownPlace) -> bool| -> Vec<AddressReading<'_>> {
            let wanted: Vec<_> = places.iter().filter(|(_, place)| wanted(place)).collect();
            let has_listed = wanted.iter().any(|(_, place)| place.is_listed);
            wanted.into_iter().flat_map(|&(index, place)| self.readings(index, place, has_listed)).collect()
        };
        // 大字 is only written of the 大字; without it either may be meant.
        let mut readings = if self.is_oaza { read(&|place| place.is_oaza) } else { Vec::new() };
        if readings.is_empty() {
            readings = read(&|_| true);
        }
        if readings.iter().any(|reading| reading.is_plain) {
            readings.retain(|reading| reading.is_plain);
        }
        common_place(&readings)
    }

    /// What an address can mean whose 大字 is `place`; nothing if the name cannot end there. `has_listed`: whether a place of
    /// the name is listed without 丁目.
    fn readings<'p>(&self, index: usize, place: &'p TownPlace, has_listed: bool) -> Vec<AddressReading<'p>> {
        let block = |position: Position| {
            let site = Some(Location { position, precision: Precision::Block });
            AddressReading { index, place, site, is_plain: true }
        };
        if let Some(position) = small_area(self.key, place, self.end) {
            return vec![block(position)];
        }
        if self.is_at_landmark && !place.is_listed && !place.chomes.is_empty() {
            return Vec::new();
        }
        let chome = self.number.first.and_then(|first| place.chome(first)).map(block);
        if self.form == NameForm::Brief {
            return self.brief(chome, index, place).into_iter().collect();
        }
        if self.number.is_chome {
            // A 丁目 that the gazetteer lacks is new if there are others, and another place if there are none.
            let is_new = !place.chomes.is_empty() && !place.is_lone_chome && self.number.may_end;
            return chome.or_else(|| is_new.then(|| centre(index, place))).into_iter().collect();
        }
        match chome {
            Some(chome) if self.number.joined >= 3 && !self.is_written_as_oaza(place) => vec![chome],
            _ if !self.number.may_end || place.is_lone_chome => Vec::new(),
            chome => self.by_number(chome, index, place, has_listed),
        }
    }

    /// Whether the address writes 大字 before a name that the gazetteer has without it.
    fn is_written_as_oaza(&self, place: &TownPlace) -> bool {
        self.is_oaza && place.is_listed && !place.is_oaza
    }

    /// The meaning of a name with 条 or 番町 left out, which needs a number behind it.
    fn brief<'p>(
        &self,
        chome: Option<AddressReading<'p>>,
        index: usize,
        place: &'p TownPlace,
    ) -> Option<AddressReading<'p>> {
        let is_joined = self.number.joined > 1 || self.number.may_end && !self.key.is_digit(self.end - 1);
        let is_lot = self.number.first.is_some() && self.key.rest(self.end).starts_with('-') && place.chomes.is_empty();
        chome
            .filter(|_| is_joined)
            .or_else(|| is_lot.then(|| AddressReading { is_plain: true, ..centre(index, place) }))
    }

    /// The meaning of a house number, whose first number is that of `chome` too.
    fn by_number<'p>(
        &self,
        chome: Option<AddressReading<'p>>,
        index: usize,
        place: &'p TownPlace,
        has_listed: bool,
    ) -> Vec<AddressReading<'p>> {
        let is_doubtful = !self.number.is_lot && !self.is_written_as_oaza(place);
        let chome = chome.filter(|_| is_doubtful).map(|chome| AddressReading { is_plain: false, ..chome });
        match chome {
            Some(chome) if place.is_listed => vec![centre(index, place), chome],
            Some(chome) if self.number.joined == 2 || has_listed => vec![chome],
            // 芝123 is no 丁目 of 芝 if there is a 大字芝.
            _ if !place.is_listed && has_listed && (self.number.first.is_some() || self.number.is_lot) => Vec::new(),
            _ => vec![centre(index, place)],
        }
    }
}

/// The address at the middle of `place`.
fn centre(index: usize, place: &TownPlace) -> AddressReading<'_> {
    let is_clear = place.is_single && place.is_compact;
    let site = is_clear.then_some(Location { position: place.centre, precision: Precision::Town });
    AddressReading { index, place, site, is_plain: false }
}

/// The place that all readings mean.
fn common_place(readings: &[AddressReading<'_>]) -> CommonPlace {
    let Some(first) = readings.first() else { return CommonPlace::NoReading };
    let near = |other: &AddressReading<'_>, site: Location| {
        let limit = if other.index == first.index { ONE_PLACE_M } else { ONE_POINT_M };
        other.site.is_some_and(|other| other.position.distance_to(site.position).0 <= limit)
    };
    let is_single = readings.iter().all(|reading| reading.place.is_single);
    let site = first.site.filter(|&site| is_single && readings.iter().all(|other| near(other, site)));
    let town = Town { name: first.place.name.clone(), centre: first.place.centre };
    site.map_or(CommonPlace::Apart, |site| CommonPlace::One(LocatedAddress { site, town, place: first.index }))
}
