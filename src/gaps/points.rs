//! Points on the sphere with their nearest and near ones, exact in metres.
//!
//! The straight distance of two points of the unit sphere grows with the great-circle distance, so that trees over unit vectors
//! find the right candidates; the haversine then decides. This module does no I/O.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::model::Position;
use crate::model::position::EARTH_RADIUS_M;

/// Points from which on a tree is quicker than a look at each.
const WORTH_A_TREE: usize = 48;

/// By how much straight distances may differ through rounding: some 0.1 micrometres.
const ROUNDING: f64 = 1e-14;

/// A set of numbered points.
#[derive(Debug, Clone, Default)]
pub(super) struct PointSet {
    points: Vec<NumberedPoint>,
    tree: Option<RTree<GeomWithData<[f64; 3], u32>>>,
}

/// A point with its number.
#[derive(Debug, Clone, Copy)]
struct NumberedPoint {
    number: u32,
    at: [f64; 3],
}

/// An index as it is kept in trees.
pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("areas and places are fewer than 2^32")
}

impl PointSet {
    /// Indexes the points.
    pub(super) fn new(points: impl Iterator<Item = (u32, Position)>) -> Self {
        let points: Vec<NumberedPoint> =
            points.map(|(number, position)| NumberedPoint { number, at: position.unit_vector() }).collect();
        let tree = (points.len() >= WORTH_A_TREE)
            .then(|| RTree::bulk_load(points.iter().map(|p| GeomWithData::new(p.at, p.number)).collect()));
        Self { points, tree }
    }

    /// The numbers of the points that are nearest to `from` but for rounding; empty only if the set is.
    pub(super) fn nearest(&self, from: [f64; 3]) -> Vec<u32> {
        if let Some(tree) = &self.tree {
            let mut near = tree.nearest_neighbor_iter_with_distance_2(&from);
            let Some((first, least)) = near.next() else { return Vec::new() };
            let equal = near.take_while(|(_, squared)| *squared <= with_rounding(least));
            return std::iter::once(first.data).chain(equal.map(|(point, _)| point.data)).collect();
        }
        let least = self.points.iter().map(|point| squared(point.at, from)).fold(f64::INFINITY, f64::min);
        let is_nearest = |point: &&NumberedPoint| squared(point.at, from) <= with_rounding(least);
        self.points.iter().filter(is_nearest).map(|point| point.number).collect()
    }

    /// Calls `found` with the number of each point that may lie within `metres` of `from`, and with no other that lies farther
    /// by more than rounding.
    pub(super) fn within(&self, from: [f64; 3], metres: f64, mut found: impl FnMut(u32)) {
        let bound = with_rounding(squared_chord(metres));
        match &self.tree {
            Some(tree) => tree.locate_within_distance(from, bound).for_each(|point| found(point.data)),
            None => self.points.iter().filter(|p| squared(p.at, from) <= bound).for_each(|point| found(point.number)),
        }
    }
}

/// The squared straight distance on the unit sphere of points that are `metres` apart.
fn squared_chord(metres: f64) -> f64 {
    let angle = (metres / EARTH_RADIUS_M).clamp(0.0, std::f64::consts::PI);
    4.0 * (angle / 2.0).sin().powi(2)
}

/// The largest squared straight distance that may be equal to this one.
fn with_rounding(squared: f64) -> f64 {
    (squared.sqrt() + ROUNDING).powi(2)
}

fn squared(one: [f64; 3], other: [f64; 3]) -> f64 {
    let [x, y, z] = [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
    x * x + y * y + z * z
}
