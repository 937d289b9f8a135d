//! 支援状況連絡シート: what came of it, for the doctor who asked. This module does no I/O.

use maud::{Markup, html};

use super::parts::{date, growing, number, one_of, part, row, text_box, tick, ticks};
use crate::model::Messages;

/// As many places a blank sheet has room for; scripts add rows.
const ROWS: usize = 3;
const COLUMNS: [&str; 3] = ["report.place", "report.office", "report.place_now"];
const CHANGES: [&str; 4] = ["change.part", "change.out", "change.sleep", "change.smile"];
const LEVELS: [&str; 3] = ["report.level_hard", "report.level_so", "report.level_good"];
const WITH: [&str; 5] =
    ["report.with_nobody", "report.with_family", "report.with_worker", "report.with_host", "report.not_yet"];
const STATES: [&str; 4] =
    ["report.state_goes_on", "report.state_finished", "report.state_handed", "report.state_declined"];

/// The one page of it.
pub(super) fn leaf(words: &Messages) -> Markup {
    html! {
        (part(words, "report.sides", "", &sides(words)))
        (part(words, "report.met", "", &met(words)))
        (part(words, "report.chosen", "", &chosen(words)))
        (part(words, "report.first_visit", "", &first_visit(words)))
        (part(words, "report.changes", "", &changes(words)))
        (part(words, "report.next", "tall", &next(words)))
    }
}

fn sides(words: &Messages) -> Markup {
    let text = |key| text_box(words, key);
    row("thirds", &[text("report.from"), text("report.from_phone"), text("report.to")])
}

fn met(words: &Messages) -> Markup {
    let times = |key| number(words, key, "report.times");
    let dates = |key| date(words, key);
    html! {
        (row("met", &[dates("report.asked_on"), dates("report.first_met"), times("report.met_times"), times("report.phone_times")]))
        (row("roomy", &[text_box(words, "report.matters")]))
    }
}

fn chosen(words: &Messages) -> Markup {
    html! {
        table class="places" {
            thead { tr { @for column in COLUMNS { th scope="col" { (words.text(column)) } } } }
            tbody data-row-name=(words.text("report.row_name")) {
                @for at in 1..=ROWS { tr { @for column in COLUMNS { (place_cell(words, column, at)) } } }
            }
        }
        p class="no-print" { button type="button" class="small" data-add-row hidden { (words.text("report.add_place")) } }
    }
}

fn place_cell(words: &Messages, column: &str, at: usize) -> Markup {
    let name = words.text(column);
    let label = words.fill("report.row_name", &[("n", &at.to_string()), ("column", name)]);
    html! { td data-column=(name) { (growing(Some(&label))) } }
}

fn first_visit(words: &Messages) -> Markup {
    html! {
        (row("one-two", &[date(words, "report.visited_on"), ticks(words, "report.visited_with", &WITH)]))
        (row("roomy", &[text_box(words, "report.visit_went")]))
    }
}

fn changes(words: &Messages) -> Markup {
    html! {
        div class="changes" {
            @for change in CHANGES {
                fieldset class="change" {
                    legend class="name" { (words.text(change)) }
                    (levels(words, "report.before"))
                    (levels(words, "report.now"))
                    label class="in-words" { span class="name" { (words.text("report.in_words")) } (growing(None)) }
                }
            }
        }
    }
}

fn levels(words: &Messages, time: &str) -> Markup {
    html! {
        div class="levels" role="group" aria-label=(words.text(time)) data-one {
            span class="name" aria-hidden="true" { (words.text(time)) }
            @for level in LEVELS { (tick(words.text(level))) }
        }
    }
}

fn next(words: &Messages) -> Markup {
    let agreed = ticks(words, "report.agreed", &["report.agreed_yes"]);
    html! {
        (row("halves tall", &[text_box(words, "report.next_steps"), text_box(words, "report.requests")]))
        (one_of(words, "report.state", &STATES))
        (row("roomy", &[text_box(words, "report.state_more")]))
        (row("halves", &[agreed, text_box(words, "report.signed")]))
    }
}
