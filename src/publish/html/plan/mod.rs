//! The planners' page `/plan` and the paper for the council: which districts have nothing, who is out of reach, where one more
//! place helps most.
//!
//! Every number comes from [`crate::gaps`] over the snapshot of the page's audience, so that the page tells no more than the map.
//! Maps and bars are drawn on the server, so that they print and need no script; the script only drags a pin. Without a
//! population the page shows what there is and says what to import. This module does no I/O.

mod answers;
mod change;
mod charts;
mod controls;
mod district_table;
mod far_areas;
mod map;
mod method;
mod needs;
mod numbers;
mod outcomes;
mod quality;
mod query;
mod report;
mod sites;
mod starters;
mod summary;
mod supply;
mod what_if;

use maud::{Markup, html};

pub use self::change::change_csv;
pub use self::needs::{PlanNeeds, needs_csv};
pub use self::quality::{WorkListChoice, work_list_page};
pub use self::query::{PlanCandidates, PlanQuery};
pub use self::starters::{StarterChoice, starters_page};
pub use self::what_if::what_if;

use self::answers::PlanAnswers;
use super::{NavItem, PageLayout};
use crate::gaps::results::ResultTable;
use crate::gaps::table::TableOptions;
use crate::gaps::{GapOptionError, PlannerData};
use crate::index::Snapshot;
use crate::model::{CategoryId, Language, Messages};
use crate::publish::page_file::SitePage;
use crate::publish::plan_messages::plan_messages;
use crate::publish::{plan_csv, plan_xlsx};

/// What every part of the page needs: the snapshot, the state, and the texts of its language.
struct PlanView<'a> {
    snapshot: &'a Snapshot,
    query: &'a PlanQuery,
    messages: &'static Messages,
}

impl<'a> PlanView<'a> {
    fn new(snapshot: &'a Snapshot, query: &'a PlanQuery) -> Self {
        Self { snapshot, query, messages: plan_messages(query.lang) }
    }

    fn text<'t>(&'t self, key: &'t str) -> &'t str {
        self.messages.text(key)
    }

    /// As [`text`](Self::text), for a key that was put together.
    fn text_of(&self, key: &str) -> &'static str {
        self.messages.find(key).unwrap_or_default()
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.messages.fill(key, values)
    }

    fn city_name(&self) -> &str {
        let city = &self.snapshot.city;
        if self.query.lang == Language::En && !city.name_en.is_empty() { &city.name_en } else { &city.name }
    }

    fn category_name(&self, id: &CategoryId) -> &str {
        self.snapshot.categories.by_id(id).map_or("", |category| category.name.text(self.query.lang))
    }

    /// 「65歳以上」; everybody for 0.
    fn age_name(&self, age: u32) -> String {
        if age == 0 { self.text("age.all").to_owned() } else { self.fill("age.over", &[("age", &age.to_string())]) }
    }

    /// 「65歳以上 412人」.
    fn age_group(&self, count: f64) -> String {
        let (age, count) = (self.age_name(self.query.options.age), numbers::people(count));
        self.fill("age.group", &[("age", &age), ("count", &count)])
    }

    fn has_filters(&self) -> bool {
        let options = &self.query.options;
        !options.categories.is_empty()
            || !options.lists.is_empty()
            || !options.days.is_empty()
            || !options.times.is_empty()
            || options.step_free
            || options.accepting
            || options.exact_only
            || options.inside_only
    }

    /// The page without any choice, in the same language.
    fn plain_url(&self) -> &'static str {
        if self.query.lang == Language::En { "/plan?lang=en" } else { "/plan" }
    }
}

/// What the planners' page on the internal address shows of reports, as far as disclosure control releases them.
#[derive(Debug)]
pub struct PlanRecords {
    /// Unmet needs.
    pub needs: PlanNeeds,
    /// What became of referrals.
    pub results: ResultTable,
}

/// Files of the table of districts and categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapTableFile {
    /// For any spreadsheet.
    Csv,
    /// For Excel.
    Xlsx,
}

/// The table of districts and categories as a file.
///
/// # Errors
///
/// If the query names what the data does not have.
pub fn gap_table(data: &PlannerData, query: &PlanQuery, file: GapTableFile) -> Result<Vec<u8>, GapOptionError> {
    let monthly = data.snapshot().city.gaps.monthly;
    let answer = data.select(&query.options)?.table(&TableOptions { reach_m: query.reach_m, monthly })?;
    Ok(match file {
        GapTableFile::Csv => plan_csv::table(data, &answer),
        GapTableFile::Xlsx => plan_xlsx::table(data, &answer),
    })
}

/// The page; `data` is the snapshot with its population, if there is one, and `records` what was reported, on the internal address.
pub fn plan_page(
    snapshot: &Snapshot,
    data: Option<&PlannerData>,
    records: Option<&PlanRecords>,
    query: &PlanQuery,
) -> String {
    let view = PlanView::new(snapshot, query);
    let title = view.text("title").to_owned();
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Plan,
        title: Some(&title),
        styles: &["plan/plan.css"],
        script: data.is_some().then_some("plan/plan.js"),
        page: Some(SitePage::Plan),
    };
    let body = match data.map(|data| PlanAnswers::compute(data, query)) {
        Some(Ok(answers)) => with_answers(&view, &answers, records),
        Some(Err(error)) => html! { p role="alert" { (error) } (supply::without_population(&view)) },
        None => {
            html! { (supply::without_population(&view)) @if let Some(records) = records { (reported(&view, records)) } }
        }
    };
    let body = html! { div class="plan" lang=(query.lang.tag()) { (languages(&view)) (unused(&view)) (body) } };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The paper for the council: the same numbers without controls, with method, sources and definitions.
pub fn plan_report(snapshot: &Snapshot, data: Option<&PlannerData>, query: &PlanQuery) -> String {
    let view = PlanView::new(snapshot, query);
    let title = view.fill("report.title", &[("city", view.city_name())]);
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Plan,
        title: Some(&title),
        styles: &["plan/plan.css", "plan/report.css"],
        script: Some("sheets/page.js"),
        page: Some(SitePage::PlanReport),
    };
    let body = match data.map(|data| PlanAnswers::compute(data, query)) {
        Some(Ok(answers)) => report::sections(&view, &answers),
        _ => supply::without_population(&view),
    };
    layout.document(&report::paper(&view, &title, &body)).into_string()
}

/// The paper for the council as one file that needs no other.
///
/// # Errors
///
/// If the query names what the data does not have.
pub fn plan_report_file(data: &PlannerData, query: &PlanQuery) -> Result<String, GapOptionError> {
    let view = PlanView::new(data.snapshot(), query);
    Ok(report::file(&view, &PlanAnswers::compute(data, query)?))
}

/// The sections of what was reported.
fn reported(view: &PlanView, records: &PlanRecords) -> Markup {
    html! { (needs::section(view, &records.needs)) (outcomes::section(view, &records.results)) }
}

fn with_answers(view: &PlanView, answers: &PlanAnswers, records: Option<&PlanRecords>) -> Markup {
    html! {
        (summary::summary(view, answers))
        (controls::controls(view))
        (map::section(view, answers, true))
        (sites::section(view, answers))
        (district_table::section(view, answers, Some("/plan")))
        @if let Some(records) = records { (reported(view, records)) }
        (far_areas::section(view, answers))
        (charts::coverage(view, answers))
        (charts::kinds(view, answers))
        (charts::accessibility(view, answers))
        (change::section(view, answers.change.as_ref(), false))
        (quality::section(view, answers))
        (method::section(view, answers))
        (downloads(view))
    }
}

/// The page in its other language.
fn languages(view: &PlanView) -> Markup {
    let other = if view.query.lang == Language::En { Language::Ja } else { Language::En };
    let url = PlanQuery { lang: other, ..view.query.clone() }.url("/plan", view.snapshot);
    html! { p class="no-print plan-language" { a href=(url) lang=(other.tag()) hreflang=(other.tag()) { (view.text("language")) } } }
}

/// Parts of the URL that mean nothing here.
fn unused(view: &PlanView) -> Markup {
    let parts = &view.query.unused;
    html! { @if !parts.is_empty() { p class="note" role="status" { (view.fill("unused", &[("parts", &parts.join(", "))])) } } }
}

fn downloads(view: &PlanView) -> Markup {
    let url = |path: &str| view.query.url(path, view.snapshot);
    html! {
        section class="panel no-print" aria-labelledby="files" {
            h2 id="files" { (view.text("files.heading")) }
            ul class="plan-files" {
                li { a href=(url("/plan/report")) { (view.text("files.report")) } }
                li { a href=(url("/plan.csv")) { (view.text("files.csv")) } }
                li { a href=(url("/plan.xlsx")) { (view.text("files.xlsx")) } }
            }
        }
    }
}
