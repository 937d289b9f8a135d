//! All tiles of a snapshot as one PMTiles archive (version 3): the same bytes as the tiles that are served, in the order of their
//! Hilbert curve, so that the archive is clustered. This module does no I/O.

use std::collections::BTreeSet;
use std::io::Cursor;

use pmtiles::{Compression, PmTilesWriter, PmtError, TileCoord, TileId, TileType};
use serde_json::json;

use super::grid::{BUFFER, EXTENT, MAX_ZOOM, TileAddress, TileRange, WorldUnits};
use super::{TileContent, tile, vector_layers};
use crate::index::{Filter, Snapshot};

/// Media type of an archive.
pub const PMTILES: &str = "application/vnd.pmtiles";

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
#[error("the archive of tiles could not be written: {0}")]
pub struct TileArchiveError(#[from] PmtError);

/// The archive of the places that pass `filter`, and of all districts.
///
/// # Errors
///
/// If the archive cannot hold the tiles.
pub fn archive(snapshot: &Snapshot, filter: &Filter) -> Result<Vec<u8>, TileArchiveError> {
    let content = TileContent::of_all(filter.clone());
    let mut out = Cursor::new(Vec::new());
    let [west, south, east, north] = bounds(snapshot).unwrap_or([-180.0, -85.0, 180.0, 85.0]);
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .precompressed(Compression::Gzip)
        .min_zoom(0)
        .max_zoom(MAX_ZOOM)
        .bounds(west, south, east, north)
        .center(f64::midpoint(west, east), f64::midpoint(south, north))
        .center_zoom(10)
        .metadata(metadata(snapshot))
        .create(&mut out)?;
    for (id, at) in addresses(snapshot, filter)? {
        if let Some(bytes) = tile(snapshot, &content, at) {
            writer.add_tile(TileCoord::from(id), &bytes)?;
        }
    }
    writer.finalize()?;
    Ok(out.into_inner())
}

/// West, south, east, north of places and districts; `None` where neither is anywhere.
pub fn bounds(snapshot: &Snapshot) -> Option<[f64; 4]> {
    let outlines = snapshot.districts.all().iter().filter_map(|it| it.drawn()?.bbox());
    outlines
        .chain(snapshot.bounds(None))
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

fn metadata(snapshot: &Snapshot) -> String {
    let layers = vector_layers(&TileContent::of_all(Filter::default()));
    json!({ "name": snapshot.city.name, "attribution": snapshot.city.licence, "vector_layers": layers }).to_string()
}

/// Every tile that may have content, in the order of the archive.
fn addresses(snapshot: &Snapshot, filter: &Filter) -> Result<Vec<(TileId, TileAddress)>, PmtError> {
    let mut all: BTreeSet<TileAddress> = BTreeSet::new();
    for place in snapshot.matching(filter).iter() {
        let Some(site) = snapshot.places[place].place.facts.site else { continue };
        let units = WorldUnits::of(site.position);
        for zoom in 0..=MAX_ZOOM {
            let tile = units.tile(zoom);
            // A cluster beside a tile lies in the middle of places that may all be farther from it than the buffer.
            let is_near =
                zoom < MAX_ZOOM || units.within(tile).iter().any(|it| !(BUFFER..EXTENT - BUFFER).contains(it));
            if is_near { all.extend(tile.with_neighbours()) } else { all.extend([tile]) }
        }
    }
    let areas = snapshot.districts.all().iter().filter_map(|it| it.drawn()?.bbox());
    for area in areas {
        let ranges = (0..=MAX_ZOOM).filter_map(|zoom| TileRange::around(area, zoom));
        all.extend(ranges.flat_map(TileRange::tiles).flat_map(TileAddress::with_neighbours));
    }
    let id = |at: TileAddress| Ok((TileId::from(TileCoord::new(at.zoom, at.column, at.row)?), at));
    let mut all = all.into_iter().map(id).collect::<Result<Vec<_>, PmtError>>()?;
    all.sort_unstable_by_key(|(id, _)| id.value());
    Ok(all)
}
