//! Links to the calendar of a place or of a list: to subscribe to it, and as a file; none where there are no dates. This module does
//! no I/O.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use crate::index::{PlaceRanges, Snapshot};
use crate::model::{City, Language, PlaceId};
use crate::publish::calendar::{CalendarWindow, has_dates};
use crate::publish::file_format::FileFormat;
use crate::publish::html::view::PageView;
use crate::publish::messages::page_messages;

/// The links to the calendar of a place.
pub fn of_place(snapshot: &Snapshot, id: &PlaceId, lang: Language, now: NaiveDateTime) -> Markup {
    let Some(place) = snapshot.position_of(id).filter(|place| has_dates(snapshot, *place, now.date())) else {
        return html! {};
    };
    let path = format!("/places/{}.{}", snapshot.places[place].place.id.0, FileFormat::Calendar.ending());
    html! { p class="actions" { (links(&snapshot.city, &path, lang, Some("button"))) } }
}

/// The links to the calendar of exactly the places of a list.
pub fn of_list(snapshot: &Snapshot, view: &PageView, certain: &PlaceRanges, now: NaiveDateTime) -> Markup {
    if !any_dates(snapshot, certain, now) {
        return html! {};
    }
    html! { p class="download" { (links(&snapshot.city, &view.data_url(FileFormat::Calendar), view.lang, None)) } }
}

fn links(city: &City, path: &str, lang: Language, class: Option<&str>) -> Markup {
    let messages = page_messages(lang);
    // The address of a feed needs its host, which only the settings know.
    let host =
        city.public_url.as_deref().and_then(|url| url.split_once("://")).map(|(_, host)| host.trim_end_matches('/'));
    html! {
        @if let Some(host) = host {
            a class=[class] href={ "webcal://" (host) (path) } data-webcal=(host) { (messages.text("calendar.subscribe")) } " "
        }
        a class=[class] href=(path) data-format=(FileFormat::Calendar.ending()) download { (messages.text("calendar.file")) }
    }
}

/// Whether one of the places meets on a day of its calendar that is still to come.
fn any_dates(snapshot: &Snapshot, certain: &PlaceRanges, now: NaiveDateTime) -> bool {
    let (meetings, last) = (snapshot.meetings(), CalendarWindow::around(now.date()).last());
    let weeks = meetings.on(now.date(), &snapshot.city);
    let mut sets = certain.iter().filter_map(|place| meetings.number_of(place));
    sets.any(|set| weeks[set].next.iter().any(|next| next.start.date() <= last))
}
