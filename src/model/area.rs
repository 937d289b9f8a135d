//! A part of the Earth's surface: one or more polygons with holes.
//!
//! A point-in-polygon test with an index: edges are sorted into bands of latitude and [`Area::contains`] scans one
//! band, quick enough for every place of a country. This module does no I/O.

use geo::{Centroid as _, LineString, MultiPolygon, Polygon};

use super::Position;

/// Target number of edges per band.
const EDGES_PER_BAND: usize = 8;

/// In how many bands an edge may stand on average; a real outline's stands in one or two.
const COPIES_PER_EDGE: usize = 4;

/// The most bands per area: an outline of a million vertices still fits in memory.
const MAX_BANDS: usize = 4096;

/// Latitudes at which an interior point is searched, as fractions of the height.
const SCAN_LINES: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];

/// Polygons in degrees (WGS 84, longitude first); holes and exclaves allowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    polygons: MultiPolygon<f64>,
    /// Whether it was drawn from points (概形) and is no outline that anybody decided.
    is_sketch: bool,
    /// West, south, east, north; `None` where there is no polygon.
    bbox: Option<[f64; 4]>,
    /// The edges that cross each band of latitude, southernmost first, those of one polygon together.
    bands: Vec<Vec<AreaEdge>>,
}

/// An edge of a ring. Outer rings and holes are treated alike (even-odd rule): a point is inside where a ray to the
/// east crosses an odd number of edges.
#[derive(Debug, Clone, Copy, PartialEq)]
struct AreaEdge {
    polygon: usize,
    from: [f64; 2],
    to: [f64; 2],
}

impl Area {
    /// Indexes polygons; rings may be open or closed, in either direction.
    pub fn new(polygons: MultiPolygon<f64>) -> Self {
        let edges: Vec<AreaEdge> = polygons.iter().enumerate().flat_map(|(i, polygon)| edges_of(i, polygon)).collect();
        let bbox = bbox_of(&edges);
        let bands = bbox.map_or_else(Vec::new, |bbox| sorted_into_bands(&edges, bbox));
        Self { polygons, is_sketch: false, bbox, bands }
    }

    /// The same area, marked as a sketch (概形): drawn from points, not an outline that anybody decided.
    #[must_use]
    pub fn into_sketch(self) -> Self {
        Self { is_sketch: true, ..self }
    }

    /// Whether it is a sketch (概形).
    pub fn is_sketch(&self) -> bool {
        self.is_sketch
    }

    /// The polygons, in degrees, longitude first.
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.polygons
    }

    /// West, south, east, north in degrees; `None` where there is no polygon.
    pub fn bbox(&self) -> Option<[f64; 4]> {
        self.bbox
    }

    /// Whether `position` lies inside or on the outline (of a hole, too). Takes microseconds, however long the outline
    /// is.
    pub fn contains(&self, position: Position) -> bool {
        let (lon, lat) = (position.lon(), position.lat());
        let Some([west, south, east, north]) = self.bbox else { return false };
        if !(west..=east).contains(&lon) || !(south..=north).contains(&lat) {
            return false;
        }
        let band = &self.bands[band_of(lat, [south, north], self.bands.len())];
        band.chunk_by(|a, b| a.polygon == b.polygon).any(|edges| surrounds(edges, lon, lat))
    }

    /// An interior point: the centre of the largest polygon where that is inside; `None` without a polygon.
    pub fn interior_point(&self) -> Option<Position> {
        let largest = self.polygons.iter().max_by(|a, b| rough_size(a).total_cmp(&rough_size(b)))?;
        let centroid = largest.centroid().and_then(|c| Position::new(c.x(), c.y()).ok());
        centroid.filter(|&c| self.contains(c)).or_else(|| self.widest_crossing(largest))
    }

    /// The midpoint of the longest segment inside `polygon` along one of a few parallels, else one of its vertices.
    fn widest_crossing(&self, polygon: &Polygon<f64>) -> Option<Position> {
        let edges: Vec<AreaEdge> = edges_of(0, polygon).collect();
        let [_, south, _, north] = bbox_of(&edges)?;
        let middles = SCAN_LINES.iter().filter_map(|part| {
            let lat = south + (north - south) * part;
            let mut crossings: Vec<f64> = edges.iter().filter(|e| e.spans(lat)).map(|e| e.lon_at(lat)).collect();
            crossings.sort_by(f64::total_cmp);
            let [from, to] =
                *crossings.as_chunks::<2>().0.iter().max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
            let middle = Position::new(f64::midpoint(from, to), lat).ok()?;
            self.contains(middle).then_some((to - from, middle))
        });
        let widest = middles.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, middle)| middle);
        widest.or_else(|| Position::new(edges[0].from[0], edges[0].from[1]).ok())
    }
}

impl AreaEdge {
    /// Whether the parallel `lat` crosses the edge; half-open, so that a shared vertex counts once.
    fn spans(&self, lat: f64) -> bool {
        (self.from[1] > lat) != (self.to[1] > lat)
    }

    fn lon_at(&self, lat: f64) -> f64 {
        let [[x1, y1], [x2, y2]] = [self.from, self.to];
        x1 + (lat - y1) / (y2 - y1) * (x2 - x1)
    }

    fn touches(&self, lon: f64, lat: f64) -> bool {
        let [[x1, y1], [x2, y2]] = [self.from, self.to];
        let within = |a: f64, b: f64, v: f64| v >= a.min(b) && v <= a.max(b);
        within(x1, x2, lon) && within(y1, y2, lat) && exactly_zero((x2 - x1) * (lat - y1) - (y2 - y1) * (lon - x1))
    }
}

/// No tolerance: a point beside the line by a millimetre is inside or outside.
fn exactly_zero(v: f64) -> bool {
    v == 0.0
}

/// Whether the edges of one polygon surround the point or touch it.
fn surrounds(edges: &[AreaEdge], lon: f64, lat: f64) -> bool {
    let mut inside = false;
    for edge in edges {
        if edge.touches(lon, lat) {
            return true;
        }
        if edge.spans(lat) && lon < edge.lon_at(lat) {
            inside = !inside;
        }
    }
    inside
}

/// The edges of a polygon's rings, without degenerate rings and rings with a NaN or infinite coordinate.
fn edges_of(polygon: usize, shape: &Polygon<f64>) -> impl Iterator<Item = AreaEdge> {
    let rings = std::iter::once(shape.exterior()).chain(shape.interiors());
    rings.filter(|ring| ring.0.len() > 3 && has_only_finite_coordinates(ring)).flat_map(move |ring| {
        ring.lines().map(move |l| AreaEdge { polygon, from: [l.start.x, l.start.y], to: [l.end.x, l.end.y] })
    })
}

/// An area ignores a ring with NaN or an infinity, in its edges and in its size.
fn has_only_finite_coordinates(ring: &LineString<f64>) -> bool {
    ring.coords().all(|c| c.x.is_finite() && c.y.is_finite())
}

fn bbox_of(edges: &[AreaEdge]) -> Option<[f64; 4]> {
    edges
        .iter()
        .map(|e| e.from)
        .map(|[x, y]| [x, y, x, y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

fn sorted_into_bands(edges: &[AreaEdge], [_, south, _, north]: [f64; 4]) -> Vec<Vec<AreaEdge>> {
    let mut count = (edges.len() / EDGES_PER_BAND).clamp(1, MAX_BANDS);
    let span = |edge: &AreaEdge, count: usize| {
        let band = |lat: f64| band_of(lat, [south, north], count);
        band(edge.from[1].min(edge.to[1]))..=band(edge.from[1].max(edge.to[1]))
    };
    // Edges that all span the whole height would each stand in every band.
    let copies = |count: usize| edges.iter().map(|edge| span(edge, count).count()).sum::<usize>();
    while count > 1 && copies(count) > edges.len() * COPIES_PER_EDGE + MAX_BANDS {
        count /= 2;
    }
    let mut bands = vec![Vec::new(); count];
    for edge in edges {
        bands[span(edge, count)].iter_mut().for_each(|band| band.push(*edge));
    }
    bands
}

/// The band of a latitude; monotonic, so that an edge is in every band that it crosses.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bands before it is cast")]
#[expect(clippy::cast_precision_loss, reason = "there are at most a few thousand bands")]
fn band_of(lat: f64, [south, north]: [f64; 2], count: usize) -> usize {
    let part = if north > south { (lat - south) / (north - south) } else { 0.0 };
    ((part * count as f64).clamp(0.0, (count - 1) as f64)) as usize
}

fn rough_size(polygon: &Polygon<f64>) -> f64 {
    let ring = polygon.exterior();
    if !has_only_finite_coordinates(ring) {
        return 0.0;
    }
    ring.lines().map(|l| l.start.x * l.end.y - l.end.x * l.start.y).sum::<f64>().abs()
}

#[cfg(test)]
mod tests {
    use geo::{Intersects as _, Point, polygon};
    use proptest::prelude::*;

    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).unwrap()
    }

    fn square(west: f64, south: f64, side: f64) -> Polygon<f64> {
        polygon![(x: west, y: south), (x: west + side, y: south), (x: west + side, y: south + side), (x: west, y: south + side)]
    }

    /// A star-shaped polygon around a centre, which never intersects itself.
    fn star((lon, lat): (f64, f64), distances: &[f64]) -> Polygon<f64> {
        let ring = distances.iter().enumerate().map(|(i, r)| {
            #[expect(clippy::cast_precision_loss, reason = "a handful of corners")]
            let angle = i as f64 / distances.len() as f64 * std::f64::consts::TAU;
            (lon + r * angle.cos(), lat + r * angle.sin())
        });
        Polygon::new(ring.collect(), Vec::new())
    }

    #[test]
    fn a_hole_is_outside_its_rim_is_inside_and_an_exclave_counts() {
        let ring =
            Polygon::new(square(0.0, 0.0, 10.0).exterior().clone(), vec![square(4.0, 4.0, 2.0).exterior().clone()]);
        let area = Area::new(MultiPolygon(vec![ring, square(20.0, 20.0, 1.0)]));
        for (lon, lat, inside) in [
            (1.0, 1.0, true),
            (5.0, 5.0, false),
            (4.0, 5.0, true),
            (0.0, 0.0, true),
            (10.0, 3.0, true),
            (20.5, 20.5, true),
        ] {
            assert_eq!(area.contains(at(lon, lat)), inside, "{lon} {lat}");
        }
        assert!(!area.contains(at(15.0, 15.0)));
        assert_eq!(area.bbox(), Some([0.0, 0.0, 21.0, 21.0]));
    }

    #[test]
    fn the_same_polygon_twice_is_still_there() {
        let area = Area::new(MultiPolygon(vec![square(0.0, 0.0, 1.0), square(0.0, 0.0, 1.0)]));
        assert!(area.contains(at(0.5, 0.5)));
    }

    #[test]
    fn nothing_is_inside_no_polygon_or_one_without_an_inside() {
        let line = Polygon::new(LineString::from(vec![(0.0, 0.0), (1.0, 1.0)]), Vec::new());
        let broken = Polygon::new(LineString::from(vec![(0.0, 0.0), (f64::NAN, 1.0), (1.0, 1.0)]), Vec::new());
        for polygons in [vec![], vec![line], vec![broken]] {
            let area = Area::new(MultiPolygon(polygons));
            assert!(!area.contains(at(0.5, 0.5)));
            assert_eq!(area.interior_point(), None);
        }
    }

    #[test]
    fn a_crescent_has_its_point_inside() {
        let crescent = polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 8.0), (x: 9.0, y: 8.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)];
        let area = Area::new(MultiPolygon(vec![crescent]));
        assert!(area.contains(area.interior_point().unwrap()));
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_geo_crate(
            distances in prop::collection::vec(0.2f64..1.0, 3..90),
            hole in prop::collection::vec(0.01f64..0.15, 3..30),
            points in prop::collection::vec((-1.2f64..1.2, -1.2f64..1.2), 40),
        ) {
            let (lon, lat) = (134.7, 35.4);
            let outline = Polygon::new(star((lon, lat), &distances).exterior().clone(), vec![star((lon, lat), &hole).exterior().clone()]);
            let polygons = MultiPolygon(vec![outline, square(lon + 1.1, lat, 0.5)]);
            let area = Area::new(polygons.clone());
            for (dx, dy) in points {
                let expected = polygons.intersects(&Point::new(lon + dx, lat + dy));
                prop_assert_eq!(area.contains(at(lon + dx, lat + dy)), expected);
            }
            prop_assert!(area.contains(area.interior_point().unwrap()));
        }
    }
}
