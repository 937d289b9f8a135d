//! The dates of a month, by day. This module does no I/O.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, Timelike as _};

use crate::index::Snapshot;
use crate::model::{Month, Status};
use crate::schedule::{Moment, Occurrence, ParsedSchedule, ScheduleContext, read};

/// A place that meets on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthMeeting {
    /// From when to when; `None` where no hour is known.
    pub hours: Option<String>,
    /// Index of the place in the snapshot.
    pub place: usize,
    /// Whether the words leave open that it meets on this day.
    pub is_open: bool,
}

/// Who meets when in a month.
#[derive(Debug, Default)]
pub struct MonthPlan {
    days: BTreeMap<NaiveDate, Vec<MonthMeeting>>,
    /// The places of which no schedule, or not all of it, can be read.
    pub without_dates: Vec<usize>,
}

impl MonthPlan {
    /// Evaluates the schedules of `places` in a month, as read on the first day of `current`.
    pub fn new(snapshot: &Snapshot, places: &[usize], (month, current): (Month, Month)) -> Self {
        let context = ScheduleContext::of_city(&snapshot.city, current.first_day());
        let mut readings: HashMap<&str, ParsedSchedule> = HashMap::new();
        let mut plan = Self::default();
        for &place in places {
            let facts = &snapshot.places[place].place.facts;
            if facts.status != Status::Active {
                continue;
            }
            let mut is_read = !facts.schedule.is_empty();
            for schedule in &facts.schedule {
                let reading = readings.entry(&schedule.text).or_insert_with(|| read(&schedule.text, &context));
                is_read &= reading.rule.is_some();
                plan.add(place, reading, month);
            }
            if !is_read {
                plan.without_dates.push(place);
            }
        }
        plan.days.values_mut().for_each(|held| {
            held.sort();
            held.dedup();
        });
        plan
    }

    fn add(&mut self, place: usize, reading: &ParsedSchedule, month: Month) {
        let Some(rule) = &reading.rule else { return };
        for day in month.days() {
            let is_open = rule.is_open_on(day);
            for occurrence in rule.on(day) {
                self.days.entry(day).or_default().push(MonthMeeting { hours: hours(occurrence), place, is_open });
            }
        }
    }

    /// The meetings of a day.
    pub fn on(&self, day: NaiveDate) -> &[MonthMeeting] {
        self.days.get(&day).map_or(&[], Vec::as_slice)
    }

    /// The days with meetings, in order.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, &[MonthMeeting])> {
        self.days.iter().map(|(day, held)| (*day, held.as_slice()))
    }

    /// Whether nobody meets.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }
}

/// 「09:30〜11:00」, so that hours sort as text.
fn hours(occurrence: Occurrence) -> Option<String> {
    let time = |moment: Moment| match moment {
        Moment::Day(_) => None,
        Moment::Time(time) => Some(format!("{:02}:{:02}", time.hour(), time.minute())),
    };
    let from = time(occurrence.start)?;
    Some(match occurrence.end.and_then(time) {
        Some(to) => format!("{from}〜{to}"),
        None => format!("{from}〜"),
    })
}
