//! What planners may know: where places are missing, who is out of reach, where one more helps most, unmet needs, and what became of referrals.
//!
//! [`PlannerData`] is prepared once per snapshot and population; [`PlannerData::select`] applies filters and returns a
//! [`GapSelection`], from which every answer is computed: [`coverage`], [`table`], [`catchment`] (E2SFCA), [`siting`] (maximal
//! covering, p-median). All of them see what the audience of the snapshot sees and no more, so that no answer can tell more than
//! the map does. [`unmet`] and [`results`] count reports, under [`disclosure`] control. [`history`] compares days. This module does no I/O.
//!
//! Definitions: docs/planning.md. Every distance is the great circle's, by haversine, times a detour factor.

mod answer;
mod calendar;
mod capacity;
pub mod catchment;
pub mod coverage;
pub mod disclosure;
pub mod history;
mod number;
mod options;
mod part_of_day;
mod pin_ground;
mod place_list;
mod planned_place;
mod planner_data;
mod points;
pub mod quality;
mod reporting_units;
pub mod results;
mod selection;
pub mod siting;
pub mod table;
pub mod unmet;

pub use crate::model::ExactNumber;
pub use answer::{AnswerHead, GapMethod, LeftOutPlaces, NeighboursUsed, PopulationUsed, SupplyUsed};
pub use options::{GapOptionError, GapOptions};
pub use part_of_day::PartOfDay;
pub use planner_data::PlannerData;
pub use reporting_units::{ReportingUnit, ReportingUnitKind, ReportingUnits};
pub use selection::GapSelection;
