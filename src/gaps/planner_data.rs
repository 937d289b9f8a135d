//! What is prepared once per snapshot and population, for every question. This module does no I/O.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::calendar::{self, MeetingDays};
use super::capacity;
use super::points::{PointSet, number};
use super::reporting_units::{ReportingUnitKind, ReportingUnits, UnitMembers};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{AccessFact, MeetingMode, PopulationArea, PopulationEdition, Position, Precision, Status};

/// A snapshot of one audience and a population, prepared for planners' questions.
#[derive(Debug)]
pub struct PlannerData {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) population: Arc<PopulationEdition>,
    pub(super) units: ReportingUnits,
    /// One per area of the population.
    pub(super) areas: Vec<PreparedArea>,
    /// One per place of the snapshot.
    pub(super) places: Vec<PreparedPlace>,
    /// The areas with a point, by index.
    pub(super) area_points: PointSet,
    /// The days on which places meet, for the first day that was last requested.
    calendar: Mutex<Option<(NaiveDate, Arc<Vec<MeetingDays>>)>>,
}

/// An area as questions need it.
#[derive(Debug, Clone)]
pub(super) struct PreparedArea {
    /// Index of its reporting unit.
    pub(super) district: Option<usize>,
    /// Its point, also on the unit sphere.
    pub(super) point: Option<(Position, [f64; 3])>,
}

/// A place as questions need it.
#[derive(Debug, Clone)]
pub(super) struct PreparedPlace {
    pub(super) category: Option<usize>,
    pub(super) district: Option<usize>,
    pub(super) standing: PlaceStanding,
    /// Room for so many people, as far as the audience may know.
    pub(super) capacity: Option<f64>,
    pub(super) accepting: Option<bool>,
    pub(super) step_free: Option<bool>,
    pub(super) is_outside: bool,
}

/// Whether a place counts for distances, or why not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PlaceStanding {
    /// It does.
    Counts {
        position: Position,
        /// Whether the point is that of its block or town.
        is_approximate: bool,
    },
    Paused,
    Closed,
    Placeless,
    Unplaced,
    TooCoarse,
}

impl PlannerData {
    /// Prepares the snapshot of an audience with a population. Takes microseconds per place and area.
    pub fn new(snapshot: Arc<Snapshot>, population: Arc<PopulationEdition>) -> Self {
        Self::by(snapshot, population, ReportingUnitKind::default())
    }

    /// As [`new`](Self::new), with answers told by units of `kind`.
    pub fn by(snapshot: Arc<Snapshot>, population: Arc<PopulationEdition>, kind: ReportingUnitKind) -> Self {
        let (units, members) = ReportingUnits::of(&snapshot, &population, kind);
        let UnitMembers { areas: area_units, places: place_units } = members;
        let areas = population.areas.iter().zip(area_units);
        let areas: Vec<PreparedArea> = areas.map(|(area, unit)| prepared_area(area, unit)).collect();
        let places = snapshot.places.iter().enumerate().zip(place_units);
        let places = places.map(|((at, place), unit)| prepared_place((at, unit), place, &snapshot)).collect();
        let located = areas.iter().enumerate().filter_map(|(at, area)| Some((number(at), area.point?.0)));
        let area_points = PointSet::new(located);
        Self { snapshot, population, units, areas, places, area_points, calendar: Mutex::new(None) }
    }

    /// The snapshot of the audience.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The parts of the municipality that answers are told by.
    pub fn units(&self) -> &ReportingUnits {
        &self.units
    }

    /// The population.
    pub fn population(&self) -> &Arc<PopulationEdition> {
        &self.population
    }

    /// The days on which the places meet in the year from `from`.
    pub(super) fn calendar(&self, from: NaiveDate) -> Arc<Vec<MeetingDays>> {
        let mut kept = self.calendar.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, days)) = kept.as_ref().filter(|(first, _)| *first == from) {
            return Arc::clone(days);
        }
        let days = Arc::new(calendar::of_places(&self.snapshot, from));
        *kept = Some((from, Arc::clone(&days)));
        days
    }
}

fn prepared_area(area: &PopulationArea, unit: Option<usize>) -> PreparedArea {
    PreparedArea { district: unit, point: area.position.map(|position| (position, position.unit_vector())) }
}

fn prepared_place((at, unit): (usize, Option<usize>), listed: &VisiblePlace, snapshot: &Snapshot) -> PreparedPlace {
    let facts = &listed.place.facts;
    let answer = |fact| facts.access.get(&fact).map(|answer| answer.yes);
    let standing = standing_of(listed);
    let position = facts.site.map(|site| site.position);
    let outline = snapshot.boundary.as_ref();
    PreparedPlace {
        category: snapshot.category_of(at),
        district: unit,
        standing,
        capacity: facts.capacity.as_deref().filter(|_| !listed.private).and_then(capacity::people),
        accepting: accepting(
            listed.place.verification.as_ref().and_then(|it| it.accepts_new),
            answer(AccessFact::Full),
        ),
        step_free: answer(AccessFact::StepFree),
        is_outside: position.zip(outline).is_some_and(|(position, outline)| !outline.contains(position)),
    }
}

/// Whether new people are welcome: a no of either stands before a yes.
fn accepting(accepts_new: Option<bool>, full: Option<bool>) -> Option<bool> {
    match (accepts_new, full) {
        (Some(false), _) | (_, Some(true)) => Some(false),
        (Some(true), _) | (_, Some(false)) => Some(true),
        (None, None) => None,
    }
}

fn standing_of(listed: &VisiblePlace) -> PlaceStanding {
    let facts = &listed.place.facts;
    match (facts.status, facts.mode, facts.site) {
        (Status::Paused, ..) => PlaceStanding::Paused,
        (Status::Closed, ..) => PlaceStanding::Closed,
        (Status::Active, mode, _) if mode != MeetingMode::AtPlace => PlaceStanding::Placeless,
        (.., None) => PlaceStanding::Unplaced,
        (.., Some(site)) if site.precision == Precision::District => PlaceStanding::TooCoarse,
        (.., Some(site)) => {
            PlaceStanding::Counts { position: site.position, is_approximate: site.precision != Precision::Door }
        }
    }
}
