//! Catchments: accessibility by the enhanced two-step floating catchment area (E2SFCA, Luo and Qi 2009).
//!
//! With demand P, supply S, distance d, reach R and weight w: `R_j = S_j ÷ Σ_i P_i w(d_ij)`, `A_i = Σ_j R_j w(d_ij)`. This module
//! does no I/O.

mod decay;
mod inequality;

use serde::Serialize;

pub use self::decay::DistanceDecay;
pub use self::inequality::{AccessibilitySummary, WorstTenth};

use super::answer::{AnswerHead, GapMethod, PopulationUsed, SupplyUsed};
use super::calendar::MeetingDays;
use super::options::{GapOptionError, positive};
use super::selection::{CountedPlace, GapSelection};
use crate::model::{DistrictId, ExactNumber};

/// What a question about catchments chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct CatchmentOptions {
    /// How far people come, in metres; the edge included.
    pub reach_m: f64,
    /// How distance lessens use.
    pub decay: DistanceDecay,
    /// What a place supplies.
    pub supply: SupplyUnit,
}

/// What a place supplies; the unit of accessibility is this per person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SupplyUnit {
    /// One place.
    #[default]
    One,
    /// Its days a month.
    Monthly,
    /// Its capacity times its days a month.
    PersonPlaces,
}

/// The answer of `gaps catchment`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatchmentAnswer {
    /// How it was computed.
    pub method: CatchmentMethod,
    /// The people.
    pub population: PopulationUsed,
    /// The places.
    pub places: SupplyUsed,
    /// What there is to share.
    pub supply: SupplySummary,
    /// How it is shared.
    pub accessibility: AccessibilitySummary,
    /// Every area.
    pub areas: Vec<AreaAccessibility>,
}

/// How accessibility was computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatchmentMethod {
    /// What every question chooses.
    #[serde(flatten)]
    pub common: GapMethod,
    /// How far people come, in metres.
    pub reach_m: ExactNumber,
    /// How distance lessens use.
    pub decay: String,
    /// What a place supplies.
    pub supply: SupplyUnit,
}

/// What there is to share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SupplySummary {
    /// Of all counted places.
    pub total: ExactNumber,
    /// Of those within reach of anybody.
    pub used: ExactNumber,
    /// Places within reach of nobody.
    pub idle_places: usize,
    /// Places whose days a month are not known.
    pub monthly_unknown: usize,
    /// Places whose capacity is not known.
    pub capacity_unknown: usize,
    /// The median of the known days a month, which stands for the others.
    pub monthly_median: ExactNumber,
    /// The median of the known capacities, which stands for the others.
    pub capacity_median: ExactNumber,
}

/// One area with its accessibility.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaAccessibility {
    /// The row of its file.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Its district.
    pub district: Option<DistrictId>,
    /// Its people; `None` where hidden.
    pub people: Option<ExactNumber>,
    /// Supply per person; `None` for an area without a point.
    pub accessibility: Option<ExactNumber>,
}

impl GapSelection<'_> {
    /// Accessibility of every area.
    ///
    /// # Errors
    ///
    /// If the reach or the decay means nothing.
    pub fn catchment(&self, options: &CatchmentOptions) -> Result<CatchmentAnswer, GapOptionError> {
        positive("--reach", options.reach_m)?;
        options.decay.check()?;
        let (amounts, mut supply) = self.supply(options.supply);
        let accessibility = self.accessibility(options, &amounts, &mut supply);
        let of_demand: Vec<(f64, f64)> =
            self.demand.iter().map(|area| (accessibility[*area], self.people_of(*area))).collect();
        let areas =
            self.data.population.areas.iter().zip(&self.data.areas).enumerate().map(|(at, (area, prepared))| {
                AreaAccessibility {
                    row: area.source.row,
                    name: area.name.clone(),
                    district: prepared.district.map(|at| self.data.units.all()[at].id.clone()),
                    people: self.people[at].map(ExactNumber),
                    accessibility: prepared.point.map(|_| ExactNumber(accessibility[at])),
                }
            });
        let AnswerHead { method, population, places } = self.head_with(CatchmentMethod {
            common: self.method(),
            reach_m: ExactNumber(options.reach_m),
            decay: options.decay.to_string(),
            supply: options.supply,
        });
        let areas = areas.collect();
        Ok(CatchmentAnswer { method, population, places, supply, accessibility: inequality::summary(of_demand), areas })
    }

    /// What each counted place supplies.
    fn supply(&self, unit: SupplyUnit) -> (Vec<f64>, SupplySummary) {
        let days = self.calendar();
        let monthly = |place: &CountedPlace| days_of(&days, place);
        let capacity = |place: &CountedPlace| self.prepared(place.place).capacity;
        let [monthly_median, capacity_median] =
            [self.counted.iter().filter_map(monthly).collect(), self.counted.iter().filter_map(capacity).collect()]
                .map(inequality::median_or_one);
        let amount = |place: &CountedPlace| match unit {
            SupplyUnit::One => 1.0,
            SupplyUnit::Monthly => monthly(place).unwrap_or(monthly_median),
            SupplyUnit::PersonPlaces => {
                capacity(place).unwrap_or(capacity_median) * monthly(place).unwrap_or(monthly_median)
            }
        };
        let amounts: Vec<f64> = self.counted.iter().map(amount).collect();
        let summary = SupplySummary {
            total: ExactNumber(amounts.iter().sum()),
            used: ExactNumber(0.0),
            idle_places: 0,
            monthly_unknown: self.counted.iter().filter(|place| monthly(place).is_none()).count(),
            capacity_unknown: self.counted.iter().filter(|place| capacity(place).is_none()).count(),
            monthly_median: ExactNumber(monthly_median),
            capacity_median: ExactNumber(capacity_median),
        };
        (amounts, summary)
    }

    /// Supply per person of every area of the population; notes in `supply` what is used.
    fn accessibility(&self, options: &CatchmentOptions, amounts: &[f64], supply: &mut SupplySummary) -> Vec<f64> {
        let mut accessibility = vec![0.0; self.people.len()];
        let mut near: Vec<(u32, f64)> = Vec::new();
        let mut beyond: Vec<(u32, f64)> = Vec::new();
        for (place, amount) in self.counted.iter().zip(amounts) {
            self.weights_around(place, options, &mut near);
            let own: f64 = near.iter().map(|(area, weight)| self.people_of(*area as usize) * weight).sum();
            self.weights_beyond(place, options, &mut beyond);
            let others = beyond.iter().map(|(area, weight)| self.neighbour_people(*area as usize) * weight);
            let demand = own + others.sum::<f64>();
            if demand <= 0.0 {
                supply.idle_places += 1;
                continue;
            }
            supply.used.0 += amount;
            for (area, weight) in &near {
                accessibility[*area as usize] += amount / demand * weight;
            }
        }
        accessibility
    }

    /// The areas within reach of a place with their weights, in their order.
    fn weights_around(&self, place: &CountedPlace, options: &CatchmentOptions, near: &mut Vec<(u32, f64)>) {
        near.clear();
        let vector = place.position.unit_vector();
        self.data.area_points.within(vector, options.reach_m / self.options.detour, |area| {
            let Some((position, _)) = self.data.areas[area as usize].point else { return };
            let weight = options.decay.weight(self.metres(position, place.position), options.reach_m);
            if weight > 0.0 {
                near.push((area, weight));
            }
        });
        near.sort_unstable_by_key(|(area, _)| *area);
    }

    /// The same of the neighbours' areas, whose people share the places but are not among those whom answers are about.
    fn weights_beyond(&self, place: &CountedPlace, options: &CatchmentOptions, near: &mut Vec<(u32, f64)>) {
        near.clear();
        let (vector, areas) = (place.position.unit_vector(), &self.data.snapshot.neighbours.areas);
        self.data.neighbour_points.within(vector, options.reach_m / self.options.detour, |area| {
            let Some(position) = areas[area as usize].position else { return };
            let weight = options.decay.weight(self.metres(position, place.position), options.reach_m);
            if weight > 0.0 {
                near.push((area, weight));
            }
        });
        near.sort_unstable_by_key(|(area, _)| *area);
    }
}

fn days_of(days: &[MeetingDays], place: &CountedPlace) -> Option<f64> {
    days[place.place].monthly
}
