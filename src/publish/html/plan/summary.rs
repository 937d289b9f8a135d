//! The first sentences of the planners' page, made from the numbers: the municipality, then each district. This module does no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::answers::PlanAnswers;
use super::district_table::SHOWN_TOWNS;
use super::numbers::{distance, people, percent};
use crate::gaps::ReportingUnit;
use crate::gaps::coverage::ReachedPeople;
use crate::gaps::table::TableCell;

/// Sentences about districts that are shown at once.
const SENTENCES: usize = 20;

/// The sentence about the municipality, and one about each district, those with least first.
pub(super) fn summary(view: &PlanView, answers: &PlanAnswers) -> Markup {
    let reached = chosen_reach(view, &answers.coverage.coverage);
    let sentences = district_sentences(view, answers);
    html! {
        section class="panel plan-summary" aria-labelledby="summary" {
            h2 id="summary" { (view.text("summary.heading")) }
            @if let Some(reached) = reached { p class="plan-lead" { (city_sentence(view, reached)) } }
            ul { @for sentence in sentences.iter().take(SENTENCES) { li { (sentence) } } }
            @if sentences.len() > SENTENCES { details {
                summary { (view.fill("summary.more", &[("count", &(sentences.len() - SENTENCES).to_string())])) }
                ul { @for sentence in sentences.iter().skip(SENTENCES) { li { (sentence) } } }
            } }
            p class="note" { (not_known(view, answers)) }
            p class="note" { (border(view, answers)) }
        }
    }
}

/// Coverage by any place at the chosen reach, which comes first of its reach.
pub(super) fn chosen_reach<'a>(view: &PlanView, coverage: &'a [ReachedPeople]) -> Option<&'a ReachedPeople> {
    coverage.iter().find(|it| it.reach_m.0.total_cmp(&view.query.reach_m).is_eq())
}

fn city_sentence(view: &PlanView, reached: &ReachedPeople) -> String {
    let everybody = reached.reached.0 + reached.not_reached.0;
    view.fill(
        "summary.city",
        &[
            ("city", view.city_name()),
            ("people", &view.age_group(everybody)),
            ("reached", &people(reached.reached.0)),
            ("share", &percent(reached.share)),
            ("reach", &distance(view.query.reach_m)),
            ("not_reached", &people(reached.not_reached.0)),
        ],
    )
}

/// A sentence for each district with people: by the share of them that is reached, the least first, and where that is equal by how
/// many are not, the most first. Of towns only the first have one, unless all are chosen.
fn district_sentences(view: &PlanView, answers: &PlanAnswers) -> Vec<String> {
    let categories = view.snapshot.categories.all().len().max(1);
    let rows = answers.table.cells.chunks(categories).zip(&answers.at_weekends);
    let mut told: Vec<_> = answers
        .units
        .all()
        .iter()
        .zip(&answers.coverage.districts)
        .zip(rows)
        .filter_map(|((district, of_district), (cells, at_weekends))| {
            let reached = chosen_reach(view, &of_district.coverage)?;
            let share = reached.share?.0;
            Some((share, (district, reached), (cells, *at_weekends)))
        })
        .collect();
    told.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.1.not_reached.0.total_cmp(&a.1.1.not_reached.0)));
    if answers.units.are_towns() && !view.query.every_town {
        told.truncate(SHOWN_TOWNS);
    }
    told.into_iter().map(|(_, (district, reached), of)| district_sentence(view, district, reached, of)).collect()
}

fn district_sentence(
    view: &PlanView,
    district: &ReportingUnit,
    reached: &ReachedPeople,
    (cells, at_weekends): (&[TableCell], usize),
) -> String {
    let places: usize = cells.iter().map(|cell| cell.places).sum();
    let everybody = view.age_group(reached.reached.0 + reached.not_reached.0);
    let places_text = places.to_string();
    let values = [("district", district.name.as_str()), ("people", &everybody), ("places", &places_text)];
    let mut sentence = view.fill(if places == 0 { "summary.district_none" } else { "summary.district" }, &values);
    if reached.not_reached.0 > 0.0 {
        let values = [("not_reached", people(reached.not_reached.0)), ("reach", distance(view.query.reach_m))];
        sentence += &view.fill("summary.not_reached", &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    }
    if places > 0 && at_weekends == 0 {
        sentence += view.text("summary.no_weekend");
    }
    let farthest = cells.iter().filter_map(|cell| Some((cell.nearest_m.mean?.0, &cell.category)));
    if let Some((metres, id)) = farthest.max_by(|a, b| a.0.total_cmp(&b.0)) {
        let values = [("category", view.category_name(id)), ("distance", &distance(metres))];
        sentence += &view.fill("summary.farthest", &values);
    }
    sentence
}

/// What is known beyond the border, in one sentence: without it people there look farther from everything than they are.
pub(super) fn border(view: &PlanView, answers: &PlanAnswers) -> String {
    let Some(neighbours) = &answers.coverage.places.neighbours else {
        let key = if view.query.options.inside_only { "border.left_out" } else { "border.unknown" };
        return view.text_of(key).to_owned();
    };
    let (places, age) = (neighbours.places.to_string(), view.age_group(neighbours.people.0));
    let values = [
        ("municipalities", &*neighbours.municipalities.join(view.text("list.separator"))),
        ("places", &places),
        ("people", &age),
    ];
    let key = if neighbours.areas == 0 { "border.places" } else { "border.known" };
    view.fill(key, &values)
}

/// What the numbers do not know, in one sentence.
pub(super) fn not_known(view: &PlanView, answers: &PlanAnswers) -> String {
    let (population, places) = (&answers.coverage.population, &answers.coverage.places);
    let left = &places.left_out;
    let unlocated = people(population.unlocated.0);
    let hidden = population.hidden_areas.to_string();
    let unplaced = (left.unplaced + left.too_coarse).to_string();
    let approximate = places.approximate.to_string();
    let no_days = answers.catchment.supply.monthly_unknown.to_string();
    let counted = places.counted.to_string();
    view.fill(
        "summary.not_known",
        &[
            ("counted", &counted),
            ("unplaced", &unplaced),
            ("approximate", &approximate),
            ("no_days", &no_days),
            ("unlocated", &unlocated),
            ("hidden", &hidden),
        ],
    )
}
