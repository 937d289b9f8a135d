//! Dates of places as text, and the calendar months of the handout. This module does no I/O.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use serde::Serialize;

use crate::model::{Facts, Schedule, Status};
use crate::publish::ruby::{base_text, plain, ruby_message};
use crate::schedule::holidays::is_holiday;
use crate::schedule::{Moment, Occurrence, ScheduleContext, Timetable};

/// The number of next dates per place.
const NEXT: usize = 3;

/// The number of months in the calendar, the current one included.
const MONTHS: u32 = 2;

/// One date of a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandoutDate {
    /// Start and end in local time.
    #[serde(flatten)]
    pub when: Occurrence,
    /// The same as text, with the weekday: 12月10日（木）13:30〜15:00.
    pub text: String,
    /// Whether it is a holiday or at the turn of the year; the paper then advises to call first.
    pub unsure: bool,
}

/// A date of a place in the calendar.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CalendarEntry {
    /// The day.
    pub date: NaiveDate,
    /// The hours as text, `13:30〜15:00`; empty if unknown.
    pub time: String,
    /// The number of the place on the handout, from 1.
    pub number: usize,
}

/// A month of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarMonth {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The weekday of its first day, 0 for Sunday.
    pub starts_on: u32,
    /// The number of days.
    pub days: u32,
    /// The days of the month that are national holidays.
    pub holidays: Vec<u32>,
}

/// The parsed schedules of a place.
#[derive(Debug)]
pub struct HandoutDates {
    timetable: Timetable,
    context: ScheduleContext,
}

impl HandoutDates {
    /// Parses the texts of `schedule`. If one of them is not parsed, no dates are given: it may be the one that says 休み. An
    /// exception without fixed days (小学校の休業中は休み) ends the dates before the first day that it may take.
    pub fn read(schedule: &[Schedule], context: &ScheduleContext) -> Self {
        Self { timetable: Timetable::read(schedule, context), context: *context }
    }

    /// Of a place; none while it is paused or closed.
    pub fn of_facts(facts: &Facts, context: &ScheduleContext) -> Self {
        let schedule = if facts.status == Status::Active { facts.schedule.as_slice() } else { &[] };
        Self::read(schedule, context)
    }

    /// Whether there is a schedule and every text of it was parsed.
    pub fn is_understood(&self) -> bool {
        self.timetable.is_understood()
    }

    /// The next dates that begin after `now`.
    pub fn next(&self, now: NaiveDateTime) -> Vec<HandoutDate> {
        let date = |when: Occurrence| {
            let day = when.start.date();
            HandoutDate {
                text: short_date(day) + &hours_text(&when),
                unsure: self.context.is_holiday_or_new_year(day),
                when,
            }
        };
        self.timetable.next(now, NEXT).into_iter().map(date).collect()
    }

    /// Every date from `today` to the end of the calendar, for the place with this number on the handout.
    pub fn entries(&self, today: NaiveDate, number: usize) -> Vec<CalendarEntry> {
        let Some(end) = first_of(today).checked_add_months(Months::new(MONTHS)) else { return Vec::new() };
        let days = today.iter_days().take_while(|day| *day < end);
        let entry = move |when: Occurrence| CalendarEntry { date: when.start.date(), time: hours_text(&when), number };
        days.flat_map(|day| self.timetable.on(day)).map(entry).collect()
    }
}

/// The months of the calendar, from that of `today` on.
pub fn calendar_months(today: NaiveDate) -> Vec<CalendarMonth> {
    let month = |n: u32| first_of(today).checked_add_months(Months::new(n)).map(month_of);
    (0..MONTHS).filter_map(month).collect()
}

/// The first day of the month of `day`.
fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The calendar month that begins on `first`.
fn month_of(first: NaiveDate) -> CalendarMonth {
    let next = first.checked_add_months(Months::new(1)).and_then(|next| next.checked_sub_days(Days::new(1)));
    let days = next.map_or(31, |last| last.day());
    let holidays = (1..=days).filter(|day| first.with_day(*day).is_some_and(is_holiday)).collect();
    CalendarMonth {
        year: first.year(),
        month: first.month(),
        starts_on: first.weekday().num_days_from_sunday(),
        days,
        holidays,
    }
}

/// Formats a date as 12月10日（木）.
fn short_date(day: NaiveDate) -> String {
    let values = [
        ("month", plain(&day.month().to_string())),
        ("day", plain(&day.day().to_string())),
        ("weekday", plain(&weekday(day))),
    ];
    base_text(&ruby_message("date.short", &values))
}

/// Formats a date as 2026年11月22日（日）.
pub fn long_date(day: NaiveDate) -> String {
    let values = [("year", plain(&day.year().to_string())), ("date", plain(&short_date(day)))];
    base_text(&ruby_message("date.long", &values))
}

/// The one-character name of a weekday.
fn weekday(day: NaiveDate) -> String {
    let names = base_text(&ruby_message("date.weekdays", &[]));
    names.chars().nth(day.weekday().num_days_from_sunday() as usize).map(String::from).unwrap_or_default()
}

/// Formats hours as 13:30〜15:00.
fn hours_text(when: &Occurrence) -> String {
    let time = |moment: Moment| match moment {
        Moment::Day(_) => None,
        Moment::Time(time) => Some(format!("{}:{:02}", time.hour(), time.minute())),
    };
    let from = time(when.start).unwrap_or_default();
    let to = when.end.and_then(|end| match end {
        Moment::Time(at) if end.date() > when.start.date() && at.time() == NaiveTime::MIN => Some("24:00".to_owned()),
        _ if end.date() > when.start.date() => {
            time(end).map(|time| base_text(&ruby_message("date.next_day", &[("time", plain(&time))])))
        }
        _ => time(end),
    });
    to.map_or(from.clone(), |to| base_text(&ruby_message("date.hours", &[("from", plain(&from)), ("to", plain(&to))])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> HandoutDates {
        let schedule: Vec<Schedule> = texts.iter().map(|text| Schedule { text: (*text).to_owned() }).collect();
        HandoutDates::read(&schedule, &ScheduleContext::new(now().date()))
    }

    fn now() -> NaiveDateTime {
        "2026-11-22T10:00:00".parse().unwrap()
    }

    #[test]
    fn a_date_on_a_holiday_or_at_the_turn_of_the_year_is_to_be_asked_for() {
        let dates = read(&["毎週木曜 10:00〜11:00"]).next("2026-12-20T10:00:00".parse().unwrap());
        let said: Vec<(&str, bool)> = dates.iter().map(|it| (it.text.as_str(), it.unsure)).collect();
        let [first, second, third] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!(*first, ("12月24日（木）10:00〜11:00", false));
        assert_eq!(*second, ("12月31日（木）10:00〜11:00", true));
        assert_eq!(*third, ("1月7日（木）10:00〜11:00", false));
    }

    #[test]
    fn an_end_after_midnight_is_said_to_be_of_the_next_day() {
        assert_eq!(next(&["毎週木曜 0:00〜24:00"])[0], "11月26日（木）0:00〜24:00");
        assert_eq!(next(&["毎週木曜 22:00〜翌2:00"])[0], "11月26日（木）22:00〜翌2:00");
    }

    fn next(texts: &[&str]) -> Vec<String> {
        read(texts).next(now()).into_iter().map(|date| date.text).collect()
    }

    #[test]
    fn the_next_dates_are_told_with_their_weekday() {
        assert_eq!(
            next(&["第2・4木曜 13:30〜15:00"]),
            ["11月26日（木）13:30〜15:00", "12月10日（木）13:30〜15:00", "12月24日（木）13:30〜15:00"]
        );
        assert_eq!(next(&["毎月15日", "毎月1日 10時〜"])[..2], ["12月1日（火）10:00", "12月15日（火）"]);
    }

    #[test]
    fn one_phrase_that_is_not_understood_leaves_no_date() {
        assert!(next(&["第2・4木曜 13:30〜15:00", "ただし変更あり"]).is_empty());
        assert!(!read(&["不定期"]).is_understood() && !read(&[]).is_understood());
    }

    #[test]
    fn the_calendar_has_every_date_of_this_month_and_the_next() {
        let entries = read(&["毎週水曜 10:00〜12:00", "毎週水曜 10:00〜12:00"]).entries(now().date(), 2);
        let days: Vec<String> = entries.iter().map(|it| it.date.to_string()).collect();
        assert_eq!(days, ["2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23", "2026-12-30"]);
        assert_eq!((entries[0].time.as_str(), entries[0].number), ("10:00〜12:00", 2));
    }

    #[test]
    fn months_begin_on_their_weekday_and_know_their_holidays() {
        let months = calendar_months("2026-12-31".parse().unwrap());
        assert_eq!(months[0], CalendarMonth { year: 2026, month: 12, starts_on: 2, days: 31, holidays: vec![] });
        assert_eq!(months[1], CalendarMonth { year: 2027, month: 1, starts_on: 5, days: 31, holidays: vec![1, 11] });
    }

    #[test]
    fn the_day_is_written_out() {
        assert_eq!(long_date(now().date()), "2026年11月22日（日）");
    }
}
