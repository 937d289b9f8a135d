//! Six sides of a life, after Positive Health, in words of our own, with the spider's web. This module does no I/O.
//!
//! For the axes that are low it has what this city offers, by rule ([`activities_per_axis`]); the page shows them by the numbers given.

use maud::{Markup, html};

use super::parts::{date, date_to_come, growing, part, row, text_box};
use super::web;
use crate::find::{AXES, Activity, activities_per_axis};
use crate::index::Snapshot;
use crate::model::Messages;
use crate::model::Thesaurus;

/// The axes in the order of [`Axis`](crate::find::LifeAxis), by the names that a wish knows them by.
const AXIS_KEYS: [&str; AXES] = ["body", "mind", "purpose", "living", "ties", "daily"];
/// The most activities listed per axis.
const HINTS: usize = 6;

/// Its two pages: the talk, and what was seen.
pub(super) fn leaves(words: &Messages, snapshot: &Snapshot, thesaurus: &Thesaurus) -> Vec<Markup> {
    let offered = activities_per_axis(snapshot, thesaurus, HINTS);
    vec![talk(words), seen(words, &offered)]
}

fn axis_name<'a>(words: &'a Messages, axis: &str) -> &'a str {
    words.of("axis_name.", axis)
}

fn talk(words: &Messages) -> Markup {
    let dates =
        [date(words, "assessment.rated_on"), date(words, "assessment.later_on"), text_box(words, "assessment.with")];
    html! {
        (row("thirds", &dates))
        p class="how" { (words.text("assessment.how")) }
        p class="how" { strong { (words.text("assessment.scale")) } "　" span class="on-paper" { (words.text("assessment.mark")) } }
        div class="axes tall" { @for axis in AXIS_KEYS { (side(words, axis)) } }
    }
}

/// One axis: what to ask, two numbers, what was said.
fn side(words: &Messages, axis: &str) -> Markup {
    html! {
        section class="axis" data-axis=(axis) {
            h3 { (axis_name(words, axis)) }
            ul { @for asks in words.of("axis_asks.", axis).lines() { li { (asks) } } }
            div class="rate" {
                (rating(words, axis, "now"))
                (rating(words, axis, "later"))
                div class="scale" aria-hidden="true" { @for n in 0..=10 { span data-n=(n) { (n) } } }
            }
            label class="cell" { span class="name" { (words.text("assessment.heard")) } (growing(None)) }
        }
    }
}

fn rating(words: &Messages, axis: &str, time: &str) -> Markup {
    let time_name = words.of("assessment.", time);
    let label = words.fill("assessment.rating_of", &[("axis", axis_name(words, axis)), ("time", time_name)]);
    html! {
        label {
            span class="name" { (time_name) }
            select data-time=(time) aria-label=(label) autocomplete="off" {
                option { "" }
                @for n in 0..=10 { option { (n) } }
            }
        }
    }
}

fn seen(words: &Messages, offered: &[Vec<Activity>; AXES]) -> Markup {
    let names = AXIS_KEYS.map(|axis| axis_name(words, axis));
    let picture = html! {
        div class="chart-and-table" {
            figure {
                (web::empty(&names, words.text("assessment.web_alt")))
                figcaption { (words.text("assessment.web_note")) " " (legend(words)) }
            }
            (table(words))
        }
    };
    let last = [text_box(words, "assessment.first_step"), date_to_come(words, "assessment.look_again")];
    html! {
        (part(words, "assessment.web", "", &picture))
        (part(words, "assessment.hints", "hints", &hints(words, offered)))
        div class="part tall" {
            (row("tall", &[text_box(words, "assessment.matters")]))
            (row("tall", &[text_box(words, "assessment.would_like")]))
            (row("two-one", &last))
        }
        p class="note" { (words.text("assessment.source")) }
    }
}

/// The legend of the two lines.
fn legend(words: &Messages) -> Markup {
    html! {
        span class="legend" {
            @for time in ["now", "later"] {
                svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true" {
                    line class={ "line " (time) } x1="0" y1="6" x2="40" y2="6" {}
                    @if time == "now" { circle class="mark now" cx="20" cy="6" r="3.5" {} }
                    @else { rect class="mark later" x="15" y="1" width="10" height="10" {} }
                }
                (words.of("assessment.", time)) " "
            }
        }
    }
}

fn table(words: &Messages) -> Markup {
    html! {
        table class="numbers" {
            caption { (words.text("assessment.table")) }
            thead { tr { @for column in ["assessment.axis", "assessment.now", "assessment.later", "assessment.change"] {
                th scope="col" { (words.text(column)) }
            } } }
            tbody { @for axis in AXIS_KEYS {
                tr data-axis=(axis) {
                    th scope="row" { (axis_name(words, axis)) }
                    td data-time="now" {} td data-time="later" {} td data-time="change" {}
                }
            } }
        }
    }
}

/// What there is for each axis; a script shows the low ones.
fn hints(words: &Messages, offered: &[Vec<Activity>; AXES]) -> Markup {
    html! {
        div class="hints" aria-live="polite" {
            p data-hint="empty" { (words.text("assessment.hints_empty")) }
            p data-hint="even" hidden { (words.text("assessment.hints_even")) }
            div data-hint="low" hidden {
                p { (words.text("assessment.hints_for")) }
                dl { @for (axis, pursuits) in AXIS_KEYS.iter().zip(offered) {
                    div data-axis=(axis) hidden { dt { (axis_name(words, axis)) } dd { (places(words, pursuits)) } }
                } }
            }
        }
    }
}

fn places(words: &Messages, pursuits: &[Activity]) -> String {
    let hint = |it: &Activity| words.fill("assessment.hint", &[("term", &it.term), ("count", &it.places.to_string())]);
    if pursuits.is_empty() {
        return words.text("assessment.hint_none").to_owned();
    }
    pursuits.iter().map(hint).collect::<Vec<_>>().join("・")
}
