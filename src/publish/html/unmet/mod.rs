//! The planners' page of unmet needs: a choropleth map, tables, and downloads.
//!
//! Disclosure control: every number comes from [`UnmetTable`], which suppresses small counts. The map is drawn on the server,
//! without script, so that it prints. This module does no I/O.

mod files;
pub(super) mod tables;

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub(super) use files::iso_interval;
pub use files::{csv, json};

use super::released_period::period_name;
use super::{NavItem, PageLayout};
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::unmet::{MapChoice, UnmetTable};
use crate::index::Snapshot;
use crate::model::unmet_need::UnmetReason;
use crate::model::{Thesaurus, TravelMode};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::svg::choropleth;

/// The top terms of the thesaurus, as choices of the map, in the order of their file.
pub fn groups(thesaurus: &Thesaurus) -> Vec<&str> {
    thesaurus.all().iter().filter(|it| it.broader.is_empty()).map(|it| it.term.as_str()).collect()
}

/// The page; `groups` are the top terms to choose from.
pub fn page(snapshot: &Snapshot, table: &UnmetTable, choice: &MapChoice, groups: &[&str]) -> String {
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Unmet,
        title: None,
        styles: &["unmet/unmet.css"],
        script: None,
        page: None,
    };
    let messages = catalogue("unmet");
    let body = html! {
        p class="unmet-print" { (snapshot.city.name) " " (NavItem::Unmet.name()) }
        p class="no-print" { (messages.text("lead")) " " (messages.text("what")) }
        p class="note" { (messages.text("three")) }
        (choice_links(table.period, choice, groups))
        section class="panel" aria-labelledby="shown" {
            h2 id="shown" { (messages.text("map.heading")) "（" (choice_name(choice)) "、" (period_name(table.period)) "）" }
            @if snapshot.districts.has_sketch() { p class="note" { (messages.text("map.sketch")) } }
            @if table.total() == 0 { (no_needs_note(table.period)) }
            @else {
                div class="unmet-beside" {
                    (choropleth::map(&snapshot.districts, table, choice))
                    (tables::by_district(table, choice))
                }
            }
        }
        @if table.total() > 0 { (tables::all(table)) (downloads(table.period)) }
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The note for a period without released counts.
fn no_needs_note(period: MonthPeriod) -> Markup {
    let messages = catalogue("unmet");
    html! {
        p { strong { (messages.text("empty.heading")) } }
        @if period.first.is_some() { p { (messages.text("empty.period")) } }
        p { (messages.text("empty.text")) }
    }
}

/// Links that choose the period and what the map counts; plain links, because they work without script and hold no personal data.
fn choice_links(period: MonthPeriod, choice: &MapChoice, groups: &[&str]) -> Markup {
    let messages = catalogue("unmet");
    let here = period_code(period);
    let link = |to: String, text: &str, is_here: bool| {
        html! { li { a class="unmet-choice" href=(to) aria-current=[is_here.then_some("true")] { (text) } } }
    };
    html! {
        nav class="panel no-print unmet-choices" aria-label=(messages.text("choose")) {
            h2 class="visually-hidden" { (messages.text("choose")) }
            h3 { (messages.text("choose.period")) }
            ul { @for code in ["3", "12", "all"] {
                (link(address(code, choice), messages.text(&format!("period.{code}")), code == here))
            } }
            h3 { (messages.text("choose.reason")) }
            ul {
                (link(address(here, &MapChoice::All), messages.text("all"), *choice == MapChoice::All))
                @for reason in UnmetReason::ALL {
                    (link(address(here, &MapChoice::Reason(reason)), &reason_name(reason), *choice == MapChoice::Reason(reason)))
                }
            }
            details open[matches!(choice, MapChoice::Group(_))] {
                summary { (messages.text("choose.group")) }
                ul { @for group in groups {
                    @let of_group = MapChoice::Group((*group).to_owned());
                    (link(address(here, &of_group), group, *choice == of_group))
                } }
            }
        }
    }
}

/// The download links of the period.
fn downloads(period: MonthPeriod) -> Markup {
    let messages = catalogue("unmet");
    let code = period_code(period);
    html! {
        section class="no-print unmet-files" aria-labelledby="files" {
            h2 id="files" { (messages.text("files")) }
            p {
                a href={ "/unmet.csv?period=" (code) } { (messages.text("files.csv")) } " "
                a href={ "/unmet.json?period=" (code) } { (messages.text("files.json")) }
            }
            p class="note" { (messages.text("print")) }
        }
    }
}

/// The period as a query parameter: `3`, `12` or `all`.
fn period_code(period: MonthPeriod) -> &'static str {
    match period.first {
        None => "all",
        Some(first) if first == period.last.back(2) => "3",
        Some(_) => "12",
    }
}

/// The URL of the page for a period and a choice.
fn address(period: &str, choice: &MapChoice) -> String {
    match choice {
        MapChoice::All => format!("/unmet?period={period}"),
        MapChoice::Reason(reason) => format!("/unmet?period={period}&reason={}", reason.code()),
        MapChoice::Group(group) => {
            format!("/unmet?period={period}&group={}", utf8_percent_encode(group, NON_ALPHANUMERIC))
        }
    }
}

/// What the map counts, as text.
fn choice_name(choice: &MapChoice) -> String {
    let messages = catalogue("unmet");
    match choice {
        MapChoice::All => messages.text("shown.all").to_owned(),
        MapChoice::Reason(reason) => messages.fill("shown.reason", &[("name", &reason_name(*reason))]),
        MapChoice::Group(group) => messages.fill("shown.group", &[("name", group)]),
    }
}

/// The message for a reason.
fn reason_name(reason: UnmetReason) -> String {
    let key = format!("reason.{}", reason.code());
    catalogue("unmet").text(&key).to_owned()
}

/// The message for a travel mode.
fn way_name(way: TravelMode) -> String {
    let key = format!("way.{}", way.code());
    catalogue("unmet").text(&key).to_owned()
}
