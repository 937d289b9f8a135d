//! On how many days a month places meet: dates within a year, by the program's own reading of their schedules.
//!
//! Read once per first day and kept, since reading words is what takes time. This module does no I/O.

use std::collections::HashMap;

use chrono::{Datelike as _, Months, NaiveDate, Weekday};

use super::part_of_day::PartOfDay;
use super::planned_place::PlannedPlace;
use crate::index::Snapshot;
use crate::schedule::{Rule, ScheduleContext, read};

/// Months of the year over which days are counted.
const MONTHS: u32 = 12;

/// When one place meets within the year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct MeetingDays {
    /// Days a month; `None` where it has no schedule, or one that is not wholly understood.
    pub(super) monthly: Option<f64>,
    /// The weekdays on which it meets, as far as that is understood: bit 0 is Monday.
    weekdays: u8,
    /// The same by part of the day.
    in_parts: [u8; PartOfDay::ALL.len()],
}

impl MeetingDays {
    /// Adds a day on which some of `rules` meet.
    fn add(&mut self, day: NaiveDate, rules: &[&Rule]) {
        let bit = 1 << day.weekday().num_days_from_monday();
        self.weekdays |= bit;
        if self.in_parts.iter().all(|on| on & bit != 0) {
            return;
        }
        let meetings = rules.iter().flat_map(|rule| rule.on(day)).collect::<Vec<_>>();
        for part in PartOfDay::ALL.into_iter().filter(|part| meetings.iter().any(|it| part.has(it))) {
            self.in_parts[part as usize] |= bit;
        }
    }

    /// Whether it meets on one of these weekdays, in one of these parts of the day; any of either where none is given.
    pub(super) fn meets_on(self, days: &[Weekday], parts: &[PartOfDay]) -> bool {
        let on = parts.iter().fold(0, |all, part| all | self.in_parts[*part as usize]);
        let on = if parts.is_empty() { self.weekdays } else { on };
        let chosen = days.iter().fold(0, |all, day| all | 1 << day.num_days_from_monday());
        on & if days.is_empty() { u8::MAX } else { chosen } != 0
    }
}

/// The meeting days of all places of a snapshot, in its order, then of its neighbours', for the year from `from`.
pub(super) fn of_places(snapshot: &Snapshot, from: NaiveDate) -> Vec<MeetingDays> {
    let context = ScheduleContext::of_city(&snapshot.city, from);
    let mut known: HashMap<Vec<&str>, MeetingDays> = HashMap::new();
    let neighbours = snapshot.neighbours.places.iter().map(PlannedPlace::of_neighbour);
    let places = snapshot.places.iter().map(PlannedPlace::own).chain(neighbours);
    places
        .map(|place| {
            let texts: Vec<&str> = place.schedule.iter().map(|it| it.text.as_str()).collect();
            if let Some(days) = known.get(&texts) {
                return *days;
            }
            let days = meeting_days(&texts, &context);
            known.insert(texts, days);
            days
        })
        .collect()
}

/// The meeting days of one place with these schedules.
fn meeting_days(texts: &[&str], context: &ScheduleContext) -> MeetingDays {
    if texts.is_empty() {
        return MeetingDays::default();
    }
    let readings: Vec<_> = texts.iter().map(|text| read(text, context)).collect();
    let is_whole = readings.iter().all(|reading| reading.rule.is_some() && reading.unread.is_none());
    let rules: Vec<&Rule> = readings.iter().filter_map(|reading| reading.rule.as_ref()).collect();
    let end = context.today.checked_add_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MAX);
    let (mut count, mut days) = (0_u32, MeetingDays::default());
    for day in context.today.iter_days().take_while(|day| *day < end) {
        if rules.iter().any(|rule| rule.is_on(day)) {
            count += 1;
            days.add(day, &rules);
        }
    }
    MeetingDays { monthly: is_whole.then(|| f64::from(count) / f64::from(MONTHS)), ..days }
}
