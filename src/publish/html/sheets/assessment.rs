//! The assessment sheet by the six axes of Positive Health, with a radar chart. This module does no I/O.
//!
//! For low axes it lists activities in the city ([`activities_per_axis`]); a script shows them by the ratings.

use maud::{Markup, html};

use super::parts::{date, date_to_come, growing_field, part, row, text_box};
use super::web;
use crate::find::{AXES, Activity, activities_per_axis};
use crate::index::Snapshot;
use crate::model::{Messages, Thesaurus};

/// The axes in the order of [`LifeAxis`](crate::find::LifeAxis), by their JSON names.
const AXIS_KEYS: [&str; AXES] = ["body", "mind", "purpose", "living", "ties", "daily"];
/// The most activities listed per axis.
const HINTS: usize = 6;

/// The two pages of the sheet: the conversation and its result.
pub(super) fn leaves(messages: &Messages, snapshot: &Snapshot, thesaurus: &Thesaurus) -> Vec<Markup> {
    let offered = activities_per_axis(snapshot, thesaurus, HINTS);
    vec![talk_page(messages), result_page(messages, &offered)]
}

/// The name of an axis.
fn axis_name<'a>(messages: &'a Messages, axis: &str) -> &'a str {
    messages.of("axis_name.", axis)
}

/// The page for the conversation: two ratings and notes per axis.
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

/// One axis: questions, two ratings, notes.
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

/// A rating from 0 to 10, now or later.
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

/// The page with the chart, the activities and the next step.
fn result_page(messages: &Messages, offered: &[Vec<Activity>; AXES]) -> Markup {
    let names = AXIS_KEYS.map(|axis| axis_name(messages, axis));
    let picture = html! {
        div class="chart-and-table" {
            figure {
                (web::empty_chart(&names, messages.text("assessment.web_alt")))
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

/// The legend of the radar chart.
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

/// The ratings as a table, the text alternative of the chart.
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

/// Activities per axis; a script shows those of low axes.
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

/// Activities with their number of places.
fn activities_text(messages: &Messages, activities: &[Activity]) -> String {
    let hint =
        |it: &Activity| messages.fill("assessment.hint", &[("term", &it.term), ("count", &it.places.to_string())]);
    if activities.is_empty() {
        return messages.text("assessment.hint_none").to_owned();
    }
    activities.iter().map(hint).collect::<Vec<_>>().join("・")
}
