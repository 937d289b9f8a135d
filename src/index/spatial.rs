//! R-trees: nearest-neighbour search in metres, and bounding-box search in degrees.
//!
//! Nearest neighbours are searched among unit vectors in three dimensions, where the chord grows with the great-circle distance
//! everywhere on the globe, and are then sorted by the great-circle distance. A tree over degrees would return a wrong place in
//! one query of thirteen at 35° north. Boxes are searched in degrees, in `f64`, edges included.
//!
//! Besides the trees over all places there is a pair per category, because filtering one tree for a rare category would visit
//! most of it. This module does no I/O.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RStarInsertionStrategy, RTree, RTreeParams};

use crate::model::{Metres, Position};

/// Tolerance of the search in Earth radii: it continues past the last kept chord by more than rounding can change a chord. On
/// the ground, less than a thousandth of a millimetre.
const CHORD_MARGIN: f64 = 1e-13;

/// Wider nodes than `rstar`'s six: a bulk-loaded tree answers a fifth to a third faster with them (benches/index.rs).
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

/// R-trees over all places and over each category.
#[derive(Debug)]
pub(super) struct SpatialIndex {
    points: Vec<Option<Position>>,
    all: CategoryTrees,
    by_category: Vec<CategoryTrees>,
}

/// R-trees over one set of places: on the unit sphere for distances, in degrees for boxes.
#[derive(Debug)]
struct CategoryTrees {
    sphere: RTree<OnSphere, WideTree>,
    degrees: RTree<InDegrees, WideTree>,
}

impl SpatialIndex {
    /// Indexes the places that have a position. `category_ranges` are the ranges of places of each category, in table order.
    pub(super) fn new(points: Vec<Option<Position>>, category_ranges: &[std::ops::Range<usize>]) -> Self {
        let all = CategoryTrees::new(&points, 0..points.len());
        let by_category = category_ranges.iter().map(|range| CategoryTrees::new(&points, range.clone())).collect();
        Self { points, all, by_category }
    }

    /// Position of the place, if it has one.
    pub(super) fn point(&self, place: usize) -> Option<Position> {
        self.points[place]
    }

    /// The `count` places nearest to `from` of any of `categories` (all where `None`), nearest first; places at equal distance
    /// in the order of their indices.
    pub(super) fn nearest(&self, from: Position, categories: Option<&[usize]>, count: usize) -> Vec<(usize, Metres)> {
        let mut hits = Vec::with_capacity(count.min(self.points.len()));
        for trees in self.trees(categories) {
            trees.nearest(from, count, |place| self.points[place].map(|at| hits.push((place, from.distance_to(at)))));
        }
        hits.sort_unstable_by(|a, b| a.1.0.total_cmp(&b.1.0).then(a.0.cmp(&b.0)));
        hits.truncate(count);
        hits
    }

    /// West, south, east, north of the places of a category, or of all; `None` where none of them has a position.
    pub(super) fn bounds(&self, category: Option<usize>) -> Option<[f64; 4]> {
        let trees = category.map_or(Some(&self.all), |category| self.by_category.get(category))?;
        let around = (trees.degrees.size() > 0).then(|| trees.degrees.root().envelope())?;
        let ([west, south], [east, north]) = (around.lower(), around.upper());
        Some([west, south, east, north])
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
        let located = || places.clone().filter_map(|place| points[place].map(|at| (at, place_number(place))));
        let sphere = located().map(|(at, place)| OnSphere::new(at.unit_vector(), place)).collect();
        let degrees = located().map(|(at, place)| InDegrees::new(at.into(), place)).collect();
        Self { sphere: RTree::bulk_load_with_params(sphere), degrees: RTree::bulk_load_with_params(degrees) }
    }

    /// Calls `hit` for the `count` nearest places, and for all others as near as the last of them within the tolerance.
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

/// Index of a place in 32 bits, as the indexes store it.
pub(super) fn place_number(place: usize) -> u32 {
    u32::try_from(place).expect("there are fewer than four thousand million places")
}

/// `bbox` as one box, or as two where it crosses the antimeridian.
fn boxes([west, south, east, north]: [f64; 4]) -> Vec<AABB<[f64; 2]>> {
    let aabb = |west, east| AABB::from_corners([west, south], [east, north]);
    if west <= east { vec![aabb(west, east)] } else { vec![aabb(west, 180.0), aabb(-180.0, east)] }
}

/// Whether `at` lies within `bbox`, edges included, also across the antimeridian.
pub(super) fn contains([west, south, east, north]: [f64; 4], at: Position) -> bool {
    let between =
        if west <= east { west <= at.lon() && at.lon() <= east } else { at.lon() >= west || at.lon() <= east };
    between && south <= at.lat() && at.lat() <= north
}
