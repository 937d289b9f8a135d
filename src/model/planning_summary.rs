//! What planners' numbers were on one day: kept with each change of the data, so that a later day can be compared with it.
//!
//! This module does no I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Audience, CategoryId, DistrictId, PeopleCount};

/// The numbers of one day, as one audience could see them.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanningSummary {
    /// The day, in Japan, on which the data became so.
    pub day: NaiveDate,
    /// Whose view of the places.
    pub audience: Audience,
    /// The numbers.
    pub figures: PlanningFigures,
}

/// The numbers, and what they rest on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanningFigures {
    /// How they were counted.
    pub definitions: FigureDefinitions,
    /// The population that they count, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<PopulationStamp>,
    /// Places of neighbouring municipalities that count for reach.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub neighbours: usize,
    /// By part of the municipality, in the order of the tables; what is in none comes last.
    pub units: Vec<UnitFigures>,
}

/// How numbers were counted: two summaries can be compared where this is equal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureDefinitions {
    /// Version of the definitions in the program.
    pub version: u32,
    /// People of this age and over.
    pub age: u32,
    /// How far is near, in metres.
    pub reach_m: f64,
    /// What straight distances are multiplied by.
    pub detour: f64,
}

/// Which population was counted: the day alone does not say, because a day can be imported again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationStamp {
    /// The day of the numbers.
    pub as_of: NaiveDate,
    /// Hash of its areas, in hexadecimal.
    pub digest: String,
}

/// The numbers of one part of the municipality.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitFigures {
    /// The code of the district, or the name of the town; `None` is in no part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<DistrictId>,
    /// Its name at that time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Places that take place, by category; only those above 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<CategoryId, usize>,
    /// People with a known point.
    pub people: PeopleCount,
    /// Those of them with a place within reach.
    pub reached: PeopleCount,
}

impl PlanningFigures {
    /// People with a known point, and those of them with a place within reach, in the whole municipality.
    pub fn coverage(&self) -> (f64, f64) {
        self.units.iter().fold((0.0, 0.0), |(people, reached), unit| (people + unit.people.0, reached + unit.reached.0))
    }

    /// Places of all parts.
    pub fn places(&self) -> usize {
        self.units.iter().flat_map(|unit| unit.places.values()).sum()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_back_as_they_were_written() {
        let places = BTreeMap::from([(CategoryId("salon".to_owned()), 2)]);
        let unit =
            UnitFigures { places, people: PeopleCount(100.0), reached: PeopleCount(40.5), ..UnitFigures::default() };
        let figures =
            PlanningFigures { units: vec![unit.clone(), UnitFigures::default(), unit], ..PlanningFigures::default() };
        let text = serde_json::to_string(&figures).unwrap();
        assert_eq!(serde_json::from_str::<PlanningFigures>(&text).unwrap(), figures);
        assert_eq!((figures.coverage(), figures.places()), ((200.0, 81.0), 4));
    }
}
