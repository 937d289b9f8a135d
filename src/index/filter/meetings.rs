//! When each place meets, by days of the week and for the days to come, from the schedule engine.
//!
//! Schedules are read at the first question of a day, each text once: a date without a year depends on the day. This module does no I/O.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{Datelike as _, NaiveDate, Timelike as _};

use super::conditions::{DayPart, FilterFit, MeetingWish};
use crate::index::visible::VisiblePlace;
use crate::model::{City, Month, Schedule, Status};
use crate::schedule::{Moment, Occurrence, Rule, ScheduleContext, Timetable, read};

/// The number of dates evaluated: more than a year of a weekly meeting, two months of a daily one.
const AHEAD: usize = 60;
/// How many months after the current one are looked at, as in pages and calendars.
const MONTHS: u16 = 12;
/// The bit of a meeting whose hour is not known.
pub const UNTIMED: u8 = 8;
/// The bit of a date that may be excepted.
pub const OPEN: u8 = 16;
/// How long people can drop in during a part of the day for the place to count as open then, in minutes.
const WORTH_IT: u16 = 60;

/// When a place meets: sets of [`DayPart`] bits with [`UNTIMED`] and [`OPEN`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingWeek {
    /// By day of the week, Monday first.
    pub weekly: [u8; 7],
    /// On the seven days from the day of the question on.
    pub coming: [u8; 7],
    /// Whether every schedule was read, so that it meets at no other time.
    pub complete: bool,
}

/// The rules of each set of schedules.
pub type RuleSets = Arc<[Vec<Rule>]>;

/// The schedules of all places, each once, and when they meet as of one day.
#[derive(Debug, Default)]
pub struct MeetingTable {
    sets: Vec<Vec<Schedule>>,
    /// The set of each place; `None` for one that is paused or closed.
    of_place: Vec<Option<u32>>,
    day: RwLock<Option<(NaiveDate, Arc<[MeetingWeek]>)>>,
    rules: RwLock<Option<(NaiveDate, RuleSets)>>,
}

impl MeetingTable {
    /// Numbers the schedules of `places`.
    pub(in crate::index) fn new(places: &[VisiblePlace]) -> Self {
        let mut numbers: HashMap<Vec<&str>, u32> = HashMap::new();
        let mut sets = Vec::new();
        let of_place = places
            .iter()
            .map(|it| {
                let facts = &it.place.facts;
                let texts: Vec<&str> = facts.schedule.iter().map(|schedule| schedule.text.as_str()).collect();
                let next = u32::try_from(sets.len()).expect("places are numbered in 32 bits");
                let number = *numbers.entry(texts).or_insert_with(|| {
                    sets.push(facts.schedule.clone());
                    next
                });
                (facts.status == Status::Active).then_some(number)
            })
            .collect();
        Self { sets, of_place, day: RwLock::default(), rules: RwLock::default() }
    }

    /// The number of each place's schedules, for [`on`](Self::on); `None` for one that does not meet at present.
    pub fn number_of(&self, place: usize) -> Option<usize> {
        self.of_place[place].map(|number| number as usize)
    }

    /// The sets of schedules, in the order of their numbers.
    pub fn sets(&self) -> &[Vec<Schedule>] {
        &self.sets
    }

    /// When each set of schedules meets as of `today`.
    pub fn on(&self, today: NaiveDate, city: &City) -> Arc<[MeetingWeek]> {
        let current = self.day.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, days)) = current.filter(|(day, _)| *day == today) {
            return days;
        }
        let context = ScheduleContext::of_city(city, reading_day(today));
        let days: Arc<[MeetingWeek]> = self.sets.iter().map(|set| MeetingWeek::read(set, &context, today)).collect();
        *self.day.write().unwrap_or_else(PoisonError::into_inner) = Some((today, Arc::clone(&days)));
        days
    }

    /// The rules of each set of schedules as of `today`; empty where none of them can be read.
    pub fn rules_on(&self, today: NaiveDate, city: &City) -> RuleSets {
        let current = self.rules.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, rules)) = current.filter(|(day, _)| *day == today) {
            return rules;
        }
        let context = ScheduleContext::of_city(city, today);
        let rules_of = |set: &Vec<Schedule>| set.iter().filter_map(|it| read(&it.text, &context).rule).collect();
        let rules: RuleSets = self.sets.iter().map(rules_of).collect();
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Some((today, Arc::clone(&rules)));
        rules
    }
}

impl MeetingWeek {
    /// Reads the schedules of a place, and when they meet from `today` on.
    fn read(schedules: &[Schedule], context: &ScheduleContext, today: NaiveDate) -> Self {
        let timetable = Timetable::read(schedules, context);
        let mut days = Self { complete: is_complete(&timetable), ..Self::default() };
        let last = window_end(today);
        for rule in timetable.rules() {
            let first_open = rule.first_open_day(today);
            for occurrence in rule.possible_from(today, AHEAD).into_iter().take_while(|it| it.start.date() <= last) {
                days.add(occurrence, today, first_open);
            }
        }
        days
    }

    fn add(&mut self, occurrence: Occurrence, today: NaiveDate, first_open: Option<NaiveDate>) {
        let date = occurrence.start.date();
        let bits = parts_of(occurrence);
        self.weekly[date.weekday().num_days_from_monday() as usize] |= bits;
        let coming = usize::try_from((date - today).num_days()).ok().and_then(|ahead| self.coming.get_mut(ahead));
        if let Some(day) = coming {
            *day |= if first_open.is_some_and(|open| date >= open) { bits | OPEN } else { bits };
        }
    }

    /// Whether it meets as wished; `today` is the weekday of the question, Monday is 0.
    pub fn fit(&self, wish: MeetingWish, today: usize) -> FilterFit {
        let is_wished = |weekday: usize| wish.weekdays == 0 || wish.weekdays & 1 << weekday != 0;
        let days: Vec<u8> = match wish.days {
            None => (0..7).filter(|day| is_wished(*day)).map(|day| self.weekly[day]).collect(),
            Some(asked) => {
                asked.days().filter(|day| is_wished((today + day) % 7)).map(|day| self.coming[day]).collect()
            }
        };
        let hours = |day: &u8| day & !OPEN != 0 && (wish.parts == 0 || day & wish.parts != 0);
        if days.iter().any(|day| day & OPEN == 0 && hours(day)) {
            return FilterFit::Certain;
        }
        let may_be = days.iter().any(|day| day & UNTIMED != 0 || day & OPEN != 0 && hours(day));
        if may_be || !self.complete { FilterFit::Unknown } else { FilterFit::Never }
    }
}

/// The day as of which dates without a year are read: the first of the month, so that what is made on one day of it holds on all.
pub(super) fn reading_day(today: NaiveDate) -> NaiveDate {
    Month::of(today).first_day()
}

/// The last day that is looked at from `today` on.
pub(super) fn window_end(today: NaiveDate) -> NaiveDate {
    Month::of(today).on(MONTHS).days().last().unwrap_or(today)
}

/// Whether every schedule was read and none goes on in words.
pub(super) fn is_complete(timetable: &Timetable) -> bool {
    let readings = timetable.readings();
    !readings.is_empty() && readings.iter().all(|it| it.rule.is_some()) && timetable.rules().all(Rule::is_bounded)
}

/// The parts of the day in which one can come: where it begins, and where it goes on for long.
pub(super) fn parts_of(occurrence: Occurrence) -> u8 {
    let first = occurrence.start.date();
    let minutes = |moment: Moment| match moment {
        Moment::Day(_) => None,
        Moment::Time(time) => {
            let over_night = if time.date() > first { 24 * 60 } else { 0 };
            u16::try_from(time.hour() * 60 + time.minute() + over_night).ok()
        }
    };
    let Some(from) = minutes(occurrence.start) else { return UNTIMED };
    let to = occurrence.end.and_then(minutes).unwrap_or(from);
    let counts = |part: &DayPart| {
        let (begins, ends) = part.minutes();
        (begins..ends).contains(&from) || to.min(ends).saturating_sub(from.max(begins)) >= WORTH_IT
    };
    DayPart::ALL.into_iter().filter(counts).fold(0, |bits, part| bits | part.bit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(text: &str, codes: &[&str]) -> FilterFit {
        // A Thursday.
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let schedules = [Schedule { text: text.to_owned() }];
        let schedules = if text.is_empty() { &[][..] } else { &schedules };
        let days = MeetingWeek::read(schedules, &ScheduleContext::new(reading_day(today)), today);
        let mut wish = MeetingWish::default();
        for code in codes {
            assert!(wish.add(code));
        }
        days.fit(wish, 3)
    }

    #[test]
    fn a_day_and_its_part_must_hold_together() {
        use FilterFit::{Certain, Never, Unknown};
        for (text, codes, expected) in [
            ("毎週月曜 9:30〜11:00", &["mon", "morning"][..], Certain),
            ("毎週月曜 9:30〜11:00", &["mon", "afternoon"], Never),
            ("毎週月曜 9:30〜11:00、毎週火曜 14:00〜15:00", &["mon", "afternoon"], Never),
            ("月〜金 9時〜16時", &["wed", "afternoon"], Certain),
            ("月〜金 9時〜16時", &["sat"], Never),
            ("毎週月曜", &["mon"], Certain),
            ("毎週月曜", &["mon", "morning"], Unknown),
            ("毎週月曜", &["tue", "morning"], Never),
            ("第4木曜 13:30〜15:00", &["today", "afternoon"], Certain),
            ("第4木曜 13:30〜15:00", &["tomorrow"], Never),
            ("第4木曜 13:30〜15:00", &["week", "fri"], Never),
            ("毎週金曜 19:00〜21:00", &["week", "evening"], Certain),
            ("毎週木曜 10:00〜11:00（小学校の休業中は休み）", &["thu"], Certain),
            ("不定期", &["mon"], Unknown),
            ("", &["today"], Unknown),
        ] {
            assert_eq!(fit(text, codes), expected, "{text} {codes:?}");
        }
    }

    #[test]
    fn what_only_reaches_into_a_part_of_the_day_does_not_count_for_it() {
        assert_eq!(fit("毎週月曜 10:00〜12:30", &["mon", "afternoon"]), FilterFit::Never);
        assert_eq!(fit("毎週月曜 10:00〜13:00", &["mon", "afternoon"]), FilterFit::Certain);
    }
}
