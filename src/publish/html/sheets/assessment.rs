//! Six sides of a life, after Positive Health, in words of our own, with the spider's web. This module does no I/O.
//!
//! For the axes that are low it has what this city offers, by rule ([`activities_per_axis`]); the page shows them by the numbers given.

use maud::{Markup, html};

use super::parts::{date, date_to_come, growing_field, part, row, text_box};
use super::web;
use crate::find::{AXES, Activity, activities_per_axis};
use crate::index::Snapshot;
use crate::model::{Messages, Thesaurus};

/// The axes in the order of [`Axis`](crate::find::LifeAxis), by the names that a wish knows them by.
const AXIS_KEYS: [&str; AXES] = ["body", "mind", "purpose", "living", "ties", "daily"];
/// The most activities listed per axis.
const HINTS: usize = 6;

/// Its two pages: the talk, and what was seen.
pub(super) fn leaves(messages: &Messages, snapshot: &Snapshot, thesaurus: &Thesaurus) -> Vec<Markup> {
    let offered = activities_per_axis(snapshot, thesaurus, HINTS);
    vec![talk_page(messages), result_page(messages, &offered)]
}

fn axis_name<'a>(messages: &'a Messages, axis: &str) -> &'a str {
    messages.of("axis_name.", axis)
}

fn talk_page(messages: &Messages) -> Markup {
    let dates = [
        date(messages, "assessment.rated_on"),
        date(messages, "assessment.later_on"),
        text_box(messages, "assessment.with"),
    ];
    html! {
        (row("thirds", &dates))
        p class="how" { (messages.text("assessment.how")) }
        p class="how" { strong { (messages.text("assessment.scale")) } "　" span class="on-paper" { (messages.text("assessment.mark")) } }
        div class="axes tall" { @for axis in AXIS_KEYS { (axis_section(messages, axis)) } }
    }
}

/// One axis: what to ask, two numbers, what was said.
fn axis_section(messages: &Messages, axis: &str) -> Markup {
    html! {
        section class="axis" data-axis=(axis) {
            h3 { (axis_name(messages, axis)) }
            ul { @for question in messages.of("axis_asks.", axis).lines() { li { (question) } } }
            div class="rate" {
                (rating(messages, axis, "now"))
                (rating(messages, axis, "later"))
                div class="scale" aria-hidden="true" { @for n in 0..=10 { span data-n=(n) { (n) } } }
            }
            label class="cell" { span class="name" { (messages.text("assessment.heard")) } (growing_field(None)) }
        }
    }
}

fn rating(messages: &Messages, axis: &str, time: &str) -> Markup {
    let time_name = messages.of("assessment.", time);
    let label = messages.fill("assessment.rating_of", &[("axis", axis_name(messages, axis)), ("time", time_name)]);
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

fn result_page(messages: &Messages, offered: &[Vec<Activity>; AXES]) -> Markup {
    let names = AXIS_KEYS.map(|axis| axis_name(messages, axis));
    let picture = html! {
        div class="chart-and-table" {
            figure {
                (web::empty(&names, messages.text("assessment.web_alt")))
                figcaption { (messages.text("assessment.web_note")) " " (legend(messages)) }
            }
            (rating_table(messages))
        }
    };
    let last = [text_box(messages, "assessment.first_step"), date_to_come(messages, "assessment.look_again")];
    html! {
        (part(messages, "assessment.web", "", &picture))
        (part(messages, "assessment.hints", "hints", &hints(messages, offered)))
        div class="part tall" {
            (row("tall", &[text_box(messages, "assessment.matters")]))
            (row("tall", &[text_box(messages, "assessment.would_like")]))
            (row("two-one", &last))
        }
        p class="note" { (messages.text("assessment.source")) }
    }
}

/// The legend of the two lines.
fn legend(messages: &Messages) -> Markup {
    html! {
        span class="legend" {
            @for time in ["now", "later"] {
                svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true" {
                    line class={ "line " (time) } x1="0" y1="6" x2="40" y2="6" {}
                    @if time == "now" { circle class="mark now" cx="20" cy="6" r="3.5" {} }
                    @else { rect class="mark later" x="15" y="1" width="10" height="10" {} }
                }
                (messages.of("assessment.", time)) " "
            }
        }
    }
}

fn rating_table(messages: &Messages) -> Markup {
    html! {
        table class="numbers" {
            caption { (messages.text("assessment.table")) }
            thead { tr { @for column in ["assessment.axis", "assessment.now", "assessment.later", "assessment.change"] {
                th scope="col" { (messages.text(column)) }
            } } }
            tbody { @for axis in AXIS_KEYS {
                tr data-axis=(axis) {
                    th scope="row" { (axis_name(messages, axis)) }
                    td data-time="now" {} td data-time="later" {} td data-time="change" {}
                }
            } }
        }
    }
}

/// What there is for each axis; a script shows the low ones.
fn hints(messages: &Messages, offered: &[Vec<Activity>; AXES]) -> Markup {
    html! {
        div class="hints" aria-live="polite" {
            p data-hint="empty" { (messages.text("assessment.hints_empty")) }
            p data-hint="even" hidden { (messages.text("assessment.hints_even")) }
            div data-hint="low" hidden {
                p { (messages.text("assessment.hints_for")) }
                dl { @for (axis, activities) in AXIS_KEYS.iter().zip(offered) {
                    div data-axis=(axis) hidden { dt { (axis_name(messages, axis)) } dd { (activities_text(messages, activities)) } }
                } }
            }
        }
    }
}

fn activities_text(messages: &Messages, activities: &[Activity]) -> String {
    let hint =
        |it: &Activity| messages.fill("assessment.hint", &[("term", &it.term), ("count", &it.places.to_string())]);
    if activities.is_empty() {
        return messages.text("assessment.hint_none").to_owned();
    }
    activities.iter().map(hint).collect::<Vec<_>>().join("・")
}
