//! The planners' page of what nobody found: a map of the districts, the same numbers in tables, and the numbers as files.
//!
//! Every number comes from [`UnmetTable`], which holds back what happened once or twice; nothing here knows more than that. The map
//! is drawn here, without script, so that it prints. This module does no I/O.

mod files;
mod tables;

use maud::{Markup, html};

pub use files::{csv, json};

use super::{NavItem, PageLayout};
use crate::gaps::unmet::{MapChoice, MonthPeriod, UnmetTable};
use crate::index::Snapshot;
use crate::model::unmet_need::UnmetReason;
use crate::model::{Month, Thesaurus, TravelMode};
use crate::publish::link_worker_messages::texts;
use crate::publish::svg::choropleth;

/// The widest terms, by which interests can be chosen, in the order of their file.
pub fn groups(thesaurus: &Thesaurus) -> Vec<&str> {
    thesaurus.all().iter().filter(|it| it.broader.is_empty()).map(|it| it.term.as_str()).collect()
}

/// The whole page. `groups` are the choices of interests.
pub fn page(snapshot: &Snapshot, table: &UnmetTable, choice: &MapChoice, groups: &[&str]) -> String {
    let desk = PageLayout { snapshot, tab: NavItem::Unmet, title: None, styles: &["unmet/unmet.css"], script: None };
    let words = texts("unmet");
    let body = html! {
        p class="unmet-print" { (snapshot.city.name) " " (NavItem::Unmet.name()) }
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

fn empty(period: MonthPeriod) -> Markup {
    let words = texts("unmet");
    html! {
        p { strong { (words.text("empty.heading")) } }
        @if period.first.is_some() { p { (words.text("empty.period")) } }
        p { (words.text("empty.text")) }
    }
}

/// Plain links: they work without script, and what is chosen is no person's.
fn choices(period: MonthPeriod, choice: &MapChoice, groups: &[&str]) -> Markup {
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
                (link(address(here, &MapChoice::All), words.text("all"), *choice == MapChoice::All))
                @for reason in UnmetReason::ALL {
                    (link(address(here, &MapChoice::Reason(reason)), &reason_name(reason), *choice == MapChoice::Reason(reason)))
                }
            }
            details open[matches!(choice, MapChoice::Group(_))] {
                summary { (words.text("choose.group")) }
                ul { @for group in groups {
                    @let of_group = MapChoice::Group((*group).to_owned());
                    (link(address(here, &of_group), group, *choice == of_group))
                } }
            }
        }
    }
}

fn downloads(period: MonthPeriod) -> Markup {
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
fn period_code(period: MonthPeriod) -> &'static str {
    match period.first {
        None => "all",
        Some(first) if first == period.last.back(2) => "3",
        Some(_) => "12",
    }
}

fn address(period: &str, choice: &MapChoice) -> String {
    match choice {
        MapChoice::All => format!("/unmet?period={period}"),
        MapChoice::Reason(reason) => format!("/unmet?period={period}&reason={}", reason.code()),
        MapChoice::Group(group) => format!("/unmet?period={period}&group={}", percent_encoded(group)),
    }
}

fn percent_encoded(text: &str) -> String {
    let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(byte).collect()
}

fn shown(choice: &MapChoice) -> String {
    let words = texts("unmet");
    match choice {
        MapChoice::All => words.text("shown.all").to_owned(),
        MapChoice::Reason(reason) => words.fill("shown.reason", &[("name", &reason_name(*reason))]),
        MapChoice::Group(group) => words.fill("shown.group", &[("name", group)]),
    }
}

fn range(period: MonthPeriod) -> String {
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

fn reason_name(reason: UnmetReason) -> String {
    let key = format!("reason.{}", reason.code());
    texts("unmet").text(&key).to_owned()
}

fn way_name(way: TravelMode) -> String {
    let key = format!("way.{}", way.code());
    texts("unmet").text(&key).to_owned()
}
