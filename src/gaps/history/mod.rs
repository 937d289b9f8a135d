//! Planners' numbers over time: what is kept of a day, and what has changed since.
//!
//! The numbers kept are those without filters at the municipality's own reach. [`PlanningChange`] says of two days what changed,
//! and whether they can be compared at all: other definitions or another population move numbers that no place has moved.
//! This module does no I/O.

mod change;

use std::sync::Arc;

use chrono::NaiveDate;

pub use self::change::{BeforeAfter, CategoryChange, PlanningChange, UnitChange};

use super::reporting_units::ReportingUnitKind;
use super::selection::GapSelection;
use super::{GapOptions, PlannerData};
use crate::index::{Snapshot, SnapshotInput};
use crate::model::{
    Audience, FigureDefinitions, PeopleCount, PlanningFigures, PlanningSummary, PopulationEdition, PopulationStamp,
    UnitFigures,
};

/// Version of what is counted: to be raised with every change of the program that moves these numbers on the same data.
const DEFINITIONS: u32 = 1;

/// Hexadecimal digits of a population's digest.
const DIGITS: usize = 16;

/// Whose numbers are kept: those that have a page.
const AUDIENCES: [Audience; 2] = [Audience::Public, Audience::LinkWorkers];

/// The numbers of `day` as every audience with a page sees them.
pub fn summaries(input: &SnapshotInput, day: NaiveDate) -> Vec<PlanningSummary> {
    let summary = |snapshot: Arc<Snapshot>| {
        let audience = snapshot.audience;
        PlanningSummary { day, audience, figures: figures_of_snapshot(snapshot, day) }
    };
    Snapshot::build_each(input, AUDIENCES).map(summary).into()
}

/// The numbers of a snapshot, which may have no population yet.
fn figures_of_snapshot(snapshot: Arc<Snapshot>, day: NaiveDate) -> PlanningFigures {
    let population = snapshot.population.clone();
    let is_known = population.is_some();
    let nobody = || Arc::new(PopulationEdition { as_of: day, areas: Vec::new() });
    let population = population.unwrap_or_else(nobody);
    let data = PlannerData::by(snapshot, population, ReportingUnitKind::DistrictsOrTowns);
    let figures = data.figures(day).clone();
    PlanningFigures { population: figures.population.filter(|_| is_known), ..figures }
}

impl PlannerData {
    /// The numbers that are kept of a day: without filters, at the municipality's own reach. `day` moves none of them.
    pub fn figures(&self, day: NaiveDate) -> &PlanningFigures {
        self.figures.get_or_init(|| self.counted_figures(day))
    }

    fn counted_figures(&self, day: NaiveDate) -> PlanningFigures {
        let targets = &self.snapshot.city.gaps;
        let selection = GapSelection::new(self, &GapOptions::new(targets, day));
        PlanningFigures {
            definitions: FigureDefinitions {
                version: DEFINITIONS,
                age: targets.age,
                reach_m: targets.reach_m,
                detour: targets.detour,
            },
            population: Some(PopulationStamp { as_of: self.population.as_of, digest: digest(&self.population) }),
            neighbours: selection.neighbours(),
            units: selection.unit_figures(targets.reach_m),
        }
    }
}

impl GapSelection<'_> {
    /// The numbers of each part of the municipality; the last is what is in none, if anything is.
    fn unit_figures(&self, reach_m: f64) -> Vec<UnitFigures> {
        let units = self.data.units.all();
        let named = units.iter().map(|unit| UnitFigures {
            id: Some(unit.id.clone()),
            name: unit.name.clone(),
            ..UnitFigures::default()
        });
        let mut figures: Vec<UnitFigures> = named.chain([UnitFigures::default()]).collect();
        let categories = self.data.snapshot.categories.all();
        for place in self.active() {
            let prepared = self.prepared(place);
            if let Some(category) = prepared.category {
                let unit = &mut figures[prepared.district.unwrap_or(units.len())];
                *unit.places.entry(categories[category].id.clone()).or_default() += 1;
            }
        }
        let nearest = self.nearest_metres();
        for &area in &self.demand {
            let unit = &mut figures[self.data.areas[area].district.unwrap_or(units.len())];
            unit.people.0 += self.people_of(area);
            unit.reached.0 += if nearest[area] <= reach_m { self.people_of(area) } else { 0.0 };
        }
        if figures.last().is_some_and(|none| none.places.is_empty() && none.people == PeopleCount(0.0)) {
            figures.pop();
        }
        figures
    }
}

/// Hash of the areas of a population, as they are stored.
fn digest(population: &PopulationEdition) -> String {
    let mut hash = blake3::Hasher::new();
    for area in &population.areas {
        serde_json::to_writer(&mut hash, area).expect("what is stored as JSON can be written as JSON");
    }
    hash.finalize().to_hex()[..DIGITS].to_owned()
}
