//! One place in the list. `web/list.js` draws the same from GeoJSON. This module does no I/O.

use std::borrow::Cow;

use maud::{Markup, html};

use super::filters::category_name;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::Language;
use crate::model::{AccessFact, Facts, Precision, Status};
use crate::publish::html::view::PageView;
use crate::publish::messages::lang_of;

/// The facts that are worth a badge in the list.
const BADGES: [(AccessFact, &str); 6] = [
    (AccessFact::PickUp, "badge.pick_up"),
    (AccessFact::StepFree, "badge.step_free"),
    (AccessFact::FreeOfCharge, "badge.free_of_charge"),
    (AccessFact::VisitFirst, "badge.visit_first"),
    (AccessFact::BookingNeeded, "badge.booking_needed"),
    (AccessFact::Full, "badge.full"),
];

/// The place as an item of the list.
pub fn card(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView) -> Markup {
    let (lang, place) = (view.lang, &listed.place);
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
                    (category.map_or(facts.category.0.as_str(), |c| category_name(c, lang)))
                    @if let Some(district) = known_district(snapshot, listed) { " ・ " (district) }
                }
                @let when = when(facts, lang);
                p class="when" lang=[lang_of(&when, lang)] { (when) }
                @if let Some(cost) = &facts.cost {
                    p class="cost" { (lang.text("card.cost")) ": " span lang=[lang_of(cost, lang)] { (cost) } }
                }
                @if let Some(phone) = &facts.contact.phone { p class="phone" { (lang.text("detail.phone")) ": " (phone) } }
                @let badges = badges(facts, lang);
                @if !badges.is_empty() {
                    ul class="badges" { @for (class, text) in &badges { li class=[*class] { (text) } } }
                }
            }
        }
    }
}

/// When it takes place, in the words of the list; says so when that is not known.
fn when(facts: &Facts, lang: Language) -> String {
    let words: Vec<_> = facts.schedule.iter().map(|s| s.text.as_str()).collect();
    if words.is_empty() { format!("{}: {}", lang.text("card.when"), lang.text("unknown")) } else { words.join("、") }
}

fn badges(facts: &Facts, lang: Language) -> Vec<(Option<&'static str>, Cow<'static, str>)> {
    let status = match facts.status {
        Status::Active => None,
        Status::Paused => Some((Some("warn"), lang.text("status.paused").into())),
        Status::Closed => Some((Some("warn"), lang.text("status.closed").into())),
    };
    let known = BADGES.iter().filter(|(fact, _)| facts.access.get(fact).is_some_and(|known| known.yes));
    let known = known.map(|(fact, key)| {
        // A ride for some only, or from somewhere only, is told with its limit.
        let limit = facts.access.get(fact).filter(|_| *fact == AccessFact::PickUp).and_then(|known| known.limit());
        let text = lang.text(key);
        let text = limit.map_or(Cow::Borrowed(text), |limit| Cow::Owned(format!("{text}: {limit}")));
        ((*fact == AccessFact::Full).then_some("warn"), text)
    });
    let roughly = facts.site.filter(|site| site.precision != Precision::Door);
    let roughly = roughly.map(|_| (Some("quiet-badge"), lang.text("precision.short").into()));
    status.into_iter().chain(known).chain(roughly).collect()
}

fn known_district<'a>(snapshot: &'a Snapshot, listed: &VisiblePlace) -> Option<&'a str> {
    listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id)).map(|d| d.name.as_str())
}

/// The name of the district it lies in, or what the list says of that.
pub fn district_name<'a>(snapshot: &'a Snapshot, listed: &'a VisiblePlace) -> Option<&'a str> {
    known_district(snapshot, listed).or(listed.place.facts.district_written.as_deref())
}
