//! Vector tiles (Mapbox Vector Tile 2.1) of places and districts in the tile matrix set `WebMercatorQuad`, one by one or all of them
//! as a PMTiles archive.
//!
//! At the deepest zoom every place is a feature of its own. Above it, places are clustered by category within a grid that nests in the
//! tile, and coordinates are floored, so that the clusters inside a tile count exactly its places. What lies less than [`BUFFER`] beside
//! a tile is drawn in it too. `grid` places positions in the matrices, `clusters` makes the features of places, `outlines` those of
//! districts, `archive` writes all tiles. This module does no I/O.

mod archive;
mod clusters;
mod grid;
mod outlines;

use std::io::Write as _;
use std::sync::Arc;

use fast_mvt::{MvtLayerBuilder, MvtResult};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

pub use self::archive::{PMTILES, TileArchiveError, archive, bounds};
use self::clusters::put_places;
pub use self::grid::{BUFFER, EXTENT, MAX_ZOOM, TileAddress, TileAddressError, TileRange};
pub use self::outlines::OutlinesByZoom;
use self::outlines::put_outlines;
use crate::index::filter::expression::FilterExpression;
use crate::index::{Filter, Snapshot};

/// Media type of a tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Version of the tiles, for their entity tags: increment it when the same snapshot gives other tiles.
pub const TILES_VERSION: u32 = 1;

/// The largest tile, compressed, in bytes.
const MAX_TILE_BYTES: usize = 200 << 10;
/// Level of compression.
const GZIP: u32 = 6;

/// What a set of tiles shows.
#[derive(Debug, Clone, Default)]
pub struct TileContent {
    /// The layer of places: its name and which they are.
    pub places: Option<(String, Filter)>,
    /// The layer of districts: its name and a condition on them.
    pub districts: Option<(String, Option<FilterExpression>)>,
    /// The outlines of districts, made when they are needed first. A content is for one snapshot.
    pub outlines: Arc<OutlinesByZoom>,
}

impl TileContent {
    /// Both layers: the places that pass `filter`, and all districts.
    pub fn of_all(filter: Filter) -> Self {
        Self {
            places: Some(("places".to_owned(), filter)),
            districts: Some(("districts".to_owned(), None)),
            ..Self::default()
        }
    }
}

/// How much of the detail a tile has; the next is tried where it is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TileDetail {
    /// Whether a place has its id and name.
    names: bool,
    /// Whether it has its id.
    ids: bool,
    /// The side of a cell of the grid, in units of the tile; it divides the tile.
    cell: i32,
    /// How near a corner of an outline may be to what is left of it without it, in units of the tile.
    tolerance: i32,
}

impl TileDetail {
    /// From the finest to the coarsest: first names go, then ids, then cells grow.
    fn all() -> impl Iterator<Item = Self> {
        let finest = Self { names: true, ids: true, cell: grid::FINEST_CELL, tolerance: 1 };
        let without = [finest, Self { names: false, ..finest }, Self { names: false, ids: false, ..finest }];
        let coarser = (1..=grid::EXTENT_BITS - grid::FINEST_CELL.ilog2()).map(move |step| Self {
            names: false,
            ids: false,
            cell: grid::FINEST_CELL << step,
            tolerance: 1 << step,
        });
        without.into_iter().chain(coarser)
    }
}

/// A tile, compressed by gzip; `None` where it is empty.
pub fn tile(snapshot: &Snapshot, content: &TileContent, at: TileAddress) -> Option<Vec<u8>> {
    let mut last = None;
    for detail in TileDetail::all() {
        // The writer refuses only what is longer than 32 bits can count, which no tile is.
        let tile = encoded(snapshot, content, at, detail).ok()?;
        if tile.is_empty() {
            return None;
        }
        let packed = gzip(&tile);
        if packed.len() <= MAX_TILE_BYTES {
            return Some(packed);
        }
        last = Some(packed);
    }
    last
}

/// The layers that have features, one after the other.
fn encoded(snapshot: &Snapshot, content: &TileContent, at: TileAddress, detail: TileDetail) -> MvtResult<Vec<u8>> {
    let mut layers = Vec::new();
    if let Some((name, filter)) = &content.places {
        layers.push(put_places(MvtLayerBuilder::new(name.as_str())?, snapshot, filter, (at, detail))?);
    }
    if let Some((name, condition)) = &content.districts {
        let layer = MvtLayerBuilder::new(name.as_str())?;
        layers.push(put_outlines(layer, snapshot, (condition.as_ref(), &content.outlines), (at, detail))?);
    }
    let filled = layers.into_iter().filter(|layer| layer.num_features() > 0);
    Ok(filled.flat_map(MvtLayerBuilder::encode).collect())
}

/// The layers with their fields, as TileJSON 3 and the metadata of an archive have them.
pub fn vector_layers(content: &TileContent) -> Vec<Value> {
    let layer = |name: &str, fields: Value| json!({ "id": name, "fields": fields, "minzoom": 0, "maxzoom": MAX_ZOOM });
    let of_places = |(name, _): &(String, Filter)| {
        layer(name, json!({ "category": "String", "id": "String", "name": "String", "point_count": "Number" }))
    };
    let of_districts = |(name, _): &(String, Option<FilterExpression>)| {
        layer(name, json!({ "id": "String", "name": "String", "places": "Number" }))
    };
    content.places.iter().map(of_places).chain(content.districts.iter().map(of_districts)).collect()
}

fn gzip(tile: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP));
    encoder.write_all(tile).and_then(|()| encoder.finish()).expect("a Vec takes every byte")
}
