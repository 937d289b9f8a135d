//! The section of the planners' map, with its legend and the pin to drag. This module does no I/O.

use maud::{Markup, html};

use super::answers::PlanAnswers;
use super::query::PlanMapLayer;
use super::{PlanView, numbers, sites, summary};
use crate::gaps::ExactNumber;
use crate::gaps::coverage::ReachedPeople;
use crate::model::{Position, Status};
use crate::publish::svg::plan_map;

/// The section with the map; on the page it has a pin to drag.
pub(super) fn section(view: &PlanView, answers: &PlanAnswers, has_pin: bool) -> Markup {
    let drawing = plan_map::draw(&content(view, answers));
    let layer = format!("map.text.{}", view.query.layer.code());
    let reach = numbers::distance(view.query.reach_m);
    let reach = [("reach", reach.as_str())];
    let has_districts = !view.snapshot.districts.all().is_empty();
    html! {
        section class="panel" aria-labelledby="plan-map-heading" {
            h2 id="plan-map-heading" { (view.text("map.heading")) }
            p { @if has_districts { (view.fill("map.text.districts", &reach)) " " } (view.fill(&layer, &reach)) }
            @match drawing {
                Some(svg) => {
                    figure class="plan-map" data-what-if=[has_pin.then(|| view.query.url("/plan/what-if", view.snapshot))] { (svg) (legend(view)) }
                    @if view.snapshot.districts.has_sketch() { p class="note" { (view.text("map.sketch")) } }
                    @if has_pin {
                        div class="plan-pin-panel no-print" hidden {
                            p { (view.text("pin.how")) }
                            p role="status" class="plan-pin-answer" data-text=(view.text("pin.answer")) data-failed=(view.text("pin.failed")) {}
                        }
                    }
                }
                None => { p { (view.text("map.none")) } }
            }
        }
    }
}

/// What the map shows: districts by the share of people who are not reached, small areas in proportion to them.
fn content<'a>(view: &PlanView<'a>, answers: &'a PlanAnswers) -> plan_map::PlanMapContent<'a> {
    let share = |coverage: &[ReachedPeople]| {
        summary::chosen_reach(view, coverage).and_then(|it| it.share).map(|share| 1.0 - share.0)
    };
    let districts = view.snapshot.districts.all().iter().map(|district| {
        let of = answers.coverage.districts.iter().find(|it| it.district.as_ref() == Some(&district.id));
        let missing = of.and_then(|it| share(&it.coverage));
        plan_map::DistrictShade {
            district,
            class: missing.map(plan_map::class_of_share),
            label: missing.map(|missing| numbers::percent(Some(ExactNumber(missing)))),
        }
    });
    let most = answers.catchment.areas.iter().filter_map(|area| area.accessibility).map(|it| it.0).fold(0.0, f64::max);
    let circles = answers.coverage.areas.iter().zip(&answers.catchment.areas).filter_map(|(area, access)| {
        let (position, people) = (area.position?, access.people?.0);
        let is_far = area.nearest_m.is_none_or(|metres| metres.0 > view.query.reach_m);
        let (size, class) = match view.query.layer {
            PlanMapLayer::NotReached => (if is_far { people } else { 0.0 }, 3),
            PlanMapLayer::Accessibility => (people, plan_map::class_of_accessibility(access.accessibility?.0, most)),
        };
        (size > 0.0).then(|| plan_map::AreaCircle {
            position,
            people: size,
            class,
            title: view.fill("map.area", &[("name", &area.name), ("people", &numbers::people(size))]),
        })
    });
    plan_map::PlanMapContent {
        land: &view.snapshot.land,
        boundary: view.snapshot.land.overview.as_ref(),
        districts: districts.collect(),
        areas: circles.collect(),
        places: view.snapshot.places.iter().filter_map(|it| Some(it.place.facts.site?.position)).collect(),
        neighbours: neighbours(view),
        sites: sites::chosen_sites(answers),
        label: view.text_of(if view.snapshot.districts.all().is_empty() { "map.label_towns" } else { "map.label" }),
        north: view.text_of("map.north"),
    }
}

/// The places of neighbouring municipalities that the choices of the page count.
fn neighbours(view: &PlanView) -> Vec<Position> {
    if view.query.options.inside_only {
        return Vec::new();
    }
    let active = view.snapshot.neighbours.places.iter().filter(|place| place.status == Status::Active);
    active.filter_map(|place| Some(place.site?.position)).collect()
}

fn legend(view: &PlanView) -> Markup {
    html! {
        figcaption {
            ul class="plan-legend" {
                @if !view.snapshot.districts.all().is_empty() { @for class in 0..plan_map::CLASSES {
                    li { span class={ "plan-sample plan-class-" (class) } aria-hidden="true" {} (view.text_of(&format!("map.class.{class}"))) }
                } }
                li { span class="plan-sample plan-circle-sample" aria-hidden="true" {} (view.text_of(&format!("map.circle.{}", view.query.layer.code()))) }
                li { span class="plan-sample plan-place-sample" aria-hidden="true" {} (view.text("map.place")) }
                @if !neighbours(view).is_empty() {
                    li { span class="plan-sample plan-neighbour-sample" aria-hidden="true" {} (view.text("map.neighbour")) }
                }
            }
        }
    }
}
