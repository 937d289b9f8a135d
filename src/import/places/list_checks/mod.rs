//! Checks over a whole list: geocoding of rows without coordinates, point-in-polygon tests against boundary and
//! districts, outliers, and duplicates.
//!
//! Places are kept as they are, except for a geocoded position and 大字. This module does no I/O.

mod duplicates;
mod far;
mod written_districts;

use crate::import::regions::gazetteer::{Gazetteer, TownLookup};
use crate::import::{ImportContext, ImportedPlace, ImportedSheet, ListProblem, ProblemKind};
use crate::model::{Area, City, DistrictTable, Facts, MeetingMode, Metres, Position, Precision};

/// The headings that the problems of these checks name, as written in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedHeadings {
    /// The heading of the name.
    pub name: Option<String>,
    /// The heading of the latitude, or of the column with both coordinates.
    pub lat: Option<String>,
    /// The heading of the address.
    pub address: Option<String>,
    /// The heading of the district.
    pub district: Option<String>,
}

/// Geography of the municipality, as far as it is known.
#[derive(Debug, Clone, Copy)]
struct DistrictGround<'a> {
    gazetteer: Option<&'a Gazetteer>,
    boundary: Option<&'a Area>,
    districts: &'a DistrictTable,
}

/// Checks a whole list: geocodes rows without a position and adds problems to the sheet's, which stay in order of row.
///
/// Takes time in proportion to the number of rows, not of their pairs.
pub fn check_list(sheet: &mut ImportedSheet<ImportedPlace>, headings: &CheckedHeadings, known: ImportContext<'_>) {
    let ground = DistrictGround { gazetteer: known.gazetteer, boundary: known.boundary, districts: known.districts };
    let problems = check_places(&mut sheet.entries, headings, ground, known.city);
    sheet.problems.extend(problems);
    sheet.problems.sort_by_key(|problem| problem.row);
}

/// Geocodes one place without a position, as [`check_list`] does; for a gazetteer that was imported after the list.
pub fn locate(facts: &mut Facts, gazetteer: &Gazetteer, districts: &DistrictTable) {
    let ground = DistrictGround { gazetteer: Some(gazetteer), boundary: None, districts };
    // The problem was reported when the list was imported.
    let _ = ground.place_by_address(0, facts, &CheckedHeadings::default());
}

fn check_places(
    places: &mut [ImportedPlace],
    headings: &CheckedHeadings,
    ground: DistrictGround<'_>,
    city: &City,
) -> Vec<ListProblem> {
    let mut problems = Vec::new();
    let unknown = written_districts::unknown(places, headings, ground.districts, city);
    let tells_each = unknown.is_none() && !ground.districts.all().is_empty();
    problems.extend(unknown);
    for place in places.iter_mut() {
        let row = place.source.row;
        problems.extend(ground.place_by_address(row, &mut place.facts, headings));
        problems.extend(ground.outside(row, &place.facts, headings));
        problems.extend(ground.doubtful_district(row, &place.facts, headings).filter(|_| tells_each));
    }
    if ground.boundary.is_none() {
        problems.extend(far::far_from_others(places, headings));
    }
    problems.extend(duplicates::duplicates(places, headings));
    problems
}

/// The list's own point of a place, without geocoded ones, which add nothing to a check.
fn exact(facts: &Facts) -> Option<Position> {
    facts.site.filter(|site| site.precision == Precision::Door).map(|site| site.position)
}

fn point_far_from_address(row: u32, town: &str, distance: Metres, headings: &CheckedHeadings) -> ListProblem {
    let km = format!("{:.1}", distance.0 / 1000.0);
    let values = [("town", town), ("distance_km", &*km)];
    ListProblem::new(row, headings.lat.as_deref(), ProblemKind::PointFarFromAddress, &values)
}

impl DistrictGround<'_> {
    /// Geocodes an address: fills in the 大字, and the position if the list has none.
    fn place_by_address(self, row: u32, facts: &mut Facts, headings: &CheckedHeadings) -> Option<ListProblem> {
        let gazetteer = self.gazetteer.filter(|gazetteer| !gazetteer.is_empty())?;
        let Some(address) = facts.address.as_deref().filter(|address| !address.trim().is_empty()) else {
            return self.place_by_venue(gazetteer, row, facts, headings);
        };
        let problem = |kind, value: (&'static str, &str)| {
            Some(ListProblem::new(row, headings.address.as_deref(), kind, &[value]))
        };
        let is_missing = facts.site.is_none();
        let district = facts.district_written.as_deref();
        let found = match self.look_up(gazetteer, address, district) {
            TownLookup::Unknown => self.look_up_parts(gazetteer, bracketed(address), district),
            found => found,
        };
        match found {
            TownLookup::Found(located) => {
                let far = exact(facts).and_then(|point| gazetteer.metres_beyond_neighbours(&located, point));
                let problem_found = if is_missing {
                    problem(ProblemKind::PlacedByAddress, ("town", &located.town.name))
                } else {
                    far.map(|metres| point_far_from_address(row, &located.town.name, metres, headings))
                };
                facts.site = facts.site.or(Some(located.site));
                facts.town = Some(located.town);
                problem_found
            }
            TownLookup::WithoutTown(site) => {
                facts.site = facts.site.or(Some(site));
                None
            }
            // Who comes to the house needs no place: 市内一円.
            _ if !is_missing || facts.mode != MeetingMode::AtPlace => None,
            TownLookup::Ambiguous => problem(ProblemKind::AddressAmbiguous, ("value", address)),
            TownLookup::Several => problem(ProblemKind::TwoAddresses, ("value", address)),
            TownLookup::Unknown => problem(ProblemKind::AddressNotFound, ("value", address)),
        }
    }

    /// Geocodes a venue that is written with its address, where the list has none: 「生谷7 生谷会館」, 「ふれあい館（庄能12）」.
    fn place_by_venue(
        self,
        gazetteer: &Gazetteer,
        row: u32,
        facts: &mut Facts,
        headings: &CheckedHeadings,
    ) -> Option<ListProblem> {
        let venue = facts.venue.as_deref().filter(|_| facts.site.is_none())?;
        // Before a blank stands an address; without one, 「加保公民館」 may be anywhere.
        let first = venue.split_once(char::is_whitespace).map(|(first, _)| first);
        let parts = bracketed(venue).chain(first);
        let TownLookup::Found(located) = self.look_up_parts(gazetteer, parts, facts.district_written.as_deref()) else {
            return None;
        };
        let values = [("town", &*located.town.name)];
        let placed = ListProblem::new(row, headings.address.as_deref(), ProblemKind::PlacedByAddress, &values);
        facts.site = Some(located.site);
        facts.town = Some(located.town);
        Some(placed)
    }

    /// Looks up the parts of a text of which one may be an address; more than one that is found are none.
    fn look_up_parts<'a>(
        self,
        gazetteer: &Gazetteer,
        parts: impl Iterator<Item = &'a str>,
        district: Option<&str>,
    ) -> TownLookup {
        let mut found = parts
            .map(|part| self.look_up(gazetteer, part, district))
            .filter(|found| matches!(found, TownLookup::Found(_)));
        match (found.next(), found.next()) {
            (Some(found), None) => found,
            (Some(_), Some(_)) => TownLookup::Several,
            (None, _) => TownLookup::Unknown,
        }
    }

    /// Looks up the address; an ambiguous one in the former town that the list's district names.
    fn look_up(self, gazetteer: &Gazetteer, address: &str, written: Option<&str>) -> TownLookup {
        let found = gazetteer.look_up(address);
        if found != TownLookup::Ambiguous {
            return found;
        }
        let town = written.and_then(|written| self.districts.former_town_of(written));
        let within = town.map(|town| gazetteer.look_up(&format!("{town}{address}")));
        within.filter(|found| matches!(found, TownLookup::Found(_))).unwrap_or(found)
    }

    fn outside(self, row: u32, facts: &Facts, headings: &CheckedHeadings) -> Option<ListProblem> {
        let position = exact(facts).filter(|&position| self.boundary.is_some_and(|b| !b.contains(position)))?;
        let (lon, lat) = (position.lon().to_string(), position.lat().to_string());
        let values = [("lon", &*lon), ("lat", &*lat)];
        Some(ListProblem::new(row, headings.lat.as_deref(), ProblemKind::OutsideMunicipality, &values))
    }

    fn doubtful_district(self, row: u32, facts: &Facts, headings: &CheckedHeadings) -> Option<ListProblem> {
        let written = facts.district_written.as_deref().map(str::trim).filter(|written| !written.is_empty())?;
        let column = headings.district.as_deref();
        let Some(meant) = self.districts.named(written) else {
            let is_town = self.districts.former_town_of(written).is_some();
            return (!is_town)
                .then(|| ListProblem::new(row, column, ProblemKind::UnknownDistrict, &[("value", written)]));
        };
        let lies_in = exact(facts).and_then(|position| self.districts.at(position)).filter(|d| d.id != meant.id)?;
        let values = [("value", written), ("district", &*lies_in.name)];
        Some(ListProblem::new(row, column, ProblemKind::DistrictDisagrees, &values))
    }
}

/// What stands in brackets.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['(', '（']).skip(1);
    parts
        .filter_map(|part| part.split_once([')', '）']))
        .map(|(inside, _)| inside.trim())
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
