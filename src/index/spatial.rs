//! R-trees: nearest-neighbour search in metres, and bounding-box search in degrees.
//!
//! The nearest are searched among unit vectors in three dimensions, where the straight distance grows with the great-circle
//! distance everywhere on the globe, and are then put in order by the great-circle distance itself. A tree over degrees
//! would give a wrong place in one query of thirteen at 35° north. Boxes are searched in degrees, in `f64`, edges included.
//!
//! There is a tree for each category beside the one for all: filtering one tree for something rare visits most of it.
//! This module does no I/O.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RStarInsertionStrategy, RTree, RTreeParams};

use crate::model::{Metres, Position};

/// How much longer than the last kept chord (in Earth radii) a candidate's may be before the search stops: what rounding
/// can do to a chord, with room to spare. On the ground, less than a thousandth of a millimetre.
const CHORD_MARGIN: f64 = 1e-13;

/// Wider nodes than `rstar`'s six: a tree that is only ever built whole answers a fifth to a third sooner (benches/index.rs).
#[derive(Debug)]
struct WideTree;

impl RTreeParams for WideTree {
    const MIN_SIZE: usize = 5;
    const MAX_SIZE: usize = 12;
    const REINSERTION_COUNT: usize = 2;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

type OnSphere = GeomWithData<[f64; 3], u32>;
type InDegrees = GeomWithData<[f64; 2], u32>;

/// The trees over all places and over each category.
#[derive(Debug)]
pub(super) struct SpatialIndex {
    points: Vec<Option<Position>>,
    all: CategoryTrees,
    by_category: Vec<CategoryTrees>,
}

#[derive(Debug)]
struct CategoryTrees {
    sphere: RTree<OnSphere, WideTree>,
    degrees: RTree<InDegrees, WideTree>,
}

impl SpatialIndex {
    /// Indexes the places that have a point. `runs` are the categories' ranges of places, in the order of their numbers.
    pub(super) fn new(points: Vec<Option<Position>>, runs: &[std::ops::Range<usize>]) -> Self {
        let all = CategoryTrees::new(&points, 0..points.len());
        let by_category = runs.iter().map(|run| CategoryTrees::new(&points, run.clone())).collect();
        Self { points, all, by_category }
    }

    /// Where the place is; `None` for one that is not placed.
    pub(super) fn point(&self, place: usize) -> Option<Position> {
        self.points[place]
    }

    /// The `count` places nearest to `from` of any of `categories`, or of all where `None`, nearest first; equally near
    /// ones in the order of the places.
    pub(super) fn nearest(&self, from: Position, categories: Option<&[usize]>, count: usize) -> Vec<(usize, Metres)> {
        let mut hits = Vec::with_capacity(count.min(self.points.len()));
        for trees in self.trees(categories) {
            trees.nearest(from, count, |place| self.points[place].map(|at| hits.push((place, from.distance_to(at)))));
        }
        hits.sort_unstable_by(|a, b| a.1.0.total_cmp(&b.1.0).then(a.0.cmp(&b.0)));
        hits.truncate(count);
        hits
    }

    /// The places within `bbox` (west, south, east, north in degrees, edges included; across the antimeridian where west is
    /// greater than east) of any of `categories`, or of all where `None`, in no order.
    pub(super) fn within(&self, bbox: [f64; 4], categories: Option<&[usize]>) -> impl Iterator<Item = u32> {
        let boxes = boxes(bbox);
        self.trees(categories).into_iter().flat_map(move |trees| {
            boxes.clone().into_iter().flat_map(|aabb| trees.degrees.locate_in_envelope(&aabb)).map(|leaf| leaf.data)
        })
    }

    fn trees(&self, categories: Option<&[usize]>) -> Vec<&CategoryTrees> {
        match categories {
            None => vec![&self.all],
            Some(some) => some.iter().filter_map(|&category| self.by_category.get(category)).collect(),
        }
    }
}

impl CategoryTrees {
    fn new(points: &[Option<Position>], places: std::ops::Range<usize>) -> Self {
        let located = || places.clone().filter_map(|place| points[place].map(|at| (at, number(place))));
        let sphere = located().map(|(at, place)| OnSphere::new(at.unit_vector(), place)).collect();
        let degrees = located().map(|(at, place)| InDegrees::new(at.into(), place)).collect();
        Self { sphere: RTree::bulk_load_with_params(sphere), degrees: RTree::bulk_load_with_params(degrees) }
    }

    /// Hands over the `count` nearest and all that are as near as the last of them within the margin.
    fn nearest(&self, from: Position, count: usize, mut hit: impl FnMut(usize) -> Option<()>) {
        let mut found = 0;
        let mut stop_at = if count == 0 { -1.0 } else { f64::INFINITY };
        for (leaf, chord_2) in self.sphere.nearest_neighbor_iter_with_distance_2(&from.unit_vector()) {
            if chord_2 > stop_at {
                break;
            }
            hit(leaf.data as usize);
            found += 1;
            if found == count {
                stop_at = (chord_2.sqrt() + CHORD_MARGIN).powi(2);
            }
        }
    }
}

/// The number of a place in 32 bits.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).expect("there are fewer than four thousand million places")
}

/// `bbox` as one box, or as two where it lies across the antimeridian.
fn boxes([west, south, east, north]: [f64; 4]) -> Vec<AABB<[f64; 2]>> {
    let aabb = |west, east| AABB::from_corners([west, south], [east, north]);
    if west <= east { vec![aabb(west, east)] } else { vec![aabb(west, 180.0), aabb(-180.0, east)] }
}

/// Whether `at` lies within `bbox`, edges included, also across the antimeridian.
pub(super) fn holds([west, south, east, north]: [f64; 4], at: Position) -> bool {
    let between =
        if west <= east { west <= at.lon() && at.lon() <= east } else { at.lon() >= west || at.lon() <= east };
    between && south <= at.lat() && at.lat() <= north
}
