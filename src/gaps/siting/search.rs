//! The best choices of one site, two, three …: one and two by looking at all that could be best, more by branch and bound.
//!
//! A choice is proven best when the search has gone through all that its bounds leave. If that takes too many steps, it goes on
//! only until the best choice found is within a per cent of the bound. This module does no I/O.

use super::facility::{FacilityProblem, tolerance};
use super::heuristic;
use super::relaxation::{self, PriceBound};

/// Steps over gains that a search may take, and before it gives up on a proof of one per cent.
const STEPS: usize = 150_000_000;
const LAST_STEPS: usize = 3_000_000_000;

/// The sites of one choice, in the order of the candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SiteChoice {
    pub(super) sites: Vec<usize>,
    /// Whether no other is better.
    pub(super) is_exact: bool,
}

/// The best choices of one to `most` sites.
pub(super) fn solve(problem: &FacilityProblem, most: usize) -> Vec<SiteChoice> {
    let mut choices: Vec<SiteChoice> = Vec::new();
    for count in 1..=most {
        let choice = match count {
            1 => SiteChoice { sites: vec![best_single(problem)], is_exact: true },
            2 => SiteChoice { sites: best_pair(problem).to_vec(), is_exact: true },
            _ => best_of_many(problem, count, &choices[count - 2].sites),
        };
        choices.push(choice);
    }
    choices
}

/// The site that gains most; of equals the first.
fn best_single(problem: &FacilityProblem) -> usize {
    let all = (0..problem.sites()).map(|site| (site, problem.alone(site)));
    all.reduce(|a, b| if b.1 > a.1 + tolerance(a.1) { b } else { a }).map_or(0, |(site, _)| site)
}

/// The two sites that gain most together; of equals the first in the order of the candidates. A pair is worth at most the sum of its
/// sites, so that most pairs need no look.
fn best_pair(problem: &FacilityProblem) -> [usize; 2] {
    let mut order: Vec<(usize, f64)> = (0..problem.sites()).map(|site| (site, problem.alone(site))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // Below any value, which is never negative.
    let (mut best, mut value) = ([0, 1], -1.0);
    let mut now = vec![0.0; problem.areas()];
    for (at, (first, first_alone)) in order.iter().enumerate() {
        let rest = &order[at + 1..];
        if rest.first().is_none_or(|(_, next)| first_alone + next < value - tolerance(value)) {
            break;
        }
        problem.of(*first).iter().for_each(|(area, gain)| now[*area as usize] = *gain);
        for (second, second_alone) in rest {
            if first_alone + second_alone < value - tolerance(value) {
                break;
            }
            let together = first_alone + problem.added(*second, &now);
            let pair = [*first.min(second), *first.max(second)];
            let is_equal = (together - value).abs() <= tolerance(value);
            if (is_equal && pair < best) || together > value + tolerance(value) {
                best = pair;
                value = value.max(together);
            }
        }
        problem.of(*first).iter().for_each(|(area, _)| now[*area as usize] = 0.0);
    }
    best
}

/// The best choice of three or more, or one within a per cent of it; `before` is a good choice of one less.
fn best_of_many(problem: &FacilityProblem, count: usize, before: &[usize]) -> SiteChoice {
    let first = heuristic::best(problem, count, before);
    let value = problem.value(&first);
    let relaxed = relaxation::bound(problem, count, &first, value);
    if relaxed.bound <= value + tolerance(value) {
        return SiteChoice { sites: first, is_exact: true };
    }
    let mut branches = Branches::new(problem, count, &relaxed, (first, value));
    let is_near = branches.problem.is_near(value, relaxed.bound);
    branches.steps_left = if is_near || count > 5 { STEPS } else { LAST_STEPS };
    let is_exact = branches.run();
    branches.best.sort_unstable();
    SiteChoice { sites: branches.best, is_exact }
}

/// A search through all choices that may be better than the best one so far.
struct Branches<'a> {
    problem: &'a FacilityProblem,
    count: usize,
    relaxed: &'a PriceBound,
    /// Sites by reduced value, the largest first.
    order: Vec<usize>,
    best: Vec<usize>,
    value: f64,
    steps_left: usize,
}

impl<'a> Branches<'a> {
    fn new(problem: &'a FacilityProblem, count: usize, relaxed: &'a PriceBound, best: (Vec<usize>, f64)) -> Self {
        let mut order: Vec<usize> = (0..problem.sites()).collect();
        order.sort_by(|a, b| relaxed.reduced[*b].total_cmp(&relaxed.reduced[*a]).then(a.cmp(b)));
        Self { problem, count, relaxed, order, best: best.0, value: best.1, steps_left: STEPS }
    }

    /// Searches; whether it went through everything.
    fn run(&mut self) -> bool {
        let now = vec![0.0; self.problem.areas()];
        let all: Vec<usize> = (0..self.order.len()).collect();
        self.branch(&mut Vec::new(), &all, &now, self.relaxed.prices)
    }

    /// Adds each of `open` (positions in the order, ascending) to `chosen`; `priced` is the relaxed value of what is chosen. Whether it
    /// went through everything.
    fn branch(&mut self, chosen: &mut Vec<usize>, open: &[usize], now: &[f64], priced: f64) -> bool {
        let have: f64 = now.iter().sum();
        let missing = self.count - chosen.len();
        let added: Vec<f64> = open.iter().map(|at| self.problem.added(self.order[*at], now)).collect();
        let steps: usize = open.iter().map(|at| self.problem.of(self.order[*at]).len() + 1).sum();
        if steps > self.steps_left {
            self.steps_left = 0;
            return false;
        }
        self.steps_left -= steps;
        if missing == 1 {
            self.take_last(chosen, open, &added, have);
            return true;
        }
        let open = self.worth_a_look(open, &added, have, priced, missing);
        for at in 0..open.len() {
            let rest = &open[at..];
            if rest.len() < missing || self.relaxed_bound(rest, priced, missing) <= self.least() {
                break;
            }
            let site = self.order[open[at]];
            let mut next = now.to_vec();
            for (area, gain) in self.problem.of(site) {
                next[*area as usize] = next[*area as usize].max(*gain);
            }
            chosen.push(site);
            let is_done = self.branch(chosen, &open[at + 1..], &next, priced + self.relaxed.reduced[site]);
            chosen.pop();
            if !is_done {
                return false;
            }
        }
        true
    }

    /// What a choice must exceed to be better.
    fn least(&self) -> f64 {
        self.value + tolerance(self.value)
    }

    /// The best last site.
    fn take_last(&mut self, chosen: &[usize], open: &[usize], added: &[f64], have: f64) {
        for (at, added) in open.iter().zip(added) {
            if have + added > self.least() {
                self.value = have + added;
                self.best = chosen.iter().copied().chain([self.order[*at]]).collect();
            }
        }
    }

    /// No choice with `missing` of `rest` added is worth more.
    fn relaxed_bound(&self, rest: &[usize], priced: f64, missing: usize) -> f64 {
        priced + rest.iter().take(missing).map(|at| self.relaxed.reduced[self.order[*at]]).sum::<f64>()
    }

    /// Those of `open` that may be part of a better choice: by what they add now with the most that others add, and by prices.
    fn worth_a_look(&self, open: &[usize], added: &[f64], have: f64, priced: f64, missing: usize) -> Vec<usize> {
        let mut most: Vec<f64> = added.to_vec();
        most.sort_by(|a, b| b.total_cmp(a));
        let others: f64 = most.iter().take(missing - 1).sum();
        let largest: f64 = open.iter().take(missing - 1).map(|at| self.relaxed.reduced[self.order[*at]]).sum();
        let is_worth = |(at, added): (&usize, &f64)| {
            let by_prices = priced + largest + self.relaxed.reduced[self.order[*at]];
            (have + others + added > self.least() && by_prices > self.least()).then_some(*at)
        };
        open.iter().zip(added).filter_map(is_worth).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The value of the best choice by looking at all, and the first that has it.
    fn by_all(problem: &FacilityProblem, count: usize) -> (Vec<usize>, f64) {
        fn choices(from: usize, end: usize, count: usize) -> Vec<Vec<usize>> {
            if count == 0 {
                return vec![Vec::new()];
            }
            let with = |site: usize| {
                choices(site + 1, end, count - 1).into_iter().map(move |rest| [vec![site], rest].concat())
            };
            (from..end).flat_map(with).collect()
        }
        let valued = choices(0, problem.sites(), count).into_iter().map(|choice| (problem.value(&choice), choice));
        let best = valued.reduce(|a, b| if b.0 > a.0 + tolerance(a.0) { b } else { a }).unwrap();
        (best.1, best.0)
    }

    fn problem(gains: &[Vec<u32>]) -> FacilityProblem {
        let mut problem = FacilityProblem::new(gains.first().map_or(0, Vec::len));
        for site in gains {
            let gains = (0..).zip(site).filter(|(_, gain)| **gain > 0).map(|(area, gain)| (area, f64::from(*gain)));
            problem.add_site(gains.collect());
        }
        problem
    }

    proptest! {
        #[test]
        fn every_choice_is_the_best_there_is(
            gains in proptest::collection::vec(proptest::collection::vec(0_u32..9, 7), 4..9),
        ) {
            let problem = problem(&gains);
            for choice in solve(&problem, 4) {
                let (first, value) = by_all(&problem, choice.sites.len());
                prop_assert!((problem.value(&choice.sites) - value).abs() < 1e-9, "{choice:?} {first:?}");
                prop_assert!(choice.is_exact);
                if choice.sites.len() <= 2 {
                    prop_assert_eq!(choice.sites, first);
                }
            }
        }

        #[test]
        fn no_choice_is_worth_more_than_the_bound(
            gains in proptest::collection::vec(proptest::collection::vec(0_u32..9, 7), 4..9),
            count in 1_usize..4,
        ) {
            let problem = problem(&gains);
            let first: Vec<usize> = (0..count).collect();
            let bound = relaxation::bound(&problem, count, &first, problem.value(&first));
            prop_assert!(bound.bound >= by_all(&problem, count).1 - 1e-9);
        }
    }
}
