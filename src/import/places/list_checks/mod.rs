//! What only the whole list shows: where rows without coordinates are, which places lie outside or far from all others, which
//! districts disagree with the map, and which rows say the same.
//!
//! Places are kept as they are, but for a position and a 大字 by the address. This module does no I/O.

mod duplicates;
mod far;

use crate::import::regions::gazetteer::{Gazetteer, TownLookup};
use crate::import::{ImportContext, ImportedPlace, ImportedSheet, ListProblem, ProblemKind};
use crate::model::{Area, DistrictTable, Facts, Position, Precision};

/// The headings of a sheet, as they stand in the file, that problems of the survey name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedHeadings {
    /// Of the name.
    pub name: Option<String>,
    /// Of the latitude, or of the column with both.
    pub lat: Option<String>,
    /// Of the address.
    pub address: Option<String>,
    /// Of the district.
    pub district: Option<String>,
}

/// What is known of the ground.
#[derive(Debug, Clone, Copy)]
struct DistrictGround<'a> {
    gazetteer: Option<&'a Gazetteer>,
    boundary: Option<&'a Area>,
    districts: &'a DistrictTable,
}

/// Places what can be placed by its address and adds what is to be mended to the sheet's problems, which stay in order of row.
///
/// Time grows with the number of rows, not with their pairs.
pub fn survey(sheet: &mut ImportedSheet<ImportedPlace>, headings: &CheckedHeadings, known: ImportContext<'_>) {
    let ground = DistrictGround { gazetteer: known.gazetteer, boundary: known.boundary, districts: known.districts };
    let problems = surveyed(&mut sheet.entries, headings, ground);
    sheet.problems.extend(problems);
    sheet.problems.sort_by_key(|problem| problem.row);
}

/// Places one place by its address, as [`survey`] does, where it has no position yet; for a gazetteer that came later than
/// the list.
pub fn locate(facts: &mut Facts, gazetteer: &Gazetteer, districts: &DistrictTable) {
    let ground = DistrictGround { gazetteer: Some(gazetteer), boundary: None, districts };
    // What there is to say of it was said when the list was read.
    let _ = ground.place_by_address(0, facts, &CheckedHeadings::default());
}

fn surveyed(places: &mut [ImportedPlace], headings: &CheckedHeadings, ground: DistrictGround<'_>) -> Vec<ListProblem> {
    let mut problems = Vec::new();
    for place in places.iter_mut() {
        let row = place.source.row;
        problems.extend(ground.place_by_address(row, &mut place.facts, headings));
        problems.extend(ground.outside(row, &place.facts, headings));
        problems.extend(ground.doubtful_district(row, &place.facts, headings));
    }
    if ground.boundary.is_none() {
        problems.extend(far::far_from_others(places, headings));
    }
    problems.extend(duplicates::duplicates(places, headings));
    problems
}

/// The list's own point of a place: what is placed by its address says nothing new.
fn exact(facts: &Facts) -> Option<Position> {
    facts.site.filter(|site| site.precision == Precision::Door).map(|site| site.position)
}

impl DistrictGround<'_> {
    /// Fills in the 大字 of every address that is known, and the position where the list has none.
    fn place_by_address(self, row: u32, facts: &mut Facts, headings: &CheckedHeadings) -> Option<ListProblem> {
        let gazetteer = self.gazetteer.filter(|gazetteer| !gazetteer.is_empty())?;
        let address = facts.address.as_deref().filter(|address| !address.trim().is_empty())?;
        let problem = |kind, value: (&'static str, &str)| {
            Some(ListProblem::new(row, headings.address.as_deref(), kind, &[value]))
        };
        let is_missing = facts.site.is_none();
        match self.look_up(gazetteer, address, facts.district_written.as_deref()) {
            TownLookup::Found(located) => {
                let said = is_missing.then(|| problem(ProblemKind::PlacedByAddress, ("town", &located.town.name)));
                facts.site = facts.site.or(Some(located.site));
                facts.town = Some(located.town);
                said.flatten()
            }
            TownLookup::Ambiguous if is_missing => problem(ProblemKind::AddressAmbiguous, ("value", address)),
            TownLookup::Unknown if is_missing => problem(ProblemKind::AddressNotFound, ("value", address)),
            TownLookup::Ambiguous | TownLookup::Unknown => None,
        }
    }

    /// The address, or where it could mean two 大字, the one in the former town that the list's district names.
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
        if self.districts.all().is_empty() {
            return None;
        }
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

#[cfg(test)]
mod tests;
