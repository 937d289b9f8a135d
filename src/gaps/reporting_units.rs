//! The parts of the municipality that answers are told by: its districts, or its former towns and 大字.
//!
//! Without districts everything would be one row. Areas of the population are then grouped by their names: what several names
//! begin with up to 町 or 村 (塩田町上, 塩田町下) is a former town, else the 大字 without its 丁目. A place belongs to the unit of the area
//! nearest to it, by the point of its own 大字 where that is known. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::points::{PointSet, number};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::town::base_of;
use crate::model::{DistrictId, PopulationArea, PopulationEdition};

/// What answers are told by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReportingUnitKind {
    /// By district.
    #[default]
    Districts,
    /// By former town and 大字.
    Towns,
    /// By district, where there is one; else by former town and 大字.
    DistrictsOrTowns,
}

/// The parts that answers are told by.
#[derive(Debug, Clone)]
pub struct ReportingUnits {
    units: Vec<ReportingUnit>,
    by_id: HashMap<DistrictId, usize>,
    are_towns: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingUnit {
    /// The code of the district; of a town its name.
    pub id: DistrictId,
    /// Its name.
    pub name: String,
}

/// Which unit every area and place is in.
pub(super) struct UnitMembers {
    pub(super) areas: Vec<Option<usize>>,
    pub(super) places: Vec<Option<usize>>,
}

impl ReportingUnits {
    /// All of them, in the order of answers: districts as in their file, towns as in the population.
    pub fn all(&self) -> &[ReportingUnit] {
        &self.units
    }

    /// Whether they are former towns and 大字, because there are no districts.
    pub fn are_towns(&self) -> bool {
        self.are_towns
    }

    /// The unit with this code.
    pub fn by_id(&self, id: &DistrictId) -> Option<&ReportingUnit> {
        self.by_id.get(id).map(|&at| &self.units[at])
    }

    fn new(units: Vec<ReportingUnit>, are_towns: bool) -> Self {
        let by_id = units.iter().enumerate().map(|(at, unit)| (unit.id.clone(), at)).collect();
        Self { units, by_id, are_towns }
    }

    /// The units of a snapshot and a population, and who is in which.
    pub(super) fn of(
        snapshot: &Snapshot,
        population: &PopulationEdition,
        kind: ReportingUnitKind,
    ) -> (Self, UnitMembers) {
        let by_towns = match kind {
            ReportingUnitKind::Districts => false,
            ReportingUnitKind::Towns => true,
            ReportingUnitKind::DistrictsOrTowns => snapshot.districts.all().is_empty(),
        };
        if by_towns { of_towns(snapshot, population) } else { of_districts(snapshot, population) }
    }
}

fn of_districts(snapshot: &Snapshot, population: &PopulationEdition) -> (ReportingUnits, UnitMembers) {
    let districts = snapshot.districts.all();
    let units = districts.iter().map(|it| ReportingUnit { id: it.id.clone(), name: it.name.clone() }).collect();
    let areas = population.areas.iter().map(|area| district_of(area, snapshot)).collect();
    let places = (0..snapshot.places.len()).map(|at| snapshot.district_of(at)).collect();
    (ReportingUnits::new(units, false), UnitMembers { areas, places })
}

/// The number of an area's district: the one that its row names, else the one that holds its point.
fn district_of(area: &PopulationArea, snapshot: &Snapshot) -> Option<usize> {
    let written = area.district_written.as_deref().and_then(|written| snapshot.districts.named(written));
    let district = written.or_else(|| snapshot.districts.at(area.position?))?;
    snapshot.districts.all().iter().position(|other| other.id == district.id)
}

fn of_towns(snapshot: &Snapshot, population: &PopulationEdition) -> (ReportingUnits, UnitMembers) {
    let names = town_names(snapshot, population);
    let former = former_towns(names.iter().flatten().map(String::as_str));
    let mut units: Vec<ReportingUnit> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut unit_of = |name: &String| {
        let town = former_town(name).filter(|town| former.contains(*town)).unwrap_or(name).to_owned();
        *numbers.entry(town.clone()).or_insert_with(|| {
            units.push(ReportingUnit { id: DistrictId(town.clone()), name: town });
            units.len() - 1
        })
    };
    let areas: Vec<Option<usize>> = names.iter().map(|name| name.as_ref().map(&mut unit_of)).collect();
    let located = population.areas.iter().enumerate().filter_map(|(at, area)| Some((number(at), area.position?)));
    let points = PointSet::new(located);
    let place = |listed: &VisiblePlace| {
        let facts = &listed.place.facts;
        let position = facts.town.as_ref().map(|town| town.centre).or_else(|| facts.site.map(|site| site.position))?;
        let outside = snapshot.boundary.as_ref().is_some_and(|outline| !outline.contains(position));
        let nearest = points.nearest(position.unit_vector());
        nearest.first().filter(|_| !outside).and_then(|&at| areas[at as usize])
    };
    let places = snapshot.places.iter().map(place).collect();
    (ReportingUnits::new(units, true), UnitMembers { areas, places })
}

/// The 大字 of every area: by its name, of a grid square that of the nearest town of the gazetteer.
fn town_names(snapshot: &Snapshot, population: &PopulationEdition) -> Vec<Option<String>> {
    let towns = PointSet::new(snapshot.towns.iter().enumerate().map(|(at, town)| (number(at), town.position)));
    let name = |area: &PopulationArea| {
        let is_code = area.name.chars().all(|c| c.is_ascii_digit() || c == '-');
        if !is_code {
            return Some(base_of(&area.name).to_owned());
        }
        let nearest = towns.nearest(area.position?.unit_vector());
        Some(base_of(&snapshot.towns[*nearest.first()? as usize].town).to_owned())
    };
    population.areas.iter().map(name).collect()
}

/// What more than one 大字 begins with.
fn former_towns<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut members: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        if let Some(town) = former_town(name) {
            members.entry(town).or_default().insert(name);
        }
    }
    members.into_iter().filter(|(_, of)| of.len() > 1).map(|(town, _)| town).collect()
}

/// The name up to 町 or 村 where something follows: 塩田町 of 塩田町上, none of 瓦町, of 町田 and of 田町西.
fn former_town(name: &str) -> Option<&str> {
    const SHORTEST: usize = 3;
    let mut ends =
        name.char_indices().enumerate().filter(|(at, (_, c))| *at + 1 >= SHORTEST && matches!(c, '町' | '村'));
    let (_, (at, c)) = ends.next()?;
    let (town, rest) = name.split_at(at + c.len_utf8());
    (!rest.is_empty()).then_some(town)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_towns_are_what_several_towns_begin_with() {
        let names = [
            "塩田町上",
            "塩田町下",
            "浜田町東",
            "瓦町",
            "田町西",
            "田町東",
            "町田",
            "大村野",
            "本町",
            "国分村台",
            "国分村原",
        ];
        let former = former_towns(names.into_iter());
        assert_eq!(former.into_iter().collect::<Vec<_>>(), ["国分村", "塩田町"]);
    }
}
