//! How far is how far: minutes of travel for a distance, by way of travel.
//!
//! An estimate from the great-circle distance, a detour factor and a speed, and always said to be one. The finder takes the
//! estimate as a function ([`TravelEstimate`]), so that timetables and roads can take its place. This module does no I/O.

use serde::Serialize;

use crate::model::Metres;
pub use crate::model::TravelMode;

/// Minutes for a way of travel and a great-circle distance; must grow with the distance.
pub type TravelEstimate = fn(TravelMode, Metres) -> f64;

/// Kilometres an hour, what the way is longer than the straight line, and minutes that pass whatever the distance.
const fn figures(way: TravelMode) -> (f64, f64, f64) {
    match way {
        TravelMode::Walk => (3.6, 1.3, 0.0),
        TravelMode::Bicycle => (10.0, 1.3, 0.0),
        // To the stop, waiting, from the stop.
        TravelMode::Bus => (25.0, 1.4, 10.0),
        TravelMode::Car | TravelMode::PickUp => (30.0, 1.4, 0.0),
    }
}

/// Minutes by rule of thumb: speed and detour factor.
///
/// ```
/// use tsunagari::find::reach::{TravelMode, rule_of_thumb};
/// use tsunagari::model::Metres;
///
/// assert_eq!(rule_of_thumb(TravelMode::Bicycle, Metres(1_000.0)).round(), 8.0);
/// ```
pub fn rule_of_thumb(way: TravelMode, distance: Metres) -> f64 {
    let (speed, detour, always) = figures(way);
    always + distance.0 * detour / (speed * 1_000.0 / 60.0)
}

/// Metres that are within reach where nobody says how the person travels.
const UNSAID_M: f64 = 10_000.0;

/// Minutes that are bearable where nobody says.
const fn usual_minutes(way: TravelMode) -> u16 {
    match way {
        TravelMode::Walk => 20,
        TravelMode::Bicycle | TravelMode::Car | TravelMode::PickUp => 30,
        TravelMode::Bus => 45,
    }
}

/// How far the person comes.
#[derive(Debug, Clone, Serialize)]
pub struct TravelReach {
    /// By each way of travel.
    pub ways: Vec<ModeReach>,
    /// Great-circle metres of the farthest.
    pub metres: f64,
    /// Whether somebody said so; else the usual is taken.
    pub said: bool,
    #[serde(skip)]
    estimate: TravelEstimate,
}

/// How far the person comes by one way of travel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ModeReach {
    /// The way.
    pub way: TravelMode,
    /// Bearable minutes.
    pub minutes: u16,
    /// Great-circle metres in that time.
    pub metres: f64,
}

impl TravelReach {
    /// How far one comes by `ways` in `minutes`; the usual where either is not said.
    pub fn new(ways: &[TravelMode], minutes: Option<u16>, estimate: TravelEstimate) -> Self {
        let mut sorted = ways.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let reach = |way: TravelMode| {
            let minutes = minutes.unwrap_or(usual_minutes(way));
            ModeReach { way, minutes, metres: metres_in(way, f64::from(minutes), estimate) }
        };
        let ways: Vec<ModeReach> = sorted.into_iter().map(reach).collect();
        let farthest = ways.iter().map(|it| it.metres).fold(0.0, f64::max);
        let metres = if ways.is_empty() { UNSAID_M } else { farthest };
        Self { said: !ways.is_empty() && minutes.is_some(), ways, metres, estimate }
    }

    /// Metres up to which a place is "a little farther".
    pub fn horizon_m(&self) -> f64 {
        self.metres * 2.0
    }

    /// Whether the person needs to be fetched, whatever the distance.
    pub fn only_pick_up(&self) -> bool {
        !self.ways.is_empty() && self.ways.iter().all(|it| it.way == TravelMode::PickUp)
    }

    /// Metres that are within reach at a place that fetches people, or does not.
    pub fn metres_where(&self, picks_up: bool) -> f64 {
        if picks_up || !self.ways.iter().any(|it| it.way == TravelMode::PickUp) {
            return self.metres;
        }
        self.ways.iter().filter(|it| it.way != TravelMode::PickUp).map(|it| it.metres).fold(0.0, f64::max)
    }

    /// The quickest way over `distance` with its minutes; `None` where nobody says how the person travels. Being fetched counts
    /// only at a place that does so.
    pub fn quickest(&self, distance: Metres, picks_up: bool) -> Option<(TravelMode, f64)> {
        let possible = self.ways.iter().filter(|it| picks_up || it.way != TravelMode::PickUp);
        // A way on which the place is within reach is better than a quicker one on which it is not.
        possible
            .map(|it| (distance.0 > it.metres, it.way, (self.estimate)(it.way, distance)))
            .min_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)).then(a.1.cmp(&b.1)))
            .map(|(_, way, minutes)| (way, minutes))
    }
}

/// The greatest distance in metres that takes at most `minutes`, found by halving: any estimate that grows will do.
fn metres_in(way: TravelMode, minutes: f64, estimate: TravelEstimate) -> f64 {
    let (mut near, mut far) = (0.0, 1_000_000.0);
    while far - near > 0.01 {
        let middle = f64::midpoint(near, far);
        if estimate(way, Metres(middle)) <= minutes { near = middle } else { far = middle }
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_is_the_estimate_turned_round() {
        for way in [TravelMode::Walk, TravelMode::Bicycle, TravelMode::Bus, TravelMode::Car, TravelMode::PickUp] {
            let reach = TravelReach::new(&[way], Some(30), rule_of_thumb);
            assert!((rule_of_thumb(way, Metres(reach.metres)) - 30.0).abs() < 0.01, "{way:?}");
        }
        let walk = TravelReach::new(&[TravelMode::Walk], Some(20), rule_of_thumb);
        assert!((walk.metres - 923.0).abs() < 1.0, "{}", walk.metres);
    }

    #[test]
    fn a_bus_that_does_not_come_in_the_time_reaches_nothing() {
        assert!(TravelReach::new(&[TravelMode::Bus], Some(5), rule_of_thumb).metres < 0.1);
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
        assert!(reach.metres_where(true) > 10_000.0);
        assert!(reach.metres_where(false) < 1.0);
        assert_eq!(reach.quickest(Metres(500.0), false), None);
    }
}
