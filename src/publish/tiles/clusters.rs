//! Places as features of a tile: each by itself at the deepest zoom, clustered by category above it. This module does no I/O.

use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder, MvtResult, MvtValueRef};

use super::TileDetail;
use super::grid::{BUFFER, EXTENT, MAX_ZOOM, TileAddress, WorldUnits};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::expression::{FilterExpression, FilterShape};
use crate::index::filter::queryables::{FilterSubject, GEOMETRY};
use crate::index::{Filter, Snapshot};

/// A place within a tile, or near it.
#[derive(Debug, Clone, Copy)]
struct PlaceInTile {
    /// Cell from the north, cell from the west, row of the category: what is clustered together.
    group: [i32; 3],
    at: [i32; 2],
    place: usize,
}

/// A feature: where it is, one of its places, and how many they are.
#[derive(Debug, Clone, Copy)]
struct PlaceFeature {
    at: [i32; 2],
    place: usize,
    count: usize,
}

/// Adds the places that pass `filter` and are drawn in the tile.
pub(super) fn put_places(
    mut layer: MvtLayerBuilder,
    snapshot: &Snapshot,
    filter: &Filter,
    (at, detail): (TileAddress, TileDetail),
) -> MvtResult<MvtLayerBuilder> {
    let is_deepest = at.zoom == MAX_ZOOM;
    let margin = if is_deepest { BUFFER } else { detail.cell.max(BUFFER) };
    let places = places(snapshot, filter, at, (margin, detail.cell));
    let features = if is_deepest { single(&places) } else { clustered(places) };
    for feature in features.iter().filter(|feature| is_drawn(feature.at)) {
        layer = put_feature(layer, snapshot, feature, (is_deepest, detail))?;
    }
    Ok(layer)
}

/// The places of the tile and within `margin` around it.
fn places(snapshot: &Snapshot, filter: &Filter, at: TileAddress, (margin, cell): (i32, i32)) -> Vec<PlaceInTile> {
    let matching = snapshot.matching(&within(filter, at.bounds(margin)));
    let in_tile = |place: usize| {
        let units = WorldUnits::of(snapshot.places[place].place.facts.site?.position).within(at);
        let is_near = units.iter().all(|it| (-margin..EXTENT + margin).contains(it));
        let category = snapshot.category_of(place).and_then(|row| i32::try_from(row).ok()).unwrap_or(-1);
        let [x, y] = units.map(|it| it.div_euclid(cell));
        is_near.then_some(PlaceInTile { group: [y, x, category], at: units, place })
    };
    matching.iter().filter_map(in_tile).collect()
}

/// The filter within a box, which tables and trees answer where it has no box of its own.
fn within(filter: &Filter, sides: [f64; 4]) -> Filter {
    if filter.bbox.is_none() {
        return Filter { bbox: Some(sides), ..filter.clone() };
    }
    let point = FilterSubject::Place.queryable(GEOMETRY);
    let shape = FilterShape::rectangle(&sides, CoordinateSystem::Crs84).ok();
    let sides = point.zip(shape).map(|(point, shape)| FilterExpression::intersects(point, shape));
    let conditions: Vec<FilterExpression> = sides.into_iter().chain(filter.expression.clone()).collect();
    Filter { expression: Some(FilterExpression::all(conditions)), ..filter.clone() }
}

fn single(places: &[PlaceInTile]) -> Vec<PlaceFeature> {
    places.iter().map(|it| PlaceFeature { at: it.at, place: it.place, count: 1 }).collect()
}

/// One feature per cell and category, in the middle of its places.
fn clustered(mut places: Vec<PlaceInTile>) -> Vec<PlaceFeature> {
    places.sort_unstable_by_key(|it| (it.group, it.place));
    let cluster = |places: &[PlaceInTile]| {
        let count = places.len();
        let divisor = i64::try_from(count).unwrap_or(i64::MAX);
        let middle = |axis: usize| {
            let sum: i64 = places.iter().map(|it| i64::from(it.at[axis])).sum();
            // Floored, so that it stays in the cell, which 32 bits hold.
            i32::try_from(sum.div_euclid(divisor)).unwrap_or_default()
        };
        PlaceFeature { at: [middle(0), middle(1)], place: places[0].place, count }
    };
    places.chunk_by(|a, b| a.group == b.group).map(cluster).collect()
}

fn is_drawn(at: [i32; 2]) -> bool {
    at.iter().all(|it| (-BUFFER..EXTENT + BUFFER).contains(it))
}

fn put_feature(
    layer: MvtLayerBuilder,
    snapshot: &Snapshot,
    feature: &PlaceFeature,
    (is_deepest, detail): (bool, TileDetail),
) -> MvtResult<MvtLayerBuilder> {
    let place = &snapshot.places[feature.place].place;
    let [x, y] = feature.at;
    let mut out = layer.feature_of(MvtGeomType::Point);
    out.points([MvtCoord { x, y }])?;
    out.tag_ref("category", MvtValueRef::String(&place.facts.category.0))?;
    if !is_deepest {
        out.tag_ref("point_count", MvtValueRef::UInt(feature.count as u64))?;
    }
    if feature.count == 1 && detail.ids {
        out.tag_ref("id", MvtValueRef::String(&place.id.0))?;
        if detail.names {
            out.tag_ref("name", MvtValueRef::String(&place.facts.name))?;
        }
    }
    Ok(out.end())
}
