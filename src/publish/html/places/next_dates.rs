//! The next dates of a place in the words of a language. This module does no I/O.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

use crate::model::Language;
use crate::publish::handout::dates::HandoutDates;
use crate::publish::messages::page_messages;
use crate::schedule::{Moment, Occurrence};

/// The next dates after `now`: 「11月26日（木）13:30〜15:00」; none where the schedule is not understood whole.
pub fn texts(dates: &HandoutDates, now: NaiveDateTime, lang: Language) -> Vec<String> {
    dates.next(now).iter().map(|date| text(&date.when, lang)).collect()
}

/// The next days after `now`, without hours, for where the list's own words stand beside them.
pub fn days(dates: &HandoutDates, now: NaiveDateTime, lang: Language) -> Vec<String> {
    let mut days: Vec<String> = dates.next(now).iter().map(|date| day_text(date.when.start.date(), lang)).collect();
    days.dedup();
    days
}

/// Day and beginning of a date: 「11月26日（木）13:30」.
pub fn start_text(when: &Occurrence, lang: Language) -> String {
    text(&Occurrence { end: None, ..*when }, lang)
}

/// The beginning of the hour: pages are prepared once an hour, and the script reckons alike.
pub fn hour_of(now: NaiveDateTime) -> NaiveDateTime {
    now.with_minute(0).and_then(|it| it.with_second(0)).and_then(|it| it.with_nanosecond(0)).unwrap_or(now)
}

fn text(when: &Occurrence, lang: Language) -> String {
    let hours = hours(when, lang);
    let day = day_text(when.start.date(), lang);
    if hours.is_empty() { day } else { format!("{day}{}{hours}", if lang.is_latin() { " " } else { "" }) }
}

/// A day with its weekday.
fn day_text(day: NaiveDate, lang: Language) -> String {
    let messages = page_messages(lang);
    let nth = |key: &'static str, n: u32| messages.text(key).split(',').nth(n as usize).unwrap_or_default();
    let (month, weekday) =
        (nth("date.months", day.month0()), nth("date.weekdays", day.weekday().num_days_from_sunday()));
    messages.fill("date.short", &[("month", month), ("day", &day.day().to_string()), ("weekday", weekday)])
}

/// 「13:30〜15:00」; empty where no hour is known.
fn hours(when: &Occurrence, lang: Language) -> String {
    let time = |moment: Moment| match moment {
        Moment::Day(_) => None,
        Moment::Time(at) => Some(format!("{}:{:02}", at.hour(), at.minute())),
    };
    let Some(from) = time(when.start) else { return String::new() };
    // An end on another day would need its date; the list's own words have it.
    match when.end.filter(|end| end.date() == when.start.date()).and_then(time) {
        Some(to) => page_messages(lang).fill("date.hours", &[("from", &from), ("to", &to)]),
        None => from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schedule;
    use crate::schedule::ScheduleContext;

    #[test]
    fn a_date_is_told_in_every_language() {
        let now: NaiveDateTime = "2026-11-26T12:00:00".parse().unwrap();
        let schedule = [Schedule { text: "第4木曜 13:30〜15:00".to_owned() }];
        let dates = HandoutDates::read(&schedule, &ScheduleContext::new(now.date()));
        let first = |lang| texts(&dates, now, lang)[0].clone();
        assert_eq!(first(Language::Ja), "11月26日（木）13:30〜15:00");
        assert_eq!(first(Language::En), "Thu 26 Nov 13:30–15:00");
        assert_eq!(first(Language::Easy), "11がつ 26にち（もく）13:30〜15:00");
    }
}
