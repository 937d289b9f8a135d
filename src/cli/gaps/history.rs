//! `gaps history`: what changed since a day, as text, as CSV or as one line of JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::planner_data_of;
use crate::cli::args::GapsHistoryArgs;
use crate::cli::export::write_file_or_stdout;
use crate::cli::output::json;
use crate::cli::{CommandContext, Failure, StdoutWriter};
use crate::gaps::history::{BeforeAfter, PlanningChange, UnitChange};
use crate::gaps::{ExactNumber, PlannerData, ReportingUnitKind};
use crate::http;
use crate::model::Audience;
use crate::publish::plan_csv::plain;
use crate::publish::plan_history_csv;

/// The answer of `gaps history --json`.
#[derive(Debug, Serialize)]
struct HistoryAnswer<'a> {
    /// Whose view of the places.
    audience: Audience,
    /// The days of which numbers are kept to compare with.
    kept: Vec<NaiveDate>,
    /// What changed; `None` where no numbers were kept.
    change: Option<&'a PlanningChange>,
}

/// Prints what changed since the day.
pub fn run(context: &CommandContext, args: &GapsHistoryArgs, out: &mut StdoutWriter) -> Result<(), Failure> {
    let audience = Audience::from(args.audience);
    let data = planner_data_of(context, None, audience, ReportingUnitKind::DistrictsOrTowns)?;
    let today = http::now_in_japan().date();
    let history = &data.snapshot().planning_history;
    let earlier = PlanningChange::summary_of(history, args.since);
    let change = earlier.map(|earlier| PlanningChange::between(earlier, data.figures(today), today));
    if args.json {
        let kept = history.iter().map(|summary| summary.day).collect();
        return out.line(&json(&HistoryAnswer { audience, kept, change: change.as_ref() })?);
    }
    let Some(change) = change else { return Err(Failure::new("error.gaps_history_none", &[])) };
    match &args.csv {
        Some(file) => write_file_or_stdout(context, file, &plan_history_csv::table(data.snapshot(), &change), out),
        None => print(context, &data, &change, out),
    }
}

fn print(
    context: &CommandContext,
    data: &PlannerData,
    change: &PlanningChange,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    let fill = |key: &str, values: &[(&str, &str)]| context.messages.fill(key, values);
    let (since, until) = (change.since.to_string(), change.until.to_string());
    out.line(&fill("gaps.history", &[("since", &since), ("until", &until)]))?;
    if change.definitions_changed {
        out.line(&fill("gaps.history_definitions", &[]))?;
    }
    if change.population_changed {
        let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
        let days = [day(change.population.before), day(change.population.after)];
        out.line(&fill("gaps.history_population", &[("before", &days[0]), ("after", &days[1])]))?;
    }
    if change.neighbours.is_changed() {
        let [before, after] = [change.neighbours.before, change.neighbours.after].map(|count| count.to_string());
        out.line(&fill("gaps.history_neighbours", &[("before", &before), ("after", &after)]))?;
    }
    print_numbers(context, "gaps.history_city", ("", change.places, change.people, change.reached), out)?;
    for unit in change.units.iter().filter(|unit| unit.is_changed()) {
        print_unit(context, data, unit, out)?;
    }
    Ok(())
}

fn print_unit(
    context: &CommandContext,
    data: &PlannerData,
    unit: &UnitChange,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    let messages = context.messages;
    let name = if unit.district.is_some() { unit.name.as_str() } else { messages.optional("gaps.no_district") };
    print_numbers(context, "gaps.history_unit", (name, unit.places, unit.people, unit.reached), out)?;
    for of in &unit.categories {
        let category = data.snapshot().categories.by_id(&of.category);
        let name = category.map_or(of.category.0.as_str(), |it| it.name.text(messages.language()));
        let (before, after) = (of.places.before.to_string(), of.places.after.to_string());
        out.line(&messages.fill("gaps.history_category", &[("name", name), ("before", &before), ("after", &after)]))?;
    }
    Ok(())
}

/// One line with places, and with people who have one within reach.
fn print_numbers(
    context: &CommandContext,
    key: &str,
    (name, places, people, reached): (&str, BeforeAfter<usize>, BeforeAfter<ExactNumber>, BeforeAfter<ExactNumber>),
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    let [places_before, places_after] = [places.before, places.after].map(|count| count.to_string());
    let people = [people.before, people.after, reached.before, reached.after].map(|count| plain(count.0, 0));
    let values = [
        ("name", name),
        ("places_before", &*places_before),
        ("places_after", &*places_after),
        ("people_before", &*people[0]),
        ("people_after", &*people[1]),
        ("reached_before", &*people[2]),
        ("reached_after", &*people[3]),
    ];
    out.line(&context.messages.fill(key, &values))
}
