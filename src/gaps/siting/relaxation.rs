//! An upper bound for any choice: the Lagrangian relaxation, in which areas pay `price` for their gain.
//!
//! For any prices λ ≥ 0, no choice of p sites is worth more than Σ `λ_i` + the p largest `ρ_c`, with `ρ_c` = `Σ_i` max(0, `g_ic` − `λ_i`). Subgradient
//! steps make that small; on plans of cities it ends within a per cent of the best choice. This module does no I/O.

use super::facility::FacilityProblem;

/// Steps at most, and without progress before they are halved.
const ROUNDS: usize = 400;
const PATIENCE: usize = 15;

/// Steps over gains that one bound may take.
const STEPS: usize = 200_000_000;

/// Prices with the bound that they give.
#[derive(Debug, Clone)]
pub(super) struct PriceBound {
    /// No choice is worth more.
    pub(super) bound: f64,
    /// Σ `λ_i`.
    pub(super) prices: f64,
    /// ρ of each site.
    pub(super) reduced: Vec<f64>,
}

/// The least bound for choices of `count` sites that was found; `value` is that of a good choice of `chosen` sites.
pub(super) fn bound(problem: &FacilityProblem, count: usize, chosen: &[usize], value: f64) -> PriceBound {
    let mut prices = problem.taken(chosen);
    let mut best: Option<PriceBound> = None;
    let (mut pace, mut since) = (1.0, 0);
    let rounds = (STEPS / problem.gains().max(1)).clamp(20, ROUNDS);
    for _ in 0..rounds {
        let found = with_prices(problem, count, &prices);
        let slope = slope(problem, count, &prices, &found.reduced);
        let gap = found.bound - value;
        if best.as_ref().is_none_or(|best| found.bound < best.bound) {
            best = Some(found);
            since = 0;
        } else {
            since += 1;
        }
        let steepness: f64 = slope.iter().map(|step| step * step).sum();
        if gap <= 0.0 || steepness <= 0.0 {
            break;
        }
        if since > PATIENCE {
            (pace, since) = (pace / 2.0, 0);
        }
        let step = pace * gap / steepness;
        prices.iter_mut().zip(&slope).for_each(|(price, slope)| *price = (*price - step * slope).max(0.0));
    }
    best.unwrap_or_else(|| with_prices(problem, count, &prices))
}

fn with_prices(problem: &FacilityProblem, count: usize, prices: &[f64]) -> PriceBound {
    let reduced_of = |site: usize| -> f64 {
        problem.of(site).iter().map(|(area, gain)| (gain - prices[*area as usize]).max(0.0)).sum()
    };
    let reduced: Vec<f64> = (0..problem.sites()).map(reduced_of).collect();
    let total: f64 = prices.iter().sum();
    let largest: f64 = largest(&reduced, count).iter().map(|site| reduced[*site]).sum();
    PriceBound { bound: total + largest, prices: total, reduced }
}

/// The sites with the largest reduced values.
fn largest(reduced: &[f64], count: usize) -> Vec<usize> {
    let mut sites: Vec<usize> = (0..reduced.len()).collect();
    sites.sort_by(|a, b| reduced[*b].total_cmp(&reduced[*a]));
    sites.truncate(count);
    sites
}

/// By how much the bound grows with each price: one less the sites that would give the area more.
fn slope(problem: &FacilityProblem, count: usize, prices: &[f64], reduced: &[f64]) -> Vec<f64> {
    let mut slope = vec![1.0; problem.areas()];
    for site in largest(reduced, count) {
        for (area, gain) in problem.of(site) {
            if *gain > prices[*area as usize] {
                slope[*area as usize] -= 1.0;
            }
        }
    }
    // A price of 0 cannot fall.
    slope
        .iter_mut()
        .zip(prices)
        .filter(|(slope, price)| **slope > 0.0 && **price <= 0.0)
        .for_each(|(slope, _)| *slope = 0.0);
    slope
}
