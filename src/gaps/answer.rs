//! The beginning of every answer: how it was computed, and which people and places it counts. This module does no I/O.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{Audience, CategoryId, ExactNumber};

/// How an answer was computed; filters that are not used are left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a filter of its own")]
pub struct GapMethod {
    /// How distances are measured.
    pub distance: &'static str,
    /// Radius of the sphere in metres.
    pub radius_m: ExactNumber,
    /// What distances are multiplied by.
    pub detour: ExactNumber,
    /// People of this age and over; 0 is everybody.
    pub age: u32,
    /// First day of the year whose meetings are counted.
    pub from: NaiveDate,
    /// Whose view of the places.
    pub audience: Audience,
    /// `towns` where answers are told by former towns and 大字, because there are no districts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub districts: Option<&'static str>,
    /// Categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<CategoryId>,
    /// Lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
    /// Weekdays: `mon` …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub day: Vec<String>,
    /// Parts of the day: `morning` …
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time: Vec<&'static str>,
    /// Days a month at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_monthly: Option<ExactNumber>,
    /// Free of steps.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub step_free: bool,
    /// Open to new people.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub accepting: bool,
    /// Points of their own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact_only: bool,
    /// In the municipality.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inside_only: bool,
}

/// The people that an answer counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PopulationUsed {
    /// The day of the numbers.
    pub as_of: NaiveDate,
    /// Of this age and over.
    pub age: u32,
    /// Areas, joined or not.
    pub areas: usize,
    /// Known people of that age.
    pub people: ExactNumber,
    /// Those of areas with a point: of whom shares are.
    pub located: ExactNumber,
    /// Those of areas without.
    pub unlocated: ExactNumber,
    /// Areas whose number is not known.
    pub hidden_areas: usize,
}

/// The places that an answer counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SupplyUsed {
    /// Places with a point at which people meet.
    pub counted: usize,
    /// Those whose point is that of their block or town.
    pub approximate: usize,
    /// Those outside the municipality.
    pub outside: usize,
    /// Places that the filters leave and that count for no distance, by the first reason that holds.
    pub left_out: LeftOutPlaces,
    /// What counts of neighbouring municipalities, where anything of them was imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<NeighboursUsed>,
}

/// What an answer counts of neighbouring municipalities: places for reach, and people for what places share (E2SFCA).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeighboursUsed {
    /// The five digits of their codes.
    pub municipalities: Vec<String>,
    /// Their places among the counted ones.
    pub places: usize,
    /// Their small areas.
    pub areas: usize,
    /// Their people of the age.
    pub people: ExactNumber,
}

/// Numbers of places by why they count for no distance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOutPlaces {
    /// Suspended.
    pub paused: usize,
    /// No longer.
    pub closed: usize,
    /// Nobody goes there: home visits, telephone, online, roaming.
    pub placeless: usize,
    /// Without a point.
    pub unplaced: usize,
    /// With the point of their district only.
    pub too_coarse: usize,
}

/// What every answer begins with. `M` is how this kind of answer is computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerHead<M> {
    /// How it was computed.
    pub method: M,
    /// The people.
    pub population: PopulationUsed,
    /// The places.
    pub places: SupplyUsed,
}
