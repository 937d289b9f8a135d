//! Tables of the results: one row per kind, district, reason, source or quarter, one column per outcome. This module does no I/O.

use maud::{Markup, html};

use super::{outcome_name, quarter_name, source_name};
use crate::gaps::results::{OutcomeCounts, ResultRow, ResultTable};
use crate::model::{ReferralOutcome, ReferralSource};
use crate::publish::html::unmet::tables::cell;
use crate::publish::link_worker_messages::catalogue;

/// All tables of the page.
pub(super) fn all(table: &ResultTable) -> Markup {
    html! {
        (section("totals", None, &outcomes(table)))
        (section("kinds", None, &by_outcome("table.kind", &named(&table.kinds))))
        (section("reasons", None, &by_outcome("table.reason", &named(&table.reasons))))
        (section("districts", None, &by_outcome("table.district", &named(&table.districts))))
        (section("sources", None, &by_outcome("table.source", &of_sources(&table.sources))))
        (section("quarters", Some("quarters.note"), &by_outcome("table.quarter", &of_quarters(table))))
    }
}

fn section(id: &'static str, note: Option<&str>, table: &Markup) -> Markup {
    let messages = catalogue("results");
    html! {
        section class="panel" aria-labelledby=(id) {
            h2 id=(id) { (messages.text(id)) }
            @if let Some(note) = note { p class="note" { (messages.text(note)) } }
            div class="unmet-wide" tabindex="0" role="group" aria-labelledby=(id) { (table) }
        }
    }
}

/// The totals, one row per outcome.
pub(super) fn outcomes(table: &ResultTable) -> Markup {
    let messages = catalogue("results");
    html! {
        table class="unmet-table" {
            thead { tr { th scope="col" { (messages.text("table.outcome")) } th scope="col" { (messages.text("table.count")) } } }
            tbody { @for outcome in ReferralOutcome::ALL {
                tr { th scope="row" { (outcome_name(outcome)) } (cell(table.totals[outcome as usize])) }
            } }
            tfoot { tr { th scope="row" { (messages.text("total")) } (cell(table.total())) } }
        }
    }
}

/// A table by outcome; `first` is the heading of the names.
pub(super) fn by_outcome(first: &str, rows: &[(String, OutcomeCounts)]) -> Markup {
    let messages = catalogue("results");
    let sum = |outcome: ReferralOutcome| rows.iter().map(|(_, counts)| counts[outcome as usize]).sum();
    let all = rows.iter().flat_map(|(_, counts)| counts).sum();
    html! {
        table class="unmet-table" {
            thead { tr {
                th scope="col" { (messages.text(first)) }
                @for outcome in ReferralOutcome::ALL { th scope="col" { (outcome_name(outcome)) } }
                th scope="col" { (messages.text("total")) }
            } }
            tbody { @for (name, counts) in rows { tr {
                th scope="row" { (name) }
                @for count in *counts { (cell(count)) }
                (cell(counts.iter().sum()))
            } } }
            tfoot { tr {
                th scope="row" { (messages.text("total")) }
                @for outcome in ReferralOutcome::ALL { (cell(sum(outcome))) }
                (cell(all))
            } }
        }
    }
}

/// Rows with their names.
pub(super) fn named(rows: &[ResultRow]) -> Vec<(String, OutcomeCounts)> {
    let name = |row: &ResultRow| if row.code.is_some() { row.name.clone() } else { others() };
    rows.iter().map(|row| (name(row), row.counts)).collect()
}

/// As [`named`], for sources, which have no table of the city.
pub(super) fn of_sources(rows: &[ResultRow]) -> Vec<(String, OutcomeCounts)> {
    let name = |row: &ResultRow| {
        let source = row.code.as_deref().and_then(ReferralSource::from_code);
        source.map_or_else(others, |source| source_name(source).to_owned())
    };
    rows.iter().map(|row| (name(row), row.counts)).collect()
}

/// Quarters with their names.
pub(super) fn of_quarters(table: &ResultTable) -> Vec<(String, OutcomeCounts)> {
    table.quarters.iter().map(|(quarter, counts)| (quarter_name(*quarter), *counts)).collect()
}

fn others() -> String {
    catalogue("results").text("others").to_owned()
}
