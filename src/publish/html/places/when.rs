//! The fold 「いつ・条件」: times, what must be known of a place, and the order from a start; each choice is a link.
//!
//! This module does no I/O.

use maud::{Markup, html};

use super::hidden_fields::hidden_fields;
use super::start::list_start;
use crate::index::Snapshot;
use crate::index::filter::conditions::{AskedDays, DayPart, OFFERED_FACTS, PlaceFact, WEEKDAYS};
use crate::model::Language;
use crate::publish::html::view::PageView;
use crate::publish::messages::page_messages;

/// The fold with all conditions.
pub fn fold(snapshot: &Snapshot, view: &PageView) -> Markup {
    let messages = page_messages(view.lang);
    let days = AskedDays::ALL.map(AskedDays::code);
    let weekdays = WEEKDAYS.map(|(code, _)| code);
    let parts = DayPart::ALL.map(DayPart::code);
    html! {
        details class="fold" data-fold="when" {
            summary { (messages.text("filter.when")) }
            h3 class="fold-title" { (messages.text("filter.when")) }
            div id="when-chips" {
                @for (key, codes) in [("filter.days", &days[..]), ("filter.weekdays", &weekdays[..]), ("filter.parts", &parts[..])] {
                    div class="chip-group" {
                        p class="chip-title" { (messages.text(key)) }
                        ul class="chips" aria-label=(messages.text(key)) { @for code in codes { (when_chip(code, view)) } }
                    }
                }
                div class="chip-group" {
                    p class="chip-title" { (messages.text("filter.facts")) }
                    ul class="chips" aria-label=(messages.text("filter.facts")) {
                        @for fact in OFFERED_FACTS { (fact_chip(fact, view)) }
                    }
                }
                (from_form(snapshot, view))
            }
        }
    }
}

fn when_chip(code: &str, view: &PageView) -> Markup {
    let on = view.filter.when.codes().contains(&code);
    html! {
        li { a class="chip" href=(view.toggle_when(code).url()) data-when=(code) aria-current=[on.then_some("true")] {
            (label(code, view.lang)) } }
    }
}

fn fact_chip(fact: PlaceFact, view: &PageView) -> Markup {
    let on = view.filter.facts.contains(&fact);
    html! {
        li { a class="chip" href=(view.toggle_fact(fact).url()) data-fact=(fact.code()) aria-current=[on.then_some("true")] {
            (fact_label(fact, view.lang)) } }
    }
}

/// The form that orders the list by distance from a name.
fn from_form(snapshot: &Snapshot, view: &PageView) -> Markup {
    let messages = page_messages(view.lang);
    let is_unknown = !view.from.is_empty() && list_start(snapshot, &view.from).is_none();
    html! {
        form class="from" id="from-form" action=(view.form_url()) method="get" {
            label for="from" { (messages.text("filter.from")) }
            div class="search-row" {
                input id="from" name="from" type="text" value=(view.from) autocomplete="off" enterkeyhint="search"
                    aria-describedby="from-note";
                button type="submit" { (messages.text("filter.from_button")) }
            }
            (hidden_fields(view, "from"))
            p class="note" id="from-note" {
                @if is_unknown { (messages.fill("filter.from_unknown", &[("place", &view.from)])) }
                @else { (messages.text("filter.from_note")) }
            }
        }
    }
}

/// The label of a code of time.
pub fn label(code: &str, lang: Language) -> String {
    page_messages(lang).text(&format!("when.{code}")).to_owned()
}

/// The label of a fact.
pub fn fact_label(fact: PlaceFact, lang: Language) -> String {
    page_messages(lang).text(&format!("access.{}", fact.code())).to_owned()
}
