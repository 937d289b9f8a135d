//! The planners' page of what nobody found: a map of the districts, the same numbers in tables, and the numbers as files.
//!
//! Every number comes from [`Table`], which holds back what happened once or twice; nothing here knows more than that. The map
//! is drawn here, without script, so that it prints. This module does no I/O.

mod files;
mod tables;

use maud::{Markup, html};

pub use files::{csv, json};

use super::{Desk, Tab};
use crate::gaps::unmet::{Choice, Period, Table};
use crate::index::Snapshot;
use crate::model::unmet_need::Reason;
use crate::model::{Month, Thesaurus, Way};
use crate::publish::link_worker_messages::texts;
use crate::publish::svg::choropleth;

/// The widest terms, by which interests can be chosen, in the order of their file.
pub fn groups(thesaurus: &Thesaurus) -> Vec<&str> {
    thesaurus.all().iter().filter(|it| it.broader.is_empty()).map(|it| it.term.as_str()).collect()
}

/// The whole page. `groups` are the choices of interests.
pub fn page(snapshot: &Snapshot, table: &Table, choice: &Choice, groups: &[&str]) -> String {
    let desk = Desk { snapshot, tab: Tab::Unmet, title: None, styles: &["unmet/unmet.css"], script: None };
    let words = texts("unmet");
    let body = html! {
        p class="unmet-print" { (snapshot.city.name) " " (Tab::Unmet.name()) }
        p class="no-print" { (words.text("lead")) " " (words.text("what")) }
        p class="note" { (words.text("three")) }
        (choices(table.period, choice, groups))
        section class="panel" aria-labelledby="shown" {
            h2 id="shown" { (words.text("map.heading")) "（" (shown(choice)) "、" (range(table.period)) "）" }
            @if table.total() == 0 { (empty(table.period)) }
            @else {
                div class="unmet-beside" {
                    (choropleth::map(&snapshot.districts, table, choice))
                    (tables::by_district(table, choice))
                }
            }
        }
        @if table.total() > 0 { (tables::all(table)) (downloads(table.period)) }
    };
    desk.document(&desk.main_of(&body)).into_string()
}

fn empty(period: Period) -> Markup {
    let words = texts("unmet");
    html! {
        p { strong { (words.text("empty.heading")) } }
        @if period.first.is_some() { p { (words.text("empty.period")) } }
        p { (words.text("empty.text")) }
    }
}

/// Plain links: they work without script, and what is chosen is no person's.
fn choices(period: Period, choice: &Choice, groups: &[&str]) -> Markup {
    let words = texts("unmet");
    let here = period_code(period);
    let link = |to: String, text: &str, is_here: bool| {
        html! { li { a class="unmet-choice" href=(to) aria-current=[is_here.then_some("true")] { (text) } } }
    };
    html! {
        nav class="panel no-print unmet-choices" aria-label=(words.text("choose")) {
            h2 class="visually-hidden" { (words.text("choose")) }
            h3 { (words.text("choose.period")) }
            ul { @for code in ["3", "12", "all"] {
                (link(address(code, choice), words.text(&format!("period.{code}")), code == here))
            } }
            h3 { (words.text("choose.reason")) }
            ul {
                (link(address(here, &Choice::All), words.text("all"), *choice == Choice::All))
                @for reason in Reason::ALL {
                    (link(address(here, &Choice::Reason(reason)), &reason_name(reason), *choice == Choice::Reason(reason)))
                }
            }
            details open[matches!(choice, Choice::Group(_))] {
                summary { (words.text("choose.group")) }
                ul { @for group in groups {
                    @let of_group = Choice::Group((*group).to_owned());
                    (link(address(here, &of_group), group, *choice == of_group))
                } }
            }
        }
    }
}

fn downloads(period: Period) -> Markup {
    let words = texts("unmet");
    let code = period_code(period);
    html! {
        section class="no-print unmet-files" aria-labelledby="files" {
            h2 id="files" { (words.text("files")) }
            p {
                a href={ "/unmet.csv?period=" (code) } { (words.text("files.csv")) } " "
                a href={ "/unmet.json?period=" (code) } { (words.text("files.json")) }
            }
            p class="note" { (words.text("print")) }
        }
    }
}

/// How the period stands in addresses.
fn period_code(period: Period) -> &'static str {
    match period.first {
        None => "all",
        Some(first) if first == period.last.back(2) => "3",
        Some(_) => "12",
    }
}

fn address(period: &str, choice: &Choice) -> String {
    match choice {
        Choice::All => format!("/unmet?period={period}"),
        Choice::Reason(reason) => format!("/unmet?period={period}&reason={}", reason.code()),
        Choice::Group(group) => format!("/unmet?period={period}&group={}", percent_encoded(group)),
    }
}

fn percent_encoded(text: &str) -> String {
    let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(byte).collect()
}

fn shown(choice: &Choice) -> String {
    let words = texts("unmet");
    match choice {
        Choice::All => words.text("shown.all").to_owned(),
        Choice::Reason(reason) => words.fill("shown.reason", &[("name", &reason_name(*reason))]),
        Choice::Group(group) => words.fill("shown.group", &[("name", group)]),
    }
}

fn range(period: Period) -> String {
    let words = texts("unmet");
    let last = month_name(period.last);
    match period.first {
        Some(first) => words.fill("range", &[("first", &month_name(first)), ("last", &last)]),
        None => words.fill("range.all", &[("last", &last)]),
    }
}

fn month_name(month: Month) -> String {
    let (year, number) = (month.year().to_string(), month.number().to_string());
    texts("unmet").fill("month", &[("year", &year), ("month", &number)])
}

fn reason_name(reason: Reason) -> String {
    let key = format!("reason.{}", reason.code());
    texts("unmet").text(&key).to_owned()
}

fn way_name(way: Way) -> String {
    let key = format!("way.{}", way.code());
    texts("unmet").text(&key).to_owned()
}
