//! Shared state of the handlers: the current snapshots, the responses prepared from them, and the city's own content.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::extract::FromRef;
use chrono::TimeDelta;

use super::params::shortened;
use super::server::background::{BackgroundWork, run_in_background};
use super::server::client_bound::ClientBound;
use super::server::content_policies::ContentPolicies;
use super::server::daily_bound::ReportBounds;
use super::server::in_flight::InFlight;
use super::server::prepared::PreparedResponses;
use super::server::previous::PreviousVersion;
use super::server::recent_pages::RecentPages;
use super::server::sign_in_state::SignInState;
use super::{HttpProblem, UploadReader};
use crate::accounts::Accounts;
use crate::editor::{PlaceEditor, ReportLog};
use crate::find::Finder;
use crate::gaps::{PlannerData, ReportingUnitKind};
use crate::index::{SharedSnapshots, Snapshot};
use crate::model::{Audience, Thesaurus};
use crate::publish::city_content::CityContent;
use crate::publish::handout::TownReadings;

/// State of the handlers of both addresses: the snapshots, and the audience that one address serves.
#[derive(Debug, Clone)]
pub struct AppState {
    /// The current snapshots, one per audience.
    pub snapshots: Arc<SharedSnapshots>,
    /// The audience of this address; handlers read this audience's snapshot only.
    pub audience: Audience,
    pub(super) city_content: Arc<CityContent>,
    suggestions: Option<Arc<SuggestionIntake>>,
    pub(super) shared: Arc<SharedState>,
}

/// Where suggestions go, and how many of one client are taken.
#[derive(Debug)]
pub(super) struct SuggestionIntake {
    pub(super) editor: Arc<PlaceEditor>,
    pub(super) bound: ClientBound,
}

impl SuggestionIntake {
    fn new(editor: Arc<PlaceEditor>) -> Self {
        Self { editor, bound: ClientBound::new(5, TimeDelta::hours(1)) }
    }
}

/// State that changes while the server runs, shared by all clones of an [`AppState`].
#[derive(Debug)]
pub(super) struct SharedState {
    prepared: RwLock<Arc<PreparedResponses>>,
    /// What planners' questions need, of the current snapshot of each audience.
    planner: [RwLock<Option<Arc<PreparedPlanner>>>; Audience::ALL.len()],
    /// The bounds of what is in flight.
    pub(super) in_flight: InFlight,
    /// The version before, for pages that were begun with it.
    previous: Arc<PreviousVersion>,
    /// The content security policies of the address.
    pub(super) policies: ContentPolicies,
}

/// The population of one snapshot, and the pages that were last written from it.
#[derive(Debug)]
pub(super) struct PreparedPlanner {
    pub(super) data: PlannerData,
    pub(super) pages: RecentPages,
}

impl AppState {
    /// State for an address that serves `audience`. The public address serves [`Audience::Public`].
    pub fn new(snapshots: Arc<SharedSnapshots>, audience: Audience) -> Self {
        Self::with_bounds(snapshots, audience, InFlight::default())
    }

    fn with_bounds(snapshots: Arc<SharedSnapshots>, audience: Audience, in_flight: InFlight) -> Self {
        let prepared = RwLock::new(PreparedResponses::new(snapshots.load(audience), None));
        let shared = SharedState {
            prepared,
            planner: std::array::from_fn(|_| RwLock::default()),
            in_flight,
            previous: Arc::default(),
            policies: ContentPolicies::default(),
        };
        Self { snapshots, audience, city_content: Arc::default(), suggestions: None, shared: Arc::new(shared) }
    }

    /// Sets the city's own content. Call it before the first request: pages already prepared do not include it.
    #[must_use]
    pub fn with_city_content(self, city_content: Arc<CityContent>) -> Self {
        Self { city_content, ..self }
    }

    /// State for another audience, with the same city content and that audience's snapshot.
    #[must_use]
    pub fn for_audience(&self, audience: Audience) -> Self {
        let in_flight = self.shared.in_flight.for_other_address();
        let other = Self::with_bounds(Arc::clone(&self.snapshots), audience, in_flight);
        Self { suggestions: self.suggestions.clone(), ..other }.with_city_content(Arc::clone(&self.city_content))
    }

    /// Sets where suggestions go. Without it they are rejected (503).
    #[must_use]
    pub fn with_suggestions_to(self, editor: Arc<PlaceEditor>) -> Self {
        Self { suggestions: Some(Arc::new(SuggestionIntake::new(editor))), ..self }
    }

    /// Where suggestions go, or a problem where this server takes none.
    pub(super) fn suggestions(&self) -> Result<Arc<SuggestionIntake>, HttpProblem> {
        self.suggestions.clone().ok_or(HttpProblem::NotStored { reason: "nothing is stored by this server" })
    }

    /// The city's own content.
    pub fn city_content(&self) -> &CityContent {
        &self.city_content
    }

    /// The current snapshot of this audience. A handler loads it once per request, so that no response mixes two versions.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.load(self.audience)
    }

    /// The responses prepared from the current snapshot; replaces them first if the snapshot is a newer one.
    pub(super) fn prepared_responses(&self) -> Arc<PreparedResponses> {
        let snapshot = self.snapshot();
        let current = Arc::clone(&self.shared.prepared.read().unwrap_or_else(PoisonError::into_inner));
        if Arc::ptr_eq(&current.snapshot, &snapshot) {
            return current;
        }
        let mut slot = self.shared.prepared.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&slot.snapshot, &snapshot) {
            let next = PreparedResponses::new(snapshot, Some(&slot));
            if next.snapshot.version != slot.snapshot.version {
                self.shared.previous.keep(&slot);
            }
            *slot = next;
        }
        Arc::clone(&slot)
    }

    /// The responses of a version of the data, the current one where none is named.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::VersionGone`] if it is neither the current version nor the one before.
    pub(super) fn responses_of(&self, version: Option<&str>) -> Result<Arc<PreparedResponses>, HttpProblem> {
        let current = self.prepared_responses();
        let Some(version) = version.filter(|version| *version != current.snapshot.version) else { return Ok(current) };
        self.shared.previous.of(version).ok_or_else(|| HttpProblem::VersionGone { version: shortened(version) })
    }

    /// The current snapshot of `audience` prepared for planners' questions; `None` without a population. Preparing takes
    /// microseconds per place, reading their schedules more; both are kept until there is a newer snapshot.
    pub(super) fn planner(&self, audience: Audience) -> Option<Arc<PreparedPlanner>> {
        let (snapshot, kept) = (self.snapshots.load(audience), &self.shared.planner[audience as usize]);
        let current = kept.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(current) = current.filter(|it| Arc::ptr_eq(it.data.snapshot(), &snapshot)) {
            return Some(current);
        }
        let population = Arc::clone(snapshot.population.as_ref()?);
        let data = PlannerData::by(snapshot, population, ReportingUnitKind::DistrictsOrTowns);
        let planner = Arc::new(PreparedPlanner { data, pages: RecentPages::default() });
        *kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&planner));
        Some(planner)
    }

    /// Compresses the prepared responses of the current snapshot before it returns. [`serve()`](crate::http::serve()) does so in the
    /// background; without it nothing is compressed until this is called, as tests and benchmarks do.
    pub fn compress_now(&self) {
        self.prepared_responses().compress_now();
    }
}

/// State of the handlers of the internal address: that of both, the finder, and the log of unmet needs.
#[derive(Debug, Clone)]
pub struct InternalState {
    app: AppState,
    finders: Arc<FinderCache>,
    hosts: Arc<[String]>,
    reports: Option<Arc<ReportLog>>,
    today: Arc<ReportBounds>,
    sign_in: Arc<SignInState>,
    place_editor: Option<Arc<PlaceEditor>>,
    upload_reader: Option<UploadReader>,
}

/// The finder of one snapshot, built lazily and cached until there is a newer snapshot.
#[derive(Debug)]
pub(super) struct PreparedFinder {
    /// Finds places for a wish.
    pub(super) finder: Finder,
    /// Readings (kana) of the 大字, for the handout.
    pub(super) readings: TownReadings,
}

/// Single-entry cache of the finder, keyed by the snapshot's pointer.
#[derive(Debug)]
struct FinderCache {
    thesaurus: Arc<Thesaurus>,
    current: RwLock<Option<Arc<PreparedFinder>>>,
    building: Mutex<()>,
}

impl InternalState {
    /// State for the audience of `app`. `hosts` are the accepted `Host` names (lower or upper case) besides IP addresses and
    /// `localhost`.
    pub fn new(app: AppState, thesaurus: Arc<Thesaurus>, hosts: &[String]) -> Self {
        let finders = FinderCache { thesaurus, current: RwLock::default(), building: Mutex::default() };
        let hosts = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let city = &app.snapshot().city;
        let (today, sign_in) = (Arc::new(ReportBounds::new(city)), Arc::new(SignInState::new(city, None)));
        let finders = Arc::new(finders);
        Self { app, finders, hosts, reports: None, today, sign_in, place_editor: None, upload_reader: None }
    }

    /// Sets the log of reports. Without one, unmet needs and results of referrals are rejected (503).
    #[must_use]
    pub fn with_reports(self, log: ReportLog) -> Self {
        Self { reports: Some(Arc::new(log)), ..self }
    }

    /// Sets the accounts. Without them nobody can sign in, so that what needs an account is closed.
    #[must_use]
    pub fn with_accounts(self, accounts: Arc<Accounts>) -> Self {
        let sign_in = Arc::new(SignInState::new(&self.app.snapshot().city, Some(accounts)));
        Self { sign_in, ..self }
    }

    /// Sets the editor of places. Without one, nothing can be edited here (503).
    #[must_use]
    pub fn with_place_editor(self, editor: Arc<PlaceEditor>) -> Self {
        Self { place_editor: Some(editor), ..self }
    }

    /// The editor of places, or a problem where this server has none.
    pub(super) fn place_editor(&self) -> Result<Arc<PlaceEditor>, HttpProblem> {
        self.place_editor.clone().ok_or(HttpProblem::NotStored { reason: "nothing is edited on this server" })
    }

    /// Sets what reads uploads. Without it, none is taken in (503).
    #[must_use]
    pub fn with_upload_reader(self, reader: UploadReader) -> Self {
        Self { upload_reader: Some(reader), ..self }
    }

    /// What reads uploads, or a problem where this server takes none in.
    pub(super) fn upload_reader(&self) -> Result<UploadReader, HttpProblem> {
        self.upload_reader.clone().ok_or(HttpProblem::NotStored { reason: "nothing is uploaded to this server" })
    }

    /// What signing in needs.
    pub(super) fn sign_in(&self) -> &SignInState {
        &self.sign_in
    }

    /// The state that both addresses have.
    pub(super) fn app(&self) -> &AppState {
        &self.app
    }

    /// Accepted `Host` names of the internal address, in lower case.
    pub(super) fn hosts(&self) -> Arc<[String]> {
        Arc::clone(&self.hosts)
    }

    /// The log of reports, or a problem where this server has none.
    pub(super) fn reports(&self) -> Result<Arc<ReportLog>, HttpProblem> {
        self.reports.clone().ok_or(HttpProblem::NotStored { reason: "nothing is stored by this server" })
    }

    /// How many more reports of each kind are accepted today.
    pub(super) fn today(&self) -> &ReportBounds {
        &self.today
    }

    /// The thesaurus of interests.
    pub(super) fn thesaurus(&self) -> &Thesaurus {
        &self.finders.thesaurus
    }

    /// The public snapshot: handouts leave the office, so they hold only what everybody may see.
    pub(super) fn public_snapshot(&self) -> Arc<Snapshot> {
        self.app.snapshots.load(Audience::Public)
    }

    /// Builds the finder of the current snapshot, if that is not done, without slowing requests down.
    pub(super) async fn build_finder_in_background(&self) -> Result<(), HttpProblem> {
        let snapshot = self.app.snapshot();
        if self.finders.of(&snapshot).is_some() {
            return Ok(());
        }
        let finders = Arc::clone(&self.finders);
        let (done, finished) = tokio::sync::oneshot::channel();
        let work = move || {
            let made = finders.build(snapshot);
            made.finder.snapshot().prepare_public_forms();
            let _ = done.send(());
        };
        run_in_background(BackgroundWork::Awaited, work).map_err(|_| HttpProblem::Internal)?;
        finished.await.map_err(|_| HttpProblem::Internal)
    }

    /// The finder of the current snapshot. Building one takes long, so it runs on the blocking thread pool.
    pub(super) async fn prepared_finder(&self) -> Result<Arc<PreparedFinder>, HttpProblem> {
        let snapshot = self.app.snapshot();
        if let Some(made) = self.finders.of(&snapshot) {
            return Ok(made);
        }
        let finders = Arc::clone(&self.finders);
        tokio::task::spawn_blocking(move || finders.build_once(snapshot)).await.map_err(|_| HttpProblem::Internal)
    }
}

impl FinderCache {
    fn of(&self, snapshot: &Arc<Snapshot>) -> Option<Arc<PreparedFinder>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|made| Arc::ptr_eq(made.finder.snapshot(), snapshot)).map(Arc::clone)
    }

    /// Builds the finder of `snapshot` for a request; others that need it meanwhile wait for this one.
    fn build_once(&self, snapshot: Arc<Snapshot>) -> Arc<PreparedFinder> {
        let _one_at_a_time = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        self.of(&snapshot).unwrap_or_else(|| self.build(snapshot))
    }

    /// Builds the finder of `snapshot` and keeps it. The background thread calls this without the lock: on a busy machine it may
    /// take minutes, and a request that waited for it would inherit its low priority (priority inversion).
    fn build(&self, snapshot: Arc<Snapshot>) -> Arc<PreparedFinder> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{Category, CategoryId, CategoryTable, Contact, Facts, Person, Place, PlaceId, Source};

    fn place(name: &str, person: &str, audience: Audience) -> Place {
        let contact = Contact { person: Some(Person { name: person.to_owned(), public: false }), ..Contact::default() };
        let category = CategoryId("salon".to_owned());
        let facts = Facts { name: name.to_owned(), category, contact, audience, ..Facts::default() };
        Place { id: PlaceId(format!("{name}0000000")), facts, source: Source::default(), verification: None }
    }

    fn input(places: &[Place]) -> SnapshotInput {
        let salon = Category { id: CategoryId("salon".to_owned()), ..Category::default() };
        SnapshotInput {
            categories: CategoryTable::new(vec![salon]),
            places: places.to_vec(),
            ..SnapshotInput::default()
        }
    }

    #[test]
    fn a_finder_built_in_the_background_takes_no_lock_that_a_request_waits_for() {
        let app = AppState::new(Arc::new(SharedSnapshots::new(Snapshot::build_all(&input(&[])))), Audience::Public);
        let internal = InternalState::new(app, Arc::default(), &[]);
        let _as_a_request_does = internal.finders.building.lock().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(internal.build_finder_in_background()).unwrap();
        assert!(internal.finders.of(&internal.app().snapshot()).is_some());
    }

    #[test]
    fn a_hidden_edit_leaves_what_is_prepared_for_the_public_as_it_is() {
        let public = place("abc", "見本 太郎", Audience::Public);
        let first = input(std::slice::from_ref(&public));
        let app = AppState::new(Arc::new(SharedSnapshots::new(Snapshot::build_all(&first))), Audience::Public);
        let inside = app.for_audience(Audience::LinkWorkers);
        let (prepared, prepared_inside) = (app.prepared_responses(), inside.prepared_responses());
        let swap = |places: &[Place]| {
            for next in Snapshot::build_all(&input(places)) {
                app.snapshots.replace(next);
            }
        };
        for hidden in [
            vec![place("abc", "見本 次郎", Audience::Public)],
            vec![public.clone(), place("xyz", "見本 三郎", Audience::LinkWorkers)],
            vec![public.clone(), place("xyz", "見本 三郎", Audience::Staff)],
        ] {
            swap(&hidden);
            assert!(Arc::ptr_eq(&prepared, &app.prepared_responses()));
        }
        assert!(!Arc::ptr_eq(&prepared_inside, &inside.prepared_responses()), "link workers see the edits");
        swap(&[public, place("xyz", "見本 三郎", Audience::Public)]);
        assert!(!Arc::ptr_eq(&prepared, &app.prepared_responses()));
    }
}
