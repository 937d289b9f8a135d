//! Coverage: how many people have a place within reach, and which is nearest. This module does no I/O.

mod answer;

use serde::Serialize;

pub use self::answer::{
    AreaPeople, CoverageAnswer, CoverageMethod, CoveredArea, DistrictCoverage, KindsWithinReach, NearestPlace,
    PlaceKind, ReachedPeople,
};

use super::answer::AnswerHead;
use super::number::share;
use super::options::{GapOptionError, positive};
use super::planner_data::PreparedArea;
use super::points::{PointSet, number};
use super::selection::GapSelection;
use crate::model::{DistrictId, ExactNumber, Position};

/// What a question about coverage chooses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CoverageOptions {
    /// Reaches in metres, each of which includes its edge.
    pub reaches_m: Vec<f64>,
    /// What the places are told apart by.
    pub by: CoverageGrouping,
    /// Places that are not there yet.
    pub add: Vec<Position>,
    /// Tells places of any kind alone by district: a page shows no more, and a city may have districts by the hundred.
    pub any_kind_by_district: bool,
}

/// What places are told apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverageGrouping {
    /// By category.
    #[default]
    Category,
    /// By list.
    List,
}

/// Distances of one kind of place: metres from each area to the nearest one, infinite where there is none.
struct KindDistances {
    name: Option<String>,
    metres: Vec<f64>,
}

impl GapSelection<'_> {
    /// Coverage by reach and kind of place, by district and by area.
    ///
    /// # Errors
    ///
    /// If a reach is no positive number.
    pub fn coverage(&self, options: &CoverageOptions) -> Result<CoverageAnswer, GapOptionError> {
        options.reaches_m.iter().try_for_each(|reach| positive("--reach", *reach))?;
        let nearest = self.nearest_places();
        let mut any: Vec<f64> = nearest.iter().map(|found| found.map_or(f64::INFINITY, |(_, metres)| metres)).collect();
        for (metres, area) in any.iter_mut().zip(&self.data.areas) {
            let Some((from, _)) = area.point else { continue };
            options.add.iter().for_each(|added| *metres = metres.min(self.metres(from, *added)));
        }
        let mut kinds = self.distances_by_kind(options.by);
        kinds.insert(0, KindDistances { name: None, metres: any });
        let AnswerHead { method, population, places } = self.head_with(self.coverage_method(options));
        Ok(CoverageAnswer {
            method,
            population,
            places,
            coverage: self.reached(&kinds, options, &self.demand),
            kinds: options.reaches_m.iter().map(|reach| self.kinds_within(&kinds[1..], *reach)).collect(),
            districts: self.by_district(&kinds, options),
            areas: self.covered_areas(&nearest, &kinds[0].metres),
        })
    }

    /// Metres from each area of the population to its nearest place; infinite where there is none.
    pub fn nearest_metres(&self) -> Vec<f64> {
        self.nearest_places().iter().map(|found| found.map_or(f64::INFINITY, |(_, metres)| metres)).collect()
    }

    fn coverage_method(&self, options: &CoverageOptions) -> CoverageMethod {
        CoverageMethod {
            common: self.method(),
            reach_m: options.reaches_m.iter().copied().map(ExactNumber).collect(),
            by: (options.by != CoverageGrouping::Category).then_some(options.by),
            add: options.add.clone(),
        }
    }

    /// For each area the nearest counted place with its distance: by distance, then name, then identity.
    fn nearest_places(&self) -> Vec<Option<(usize, f64)>> {
        let places = PointSet::new(self.counted.iter().enumerate().map(|(at, place)| (number(at), place.position)));
        let nearest = |area: &PreparedArea| {
            let (position, vector) = area.point?;
            let candidates = places.nearest(vector).into_iter().map(|at| self.counted[at as usize]);
            let measured = candidates.map(|place| (place.place, self.metres(position, place.position)));
            measured.min_by(|(a, a_metres), (b, b_metres)| {
                let key = |place: usize| (self.planned(place).name, self.planned(place).id);
                a_metres.total_cmp(b_metres).then_with(|| key(*a).cmp(&key(*b)))
            })
        };
        self.data.areas.iter().map(nearest).collect()
    }

    /// Distances by category or list, in the order of the answer.
    fn distances_by_kind(&self, by: CoverageGrouping) -> Vec<KindDistances> {
        let mut groups: Vec<(String, Vec<u32>)> = match by {
            CoverageGrouping::Category => {
                self.data.snapshot.categories.all().iter().map(|it| (it.id.0.clone(), Vec::new())).collect()
            }
            CoverageGrouping::List => {
                let mut lists: Vec<&str> =
                    self.counted.iter().filter_map(|place| self.planned(place.place).list).collect();
                lists.sort_unstable();
                lists.dedup();
                lists.into_iter().map(|list| (list.to_owned(), Vec::new())).collect()
            }
        };
        for (at, place) in self.counted.iter().enumerate() {
            let group = match by {
                CoverageGrouping::Category => self.prepared(place.place).category,
                CoverageGrouping::List => self
                    .planned(place.place)
                    .list
                    .and_then(|list| groups.binary_search_by(|(name, _)| name.as_str().cmp(list)).ok()),
            };
            if let Some(group) = group {
                groups[group].1.push(number(at));
            }
        }
        groups.into_iter().map(|(name, places)| self.kind_distances(Some(name), &places)).collect()
    }

    fn kind_distances(&self, name: Option<String>, places: &[u32]) -> KindDistances {
        let points = PointSet::new(places.iter().map(|at| (*at, self.counted[*at as usize].position)));
        let mut metres = vec![f64::INFINITY; self.people.len()];
        for &area in &self.demand {
            let (position, vector) = self.point_of(area);
            let nearest = points.nearest(vector).into_iter();
            let measured = nearest.map(|at| self.metres(position, self.counted[at as usize].position));
            metres[area] = measured.fold(f64::INFINITY, f64::min);
        }
        KindDistances { name, metres }
    }

    /// The coverage of these demand areas.
    fn reached(&self, kinds: &[KindDistances], options: &CoverageOptions, areas: &[usize]) -> Vec<ReachedPeople> {
        let people = |area: &usize| self.people_of(*area);
        let everybody: f64 = areas.iter().map(people).sum();
        let kind = |name: &Option<String>| match options.by {
            CoverageGrouping::Category => PlaceKind::Category(name.clone()),
            CoverageGrouping::List => PlaceKind::List(name.clone()),
        };
        let of = |reach: f64, of: &KindDistances| {
            let reached: f64 = areas.iter().filter(|area| of.metres[**area] <= reach).map(people).sum();
            ReachedPeople {
                kind: kind(&of.name),
                reach_m: ExactNumber(reach),
                reached: ExactNumber(reached),
                not_reached: ExactNumber(everybody - reached),
                share: share(reached, everybody),
            }
        };
        options.reaches_m.iter().flat_map(|reach| kinds.iter().map(move |kind| of(*reach, kind))).collect()
    }

    fn kinds_within(&self, kinds: &[KindDistances], reach: f64) -> KindsWithinReach {
        let mut people = vec![0.0];
        for area in &self.demand {
            let count = kinds.iter().filter(|kind| kind.metres[*area] <= reach).count();
            if self.people_of(*area) > 0.0 {
                people.resize(people.len().max(count + 1), 0.0);
                people[count] += self.people_of(*area);
            }
        }
        KindsWithinReach { reach_m: ExactNumber(reach), people: people.into_iter().map(ExactNumber).collect() }
    }

    fn by_district(&self, kinds: &[KindDistances], options: &CoverageOptions) -> Vec<DistrictCoverage> {
        let districts = self.data.units.all();
        let mut areas: Vec<Vec<usize>> = vec![Vec::new(); districts.len() + 1];
        for area in &self.demand {
            areas[self.data.areas[*area].district.unwrap_or(districts.len())].push(*area);
        }
        let ids = districts.iter().map(|district| Some(district.id.clone())).chain([None]);
        let kinds = if options.any_kind_by_district { &kinds[..1] } else { kinds };
        let of = |(district, areas): (Option<DistrictId>, &Vec<usize>)| {
            let is_shown = district.is_some() || !areas.is_empty();
            is_shown.then(|| DistrictCoverage { district, coverage: self.reached(kinds, options, areas) })
        };
        ids.zip(&areas).filter_map(of).collect()
    }

    fn covered_areas(&self, nearest: &[Option<(usize, f64)>], any: &[f64]) -> Vec<CoveredArea> {
        let all = self.data.population.areas.iter().zip(&self.data.areas).enumerate();
        all.map(|(index, (area, prepared))| {
            let place = nearest[index].map(|(place, _)| self.planned(place));
            CoveredArea {
                row: area.source.row,
                name: area.name.clone(),
                code: area.code.clone(),
                district: prepared.district.map(|at| self.data.units.all()[at].id.clone()),
                position: area.position,
                joined: area.joined,
                people: AreaPeople::new(&area.people, self.options.age),
                nearest_m: Some(any[index]).filter(|metres| metres.is_finite()).map(ExactNumber),
                nearest: place.map(|place| NearestPlace {
                    id: place.id.clone(),
                    name: place.name.to_owned(),
                    municipality: place.municipality.map(str::to_owned),
                }),
            }
        })
        .collect()
    }
}
