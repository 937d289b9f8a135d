//! What every handler shares.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, PoisonError, RwLock};

use super::answers::Answers;
use crate::index::{SharedSnapshots, Snapshot};
use crate::model::{Audience, Thesaurus};

/// What every handler shares: the snapshots, and for whom this address is.
#[derive(Debug, Clone)]
pub struct App {
    /// The current snapshots.
    pub snapshots: Arc<SharedSnapshots>,
    /// Who reads at this address; handlers answer from this audience's snapshot alone.
    pub audience: Audience,
    pub(super) programme: Arc<Programme>,
    pub(super) shared: Arc<Shared>,
}

/// A city's own programme, as its data folder says it: the same for every audience, and for as long as the server runs.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    /// The guide as Markdown; without it the page says what to put where.
    pub guide: Option<String>,
    /// What people like.
    pub interests: Arc<Thesaurus>,
}

/// What changes while the server runs.
#[derive(Debug)]
pub(super) struct Shared {
    answers: RwLock<Arc<Answers>>,
    /// How many requests are under way.
    pub(super) under_way: AtomicUsize,
}

impl App {
    /// Answers `audience` from its current snapshot. The public address is for [`Audience::Public`].
    pub fn new(snapshots: Arc<SharedSnapshots>, audience: Audience) -> Self {
        let answers = RwLock::new(Answers::new(snapshots.load(audience), None));
        let shared = Shared { answers, under_way: AtomicUsize::new(0) };
        Self { snapshots, audience, programme: Arc::default(), shared: Arc::new(shared) }
    }

    /// The same with the city's programme. Pages that were made before do not have it: call it before the first request.
    #[must_use]
    pub fn with_programme(self, programme: Arc<Programme>) -> Self {
        Self { programme, ..self }
    }

    /// The same programme for another audience, from its own snapshot.
    #[must_use]
    pub fn for_audience(&self, audience: Audience) -> Self {
        Self::new(Arc::clone(&self.snapshots), audience).with_programme(Arc::clone(&self.programme))
    }

    /// The city's programme.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The snapshot to answer from. A handler takes it once, so that an answer is never half old and half new.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.load(self.audience)
    }

    /// The fixed answers of the current snapshot.
    pub(super) fn answers(&self) -> Arc<Answers> {
        let snapshot = self.snapshot();
        let current = Arc::clone(&self.shared.answers.read().unwrap_or_else(PoisonError::into_inner));
        if Arc::ptr_eq(&current.snapshot, &snapshot) {
            return current;
        }
        let mut slot = self.shared.answers.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&slot.snapshot, &snapshot) {
            *slot = Answers::new(snapshot, Some(&slot));
        }
        Arc::clone(&slot)
    }

    /// Compresses the fixed answers of the current snapshot before it returns. The server does so by itself, a little later;
    /// tests and measurements do not wait for that.
    pub fn compress_now(&self) {
        self.answers().pack_now();
    }
}
