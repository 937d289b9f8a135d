//! Form fields of the sheets: growing text boxes, checkboxes, dates. This module does no I/O.
//!
//! Labels enclose their fields, so that no id is needed and a sheet can be embedded in another page.

use maud::{Markup, html};

use crate::model::Messages;

/// The head of a sheet: title, who gives it to whom, numbers and, if `dated`, a date.
pub(super) fn head(messages: &Messages, (name, way): (&str, &str), numbers: &Markup, dated: bool) -> Markup {
    html! {
        div class="top" {
            div { h2 class="title" { (name) } p class="way" { (way) } }
            div class="which" { (numbers) @if dated { (date(messages, "written_on")) } }
        }
        p class="no-name" { (messages.text("no_name")) }
    }
}

/// A section of a sheet; the CSS class `kind` may be `tall` to fill the remaining height.
pub(super) fn part(messages: &Messages, heading: &str, kind: &str, rows: &Markup) -> Markup {
    html! {
        section class={ "part " (kind) } { h3 { (messages.text(heading)) } (rows) }
    }
}

/// Cells side by side; the CSS class `kind` sets their widths and `tall`.
pub(super) fn row(kind: &str, cells: &[Markup]) -> Markup {
    html! { div class={ "row " (kind) } { @for cell in cells { (cell) } } }
}

/// A text box; `key` is the message key of its label.
pub(super) fn text_box(messages: &Messages, key: &str) -> Markup {
    area(messages.text(key), "")
}

/// A text box with this label; `kind` is its CSS class.
pub(super) fn area(label: &str, kind: &str) -> Markup {
    html! {
        label class={ "cell " (kind) } {
            span class="name" { (label) }
            (growing_field(None))
        }
    }
}

/// A text area that grows with its text, on the screen and on paper.
pub(super) fn growing_field(label: Option<&str>) -> Markup {
    html! { span class="grow" { textarea rows="1" autocomplete="off" spellcheck="false" aria-label=[label] {} } }
}

/// A group of checkboxes.
pub(super) fn ticks(messages: &Messages, legend: &str, keys: &[&str]) -> Markup {
    choices(messages, legend, keys, false)
}

/// A group of checkboxes with labels of the city's own.
pub(super) fn named_ticks(legend: &str, names: &[&str]) -> Markup {
    html! {
        fieldset class="cell" {
            legend class="name" { (legend) }
            div class="ticks" { @for name in names { (tick(name)) } }
        }
    }
}

/// A group of checkboxes of which only one can be checked.
pub(super) fn one_of(messages: &Messages, legend: &str, keys: &[&str]) -> Markup {
    choices(messages, legend, keys, true)
}

/// A group of checkboxes; `one` makes them exclusive.
fn choices(messages: &Messages, legend: &str, keys: &[&str], one: bool) -> Markup {
    html! {
        fieldset class="cell" data-one=[one.then_some("")] {
            legend class="name" { (messages.text(legend)) @if one { (messages.text("one")) } }
            div class="ticks" { @for key in keys { (tick(messages.text(key))) } }
        }
    }
}

/// A checkbox.
pub(super) fn tick(label: &str) -> Markup {
    html! { label class="tick" { input type="checkbox" autocomplete="off"; span { (label) } } }
}

/// A date field with a button that enters today.
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

/// A date field for a future date.
pub(super) fn date_to_come(messages: &Messages, key: &str) -> Markup {
    day(messages, key, &html! {})
}

/// A date field: year, month and day.
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

/// A number field with its unit.
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
