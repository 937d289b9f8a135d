//! One place on a paper: number, name, kind, days, where, how to get there, telephone. This module does no I/O.

use maud::{Markup, html};

use super::PaperContext;
use crate::index::VisiblePlace;
use crate::model::{AccessFact, Facts};
use crate::publish::html::places::{contact_of, when_text, where_text};

/// Facts that decide whether somebody goes, with the words for a yes.
const DECIDING: [(AccessFact, &str); 4] = [
    (AccessFact::PickUp, "badge.pick_up"),
    (AccessFact::StepFree, "badge.step_free"),
    (AccessFact::FreeOfCharge, "badge.free_of_charge"),
    (AccessFact::BookingNeeded, "badge.booking_needed"),
];

/// A place of the list; `number` is also its anchor.
pub(super) fn entry(paper: &PaperContext, number: usize, listed: &VisiblePlace) -> Markup {
    let facts = &listed.place.facts;
    let snapshot = paper.snapshot;
    let kind = snapshot.categories.by_id(&facts.category).map(|it| it.name.text(paper.view.lang));
    html! {
        li class="entry" id={ "n" (number) } {
            span class="entry-number" { (number) }
            div class="entry-text" {
                (name(facts))
                @if let Some(kind) = kind { p class="entry-kind" { (kind) } }
                (days(paper, listed))
                (whereabouts(facts))
                (call(paper, listed))
                (badges(paper, facts))
            }
        }
    }
}

/// The name with its reading.
pub(super) fn name(facts: &Facts) -> Markup {
    html! {
        h3 class="entry-name" {
            @match facts.kana.as_deref().filter(|kana| *kana != facts.name) {
                Some(kana) => ruby { (facts.name) rp { "（" } rt { (kana) } rp { "）" } },
                None => (facts.name),
            }
        }
    }
}

/// The days as the list has them, and the next one.
pub(super) fn days(paper: &PaperContext, listed: &VisiblePlace) -> Markup {
    html! {
        @match paper.spoken(listed) {
            Some(spoken) if spoken.is_whole => p class="entry-when" { (spoken.text) },
            Some(spoken) => {
                p class="entry-when" { (spoken.text) }
                @let written = when_text(&listed.place.facts, paper.view.lang);
                p class="entry-written" { (paper.fill("schedule.written", &[("words", &written)])) }
            }
            None => p class="entry-when" { (when_text(&listed.place.facts, paper.view.lang)) },
        }
        @if let Some(dates) = paper.dates(listed) { p class="entry-next" data-dates=(dates) data-next="1" hidden {} }
    }
}

/// Venue and address, else the 大字, and how to get there.
pub(super) fn whereabouts(facts: &Facts) -> Markup {
    html! {
        @if let Some(text) = where_text(facts) { p class="entry-where" { (text) } }
        @if let Some(way) = &facts.directions { p class="entry-way" { (way) } }
    }
}

/// Whom to call: never a person.
pub(super) fn call(paper: &PaperContext, listed: &VisiblePlace) -> Markup {
    let contact = contact_of(paper.snapshot, listed);
    html! {
        @if let Some(phone) = contact.phone {
            p class="entry-phone" { (paper.text("detail.phone")) " " strong { (phone) } @if let Some(office) = contact.office { "（" (office) "）" } }
        } @else if let Some(office) = contact.office {
            p class="entry-phone" { (paper.text("detail.contact")) "：" (office) }
        }
    }
}

fn badges(paper: &PaperContext, facts: &Facts) -> Markup {
    let known = DECIDING.iter().filter(|(fact, _)| facts.access.get(fact).is_some_and(|known| known.yes));
    let words: Vec<&str> = known.map(|(_, key)| paper.text(key)).collect();
    html! { @if !words.is_empty() { p class="entry-badges" { (words.join("・")) } } }
}
