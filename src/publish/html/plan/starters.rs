//! 「三人いれば始められる」: one page to print, with what three people need to begin what is missing in a district: a number, a hall, a
//! person who teaches, a group to turn to, and room to write.
//!
//! The sheet leaves the office, so that its places are those of the public snapshot. This module does no I/O.

use maud::{Markup, html};

use super::needs::{district_name, period_name, supply};
use super::{PlanNeeds, PlanQuery, PlanView};
use crate::gaps::unmet::StartingPoint;
use crate::index::Snapshot;
use crate::model::{DistrictId, Thesaurus};
use crate::publish::html::{NavItem, PageLayout};

/// Lines to write on.
const LINES: [&str; 5] = ["starters.who", "starters.what", "starters.when", "starters.where", "starters.next"];

/// What a sheet is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterChoice {
    /// The district; `None` is the whole municipality.
    pub district: Option<DistrictId>,
    /// The kind of interest, a top term of the thesaurus.
    pub interest: String,
}

/// The page. `snapshot` is the internal one, for the frame; `public` is what the sheet may show.
pub fn starters_page(
    (snapshot, public): (&Snapshot, &Snapshot),
    (needs, thesaurus): (&PlanNeeds, &Thesaurus),
    choice: &StarterChoice,
    query: &PlanQuery,
) -> String {
    let view = PlanView::new(snapshot, query);
    let title = view.text("starters.title").to_owned();
    let styles = &["plan/plan.css", "plan/starters.css"];
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Plan,
        title: Some(&title),
        styles,
        script: Some("sheets/page.js"),
        page: None,
    };
    let point = supply(public, thesaurus, query.reach_m).starting_point(choice.district.as_ref(), &choice.interest);
    let body = html! {
        main id="main" class="link-worker-main plan plan-starters" tabindex="-1" lang=(query.lang.tag()) {
            p class="bar no-print" hidden { button type="button" data-print { (view.text("report.print")) } }
            p class="no-print" { a href=(query.url("/plan", snapshot)) { (view.text("report.back")) } }
            h1 { (title) }
            p class="plan-lead" { (lead(&view, needs, choice)) }
            (places(&view, (public, &point.halls), "starters.halls"))
            (people(&view, public, &point))
            (lines(&view))
            p class="note" { (view.text("starters.note")) }
        }
    };
    layout.document(&body).into_string()
}

/// Who looked for it, in released numbers; without one the sentence has none.
fn lead(view: &PlanView, needs: &PlanNeeds, choice: &StarterChoice) -> String {
    let row = needs.row(choice.district.as_ref(), &choice.interest);
    let (district, period) =
        (district_name(view, choice.district.as_ref()), period_name(view.messages, needs.period()));
    let count = row.map_or(0, |row| row.count).to_string();
    let key = match row {
        None => "starters.lead_any",
        Some(row) if row.is_missing() => "starters.lead_missing",
        Some(_) => "starters.lead",
    };
    let all = [("district", district), ("interest", &*choice.interest), ("count", &*count), ("period", &*period)];
    let used = if row.is_none() { &all[..2] } else { &all[..] };
    view.fill(key, used)
}

fn people(view: &PlanView, public: &Snapshot, point: &StartingPoint) -> Markup {
    html! {
        (places(view, (public, &point.teachers), "starters.teachers"))
        (places(view, (public, &point.groups), "starters.groups"))
    }
}

/// Places by name, with what everybody may know of how to reach them.
fn places(view: &PlanView, (public, at): (&Snapshot, &[usize]), heading: &'static str) -> Markup {
    html! {
        section aria-label=(view.text_of(heading)) {
            h2 { (view.text_of(heading)) }
            @if at.is_empty() { p { (view.text("starters.nobody")) } }
            @else { ul class="starters-places" { @for &at in at {
                @let facts = &public.places[at].place.facts;
                li {
                    strong { (facts.name) }
                    @for text in [facts.address.as_ref(), facts.contact.phone.as_ref()].into_iter().flatten() { " " span { (text) } }
                }
            } } }
        }
    }
}

fn lines(view: &PlanView) -> Markup {
    html! { dl class="starters-lines" { @for key in LINES { div { dt { (view.text_of(key)) } dd {} } } } }
}
