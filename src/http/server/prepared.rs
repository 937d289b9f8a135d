//! Response cache of one snapshot: what every visitor requests, made and compressed once per snapshot.
//!
//! Which files there are says [`publish::resources`](crate::publish::resources). A thread of its own compresses them after the
//! snapshot was swapped in; until then they go out uncompressed. A snapshot that looks the same as the one before takes over what
//! was compressed for it.

use std::collections::HashMap;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use axum::body::Bytes;

use super::body::{BodySlices, arena};
use super::compression::{Compressed, CompressionLevel};
use super::negotiate::EntityTags;
use crate::index::encoded::{FOOTER, HEADER};
use crate::index::{Filter, Snapshot};
use crate::model::{CategoryId, DistrictId};
use crate::publish::geojson;
use crate::publish::resources::{Preparation, Resource, ResourceContent, category_path, district_path, resources};

pub(in crate::http) use crate::publish::resources::{GEOJSON, JSON};

/// So many pages are kept; a page beyond that is made for each request.
const PAGES_KEPT: usize = 256;

/// The prepared responses of one snapshot.
#[derive(Debug)]
pub(in crate::http) struct PreparedResponses {
    pub(in crate::http) snapshot: Arc<Snapshot>,
    /// The entity tags of everything that is made from this snapshot.
    pub(in crate::http) tags: EntityTags,
    by_path: HashMap<String, Arc<PreparedResponse>>,
    pages: Mutex<HashMap<String, Arc<PreparedResponse>>>,
    to_pack: Sender<Weak<PreparedResponse>>,
}

/// One body under one address, and what it is packed to.
#[derive(Debug)]
pub(in crate::http) struct PreparedResponse {
    pub(in crate::http) media: &'static str,
    pub(in crate::http) tags: EntityTags,
    source: BodySource,
    effort: CompressionLevel,
    packed: Arc<OnceLock<Compressed>>,
}

/// Where the bytes come from.
#[derive(Debug)]
enum BodySource {
    /// They are in memory.
    Ready(BodySlices),
    /// They are copied together for each request that cannot take them packed.
    Gathered { snapshot: Arc<Snapshot>, filter: Filter },
    /// They are made when they are first asked for.
    Made { snapshot: Arc<Snapshot>, make: fn(&Snapshot) -> Vec<u8>, made: OnceLock<Bytes> },
}

impl PreparedResponses {
    /// The answers of `snapshot`, taking over from `before` what is packed already if both look the same.
    pub(in crate::http) fn new(snapshot: Arc<Snapshot>, before: Option<&Self>) -> Arc<Self> {
        let before = before.filter(|before| before.snapshot.version == snapshot.version);
        let (to_pack, queue) = channel::<Weak<PreparedResponse>>();
        let pack = move || queue.iter().filter_map(|answer| answer.upgrade()).for_each(|answer| answer.pack());
        // Where no thread is to be had, answers go out as they are.
        let _ = std::thread::Builder::new().spawn(pack);
        let arena = arena(&snapshot);
        // Every place is packed three times: with all, with its category, and with its district.
        let effort = CompressionLevel::for_bytes(3 * arena.len());
        let with = PreparedBuilder { tags: EntityTags::new(&snapshot.version), arena, effort, snapshot };
        let ahead = resources(&with.snapshot).filter(|resource| resource.preparation == Preparation::Ahead);
        let prepared = |resource: Resource| {
            let same = before.and_then(|before| before.by_path.get(&resource.path));
            (resource.path.clone(), with.response(resource, same))
        };
        let by_path = ahead.map(prepared).collect();
        let answers = Self { by_path, pages: Mutex::default(), to_pack, tags: with.tags, snapshot: with.snapshot };
        answers.fixed().for_each(|answer| answers.pack_later(answer));
        Arc::new(answers)
    }

    /// The resource at `path`, if it is prepared ahead.
    fn at(&self, path: &str) -> Option<&Arc<PreparedResponse>> {
        self.by_path.get(path)
    }

    /// A resource that every snapshot has.
    pub(in crate::http) fn required(&self, path: &'static str) -> &PreparedResponse {
        self.at(path).expect("every snapshot has places, districts and categories")
    }

    /// All places of a category.
    pub(in crate::http) fn of_category(&self, id: &CategoryId) -> Option<&Arc<PreparedResponse>> {
        self.at(&category_path(id))
    }

    /// All places of a district.
    pub(in crate::http) fn of_district(&self, id: &DistrictId) -> Option<&Arc<PreparedResponse>> {
        self.at(&district_path(id))
    }

    /// The page known as `key`, made by `write` the first time. Keys must come from the program, not from the client.
    pub(in crate::http) fn page(
        &self,
        key: &str,
        media: &'static str,
        write: impl FnOnce(&Snapshot) -> Vec<u8>,
    ) -> Arc<PreparedResponse> {
        if let Some(page) = self.pages().get(key) {
            return Arc::clone(page);
        }
        let page = Arc::new(PreparedResponse::ready(media, Bytes::from(write(&self.snapshot))));
        let mut pages = self.pages();
        if pages.len() < PAGES_KEPT {
            self.pack_later(pages.entry(key.to_owned()).or_insert_with(|| Arc::clone(&page)));
        }
        page
    }

    /// Packs all that is not packed yet, now.
    pub(in crate::http) fn compress_now(&self) {
        let pages: Vec<Arc<PreparedResponse>> = self.pages().values().cloned().collect();
        self.fixed().chain(&pages).for_each(|answer| answer.pack());
    }

    fn fixed(&self) -> impl Iterator<Item = &Arc<PreparedResponse>> {
        self.by_path.values()
    }

    fn pack_later(&self, answer: &Arc<PreparedResponse>) {
        if answer.packed.get().is_none() {
            // Without the thread, answers go out as they are.
            let _ = self.to_pack.send(Arc::downgrade(answer));
        }
    }

    fn pages(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<PreparedResponse>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PreparedResponse {
    /// An answer of its own version: the hash of its bytes.
    pub(in crate::http) fn ready(media: &'static str, body: Bytes) -> Self {
        let tags = EntityTags::of_bytes(&body);
        let effort = CompressionLevel::for_bytes(body.len());
        Self { media, tags, source: BodySource::Ready(BodySlices::new([body])), effort, packed: Arc::default() }
    }

    /// The same, of a body that was compressed when the program was built.
    pub(in crate::http) fn compressed(media: &'static str, body: Bytes, compressed: Compressed) -> Self {
        Self { packed: Arc::new(OnceLock::from(compressed)), ..Self::ready(media, body) }
    }

    /// The body as it is.
    pub(in crate::http) fn identity(&self) -> BodySlices {
        match &self.source {
            BodySource::Ready(slices) => slices.clone(),
            BodySource::Gathered { snapshot, filter } => {
                BodySlices::new([geojson::collection(snapshot, &snapshot.matching(filter)).into()])
            }
            BodySource::Made { snapshot, make, made } => {
                BodySlices::new([made.get_or_init(|| make(snapshot).into()).clone()])
            }
        }
    }

    /// The body packed, if that is done.
    pub(in crate::http) fn packed(&self) -> Option<&Compressed> {
        self.packed.get()
    }

    /// Packs the body, unless that is done.
    pub(in crate::http) fn pack(&self) {
        self.packed.get_or_init(|| Compressed::new(&self.identity().joined(), self.effort));
    }
}

/// What all answers of a snapshot are made with.
struct PreparedBuilder {
    snapshot: Arc<Snapshot>,
    tags: EntityTags,
    arena: Bytes,
    effort: CompressionLevel,
}

impl PreparedBuilder {
    /// The response for `resource`, with what was compressed for the `same` one of a snapshot that looks alike.
    fn response(&self, resource: Resource, same: Option<&Arc<PreparedResponse>>) -> Arc<PreparedResponse> {
        let packed = same.map_or_else(Arc::default, |same| Arc::clone(&same.packed));
        let (media, source) = (resource.media, self.source(resource.content));
        Arc::new(PreparedResponse { media, tags: self.tags.clone(), source, effort: self.effort, packed })
    }

    fn source(&self, content: ResourceContent) -> BodySource {
        let snapshot = || Arc::clone(&self.snapshot);
        match content {
            ResourceContent::AllPlaces => BodySource::Ready(BodySlices::new([self.arena.clone()])),
            // A category is one range of places, so that its features are sent from where they lie.
            ResourceContent::Places(filter) if filter.districts.is_empty() => BodySource::Ready(self.slices(&filter)),
            ResourceContent::Places(filter) => BodySource::Gathered { snapshot: snapshot(), filter },
            ResourceContent::Generated(make) => BodySource::Made { snapshot: snapshot(), make, made: OnceLock::new() },
        }
    }

    fn slices(&self, filter: &Filter) -> BodySlices {
        let ranges = self.snapshot.matching(filter);
        let features = ranges.ranges().iter().map(|run| self.arena.slice(self.snapshot.encoded().span(run.clone())));
        let (header, footer) = (Bytes::from_static(HEADER), Bytes::from_static(FOOTER));
        BodySlices::new(std::iter::once(header).chain(features).chain([footer]))
    }
}
