//! Siting: where one more place helps most. Maximal covering location problem (MCLP) and p-median.
//!
//! Existing places stay. Both models are one problem of sums of greatest gains (`facility`): a site gives each area a gain, and an
//! area takes the greatest of the chosen ones. Up to two sites are always proven optimal; more are searched with bounds
//! (`search`). This module does no I/O.

mod facility;
mod heuristic;
mod relaxation;
mod search;

use serde::Serialize;

use self::facility::FacilityProblem;
use self::search::SiteChoice;
use super::answer::{AnswerHead, GapMethod, PopulationUsed, SupplyUsed};
use super::number::share;
use super::options::{GapOptionError, check_lists, positive};
use super::place_list::list_of;
use super::selection::GapSelection;
use crate::model::{CategoryId, ExactNumber, PlaceId, Position, Status};

/// Sites that are chosen together at most.
pub const MOST_SITES: usize = 10;

/// Gains that are kept at most: some 600 MB.
const MOST_GAINS: usize = 40_000_000;

/// What a question about sites chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct SitingOptions {
    /// What is best.
    pub model: SitingModel,
    /// Solutions for one to so many new places.
    pub sites: usize,
    /// How far a place may be, in metres; the edge included.
    pub reach_m: f64,
    /// Where new places may be.
    pub candidates: CandidateSites,
}

/// What is best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SitingModel {
    /// Most people who have no place within reach get one.
    #[default]
    Mclp,
    /// People have the shortest way on average.
    PMedian,
}

/// Where new places may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateSites {
    /// At the points of all areas.
    Areas,
    /// At places that take place, of these categories and lists; of all where both are empty.
    Places {
        /// Categories.
        categories: Vec<CategoryId>,
        /// Lists.
        lists: Vec<String>,
    },
}

/// The answer of `gaps site`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SitingAnswer {
    /// How it was computed.
    pub method: SitingMethod,
    /// The people.
    pub population: PopulationUsed,
    /// The places.
    pub places: SupplyUsed,
    /// Places that are there.
    pub existing: usize,
    /// Points at which new ones may be.
    pub candidates: usize,
    /// How it is now.
    pub before: ReachBefore,
    /// How it would be with one new place, two …
    pub solutions: Vec<SitingSolution>,
}

/// How sites were chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SitingMethod {
    /// What every question chooses.
    #[serde(flatten)]
    pub common: GapMethod,
    /// What is best.
    pub model: SitingModel,
    /// How far a place may be, in metres.
    pub reach_m: ExactNumber,
    /// `areas` or `places`.
    pub candidates: &'static str,
    /// Categories of candidates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidate_category: Vec<CategoryId>,
    /// Lists of candidates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidate_list: Vec<String>,
}

/// How it is now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ReachBefore {
    /// People with a place within reach.
    pub reached: ExactNumber,
    /// Of all; `None` if there are none.
    pub share: Option<ExactNumber>,
    /// Mean metres to the nearest place; `None` without places or people.
    pub mean_m: Option<ExactNumber>,
}

/// How it would be with so many new places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SitingSolution {
    /// New places.
    pub p: usize,
    /// Whether no choice can be better.
    pub exact: bool,
    /// Where they are, in the order of the candidates.
    pub sites: Vec<ChosenSite>,
    /// People with a place within reach.
    pub reached: ExactNumber,
    /// Those of them who had none.
    pub newly_reached: ExactNumber,
    /// Reached of all; `None` if there are none.
    pub share: Option<ExactNumber>,
    /// Mean metres to the nearest place; `None` without people.
    pub mean_m: Option<ExactNumber>,
    /// By how much it is shorter; `None` without places now.
    pub saved_m: Option<ExactNumber>,
}

/// A point at which a new place may be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChosenSite {
    /// What it is.
    pub kind: SiteKind,
    /// Its identity, if it is a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PlaceId>,
    /// Its name.
    pub name: String,
    /// Its point.
    pub position: Position,
}

/// What a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    /// An area of the population.
    Area,
    /// A place.
    Place,
}

/// Distances that the measures of all solutions need.
struct SiteDistances {
    /// The candidates.
    sites: Vec<ChosenSite>,
    /// The points, people and nearest existing metres of areas with people.
    areas: Vec<(Position, f64, f64)>,
    /// People of all these areas.
    people: f64,
}

impl GapSelection<'_> {
    /// The best sites for one to [`SitingOptions::sites`] new places.
    ///
    /// # Errors
    ///
    /// If an option means nothing, or there is no candidate.
    pub fn siting(&self, options: &SitingOptions) -> Result<SitingAnswer, GapOptionError> {
        positive("--reach", options.reach_m)?;
        check_sites(options.sites)?;
        let sites = self.candidates(&options.candidates)?;
        let nearest = self.nearest_metres();
        let areas: Vec<(Position, f64, f64)> = self
            .demand
            .iter()
            .filter(|area| self.people_of(**area) > 0.0)
            .map(|area| (self.point_of(*area).0, self.people_of(*area), nearest[*area]))
            .collect();
        let distances = SiteDistances { sites, areas, people: self.located_people() };
        let problem = self.problem(options, &distances)?;
        let before = self.measures(&distances, options.reach_m, &[]);
        let most = options.sites.min(distances.sites.len());
        let choices = search::solve(&problem, most);
        let solutions = choices.into_iter().map(|choice| self.solution(&choice, &distances, options.reach_m, before));
        let solutions = solutions.collect();
        let AnswerHead { method, population, places } = self.head_with(self.siting_method(options));
        let (existing, candidates) = (self.counted.len(), distances.sites.len());
        Ok(SitingAnswer { method, population, places, existing, candidates, before, solutions })
    }

    fn siting_method(&self, options: &SitingOptions) -> SitingMethod {
        let (candidates, candidate_category, candidate_list) = match &options.candidates {
            CandidateSites::Areas => ("areas", Vec::new(), Vec::new()),
            CandidateSites::Places { categories, lists } => ("places", categories.clone(), lists.clone()),
        };
        SitingMethod {
            common: self.method(),
            model: options.model,
            reach_m: ExactNumber(options.reach_m),
            candidates,
            candidate_category,
            candidate_list,
        }
    }

    /// The points at which new places may be; of several at one point the first.
    fn candidates(&self, wanted: &CandidateSites) -> Result<Vec<ChosenSite>, GapOptionError> {
        let mut sites = match wanted {
            CandidateSites::Areas => self.area_sites(),
            CandidateSites::Places { categories, lists } => self.place_sites(categories, lists)?,
        };
        let mut seen = std::collections::HashSet::new();
        sites.retain(|site| seen.insert((site.position.lon().to_bits(), site.position.lat().to_bits())));
        if sites.is_empty() { Err(GapOptionError::NoCandidates) } else { Ok(sites) }
    }

    fn area_sites(&self) -> Vec<ChosenSite> {
        let areas = self.data.population.areas.iter();
        let site = |(name, position): (&String, Option<Position>)| {
            Some(ChosenSite { kind: SiteKind::Area, id: None, name: name.clone(), position: position? })
        };
        areas.filter_map(|area| site((&area.name, area.position))).collect()
    }

    fn place_sites(&self, categories: &[CategoryId], lists: &[String]) -> Result<Vec<ChosenSite>, GapOptionError> {
        let snapshot = &self.data.snapshot;
        if let Some(id) = categories.iter().find(|id| snapshot.categories.by_id(id).is_none()) {
            let known = snapshot.categories.all().iter().map(|it| it.id.0.as_str()).collect::<Vec<_>>().join(", ");
            return Err(GapOptionError::UnknownCategory { name: id.0.clone(), known });
        }
        check_lists(lists, snapshot)?;
        let mut sites: Vec<ChosenSite> = Vec::new();
        for listed in snapshot.places.iter() {
            let facts = &listed.place.facts;
            let is_wanted = (categories.is_empty() || categories.contains(&facts.category))
                && (lists.is_empty() || list_of(listed).is_some_and(|list| lists.iter().any(|wanted| wanted == list)));
            let Some(site) = facts.site.filter(|_| is_wanted && facts.status == Status::Active) else { continue };
            let id = Some(listed.place.id.clone());
            sites.push(ChosenSite { kind: SiteKind::Place, id, name: facts.name.clone(), position: site.position });
        }
        sites.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        Ok(sites)
    }

    /// The gains of each candidate: people who come within reach, or metres saved times people.
    fn problem(&self, options: &SitingOptions, distances: &SiteDistances) -> Result<FacilityProblem, GapOptionError> {
        // Without places now every way counts as the longest there could be: what is saved is then as long as that.
        let longest = |area: &(Position, f64, f64)| {
            let ways = distances.sites.iter().map(|site| self.metres(area.0, site.position));
            if area.2.is_finite() { area.2 } else { ways.fold(0.0, f64::max) }
        };
        let now: Vec<f64> = match options.model {
            SitingModel::Mclp => distances.areas.iter().map(|area| area.2).collect(),
            SitingModel::PMedian => distances.areas.iter().map(longest).collect(),
        };
        let mut problem = FacilityProblem::new(distances.areas.len());
        for site in &distances.sites {
            let gains = distances.areas.iter().zip(&now).enumerate().filter_map(|(at, (area, now))| {
                let metres = self.metres(area.0, site.position);
                let gain = match options.model {
                    SitingModel::Mclp if *now > options.reach_m && metres <= options.reach_m => area.1,
                    SitingModel::Mclp => 0.0,
                    SitingModel::PMedian => area.1 * (now - metres).max(0.0),
                };
                (gain > 0.0).then_some((super::points::number(at), gain))
            });
            problem.add_site(gains.collect());
            if problem.gains() > MOST_GAINS {
                let (candidates, areas) = (distances.sites.len(), distances.areas.len());
                return Err(GapOptionError::TooManyCandidates { candidates, areas });
            }
        }
        // What a p-median leaves: the bound of one per cent is on it.
        problem.set_left_of(match options.model {
            SitingModel::Mclp => None,
            SitingModel::PMedian => Some(distances.areas.iter().zip(&now).map(|(area, now)| area.1 * now).sum()),
        });
        Ok(problem)
    }

    /// Both measures with these new places.
    fn measures(&self, distances: &SiteDistances, reach_m: f64, chosen: &[usize]) -> ReachBefore {
        let (mut reached, mut way) = (0.0, 0.0);
        for (position, people, now) in &distances.areas {
            let ways = chosen.iter().map(|site| self.metres(*position, distances.sites[*site].position));
            let nearest = ways.fold(*now, f64::min);
            reached += if nearest <= reach_m { *people } else { 0.0 };
            way += people * nearest;
        }
        let mean_m = share(way, distances.people).filter(|mean| mean.0.is_finite());
        ReachBefore { reached: ExactNumber(reached), share: share(reached, distances.people), mean_m }
    }

    fn solution(
        &self,
        choice: &SiteChoice,
        distances: &SiteDistances,
        reach_m: f64,
        before: ReachBefore,
    ) -> SitingSolution {
        let ReachBefore { reached, share, mean_m } = self.measures(distances, reach_m, &choice.sites);
        SitingSolution {
            p: choice.sites.len(),
            exact: choice.is_exact,
            sites: choice.sites.iter().map(|site| distances.sites[*site].clone()).collect(),
            reached,
            newly_reached: ExactNumber(reached.0 - before.reached.0),
            share,
            mean_m,
            saved_m: before.mean_m.zip(mean_m).map(|(before, now)| ExactNumber(before.0 - now.0)),
        }
    }
}

fn check_sites(sites: usize) -> Result<(), GapOptionError> {
    let is_good = (1..=MOST_SITES).contains(&sites);
    is_good.then_some(()).ok_or_else(|| GapOptionError::BadNumber {
        option: "--p",
        value: sites.to_string(),
        expected: "a number from 1 to 10",
    })
}
