//! Tables of the unmet needs: those of the map, and all others. This module does no I/O.

use maud::{Markup, html};

use super::{reason_name, way_name};
use crate::gaps::unmet::{DistrictRow, InterestGroup, MapChoice, UnmetTable};
use crate::model::unmet_need::UnmetReason;
use crate::publish::html::released_period::month_name;
use crate::publish::link_worker_messages::catalogue;

/// A cell with a count, or the sign for a suppressed one.
pub(in crate::publish::html) fn cell(count: u32) -> Markup {
    let messages = catalogue("unmet");
    html! {
        @if count == 0 {
            td class="held" { span aria-hidden="true" { (messages.text("held.sign")) } span class="visually-hidden" { (messages.text("held")) } }
        } @else { td { (count) } }
    }
}

/// The name of a district, or the message for needs without one.
fn row_name(row: &DistrictRow) -> &str {
    if row.district.is_some() { &row.name } else { catalogue("unmet").text("no_district") }
}

/// The counts that the map shows, by district.
pub(super) fn by_district(table: &UnmetTable, choice: &MapChoice) -> Markup {
    let messages = catalogue("unmet");
    html! {
        table class="unmet-table" {
            caption class="visually-hidden" { (messages.text("map.heading")) }
            thead { tr { th scope="col" { (messages.text("table.district")) } th scope="col" { (messages.text("table.count")) } } }
            tbody { @for row in &table.districts { tr { th scope="row" { (row_name(row)) } (cell(row.shown(choice))) } } }
        }
    }
}

/// All other tables.
pub(super) fn all(table: &UnmetTable) -> Markup {
    html! {
        (reasons(table))
        div class="unmet-columns" { (interests(&table.interests)) (ways(table)) (months(table)) }
    }
}

/// Districts by reason, with sums.
fn reasons(table: &UnmetTable) -> Markup {
    let messages = catalogue("unmet");
    let sum = |reason: UnmetReason| table.districts.iter().map(|row| row.reasons[reason as usize]).sum();
    html! {
        section class="panel" aria-labelledby="by-reason" {
            h2 id="by-reason" { (messages.text("table.reasons")) }
            div class="unmet-wide" tabindex="0" role="group" aria-labelledby="by-reason" {
                table class="unmet-table" {
                    thead { tr {
                        th scope="col" { (messages.text("table.district")) }
                        @for reason in UnmetReason::ALL { th scope="col" { (reason_name(reason)) } }
                        th scope="col" { (messages.text("total")) }
                    } }
                    tbody { @for row in &table.districts { tr {
                        th scope="row" { (row_name(row)) }
                        @for count in row.reasons { (cell(count)) }
                        (cell(row.total()))
                    } } }
                    tfoot { tr {
                        th scope="row" { (messages.text("total")) }
                        @for reason in UnmetReason::ALL { (cell(sum(reason))) }
                        (cell(table.total()))
                    } }
                }
            }
        }
    }
}

/// Top terms with their narrower terms.
fn interests(groups: &[InterestGroup]) -> Markup {
    let messages = catalogue("unmet");
    let row_name = |group: &InterestGroup| {
        if group.name.is_empty() { messages.text("other_terms").to_owned() } else { group.name.clone() }
    };
    html! {
        section class="panel" aria-labelledby="by-interest" {
            h2 id="by-interest" { (messages.text("table.interests")) }
            table class="unmet-table unmet-terms" {
                thead { tr {
                    th scope="col" { (messages.text("table.group")) }
                    th scope="col" { (messages.text("table.count")) }
                    th scope="col" { (messages.text("table.terms")) }
                } }
                tbody { @for group in groups { tr {
                    th scope="row" { (row_name(group)) }
                    (cell(group.count))
                    td class="words" { @if group.terms.is_empty() { span aria-hidden="true" { (messages.text("held.sign")) } span class="visually-hidden" { (messages.text("held")) } }
                        @else { ul { @for (term, count) in &group.terms { li { (term) " " (messages.fill("count", &[("n", &count.to_string())])) } } } } }
                } }
                @if groups.is_empty() { tr { th scope="row" { (messages.text("all")) } (cell(0)) td class="words" {} } } }
            }
        }
    }
}

/// Counts by travel mode.
fn ways(table: &UnmetTable) -> Markup {
    let messages = catalogue("unmet");
    let rows = table.ways.iter().map(|(way, count)| (way_name(*way), *count));
    two_column_table("by-way", ["table.ways", "table.ways.note"], messages.text("table.ways"), rows)
}

/// Counts by month, the latest first.
fn months(table: &UnmetTable) -> Markup {
    let messages = catalogue("unmet");
    let released = table.months.iter().rev().filter(|(_, count)| *count > 0);
    let rows = released.map(|(month, count)| (month_name(*month), *count));
    two_column_table("by-month", ["table.months", "table.months.note"], messages.text("table.month"), rows)
}

/// A table of names and counts; `first` is the heading of the names.
fn two_column_table(
    id: &str,
    [title, note]: [&str; 2],
    first: &str,
    rows: impl Iterator<Item = (String, u32)>,
) -> Markup {
    let messages = catalogue("unmet");
    html! {
        section class="panel" aria-labelledby=(id) {
            h2 id=(id) { (messages.text(title)) }
            p class="note" { (messages.text(note)) }
            table class="unmet-table" {
                thead { tr { th scope="col" { (first) } th scope="col" { (messages.text("table.count")) } } }
                tbody { @for (name, count) in rows { tr { th scope="row" { (name) } (cell(count)) } } }
            }
        }
    }
}
