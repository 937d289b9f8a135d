//! Districts as features of a tile: their outlines, cut at the buffer around it. This module does no I/O.

use std::sync::OnceLock;

use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder, MvtResult, MvtValueRef};
use geo::{BooleanOps as _, BoundingRect as _, Coord, LineString, MapCoords as _, MultiPolygon, Polygon, Rect};

use super::TileDetail;
use super::grid::{BUFFER, EXTENT, MAX_ZOOM, TileAddress, world};
use crate::index::Snapshot;
use crate::index::filter::expression::FilterExpression;
use crate::model::line_simplification::simplified_area;
use crate::model::{Area, District, Position};

/// The outlines of all districts by zoom, in units of its tiles from the corner of the world on, as fine as a tile shows them: whoever
/// writes many tiles projects and simplifies each outline once per zoom.
#[derive(Debug, Default)]
pub struct OutlinesByZoom([OnceLock<Vec<MultiPolygon<f64>>>; MAX_ZOOM as usize + 1]);

impl OutlinesByZoom {
    /// The outlines at `zoom`, in the order of the districts; empty for one without. `snapshot` must be the same in every call.
    fn at(&self, snapshot: &Snapshot, zoom: u8) -> &[MultiPolygon<f64>] {
        let scale = f64::from(1_u32 << (MAX_ZOOM - zoom));
        let placed = |area: &Area| {
            let placed = area.polygons().map_coords(|corner| {
                let [x, y] = Position::new(corner.x, corner.y).map_or([f64::NAN; 2], world);
                Coord { x: x / scale, y: y / scale }
            });
            simplified_area(&placed, 1.0)
        };
        let all = || {
            let districts = snapshot.districts.all().iter();
            districts.map(|it| it.drawn().map_or_else(|| MultiPolygon(Vec::new()), placed)).collect()
        };
        self.0[usize::from(zoom)].get_or_init(all)
    }
}

/// Adds the districts that pass `condition` and are drawn in the tile.
pub(super) fn put_outlines(
    mut layer: MvtLayerBuilder,
    snapshot: &Snapshot,
    (condition, outlines): (Option<&FilterExpression>, &OutlinesByZoom),
    (at, detail): (TileAddress, TileDetail),
) -> MvtResult<MvtLayerBuilder> {
    let (drawn, outlines) = (at.bounds(BUFFER), outlines.at(snapshot, at.zoom));
    for row in snapshot.matching_districts(condition) {
        let district = &snapshot.districts.all()[row];
        if !district.drawn().and_then(Area::bbox).is_some_and(|it| touches(it, drawn)) {
            continue;
        }
        let rings = rings(&outlines[row], at, detail);
        if !rings.is_empty() {
            layer = put_feature(layer, snapshot, district, &rings)?;
        }
    }
    Ok(layer)
}

fn touches([w, s, e, n]: [f64; 4], [west, south, east, north]: [f64; 4]) -> bool {
    w <= east && e >= west && s <= north && n >= south
}

/// The rings of an outline in units of the tile, and whether each is an outer one.
fn rings(outline: &MultiPolygon<f64>, at: TileAddress, detail: TileDetail) -> Vec<(Vec<MvtCoord>, bool)> {
    let origin = [at.column, at.row].map(|tile| f64::from(tile) * f64::from(EXTENT));
    let near = outline.iter().filter(|polygon| polygon.bounding_rect().is_some_and(|it| is_near(it, origin)));
    let placed: MultiPolygon<f64> =
        near.map(|polygon| polygon.map_coords(|it| Coord { x: it.x - origin[0], y: it.y - origin[1] })).collect();
    let simple = if detail.tolerance > 1 { simplified_area(&placed, f64::from(detail.tolerance)) } else { placed };
    cut(simple).iter().flat_map(rounded).collect()
}

/// Whether a box meets the tile at `origin` and the buffer around it.
fn is_near(around: Rect<f64>, [x, y]: [f64; 2]) -> bool {
    let (low, high) = (f64::from(-BUFFER), f64::from(EXTENT + BUFFER));
    around.min().x <= x + high && around.max().x >= x + low && around.min().y <= y + high && around.max().y >= y + low
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
