//! Links to the calendar of a place or of a list: to subscribe to it, and as a file; none where there are no dates. This module does
//! no I/O.

use maud::{Markup, html};

use crate::index::{PlaceRanges, Snapshot};
use crate::model::{City, Language, Month, PlaceId};
use crate::publish::calendar::has_dates;
use crate::publish::file_format::FileFormat;
use crate::publish::html::view::PageView;
use crate::publish::messages::page_messages;

/// The links to the calendar of a place; a calendar is the same all month long.
pub fn of_place(snapshot: &Snapshot, id: &PlaceId, lang: Language, month: Month) -> Markup {
    let Some(place) = snapshot.position_of(id).filter(|place| has_dates(snapshot, *place, month.first_day())) else {
        return html! {};
    };
    let path = format!("/places/{}.{}", snapshot.places[place].place.id.0, FileFormat::Calendar.ending());
    html! { p class="actions" { (links(&snapshot.city, &path, lang, Some("button"))) } }
}

/// The links to the calendar of exactly the places of a list.
pub fn of_list(snapshot: &Snapshot, view: &PageView, certain: &PlaceRanges, month: Month) -> Markup {
    if !any_dates(snapshot, certain, month) {
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

/// Whether the schedule of one of the places was read.
fn any_dates(snapshot: &Snapshot, certain: &PlaceRanges, month: Month) -> bool {
    let meetings = snapshot.meetings();
    let rules = meetings.rules_on(month.first_day(), &snapshot.city);
    certain.iter().filter_map(|place| meetings.number_of(place)).any(|set| !rules[set].is_empty())
}
