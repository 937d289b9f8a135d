//! The problem behind both models: choose sites so that Σ over areas of the greatest gain among the chosen ones is largest.
//! This module does no I/O.

/// Values closer than this share of each other are equal but for rounding.
pub(super) const SAME: f64 = 1e-11;

/// Gains of sites for areas.
#[derive(Debug, Clone, Default)]
pub(super) struct FacilityProblem {
    areas: usize,
    /// By site: the areas that it gives something, ascending, and how much.
    sites: Vec<Vec<(u32, f64)>>,
    /// What a solution leaves of a whole, where that and not the gain is what counts.
    whole: Option<f64>,
    gains: usize,
}

impl FacilityProblem {
    pub(super) fn new(areas: usize) -> Self {
        Self { areas, ..Self::default() }
    }

    pub(super) fn add_site(&mut self, gains: Vec<(u32, f64)>) {
        self.gains += gains.len();
        self.sites.push(gains);
    }

    /// Says that what is left of `whole` is what counts.
    pub(super) fn set_left_of(&mut self, whole: Option<f64>) {
        self.whole = whole;
    }

    pub(super) fn areas(&self) -> usize {
        self.areas
    }

    pub(super) fn sites(&self) -> usize {
        self.sites.len()
    }

    /// The number of gains above 0.
    pub(super) fn gains(&self) -> usize {
        self.gains
    }

    pub(super) fn of(&self, site: usize) -> &[(u32, f64)] {
        &self.sites[site]
    }

    /// What a site gains alone.
    pub(super) fn alone(&self, site: usize) -> f64 {
        self.of(site).iter().map(|(_, gain)| gain).sum()
    }

    /// What a site adds to areas that have `now` already.
    pub(super) fn added(&self, site: usize, now: &[f64]) -> f64 {
        self.of(site).iter().map(|(area, gain)| (gain - now[*area as usize]).max(0.0)).sum()
    }

    /// The value of a choice.
    pub(super) fn value(&self, chosen: &[usize]) -> f64 {
        self.taken(chosen).iter().sum()
    }

    /// The greatest gain of each area among the chosen sites.
    pub(super) fn taken(&self, chosen: &[usize]) -> Vec<f64> {
        let mut now = vec![0.0; self.areas];
        for (area, gain) in chosen.iter().flat_map(|site| self.of(*site)) {
            let now: &mut f64 = &mut now[*area as usize];
            *now = now.max(*gain);
        }
        now
    }

    /// Whether `value` is within one per cent of anything up to `bound`.
    pub(super) fn is_near(&self, value: f64, bound: f64) -> bool {
        match self.whole {
            None => value >= 0.99 * bound,
            Some(whole) => whole - value <= 1.01 * (whole - bound),
        }
    }
}

/// How much a value must exceed another to be better.
pub(super) fn tolerance(value: f64) -> f64 {
    SAME * value.abs().max(1.0)
}
