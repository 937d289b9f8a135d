//! Coverage by reach, kinds within reach, and how evenly places are shared: bars with their numbers beside. This module does no
//! I/O.

use maud::{Markup, html};

use super::PlanView;
use super::answers::PlanAnswers;
use super::district_table::definition;
use super::numbers::{decimal, distance, people, percent};
use crate::gaps::ExactNumber;
use crate::gaps::coverage::{PlaceKind, ReachedPeople};

/// Length of a whole bar in user units.
const BAR: f64 = 100.0;

/// Coverage by category and reach.
pub(super) fn coverage(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let reaches = view.query.reaches_m();
    let of = |kind: Option<&str>, reach: f64| {
        let is_it = |it: &&ReachedPeople| {
            matches!(&it.kind, PlaceKind::Category(id) if id.as_deref() == kind)
                && it.reach_m.0.total_cmp(&reach).is_eq()
        };
        answers.coverage.coverage.iter().find(is_it)
    };
    let categories = view.snapshot.categories.all();
    let kinds = std::iter::once(None).chain(categories.iter().map(|it| Some(it.id.0.as_str())));
    let name = |kind: Option<&str>| {
        kind.and_then(|id| categories.iter().find(|it| it.id.0 == id))
            .map_or_else(|| view.text("coverage.any"), |it| it.name.text(view.query.lang))
            .to_owned()
    };
    html! {
        section class="panel" aria-labelledby="coverage" {
            h2 id="coverage" { (view.text("coverage.heading")) }
            p { (view.fill("coverage.text", &[("age", &view.age_name(view.query.options.age))])) }
            div class="plan-wide" tabindex="0" role="group" aria-labelledby="coverage" {
                table class="plan-table plan-bars" {
                    caption class="visually-hidden" { (view.text("coverage.heading")) }
                    thead { tr {
                        th scope="col" { (view.text("coverage.kind")) }
                        @for reach in &reaches { th scope="col" { (distance(*reach)) } }
                    } }
                    tbody { @for kind in kinds { tr {
                        th scope="row" { (name(kind)) }
                        @for reach in &reaches { @if let Some(it) = of(kind, *reach) { td { (bar(it.share)) (percent(it.share)) br; span class="plan-gap" { (view.fill("people", &[("count", &people(it.reached.0))])) } } } }
                    } } }
                }
            }
            (definition(view, "coverage"))
        }
    }
}

/// People by how many kinds of places they have within the chosen reach.
pub(super) fn kinds(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let within = answers.coverage.kinds.iter().find(|it| it.reach_m.0.total_cmp(&view.query.reach_m).is_eq());
    let counts = within.map(|it| it.people.as_slice()).unwrap_or_default();
    let everybody: f64 = counts.iter().map(|it| it.0).sum();
    let share = |count: f64| (everybody > 0.0).then(|| ExactNumber(count / everybody));
    html! {
        section class="panel" aria-labelledby="kinds" {
            h2 id="kinds" { (view.text("kinds.heading")) }
            p { (view.fill("kinds.text", &[("reach", &distance(view.query.reach_m))])) }
            table class="plan-table plan-bars" {
                caption class="visually-hidden" { (view.text("kinds.heading")) }
                thead { tr { th scope="col" { (view.text("kinds.number")) } th scope="col" { (view.age_name(view.query.options.age)) } } }
                tbody { @for (number, count) in counts.iter().enumerate() { tr {
                    th scope="row" { (view.fill("kinds.of", &[("number", &number.to_string())])) }
                    td { (bar(share(count.0))) (view.fill("people", &[("count", &people(count.0))])) " " (percent(share(count.0))) }
                } } }
            }
            (definition(view, "kinds"))
        }
    }
}

/// How evenly places are shared (E2SFCA): Gini coefficient and the tenth with least, in sentences.
pub(super) fn accessibility(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let (summary, method) = (&answers.catchment.accessibility, &answers.catchment.method);
    let tenth = people(answers.coverage.population.located.0 / 10.0);
    html! {
        section class="panel" aria-labelledby="accessibility" {
            h2 id="accessibility" { (view.text("access.heading")) }
            p { (view.fill("access.gini", &[("gini", &decimal(summary.gini))])) }
            p { (view.fill("access.tenth", &[("tenth", &tenth), ("share", &percent(summary.worst_tenth.share))])) }
            @if summary.none.0 > 0.0 {
                p { (view.fill("access.none", &[("people", &people(summary.none.0)), ("reach", &distance(method.reach_m.0))])) }
            }
            @if answers.coverage.places.outside == 0 { p class="note" { (view.text("access.border")) } }
            (definition(view, "access"))
        }
    }
}

/// A bar for a share of 1; its number stands beside it.
fn bar(share: Option<ExactNumber>) -> Markup {
    let length = share.map_or(0.0, |share| share.0.clamp(0.0, 1.0) * BAR);
    html! {
        svg class="plan-bar" aria-hidden="true" viewBox="0 0 100 12" width="100" height="12" preserveAspectRatio="none" {
            rect class="plan-bar-ground" x="0" y="0" width="100" height="12" {}
            rect class="plan-bar-length" x="0" y="0" width=(format!("{length:.1}")) height="12" {}
        }
    }
}
