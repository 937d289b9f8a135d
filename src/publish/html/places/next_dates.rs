//! The dates of a place: for a script that knows the day, and written out for readers without one. This module does no I/O.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use serde_json::{Value, json};

use crate::index::filter::meeting_dates::{DateSlot, MeetingDates, RuleDates, steps};
use crate::model::{City, Facts, Language, Month, Status};
use crate::publish::messages::page_messages;

/// How many months are written out, from the current one on.
const WRITTEN_MONTHS: u16 = 3;
/// The most dates that are written out.
pub const MOST_WRITTEN: usize = 30;

/// The dates of a place in the months that pages cover; none while it is paused or closed.
pub fn dates_of(facts: &Facts, month: Month, city: &City) -> MeetingDates {
    let schedule = if facts.status == Status::Active { facts.schedule.as_slice() } else { &[] };
    MeetingDates::read(schedule, month, city)
}

/// The dates as `web/search/dates.js` reads them: whether all was read, whether the next ones can be told, then by rule the slots
/// (days, hours, parts of the day) and the days that the words leave open.
pub fn dates_data(dates: &MeetingDates, first: NaiveDate) -> Value {
    let slot = |it: &DateSlot| json!([steps(first, &it.days), hours_code(it), it.parts]);
    let rule = |it: &RuleDates| json!([it.slots.iter().map(slot).collect::<Vec<_>>(), steps(first, &it.open)]);
    let rules: Vec<Value> = dates.rules.iter().map(rule).collect();
    json!([u8::from(dates.complete), u8::from(dates.can_tell_next), rules])
}

/// What a page says of its dates in an attribute; `None` where there is nothing that could be next.
pub fn dates_attribute(dates: &MeetingDates, month: Month) -> Option<String> {
    let first = month.first_day();
    let is_useful = dates.can_tell_next && !dates.is_empty();
    is_useful.then(|| json!([first, dates_data(dates, first)]).to_string())
}

/// `13:30`, `13:30-15:00`; empty where no hour is known.
fn hours_code(slot: &DateSlot) -> String {
    let code = |time: NaiveTime| time.format("%H:%M").to_string();
    match (slot.from, slot.to) {
        (None, _) => String::new(),
        (Some(from), None) => code(from),
        (Some(from), Some(to)) => format!("{}-{}", code(from), code(to)),
    }
}

/// The dates to write out: those of this month and the next two that are certain, in order; at most 30.
pub fn certain_dates(dates: &MeetingDates, month: Month) -> Vec<(NaiveDate, &DateSlot)> {
    if !dates.can_tell_next {
        return Vec::new();
    }
    let first_open = dates.rules.iter().filter_map(|rule| rule.open.first()).min();
    let end = month.on(WRITTEN_MONTHS);
    let is_certain = |day: NaiveDate| Month::of(day) < end && first_open.is_none_or(|open| day < *open);
    let slots = dates.rules.iter().flat_map(|rule| &rule.slots);
    let mut all: Vec<(NaiveDate, &DateSlot)> = slots
        .flat_map(|slot| slot.days.iter().map(move |day| (*day, slot)))
        .filter(|(day, _)| is_certain(*day))
        .collect();
    all.sort_by_key(|(day, slot)| (*day, slot.from, slot.to));
    all.dedup_by_key(|(day, slot)| (*day, slot.from, slot.to));
    all.truncate(MOST_WRITTEN);
    all
}

/// 「11月26日（木）13:30〜15:00」.
pub fn date_text(day: NaiveDate, slot: &DateSlot, lang: Language) -> String {
    let hours = hours(slot, lang);
    let day = day_text(day, lang);
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
fn hours(slot: &DateSlot, lang: Language) -> String {
    let text = |time: NaiveTime| format!("{}:{:02}", time.hour(), time.minute());
    match (slot.from, slot.to) {
        (None, _) => String::new(),
        (Some(from), None) => text(from),
        (Some(from), Some(to)) => page_messages(lang).fill("date.hours", &[("from", &text(from)), ("to", &text(to))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schedule;

    fn dates(text: &str) -> (MeetingDates, Month) {
        let month = "2026-11".parse().unwrap();
        (MeetingDates::read(&[Schedule { text: text.to_owned() }], month, &City::default()), month)
    }

    #[test]
    fn a_date_is_told_in_every_language() {
        let (dates, month) = dates("第4木曜 13:30〜15:00");
        let first = |lang| {
            let (day, slot) = certain_dates(&dates, month)[0];
            date_text(day, slot, lang)
        };
        assert_eq!(first(Language::Ja), "11月26日（木）13:30〜15:00");
        assert_eq!(first(Language::En), "Thu 26 Nov 13:30–15:00");
        assert_eq!(first(Language::Easy), "11がつ 26にち（もく）13:30〜15:00");
    }

    #[test]
    fn three_months_are_written_out_and_nothing_uncertain() {
        let days = |text: &str| {
            let (dates, month) = dates(text);
            certain_dates(&dates, month).iter().map(|(day, _)| day.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(days("毎月15日"), ["2026-11-15", "2026-12-15", "2027-01-15"]);
        assert_eq!(days("毎日 9:00〜17:00").len(), MOST_WRITTEN);
        assert_eq!(days("毎週木曜 10:00〜11:00（小学校の休業中は休み）").last().unwrap(), "2026-12-17");
        assert!(days("不定期").is_empty());
    }

    #[test]
    fn the_script_gets_days_hours_and_what_is_open() {
        let (dates, month) = dates("第2・4木曜 13:30〜15:00");
        let attribute = dates_attribute(&dates, month).unwrap();
        assert!(attribute.starts_with(r#"["2026-11-01",[1,1,[[[["ceeele"#), "{attribute}");
        assert!(attribute.contains(r#""13:30-15:00",2]],""]]]]"#), "{attribute}");
        let (unread, _) = self::dates("不定期");
        assert_eq!(dates_attribute(&unread, month), None);
    }
}
