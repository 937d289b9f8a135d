//! A place in the list. `web/list.js` renders the same from GeoJSON. This module does no I/O.

use std::borrow::Cow;
use std::sync::Arc;

use maud::{Markup, html};

use super::brief::{confirmed, when_text};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{AccessFact, Facts, Language, Month, Precision, Status};
use crate::publish::html::layout::digits;
use crate::publish::html::ruby::ruby;
use crate::publish::html::view::PageView;
use crate::publish::messages::{lang_of, page_messages};
use crate::publish::name_readings::NameReadings;
use crate::publish::ruby::base_text;
use crate::publish::rule_words::spoken_schedule;
use crate::schedule::ScheduleContext;

/// The access facts that get a badge, with their message keys.
const BADGES: [(AccessFact, &str); 6] = [
    (AccessFact::PickUp, "badge.pick_up"),
    (AccessFact::StepFree, "badge.step_free"),
    (AccessFact::FreeOfCharge, "badge.free_of_charge"),
    (AccessFact::VisitFirst, "badge.visit_first"),
    (AccessFact::BookingNeeded, "badge.booking_needed"),
    (AccessFact::Full, "badge.full"),
];

/// What all cards of a list share.
pub struct CardList<'a> {
    snapshot: &'a Snapshot,
    view: &'a PageView,
    names: Arc<NameReadings>,
    schedules: ScheduleContext,
}

impl<'a> CardList<'a> {
    /// The cards of a list in a month. What is next the script adds, which knows the day.
    pub fn new(snapshot: &'a Snapshot, view: &'a PageView, month: Month) -> Self {
        Self {
            snapshot,
            view,
            names: NameReadings::of(snapshot, view.lang),
            schedules: ScheduleContext::of_city(&snapshot.city, month.first_day()),
        }
    }

    /// The place number `at` of the snapshot as an item of the list.
    pub fn card(&self, at: usize) -> Markup {
        let listed = &self.snapshot.places[at];
        let (lang, place) = (self.view.lang, &listed.place);
        let facts = &place.facts;
        let nth = self.snapshot.categories.all().iter().position(|c| c.id == facts.category);
        let shown = self.view.place.as_ref() == Some(&place.id);
        html! {
            li class={ "card" @if let Some(n) = nth { " k" (n) } } data-place=(place.id.0) {
                span class="icon" aria-hidden="true" {}
                div class="card-text" {
                    h4 class="name" {
                        a href=(self.view.place_url(&place.id)) lang=[lang_of(&facts.name, lang)]
                            aria-current=[shown.then_some("true")] { (ruby(&self.names.name(facts))) }
                    }
                    @if let Some(reading) = self.names.below(facts) {
                        p class="kana" lang=[lang_of(&reading, lang)] { (reading) }
                    }
                    (self.kind(listed))
                    @if let Some(line) = self.names.whereabouts(facts) {
                        p class="where" lang=[lang_of(&base_text(&line), lang)] { (ruby(&line)) }
                    }
                    (self.times(listed))
                    (money_and_telephone(facts, lang))
                    @let badges = badges(listed, lang);
                    @if !badges.is_empty() {
                        ul class="badges" { @for (class, text) in &badges { li class=[*class] { (text) } } }
                    }
                    @if let Some(words) = confirmed(place, lang) { p class="confirmed" { (words) } }
                }
            }
        }
    }

    /// Kind and district.
    fn kind(&self, listed: &VisiblePlace) -> Markup {
        let category = self.snapshot.categories.by_id(&listed.place.facts.category);
        let name = category.map_or(listed.place.facts.category.0.as_str(), |c| c.name.text(self.view.lang));
        let district = listed.district.as_ref().and_then(|id| self.snapshot.districts.by_id(id));
        html! {
            p class="kind" { (name) @if let Some(district) = district { " ・ " (ruby(&self.names.district(district))) } }
        }
    }

    /// The days: from the schedule engine in other languages, with the list's own words where these say more.
    fn times(&self, listed: &VisiblePlace) -> Markup {
        let (lang, facts) = (self.view.lang, &listed.place.facts);
        let messages = page_messages(lang);
        let meets = facts.status == Status::Active;
        let spoken = meets.then(|| spoken_schedule(&facts.schedule, &self.schedules, lang)).flatten();
        let written = when_text(facts, lang);
        html! {
            @match &spoken {
                Some(spoken) => {
                    p class="when" { (spoken.text) }
                    @if !spoken.is_whole {
                        p class="written" lang=[lang_of(&written, lang)] { (messages.fill("schedule.written", &[("words", &written)])) }
                    }
                }
                None => p class="when" lang=[lang_of(&written, lang)] { (written) },
            }
        }
    }
}

fn money_and_telephone(facts: &Facts, lang: Language) -> Markup {
    html! {
        @if let Some(cost) = &facts.cost {
            p class="cost" { (page_messages(lang).text("card.cost")) ": " span lang=[lang_of(cost, lang)] { (cost) } }
        }
        @if let Some(phone) = &facts.contact.phone { (telephone(phone, lang)) }
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
