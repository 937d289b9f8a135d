//! `gaps`: planners' questions on the command line, as text or as one line of JSON.

mod history;
mod text;

use std::sync::Arc;

use chrono::NaiveDate;

use super::args::{
    CandidatesOption, GapsArgs, GapsCatchmentArgs, GapsCommand, GapsCommonArgs, GapsCoverageArgs, GapsReportArgs,
    GapsSiteArgs, GapsTableArgs, UnitsOption,
};
use super::export::{require_database, write_file_or_stdout};
use super::output::json;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::Editor;
use crate::gaps::catchment::CatchmentOptions;
use crate::gaps::coverage::CoverageOptions;
use crate::gaps::siting::{CandidateSites, SitingOptions};
use crate::gaps::table::TableOptions;
use crate::gaps::{GapOptionError, GapOptions, GapSelection, PlannerData, ReportingUnitKind};
use crate::http;
use crate::index::Snapshot;
use crate::model::{Audience, CategoryId};
use crate::publish::html::plan::{self, PlanCandidates, PlanQuery};
use crate::publish::plan_csv;
use crate::publish::plan_xlsx;

/// Answers the question.
pub fn run(context: &CommandContext, args: &GapsArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    match &args.question {
        GapsCommand::Coverage(coverage) => run_coverage(context, coverage, out)?,
        GapsCommand::Table(table) => run_table(context, table, out)?,
        GapsCommand::Catchment(catchment) => run_catchment(context, catchment, out)?,
        GapsCommand::Site(site) => run_site(context, site, out)?,
        GapsCommand::Report(report) => run_report(context, report, out)?,
        GapsCommand::History(args) => history::run(context, args, out)?,
    }
    Ok(ExitStatus::Fine)
}

fn run_coverage(context: &CommandContext, args: &GapsCoverageArgs, out: &mut StdoutWriter) -> Result<(), Failure> {
    let data = planner_data(context, &args.common)?;
    let selection = select(&data, &args.common)?;
    let (reaches_m, by, add) = (args.reach.clone(), args.by.into(), args.add.clone());
    let options = CoverageOptions { reaches_m, by, add, any_kind_by_district: false };
    let answer = selection.coverage(&options).map_err(failure)?;
    if args.common.json { out.line(&json(&answer)?) } else { text::coverage(context, &data, &answer, out) }
}

fn run_table(context: &CommandContext, args: &GapsTableArgs, out: &mut StdoutWriter) -> Result<(), Failure> {
    let data = planner_data(context, &args.common)?;
    let selection = select(&data, &args.common)?;
    let targets = &data.snapshot().city.gaps;
    let options = TableOptions {
        reach_m: args.reach.unwrap_or(targets.reach_m),
        monthly: args.monthly.unwrap_or(targets.monthly),
    };
    let answer = selection.table(&options).map_err(failure)?;
    if let Some(file) = args.xlsx.as_deref() {
        return write_file_or_stdout(context, file, &plan_xlsx::table(&data, &answer), out);
    }
    match args.csv.as_deref() {
        Some(file) => write_file_or_stdout(context, file, &plan_csv::table(&data, &answer), out),
        None if args.common.json => out.line(&json(&answer)?),
        None => text::table(context, &data, &answer, out),
    }
}

fn run_catchment(context: &CommandContext, args: &GapsCatchmentArgs, out: &mut StdoutWriter) -> Result<(), Failure> {
    let data = planner_data(context, &args.common)?;
    let selection = select(&data, &args.common)?;
    let options = CatchmentOptions { reach_m: args.reach, decay: args.decay.clone(), supply: args.supply.into() };
    let answer = selection.catchment(&options).map_err(failure)?;
    if args.common.json { out.line(&json(&answer)?) } else { text::catchment(context, &answer, out) }
}

fn run_site(context: &CommandContext, args: &GapsSiteArgs, out: &mut StdoutWriter) -> Result<(), Failure> {
    let data = planner_data(context, &args.common)?;
    let selection = select(&data, &args.common)?;
    let candidates = match args.candidates {
        CandidatesOption::Areas => CandidateSites::Areas,
        CandidatesOption::Places => CandidateSites::Places {
            categories: category_ids(&args.candidate_category),
            lists: args.candidate_list.clone(),
        },
    };
    let options = SitingOptions {
        model: args.model.into(),
        sites: args.p,
        reach_m: args.reach.unwrap_or(data.snapshot().city.gaps.reach_m),
        candidates,
    };
    let answer = selection.siting(&options).map_err(failure)?;
    if args.common.json { out.line(&json(&answer)?) } else { text::siting(context, &answer, out) }
}

/// Writes the paper for the council as one HTML file with its styles.
fn run_report(context: &CommandContext, args: &GapsReportArgs, out: &mut StdoutWriter) -> Result<(), Failure> {
    // As on the page: a paper of one row helps nobody.
    let kind = match args.common.units {
        UnitsOption::Districts => ReportingUnitKind::DistrictsOrTowns,
        UnitsOption::Towns => ReportingUnitKind::Towns,
    };
    let data = planner_data_by(context, &args.common, kind)?;
    let snapshot = data.snapshot();
    let options = options(&data, &args.common);
    let query = PlanQuery {
        lang: context.messages.language(),
        reach_m: args.reach.unwrap_or(snapshot.city.gaps.reach_m),
        sites: args.sites.unwrap_or(0),
        model: args.model.into(),
        candidates: match args.candidates {
            CandidatesOption::Areas => PlanCandidates::Areas,
            CandidatesOption::Places => PlanCandidates::Places,
        },
        options,
        ..PlanQuery::parse(&[], snapshot, http::now_in_japan().date())
    };
    let paper = plan::plan_report_file(&data, &query).map_err(failure)?;
    write_file_or_stdout(context, &args.out, paper.as_bytes(), out)
}

/// The snapshot of the audience with the population of the day.
fn planner_data(context: &CommandContext, args: &GapsCommonArgs) -> Result<PlannerData, Failure> {
    planner_data_by(context, args, args.units.into())
}

fn planner_data_by(
    context: &CommandContext,
    args: &GapsCommonArgs,
    kind: ReportingUnitKind,
) -> Result<PlannerData, Failure> {
    planner_data_of(context, args.as_of, args.audience.into(), kind)
}

fn planner_data_of(
    context: &CommandContext,
    as_of: Option<NaiveDate>,
    audience: Audience,
    kind: ReportingUnitKind,
) -> Result<PlannerData, Failure> {
    require_database(&context.db)?;
    let config = context.config()?;
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    let population = editor.population(as_of)?;
    let Some(population) = population else {
        let days: Vec<String> = editor.population_days()?.iter().map(ToString::to_string).collect();
        return Err(match as_of.filter(|_| !days.is_empty()) {
            Some(day) => {
                Failure::new("error.no_population_of", &[("day", &day.to_string()), ("days", &days.join(", "))])
            }
            None => Failure::new("error.no_population", &[]),
        });
    };
    let snapshot = Snapshot::build(&editor.snapshot_input()?, audience);
    Ok(PlannerData::by(Arc::new(snapshot), Arc::new(population), kind))
}

fn select<'a>(data: &'a PlannerData, args: &GapsCommonArgs) -> Result<GapSelection<'a>, Failure> {
    data.select(&options(data, args)).map_err(failure)
}

fn options(data: &PlannerData, args: &GapsCommonArgs) -> GapOptions {
    let targets = &data.snapshot().city.gaps;
    let from = args.from.unwrap_or_else(|| http::now_in_japan().date());
    let mut days = args.day.clone();
    days.sort_by_key(chrono::Weekday::num_days_from_monday);
    days.dedup();
    GapOptions {
        age: args.age.unwrap_or(targets.age),
        detour: args.detour.unwrap_or(targets.detour),
        categories: category_ids(&args.category),
        lists: args.list.clone(),
        days,
        times: args.time.clone(),
        min_monthly: args.min_monthly,
        step_free: args.step_free,
        accepting: args.accepting,
        exact_only: args.exact_only,
        inside_only: args.inside_only,
        ..GapOptions::new(targets, from)
    }
}

fn category_ids(names: &[String]) -> Vec<CategoryId> {
    names.iter().map(|name| CategoryId(name.trim().to_owned())).collect()
}

fn failure(error: GapOptionError) -> Failure {
    match error {
        GapOptionError::UnknownAge { age, known } => {
            Failure::new("error.gaps_age", &[("value", &age.to_string()), ("known", &known)])
        }
        GapOptionError::UnknownCategory { name, known } => {
            Failure::new("error.gaps_category", &[("value", &name), ("known", &known)])
        }
        GapOptionError::UnknownList { name, known } => {
            Failure::new("error.gaps_list", &[("value", &name), ("known", &known)])
        }
        GapOptionError::BadNumber { option, value, expected } => {
            Failure::new("error.gaps_number", &[("option", option), ("value", &value), ("expected", expected)])
        }
        GapOptionError::NoCandidates => Failure::new("error.gaps_no_candidates", &[]),
        GapOptionError::TooManyCandidates { candidates, areas } => Failure::new(
            "error.gaps_candidates",
            &[("candidates", &candidates.to_string()), ("areas", &areas.to_string())],
        ),
    }
}
