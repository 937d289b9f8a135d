//! Dates of places as text, and the calendar of the handout. This module does no I/O.

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use serde::Serialize;

use crate::model::{Facts, Schedule, Status};
use crate::publish::era::era_year;
use crate::publish::ruby::{base_text, plain, ruby_message};
use crate::schedule::holidays::is_holiday;
use crate::schedule::{Moment, Occurrence, ScheduleContext, Timetable};

/// The number of next dates per place.
const NEXT: usize = 3;

/// The number of days in the calendar: five weeks from today.
const CALENDAR_DAYS: u64 = 35;

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

/// The days of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarSpan {
    /// The first day: today.
    pub first: NaiveDate,
    /// The first day as text.
    pub first_words: String,
    /// The last day.
    pub last: NaiveDate,
    /// The last day as text.
    pub last_words: String,
    /// The days that are national holidays.
    pub holidays: Vec<NaiveDate>,
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
        let days = calendar_days(today);
        let entry = move |when: Occurrence| CalendarEntry { date: when.start.date(), time: hours_text(&when), number };
        days.flat_map(|day| self.timetable.on(day)).map(entry).collect()
    }
}

/// The calendar from `today` on.
pub fn calendar_span(today: NaiveDate) -> CalendarSpan {
    let last = calendar_days(today).last().unwrap_or(today);
    CalendarSpan {
        first: today,
        first_words: short_date(today),
        last,
        last_words: short_date(last),
        holidays: calendar_days(today).filter(|day| is_holiday(*day)).collect(),
    }
}

/// The days of the calendar from `today` on.
fn calendar_days(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let end = today.checked_add_days(Days::new(CALENDAR_DAYS));
    today.iter_days().take_while(move |day| end.is_none_or(|end| *day < end))
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

/// Formats a date as 2026年（令和8年）11月22日（日）.
pub fn long_date(day: NaiveDate) -> String {
    let (year, era) = (day.year().to_string(), era_year(day.year()));
    let values = [("year", plain(&year)), ("era", plain(&era)), ("date", plain(&short_date(day)))];
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
    fn the_calendar_has_every_date_of_five_weeks() {
        let entries = read(&["毎週水曜 10:00〜12:00", "毎週水曜 10:00〜12:00"]).entries(now().date(), 2);
        let days: Vec<String> = entries.iter().map(|it| it.date.to_string()).collect();
        assert_eq!(days, ["2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23"]);
        assert_eq!((entries[0].time.as_str(), entries[0].number), ("10:00〜12:00", 2));
    }

    #[test]
    fn the_calendar_reaches_over_the_end_of_a_month_and_a_year_and_knows_its_holidays() {
        let span = calendar_span("2026-12-31".parse().unwrap());
        let days = [span.first, span.last].map(|day| day.to_string());
        assert_eq!(days, ["2026-12-31", "2027-02-03"]);
        assert_eq!((span.first_words.as_str(), span.last_words.as_str()), ("12月31日（木）", "2月3日（水）"));
        let holidays: Vec<String> = span.holidays.iter().map(ToString::to_string).collect();
        assert_eq!(holidays, ["2027-01-01", "2027-01-11"]);
    }

    #[test]
    fn the_day_is_written_out() {
        assert_eq!(long_date(now().date()), "2026年（令和8年）11月22日（日）");
    }
}
