//! The answers as text for people.

use crate::cli::{CommandContext, Failure, StdoutWriter};
use crate::gaps::catchment::CatchmentAnswer;
use crate::gaps::coverage::{CoverageAnswer, PlaceKind, ReachedPeople};
use crate::gaps::siting::SitingAnswer;
use crate::gaps::table::TableAnswer;
use crate::gaps::{ExactNumber, PlannerData, PopulationUsed, SupplyUsed};
use crate::model::{DistrictId, Language};
use crate::publish::plan_csv::plain;

/// Prints how many people are within reach.
pub fn coverage(
    context: &CommandContext,
    data: &PlannerData,
    answer: &CoverageAnswer,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    print_head(context, &answer.population, &answer.places, out)?;
    print_reached(context, data, &answer.coverage, out)?;
    for kinds in &answer.kinds {
        let people: Vec<String> =
            kinds.people.iter().enumerate().map(|(count, people)| format!("{count}: {}", whole(*people))).collect();
        let values = [("reach", &*whole(kinds.reach_m)), ("people", &people.join(", "))];
        out.line(&context.messages.fill("gaps.kinds", &values))?;
    }
    for district in &answer.districts {
        let name = district_name(context, data, district.district.as_ref());
        out.line(&context.messages.fill("gaps.district", &[("name", &name)]))?;
        print_reached(context, data, &district.coverage, out)?;
    }
    Ok(())
}

/// Prints districts by categories, without the cells that are empty and lack nothing.
pub fn table(
    context: &CommandContext,
    data: &PlannerData,
    answer: &TableAnswer,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    print_head(context, &answer.population, &answer.places, out)?;
    let targets = [("reach", &*whole(answer.targets.reach_m)), ("monthly", &*plain(answer.targets.monthly.0, 2))];
    out.line(&context.messages.fill("gaps.targets", &targets))?;
    let mut district = None;
    for cell in &answer.cells {
        if district != Some(&cell.district) {
            district = Some(&cell.district);
            let name = district_name(context, data, cell.district.as_ref());
            out.line(&context.messages.fill("gaps.district", &[("name", &name)]))?;
        }
        let category = data.snapshot().categories.by_id(&cell.category);
        let name = category.map(|it| it.name.text(context.messages.language()).to_owned()).unwrap_or_default();
        let metres = cell.nearest_m.mean.map_or_else(|| unknown(context), |metres| tens(metres.0));
        let values = [
            ("name", name.as_str()),
            ("places", &cell.places.to_string()),
            ("monthly", &plain(cell.monthly.0, 2)),
            ("unknown", &cell.monthly_unknown.to_string()),
            ("metres", &metres),
            ("certain", &whole(cell.gap.certain)),
            ("possible", &whole(cell.gap.possible)),
        ];
        out.line(&context.messages.fill("gaps.cell", &values))?;
    }
    Ok(())
}

/// Prints how accessibility is shared.
pub fn catchment(context: &CommandContext, answer: &CatchmentAnswer, out: &mut StdoutWriter) -> Result<(), Failure> {
    print_head(context, &answer.population, &answer.places, out)?;
    let supply = &answer.supply;
    let values = [
        ("total", &*plain(supply.total.0, 2)),
        ("used", &*plain(supply.used.0, 2)),
        ("idle", &*supply.idle_places.to_string()),
        ("unknown", &*supply.monthly_unknown.to_string()),
    ];
    out.line(&context.messages.fill("gaps.supply", &values))?;
    let shown =
        |number: Option<ExactNumber>, decimals| number.map_or_else(|| unknown(context), |n| plain(n.0, decimals));
    let per_1000 = answer.accessibility.mean.map(|mean| ExactNumber(mean.0 * 1000.0));
    let tenth = answer.accessibility.worst_tenth.share.map(|share| ExactNumber(share.0 * 100.0));
    let values = [
        ("mean", &*shown(per_1000, 2)),
        ("gini", &*shown(answer.accessibility.gini, 3)),
        ("tenth", &*shown(tenth, 1)),
        ("none", &*whole(answer.accessibility.none)),
    ];
    out.line(&context.messages.fill("gaps.accessibility", &values))?;
    for area in answer.areas.iter().filter(|area| area.accessibility.is_some()) {
        let people = area.people.map_or_else(|| unknown(context), whole);
        let per_1000 = area.accessibility.map(|it| ExactNumber(it.0 * 1000.0));
        let values = [("name", area.name.as_str()), ("people", &people), ("value", &shown(per_1000, 2))];
        out.line(&context.messages.fill("gaps.area", &values))?;
    }
    Ok(())
}

/// Prints where one more place helps most.
pub fn siting(context: &CommandContext, answer: &SitingAnswer, out: &mut StdoutWriter) -> Result<(), Failure> {
    print_head(context, &answer.population, &answer.places, out)?;
    let metres = |number: Option<ExactNumber>| number.map_or_else(|| unknown(context), |n| tens(n.0));
    let values = [
        ("existing", &*answer.existing.to_string()),
        ("candidates", &*answer.candidates.to_string()),
        ("reached", &*whole(answer.before.reached)),
        ("share", &*percent(context, answer.before.share)),
        ("metres", &*metres(answer.before.mean_m)),
    ];
    out.line(&context.messages.fill("gaps.before", &values))?;
    for solution in &answer.solutions {
        let names: Vec<&str> = solution.sites.iter().map(|site| site.name.as_str()).collect();
        let proof = if solution.exact { "gaps.best" } else { "gaps.good" };
        let values = [
            ("p", &*solution.p.to_string()),
            ("sites", &*names.join(context.messages.optional("format.separator"))),
            ("reached", &*whole(solution.reached)),
            ("new", &*whole(solution.newly_reached)),
            ("share", &*percent(context, solution.share)),
            ("metres", &*metres(solution.mean_m)),
            ("proof", context.messages.optional(proof)),
        ];
        out.line(&context.messages.fill("gaps.solution", &values))?;
    }
    Ok(())
}

fn print_head(
    context: &CommandContext,
    population: &PopulationUsed,
    places: &SupplyUsed,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    let values = [
        ("day", &*population.as_of.to_string()),
        ("age", &*population.age.to_string()),
        ("people", &*whole(population.people)),
        ("located", &*whole(population.located)),
        ("hidden", &*population.hidden_areas.to_string()),
    ];
    let key = if population.age == 0 { "gaps.people_all" } else { "gaps.people" };
    out.line(&context.messages.fill(key, &values))?;
    let left_out = places.left_out;
    let others = left_out.paused + left_out.closed + left_out.placeless + left_out.unplaced + left_out.too_coarse;
    let values = [
        ("counted", &*places.counted.to_string()),
        ("approximate", &*places.approximate.to_string()),
        ("outside", &*places.outside.to_string()),
        ("left_out", &*others.to_string()),
    ];
    out.line(&context.messages.fill("gaps.places", &values))
}

fn print_reached(
    context: &CommandContext,
    data: &PlannerData,
    reached: &[ReachedPeople],
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    for it in reached {
        let values = [
            ("kind", &*kind_name(context, data, &it.kind)),
            ("reach", &*whole(it.reach_m)),
            ("reached", &*whole(it.reached)),
            ("share", &*percent(context, it.share)),
            ("not_reached", &*whole(it.not_reached)),
        ];
        out.line(&context.messages.fill("gaps.reached", &values))?;
    }
    Ok(())
}

fn kind_name(context: &CommandContext, data: &PlannerData, kind: &PlaceKind) -> String {
    let language: Language = context.messages.language();
    match kind {
        PlaceKind::Category(None) | PlaceKind::List(None) => context.messages.optional("gaps.any").to_owned(),
        PlaceKind::List(Some(list)) => list.clone(),
        PlaceKind::Category(Some(id)) => {
            let category = data.snapshot().categories.all().iter().find(|category| category.id.0 == *id);
            category.map_or_else(|| id.clone(), |category| category.name.text(language).to_owned())
        }
    }
}

fn district_name(context: &CommandContext, data: &PlannerData, id: Option<&DistrictId>) -> String {
    let district = id.and_then(|id| data.units().by_id(id));
    district.map_or_else(|| context.messages.optional("gaps.no_district").to_owned(), |it| it.name.clone())
}

fn unknown(context: &CommandContext) -> String {
    context.messages.optional("gaps.unknown").to_owned()
}

fn percent(context: &CommandContext, share: Option<ExactNumber>) -> String {
    share.map_or_else(|| unknown(context), |share| format!("{} %", plain(share.0 * 100.0, 1)))
}

fn whole(number: ExactNumber) -> String {
    plain(number.0, 2)
}

/// Metres to ten of them.
fn tens(metres: f64) -> String {
    plain((metres / 10.0 + 0.5).floor() * 10.0, 0)
}
