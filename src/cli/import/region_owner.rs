//! Whose 大字, outline and districts files hold: those of another municipality are read as well, and everything after them is wrong.
//!
//! A file says it by codes or names; where it says nothing, the other things that are known of the municipality do. This module
//! does no I/O.

use crate::cli::finding::Finding;
use crate::import::regions::gazetteer;
use crate::import::regions::official_names::OfficialNames;
use crate::import::regions::outlines::OutlineOwner;
use crate::model::{Area, City, District, MunicipalityCode, Position, TownEntry};

/// Metres from the nearest 大字 beyond which a district or a place is none of the municipality's.
pub const FAR_FROM_TOWNS_M: f64 = 20_000.0;

/// What is known of the municipality besides the file at hand.
#[derive(Debug, Default)]
pub struct KnownRegions {
    /// Its outline.
    pub boundary: Option<Area>,
    /// Its 大字.
    pub towns: Vec<TownEntry>,
}

impl KnownRegions {
    /// Whether `position` lies in or near the municipality; `None` where nothing is known of it.
    pub fn is_near(&self, position: Position) -> Option<bool> {
        if let Some(boundary) = &self.boundary {
            return Some(boundary.contains(position));
        }
        let near = |town: &TownEntry| town.position.distance_to(position).0 <= FAR_FROM_TOWNS_M;
        (!self.towns.is_empty()).then(|| self.towns.iter().any(near))
    }

    /// Whether most of `positions` lie elsewhere.
    fn are_elsewhere(&self, positions: impl Iterator<Item = Position>) -> bool {
        let near: Vec<bool> = positions.filter_map(|position| self.is_near(position)).collect();
        2 * near.iter().filter(|near| **near).count() < near.len()
    }
}

/// Doubts about a gazetteer.
pub fn of_towns(towns: &[TownEntry], city: &City, known: &KnownRegions) -> Option<Finding> {
    let own = gazetteer::count_own(towns, city);
    let others = towns.len() - own;
    let values = [("name", city.name.as_str()), ("count", &others.to_string())];
    if others == 0 {
        let elsewhere = known.are_elsewhere(towns.iter().map(|town| town.position));
        return elsewhere.then(|| Finding::warning("doctor.gazetteer_of_others", &values));
    }
    if is_unknown(city) {
        return None;
    }
    let key = if own == 0 { "doctor.gazetteer_of_others" } else { "doctor.gazetteer_with_others" };
    Some(Finding::warning(key, &values))
}

/// Doubts about the outline of the municipality, from a file with these `owners`.
pub fn of_boundary(boundary: &Area, owners: &[OutlineOwner], city: &City, known: &KnownRegions) -> Option<Finding> {
    let towns = KnownRegions { boundary: Some(boundary.clone()), towns: Vec::new() };
    let elsewhere = || towns.are_elsewhere(known.towns.iter().map(|town| town.position));
    let is_other = are_others(owners, city).unwrap_or_else(elsewhere);
    is_other.then(|| Finding::warning("doctor.boundary_of_others", &[("name", &city.name)]))
}

/// Doubts about districts, from a file with these `owners`.
pub fn of_districts(
    districts: &[District],
    owners: &[OutlineOwner],
    city: &City,
    known: &KnownRegions,
) -> Option<Finding> {
    let elsewhere = || known.are_elsewhere(districts.iter().filter_map(|district| district.centre));
    let is_other = are_others(owners, city).unwrap_or_else(elsewhere);
    is_other.then(|| Finding::warning("doctor.districts_of_others", &[("name", &city.name)]))
}

/// Whether the code's own rows are called otherwise than the settings say.
pub fn of_name(names: &OfficialNames, city: &City) -> Option<Finding> {
    let found = names.name.as_deref().filter(|found| *found != city.name)?;
    Some(Finding::warning("doctor.name_and_code", &[("name", &city.name), ("code", &city.code), ("found", found)]))
}

/// The code of the settings without its check digit, which may be wrong.
pub fn code_of(city: &City) -> Option<MunicipalityCode> {
    MunicipalityCode::parse(city.code.get(..5)?).ok()
}

/// Whether none of `owners` is the municipality; `None` where they do not say.
fn are_others(owners: &[OutlineOwner], city: &City) -> Option<bool> {
    let mut means = owners.iter().filter_map(|owner| city.is_meant_by(owner.code.as_deref(), owner.name.as_deref()));
    let first = means.next()?;
    Some(!first && !means.any(|means| means))
}

/// Without settings there is nothing that a file could contradict.
fn is_unknown(city: &City) -> bool {
    city.name.is_empty() && city.code.is_empty()
}
