//! What is prepared once per snapshot and population, for every question. This module does no I/O.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::NaiveDate;

use super::calendar::{self, MeetingDays};
use super::capacity;
use super::options::GapOptions;
use super::pin_ground::PinGround;
use super::planned_place::PlannedPlace;
use super::points::{PointSet, number};
use super::reporting_units::{ReportingUnitKind, ReportingUnits, UnitMembers};
use crate::index::Snapshot;
use crate::model::{
    AccessFact, MeetingMode, NeighbourPlace, PlanningFigures, PopulationArea, PopulationEdition, Position, Precision,
    Status,
};

/// A snapshot of one audience and a population, prepared for planners' questions.
#[derive(Debug)]
pub struct PlannerData {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) population: Arc<PopulationEdition>,
    pub(super) units: ReportingUnits,
    /// One per area of the population.
    pub(super) areas: Vec<PreparedArea>,
    /// One per place of the snapshot, then one per place of its neighbours.
    pub(super) places: Vec<PreparedPlace>,
    /// The areas with a point, by index.
    pub(super) area_points: PointSet,
    /// The neighbours' areas with a point, by index.
    pub(super) neighbour_points: PointSet,
    /// The days on which places meet, for the first day that was last requested.
    calendar: Mutex<Option<(NaiveDate, Arc<Vec<MeetingDays>>)>>,
    /// What a dragged pin is compared with, for the choices of the last one.
    pub(super) pin_ground: Mutex<Option<(GapOptions, Arc<PinGround>)>>,
    /// The numbers that are kept of a day.
    pub(super) figures: OnceLock<PlanningFigures>,
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
        let own = snapshot.places.iter().map(PlannedPlace::own).enumerate().zip(place_units);
        let own = own.map(|((at, place), unit)| prepared_place(&place, (snapshot.category_of(at), unit), &snapshot));
        let neighbours = snapshot.neighbours.places.iter().map(|place| prepared_neighbour(place, &snapshot));
        let places = own.chain(neighbours).collect();
        let located = areas.iter().enumerate().filter_map(|(at, area)| Some((number(at), area.point?.0)));
        let area_points = PointSet::new(located);
        let beyond = snapshot.neighbours.areas.iter().enumerate();
        let neighbour_points = PointSet::new(beyond.filter_map(|(at, area)| Some((number(at), area.position?))));
        Self {
            snapshot,
            population,
            units,
            areas,
            places,
            area_points,
            neighbour_points,
            calendar: Mutex::default(),
            pin_ground: Mutex::default(),
            figures: OnceLock::new(),
        }
    }

    /// A place by its number: the municipality's own, then its neighbours'.
    pub(super) fn planned(&self, place: usize) -> PlannedPlace<'_> {
        match self.snapshot.places.get(place) {
            Some(listed) => PlannedPlace::own(listed),
            None => PlannedPlace::of_neighbour(&self.snapshot.neighbours.places[place - self.snapshot.places.len()]),
        }
    }

    /// Whether a place is of a neighbouring municipality.
    pub(super) fn is_neighbour(&self, place: usize) -> bool {
        place >= self.snapshot.places.len()
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

fn prepared_place(
    place: &PlannedPlace<'_>,
    (category, district): (Option<usize>, Option<usize>),
    snapshot: &Snapshot,
) -> PreparedPlace {
    let position = place.site.map(|site| site.position);
    let outline = snapshot.boundary.as_ref();
    PreparedPlace {
        category,
        district,
        standing: standing_of(place),
        capacity: place.capacity.and_then(capacity::people),
        accepting: accepting(place.accepts_new, place.answer(AccessFact::Full)),
        step_free: place.answer(AccessFact::StepFree),
        is_outside: position.zip(outline).is_some_and(|(position, outline)| !outline.contains(position)),
    }
}

/// A neighbour's place is in no part of the municipality, wherever its point is.
fn prepared_neighbour(place: &NeighbourPlace, snapshot: &Snapshot) -> PreparedPlace {
    let category = snapshot.categories.all().iter().position(|category| category.id == place.category);
    let prepared = prepared_place(&PlannedPlace::of_neighbour(place), (category, None), snapshot);
    PreparedPlace { is_outside: true, ..prepared }
}

/// Whether new people are welcome: a no of either stands before a yes.
fn accepting(accepts_new: Option<bool>, full: Option<bool>) -> Option<bool> {
    match (accepts_new, full) {
        (Some(false), _) | (_, Some(true)) => Some(false),
        (Some(true), _) | (_, Some(false)) => Some(true),
        (None, None) => None,
    }
}

fn standing_of(place: &PlannedPlace<'_>) -> PlaceStanding {
    match (place.status, place.mode, place.site) {
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
