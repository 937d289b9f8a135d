//! How far a 大字 reaches at most, by its neighbours: what lies farther from it belongs to another. This module does no I/O.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::town::TownPlace;

/// How many neighbours surround a 大字.
const NEIGHBOURS: usize = 6;

/// Metres within which nothing is far: the gazetteer's points are no outlines.
const NEAR_M: f64 = 500.0;

/// Metres from the centre of each place to the farthest of its nearest neighbours; `None` for those that are not `own`, and
/// where there are too few to tell.
pub(super) fn reaches(places: &[TownPlace], own: &[usize]) -> Vec<Option<f64>> {
    let mut reaches = vec![None; places.len()];
    let points = own.iter().map(|&n| GeomWithData::new(places[n].centre.unit_vector(), n)).collect();
    let tree = RTree::bulk_load(points);
    for &n in own {
        let centre = places[n].centre;
        let others = tree.nearest_neighbor_iter(&centre.unit_vector()).filter(|other| other.data != n);
        let farthest = others.take(NEIGHBOURS).nth(NEIGHBOURS - 1);
        reaches[n] = farthest.map(|other| centre.distance_to(places[other.data].centre).0.max(NEAR_M));
    }
    reaches
}
