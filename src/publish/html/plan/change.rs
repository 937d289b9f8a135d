//! What changed since an earlier day: a sentence, what stands in the way of comparing, and a table. This module does no I/O.

use maud::{Markup, html};

use super::numbers::{people, percent};
use super::{PlanQuery, PlanView};
use crate::gaps::history::{BeforeAfter, CategoryChange, PlanningChange, UnitChange};
use crate::gaps::{ExactNumber, PlannerData};
use crate::publish::plan_history_csv;

/// What changed since the day of the query, or since the first day of which numbers are kept; `None` where none are.
pub(super) fn change_since(data: &PlannerData, query: &PlanQuery) -> Option<PlanningChange> {
    let earlier = PlanningChange::summary_of(&data.snapshot().planning_history, query.since)?;
    let today = query.options.from;
    Some(PlanningChange::between(earlier, data.figures(today), today))
}

/// What changed as a file; `None` where no numbers are kept.
pub fn change_csv(data: &PlannerData, query: &PlanQuery) -> Option<Vec<u8>> {
    let change = change_since(data, query)?;
    Some(plan_history_csv::table(data.snapshot(), &change))
}

/// The section; nothing where no numbers of an earlier day are kept. On paper it has no links.
pub(super) fn section(view: &PlanView, change: Option<&PlanningChange>, is_on_paper: bool) -> Markup {
    let Some(change) = change else { return html! {} };
    let moved: Vec<&UnitChange> = change.units.iter().filter(|unit| unit.is_changed()).collect();
    html! {
        section class="panel" aria-labelledby="change" {
            h2 id="change" { (view.text("change.heading")) }
            @if !is_on_paper { (choice(view, change)) }
            p class="plan-lead" { (sentence(view, change)) }
            @for doubt in doubts(view, change) { p class="note plan-doubt" { (doubt) } }
            @if moved.is_empty() { p { (view.text("change.nothing")) } } @else {
                div class="plan-wide" tabindex="0" role="group" aria-labelledby="change" { (table(view, change, &moved)) }
            }
            p class="note" { (view.text("change.definition")) }
            @if !is_on_paper {
                p class="no-print" { a href=(view.query.url("/plan/change.csv", view.snapshot)) { (view.text("change.csv")) } }
            }
        }
    }
}

/// A form of its own with the days of which numbers are kept, newest first; all other choices stay.
fn choice(view: &PlanView, change: &PlanningChange) -> Markup {
    let mut days: Vec<_> = view.snapshot.planning_history.iter().map(|summary| summary.day).collect();
    days.dedup();
    let is_missing = view.query.since.is_some_and(|since| since < change.since);
    html! {
        form class="no-print plan-since" method="get" action="/plan#change" {
            @for (name, value) in view.query.pairs(view.snapshot).iter().filter(|(name, _)| *name != "since") {
                input type="hidden" name=(name) value=(value);
            }
            label for="since" { (view.text("change.since")) }
            select id="since" name="since" {
                @for day in days.iter().rev() { option value=(day) selected[*day == change.since] { (view.date(*day)) } }
            }
            button type="submit" { (view.text("change.show")) }
        }
        @if is_missing { p class="note" role="status" { (view.fill("change.too_early", &[("since", &view.date(change.since))])) } }
    }
}

fn sentence(view: &PlanView, change: &PlanningChange) -> String {
    let [before, after] = [change.places.before, change.places.after].map(|count| count.to_string());
    let shares = BeforeAfter {
        before: share(change.reached.before, change.people.before),
        after: share(change.reached.after, change.people.after),
    };
    let (since, reach) = (view.date(change.since), super::numbers::distance(change.definitions.after.reach_m));
    let values = [
        ("since", &*since),
        ("age", &*view.age_name(change.definitions.after.age)),
        ("reach", &*reach),
        ("places_before", &*before),
        ("places_after", &*after),
        ("reached_before", &*people(change.reached.before.0)),
        ("reached_after", &*people(change.reached.after.0)),
        ("share_before", &*shares.before),
        ("share_after", &*shares.after),
    ];
    view.fill("change.sentence", &values)
}

fn share(reached: ExactNumber, of: ExactNumber) -> String {
    percent((of.0 > 0.0).then(|| ExactNumber(reached.0 / of.0)))
}

/// What else changed in between, so that not every difference is one of places.
fn doubts(view: &PlanView, change: &PlanningChange) -> Vec<String> {
    let mut doubts = Vec::new();
    if change.definitions_changed {
        doubts.push(view.text("change.definitions_changed").to_owned());
    }
    if change.population_changed {
        let day = |day: Option<chrono::NaiveDate>| {
            day.map_or_else(|| view.text("change.no_population").to_owned(), |day| view.date(day))
        };
        let (before, after) = (day(change.population.before), day(change.population.after));
        doubts.push(view.fill("change.population_changed", &[("before", &before), ("after", &after)]));
    }
    if change.neighbours.is_changed() {
        let [before, after] = [change.neighbours.before, change.neighbours.after].map(|count| count.to_string());
        doubts.push(view.fill("change.neighbours_changed", &[("before", &before), ("after", &after)]));
    }
    doubts
}

fn table(view: &PlanView, change: &PlanningChange, moved: &[&UnitChange]) -> Markup {
    let since = view.date(change.since);
    html! {
        table class="plan-table" {
            caption class="visually-hidden" { (view.text("change.heading")) }
            thead { tr {
                th scope="col" { (view.text("table.district")) }
                th scope="col" { (view.fill("change.places_since", &[("since", &since)])) }
                th scope="col" { (view.text("change.places_now")) }
                th scope="col" { (view.text("change.categories")) }
                th scope="col" { (view.fill("change.reached_since", &[("since", &since)])) }
                th scope="col" { (view.text("change.reached_now")) }
            } }
            tbody { @for unit in moved { tr {
                th scope="row" { @if unit.district.is_some() { (unit.name) } @else { (view.text("table.no_district")) } }
                td { (unit.places.before) }
                td { (unit.places.after) }
                td class="words" { (categories(view, unit)) }
                td { (people(unit.reached.before.0)) }
                td { (people(unit.reached.after.0)) }
            } } }
        }
    }
}

/// The categories of which the number of places changed, with the difference.
fn categories(view: &PlanView, unit: &UnitChange) -> String {
    let one = |of: &CategoryChange| {
        let known = view.category_name(&of.category);
        let name = if known.is_empty() { of.category.0.as_str() } else { known };
        let sign = if of.places.after > of.places.before { '+' } else { '−' };
        format!("{name} {sign}{}", of.places.after.abs_diff(of.places.before))
    };
    unit.categories.iter().map(one).collect::<Vec<_>>().join(view.text("list.separator"))
}
