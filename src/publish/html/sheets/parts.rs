//! What sheets are made of: boxes that grow with what is typed, things to tick, dates. This module does no I/O.
//!
//! Labels stand around their fields, so that no id is needed and a sheet can be taken into another page.

use maud::{Markup, html};

use crate::model::Messages;

/// Title, way, number and, if it has a day of its own, that: the head of a sheet.
pub(super) fn head(words: &Messages, (name, way): (&str, &str), dated: bool) -> Markup {
    html! {
        div class="top" {
            div { h2 class="title" { (name) } p class="way" { (way) } }
            div class="which" { (area(words.text("code"), "code")) @if dated { (date(words, "written_on")) } }
        }
        p class="no-name" { (words.text("no_name")) }
    }
}

/// A part of a sheet with its heading; `kind` may be `tall` to take what room is left.
pub(super) fn part(words: &Messages, heading: &str, kind: &str, rows: &Markup) -> Markup {
    html! {
        section class={ "part " (kind) } { h3 { (words.text(heading)) } (rows) }
    }
}

/// Cells beside each other; `kind` names how wide they are and whether they are `tall`.
pub(super) fn row(kind: &str, cells: &[Markup]) -> Markup {
    html! { div class={ "row " (kind) } { @for cell in cells { (cell) } } }
}

/// A box to write in, with its name in the words; `kind` may be `tall`.
pub(super) fn text_box(words: &Messages, key: &str) -> Markup {
    area(words.text(key), "")
}

/// A box with this label; `kind` is for scripts and styles.
pub(super) fn area(label: &str, kind: &str) -> Markup {
    html! {
        label class={ "cell " (kind) } {
            span class="name" { (label) }
            (growing(None))
        }
    }
}

/// A field that is as large as what stands in it, on the screen and on paper.
pub(super) fn growing(label: Option<&str>) -> Markup {
    html! { span class="grow" { textarea rows="1" autocomplete="off" spellcheck="false" aria-label=[label] {} } }
}

/// Things to tick.
pub(super) fn ticks(words: &Messages, legend: &str, keys: &[&str]) -> Markup {
    choices(words, legend, keys, false)
}

/// Things of which one is ticked.
pub(super) fn one_of(words: &Messages, legend: &str, keys: &[&str]) -> Markup {
    choices(words, legend, keys, true)
}

fn choices(words: &Messages, legend: &str, keys: &[&str], one: bool) -> Markup {
    html! {
        fieldset class="cell" data-one=[one.then_some("")] {
            legend class="name" { (words.text(legend)) @if one { (words.text("one")) } }
            div class="ticks" { @for key in keys { (tick(words.text(key))) } }
        }
    }
}

/// One thing to tick.
pub(super) fn tick(label: &str) -> Markup {
    html! { label class="tick" { input type="checkbox" autocomplete="off"; span { (label) } } }
}

/// Year, month and day, with a button that puts in today.
pub(super) fn date(words: &Messages, key: &str) -> Markup {
    let today = words.fill("today_for", &[("date", words.text(key))]);
    day(
        words,
        key,
        &html! {
            button type="button" class="small no-print" data-today aria-label=(today) hidden { (words.text("today")) }
        },
    )
}

/// Year, month and day of something to come.
pub(super) fn date_to_come(words: &Messages, key: &str) -> Markup {
    day(words, key, &html! {})
}

fn day(words: &Messages, key: &str, button: &Markup) -> Markup {
    html! {
        fieldset class="cell date" {
            legend class="name" { (words.text(key)) }
            div class="ymd" {
                @for (part, letters) in [("year", 4), ("month", 2), ("day", 2)] {
                    label {
                        input type="text" inputmode="numeric" maxlength=(letters) class=(part) autocomplete="off" spellcheck="false";
                        span { (words.text(part)) }
                    }
                }
                (button)
            }
        }
    }
}

/// A number with what is counted.
pub(super) fn number(words: &Messages, key: &str, unit: &str) -> Markup {
    html! {
        label class="cell counting" {
            span class="name" { (words.text(key)) }
            span class="counted" {
                input type="text" inputmode="numeric" maxlength="4" autocomplete="off" spellcheck="false";
                span { (words.text(unit)) }
            }
        }
    }
}
