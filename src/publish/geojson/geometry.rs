//! Encodes an area as a GeoJSON `MultiPolygon`.
//!
//! Rings are closed and follow the right-hand rule (RFC 7946 §3.1.6); numbers have at most seven decimals. This module does
//! no I/O.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo::orient::Direction;
use geo::{Coord, Intersects as _, Line, LineString, MapCoords as _, MultiPolygon, Orient as _, Polygon};
use rstar::primitives::GeomWithData;
use rstar::{RTree, RTreeObject as _};

use crate::index::encoded::{decimals, rounded};
use crate::index::filter::crs::CoordinateSystem;
use crate::model::{Area, Position};

/// A segment of a ring, with the number of the ring, its own, and the number of segments in the ring.
type RingSide = GeomWithData<Line<f64>, (usize, usize, usize)>;

/// The fewest positions of a linear ring: a triangle with its first position repeated (RFC 7946 §3.1.6).
const SHORTEST_RING: usize = 4;

/// The geometry of `area` as JSON; `null` if every ring degenerates.
pub(super) fn geometry(area: &Area) -> String {
    let exact = mapped(&area.polygons().orient(Direction::Default), |degrees| degrees);
    let round = mapped(&exact, rounded);
    // Rounding can make a sliver vanish or intersect itself; then all digits are kept.
    let stays_simple = round == exact || (round.0.len() == exact.0.len() && !self_intersects(&round));
    let keep_round = stays_simple || self_intersects(&exact);
    let number: fn(f64) -> String = if keep_round { decimals } else { |degrees| degrees.to_string() };
    let polygons = if keep_round { round } else { exact };
    if polygons.0.is_empty() {
        return "null".to_owned();
    }
    let polygons: Vec<String> = polygons.iter().map(|polygon| polygon_text(polygon, number)).collect();
    format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", polygons.join(","))
}

/// The geometry of `area` in a coordinate reference system, its axes in the order of the authority; `null` if every ring degenerates.
pub(super) fn geometry_in(area: &Area, crs: CoordinateSystem) -> String {
    if crs == CoordinateSystem::Crs84 {
        return geometry(area);
    }
    let placed = area.polygons().orient(Direction::Default).map_coords(|at| {
        let [x, y] = Position::new(at.x, at.y).map_or([at.x, at.y], |at| crs.coordinates(at));
        Coord { x, y }
    });
    let polygons = mapped(&placed, |coordinate| coordinate);
    if polygons.0.is_empty() {
        return "null".to_owned();
    }
    let polygons: Vec<String> = polygons.iter().map(|polygon| polygon_text(polygon, |it| it.to_string())).collect();
    format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", polygons.join(","))
}

/// Whether two segments share a point other than the corner of neighbours. An R-tree finds candidates in microseconds per
/// segment, where the validation of `geo` compares all pairs.
fn self_intersects(polygons: &MultiPolygon<f64>) -> bool {
    let rings = polygons.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let side = |ring: usize, count: usize| move |(at, side)| GeomWithData::new(side, (ring, at, count));
    let sides: Vec<RingSide> = rings
        .enumerate()
        .flat_map(|(n, ring)| ring.lines().enumerate().map(side(n, ring.0.len().saturating_sub(1))))
        .collect();
    let tree = RTree::bulk_load(sides.clone());
    sides.iter().any(|one| {
        tree.locate_in_envelope_intersecting(&one.envelope()).filter(|other| one.data < other.data).any(|other| {
            let ((ring, at, count), (other_ring, other_at, _)) = (one.data, other.data);
            let distance = other_at - at.min(other_at);
            let neighbours = ring == other_ring && (distance == 1 || distance == count - 1);
            if neighbours { folds_back(*one.geom(), *other.geom()) } else { one.geom().intersects(other.geom()) }
        })
    })
}

/// Whether two segments that share a corner overlap.
fn folds_back(one: Line<f64>, other: Line<f64>) -> bool {
    matches!(line_intersection(one, other), Some(LineIntersection::Collinear { .. }))
}

/// The coordinates of a polygon as JSON: its exterior ring, then its holes.
fn polygon_text(polygon: &Polygon<f64>, number: fn(f64) -> String) -> String {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let rings: Vec<String> = rings.map(|ring| ring_text(ring, number)).collect();
    format!("[{}]", rings.join(","))
}

/// The positions of a ring as JSON.
fn ring_text(ring: &LineString<f64>, number: fn(f64) -> String) -> String {
    let corners: Vec<String> = ring.coords().map(|at| format!("[{},{}]", number(at.x), number(at.y))).collect();
    format!("[{}]", corners.join(","))
}

/// Applies `change` to every coordinate and drops repeated positions and degenerate rings.
fn mapped(polygons: &MultiPolygon<f64>, change: fn(f64) -> f64) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<f64>| {
        let mut corners: Vec<Coord<f64>> = ring.coords().map(|at| Coord { x: change(at.x), y: change(at.y) }).collect();
        corners.dedup();
        (corners.len() >= SHORTEST_RING).then(|| LineString::new(corners))
    };
    let polygon = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().filter_map(ring).collect();
        Some(Polygon::new(ring(polygon.exterior())?, holes))
    };
    polygons.iter().filter_map(polygon).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(rings: &[&[(f64, f64)]]) -> Area {
        let mut rings = rings.iter().map(|ring| LineString::from(ring.to_vec()));
        let outer = rings.next().unwrap();
        Area::new(MultiPolygon::new(vec![Polygon::new(outer, rings.collect())]))
    }

    #[test]
    fn outer_rings_turn_left_holes_turn_right_and_all_are_closed() {
        let clockwise: &[(f64, f64)] = &[(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0)];
        let left_turning_hole: &[(f64, f64)] = &[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)];
        assert_eq!(
            geometry(&area(&[clockwise, left_turning_hole])),
            r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]]}"#
        );
    }

    #[test]
    fn corners_that_fall_together_are_written_once() {
        let ring: &[(f64, f64)] =
            &[(134.0, 35.0), (134.1, 35.0), (134.100_000_001, 35.0), (134.1, 35.1), (134.0, 35.0)];
        assert_eq!(
            geometry(&area(&[ring])),
            r#"{"type":"MultiPolygon","coordinates":[[[[134,35],[134.1,35],[134.1,35.1],[134,35]]]]}"#
        );
    }

    #[test]
    fn a_spike_that_rounding_would_close_keeps_its_digits() {
        let ring: &[(f64, f64)] = &[
            (0.0, 0.0),
            (1.0, 0.0),
            (1.0, 1.0),
            (0.5, 1.0),
            (0.500_000_01, 0.000_000_01),
            (0.499_999_99, 1.0),
            (0.0, 1.0),
        ];
        let text = geometry(&area(&[ring]));
        assert!(text.contains("0.50000001") && text.contains("[0.49999999,1]"), "{text}");
    }

    #[test]
    fn a_ring_that_touches_itself_already_is_rounded_like_any_other() {
        let bow: &[(f64, f64)] = &[(0.0, 0.0), (1.000_000_001, 1.0), (1.0, 0.0), (0.0, 1.0)];
        let text = geometry(&area(&[bow]));
        assert!(text.contains("[1,1]"), "{text}");
    }

    #[test]
    fn an_area_of_nothing_has_no_outline() {
        assert_eq!(geometry(&area(&[&[]])), "null");
        assert_eq!(geometry(&area(&[&[(134.0, 35.0), (134.1, 35.1)]])), "null");
    }

    #[test]
    fn what_is_smaller_than_a_centimetre_is_written_in_full() {
        let ring: &[(f64, f64)] = &[(0.0, 0.0), (1e-9, 0.0), (1e-9, 1e-9), (0.0, 0.0)];
        let text = geometry(&area(&[ring]));
        assert!(text.contains("0.000000001"), "{text}");
    }
}
