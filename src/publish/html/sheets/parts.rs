//! What sheets are made of: boxes that grow with what is typed, things to tick, dates. This module does no I/O.
//!
//! Labels stand around their fields, so that no id is needed and a sheet can be taken into another page.

use maud::{Markup, html};

use crate::model::Messages;

/// Title, way, number and, if it has a day of its own, that: the head of a sheet.
pub(super) fn head(messages: &Messages, (name, way): (&str, &str), dated: bool) -> Markup {
    html! {
        div class="top" {
            div { h2 class="title" { (name) } p class="way" { (way) } }
            div class="which" { (area(messages.text("code"), "code")) @if dated { (date(messages, "written_on")) } }
        }
        p class="no-name" { (messages.text("no_name")) }
    }
}

/// A part of a sheet with its heading; `kind` may be `tall` to take what room is left.
pub(super) fn part(messages: &Messages, heading: &str, kind: &str, rows: &Markup) -> Markup {
    html! {
        section class={ "part " (kind) } { h3 { (messages.text(heading)) } (rows) }
    }
}

/// Cells beside each other; `kind` names how wide they are and whether they are `tall`.
pub(super) fn row(kind: &str, cells: &[Markup]) -> Markup {
    html! { div class={ "row " (kind) } { @for cell in cells { (cell) } } }
}

/// A box to write in, with its name in the words; `kind` may be `tall`.
pub(super) fn text_box(messages: &Messages, key: &str) -> Markup {
    area(messages.text(key), "")
}

/// A box with this label; `kind` is for scripts and styles.
pub(super) fn area(label: &str, kind: &str) -> Markup {
    html! {
        label class={ "cell " (kind) } {
            span class="name" { (label) }
            (growing_field(None))
        }
    }
}

/// A field that is as large as what stands in it, on the screen and on paper.
pub(super) fn growing_field(label: Option<&str>) -> Markup {
    html! { span class="grow" { textarea rows="1" autocomplete="off" spellcheck="false" aria-label=[label] {} } }
}

/// Things to tick.
pub(super) fn ticks(messages: &Messages, legend: &str, keys: &[&str]) -> Markup {
    choices(messages, legend, keys, false)
}

/// Things of which one is ticked.
pub(super) fn one_of(messages: &Messages, legend: &str, keys: &[&str]) -> Markup {
    choices(messages, legend, keys, true)
}

fn choices(messages: &Messages, legend: &str, keys: &[&str], one: bool) -> Markup {
    html! {
        fieldset class="cell" data-one=[one.then_some("")] {
            legend class="name" { (messages.text(legend)) @if one { (messages.text("one")) } }
            div class="ticks" { @for key in keys { (tick(messages.text(key))) } }
        }
    }
}

/// One thing to tick.
pub(super) fn tick(label: &str) -> Markup {
    html! { label class="tick" { input type="checkbox" autocomplete="off"; span { (label) } } }
}

/// Year, month and day, with a button that puts in today.
pub(super) fn date(messages: &Messages, key: &str) -> Markup {
    let today = messages.fill("today_for", &[("date", messages.text(key))]);
    day(
        messages,
        key,
        &html! {
            button type="button" class="small no-print" data-today aria-label=(today) hidden { (messages.text("today")) }
        },
    )
}

/// Year, month and day of something to come.
pub(super) fn date_to_come(messages: &Messages, key: &str) -> Markup {
    day(messages, key, &html! {})
}

fn day(messages: &Messages, key: &str, button: &Markup) -> Markup {
    html! {
        fieldset class="cell date" {
            legend class="name" { (messages.text(key)) }
            div class="ymd" {
                @for (part, digits) in [("year", 4), ("month", 2), ("day", 2)] {
                    label {
                        input type="text" inputmode="numeric" maxlength=(digits) class=(part) autocomplete="off" spellcheck="false";
                        span { (messages.text(part)) }
                    }
                }
                (button)
            }
        }
    }
}

/// A number with what is counted.
pub(super) fn number(messages: &Messages, key: &str, unit: &str) -> Markup {
    html! {
        label class="cell counting" {
            span class="name" { (messages.text(key)) }
            span class="counted" {
                input type="text" inputmode="numeric" maxlength="4" autocomplete="off" spellcheck="false";
                span { (messages.text(unit)) }
            }
        }
    }
}
