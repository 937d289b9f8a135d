//! The report of a fiscal year on A4: counts by outcome, reason, kind of place, source, district and quarter; no ages. This module does
//! no I/O.

use maud::{Markup, html};

use super::tables::{by_outcome, named, of_quarters, of_sources, outcomes};
use super::{NavItem, PageLayout};
use crate::gaps::results::ResultTable;
use crate::index::Snapshot;
use crate::publish::era::era_year;
use crate::publish::html::released_period::month_name;
use crate::publish::link_worker_messages::catalogue;

/// The page; `table` covers the fiscal year that begins in April of `year`, `None` before its first quarter is over.
pub fn year_report(snapshot: &Snapshot, table: Option<&ResultTable>, year: i32) -> String {
    let messages = catalogue("results");
    let title = messages.fill("year.title", &[("year", &year.to_string()), ("era", &era_year(year))]);
    let styles = &["unmet/unmet.css", "results/results.css"];
    let script = Some("sheets/page.js");
    let layout = PageLayout { snapshot, tab: NavItem::Results, title: Some(&title), styles, script, page: None };
    let city = &snapshot.city;
    let body = html! {
        p class="no-print" { a href=(NavItem::Results.address()) { (messages.text("year.back")) } }
        p class="bar no-print" hidden { button type="button" class="main" data-print { (messages.text("year.print")) } }
        article class="year-report" {
            p class="year-title" aria-hidden="true" { (title) }
            p { (city.name) @if !city.office.is_empty() { "　" (messages.text("year.office")) "：" (city.office) } }
            @match table.filter(|table| table.total() > 0) {
                Some(table) => (tables(table)),
                None => p { strong { (messages.text("year.empty")) } },
            }
        }
    };
    layout.document(&layout.main_of(&body)).into_string()
}

fn tables(table: &ResultTable) -> Markup {
    let messages = catalogue("results");
    let first = table.period.first.map(month_name).unwrap_or_default();
    let period = messages.fill("year.period", &[("first", &first), ("last", &month_name(table.period.last))]);
    html! {
        p { (period) }
        p class="note" { (messages.text("year.how")) }
        (part("year.totals", &outcomes(table)))
        (part("year.reasons", &by_outcome("table.reason", &named(&table.reasons))))
        (part("year.kinds", &by_outcome("table.kind", &named(&table.kinds))))
        (part("year.sources", &by_outcome("table.source", &of_sources(&table.sources))))
        (part("year.districts", &by_outcome("table.district", &named(&table.districts))))
        (part("year.quarters", &by_outcome("table.quarter", &of_quarters(table))))
    }
}

fn part(title: &'static str, table: &Markup) -> Markup {
    let id = title.replace('.', "-");
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (catalogue("results").text(title)) }
            div class="unmet-wide" tabindex="0" role="group" aria-labelledby=(id) { (table) }
        }
    }
}
