//! Shapes of filters: points, lines, polygons and boxes, and how the point of a place or the outline of a district lies to them. This module does no I/O.

use geo::{
    BoundingRect as _, Contains as _, Coord, CoordsIter as _, Geometry, Intersects as _, MapCoords as _, MultiPolygon,
    Point, Rect, Relate as _,
};

use crate::index::filter::crs::CoordinateSystem;
use crate::model::{Area, Position};

/// More than what rounding moves a corner from one system into degrees and back, in degrees: a millimetre.
const MARGIN: f64 = 1e-8;

/// How the point of a place, or the outline of a district, lies to a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpatialRelation {
    /// Within it or on its edge.
    Intersects,
    /// Within it, not on its edge.
    Within,
    /// The shape is within the point, so it is no more than that point.
    Covers,
}

/// A shape, in the plane of its coordinate reference system, the coordinate to the east first.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterShape {
    crs: CoordinateSystem,
    outline: ShapeOutline,
}

#[derive(Debug, Clone, PartialEq)]
enum ShapeOutline {
    /// West, south, east, north; west may be greater than east, across the antimeridian.
    Rectangle([f64; 4]),
    Drawn(Geometry<f64>),
}

impl FilterShape {
    /// A box by two corners, in the order of the axes of `crs`; six numbers have heights, which are ignored.
    ///
    /// # Errors
    ///
    /// If it is none, with what is wrong.
    pub fn rectangle(numbers: &[f64], crs: CoordinateSystem) -> Result<Self, String> {
        let ([a, b, c, d] | [a, b, _, c, d, _]) = *numbers else {
            let order = if crs.is_latitude_first() { "south,west,north,east" } else { "west,south,east,north" };
            return Err(format!("{} numbers instead of four: {order}", numbers.len()));
        };
        for corner in [[a, b], [c, d]] {
            crs.position(corner)?;
        }
        let ([west, south], [east, north]) = (crs.easting_first([a, b]), crs.easting_first([c, d]));
        if south > north {
            let order = if crs.is_latitude_first() { "south,west,north,east" } else { "west,south,east,north" };
            return Err(format!("south ({south}) is greater than north ({north}); the order is {order}"));
        }
        if west > east && crs == CoordinateSystem::Epsg3857 {
            return Err(format!("west ({west}) is greater than east ({east})"));
        }
        Ok(Self { crs, outline: ShapeOutline::Rectangle([west, south, east, north]) })
    }

    /// A geometry whose coordinates were checked by [`corner`].
    pub(super) fn drawn(geometry: Geometry<f64>, crs: CoordinateSystem) -> Self {
        Self { crs, outline: ShapeOutline::Drawn(geometry) }
    }

    /// The shape as a box in degrees, if it is exactly that.
    pub fn as_box(&self) -> Option<[f64; 4]> {
        match self.outline {
            ShapeOutline::Rectangle(sides) if self.crs != CoordinateSystem::Epsg3857 => Some(sides),
            _ => None,
        }
    }

    /// A box in degrees, around everything that touches the shape.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let [west, south, east, north] = match &self.outline {
            ShapeOutline::Rectangle(sides) => *sides,
            ShapeOutline::Drawn(geometry) => {
                let around = geometry.bounding_rect()?;
                [around.min().x, around.min().y, around.max().x, around.max().y]
            }
        };
        if self.crs != CoordinateSystem::Epsg3857 {
            return Some([west, south, east, north]);
        }
        let (low, high) = (self.crs.position([west, south]).ok()?, self.crs.position([east, north]).ok()?);
        let sides = [low.lon() - MARGIN, low.lat() - MARGIN, high.lon() + MARGIN, high.lat() + MARGIN];
        Some(sides)
    }

    /// Whether `at` lies to the shape as `relation` says.
    pub(super) fn relates(&self, relation: SpatialRelation, at: Position) -> bool {
        let [east, north] = self.crs.plane(at);
        let point = Point::new(east, north);
        match (&self.outline, relation) {
            (ShapeOutline::Rectangle(sides), SpatialRelation::Intersects) => {
                is_between(*sides, point, |low, it, high| low <= it && it <= high)
            }
            (ShapeOutline::Rectangle(sides), SpatialRelation::Within) => {
                is_between(*sides, point, |low, it, high| low < it && it < high)
            }
            (ShapeOutline::Rectangle([w, s, e, n]), SpatialRelation::Covers) => {
                [Point::new(*w, *s), Point::new(*e, *n)].iter().all(|corner| *corner == point)
            }
            (ShapeOutline::Drawn(geometry), SpatialRelation::Intersects) => geometry.intersects(&point),
            (ShapeOutline::Drawn(geometry), SpatialRelation::Within) => geometry.contains(&point),
            (ShapeOutline::Drawn(geometry), SpatialRelation::Covers) => {
                geometry.coords_iter().all(|corner| Point::from(corner) == point)
            }
        }
    }

    /// Whether the outline of `area` lies to the shape as `relation` says.
    pub(super) fn relates_to_area(&self, relation: SpatialRelation, area: &Area) -> bool {
        let shape = self.geometry();
        let around = self.bounds().zip(area.bbox());
        if around.is_some_and(|(shape, area)| !may_touch(shape, area)) {
            return false;
        }
        let plane = |at: Coord<f64>| {
            let [x, y] = Position::new(at.x, at.y).map_or([at.x, at.y], |at| self.crs.plane(at));
            Coord { x, y }
        };
        let outline = Geometry::MultiPolygon(area.polygons().map_coords(plane));
        match relation {
            SpatialRelation::Intersects => shape.intersects(&outline),
            SpatialRelation::Within => outline.relate(&shape).is_within(),
            SpatialRelation::Covers => shape.relate(&outline).is_within(),
        }
    }

    /// The shape as a geometry; a box across the antimeridian is two.
    fn geometry(&self) -> Geometry<f64> {
        let rectangle = |w: f64, s: f64, e: f64, n: f64| Rect::new((w, s), (e, n)).to_polygon();
        match &self.outline {
            ShapeOutline::Drawn(geometry) => geometry.clone(),
            ShapeOutline::Rectangle([w, s, e, n]) if w <= e => Geometry::Polygon(rectangle(*w, *s, *e, *n)),
            ShapeOutline::Rectangle([w, s, e, n]) => {
                let parts = vec![rectangle(*w, *s, 180.0, *n), rectangle(-180.0, *s, *e, *n)];
                Geometry::MultiPolygon(MultiPolygon::new(parts))
            }
        }
    }
}

/// Whether two boxes in degrees have a point in common; the first may cross the antimeridian.
fn may_touch([west, south, east, north]: [f64; 4], [w, s, e, n]: [f64; 4]) -> bool {
    let in_width = if west <= east { w <= east && e >= west } else { w <= east || e >= west };
    in_width && s <= north && n >= south
}

/// Whether a point is between the sides of a box, which may cross the antimeridian.
fn is_between([west, south, east, north]: [f64; 4], at: Point<f64>, is: impl Fn(f64, f64, f64) -> bool) -> bool {
    let crosses = west > east;
    let (x, y) = (at.x(), at.y());
    let in_width =
        if crosses { is(west, x, f64::INFINITY) || is(f64::NEG_INFINITY, x, east) } else { is(west, x, east) };
    in_width && is(south, y, north)
}

/// A corner of a geometry, in the order of the axes of `crs`.
///
/// # Errors
///
/// If it lies outside of the system.
pub(super) fn corner(coordinates: [f64; 2], crs: CoordinateSystem) -> Result<geo::Coord<f64>, String> {
    crs.position(coordinates)?;
    let [x, y] = crs.easting_first(coordinates);
    Ok(geo::Coord { x, y })
}

/// A line.
///
/// # Errors
///
/// If it has fewer than two corners.
pub(super) fn line(corners: Vec<geo::Coord<f64>>) -> Result<geo::LineString<f64>, String> {
    if corners.len() < 2 {
        return Err(format!("a line has at least 2 corners, this has {}", corners.len()));
    }
    Ok(geo::LineString::new(corners))
}

/// A polygon, the outer ring first.
///
/// # Errors
///
/// If it has no ring, or one that is open or too short.
pub(super) fn polygon(rings: Vec<Vec<geo::Coord<f64>>>) -> Result<geo::Polygon<f64>, String> {
    for ring in &rings {
        if ring.len() < 4 {
            return Err(format!("a ring has at least 4 corners, this has {}", ring.len()));
        }
        if ring.first() != ring.last() {
            return Err("the ring is open: its last corner must be its first".to_owned());
        }
    }
    let mut rings = rings.into_iter().map(geo::LineString::new);
    let outer = rings.next().ok_or("a polygon without a ring")?;
    Ok(geo::Polygon::new(outer, rings.collect()))
}
