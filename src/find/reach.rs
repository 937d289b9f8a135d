//! Estimates travel time from great-circle distance and mode of travel.
//!
//! A detour factor and a speed per mode; the response marks every value as an estimate. The estimate is a function
//! ([`TravelEstimate`]), so that timetables or a road network can replace it. This module does no I/O.

use serde::Serialize;

use crate::model::Metres;
pub use crate::model::TravelMode;

/// Minutes for a travel mode and a great-circle distance; must rise with the distance.
pub type TravelEstimate = fn(TravelMode, Metres) -> f64;

/// Speed in km/h, detour factor over the great circle, and fixed minutes.
const fn mode_figures(way: TravelMode) -> (f64, f64, f64) {
    match way {
        TravelMode::Walk => (3.6, 1.3, 0.0),
        TravelMode::Bicycle => (10.0, 1.3, 0.0),
        // 10 minutes: to the stop, waiting, from the stop.
        TravelMode::Bus => (25.0, 1.4, 10.0),
        TravelMode::Car | TravelMode::PickUp => (30.0, 1.4, 0.0),
    }
}

/// Estimates minutes from a fixed speed and detour factor per mode.
///
/// ```
/// use tsunagari::find::reach::{TravelMode, rule_of_thumb};
/// use tsunagari::model::Metres;
///
/// assert_eq!(rule_of_thumb(TravelMode::Bicycle, Metres(1_000.0)).round(), 8.0);
/// ```
pub fn rule_of_thumb(way: TravelMode, distance: Metres) -> f64 {
    let (speed, detour, always) = mode_figures(way);
    always + distance.0 * detour / (speed * 1_000.0 / 60.0)
}

/// Within this distance nobody needs a ride.
pub(super) const NEEDS_NO_RIDE: Metres = Metres(500.0);

/// The reach where the wish names no travel mode.
const DEFAULT_REACH: Metres = Metres(10_000.0);

/// Default travel budget in minutes.
const fn default_minutes(way: TravelMode) -> u16 {
    match way {
        TravelMode::Walk => 20,
        TravelMode::Bicycle | TravelMode::Car | TravelMode::PickUp => 30,
        TravelMode::Bus => 45,
    }
}

/// How far the person can travel.
#[derive(Debug, Clone, Serialize)]
pub struct TravelReach {
    /// One reach per travel mode.
    pub ways: Vec<ModeReach>,
    /// The farthest of them, as great-circle metres.
    pub metres: Metres,
    /// Whether the wish names modes and minutes; else defaults apply.
    pub said: bool,
    #[serde(skip)]
    estimate: TravelEstimate,
}

/// How far the person can travel by one mode.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ModeReach {
    /// The travel mode.
    pub way: TravelMode,
    /// Travel budget in minutes, one way.
    pub minutes: u16,
    /// Great-circle metres within the budget.
    pub metres: Metres,
}

impl TravelReach {
    /// The reach by `ways` within `minutes`; defaults apply where either is missing.
    pub fn new(ways: &[TravelMode], minutes: Option<u16>, estimate: TravelEstimate) -> Self {
        let mut sorted = ways.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let reach = |way: TravelMode| {
            let minutes = minutes.unwrap_or(default_minutes(way));
            ModeReach { way, minutes, metres: distance_within(way, f64::from(minutes), estimate) }
        };
        let ways: Vec<ModeReach> = sorted.into_iter().map(reach).collect();
        let farthest = ways.iter().map(|it| it.metres.0).fold(0.0, f64::max);
        let metres = if ways.is_empty() { DEFAULT_REACH } else { Metres(farthest) };
        Self { said: !ways.is_empty() && minutes.is_some(), ways, metres, estimate }
    }

    /// The search horizon, twice the reach: up to here a place is "a little farther".
    pub fn horizon(&self) -> Metres {
        Metres(self.metres.0 * 2.0)
    }

    /// Whether the person can only travel by pick-up.
    pub fn only_pick_up(&self) -> bool {
        !self.ways.is_empty() && self.ways.iter().all(|it| it.way == TravelMode::PickUp)
    }

    /// Whether the person can be fetched.
    pub fn has_pick_up(&self) -> bool {
        self.ways.iter().any(|it| it.way == TravelMode::PickUp)
    }

    /// The reach for a place that does or does not offer a pick-up.
    pub fn reach_where(&self, picks_up: bool) -> Metres {
        if picks_up || !self.ways.iter().any(|it| it.way == TravelMode::PickUp) {
            return self.metres;
        }
        let on_own = self.ways.iter().filter(|it| it.way != TravelMode::PickUp);
        Metres(on_own.map(|it| it.metres.0).fold(0.0, f64::max))
    }

    /// The quickest mode over `distance` with its minutes; `None` without a usable mode. Pick-up counts only where the
    /// place offers it.
    pub fn quickest(&self, distance: Metres, picks_up: bool) -> Option<(TravelMode, f64)> {
        let possible = self.ways.iter().filter(|it| picks_up || it.way != TravelMode::PickUp);
        // A mode that reaches the place beats a quicker one that does not.
        possible
            .map(|it| (distance > it.metres, it.way, (self.estimate)(it.way, distance)))
            .min_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)).then(a.1.cmp(&b.1)))
            .map(|(_, way, minutes)| (way, minutes))
    }
}

/// The greatest distance within `minutes`, by bisection: any monotonic estimate will do.
fn distance_within(way: TravelMode, minutes: f64, estimate: TravelEstimate) -> Metres {
    let (mut near, mut far) = (0.0, 1_000_000.0);
    while far - near > 0.01 {
        let middle = f64::midpoint(near, far);
        if estimate(way, Metres(middle)) <= minutes { near = middle } else { far = middle }
    }
    Metres(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_is_the_estimate_turned_round() {
        for way in [TravelMode::Walk, TravelMode::Bicycle, TravelMode::Bus, TravelMode::Car, TravelMode::PickUp] {
            let reach = TravelReach::new(&[way], Some(30), rule_of_thumb);
            assert!((rule_of_thumb(way, reach.metres) - 30.0).abs() < 0.01, "{way:?}");
        }
        let walk = TravelReach::new(&[TravelMode::Walk], Some(20), rule_of_thumb);
        assert!((walk.metres.0 - 923.0).abs() < 1.0, "{}", walk.metres.0);
    }

    #[test]
    fn a_bus_that_does_not_come_in_the_time_reaches_nothing() {
        assert!(TravelReach::new(&[TravelMode::Bus], Some(5), rule_of_thumb).metres.0 < 0.1);
    }

    #[test]
    fn a_way_that_reaches_the_place_is_told_before_a_quicker_one_that_does_not() {
        let reach = TravelReach::new(&[TravelMode::Bicycle, TravelMode::Bus], None, rule_of_thumb);
        assert_eq!(reach.quickest(Metres(500.0), false).unwrap().0, TravelMode::Bicycle);
        assert_eq!(reach.quickest(Metres(9_000.0), false).unwrap().0, TravelMode::Bus);
        assert_eq!(TravelReach::new(&[], Some(10), rule_of_thumb).quickest(Metres(1.0), true), None);
    }

    #[test]
    fn who_must_be_fetched_reaches_only_places_that_fetch() {
        let reach = TravelReach::new(&[TravelMode::PickUp], None, rule_of_thumb);
        assert!(reach.only_pick_up());
        assert!(reach.reach_where(true).0 > 10_000.0);
        assert!(reach.reach_where(false).0 < 1.0);
        assert_eq!(reach.quickest(Metres(500.0), false), None);
    }
}
