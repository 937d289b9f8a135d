//! The people and places that a question is about. This module does no I/O.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use super::answer::{AnswerHead, GapMethod, LeftOutPlaces, NeighboursUsed, PopulationUsed, SupplyUsed};
use super::calendar::MeetingDays;
use super::options::{GapOptionError, GapOptions};
use super::pin_ground::PinGround;
use super::planned_place::PlannedPlace;
use super::planner_data::{PlaceStanding, PlannerData, PreparedPlace};
use crate::index::VisiblePlace;
use crate::model::{ExactNumber, Position, Status};

/// The people and places of one question, from which its answers are computed.
#[derive(Debug)]
pub struct GapSelection<'a> {
    pub(super) data: &'a PlannerData,
    pub(super) options: GapOptions,
    /// Known people of each area of the population; `None` where hidden.
    pub(super) people: Vec<Option<f64>>,
    /// Indices of the areas with a point and known people: of whom shares are.
    pub(super) demand: Vec<usize>,
    /// Numbers of the places that the filters leave, neighbours' last.
    pub(super) filtered: Vec<usize>,
    /// The places among them that count for distances.
    pub(super) counted: Vec<CountedPlace>,
    population: PopulationUsed,
    places: SupplyUsed,
}

/// A place that counts for distances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CountedPlace {
    /// Its number ([`PlannerData::planned`]).
    pub(super) place: usize,
    pub(super) position: Position,
}

impl PlannerData {
    /// Applies the filters of a question.
    ///
    /// # Errors
    ///
    /// If an option names nothing that there is; the message names the option and what would do.
    pub fn select(&self, options: &GapOptions) -> Result<GapSelection<'_>, GapOptionError> {
        options.check(&self.snapshot, &self.population)?;
        Ok(GapSelection::new(self, options))
    }

    /// People who would come within reach by one more place at `position`: what a dragged pin shows. The next pin with the same
    /// choices costs one look at each area.
    ///
    /// # Errors
    ///
    /// If an option names nothing that there is.
    pub fn newly_reached(&self, options: &GapOptions, position: Position, reach_m: f64) -> Result<f64, GapOptionError> {
        let kept = self.pin_ground.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, ground)) = kept.filter(|(of, _)| of == options) {
            return Ok(ground.newly_reached(position, reach_m));
        }
        let ground = Arc::new(self.select(options)?.pin_ground());
        let newly_reached = ground.newly_reached(position, reach_m);
        *self.pin_ground.lock().unwrap_or_else(PoisonError::into_inner) = Some((options.clone(), ground));
        Ok(newly_reached)
    }
}

impl<'a> GapSelection<'a> {
    /// Applies the filters; the options were checked.
    pub(super) fn new(data: &'a PlannerData, options: &GapOptions) -> Self {
        let people: Vec<Option<f64>> = data.population.areas.iter().map(|area| area.people.over(options.age)).collect();
        let has_point = |at: &usize| data.areas[*at].point.is_some();
        let demand: Vec<usize> = (0..people.len()).filter(|at| people[*at].is_some()).filter(has_point).collect();
        let known: f64 = people.iter().flatten().sum();
        let located: f64 = demand.iter().filter_map(|at| people[*at]).sum();
        let population = PopulationUsed {
            as_of: data.population.as_of,
            age: options.age,
            areas: people.len(),
            people: ExactNumber(known),
            located: ExactNumber(located),
            unlocated: ExactNumber(known - located),
            hidden_areas: people.iter().filter(|people| people.is_none()).count(),
        };
        let filtered = filtered_places(data, options);
        let (counted, mut places) = counted_places(data, options, &filtered);
        places.neighbours = neighbours_used(data, options, &counted);
        Self { data, options: options.clone(), people, demand, filtered, counted, population, places }
    }

    /// What every answer begins with.
    pub fn head(&self) -> AnswerHead<GapMethod> {
        self.head_with(self.method())
    }

    pub(super) fn head_with<M>(&self, method: M) -> AnswerHead<M> {
        AnswerHead { method, population: self.population.clone(), places: self.places.clone() }
    }

    pub(super) fn method(&self) -> GapMethod {
        let districts = self.data.units.are_towns().then_some("towns");
        GapMethod { districts, ..self.options.method(self.data.snapshot.audience) }
    }

    /// Metres between two points, times the detour.
    pub(super) fn metres(&self, from: Position, to: Position) -> f64 {
        from.distance_to(to).0 * self.options.detour
    }

    /// The people of a demand area.
    pub(super) fn people_of(&self, area: usize) -> f64 {
        self.people[area].unwrap_or(0.0)
    }

    /// The point of a demand area.
    pub(super) fn point_of(&self, area: usize) -> (Position, [f64; 3]) {
        self.data.areas[area].point.expect("demand areas have a point")
    }

    /// People of all demand areas.
    pub(super) fn located_people(&self) -> f64 {
        self.population.located.0
    }

    /// One of the municipality's own places.
    pub(super) fn visible(&self, place: usize) -> &VisiblePlace {
        &self.data.snapshot.places[place]
    }

    pub(super) fn planned(&self, place: usize) -> PlannedPlace<'_> {
        self.data.planned(place)
    }

    /// People of the age of the question in a neighbour's area; 0 where they are not known, or do not count.
    pub(super) fn neighbour_people(&self, area: usize) -> f64 {
        if self.options.inside_only {
            return 0.0;
        }
        self.data.snapshot.neighbours.areas[area].people.over(self.options.age).unwrap_or(0.0)
    }

    pub(super) fn prepared(&self, place: usize) -> &PreparedPlace {
        &self.data.places[place]
    }

    /// When the places of the snapshot meet.
    pub(super) fn calendar(&self) -> Arc<Vec<MeetingDays>> {
        self.data.calendar(self.options.from)
    }

    /// Places of neighbouring municipalities that count for distances.
    pub(super) fn neighbours(&self) -> usize {
        self.counted.iter().filter(|place| self.data.is_neighbour(place.place)).count()
    }

    /// What a dragged pin is compared with.
    fn pin_ground(&self) -> PinGround {
        let nearest = self.nearest_metres();
        let areas = self.demand.iter().map(|&at| (self.point_of(at).0, self.people_of(at), nearest[at]));
        PinGround::new(areas, self.options.detour)
    }

    /// The municipality's own places of the filters that take place, with a point or not.
    pub(super) fn active(&self) -> impl Iterator<Item = usize> {
        let is_active = |at: &usize| self.planned(*at).status == Status::Active;
        self.filtered.iter().copied().filter(|at| !self.data.is_neighbour(*at)).filter(is_active)
    }
}

/// The places that all filters leave but those of their points.
fn filtered_places(data: &PlannerData, options: &GapOptions) -> Vec<usize> {
    let lists: HashSet<&str> = options.lists.iter().map(String::as_str).collect();
    let calendar = options.needs_calendar().then(|| data.calendar(options.from));
    let keeps = |at: &usize| {
        let (place, prepared) = (data.planned(*at), &data.places[*at]);
        let days = calendar.as_ref().map(|days| days[*at]);
        (options.categories.is_empty() || options.categories.contains(place.category))
            && (lists.is_empty() || place.list.is_some_and(|list| lists.contains(list)))
            && ((options.days.is_empty() && options.times.is_empty())
                || days.is_some_and(|days| days.meets_on(&options.days, &options.times)))
            && options.min_monthly.is_none_or(|least| days.and_then(|days| days.monthly).is_some_and(|n| n >= least))
            && (!options.step_free || prepared.step_free == Some(true))
            && (!options.accepting || prepared.accepting != Some(false))
    };
    (0..data.places.len()).filter(keeps).collect()
}

/// Those of `filtered` that count for distances, and how many do and do not.
fn counted_places(data: &PlannerData, options: &GapOptions, filtered: &[usize]) -> (Vec<CountedPlace>, SupplyUsed) {
    let mut left_out = LeftOutPlaces::default();
    let (mut counted, mut approximate, mut outside) = (Vec::new(), 0, 0);
    for &place in filtered {
        let prepared = &data.places[place];
        let is_counted = matches!(prepared.standing, PlaceStanding::Counts { .. });
        match prepared.standing {
            // What does not count of a neighbour's list is none of our business.
            _ if data.is_neighbour(place) && !is_counted => {}
            PlaceStanding::Paused => left_out.paused += 1,
            PlaceStanding::Closed => left_out.closed += 1,
            PlaceStanding::Placeless => left_out.placeless += 1,
            PlaceStanding::Unplaced => left_out.unplaced += 1,
            PlaceStanding::TooCoarse => left_out.too_coarse += 1,
            PlaceStanding::Counts { position, is_approximate } => {
                if (options.exact_only && is_approximate) || (options.inside_only && prepared.is_outside) {
                    continue;
                }
                approximate += usize::from(is_approximate);
                outside += usize::from(prepared.is_outside);
                counted.push(CountedPlace { place, position });
            }
        }
    }
    let used = SupplyUsed { counted: counted.len(), approximate, outside, left_out, neighbours: None };
    (counted, used)
}

/// What counts of neighbouring municipalities; `None` where nothing of them is known, or wanted.
fn neighbours_used(data: &PlannerData, options: &GapOptions, counted: &[CountedPlace]) -> Option<NeighboursUsed> {
    let known = &data.snapshot.neighbours;
    if options.inside_only || known.municipalities.is_empty() {
        return None;
    }
    let people = known.areas.iter().filter_map(|area| area.people.over(options.age)).sum();
    Some(NeighboursUsed {
        municipalities: known.municipalities.iter().cloned().collect(),
        places: counted.iter().filter(|place| data.is_neighbour(place.place)).count(),
        areas: known.areas.len(),
        people: ExactNumber(people),
    })
}
