//! The panel to report what became of a referral: choices of the city's own tables and one button per outcome. The script sends it; there
//! is no form and no field has a name, so that nothing can be sent by accident, the code of a paper least of all. This module does no
//! I/O.

use maud::{Markup, html};

use super::{outcome_name, source_name};
use crate::index::Snapshot;
use crate::model::{Language, ReferralOutcome, ReferralReasonTable, ReferralSource};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::paper_code::PaperCodeTables;

/// The panel, which the script shows.
pub(super) fn panel(snapshot: &Snapshot, reasons: &ReferralReasonTable) -> Markup {
    let messages = catalogue("results");
    html! {
        noscript { p class="panel" { (messages.text("panel.script")) } }
        section id="report" class="panel unmet-panel no-print" aria-labelledby="report-heading" data-tables=(PaperCodeTables::of(snapshot).check()) hidden {
            h2 id="report-heading" { (messages.text("panel.heading")) }
            p { (messages.text("panel.text")) }
            label class="field result-code" {
                span { (messages.text("panel.code")) }
                input type="text" data-code autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="16" aria-describedby="code-note";
            }
            p id="code-note" class="note" { (messages.text("panel.code_note")) }
            p class="note" role="status" data-code-status {}
            div class="result-fields" {
                (choices("district", districts(snapshot)))
                (choices("kind", kinds(snapshot)))
                (choices("reason", reasons.all().iter().map(|it| (it.id.0.as_str(), it.name.as_str()))))
                (choices("source", ReferralSource::ALL.into_iter().map(|it| (it.code(), source_name(it)))))
            }
            (reason_notes(reasons))
            h3 id="outcomes" { (messages.text("panel.outcomes")) }
            div class="unmet-reasons" role="group" aria-labelledby="outcomes" {
                @for outcome in ReferralOutcome::ALL { button type="button" data-outcome=(outcome.code()) { (outcome_name(outcome)) } }
            }
            div class="unmet-status" {
                p role="status" data-status {}
                button type="button" data-undo hidden { (messages.text("panel.undo")) }
                button type="button" data-next hidden { (messages.text("panel.next")) }
            }
        }
    }
}

/// What the reasons cover, for those who wonder.
fn reason_notes(reasons: &ReferralReasonTable) -> Markup {
    let noted = || reasons.all().iter().filter(|reason| !reason.about.is_empty());
    html! {
        @if noted().next().is_some() {
            details class="result-reasons" {
                summary { (catalogue("results").text("panel.reason_about")) }
                dl { @for reason in noted() { div { dt { (reason.name) } dd { (reason.about) } } } }
            }
        }
    }
}

fn districts(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &str)> {
    snapshot.districts.all().iter().map(|district| (district.id.0.as_str(), district.name.as_str()))
}

fn kinds(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &str)> {
    snapshot.categories.all().iter().map(|category| (category.id.0.as_str(), category.name.text(Language::Ja)))
}

/// A choice that need not be made.
fn choices<'a>(field: &'static str, all: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    let messages = catalogue("results");
    html! {
        label class="field" {
            span { (messages.of("panel.", field)) }
            select data-field=(field) autocomplete="off" {
                option value="" { (messages.text("panel.any")) }
                @for (code, name) in all { option value=(code) { (name) } }
            }
        }
    }
}
