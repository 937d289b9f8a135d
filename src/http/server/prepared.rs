//! Response cache of one snapshot: the resources that most visitors request, generated and compressed once per snapshot.
//!
//! [`publish::resources`](crate::publish::resources) lists the resources. Where an address is served, a background thread
//! compresses them after a snapshot was swapped in; until then they are sent uncompressed. A snapshot with the same version as the
//! previous one reuses its compressed bodies.

use std::collections::HashMap;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use axum::body::Bytes;

use super::background::{BackgroundWork, run_in_background};
use super::body::{BodySlices, arena};
use super::compression::{Compressed, CompressionLevel};
use super::negotiate::EntityTags;
use super::tile_archive::TileArchive;
use super::tile_cache::TileCache;
use crate::index::encoded::HEADER;
use crate::index::{PlaceRanges, Snapshot};
use crate::model::{CategoryId, DistrictId};
use crate::publish::formats::PlaceFormat;
use crate::publish::html::places::prepare;
use crate::publish::resources::{Preparation, Resource, ResourceContent, category_path, district_path, resources};

pub(in crate::http) use crate::publish::resources::{GEOJSON, JSON};

/// Capacity of the page cache, in pages; when it is full, it is emptied, since most of its pages are of hours gone by.
const MAX_CACHED_PAGES: usize = 256;
/// Capacity of the page cache in bytes before compression.
const MAX_CACHED_BYTES: usize = 256 << 20;

/// The prepared responses of one snapshot.
#[derive(Debug)]
pub(in crate::http) struct PreparedResponses {
    pub(in crate::http) snapshot: Arc<Snapshot>,
    /// Entity tags of every response generated from this snapshot.
    pub(in crate::http) tags: EntityTags,
    arena: Bytes,
    by_path: HashMap<String, Arc<PreparedResponse>>,
    pages: Mutex<HashMap<String, Arc<PreparedResponse>>>,
    /// The tiles that were requested.
    pub(in crate::http) tiles: Arc<TileCache>,
    /// All tiles, if they were requested as an archive.
    pub(in crate::http) archive: Arc<TileArchive>,
    /// What the background thread has still to compress, once there is one.
    compression_queue: OnceLock<Sender<Weak<PreparedResponse>>>,
}

/// One prepared body with its entity tags and, once done, its compressed forms.
#[derive(Debug)]
pub(in crate::http) struct PreparedResponse {
    pub(in crate::http) media: &'static str,
    pub(in crate::http) tags: EntityTags,
    source: BodySource,
    level: CompressionLevel,
    compressed: Arc<OnceLock<Compressed>>,
}

/// Where the uncompressed bytes come from.
#[derive(Debug)]
enum BodySource {
    /// In memory, shared with the snapshot.
    Ready(BodySlices),
    /// Generated at the first request, then cached.
    Made { snapshot: Arc<Snapshot>, make: fn(&Snapshot) -> Vec<u8>, made: OnceLock<Bytes> },
}

impl PreparedResponses {
    /// Prepares the responses of `snapshot`; reuses the compressed bodies and the cached pages of `before` if both snapshots have
    /// the same version, so that a change which its audience does not see is not seen by coding or time either.
    pub(in crate::http) fn new(snapshot: Arc<Snapshot>, before: Option<&Self>) -> Arc<Self> {
        let before = before.filter(|before| before.snapshot.version == snapshot.version);
        // Pages also name towns, of which the version has only what is drawn.
        let pages =
            before.filter(|before| before.snapshot.towns == snapshot.towns).map(|before| before.pages().clone());
        let tiles = before.map(|before| (Arc::clone(&before.tiles), Arc::clone(&before.archive))).unwrap_or_default();
        let arena = arena(&snapshot);
        // Every place is compressed three times: with all, with its category, and with its district.
        let level = CompressionLevel::for_bytes(3 * arena.len());
        let builder = PreparedBuilder { tags: EntityTags::new(&snapshot.version), arena, level, snapshot };
        let ahead = resources(&builder.snapshot).filter(|resource| resource.preparation == Preparation::Ahead);
        let prepared = |resource: Resource| {
            let same = before.and_then(|before| before.by_path.get(&resource.path));
            (resource.path.clone(), builder.response(resource, same))
        };
        let by_path = ahead.map(prepared).collect();
        let PreparedBuilder { snapshot, tags, arena, .. } = builder;
        let pages = Mutex::new(pages.unwrap_or_default());
        let (tiles, archive) = tiles;
        Arc::new(Self { snapshot, tags, arena, by_path, pages, tiles, archive, compression_queue: OnceLock::new() })
    }

    /// The same snapshot with nothing prepared, for pages of a version that has just been replaced.
    pub(in crate::http) fn kept(&self) -> Arc<Self> {
        let (snapshot, tags, arena) = (Arc::clone(&self.snapshot), self.tags.clone(), self.arena.clone());
        let (by_path, pages, tiles, archive) = (HashMap::new(), Mutex::default(), Arc::default(), Arc::default());
        // Without a thread: nothing is compressed for a version that is on its way out.
        Arc::new(Self { snapshot, tags, arena, by_path, pages, tiles, archive, compression_queue: OnceLock::new() })
    }

    /// The response at `path`, if it is prepared ahead.
    fn at(&self, path: &str) -> Option<&Arc<PreparedResponse>> {
        self.by_path.get(path)
    }

    /// The response of a resource that every snapshot has.
    pub(in crate::http) fn required(&self, path: &'static str) -> &PreparedResponse {
        self.at(path).expect("every snapshot has places, districts, categories, catalogue and land")
    }

    /// All places of a category.
    pub(in crate::http) fn of_category(&self, id: &CategoryId) -> Option<&Arc<PreparedResponse>> {
        self.at(&category_path(id))
    }

    /// All places of a district.
    pub(in crate::http) fn of_district(&self, id: &DistrictId) -> Option<&Arc<PreparedResponse>> {
        self.at(&district_path(id))
    }

    /// The `FeatureCollection` of `places` behind `header`: slices of the arena, however many places there are.
    pub(in crate::http) fn places(&self, header: impl Into<Bytes>, places: &PlaceRanges) -> BodySlices {
        BodySlices::of_places(&self.snapshot, &self.arena, header.into(), places)
    }

    /// The page cached under `key`, generated by `write` the first time. Keys must not hold a client's input, which would fill
    /// the cache.
    pub(in crate::http) fn page(
        &self,
        key: &str,
        media: &'static str,
        write: impl FnOnce(&Snapshot) -> Vec<u8>,
    ) -> Arc<PreparedResponse> {
        if let Some(page) = self.pages().get(key) {
            return Arc::clone(page);
        }
        let body = write(&self.snapshot);
        self.cached(key, media, body)
    }

    /// The page cached under `key`.
    pub(in crate::http) fn cached_page(&self, key: &str) -> Option<Arc<PreparedResponse>> {
        self.pages().get(key).cloned()
    }

    /// As [`page`](Self::page), where writing may fail.
    pub(in crate::http) fn try_page<E>(
        &self,
        key: &str,
        media: &'static str,
        write: impl FnOnce(&Snapshot) -> Result<Vec<u8>, E>,
    ) -> Result<Arc<PreparedResponse>, E> {
        if let Some(page) = self.cached_page(key) {
            return Ok(page);
        }
        let body = write(&self.snapshot)?;
        Ok(self.cached(key, media, body))
    }

    /// Keeps `body` under `key` while there is room.
    fn cached(&self, key: &str, media: &'static str, body: Vec<u8>) -> Arc<PreparedResponse> {
        let mut pages = self.pages();
        let bytes: usize = pages.values().map(|page| page.identity().len()).sum();
        if bytes + body.len() > MAX_CACHED_BYTES {
            return Arc::new(PreparedResponse::uncached(media, body));
        }
        if pages.len() >= MAX_CACHED_PAGES {
            pages.clear();
        }
        let made = || Arc::new(PreparedResponse::ready(media, body.into()));
        let page = Arc::clone(pages.entry(key.to_owned()).or_insert_with(made));
        if let Some(queue) = self.compression_queue.get() {
            enqueue(queue, &page);
        }
        page
    }

    /// Compresses everything that is not compressed yet, before it returns.
    pub(in crate::http) fn compress_now(&self) {
        let pages: Vec<Arc<PreparedResponse>> = self.pages().values().cloned().collect();
        self.by_path.values().chain(&pages).for_each(|response| response.compress());
    }

    /// Starts the background thread that compresses what is prepared, and pages as they are cached; the first call does, others
    /// do nothing.
    pub(in crate::http) fn compress_in_background(&self) {
        // Held until the queue is known: a page is either among these or queued by whoever caches it.
        let pages = self.pages();
        let start = || {
            let (queue, queued) = channel::<Weak<PreparedResponse>>();
            let snapshot = Arc::clone(&self.snapshot);
            let compress = move || {
                prepare(&snapshot);
                // Not kept: the thread waits for pages for as long as these responses are there.
                drop(snapshot);
                queued.iter().filter_map(|it| it.upgrade()).for_each(|response| response.compress());
            };
            // Where the system refuses a thread, responses are sent uncompressed.
            let _ = run_in_background(BackgroundWork::Spare, compress);
            self.by_path.values().chain(pages.values()).for_each(|response| enqueue(&queue, response));
            queue
        };
        self.compression_queue.get_or_init(start);
    }

    fn pages(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<PreparedResponse>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn enqueue(queue: &Sender<Weak<PreparedResponse>>, response: &Arc<PreparedResponse>) {
    if response.compressed.get().is_none() {
        // Sending fails without the thread; responses are then sent uncompressed.
        let _ = queue.send(Arc::downgrade(response));
    }
}

impl PreparedResponse {
    /// A response from `body`, with entity tags by the hash of its bytes.
    pub(in crate::http) fn ready(media: &'static str, body: Bytes) -> Self {
        let tags = EntityTags::of_bytes(&body);
        let level = CompressionLevel::for_bytes(body.len());
        Self { media, tags, source: BodySource::Ready(BodySlices::shared(body)), level, compressed: Arc::default() }
    }

    /// The same, for one of the recent pages: it is compressed when a client is there that wants it, who waits for that.
    pub(in crate::http) fn recent(media: &'static str, body: Bytes) -> Self {
        Self { level: CompressionLevel::Quick, ..Self::ready(media, body) }
    }

    /// The same, for a body that no cache holds: it is memory of one request.
    fn uncached(media: &'static str, body: Vec<u8>) -> Self {
        let (tags, level) = (EntityTags::of_bytes(&body), CompressionLevel::for_bytes(body.len()));
        let source = BodySource::Ready(BodySlices::generated(body));
        Self { media, tags, source, level, compressed: Arc::default() }
    }

    /// The same, for a body that was compressed at build time.
    pub(in crate::http) fn precompressed(media: &'static str, body: Bytes, compressed: Compressed) -> Self {
        Self { compressed: Arc::new(OnceLock::from(compressed)), ..Self::ready(media, body) }
    }

    /// The uncompressed body.
    pub(in crate::http) fn identity(&self) -> BodySlices {
        match &self.source {
            BodySource::Ready(slices) => slices.clone(),
            BodySource::Made { snapshot, make, made } => {
                // The background thread may be at it, at a low priority: a request makes its own rather than wait (priority inversion).
                let bytes = made.get().cloned().unwrap_or_else(|| make(snapshot).into());
                let _ = made.set(bytes.clone());
                BodySlices::shared(bytes)
            }
        }
    }

    /// The compressed body, if compression is done.
    pub(in crate::http) fn compressed(&self) -> Option<&Compressed> {
        self.compressed.get()
    }

    /// Compresses the body, unless that is done.
    pub(in crate::http) fn compress(&self) {
        // A workbook is an archive already.
        let is_archive = self.media == PlaceFormat::Xlsx.media();
        let compressed = || Compressed::new(&self.identity().joined().into(), self.level);
        self.compressed.get_or_init(|| if is_archive { Compressed::default() } else { compressed() });
    }
}

/// Builds the responses of one snapshot.
struct PreparedBuilder {
    snapshot: Arc<Snapshot>,
    tags: EntityTags,
    arena: Bytes,
    level: CompressionLevel,
}

impl PreparedBuilder {
    /// The response for `resource`, which shares the compressed body of `same`, the one of the previous snapshot.
    fn response(&self, resource: Resource, same: Option<&Arc<PreparedResponse>>) -> Arc<PreparedResponse> {
        let compressed = same.map_or_else(Arc::default, |same| Arc::clone(&same.compressed));
        let (media, source) = (resource.media, self.source(resource.content));
        Arc::new(PreparedResponse { media, tags: self.tags.clone(), source, level: self.level, compressed })
    }

    fn source(&self, content: ResourceContent) -> BodySource {
        let snapshot = || Arc::clone(&self.snapshot);
        match content {
            ResourceContent::AllPlaces => BodySource::Ready(BodySlices::shared(self.arena.clone())),
            ResourceContent::Places(filter) => {
                let (header, places) = (Bytes::from_static(HEADER), self.snapshot.matching(&filter));
                BodySource::Ready(BodySlices::of_places(&self.snapshot, &self.arena, header, &places))
            }
            // Whoever requests one waits for it (`try_page`): it is never prepared ahead.
            ResourceContent::Written(..)
            | ResourceContent::Calendar(_)
            | ResourceContent::Municipal(_)
            | ResourceContent::Tiles => BodySource::Ready(BodySlices::default()),
            ResourceContent::Generated(make) => BodySource::Made { snapshot: snapshot(), make, made: OnceLock::new() },
        }
    }
}
