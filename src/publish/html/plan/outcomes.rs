//! What became of referrals: the section of the planners' page on the internal address. What holds people comes first, then where
//! referrals fail.
//!
//! Disclosure control: every number is a released one ([`ResultTable`]), a multiple of three. This module does no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::needs::period_name;
use crate::gaps::results::{ResultRow, ResultTable};
use crate::model::{CategoryId, ReferralOutcome};

/// The section.
pub(super) fn section(view: &PlanView, results: &ResultTable) -> Markup {
    let period = period_name(view.messages, results.period);
    html! {
        section class="panel" aria-labelledby="outcomes" {
            h2 id="outcomes" { (view.text("results.heading")) }
            p { (view.fill("results.text", &[("period", &period)])) }
            @if results.total() == 0 { p { (view.text("results.none")) } }
            @else {
                (table(view, "results.kinds", &ordered(&results.kinds, ReferralOutcome::GoesOn), |row| kind_name(view, row)))
                (table(view, "results.reasons", &ordered(&results.reasons, ReferralOutcome::NoConsent), |row| row.name.clone()))
            }
            p class="note" { (view.text("results.three")) }
            p class="no-print" {
                a href="/results" { (view.text("results.page")) } " "
                a href="/results.csv" { (view.text("results.csv")) } " "
                a href="/results.xlsx" { (view.text("results.xlsx")) }
            }
        }
    }
}

/// The rows with a released count, those first that have most of `first`; the others come last.
fn ordered(rows: &[ResultRow], first: ReferralOutcome) -> Vec<&ResultRow> {
    let mut shown: Vec<&ResultRow> = rows.iter().filter(|row| row.total() > 0).collect();
    shown.sort_by_key(|row| (row.code.is_none(), std::cmp::Reverse((row.count(first), row.total()))));
    shown
}

fn kind_name(view: &PlanView, row: &ResultRow) -> String {
    row.code.as_ref().map(|code| view.category_name(&CategoryId(code.clone())).to_owned()).unwrap_or_default()
}

fn table(view: &PlanView, title: &'static str, rows: &[&ResultRow], name: impl Fn(&ResultRow) -> String) -> Markup {
    let id = title.replace('.', "-");
    html! {
        h3 id=(id) { (view.text(title)) }
        div class="plan-wide" tabindex="0" role="group" aria-labelledby=(id) {
            table class="plan-table" {
                thead { tr {
                    th scope="col" { (view.text("results.of")) }
                    @for outcome in ReferralOutcome::ALL { th scope="col" { (view.text_of(&format!("outcome.{}", outcome.code()))) } }
                } }
                tbody { @for row in rows { tr {
                    th scope="row" { @if row.code.is_some() { (name(row)) } @else { (view.text("results.others")) } }
                    @for count in row.counts { td { @if count > 0 { (count) } @else { (view.text("results.held")) } } }
                } } }
            }
        }
    }
}
