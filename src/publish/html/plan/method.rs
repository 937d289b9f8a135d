//! How the numbers of the planners' page are made: dates, sources, what is not known, definitions. This module does no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::answers::PlanAnswers;
use super::numbers::{distance, people};
use super::summary::{border, not_known};

/// The subjects that have a definition, in the order of the page.
const DEFINITIONS: [&str; 5] = ["gap", "coverage", "kinds", "access", "sites"];

/// The section with dates, sources and what is not known.
pub(super) fn section(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let (method, population) = (&answers.table.method, &answers.coverage.population);
    let (radius, detour) = (people(method.radius_m.0), method.detour.0.to_string());
    let (reach, monthly) = (distance(view.query.reach_m), view.snapshot.city.gaps.monthly.to_string());
    let as_of = view.date(population.as_of);
    let from = view.date(method.from);
    html! {
        section class="panel" aria-labelledby="method" {
            h2 id="method" { (view.text("method.heading")) }
            ul class="plan-method" {
                li { (view.fill("method.population", &[("as_of", &as_of), ("areas", &population.areas.to_string()), ("people", &people(population.people.0)), ("age", &view.age_name(population.age))])) }
                li { (view.fill("method.places", &[("counted", &answers.coverage.places.counted.to_string()), ("outside", &answers.coverage.places.outside.to_string())])) }
                li { (view.fill("method.distance", &[("radius", &radius), ("detour", &detour)])) }
                li { (view.fill("method.targets", &[("reach", &reach), ("monthly", &monthly), ("from", &from)])) }
                li { (not_known(view, answers)) }
                li { (border(view, answers)) }
                li { (sources(view)) }
            }
        }
    }
}

/// The day of the paper.
pub(super) fn date_line(view: &PlanView) -> String {
    view.fill("report.date", &[("date", &view.date(view.query.options.from)), ("office", &view.snapshot.city.office)])
}

/// The definitions, unfolded, for the paper.
pub(super) fn definitions(view: &PlanView) -> Markup {
    html! {
        section class="panel plan-definitions" aria-labelledby="definitions" {
            h2 id="definitions" { (view.text("definitions.heading")) }
            dl { @for name in DEFINITIONS {
                dt { (view.text_of(&format!("term.{name}"))) }
                dd { (view.text_of(&format!("definition.{name}"))) }
            } }
        }
    }
}

/// The lists that the places come from.
fn sources(view: &PlanView) -> String {
    let lists: Vec<&str> = super::query::lists(view.snapshot).collect();
    view.fill("method.lists", &[("lists", &lists.join(", "))])
}

impl PlanView<'_> {
    /// A day as the language writes it.
    pub(super) fn date(&self, day: chrono::NaiveDate) -> String {
        use chrono::Datelike as _;

        let values = [day.year().to_string(), day.month().to_string(), day.day().to_string()];
        let [year, month, day] = values.each_ref().map(String::as_str);
        self.fill("date", &[("year", year), ("month", month), ("day", day)])
    }
}
