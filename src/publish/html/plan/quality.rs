//! How fresh and complete the data is, with a work list behind each number. This module does no I/O.

use maud::{Markup, html};

use super::answers::PlanAnswers;
use super::numbers::percent;
use super::{PlanQuery, PlanView};
use crate::gaps::quality::{QualityCounts, QualityFlaw};
use crate::gaps::{ExactNumber, GapOptionError, PlannerData};
use crate::index::ConsentCounts;
use crate::model::Language;
use crate::publish::html::{NavItem, PageLayout, query_value};
use crate::publish::page_file::SitePage;

/// What a work list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkListChoice {
    /// What is missing.
    pub flaw: QualityFlaw,
    /// Only places of this list.
    pub list: Option<String>,
    /// Only places of this part of the municipality.
    pub unit: Option<String>,
}

/// The section: by list, then by part of the municipality.
pub(super) fn section(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let quality = &answers.quality;
    html! {
        section class="panel" aria-labelledby="quality" {
            h2 id="quality" { (view.text("quality.heading")) }
            p { (view.text("quality.text")) }
            (table(view, "quality.list", quality.lists.iter().map(|row| {
                (row.of.clone().unwrap_or_else(|| view.text("quality.no_list").to_owned()), row.of.as_deref().map(|list| ("of_list", list)), row.counts)
            })))
            (consents(view))
            details {
                summary { (view.text("quality.by_district")) }
                (table(view, "table.district", quality.units.iter().map(|row| {
                    let unit = row.of.as_ref().and_then(|id| answers.units.by_id(id));
                    let name = unit.map_or(view.text("table.no_district"), |unit| &unit.name);
                    (name.to_owned(), row.of.as_ref().map(|id| ("of_district", id.0.as_str())), row.counts)
                })))
            }
        }
    }
}

/// How many persons' consents the office has to look after; no name, and nothing where there is nothing.
fn consents(view: &PlanView) -> Markup {
    let ConsentCounts { over, missing, withdrawn, unclear, soon } = view.snapshot.consents;
    let days = ConsentCounts::SOON_DAYS.to_string();
    let counts = [
        ("quality.consent_over", over),
        ("quality.consent_soon", soon),
        ("quality.consent_missing", missing + unclear),
        ("quality.consent_withdrawn", withdrawn),
    ];
    let shown: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    html! {
        @if !shown.is_empty() {
            h3 { (view.text("quality.consents")) }
            ul { @for (key, count) in shown {
                li { (view.fill(key, &[("count", &count.to_string()), ("days", &days)])) }
            } }
        }
    }
}

/// A row: its name, the parameter that chooses its places, and its counts.
type QualityTableRow<'a> = (String, Option<(&'static str, &'a str)>, QualityCounts);

fn table<'a>(view: &PlanView, first: &'static str, rows: impl Iterator<Item = QualityTableRow<'a>>) -> Markup {
    let start = work_list_start(view);
    html! {
        div class="plan-wide" tabindex="0" role="group" aria-label=(view.text_of(first)) { table class="plan-table" {
            caption class="visually-hidden" { (view.text("quality.heading")) }
            thead { tr {
                th scope="col" { (view.text_of(first)) }
                th scope="col" { (view.text("quality.places")) }
                th scope="col" { (view.text("quality.fresh")) }
                @for flaw in QualityFlaw::ALL { th scope="col" { (flaw_name(view, flaw)) } }
            } }
            tbody { @for (name, of, counts) in rows { tr {
                th scope="row" { (name) }
                td { (counts.places) }
                td { (percent(fresh_share(counts))) }
                @for flaw in QualityFlaw::ALL { td {
                    @let count = counts.with(flaw);
                    @if count > 0 && of.is_some() { a href=(work_list_url(&start, flaw, of)) { (count) } } @else { (count) }
                } }
            } } }
        } }
    }
}

fn flaw_name(view: &PlanView, flaw: QualityFlaw) -> &'static str {
    view.text_of(&format!("quality.{}", flaw.code()))
}

fn fresh_share(counts: QualityCounts) -> Option<ExactNumber> {
    let fresh = counts.places - counts.with(QualityFlaw::Stale);
    #[expect(clippy::cast_precision_loss, reason = "places are fewer than 2^52")]
    (counts.places > 0).then(|| ExactNumber(fresh as f64 / counts.places as f64))
}

/// The URL of the work list in this state, up to the flaw.
fn work_list_start(view: &PlanView) -> String {
    let url = view.query.url("/plan/work-list", view.snapshot);
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}what=")
}

fn work_list_url(start: &str, flaw: QualityFlaw, of: Option<(&str, &str)>) -> String {
    let of = of.map(|(name, value)| format!("&{name}={}", query_value(value))).unwrap_or_default();
    format!("{start}{}{of}", flaw.code())
}

/// The work list: places of which something is missing, with the list and row that they come from.
///
/// # Errors
///
/// If the query names what the data does not have.
pub fn work_list_page(
    data: &PlannerData,
    query: &PlanQuery,
    choice: &WorkListChoice,
) -> Result<String, GapOptionError> {
    let view = PlanView::new(data.snapshot(), query);
    let selection = data.select(&query.options)?;
    let places = selection.places_with(choice.flaw).into_iter().filter(|&at| {
        let listed = &data.snapshot().places[at];
        let is_of_list = |list: &String| !listed.private && listed.place.source.list == *list;
        choice.list.as_ref().is_none_or(is_of_list)
            && choice.unit.as_ref().is_none_or(|unit| selection.unit_of(at).is_some_and(|id| id.0 == *unit))
    });
    let places: Vec<usize> = places.collect();
    let name = flaw_name(&view, choice.flaw);
    let title = view.fill("work.title", &[("what", name), ("count", &places.len().to_string())]);
    let styles = &["plan/plan.css"];
    let layout = PageLayout {
        snapshot: data.snapshot(),
        tab: NavItem::Plan,
        title: Some(&title),
        styles,
        script: None,
        page: Some(SitePage::WorkList(Some(choice.flaw))),
    };
    let body = html! {
        main id="main" class="link-worker-main plan" tabindex="-1" lang=(query.lang.tag()) {
            p class="no-print" { a href=(query.url("/plan", data.snapshot())) { (view.text("report.back")) } }
            h1 { (title) }
            p { (view.text("work.text")) }
            (work_table(&view, &places))
        }
    };
    Ok(layout.document(&body).into_string())
}

fn work_table(view: &PlanView, places: &[usize]) -> Markup {
    let language = if view.query.lang == Language::En { "?lang=en" } else { "" };
    html! {
        div class="plan-wide" tabindex="0" role="group" aria-label=(view.text("work.places")) { table class="plan-table" {
            caption class="visually-hidden" { (view.text("work.places")) }
            thead { tr {
                th scope="col" { (view.text("work.place")) }
                th scope="col" { (view.text("quality.list")) }
                th scope="col" { (view.text("work.verified")) }
            } }
            tbody { @for listed in places.iter().map(|&at| &view.snapshot.places[at]) {
                // Which list a private person is of is not for every audience.
                @let source = (!listed.private).then_some(&listed.place.source);
                tr {
                    th scope="row" { a href={ "/places/" (listed.place.id.0) (language) } { (listed.place.facts.name) } }
                    td class="words" { (source.map_or("", |it| it.list.as_str())) }
                    td { @if let Some(verification) = &listed.place.verification { (verification.on) } }
                }
            } }
        } }
    }
}
