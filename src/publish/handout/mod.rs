//! The handout (社会とのつながり処方箋): the parts of the paper that a person takes home.
//!
//! [`handout`] turns a [`HandoutOrder`] (which places, from which start) into a [`Handout`]: per place its description, directions,
//! times, contact and what to ask; one map; a calendar of five weeks; and what the code says. The page in the browser lays the parts out and adds
//! what the server must not receive: the link worker's own lines, and the code at the foot.
//!
//! Redaction: anybody may find the paper, so it contains public facts only (`shown`). Furigana come from the list, the
//! gazetteer and our message catalogue (`align`, `readings`, `ruby`) and are never guessed. This module does no I/O and stores
//! nothing.

pub mod align;
pub mod dates;
mod order;
mod part;
pub mod qr;
pub mod readings;
mod shown;
mod way;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::publish::ruby::{self, RubyText};
pub use crate::publish::svg::MapDrawing;
pub use dates::{CalendarEntry, CalendarSpan, HandoutDate};
pub use order::{FIELDS, HandoutOrder, HandoutOrderError, MOST_PLACES};
pub use part::{HandoutContact, HandoutDirections, HandoutFact, HandoutPlace, HandoutTimes};
pub use qr::HandoutCode;
pub use readings::TownReadings;

use self::dates::{HandoutDates, calendar_span, long_date};
use self::part::HandoutWriter;
use self::shown::PublicFacts;
use self::way::HandoutOrigin;
use crate::find::StartPoint;
use crate::index::Snapshot;
use crate::model::{DistrictTable, MeetingMode, PlaceId, Precision};
use crate::publish::paper_code::{PaperCodeParts, PaperCodeTables};
use crate::publish::ruby::{plain, ruby_message};
use crate::publish::svg::{MapMarker, draw};
use crate::schedule::ScheduleContext;

/// The data that a handout is made from.
#[derive(Debug, Clone, Copy)]
pub struct HandoutSources<'a> {
    /// The snapshot of link workers: they choose from its places.
    pub inner: &'a Snapshot,
    /// The public snapshot: only its facts may be printed.
    pub public: &'a Snapshot,
    /// Readings of 大字, for furigana.
    pub readings: &'a TownReadings,
}

/// A handout, as `docs/handout.schema.json` describes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Handout {
    /// The local date on which it was made.
    pub made_on: NaiveDate,
    /// The same as text, with the weekday.
    pub made_on_words: String,
    /// The municipality and its office.
    pub office: HandoutOffice,
    /// Whether `public_url` is set in `city.toml`, so that public places have QR codes.
    pub links: bool,
    /// The name of the start; empty without a start.
    pub from: RubyText,
    /// The places, in the order of the request.
    pub places: Vec<HandoutPlace>,
    /// The map; `None` if no place has a position.
    pub map: Option<MapDrawing>,
    /// The dates of five weeks.
    pub calendar: HandoutCalendar,
    /// What the page puts into the code of the paper, which it makes itself.
    pub code: PaperCodeParts,
}

/// The municipality and its office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoutOffice {
    /// The municipality.
    pub city: RubyText,
    /// The office that is responsible for the list.
    pub name: String,
    /// The telephone number of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether the list is a sample; the paper is then marked as one.
    pub sample: bool,
}

/// The calendar: the dates of all places of a handout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoutCalendar {
    /// The days.
    #[serde(flatten)]
    pub span: CalendarSpan,
    /// Every date in them, in order.
    pub entries: Vec<CalendarEntry>,
    /// Numbers of the places whose schedule was not parsed; the paper lists them with the text of their schedule.
    pub unread: Vec<usize>,
}

/// Makes a handout; `from` is the start of the order, resolved by [`Finder::start`](crate::find::Finder::start), and `now`
/// the local time from which dates are listed.
///
/// # Errors
///
/// If a place does not exist; the error names its field.
pub fn handout(
    sources: &HandoutSources,
    order: &HandoutOrder,
    from: Option<&StartPoint>,
    now: NaiveDateTime,
) -> Result<Handout, HandoutOrderError> {
    let HandoutSources { inner, public, readings } = *sources;
    let city = &inner.city;
    let shown =
        order.places.iter().enumerate().map(|(index, id)| {
            PublicFacts::of(id, inner, public).ok_or_else(|| HandoutOrderError::unknown_place(index))
        });
    let shown: Vec<PublicFacts> = shown.collect::<Result<_, _>>()?;
    let context = ScheduleContext::of_city(city, now.date());
    let dates: Vec<HandoutDates> = shown.iter().map(|it| HandoutDates::of_facts(&it.place.facts, &context)).collect();
    let origin = from.map(|from| resolve_origin(from, &inner.districts, readings));
    let paper = HandoutWriter { city, readings, origin: origin.as_ref(), travel: &order.travel, now };
    let numbered = || (1..).zip(shown.iter().zip(&dates));
    let markers: Vec<MapMarker> = (1..).zip(&shown).filter_map(|(number, shown)| map_marker(number, shown)).collect();
    Ok(Handout {
        made_on: now.date(),
        made_on_words: long_date(now.date()),
        office: office_of(inner),
        links: city.public_url.is_some(),
        places: numbered().map(|(number, (shown, dates))| paper.write_place(number, shown, dates)).collect(),
        map: draw((&inner.land, &inner.districts), origin.as_ref().map(|it| it.position), &markers),
        from: origin.map(|it| it.name).unwrap_or_default(),
        calendar: calendar_of(&dates, now.date()),
        code: code_parts(inner, from, &order.places),
    })
}

/// The start with its name as ruby text.
fn resolve_origin(from: &StartPoint, districts: &DistrictTable, readings: &TownReadings) -> HandoutOrigin {
    let district = from.district.as_ref().and_then(|id| districts.by_id(id));
    let name = from.name.as_deref().map(|name| {
        let own = district.filter(|it| it.name == name).and_then(|it| it.kana.as_deref());
        ruby::reading_over(name, name, own.or_else(|| readings.of(name)))
    });
    let names = district.into_iter().flat_map(|it| [Some(it.name.clone()), it.former_town.clone()]);
    HandoutOrigin {
        names: names.flatten().chain(from.name.clone()).collect(),
        name: name.unwrap_or_else(|| ruby_message("way.point", &[])),
        position: from.position(),
        about: from.about,
    }
}

/// What the code says: the district of the start, and the kind of the places.
fn code_parts(inner: &Snapshot, from: Option<&StartPoint>, places: &[PlaceId]) -> PaperCodeParts {
    let kinds: Vec<_> = places.iter().filter_map(|id| inner.by_id(id)).map(|it| &it.place.facts.category).collect();
    PaperCodeTables::of(inner).parts(from.and_then(|from| from.district.as_ref()), &kinds)
}

/// The municipality and its office, from `city.toml`.
fn office_of(snapshot: &Snapshot) -> HandoutOffice {
    let city = &snapshot.city;
    let kana = Some(city.kana.as_str()).filter(|kana| !kana.is_empty());
    let name = kana.map_or_else(|| plain(&city.name), |kana| align::align(&city.name, kana));
    HandoutOffice { city: name, name: city.office.clone(), phone: city.office_phone.clone(), sample: snapshot.sample }
}

/// The marker of a place on the map; `None` without a position.
fn map_marker(number: usize, shown: &PublicFacts) -> Option<MapMarker> {
    let facts = &shown.place.facts;
    let site = facts.site.filter(|_| facts.mode == MeetingMode::AtPlace)?;
    let rough = site.precision != Precision::Door;
    Some(MapMarker { number, name: facts.name.clone(), position: site.position, rough })
}

/// Merges the dates of all places into one calendar.
fn calendar_of(dates: &[HandoutDates], today: NaiveDate) -> HandoutCalendar {
    let numbered = || (1..).zip(dates);
    let mut entries: Vec<CalendarEntry> = numbered().flat_map(|(number, dates)| dates.entries(today, number)).collect();
    entries.sort_by_key(|it| (it.date, minutes_key(&it.time), it.number));
    let unread = numbered().filter(|(_, dates)| !dates.is_understood()).map(|(number, _)| number).collect();
    HandoutCalendar { span: calendar_span(today), entries, unread }
}

/// Sort key of a time: hour and minute as numbers, so that 9:00 comes before 10:00; no time comes first.
fn minutes_key(time: &str) -> Option<(u32, u32)> {
    let (hour, rest) = time.split_once(':')?;
    Some((hour.parse().ok()?, rest.get(..2)?.parse().ok()?))
}

#[cfg(test)]
mod tests;
