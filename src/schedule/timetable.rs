//! The schedules of one place together: its next dates, and the days it takes place on. This module does no I/O.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Moment, Occurrence, ParsedSchedule, Rule, ScheduleContext, read};
use crate::model::Schedule;

/// The parsed schedules of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timetable {
    readings: Vec<ParsedSchedule>,
    /// The first day on which it may be off, by an exception without fixed days; dates are given before it only.
    open_from: Option<NaiveDate>,
}

impl Timetable {
    /// Parses the texts of `schedules`.
    pub fn read(schedules: &[Schedule], context: &ScheduleContext) -> Self {
        let readings: Vec<ParsedSchedule> = schedules.iter().map(|it| read(&it.text, context)).collect();
        let rules = readings.iter().filter_map(|it| it.rule.as_ref());
        let open_from = rules.filter_map(|rule| rule.first_open_day(context.today)).min();
        Self { readings, open_from }
    }

    /// The same, where the first day that may be off is looked for from `first` on and not from the day of the context: for dates
    /// that have passed.
    #[must_use]
    pub fn starting(self, first: NaiveDate) -> Self {
        let open_from = self.rules().filter_map(|rule| rule.first_open_day(first)).min();
        Self { open_from, ..self }
    }

    /// What was read of each text, in their order.
    pub fn readings(&self) -> &[ParsedSchedule] {
        &self.readings
    }

    /// The rules of the texts that were read.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.readings.iter().filter_map(|it| it.rule.as_ref())
    }

    /// Whether there is a schedule and every text of it was understood whole.
    pub fn is_understood(&self) -> bool {
        !self.readings.is_empty() && self.readings.iter().all(|it| it.unread.is_none())
    }

    /// Whether every text has a rule, so that dates can be given: one without may be the one that says 休み.
    fn has_dates(&self) -> bool {
        self.readings.iter().all(|it| it.rule.is_some())
    }

    /// The first `count` occurrences that begin after `now`, up to the first day that may be off.
    pub fn next(&self, now: NaiveDateTime, count: usize) -> Vec<Occurrence> {
        if !self.has_dates() {
            return Vec::new();
        }
        let mut all: Vec<Occurrence> = self.rules().flat_map(|rule| rule.next(now, count)).collect();
        all.retain(|it| self.open_from.is_none_or(|day| it.start.date() < day));
        all.sort_by_key(sort_key);
        all.dedup();
        all.truncate(count);
        all
    }

    /// The occurrences of one day, in order; none from the first day on that may be off.
    pub fn on(&self, day: NaiveDate) -> Vec<Occurrence> {
        if !self.has_dates() || self.open_from.is_some_and(|open| day >= open) {
            return Vec::new();
        }
        let mut all: Vec<Occurrence> = self.rules().flat_map(|rule| rule.on(day)).collect();
        all.sort_by_key(sort_key);
        all.dedup();
        all
    }
}

/// Sort key of a date: start, then end.
fn sort_key(it: &Occurrence) -> impl Ord + use<> {
    (it.start.at(), it.end.map(Moment::at))
}
