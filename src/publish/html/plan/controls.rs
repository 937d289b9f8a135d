//! The form that chooses what the planners' page counts: a plain GET form, which works without script. This module does no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::numbers::distance;
use super::query::{PlanCandidates, PlanMapLayer, lists, model_code};
use crate::gaps::PartOfDay;
use crate::gaps::siting::SitingModel;
use crate::index::filter::conditions::WEEKDAYS;
use crate::model::Audience;

/// The most sites that the form offers.
const SITES: [usize; 5] = [1, 2, 3, 4, 5];

/// One choice of a group of checkboxes or radio buttons.
struct FormChoice<'a> {
    value: &'a str,
    text: &'a str,
    is_chosen: bool,
}

/// The form.
pub(super) fn controls(view: &PlanView) -> Markup {
    let query = view.query;
    html! {
        form class="panel no-print plan-form" method="get" action="/plan" {
            @if query.lang.code() != "ja" { input type="hidden" name="lang" value=(query.lang.code()); }
            div class="plan-fields" { (age(view)) (reach(view)) }
            details open[view.has_filters()] {
                summary { (view.text("form.filters")) }
                (categories(view))
                (list_choices(view))
                (days(view))
                (times(view))
                (yes_only(view))
            }
            details open[query.sites > 0] {
                summary { (view.text("form.sites")) }
                (sites(view))
            }
            @if let Some(sort) = &query.sort { input type="hidden" name="sort" value=(sort.0); }
            (layers(view))
            @if let Some(since) = view.query.since { input type="hidden" name="since" value=(since); }
            (audience(view))
            p class="plan-submit" {
                button class="main" type="submit" { (view.text("form.show")) } " "
                a href=(view.plain_url()) { (view.text("form.reset")) }
            }
        }
    }
}

fn age(view: &PlanView) -> Markup {
    let ages = view.snapshot.population.as_ref().map(|population| population.ages()).unwrap_or_default();
    html! {
        div class="field" {
            label for="age" { (view.text("form.age")) }
            select id="age" name="age" {
                @for age in ages { option value=(age) selected[age == view.query.options.age] { (view.age_name(age)) } }
            }
        }
    }
}

fn reach(view: &PlanView) -> Markup {
    html! {
        div class="field" {
            label for="reach" { (view.text("form.reach")) }
            select id="reach" name="reach" {
                @for reach in view.query.reaches_m() {
                    option value=(reach) selected[reach.total_cmp(&view.query.reach_m).is_eq()] { (distance(reach)) }
                }
            }
        }
    }
}

fn categories(view: &PlanView) -> Markup {
    let chosen = &view.query.options.categories;
    let choices = view.snapshot.categories.all().iter().map(|category| FormChoice {
        value: &category.id.0,
        text: category.name.text(view.query.lang),
        is_chosen: chosen.contains(&category.id),
    });
    group(view.text("form.category"), "checkbox", "category", choices)
}

fn list_choices(view: &PlanView) -> Markup {
    let chosen = &view.query.options.lists;
    let choices = lists(view.snapshot).map(|list| FormChoice {
        value: list,
        text: list,
        is_chosen: chosen.iter().any(|it| it == list),
    });
    group(view.text("form.list"), "checkbox", "list", choices)
}

fn days(view: &PlanView) -> Markup {
    let days = WEEKDAYS.map(|(code, day)| (code, format!("day.{code}"), view.query.options.days.contains(&day)));
    group(view.text("form.day"), "checkbox", "day", keyed(view, &days))
}

fn times(view: &PlanView) -> Markup {
    let times = PartOfDay::ALL
        .map(|part| (part.code(), format!("time.{}", part.code()), view.query.options.times.contains(&part)));
    group(view.text("form.time"), "checkbox", "time", keyed(view, &times))
}

/// Filters that are on or off.
fn yes_only(view: &PlanView) -> Markup {
    let options = &view.query.options;
    let switches = [
        ("step_free", "form.step_free", options.step_free),
        ("accepting", "form.accepting", options.accepting),
        ("exact_only", "form.exact_only", options.exact_only),
        ("inside_only", "form.inside_only", options.inside_only),
    ];
    html! {
        fieldset class="field" {
            legend { (view.text("form.only")) }
            div class="choices" { @for (name, key, is_on) in switches {
                label class="choice" { input type="checkbox" name=(name) value="1" checked[is_on]; (view.text(key)) }
            } }
        }
    }
}

fn sites(view: &PlanView) -> Markup {
    let query = view.query;
    let models = [SitingModel::Mclp, SitingModel::PMedian]
        .map(|model| (model_code(model), format!("model.{}", model_code(model)), model == query.model));
    let points = PlanCandidates::ALL.map(|it| (it.code(), format!("at.{}", it.code()), it == query.candidates));
    html! {
        div class="plan-fields" { div class="field" {
            label for="p" { (view.text("form.p")) }
            select id="p" name="p" {
                option value="" { (view.text("form.no_sites")) }
                @for p in SITES { option value=(p) selected[p == query.sites] { (p) } }
            }
        } }
        (group(view.text("form.model"), "radio", "model", keyed(view, &models)))
        (group(view.text("form.at"), "radio", "at", keyed(view, &points)))
    }
}

fn layers(view: &PlanView) -> Markup {
    let layers =
        PlanMapLayer::ALL.map(|layer| (layer.code(), format!("map.layer.{}", layer.code()), layer == view.query.layer));
    group(view.text("form.map"), "radio", "map", keyed(view, &layers))
}

/// Whose view of the places: on the internal address alone, which can also show what the public sees.
fn audience(view: &PlanView) -> Markup {
    if view.snapshot.audience == Audience::Public && view.query.audience.is_none() {
        return html! {};
    }
    let audiences = [Audience::LinkWorkers, Audience::Public]
        .map(|it| (it.code(), format!("audience.{}", it.code()), it == view.snapshot.audience));
    group(view.text("form.audience"), "radio", "audience", keyed(view, &audiences))
}

/// Choices by value, message key and whether they are chosen.
fn keyed<'a>(view: &'a PlanView, choices: &'a [(&str, String, bool)]) -> impl Iterator<Item = FormChoice<'a>> {
    let choice = |(value, key, is_chosen): &'a (&str, String, bool)| FormChoice {
        value,
        text: view.text(key),
        is_chosen: *is_chosen,
    };
    choices.iter().map(choice)
}

/// A group of choices with the same name.
fn group<'a>(legend: &str, kind: &str, name: &str, choices: impl Iterator<Item = FormChoice<'a>>) -> Markup {
    html! {
        fieldset class="field" {
            legend { (legend) }
            div class="choices" { @for choice in choices {
                label class="choice" { input type=(kind) name=(name) value=(choice.value) checked[choice.is_chosen]; (choice.text) }
            } }
        }
    }
}
