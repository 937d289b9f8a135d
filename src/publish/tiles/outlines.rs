//! Districts as features of a tile: their outlines, cut at the buffer around it. This module does no I/O.

use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder, MvtResult, MvtValueRef};
use geo::{BooleanOps as _, BoundingRect as _, Coord, LineString, MapCoords as _, MultiPolygon, Polygon, Rect};

use super::TileDetail;
use super::grid::{BUFFER, EXTENT, MAX_ZOOM, TileAddress, world};
use crate::index::Snapshot;
use crate::index::filter::expression::FilterExpression;
use crate::model::line_simplification::simplified_area;
use crate::model::{Area, District, Position};

/// Adds the districts that pass `condition` and are drawn in the tile.
pub(super) fn put_outlines(
    mut layer: MvtLayerBuilder,
    snapshot: &Snapshot,
    condition: Option<&FilterExpression>,
    (at, detail): (TileAddress, TileDetail),
) -> MvtResult<MvtLayerBuilder> {
    let drawn = at.bounds(BUFFER);
    for row in snapshot.matching_districts(condition) {
        let district = &snapshot.districts.all()[row];
        let Some(area) = district.drawn().filter(|area| area.bbox().is_some_and(|it| touches(it, drawn))) else {
            continue;
        };
        let rings = rings(area, at, detail);
        if !rings.is_empty() {
            layer = put_feature(layer, snapshot, district, &rings)?;
        }
    }
    Ok(layer)
}

fn touches([w, s, e, n]: [f64; 4], [west, south, east, north]: [f64; 4]) -> bool {
    w <= east && e >= west && s <= north && n >= south
}

/// The rings of an area in units of the tile, and whether each is an outer one.
fn rings(area: &Area, at: TileAddress, detail: TileDetail) -> Vec<(Vec<MvtCoord>, bool)> {
    let scale = f64::from(1_u32 << (MAX_ZOOM - at.zoom));
    let origin = [at.column, at.row].map(|tile| f64::from(tile) * f64::from(EXTENT));
    let placed = area.polygons().map_coords(|corner| {
        let [x, y] = Position::new(corner.x, corner.y).map_or([f64::NAN; 2], world);
        Coord { x: x / scale - origin[0], y: y / scale - origin[1] }
    });
    let simple = simplified_area(&placed, f64::from(detail.tolerance));
    let polygons = cut(simple);
    polygons.iter().flat_map(rounded).collect()
}

/// What lies within the buffer around the tile.
fn cut(polygons: MultiPolygon<f64>) -> MultiPolygon<f64> {
    let (low, high) = (f64::from(-BUFFER), f64::from(EXTENT + BUFFER));
    let frame = Rect::new((low, low), (high, high));
    let is_inside = |around: Rect<f64>| {
        around.min().x >= low && around.min().y >= low && around.max().x <= high && around.max().y <= high
    };
    if polygons.bounding_rect().is_some_and(is_inside) {
        return polygons;
    }
    polygons.intersection(&MultiPolygon::new(vec![frame.to_polygon()]))
}

/// The rings of a polygon in whole units, without those that have become nothing; none where the outer one has.
fn rounded(polygon: &Polygon<f64>) -> Vec<(Vec<MvtCoord>, bool)> {
    let Some(outer) = whole_ring(polygon.exterior()) else { return Vec::new() };
    let holes = polygon.interiors().iter().filter_map(whole_ring).map(|ring| (ring, false));
    std::iter::once((outer, true)).chain(holes).collect()
}

/// A ring without its last corner, which repeats the first; `None` if it has no area.
#[expect(clippy::cast_possible_truncation, reason = "cut at the buffer, which 32 bits hold")]
fn whole_ring(ring: &LineString<f64>) -> Option<Vec<MvtCoord>> {
    let mut corners: Vec<MvtCoord> =
        ring.coords().map(|at| MvtCoord { x: at.x.round() as i32, y: at.y.round() as i32 }).collect();
    corners.dedup();
    if corners.first() == corners.last() {
        corners.pop();
    }
    let next = corners.iter().cycle().skip(1);
    let cross = |(a, b): (&MvtCoord, &MvtCoord)| i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y);
    let doubled: i64 = corners.iter().zip(next).map(cross).sum();
    (corners.len() >= 3 && doubled != 0).then_some(corners)
}

fn put_feature(
    layer: MvtLayerBuilder,
    snapshot: &Snapshot,
    district: &District,
    rings: &[(Vec<MvtCoord>, bool)],
) -> MvtResult<MvtLayerBuilder> {
    let mut out = layer.feature_of(MvtGeomType::Polygon);
    for (ring, is_outer) in rings {
        out.ring(ring.iter().copied(), *is_outer)?;
    }
    out.tag_ref("id", MvtValueRef::String(&district.id.0))?;
    out.tag_ref("name", MvtValueRef::String(&district.name))?;
    out.tag_ref("places", MvtValueRef::UInt(snapshot.count(None, Some(&district.id)) as u64))?;
    Ok(out.end())
}
