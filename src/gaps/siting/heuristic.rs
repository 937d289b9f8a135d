//! Good choices quickly: greedy additions and single exchanges (Teitz and Bart), from several starts. This module does no I/O.

use super::facility::{FacilityProblem, tolerance};

/// Steps over gains that all starts of one search may take together.
const STEPS: usize = 60_000_000;

/// Starts at most.
const STARTS: usize = 16;

/// Numbers that look random and are the same each time (xorshift).
struct Scatter(u64);

impl Scatter {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or(0)
    }
}

/// The best of several improved choices of `count` sites; `before` is a good choice of one less.
pub(super) fn best(problem: &FacilityProblem, count: usize, before: &[usize]) -> Vec<usize> {
    let per_pass = problem.gains().max(1) * count;
    let starts = (STEPS / (per_pass * 4)).clamp(1, STARTS);
    let mut scatter = Scatter(0x9e37_79b9_7f4a_7c15);
    let mut best = improved(problem, greedy(problem, count, before));
    let mut value = problem.value(&best);
    for start in 1..starts {
        let kept: Vec<usize> = match start {
            1 => Vec::new(),
            // Half of the best so far, and others at random.
            _ => best.iter().copied().filter(|_| scatter.below(2) == 0).collect(),
        };
        let mut first = kept;
        while start > 1 && first.len() + 1 < count {
            let site = scatter.below(problem.sites());
            if !first.contains(&site) {
                first.push(site);
            }
        }
        let next = improved(problem, greedy(problem, count, &first));
        let next_value = problem.value(&next);
        if next_value > value + tolerance(value) {
            (best, value) = (next, next_value);
        }
    }
    best.sort_unstable();
    best
}

/// Adds the site that adds most, until there are `count`; of equals the first.
fn greedy(problem: &FacilityProblem, count: usize, first: &[usize]) -> Vec<usize> {
    let mut chosen = first.to_vec();
    while chosen.len() < count {
        let now = problem.taken(&chosen);
        let others = (0..problem.sites()).filter(|site| !chosen.contains(site));
        let added = others.map(|site| (site, problem.added(site, &now)));
        let most = added.reduce(|a, b| if b.1 > a.1 + tolerance(a.1) { b } else { a });
        let Some((site, _)) = most else { break };
        chosen.push(site);
    }
    chosen
}

/// Exchanges single sites as long as that helps.
fn improved(problem: &FacilityProblem, mut chosen: Vec<usize>) -> Vec<usize> {
    let mut value = problem.value(&chosen);
    while let Some((out, site, next)) = best_exchange(problem, &chosen, value) {
        chosen[out] = site;
        value = next;
    }
    chosen
}

/// The best exchange of one chosen site for another: which, for which, and the value then.
fn best_exchange(problem: &FacilityProblem, chosen: &[usize], value: f64) -> Option<(usize, usize, f64)> {
    let mut best: Option<(usize, usize, f64)> = None;
    for out in 0..chosen.len() {
        let kept: Vec<usize> =
            chosen.iter().copied().enumerate().filter(|(at, _)| *at != out).map(|(_, s)| s).collect();
        let now = problem.taken(&kept);
        let without: f64 = now.iter().sum();
        for site in (0..problem.sites()).filter(|site| !chosen.contains(site)) {
            let with = without + problem.added(site, &now);
            let least = best.map_or(value, |(.., value)| value);
            if with > least + tolerance(least) {
                best = Some((out, site, with));
            }
        }
    }
    best
}
