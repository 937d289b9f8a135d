//! The page of what became of referrals: the panel to report one, what planners see of all, downloads, and the report of a year.
//!
//! Disclosure control: every number comes from [`ResultTable`], which suppresses small counts. This module does no I/O.

mod files;
mod panel;
mod tables;
mod year;

use maud::{Markup, html};

pub use files::{csv, json, xlsx};
pub use year::year_report;

use super::released_period::period_name;
use super::{NavItem, PageLayout};
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::results::ResultTable;
use crate::index::Snapshot;
use crate::model::{Month, Quarter, ReferralOutcome, ReferralReasonTable, ReferralSource};
use crate::publish::link_worker_messages::catalogue;

/// The periods that can be chosen, in quarters; none for all.
const PERIODS: [(&str, Option<u16>); 3] = [("4", Some(4)), ("8", Some(8)), ("all", None)];

/// The page. `year` is the fiscal year whose report it links.
pub fn page(snapshot: &Snapshot, table: &ResultTable, reasons: &ReferralReasonTable, year: i32) -> String {
    let styles = &["unmet/unmet.css", "unmet/panel.css", "results/results.css"];
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Results,
        title: None,
        styles,
        script: Some("results/results.js"),
        page: None,
    };
    let messages = catalogue("results");
    let body = html! {
        p class="unmet-print" { (snapshot.city.name) " " (NavItem::Results.name()) "（" (period_name(table.period)) "）" }
        p class="no-print" { (messages.text("lead")) " " (messages.text("what")) }
        (panel::panel(snapshot, reasons))
        p class="note" { (messages.text("three")) }
        (period_links(table.period))
        @if table.total() == 0 { (no_results_note(table.period)) }
        @else { (tables::all(table)) (downloads(table.period, year)) }
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The period of a query's `period`, as far as its quarters are over in `this_month`; `None` for an unknown code.
pub fn period_of(code: Option<&str>, this_month: Month) -> Option<MonthPeriod> {
    let code = code.unwrap_or(PERIODS[0].0);
    let (_, quarters) = PERIODS.into_iter().find(|(known, _)| *known == code)?;
    Some(quarters.map_or_else(
        || MonthPeriod::quarters_released_in(this_month, None),
        |quarters| MonthPeriod::last_quarters(this_month, quarters),
    ))
}

/// The codes of [`period_of`], for messages.
pub fn period_codes() -> String {
    PERIODS.map(|(code, _)| code).join(", ")
}

/// The period as a query parameter.
fn period_code(period: MonthPeriod) -> &'static str {
    let quarters = period.first.map(|_| period.quarters(None).len());
    let is_it = |of: Option<u16>| of.map(usize::from) == quarters;
    PERIODS.into_iter().find(|(_, of)| is_it(*of)).map_or("all", |(code, _)| code)
}

/// The note for a period without released counts.
fn no_results_note(period: MonthPeriod) -> Markup {
    let messages = catalogue("results");
    html! {
        section class="panel" {
            p { strong { (messages.text("empty.heading")) } }
            @if period.first.is_some() { p { (messages.text("empty.period")) } }
            p { (messages.text("empty.text")) }
        }
    }
}

/// Links that choose the period.
fn period_links(period: MonthPeriod) -> Markup {
    let messages = catalogue("results");
    let here = period_code(period);
    html! {
        nav class="panel no-print unmet-choices" aria-label=(messages.text("choose")) {
            h2 class="visually-hidden" { (messages.text("choose")) }
            ul { @for (code, _) in PERIODS {
                li { a class="unmet-choice" href={ "/results?period=" (code) } aria-current=[(code == here).then_some("true")] { (messages.of("period.", code)) } }
            } }
        }
    }
}

/// The download links of the period, and the report of a year.
fn downloads(period: MonthPeriod, year: i32) -> Markup {
    let messages = catalogue("results");
    let code = period_code(period);
    html! {
        section class="no-print unmet-files" aria-labelledby="files" {
            h2 id="files" { (messages.text("files")) }
            p {
                @for kind in ["csv", "xlsx", "json"] { a href={ "/results." (kind) "?period=" (code) } { (messages.of("files.", kind)) } " " }
                @for year in [year, year - 1] {
                    a href={ "/results/report?year=" (year) } { (messages.fill("files.year", &[("year", &year.to_string())])) } " "
                }
            }
            p class="note" { (messages.text("print")) }
        }
    }
}

fn quarter_name(quarter: Quarter) -> String {
    let (year, from, to) = (quarter.first().year(), quarter.first().number(), quarter.last().number());
    let values = [("year", &*year.to_string()), ("from", &*from.to_string()), ("to", &*to.to_string())];
    catalogue("results").fill("quarter", &values)
}

/// The message for an outcome.
fn outcome_name(outcome: ReferralOutcome) -> &'static str {
    catalogue("results").of("outcome.", outcome.code())
}

/// The message for who referred.
fn source_name(source: ReferralSource) -> &'static str {
    catalogue("results").of("source.", source.code())
}
