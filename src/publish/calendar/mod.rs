//! Calendars to subscribe to (RFC 5545): of a place, a category, a district, or a category in a district.
//!
//! Every occurrence is an event of its own, without `RRULE` and `RDATE`: clients lose events with the latter, and no rule of the
//! format says 祝日休, a shifted day, or a fortnight with an anchor. Dates come from [`Timetable`](crate::schedule::Timetable)
//! alone, so that holidays, seasons and closures are absent and nothing is guessed. The bytes depend on the snapshot and the
//! month, never on the moment. This module does no I/O.

mod events;
mod window;
mod write;

use chrono::NaiveDate;

pub use events::{DatedEvent, MOST_EVENTS, every_event};
use events::{DatedEvents, TooManyEvents, has_event};
pub use window::CalendarWindow;

use crate::index::{Filter, Snapshot};
use crate::model::{CategoryId, DistrictId, Language, PlaceId};
use crate::publish::messages::page_messages;

/// The media type of calendars.
pub const ICALENDAR: &str = "text/calendar; charset=utf-8";
/// The ending of their files.
pub const ENDING: &str = "ics";

/// What a calendar is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarScope {
    /// One place.
    Place(PlaceId),
    /// The places of a category, of a district, of both, or all.
    Listed {
        /// The category; `None` for all.
        category: Option<CategoryId>,
        /// The district; `None` for all.
        district: Option<DistrictId>,
    },
}

/// Why there is no calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCalendar {
    /// The audience sees no such place.
    #[error("there is no such place")]
    NoPlace,
    /// The place has no date that is certain: no schedule, one that is not understood, or it is paused or closed.
    #[error("the place has no dates that can be read")]
    NoDates,
    /// A single month has more events than calendar programs bear.
    #[error("one month has more than {MOST_EVENTS} events; subscribe to a district of it")]
    TooMany,
}

/// The calendar of `scope` as of `today`, as UTF-8 with CRLF.
///
/// # Errors
///
/// If the place is not there or without dates, or a month has more than [`MOST_EVENTS`] events. A category or district without
/// any date has an empty calendar: it may get some, and programs drop a calendar that they once could not find.
pub fn calendar(snapshot: &Snapshot, scope: &CalendarScope, today: NaiveDate) -> Result<Vec<u8>, NoCalendar> {
    let title = title(snapshot, scope);
    match scope {
        CalendarScope::Place(id) => {
            let place = snapshot.position_of(id).ok_or(NoCalendar::NoPlace)?;
            if !has_dates(snapshot, place, today) {
                return Err(NoCalendar::NoDates);
            }
            calendar_of(snapshot, &[place], &title, today)
        }
        CalendarScope::Listed { category, district } => {
            let filter = Filter {
                categories: category.iter().cloned().collect(),
                districts: district.iter().cloned().collect(),
                ..Filter::default()
            };
            calendar_of(snapshot, &snapshot.matching(&filter).iter().collect::<Vec<_>>(), &title, today)
        }
    }
}

/// The calendar of these places.
///
/// # Errors
///
/// If a month has more than [`MOST_EVENTS`] events.
pub fn calendar_of_places(snapshot: &Snapshot, places: &[usize], today: NaiveDate) -> Result<Vec<u8>, NoCalendar> {
    let title = title(snapshot, &CalendarScope::Listed { category: None, district: None });
    calendar_of(snapshot, places, &title, today)
}

fn calendar_of(snapshot: &Snapshot, places: &[usize], title: &str, today: NaiveDate) -> Result<Vec<u8>, NoCalendar> {
    let wanted = CalendarWindow::around(today);
    let events = DatedEvents::of(snapshot, places, wanted).map_err(|TooManyEvents| NoCalendar::TooMany)?;
    let shorter = Some(events.window()).filter(|window| *window != wanted);
    let description = shorter.map(|window| {
        let (from, to) = (window.first().to_string(), window.last().to_string());
        page_messages(Language::Ja).fill("calendar.shorter", &[("from", &from), ("to", &to)])
    });
    Ok(write::calendar(snapshot, title, description.as_deref(), &events))
}

/// Whether the place with the index `place` has a calendar as of `today`.
pub fn has_dates(snapshot: &Snapshot, place: usize, today: NaiveDate) -> bool {
    has_event(snapshot, place, CalendarWindow::around(today))
}

/// The name under which programs list the calendar: 「体操・運動 大屋地区（養父市）」.
fn title(snapshot: &Snapshot, scope: &CalendarScope) -> String {
    let messages = page_messages(Language::Ja);
    let subject = match scope {
        CalendarScope::Place(id) => snapshot.by_id(id).map(|it| it.place.facts.name.clone()).unwrap_or_default(),
        CalendarScope::Listed { category: None, district: None } => messages.text("calendar.all").to_owned(),
        CalendarScope::Listed { category, district } => {
            let category = category.as_ref().and_then(|id| snapshot.categories.by_id(id)).map(|it| it.name.japanese());
            let district = district.as_ref().and_then(|id| snapshot.districts.by_id(id)).map(|it| it.name.as_str());
            [category, district].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    let title = messages.fill("calendar.title", &[("subject", &subject), ("city", &snapshot.city.name)]);
    if snapshot.sample { messages.fill("calendar.sample", &[("title", &title)]) } else { title }
}
