//! What a dragged pin is compared with: where people are and how far their nearest place is, by choices that stay the same while
//! it is dragged. This module does no I/O.

use crate::model::Position;

/// Every demand area as a pin needs it.
#[derive(Debug)]
pub(super) struct PinGround {
    areas: Vec<PinArea>,
    detour: f64,
}

#[derive(Debug)]
struct PinArea {
    position: Position,
    people: f64,
    /// Metres to the nearest place; infinite where there is none.
    nearest_m: f64,
}

impl PinGround {
    /// Areas by their point, people and metres to the nearest place.
    pub(super) fn new(areas: impl Iterator<Item = (Position, f64, f64)>, detour: f64) -> Self {
        let areas = areas.map(|(position, people, nearest_m)| PinArea { position, people, nearest_m });
        Self { areas: areas.collect(), detour }
    }

    /// People who would come within reach by one more place at `position`.
    pub(super) fn newly_reached(&self, position: Position, reach_m: f64) -> f64 {
        let is_new = |area: &&PinArea| {
            area.nearest_m > reach_m && area.position.distance_to(position).0 * self.detour <= reach_m
        };
        self.areas.iter().filter(is_new).map(|area| area.people).sum()
    }
}
