//! On how many days a month places meet: dates within a year, by the program's own reading of their schedules.
//!
//! Read once per first day and kept, since reading words is what takes time. This module does no I/O.

use std::collections::HashMap;

use chrono::{Datelike as _, Months, NaiveDate, Weekday};

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
}

impl MeetingDays {
    /// Whether it meets on one of these weekdays.
    pub(super) fn meets_on(self, days: &[Weekday]) -> bool {
        days.iter().any(|day| self.weekdays & (1 << day.num_days_from_monday()) != 0)
    }
}

/// The meeting days of all places of a snapshot, in its order, for the year from `from`.
pub(super) fn of_places(snapshot: &Snapshot, from: NaiveDate) -> Vec<MeetingDays> {
    let context = ScheduleContext::of_city(&snapshot.city, from);
    let mut known: HashMap<Vec<&str>, MeetingDays> = HashMap::new();
    let places = snapshot.places.iter();
    places
        .map(|listed| {
            let texts: Vec<&str> = listed.place.facts.schedule.iter().map(|it| it.text.as_str()).collect();
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
    let (mut count, mut weekdays) = (0_u32, 0);
    for day in context.today.iter_days().take_while(|day| *day < end) {
        if rules.iter().any(|rule| rule.is_on(day)) {
            count += 1;
            weekdays |= 1 << day.weekday().num_days_from_monday();
        }
    }
    MeetingDays { monthly: is_whole.then(|| f64::from(count) / f64::from(MONTHS)), weekdays }
}
