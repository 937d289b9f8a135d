//! The small areas with most people out of reach, and how far their nearest place is: where to look first. This module does no
//! I/O.

use maud::{Markup, html};

use super::PlanView;
use super::answers::PlanAnswers;
use super::numbers::{distance, distance_or_none, people};
use crate::gaps::coverage::{CoveredArea, NearestPlace};

/// How many areas the table shows.
const SHOWN: usize = 15;

/// How many more are named below it.
const NAMED: usize = 300;

/// The section; nothing where everybody is reached.
pub(super) fn section(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let far = far_areas(view, answers);
    html! {
        @if !far.is_empty() {
            section class="panel" aria-labelledby="far" {
                h2 id="far" { (view.text("far.heading")) }
                p { (view.fill("far.text", &[("reach", &distance(view.query.reach_m)), ("areas", &far.len().to_string())])) }
                div class="plan-wide" tabindex="0" role="group" aria-labelledby="far" { table class="plan-table" {
                    caption class="visually-hidden" { (view.text("far.heading")) }
                    thead { tr {
                        th scope="col" { (view.text("far.area")) }
                        th scope="col" { (view.age_name(view.query.options.age)) }
                        th scope="col" { (view.text("far.distance")) }
                        th scope="col" { (view.text("far.nearest")) }
                    } }
                    tbody { @for (area, count) in far.iter().take(SHOWN) { tr {
                        th scope="row" { (area.name) }
                        td { (people(*count)) }
                        td { (distance_or_none(area.nearest_m)) }
                        td class="words" { @if let Some(nearest) = &area.nearest { (nearest_place(view, nearest)) } }
                    } } }
                } }
                @if far.len() > SHOWN { p { (view.fill("far.more", &[("areas", &names(view, &far[SHOWN..]))])) } }
            }
        }
    }
}

/// The nearest place; a neighbour's has no page here.
fn nearest_place(view: &PlanView, nearest: &NearestPlace) -> Markup {
    html! {
        @if nearest.municipality.is_some() { (view.fill("far.neighbour", &[("name", &nearest.name)])) }
        @else { a href={ "/places/" (nearest.id.0) } { (nearest.name) } }
    }
}

/// The names of areas with their people, in one line.
fn names(view: &PlanView, far: &[(&CoveredArea, f64)]) -> String {
    let one = |(area, count): &(&CoveredArea, f64)| {
        view.fill("far.one", &[("name", &area.name), ("people", &people(*count))])
    };
    let mut names: Vec<String> = far.iter().take(NAMED).map(one).collect();
    if far.len() > NAMED {
        names.push("…".to_owned());
    }
    names.join(view.text("list.separator"))
}

/// Areas with people and no place within reach, most people first.
fn far_areas<'a>(view: &PlanView, answers: &'a PlanAnswers) -> Vec<(&'a CoveredArea, f64)> {
    let areas = answers.coverage.areas.iter().zip(&answers.catchment.areas);
    let is_far = |area: &CoveredArea| {
        area.position.is_some() && area.nearest_m.is_none_or(|metres| metres.0 > view.query.reach_m)
    };
    let known = areas.filter_map(|(area, of)| Some((area, of.people?.0)));
    let mut far: Vec<(&CoveredArea, f64)> = known.filter(|(area, count)| *count > 0.0 && is_far(area)).collect();
    far.sort_by(|a, b| b.1.total_cmp(&a.1));
    far
}
