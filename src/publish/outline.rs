//! An area as the coordinates of a GeoJSON `MultiPolygon`.
//!
//! Rings are closed and follow the right-hand rule (RFC 7946 §3.1.6); numbers have at most seven decimals. This module does
//! no I/O.

use geo::orient::Direction;
use geo::{Coord, LineString, MultiPolygon, Orient as _, Polygon, Validation as _};

use crate::index::encoded::{decimals, rounded};
use crate::model::Area;

/// The corners of the shortest ring: a triangle with its first corner repeated.
const SHORTEST_RING: usize = 4;

/// The geometry of `area` as JSON; `null` where nothing of it is left.
pub(super) fn geometry(area: &Area) -> String {
    let exact = area.polygons().orient(Direction::Default);
    let round = rounded_polygons(&exact);
    // Rounding can make a sliver touch itself; then the digits stay.
    let complete = round.0.len() == exact.0.len() && round.is_valid();
    let keep_round = complete || !exact.is_valid();
    let number: fn(f64) -> String = if keep_round { decimals } else { |degrees| degrees.to_string() };
    let polygons = if keep_round { round } else { exact };
    if polygons.0.is_empty() {
        return "null".to_owned();
    }
    let polygons: Vec<String> = polygons.iter().map(|polygon| polygon_text(polygon, number)).collect();
    format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", polygons.join(","))
}

fn polygon_text(polygon: &Polygon<f64>, number: fn(f64) -> String) -> String {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let rings: Vec<String> = rings.map(|ring| ring_text(ring, number)).collect();
    format!("[{}]", rings.join(","))
}

fn ring_text(ring: &LineString<f64>, number: fn(f64) -> String) -> String {
    let corners: Vec<String> = ring.coords().map(|at| format!("[{},{}]", number(at.x), number(at.y))).collect();
    format!("[{}]", corners.join(","))
}

/// `exact` with rounded corners, without corners that fell together and rings of which nothing is left.
fn rounded_polygons(exact: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let polygons = exact.iter().filter_map(|polygon| {
        let holes = polygon.interiors().iter().filter_map(rounded_ring).collect();
        Some(Polygon::new(rounded_ring(polygon.exterior())?, holes))
    });
    polygons.collect()
}

fn rounded_ring(ring: &LineString<f64>) -> Option<LineString<f64>> {
    let mut corners: Vec<Coord<f64>> = ring.coords().map(|at| Coord { x: rounded(at.x), y: rounded(at.y) }).collect();
    corners.dedup();
    (corners.len() >= SHORTEST_RING).then(|| LineString::new(corners))
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
    fn what_is_smaller_than_a_centimetre_is_written_in_full() {
        let ring: &[(f64, f64)] = &[(0.0, 0.0), (1e-9, 0.0), (1e-9, 1e-9), (0.0, 0.0)];
        let text = geometry(&area(&[ring]));
        assert!(text.contains("0.000000001"), "{text}");
    }
}
