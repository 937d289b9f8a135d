//! Every answer that the planners' page shows, computed from one selection of people and places. This module does no I/O.

use chrono::Weekday;

use super::change::change_since;
use super::query::{PlanCandidates, PlanQuery};
use crate::gaps::catchment::{CatchmentAnswer, CatchmentOptions, DistanceDecay, SupplyUnit};
use crate::gaps::coverage::{CoverageAnswer, CoverageOptions};
use crate::gaps::history::PlanningChange;
use crate::gaps::quality::DataQuality;
use crate::gaps::siting::{CandidateSites, SitingAnswer, SitingOptions};
use crate::gaps::table::{TableAnswer, TableOptions};
use crate::gaps::{GapOptionError, GapOptions, PlannerData, ReportingUnits};

/// Pairs of areas and candidates within which a page looks for sites: a second or so.
const MOST_PAIRS: usize = 4_000_000;

/// The answers to the questions of the page.
#[derive(Debug)]
pub struct PlanAnswers {
    /// The parts of the municipality that the answers are told by.
    pub units: ReportingUnits,
    /// People by reach, kind and district, and the nearest place of each area.
    pub coverage: CoverageAnswer,
    /// Districts by category.
    pub table: TableAnswer,
    /// Places by district, in the order of the table's rows, that are known to meet on a Saturday or Sunday.
    pub at_weekends: Vec<usize>,
    /// Accessibility (E2SFCA).
    pub catchment: CatchmentAnswer,
    /// What changed since an earlier day; `None` where no numbers of one are kept.
    pub change: Option<PlanningChange>,
    /// How fresh and complete the data is.
    pub quality: DataQuality,
    /// The best sites, if some are sought; why there are none otherwise.
    pub siting: Option<Result<SitingAnswer, GapOptionError>>,
}

impl PlanAnswers {
    /// Computes them.
    ///
    /// # Errors
    ///
    /// If the query names what the data does not have.
    pub fn compute(data: &PlannerData, query: &PlanQuery) -> Result<Self, GapOptionError> {
        let selection = data.select(&query.options)?;
        let coverage =
            CoverageOptions { reaches_m: query.reaches_m(), any_kind_by_district: true, ..CoverageOptions::default() };
        let monthly = data.snapshot().city.gaps.monthly;
        let table = selection.table(&TableOptions { reach_m: query.reach_m, monthly })?;
        let catchment = CatchmentOptions {
            reach_m: 2.0 * query.reach_m,
            decay: DistanceDecay::Gaussian(None),
            supply: SupplyUnit::One,
        };
        Ok(Self {
            units: data.units().clone(),
            coverage: selection.coverage(&coverage)?,
            at_weekends: at_weekends(data, query)?,
            catchment: selection.catchment(&catchment)?,
            change: change_since(data, query),
            quality: selection.quality(),
            siting: (query.sites > 0)
                .then(|| within_bounds(data, query).and_then(|()| selection.siting(&siting(query)))),
            table,
        })
    }
}

/// Refuses a search for sites that would keep a visitor waiting; the command line answers it.
fn within_bounds(data: &PlannerData, query: &PlanQuery) -> Result<(), GapOptionError> {
    let areas = data.population().areas.len();
    let candidates = match query.candidates {
        PlanCandidates::Areas => areas,
        PlanCandidates::Places => data.snapshot().places.len(),
    };
    let is_small = areas.saturating_mul(candidates) <= MOST_PAIRS;
    is_small.then_some(()).ok_or(GapOptionError::TooManyCandidates { candidates, areas })
}

fn siting(query: &PlanQuery) -> SitingOptions {
    let candidates = match query.candidates {
        PlanCandidates::Areas => CandidateSites::Areas,
        PlanCandidates::Places => CandidateSites::Places { categories: Vec::new(), lists: Vec::new() },
    };
    SitingOptions { model: query.model, sites: query.sites, reach_m: query.reach_m, candidates }
}

/// Places by district, and those in none, that are known to meet at weekends.
fn at_weekends(data: &PlannerData, query: &PlanQuery) -> Result<Vec<usize>, GapOptionError> {
    let days = vec![Weekday::Sat, Weekday::Sun];
    let selection = data.select(&GapOptions { days, ..query.options.clone() })?;
    let by_district = selection.places_by_district();
    Ok(by_district)
}
