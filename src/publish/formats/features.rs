//! Encoded features in any order, framed or one a line, in any coordinate reference system. This module does no I/O.

use crate::index::Snapshot;
use crate::index::encoded::{FOOTER, SEPARATOR};
use crate::index::filter::crs::CoordinateSystem;
use crate::publish::geojson::put_feature;

/// The `FeatureCollection` of these places in this order behind `header`.
pub fn collection_in(
    snapshot: &Snapshot,
    places: impl Iterator<Item = usize>,
    crs: CoordinateSystem,
    header: &[u8],
) -> Vec<u8> {
    let mut out = header.to_vec();
    for (rank, place) in places.enumerate() {
        if rank > 0 {
            out.extend_from_slice(SEPARATOR);
        }
        put_feature(&mut out, snapshot, place, crs);
    }
    out.extend_from_slice(FOOTER);
    out
}

/// One feature a line.
pub(super) fn lines(snapshot: &Snapshot, places: impl Iterator<Item = usize>, crs: CoordinateSystem) -> Vec<u8> {
    let mut out = Vec::new();
    for place in places {
        put_feature(&mut out, snapshot, place, crs);
        out.push(b'\n');
    }
    out
}
