//! Tiles of one snapshot, compressed once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// The most bytes that are kept; when they are reached, all are dropped, since most are of where nobody looks any more.
const MAX_BYTES: usize = 64 << 20;
/// What an entry takes beside its tile.
const ENTRY_BYTES: usize = 128;

/// Tiles by the path under which they are served; an empty one is kept as no bytes.
#[derive(Debug, Default)]
pub(in crate::http) struct TileCache(Mutex<(HashMap<String, Bytes>, usize)>);

impl TileCache {
    /// The tile at `path`, made by `make` the first time.
    pub(in crate::http) fn tile(&self, path: &str, make: impl FnOnce() -> Option<Vec<u8>>) -> Bytes {
        if let Some(kept) = self.kept(path) {
            return kept;
        }
        let tile = Bytes::from(make().unwrap_or_default());
        let added = tile.len() + path.len() + ENTRY_BYTES;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (tiles, bytes) = &mut *kept;
        if *bytes + added > MAX_BYTES {
            tiles.clear();
            *bytes = 0;
        }
        if tiles.insert(path.to_owned(), tile.clone()).is_none() {
            *bytes += added;
        }
        tile
    }

    /// The tile at `path`, if it was made.
    pub(in crate::http) fn kept(&self, path: &str) -> Option<Bytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.get(path).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_kept_than_the_bound_and_nothing_is_made_twice_below_it() {
        let cache = TileCache::default();
        for n in 0..300 {
            cache.tile(&n.to_string(), || Some(vec![0; 1 << 20]));
            let (tiles, bytes) = &*cache.0.lock().unwrap();
            assert!(*bytes <= MAX_BYTES && tiles.values().map(Bytes::len).sum::<usize>() <= MAX_BYTES);
        }
        assert_eq!(cache.tile("299", || panic!("it is kept")).len(), 1 << 20);
        assert!(cache.tile("empty", || None).is_empty() && cache.kept("empty").is_some());
    }
}
