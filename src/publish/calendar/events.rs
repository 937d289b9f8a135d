//! The events of a calendar: each certain occurrence of each place, month by month up to a bound. This module does no I/O.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::window::CalendarWindow;
use crate::index::Snapshot;
use crate::model::{Month, Schedule};
use crate::schedule::{Occurrence, ScheduleContext, Timetable};

/// The most events of a calendar: what programs on phones still read at once.
pub const MOST_EVENTS: usize = 10_000;

/// One occurrence of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedEvent {
    /// Index of the place in the snapshot.
    pub place: usize,
    /// When.
    pub occurrence: Occurrence,
    /// The day of the schedule: the evening's for what begins after midnight.
    pub day: NaiveDate,
    /// The number of the occurrence among those of the place on its day, from 1.
    pub number: usize,
}

/// A single month has more than [`MOST_EVENTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooManyEvents;

/// The events of a window, by start.
#[derive(Debug)]
pub(super) struct DatedEvents {
    events: Vec<DatedEvent>,
    window: CalendarWindow,
}

impl DatedEvents {
    /// The events of `places` in `wanted`, or in as many whole months of it as hold at most [`MOST_EVENTS`].
    pub(super) fn of(snapshot: &Snapshot, places: &[usize], wanted: CalendarWindow) -> Result<Self, TooManyEvents> {
        let dates = DatesOfPlaces::read(snapshot, places, wanted);
        // Months that have passed are the first to go.
        let whole = Self::within(&dates, wanted).or_else(|| Self::within(&dates, wanted.without_past()));
        whole.ok_or(TooManyEvents)
    }

    /// The events of the first months of `wanted`; `None` if not even the current month fits.
    fn within(dates: &DatesOfPlaces, wanted: CalendarWindow) -> Option<Self> {
        let mut events = Vec::new();
        for month in wanted.months() {
            let before = events.len();
            if !dates.add_month(month, &mut events) {
                events.truncate(before);
                return Some(Self { events, window: wanted.before(month)? });
            }
        }
        Some(Self { events, window: wanted })
    }

    /// The months that are covered.
    pub(super) fn window(&self) -> CalendarWindow {
        self.window
    }

    /// The events, by day, then in the order of the places.
    pub(super) fn iter(&self) -> impl Iterator<Item = &DatedEvent> {
        self.events.iter()
    }
}

/// Every occurrence of `places` within the window, by day, then in the order of the places.
pub fn every_event(
    snapshot: &Snapshot,
    places: &[usize],
    window: CalendarWindow,
) -> impl Iterator<Item = DatedEvent> + use<> {
    let dates = DatesOfPlaces::read(snapshot, places, window);
    window.months().flat_map(Month::days).flat_map(move |day| dates.on(day).collect::<Vec<_>>())
}

/// Whether the place has an occurrence within the window.
pub(super) fn has_event(snapshot: &Snapshot, place: usize, window: CalendarWindow) -> bool {
    let dates = DatesOfPlaces::read(snapshot, &[place], window);
    window.months().flat_map(Month::days).any(|day| dates.on(day).next().is_some())
}

/// What the places of a calendar say of their times, each text read once.
struct DatesOfPlaces {
    /// Index of the place, and of its dates.
    places: Vec<(usize, usize)>,
    dates: Vec<ReadDates>,
    anchor: NaiveDate,
}

/// The dates of one set of schedules. Those of last month may end at a day that leaves open whether the place meets; those from the
/// current month on do not end for what was left open before.
struct ReadDates {
    passed: Timetable,
    coming: Timetable,
}

impl ReadDates {
    fn read(schedules: &[Schedule], context: &ScheduleContext, window: CalendarWindow) -> Self {
        let coming = Timetable::read(schedules, context);
        Self { passed: coming.clone().starting(window.first()), coming }
    }
}

impl DatesOfPlaces {
    /// Reads the schedules of those among `places` that take place at present.
    fn read(snapshot: &Snapshot, places: &[usize], window: CalendarWindow) -> Self {
        let anchor = window.anchor();
        let context = ScheduleContext::of_city(&snapshot.city, anchor);
        let meetings = snapshot.meetings();
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        let mut read = Self { places: Vec::new(), dates: Vec::new(), anchor };
        for &place in places {
            let Some(set) = meetings.number_of(place) else { continue };
            let number = *numbers.entry(set).or_insert_with(|| {
                read.dates.push(ReadDates::read(&meetings.sets()[set], &context, window));
                read.dates.len() - 1
            });
            if read.dates[number].coming.rules().next().is_some() {
                read.places.push((place, number));
            }
        }
        read
    }

    /// Adds the events of a month by day; `false` as soon as there are more than [`MOST_EVENTS`].
    fn add_month(&self, month: Month, events: &mut Vec<DatedEvent>) -> bool {
        month.days().all(|day| {
            events.extend(self.on(day).take(MOST_EVENTS + 1 - events.len()));
            events.len() <= MOST_EVENTS
        })
    }

    /// The events of a day, in the order of the places.
    fn on(&self, day: NaiveDate) -> impl Iterator<Item = DatedEvent> + '_ {
        let timetable = |it: &'_ ReadDates| if day < self.anchor { it.passed.on(day) } else { it.coming.on(day) };
        let held: Vec<Vec<Occurrence>> = self.dates.iter().map(timetable).collect();
        self.places.iter().flat_map(move |&(place, dates)| {
            let numbered = held[dates].clone().into_iter().zip(1..);
            numbered.map(move |(occurrence, number)| DatedEvent { place, occurrence, day, number })
        })
    }
}
