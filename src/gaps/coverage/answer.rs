//! The answer of `gaps coverage`. This module does no I/O.

use serde::Serialize;

use super::CoverageGrouping;
use crate::gaps::answer::{GapMethod, PopulationUsed, SupplyUsed};
use crate::model::{AgeCounts, DistrictId, ExactNumber, JoinBasis, PlaceId, Position};

/// The answer of `gaps coverage`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageAnswer {
    /// How it was computed.
    pub method: CoverageMethod,
    /// The people.
    pub population: PopulationUsed,
    /// The places.
    pub places: SupplyUsed,
    /// By reach and kind of place; of any kind first.
    pub coverage: Vec<ReachedPeople>,
    /// By reach: people by how many kinds they have within it.
    pub kinds: Vec<KindsWithinReach>,
    /// The same by district; `None` is in no district.
    pub districts: Vec<DistrictCoverage>,
    /// Every area.
    pub areas: Vec<CoveredArea>,
}

/// How coverage was computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageMethod {
    /// What every question chooses.
    #[serde(flatten)]
    pub common: GapMethod,
    /// Reaches in metres.
    pub reach_m: Vec<ExactNumber>,
    /// What places are told apart by, unless it is the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<CoverageGrouping>,
    /// Places that are not there yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Position>,
}

/// How many people have a place of one kind within one reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReachedPeople {
    /// The kind of place: a category or a list.
    #[serde(flatten)]
    pub kind: PlaceKind,
    /// The reach in metres.
    pub reach_m: ExactNumber,
    /// People with at least one place within it.
    pub reached: ExactNumber,
    /// People without.
    pub not_reached: ExactNumber,
    /// Reached people of all; `None` if there are none.
    pub share: Option<ExactNumber>,
}

/// A kind of place; `None` is any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A category by its code.
    Category(Option<String>),
    /// A list by its name.
    List(Option<String>),
}

/// People by the number of kinds within reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KindsWithinReach {
    /// The reach in metres.
    pub reach_m: ExactNumber,
    /// People with exactly as many kinds as their index, up to the greatest that occurs.
    pub people: Vec<ExactNumber>,
}

/// The coverage of one district.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistrictCoverage {
    /// Its code; `None` for areas in no district.
    pub district: Option<DistrictId>,
    /// Its coverage.
    pub coverage: Vec<ReachedPeople>,
}

/// One area with its nearest place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoveredArea {
    /// The row of its file.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// Its district.
    pub district: Option<DistrictId>,
    /// Its point.
    pub position: Option<Position>,
    /// What the point rests on.
    pub joined: Option<JoinBasis>,
    /// Its people of an age and over by that age.
    pub people: AreaPeople,
    /// Metres to the nearest place, an added one included.
    pub nearest_m: Option<ExactNumber>,
    /// The nearest place that is there.
    pub nearest: Option<NearestPlace>,
}

/// People of an area: everybody, of 65 and over, of 75 and over, and of the age of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaPeople(Vec<(u32, Option<f64>)>);

impl AreaPeople {
    pub(super) fn new(counts: &AgeCounts, age: u32) -> Self {
        let mut ages = vec![0, 65, 75];
        if !ages.contains(&age) {
            ages.push(age);
        }
        Self(ages.into_iter().map(|age| (age, counts.over(age))).collect())
    }
}

impl Serialize for AreaPeople {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(age, people)| {
            let key = if *age == 0 { "all".to_owned() } else { age.to_string() };
            (key, people.map(ExactNumber))
        }))
    }
}

/// A place by identity and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearestPlace {
    /// Its identity.
    pub id: PlaceId,
    /// Its name.
    pub name: String,
    /// The code of its municipality, of a neighbour's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
}
