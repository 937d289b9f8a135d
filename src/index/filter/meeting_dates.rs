//! The dates of a set of schedules in the months that pages cover, so that a page made once a month can say on any day what is next.
//!
//! Whoever reads it (`web/search/dates.js`) knows the day; nothing here does. This module does no I/O.

use chrono::{Days, NaiveDate, NaiveTime};

use super::meetings::{is_complete, parts_of, reading_day, window_end};
use crate::model::{City, Month, Schedule};
use crate::schedule::{Moment, Occurrence, Rule, ScheduleContext, Timetable};

/// When the schedules of a place meet from the first day of a month to the end of the twelfth after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingDates {
    /// Whether every schedule was read, so that it meets at no other time.
    pub complete: bool,
    /// Whether dates can be told as the next ones: a text without dates may be the one that says 休み.
    pub can_tell_next: bool,
    /// By rule.
    pub rules: Vec<RuleDates>,
}

/// The dates of one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleDates {
    /// By hours.
    pub slots: Vec<DateSlot>,
    /// The days for which the words leave open whether it meets.
    pub open: Vec<NaiveDate>,
}

/// The days with a session at the same hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateSlot {
    /// When it begins; `None` where no hour is known.
    pub from: Option<NaiveTime>,
    /// When it ends on the same day, where that is known.
    pub to: Option<NaiveTime>,
    /// The parts of the day, as bits.
    pub parts: u8,
    /// The days, in order.
    pub days: Vec<NaiveDate>,
}

impl MeetingDates {
    /// Reads the schedules as of the first day of `month`.
    pub fn read(schedules: &[Schedule], month: Month, city: &City) -> Self {
        let first = month.first_day();
        let context = ScheduleContext::of_city(city, reading_day(first));
        let timetable = Timetable::read(schedules, &context);
        let rules: Vec<RuleDates> = timetable.rules().map(|rule| RuleDates::of(rule, first)).collect();
        let can_tell_next = timetable.readings().iter().all(|it| it.rule.is_some());
        Self { complete: is_complete(&timetable), can_tell_next, rules }
    }

    /// Whether there is no date.
    pub fn is_empty(&self) -> bool {
        self.rules.iter().all(|rule| rule.slots.is_empty())
    }
}

impl RuleDates {
    fn of(rule: &Rule, first: NaiveDate) -> Self {
        let mut dates = Self::default();
        let last = window_end(first);
        for day in first.iter_days().take_while(|day| *day <= last) {
            let held = rule.on(day);
            if !held.is_empty() && rule.is_open_on(day) {
                dates.open.push(day);
            }
            for occurrence in held {
                dates.add(day, occurrence);
            }
        }
        dates
    }

    fn add(&mut self, day: NaiveDate, occurrence: Occurrence) {
        let time = |moment: Moment| match moment {
            Moment::Time(at) if at.date() == day => Some(at.time()),
            Moment::Time(_) | Moment::Day(_) => None,
        };
        let (from, to) = (time(occurrence.start), occurrence.end.and_then(time));
        let parts = parts_of(occurrence);
        let same = self.slots.iter_mut().find(|slot| (slot.from, slot.to, slot.parts) == (from, to, parts));
        match same {
            Some(slot) => slot.days.push(day),
            None => self.slots.push(DateSlot { from, to, parts, days: vec![day] }),
        }
    }
}

/// The longest step that one character of [`steps`] says.
const LONGEST_STEP: u64 = 35;

/// Days in order as text: a character each for how many days it is after the one before, from the eve of `first` on, to base 36; `0` is
/// a step of 35 days without a date.
pub fn steps(first: NaiveDate, days: &[NaiveDate]) -> String {
    let mut at = first.pred_opt().unwrap_or(first);
    let mut text = String::with_capacity(days.len());
    for &day in days {
        while day.signed_duration_since(at).num_days() > LONGEST_STEP.cast_signed() {
            at = at.checked_add_days(Days::new(LONGEST_STEP)).unwrap_or(day);
            text.push('0');
        }
        let step = u32::try_from(day.signed_duration_since(at).num_days()).unwrap_or_default();
        text.extend(char::from_digit(step, 36));
        at = day;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, month: &str) -> MeetingDates {
        MeetingDates::read(&[Schedule { text: text.to_owned() }], month.parse().unwrap(), &City::default())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_dates_of_a_rule_are_those_of_the_engine_from_this_month_to_the_end_of_the_twelfth_after_it() {
        let dates = read("第2・第4木曜 13:30〜15:00", "2026-11");
        let [RuleDates { slots, open }] = dates.rules.as_slice() else { panic!("{dates:?}") };
        let [slot] = slots.as_slice() else { panic!("{slots:?}") };
        assert_eq!(slot.days[..3], [day("2026-11-12"), day("2026-11-26"), day("2026-12-10")]);
        assert_eq!(slot.days.last(), Some(&day("2027-11-25")));
        assert_eq!((slot.from, slot.to), (NaiveTime::from_hms_opt(13, 30, 0), NaiveTime::from_hms_opt(15, 0, 0)));
        assert!(open.is_empty() && dates.complete && dates.can_tell_next);
    }

    #[test]
    fn days_that_the_words_leave_open_are_marked() {
        let dates = read("毎週木曜 10:00〜11:00（小学校の休業中は休み）", "2026-11");
        assert!(dates.rules[0].open.contains(&day("2026-12-31")), "{dates:?}");
        assert!(!dates.rules[0].open.contains(&day("2026-11-12")), "{dates:?}");
    }

    #[test]
    fn hours_of_their_own_are_slots_of_their_own() {
        let dates = read("毎週月曜 9:30〜11:00、毎週火曜 14:00〜15:00", "2026-11");
        let slots: usize = dates.rules.iter().map(|rule| rule.slots.len()).sum();
        assert_eq!(slots, 2, "{dates:?}");
        assert!(read("不定期", "2026-11").is_empty() && !read("不定期", "2026-11").complete);
    }

    #[test]
    fn steps_say_every_day() {
        let first = day("2026-11-01");
        assert_eq!(steps(first, &[day("2026-11-01"), day("2026-11-08"), day("2026-12-13")]), "17z");
        assert_eq!(steps(first, &[day("2026-12-31")]), "0q");
        assert_eq!(steps(first, &[]), "");
    }
}
