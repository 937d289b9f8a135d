//! The leaflet for a door: for one 大字, five gentle places nearby and the office to call; no name of anybody.
//!
//! For those who do not come: it asks for nothing and names nobody, neither who lives there nor who runs a place. This module does
//! no I/O.

use maud::html;

use super::{PaperContext, entry, list, parts};
use crate::index::{LandLabel, VisiblePlace};
use crate::model::{AccessFact, MeetingMode, Metres, Status};
use crate::publish::html::view::query_value;

/// How many places stand on it.
const PLACES: usize = 5;
/// How far a place may be, in metres: half an hour by bus.
const FAR_M: f64 = 12_000.0;
/// Metres that one gentle fact makes up for.
const GENTLE_M: f64 = 1_500.0;
/// What makes a first visit easy.
const GENTLE: [AccessFact; 8] = [
    AccessFact::VisitFirst,
    AccessFact::Beginners,
    AccessFact::MetFirstTime,
    AccessFact::AloneWelcome,
    AccessFact::SmallGroup,
    AccessFact::Quiet,
    AccessFact::PickUp,
    AccessFact::FreeOfCharge,
];

/// The leaflet of the 大字 called `town`; without one that is known, the choice of 大字.
pub fn door_paper(paper: &PaperContext, town: &str) -> String {
    let known = paper.snapshot.land.towns.iter().find(|label| label.whole == town);
    let Some(town) = known else { return choice(paper) };
    let places = gentle_places(paper, town);
    let numbered: Vec<(usize, &VisiblePlace)> = (1..).zip(places).collect();
    let title = paper.fill("print.door_title", &[("town", &town.whole)]);
    let body = html! {
        div class="door" {
            (parts::head(paper, &title, Some(paper.text("print.door_lead")), "/"))
            (parts::office_to_call(paper))
            @if numbered.is_empty() { p { (paper.text("print.none")) } }
            ol class="entries door-entries" { @for (number, listed) in &numbered { (entry::entry(paper, *number, listed)) } }
            @if let Some(map) = list::map_of(paper, &numbered, None, "") { figure class="paper-map small" { (map) } }
        }
    };
    paper.document(&title, "/print/door", &body)
}

/// The gentlest places near the 大字, the gentlest and nearest first.
fn gentle_places<'a>(paper: &PaperContext<'a>, town: &LandLabel) -> Vec<&'a VisiblePlace> {
    let mut found: Vec<(f64, &VisiblePlace)> = Vec::new();
    for listed in paper.snapshot.places.iter().filter(|listed| is_for_a_door(listed)) {
        let Some(site) = listed.place.facts.site else { continue };
        let Metres(away) = site.position.distance_to(town.position);
        if away <= FAR_M {
            found.push((away - GENTLE_M * gentleness(listed), listed));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.place.id.cmp(&b.1.place.id)));
    found.into_iter().take(PLACES).map(|(_, listed)| listed).collect()
}

/// Whether it takes place, has room and a time, and is nobody's own home.
fn is_for_a_door(listed: &VisiblePlace) -> bool {
    let facts = &listed.place.facts;
    let is_yes = |fact: AccessFact| facts.access.get(&fact).is_some_and(|answer| answer.yes);
    let turns_away = listed.place.verification.as_ref().is_some_and(|it| it.accepts_new == Some(false));
    facts.status == Status::Active
        && facts.mode == MeetingMode::AtPlace
        && !listed.private
        && !facts.schedule.is_empty()
        && !is_yes(AccessFact::Full)
        && !is_yes(AccessFact::Strenuous)
        && !turns_away
}

/// How many gentle facts are known.
fn gentleness(listed: &VisiblePlace) -> f64 {
    let access = &listed.place.facts.access;
    GENTLE.iter().filter(|fact| access.get(fact).is_some_and(|answer| answer.yes)).map(|_| 1.0).sum()
}

/// The choice of a 大字.
fn choice(paper: &PaperContext) -> String {
    let mut towns: Vec<&LandLabel> = paper.snapshot.land.towns.iter().collect();
    towns.sort_by(|a, b| (&a.kana, &a.whole).cmp(&(&b.kana, &b.whole)));
    let title = paper.text("print.door_choose");
    let link = |town: &LandLabel| format!("/print/door?town={}{}", query_value(&town.whole), language(paper));
    let body = html! {
        h1 { (title) }
        p { (paper.text("print.door_about")) }
        @if towns.is_empty() { p { (paper.text("print.door_no_towns")) } }
        ul class="paper-links" { @for town in &towns { li { a href=(link(town)) { (town.whole) } } } }
    };
    paper.document(title, "/print", &body)
}

fn language(paper: &PaperContext) -> String {
    if paper.view.lang_chosen { format!("&lang={}", paper.view.lang.code()) } else { String::new() }
}
