//! Fewer corners for lines and outlines (Douglas–Peucker), in bounded depth. This module does no I/O.

use geo::{LineString, MultiPolygon, Polygon, Simplify as _};

/// Corners that are simplified together. The algorithm recurses once per corner of a zigzag, so that a whole river of a hostile
/// file would overflow the stack.
const TOGETHER: usize = 1_000;

/// `line` without the corners that are nearer than `tolerance` (in its own unit) to what is left of it. The first and the last
/// corner stay.
pub fn simplified_line(line: &LineString<f64>, tolerance: f64) -> LineString<f64> {
    let corners = &line.0;
    if corners.len() <= TOGETHER {
        return line.simplify(tolerance);
    }
    let parts = (0..corners.len() - 1).step_by(TOGETHER - 1).map(|from| {
        let to = (from + TOGETHER).min(corners.len());
        LineString::new(corners[from..to].to_vec()).simplify(tolerance)
    });
    let mut simple = Vec::new();
    for part in parts {
        // Each part begins where the one before ended.
        simple.extend(part.0.into_iter().skip(usize::from(!simple.is_empty())));
    }
    LineString::new(simple)
}

/// The same for every ring of `area`.
pub fn simplified_area(area: &MultiPolygon<f64>, tolerance: f64) -> MultiPolygon<f64> {
    let is_small = |polygon: &Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).all(|ring| ring.0.len() <= TOGETHER)
    };
    let ring = |ring: &LineString<f64>| closed(simplified_line(ring, tolerance), ring);
    let simple = |polygon: &Polygon<f64>| {
        if is_small(polygon) {
            return polygon.simplify(tolerance);
        }
        let holes = polygon.interiors().iter().map(ring);
        Polygon::new(ring(polygon.exterior()), holes.collect())
    };
    MultiPolygon(area.0.iter().map(simple).collect())
}

/// `simple`, or three corners of `ring` where less is left of it than an area needs.
fn closed(simple: LineString<f64>, ring: &LineString<f64>) -> LineString<f64> {
    let (corners, third) = (&ring.0, ring.0.len() / 3);
    if simple.0.len() > 3 { simple } else { vec![corners[0], corners[third], corners[2 * third], corners[0]].into() }
}

#[cfg(test)]
mod tests {
    use geo::{Coord, Distance as _, Euclidean, Point};

    use super::*;

    fn zigzag(corners: u32, height: f64) -> LineString<f64> {
        (0..corners).map(|n| Coord { x: f64::from(n), y: height * f64::from(n % 2) }).collect()
    }

    #[test]
    fn half_a_million_corners_are_simplified_on_a_small_stack() {
        let line = zigzag(500_000, 1.0);
        let both = std::thread::Builder::new().stack_size(512 * 1024);
        let simple = both.spawn(move || (simplified_line(&line, 0.5), simplified_line(&line, 2.0))).unwrap();
        let (all, few) = simple.join().unwrap();
        assert_eq!(all.0.len(), 500_000);
        assert!(few.0.len() <= 2 * (500_000 / TOGETHER + 2), "{}", few.0.len());
        assert_eq!((few.0[0].x, few.0[few.0.len() - 1].x), (0.0, 499_999.0));
    }

    #[test]
    fn no_corner_is_farther_away_than_the_tolerance() {
        for corners in [1, 2, 3, 999, 1_000, 1_001, 1_999, 2_500] {
            let line = zigzag(corners, 3.0);
            let simple = simplified_line(&line, 3.5);
            for corner in &line.0 {
                assert!(Euclidean.distance(&Point::from(*corner), &simple) <= 3.5, "{corners}");
            }
        }
    }
}
