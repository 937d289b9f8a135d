//! A place in the list. `web/list.js` renders the same from GeoJSON. This module does no I/O.

use std::borrow::Cow;

use maud::{Markup, html};

use super::brief::{confirmed, when_text, where_line};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{AccessFact, Language, Precision, Status};
use crate::publish::html::layout::digits;
use crate::publish::html::view::PageView;
use crate::publish::messages::{lang_of, page_messages};

/// The access facts that get a badge, with their message keys.
const BADGES: [(AccessFact, &str); 6] = [
    (AccessFact::PickUp, "badge.pick_up"),
    (AccessFact::StepFree, "badge.step_free"),
    (AccessFact::FreeOfCharge, "badge.free_of_charge"),
    (AccessFact::VisitFirst, "badge.visit_first"),
    (AccessFact::BookingNeeded, "badge.booking_needed"),
    (AccessFact::Full, "badge.full"),
];

/// A place as an item of the list.
pub fn card(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView) -> Markup {
    let (lang, place) = (view.lang, &listed.place);
    let messages = page_messages(lang);
    let facts = &place.facts;
    let nth = snapshot.categories.all().iter().position(|c| c.id == facts.category);
    let category = snapshot.categories.by_id(&facts.category);
    let shown = view.place.as_ref() == Some(&place.id);
    html! {
        li class={ "card" @if let Some(n) = nth { " k" (n) } } data-place=(place.id.0) {
            span class="icon" aria-hidden="true" {}
            div class="card-text" {
                p class="name" {
                    a href=(view.place_url(&place.id)) lang=[lang_of(&facts.name, lang)]
                        aria-current=[shown.then_some("true")] { (facts.name) }
                }
                @if let Some(kana) = facts.kana.as_deref().filter(|kana| *kana != facts.name) {
                    p class="kana" lang=[lang_of(kana, lang)] { (kana) }
                }
                p class="kind" {
                    (category.map_or(facts.category.0.as_str(), |c| c.name.text(lang)))
                    @if let Some(district) = known_district(snapshot, listed) { " ・ " (district) }
                }
                @if let Some(line) = where_line(facts) { p class="where" lang=[lang_of(line, lang)] { (line) } }
                @let when = when_text(facts, lang);
                p class="when" lang=[lang_of(&when, lang)] { (when) }
                @if let Some(cost) = &facts.cost {
                    p class="cost" { (messages.text("card.cost")) ": " span lang=[lang_of(cost, lang)] { (cost) } }
                }
                @if let Some(phone) = &facts.contact.phone { (telephone(phone, lang)) }
                @let badges = badges(listed, lang);
                @if !badges.is_empty() {
                    ul class="badges" { @for (class, text) in &badges { li class=[*class] { (text) } } }
                }
                @if let Some(words) = confirmed(place, lang) { p class="confirmed" { (words) } }
            }
        }
    }
}

/// The telephone number, as a link where a telephone can dial it.
fn telephone(phone: &str, lang: Language) -> Markup {
    let number = digits(phone);
    html! {
        p class="phone" { (page_messages(lang).text("detail.phone")) ": "
            @if number.is_empty() { (phone) } @else { a href={ "tel:" (number) } { (phone) } } }
    }
}

/// The badges of a place: that it is of the sample, status, access facts, approximate position; each with its CSS class.
fn badges(listed: &VisiblePlace, lang: Language) -> Vec<(Option<&'static str>, Cow<'static, str>)> {
    let messages = page_messages(lang);
    let facts = &listed.place.facts;
    let sample = listed.sample.then(|| (Some("warn"), messages.text("badge.sample").into()));
    let status = match facts.status {
        Status::Active => None,
        Status::Paused => Some((Some("warn"), messages.text("status.paused").into())),
        Status::Closed => Some((Some("warn"), messages.text("status.closed").into())),
    };
    let known = BADGES.iter().filter(|(fact, _)| facts.access.get(fact).is_some_and(|known| known.yes));
    let known = known.map(|(fact, key)| {
        // A ride for some only, or from somewhere only, is told with its limit.
        let limit = facts.access.get(fact).filter(|_| *fact == AccessFact::PickUp).and_then(|known| known.limit());
        let text = messages.text(key);
        let text = limit.map_or(Cow::Borrowed(text), |limit| Cow::Owned(format!("{text}: {limit}")));
        ((*fact == AccessFact::Full).then_some("warn"), text)
    });
    let roughly = facts.site.filter(|site| site.precision != Precision::Door);
    let roughly = roughly.map(|_| (Some("quiet-badge"), messages.text("precision.short").into()));
    sample.into_iter().chain(status).chain(known).chain(roughly).collect()
}

/// The name of the district that contains the place.
fn known_district<'a>(snapshot: &'a Snapshot, listed: &VisiblePlace) -> Option<&'a str> {
    listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id)).map(|d| d.name.as_str())
}

/// The name of the district that contains the place, else the one that the list names.
pub fn district_name<'a>(snapshot: &'a Snapshot, listed: &'a VisiblePlace) -> Option<&'a str> {
    known_district(snapshot, listed).or(listed.place.facts.district_written.as_deref())
}
