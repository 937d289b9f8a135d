//! Where one more place helps most: the numbered sites of the map, and what each further one brings. This module does no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::answers::PlanAnswers;
use super::district_table::definition;
use super::numbers::{distance_or_none, people, percent};
use super::query::model_code;
use crate::gaps::GapOptionError;
use crate::gaps::siting::{ChosenSite, SitingAnswer, SitingSolution};

/// The section; nothing where no sites are sought.
pub(super) fn section(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let Some(siting) = &answers.siting else { return html! {} };
    html! {
        section class="panel" aria-labelledby="sites" {
            h2 id="sites" { (view.text("sites.heading")) }
            @match siting {
                Ok(answer) => { (solutions(view, answer)) }
                Err(error) => { p role="alert" { (refusal(view, error)) } }
            }
            (definition(view, "sites"))
        }
    }
}

/// The sites of the solution with most of them, numbered from 1.
pub(super) fn chosen_sites(answers: &PlanAnswers) -> &[ChosenSite] {
    let answer = answers.siting.as_ref().and_then(|siting| siting.as_ref().ok());
    answer.and_then(|answer| answer.solutions.last()).map(|it| it.sites.as_slice()).unwrap_or_default()
}

fn solutions(view: &PlanView, answer: &SitingAnswer) -> Markup {
    let last = answer.solutions.last();
    let text = format!("sites.text.{}", model_code(view.query.model));
    html! {
        p { (view.text_of(&text)) }
        @if let Some(last) = last { ol class="plan-sites" { @for site in &last.sites { li { (site.name) } } } }
        div class="plan-wide" tabindex="0" role="group" aria-labelledby="sites" {
            table class="plan-table" {
                caption class="visually-hidden" { (view.text("sites.heading")) }
                thead { tr {
                    th scope="col" { (view.text("sites.number")) }
                    th scope="col" { (view.text("sites.where")) }
                    th scope="col" { (view.text("sites.newly")) }
                    th scope="col" { (view.text("sites.share")) }
                    th scope="col" { (view.text("sites.mean")) }
                } }
                tbody {
                    tr {
                        th scope="row" { (view.text("sites.now")) }
                        td class="words" {}
                        td {}
                        td { (percent(answer.before.share)) }
                        td { (distance_or_none(answer.before.mean_m)) }
                    }
                    @for solution in &answer.solutions { (solution_row(view, solution)) }
                }
            }
        }
    }
}

fn solution_row(view: &PlanView, solution: &SitingSolution) -> Markup {
    let names: Vec<&str> = solution.sites.iter().map(|site| site.name.as_str()).collect();
    html! {
        tr {
            th scope="row" { "+" (solution.p) @if !solution.exact { span class="plan-gap" { " " (view.text("sites.searched")) } } }
            td class="words" { (names.join("・")) }
            td { (people(solution.newly_reached.0)) }
            td { (percent(solution.share)) }
            td { (distance_or_none(solution.mean_m)) }
        }
    }
}

fn refusal(view: &PlanView, error: &GapOptionError) -> String {
    match error {
        GapOptionError::TooManyCandidates { candidates, areas } => {
            view.fill("sites.too_many", &[("candidates", &candidates.to_string()), ("areas", &areas.to_string())])
        }
        _ => view.text("sites.no_candidates").to_owned(),
    }
}
