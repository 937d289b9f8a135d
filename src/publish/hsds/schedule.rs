//! The schedules of a service: the words always, and a recurrence where it means exactly what they say. This module does no I/O.

use chrono::Weekday;
use serde_json::{Map, Value, json};

use super::identity::{IdentityKind, uuid};
use crate::model::{City, Place};
use crate::schedule::rule::{DayPattern, HolidayRule, TimeSlot};
use crate::schedule::{ScheduleContext, read};

/// The first minute of the next day.
const MIDNIGHT: u16 = 24 * 60;

/// The schedules of a place, one per statement.
pub(super) fn schedules(city: &City, context: &ScheduleContext, place: &Place, service: &str) -> Vec<Value> {
    let all = place.facts.schedule.iter().enumerate();
    let written = all.map(|(n, statement)| {
        let mut schedule = Map::new();
        schedule.insert("id".to_owned(), uuid(city, IdentityKind::Schedule, &format!("{}:{n}", place.id.0)).into());
        schedule.insert("service_id".to_owned(), service.into());
        schedule.insert("description".to_owned(), statement.text.clone().into());
        let reading = read(&statement.text, context);
        let plain = reading.rule.as_ref().filter(|_| reading.unread.is_none()).and_then(|rule| rule.plain_session());
        if let Some(recurrence) = plain.and_then(|(days, hours)| recurrence(days, hours)) {
            schedule.extend(recurrence);
        }
        Value::Object(schedule)
    });
    written.collect()
}

/// Days and hours in the words of RFC 5545; `None` where these cannot say them.
fn recurrence(days: &DayPattern, hours: Option<TimeSlot>) -> Option<Map<String, Value>> {
    let mut said = match days {
        DayPattern::Weekly { weekdays, holidays: HolidayRule::AsAnyDay } => {
            json!({ "freq": "WEEKLY", "byday": joined(weekdays.iter().map(|day| letters(day).to_owned())) })
        }
        DayPattern::Nth { nths, weekdays } => {
            let each = nths.iter().flat_map(|nth| weekdays.iter().map(move |day| format!("{nth}{}", letters(day))));
            json!({ "freq": "MONTHLY", "byday": joined(each) })
        }
        DayPattern::Monthly(days) => {
            json!({ "freq": "MONTHLY", "bymonthday": joined(days.iter().map(|day| day.to_string())) })
        }
        DayPattern::Fortnight { anchor } => json!({
            "freq": "WEEKLY", "interval": 2, "dtstart": anchor.to_string(),
            "byday": letters(chrono::Datelike::weekday(anchor)),
        }),
        DayPattern::Weekly { .. } | DayPattern::Dates(_) | DayPattern::AfterHoliday => return None,
    };
    if let Some(TimeSlot { from, to }) = hours {
        if from >= MIDNIGHT || to.is_some_and(|to| to >= MIDNIGHT) {
            return None;
        }
        said["opens_at"] = clock(from).into();
        if let Some(to) = to {
            said["closes_at"] = clock(to).into();
        }
    }
    match said {
        Value::Object(said) => Some(said),
        _ => None,
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

/// A day of the week as RFC 5545 writes it.
pub(super) fn letters(day: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.num_days_from_monday() as usize]
}

/// Minutes after midnight as a time of day in Japan.
fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}+09:00", minutes / 60, minutes % 60)
}
