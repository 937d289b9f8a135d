//! What every handler shares.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::extract::FromRef;

use super::HttpProblem;
use super::server::prepared::PreparedResponses;
use crate::editor::UnmetLog;
use crate::find::Finder;
use crate::index::{SharedSnapshots, Snapshot};
use crate::model::{Audience, Thesaurus};
use crate::publish::handout::TownReadings;

/// What every handler shares: the snapshots, and for whom this address is.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The current snapshots.
    pub snapshots: Arc<SharedSnapshots>,
    /// Who reads at this address; handlers answer from this audience's snapshot alone.
    pub audience: Audience,
    pub(super) programme: Arc<CityContent>,
    pub(super) shared: Arc<SharedState>,
}

/// A city's own programme, as its data folder says it: the same for every audience, and for as long as the server runs.
#[derive(Debug, Clone, Default)]
pub struct CityContent {
    /// The guide as Markdown; without it the page says what to put where.
    pub guide: Option<String>,
    /// What people like.
    pub interests: Arc<Thesaurus>,
}

/// What changes while the server runs.
#[derive(Debug)]
pub(super) struct SharedState {
    answers: RwLock<Arc<PreparedResponses>>,
    /// How many requests are under way.
    pub(super) in_flight: AtomicUsize,
}

impl AppState {
    /// Answers `audience` from its current snapshot. The public address is for [`Audience::Public`].
    pub fn new(snapshots: Arc<SharedSnapshots>, audience: Audience) -> Self {
        let answers = RwLock::new(PreparedResponses::new(snapshots.load(audience), None));
        let shared = SharedState { answers, in_flight: AtomicUsize::new(0) };
        Self { snapshots, audience, programme: Arc::default(), shared: Arc::new(shared) }
    }

    /// The same with the city's programme. Pages that were made before do not have it: call it before the first request.
    #[must_use]
    pub fn with_programme(self, programme: Arc<CityContent>) -> Self {
        Self { programme, ..self }
    }

    /// The same programme for another audience, from its own snapshot.
    #[must_use]
    pub fn for_audience(&self, audience: Audience) -> Self {
        Self::new(Arc::clone(&self.snapshots), audience).with_programme(Arc::clone(&self.programme))
    }

    /// The city's programme.
    pub fn programme(&self) -> &CityContent {
        &self.programme
    }

    /// The snapshot to answer from. A handler takes it once, so that an answer is never half old and half new.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.load(self.audience)
    }

    /// The fixed answers of the current snapshot.
    pub(super) fn answers(&self) -> Arc<PreparedResponses> {
        let snapshot = self.snapshot();
        let current = Arc::clone(&self.shared.answers.read().unwrap_or_else(PoisonError::into_inner));
        if Arc::ptr_eq(&current.snapshot, &snapshot) {
            return current;
        }
        let mut slot = self.shared.answers.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&slot.snapshot, &snapshot) {
            *slot = PreparedResponses::new(snapshot, Some(&slot));
        }
        Arc::clone(&slot)
    }

    /// Compresses the fixed answers of the current snapshot before it returns. The server does so by itself, a little later;
    /// tests and measurements do not wait for that.
    pub fn compress_now(&self) {
        self.answers().compress_now();
    }
}

/// What the handlers of the internal address share.
#[derive(Debug, Clone)]
pub struct InternalState {
    app: AppState,
    finders: Arc<FinderCache>,
    hosts: Arc<[String]>,
    unmet: Option<Arc<UnmetLog>>,
}

/// What is made of the current snapshot when somebody first asks for it, and kept until there is another.
#[derive(Debug)]
pub(super) struct PreparedFinder {
    /// Finds places for a person.
    pub(super) finder: Finder,
    /// How 大字 are read.
    pub(super) readings: TownReadings,
}

/// What it is made from, and what was made last.
#[derive(Debug)]
struct FinderCache {
    thesaurus: Arc<Thesaurus>,
    current: RwLock<Option<Arc<PreparedFinder>>>,
    building: Mutex<()>,
}

impl InternalState {
    /// Answers from the snapshot of `app`'s audience. `hosts` are the names, besides plain IP addresses and `localhost`, under
    /// which the internal address is reached.
    pub fn new(app: AppState, thesaurus: Arc<Thesaurus>, hosts: &[String]) -> Self {
        let finders = FinderCache { thesaurus, current: RwLock::default(), building: Mutex::default() };
        let hosts = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        Self { app, finders: Arc::new(finders), hosts, unmet: None }
    }

    /// The same, with a log for the needs that are not met. Without one they are refused.
    #[must_use]
    pub fn with_unmet(self, log: UnmetLog) -> Self {
        Self { unmet: Some(Arc::new(log)), ..self }
    }

    /// What handlers of both addresses share.
    pub(super) fn app(&self) -> &AppState {
        &self.app
    }

    /// The names under which the internal address is reached.
    pub(super) fn hosts(&self) -> Arc<[String]> {
        Arc::clone(&self.hosts)
    }

    /// The log of unmet needs.
    pub(super) fn unmet(&self) -> Result<Arc<UnmetLog>, HttpProblem> {
        self.unmet.clone().ok_or(HttpProblem::NotStored { reason: "nothing is stored by this server" })
    }

    /// What people like, as terms.
    pub(super) fn thesaurus(&self) -> &Thesaurus {
        &self.finders.thesaurus
    }

    /// What everybody may see at this moment: what may stand on a paper that leaves the house.
    pub(super) fn public_snapshot(&self) -> Arc<Snapshot> {
        self.app.snapshots.load(Audience::Public)
    }

    /// What is made of the current snapshot. That takes a while, so that it happens in a thread where waiting is allowed.
    pub(super) async fn prepared_finder(&self) -> Result<Arc<PreparedFinder>, HttpProblem> {
        let snapshot = self.app.snapshot();
        if let Some(made) = self.finders.of(&snapshot) {
            return Ok(made);
        }
        let finders = Arc::clone(&self.finders);
        tokio::task::spawn_blocking(move || finders.build(snapshot)).await.map_err(|_| HttpProblem::Internal)
    }
}

impl FinderCache {
    fn of(&self, snapshot: &Arc<Snapshot>) -> Option<Arc<PreparedFinder>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|made| Arc::ptr_eq(made.finder.snapshot(), snapshot)).map(Arc::clone)
    }

    fn build(&self, snapshot: Arc<Snapshot>) -> Arc<PreparedFinder> {
        let _one_at_a_time = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = self.of(&snapshot) {
            return made;
        }
        let readings = TownReadings::new(&snapshot.towns, &snapshot.city);
        let made = Arc::new(PreparedFinder { finder: Finder::new(snapshot, Arc::clone(&self.thesaurus)), readings });
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
        made
    }
}

impl FromRef<InternalState> for AppState {
    fn from_ref(internal: &InternalState) -> Self {
        internal.app.clone()
    }
}
