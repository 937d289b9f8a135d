//! The report sheet (支援状況連絡シート), from the link worker back to the referring doctor. This module does no I/O.

use maud::{Markup, html};

use super::parts::{area, date, growing_field, named_ticks, number, one_of, part, row, text_box, tick, ticks};
use crate::model::Messages;

/// The rows for places on a blank sheet; a script adds more.
const ROWS: usize = 3;
const COLUMNS: [&str; 3] = ["report.place", "report.office", "report.place_now"];
const CHANGES: [&str; 4] = ["change.part", "change.out", "change.sleep", "change.smile"];
/// What a clinic counts: visits, calls, medicines.
const COUNTED: [&str; 3] = ["report.visits", "report.calls", "report.medicines"];
const LEVELS: [&str; 3] = ["report.level_hard", "report.level_so", "report.level_good"];
const WITH: [&str; 5] =
    ["report.with_nobody", "report.with_family", "report.with_worker", "report.with_host", "report.not_yet"];
const STATES: [&str; 4] =
    ["report.state_goes_on", "report.state_finished", "report.state_handed", "report.state_declined"];

/// The numbers by which both sides know whom the sheet is about: the clinic's own, and the code of the paper.
pub(super) fn numbers(messages: &Messages) -> Markup {
    html! { (area(messages.text("report.clinic_number"), "clinic-number")) (area(messages.text("report.paper_code"), "code")) }
}

/// The only page of the sheet; `institutions` are the groups of the city's own table.
pub(super) fn leaf(messages: &Messages, institutions: &[&str]) -> Markup {
    html! {
        (part(messages, "report.sides", "", &sides(messages)))
        (part(messages, "report.met", "", &met(messages)))
        (part(messages, "report.chosen", "", &chosen(messages)))
        (part(messages, "report.first_visit", "", &first_visit(messages)))
        (part(messages, "report.changes", "", &changes(messages)))
        (part(messages, "report.use", "", &use_of_care(messages, institutions)))
        (part(messages, "report.next", "tall", &next(messages)))
    }
}

/// Sender and recipient.
fn sides(messages: &Messages) -> Markup {
    let text = |key| text_box(messages, key);
    row("thirds", &[text("report.from"), text("report.from_phone"), text("report.to")])
}

/// Meetings with the person.
fn met(messages: &Messages) -> Markup {
    let times = |key| number(messages, key, "report.times");
    let dates = |key| date(messages, key);
    html! {
        (row("met", &[dates("report.asked_on"), dates("report.first_met"), times("report.met_times"), times("report.phone_times")]))
        (row("roomy", &[text_box(messages, "report.matters")]))
    }
}

/// The chosen places.
fn chosen(messages: &Messages) -> Markup {
    html! {
        table class="places" {
            thead { tr { @for column in COLUMNS { th scope="col" { (messages.text(column)) } } } }
            tbody data-row-name=(messages.text("report.row_name")) {
                @for at in 1..=ROWS { tr { @for column in COLUMNS { (place_cell(messages, column, at)) } } }
            }
        }
        p class="no-print" { button type="button" class="small" data-add-row hidden { (messages.text("report.add_place")) } }
    }
}

/// A cell of the table of places.
fn place_cell(messages: &Messages, column: &str, at: usize) -> Markup {
    let name = messages.text(column);
    let label = messages.fill("report.row_name", &[("n", &at.to_string()), ("column", name)]);
    html! { td data-column=(name) { (growing_field(Some(&label))) } }
}

/// The first visit.
fn first_visit(messages: &Messages) -> Markup {
    html! {
        (row("one-two", &[date(messages, "report.visited_on"), ticks(messages, "report.visited_with", &WITH)]))
        (row("roomy", &[text_box(messages, "report.visit_went")]))
    }
}

/// Changes in the person, before and now.
fn changes(messages: &Messages) -> Markup {
    html! {
        div class="changes" {
            @for change in CHANGES {
                fieldset class="change" {
                    legend class="name" { (messages.text(change)) }
                    (levels(messages, "report.before"))
                    (levels(messages, "report.now"))
                    label class="in-words" { span class="name" { (messages.text("report.in_words")) } (growing_field(None)) }
                }
            }
        }
    }
}

/// Visits, calls and medicines before and now, and where help by law began.
fn use_of_care(messages: &Messages, institutions: &[&str]) -> Markup {
    let counted = |key: &&'static str| {
        html! {
            fieldset class="cell counts" {
                legend class="name" { (messages.text(key)) }
                span class="counted" {
                    (count_of(messages, key, "report.before"))
                    span aria-hidden="true" { "→" }
                    (count_of(messages, key, "report.now"))
                }
            }
        }
    };
    let other = text_box(messages, "report.linked_more");
    html! {
        (row("thirds", &COUNTED.iter().map(counted).collect::<Vec<_>>()))
        (row("two-one", &[named_ticks(messages.text("report.linked_to"), institutions), other]))
    }
}

/// A number at one time.
fn count_of(messages: &Messages, of: &str, time: &str) -> Markup {
    html! {
        label {
            span class="time" { (messages.text(time)) }
            input type="text" inputmode="numeric" maxlength="3" autocomplete="off" spellcheck="false";
            span { (messages.of(of, "_unit")) }
        }
    }
}

/// A scale of three levels.
fn levels(messages: &Messages, time: &str) -> Markup {
    html! {
        div class="levels" role="group" aria-label=(messages.text(time)) data-one {
            span class="name" aria-hidden="true" { (messages.text(time)) }
            @for level in LEVELS { (tick(messages.text(level))) }
        }
    }
}

/// Next steps and the state of the support.
fn next(messages: &Messages) -> Markup {
    let agreed = ticks(messages, "report.agreed", &["report.agreed_yes"]);
    html! {
        (row("halves tall", &[text_box(messages, "report.next_steps"), text_box(messages, "report.requests")]))
        (one_of(messages, "report.state", &STATES))
        (row("roomy", &[text_box(messages, "report.state_more")]))
        (row("halves", &[agreed, text_box(messages, "report.signed")]))
    }
}
