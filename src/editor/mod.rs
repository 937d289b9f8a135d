//! Single writer: every change is stored, the snapshots are rebuilt, and the new ones are swapped in, one change after the
//! other.
//!
//! A command opens an [`Editor`], makes a change and ends; a server also takes the snapshots ([`Editor::shared_snapshots`]) and
//! polls for changes by other processes ([`Editor::reload_if_changed`]). From then on the editor opens the database for each use
//! only: a connection kept open would go on with a file that was deleted or replaced. The caller passes who makes
//! a change, and when; of the clock the editor needs the day alone, on which consents end. The rules of matching and merging are in [`import::places::changes`](crate::import::places::changes).
//!
//! `list_edition` holds what all kinds of lists share; `places`, `link_workers` and `population` compare and write their own kind.

mod clock;
mod counted_needs;
mod link_workers;
mod list_edition;
mod place_editor;
mod places;
mod planning_history;
mod population;
mod report;
mod report_log;
mod sample;
mod serving;
mod visibility;
mod workbook;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};

pub use clock::now_in_japan;
pub use link_workers::DirectoryReport;
pub use list_edition::{EditionError, ListEdition, ReadFile};
pub use place_editor::{
    AcceptedUpload, AddressCandidate, BatchUndo, ComparedSuggestion, ComparedUpload, DecidedSuggestion, EditConflict,
    EditQueues, EditablePlace, EditedBy, ManyEdited, ManyEdits, PlaceEditError, PlaceEditor, PlaceSave, ReadUpload,
    StoredEdit, SuggestionDecision, TextChange, TextRevision, UploadRefusal, WhyNoUpload, WorkbookToEdit,
};
pub use planning_history::Summarise;
pub use report::{ChangedPlace, GonePlace, NamedPlace, RejectedRow, SheetReport};
pub use report_log::ReportLog;
pub use sample::SampleRemovalError;
pub use workbook::{
    PublishedEdits, WhyWidened, WidenedRow, WorkbookChange, WorkbookChoice, WorkbookEdits, WorkbookReport,
    WorkbookSource,
};

use crate::index::{LastBuild, SharedSnapshots, Snapshot, SnapshotInput};
use crate::model::{
    Area, AuditAction, AuditRecord, Author, BasemapFeature, CategoryTable, City, District, DistrictTable, Facts, Place,
    PlaceId, Revision, Thesaurus, TownEntry,
};
use crate::store::{self, BackupProgress, ContentVersion, Edit, FileStamp, ListState, Store, StoredContent};

pub use crate::store::{EDITS, StoreError};

/// The only writer of a database, and owner of the current snapshots.
#[derive(Debug)]
pub struct Editor {
    city: City,
    categories: CategoryTable,
    interests: Arc<Thesaurus>,
    /// What day it is.
    today: fn() -> NaiveDate,
    summarise: Option<Summarise>,
    author: Option<ImportAuthor>,
    state: Mutex<EditorState>,
    /// What the snapshots that are served were built from; none where none are served.
    last_build: Mutex<Option<Arc<LastBuild>>>,
}

/// Who runs a command, and by which clock, for the audit log.
#[derive(Debug, Clone)]
pub struct ImportAuthor {
    /// The name of the operating system's user.
    pub by: String,
    /// What time it is.
    pub clock: fn() -> DateTime<Utc>,
}

/// State behind the lock, so that store → rebuild → swap is atomic for other threads.
#[derive(Debug)]
struct EditorState {
    /// Empty for a database in memory.
    path: PathBuf,
    /// Open while a command runs; a server has none between two uses, unless the database is in memory.
    store: Option<Store>,
    /// `None` until [`Editor::shared_snapshots`] is called.
    served: Option<ServedState>,
}

/// The snapshots that are served, and what they were built from.
#[derive(Debug)]
struct ServedState {
    snapshots: Arc<SharedSnapshots>,
    content_version: ContentVersion,
    has_edition: bool,
    holds_sample: bool,
    /// The next day on which a consent ends or is soon to end.
    next_turn: Option<NaiveDate>,
    /// Stamp of the files when they were last compared with the snapshots.
    seen: FileStamp,
    /// Stamp of the files that were last refused, so that they are not read again twice a second.
    refused: Option<FileStamp>,
}

impl EditorState {
    fn take_store(&mut self) -> Result<Store, StoreError> {
        self.store.take().map_or_else(|| Store::open_existing(&self.path), Ok)
    }

    fn give_back(&mut self, store: Store) {
        let stays_open = self.served.is_none() || self.path.as_os_str().is_empty();
        self.store = Some(store).filter(|_| stays_open);
    }
}

impl Editor {
    /// Opens the database at `path`, and creates it where there is none.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open(path: &Path, city: City, categories: CategoryTable) -> Result<Self, StoreError> {
        let state = EditorState { path: path.to_owned(), store: Some(Store::open(path)?), served: None };
        Ok(Self::new(city, categories, state))
    }

    /// A new database in memory, gone when this is dropped.
    ///
    /// # Errors
    ///
    /// As [`Store::in_memory`].
    pub fn in_memory(city: City, categories: CategoryTable) -> Result<Self, StoreError> {
        let state = EditorState { path: PathBuf::new(), store: Some(Store::in_memory()?), served: None };
        Ok(Self::new(city, categories, state))
    }

    fn new(city: City, categories: CategoryTable, state: EditorState) -> Self {
        let (interests, state) = (Arc::default(), Mutex::new(state));
        let today = clock::today_in_japan;
        Self { city, categories, interests, today, summarise: None, author: None, state, last_build: Mutex::default() }
    }

    /// Sets the thesaurus by which the snapshots understand words of a query. Call it before [`shared_snapshots`](Self::shared_snapshots).
    #[must_use]
    pub fn with_interests(self, interests: Arc<Thesaurus>) -> Self {
        Self { interests, ..self }
    }

    /// Sets who is named in the audit log for what says nothing of its author itself: regions, counted needs, exports.
    #[must_use]
    pub fn with_author(self, author: ImportAuthor) -> Self {
        Self { author: Some(author), ..self }
    }

    /// Notes in the audit log that data that not everybody may see was exported; `what` is the kind of file and for whom it is.
    ///
    /// # Errors
    ///
    /// If the store cannot be written: what cannot be noted is not to be exported.
    pub fn note_export(&self, what: &str) -> Result<(), StoreError> {
        self.write(|store| {
            let edit = store.edit()?;
            self.note(&edit, AuditAction::Exported, what)?;
            edit.commit()?;
            Ok(((), false))
        })
    }

    /// Notes in the audit log what this transaction does to `subject`.
    fn note(&self, edit: &Edit<'_>, action: AuditAction, subject: &str) -> Result<(), StoreError> {
        let Some(ImportAuthor { by, clock }) = &self.author else { return Ok(()) };
        let at = clock().trunc_subsecs(0);
        edit.audit(&AuditRecord { at, by: by.clone(), action, subject: subject.to_owned(), fields: Vec::new() })
    }

    /// Sets what day it is, in place of the clock's. Call it before [`shared_snapshots`](Self::shared_snapshots).
    #[must_use]
    pub fn with_day(self, today: fn() -> NaiveDate) -> Self {
        Self { today, ..self }
    }

    fn state(&self) -> MutexGuard<'_, EditorState> {
        // Ignoring poison is safe: a panic leaves at most an open transaction, which is rolled back.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The build of the snapshots that are served.
    fn last_build(&self) -> Option<Arc<LastBuild>> {
        self.last_build.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Builds the snapshots of `input`, handing each over when it is built.
    fn build_snapshots(&self, input: &SnapshotInput, take: impl FnMut(Arc<Snapshot>)) -> Arc<LastBuild> {
        let built = Arc::new(Snapshot::build_in_turn(input, self.last_build().as_deref(), take));
        *self.last_build.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&built));
        built
    }

    fn read<T>(&self, f: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut state = self.state();
        let store = state.take_store()?;
        let outcome = f(&store);
        state.give_back(store);
        outcome
    }

    /// Runs `f`, which also returns whether it has committed anything; if so, checks that it is there for the next process, and
    /// rebuilds the snapshots.
    fn write<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut Store) -> Result<(T, bool), E>) -> Result<T, E> {
        let mut state = self.state();
        let mut store = state.take_store()?;
        let written = f(&mut store).and_then(|(outcome, is_written)| {
            if is_written {
                store.check_written()?;
                self.rebuild(&mut state, &store)?;
            }
            Ok(outcome)
        });
        state.give_back(store);
        written
    }

    fn read_input(&self, store: &Store) -> Result<SnapshotInput, StoreError> {
        Ok(self.input_of(store.content()?))
    }

    fn input_of(&self, stored: StoredContent) -> SnapshotInput {
        SnapshotInput {
            city: self.city.clone(),
            categories: self.categories.clone(),
            districts: DistrictTable::new(stored.districts),
            places: stored.places,
            neighbour_places: stored.neighbour_places,
            neighbour_populations: stored.neighbour_populations,
            times: stored.times,
            link_workers: stored.link_workers,
            towns: stored.towns,
            boundary: stored.boundary,
            basemap: stored.basemap,
            population: stored.population,
            planning_history: stored.planning_history,
            sample: stored.sample,
            merged: stored.merged,
            today: (self.today)(),
            interests: Arc::clone(&self.interests),
        }
    }

    /// The input of the snapshots as it is now in the database.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn snapshot_input(&self) -> Result<SnapshotInput, StoreError> {
        self.read(|store| self.read_input(store))
    }

    /// The districts in the order of their file.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn districts(&self) -> Result<DistrictTable, StoreError> {
        Ok(DistrictTable::new(self.read(Store::districts)?))
    }

    /// The boundary of the municipality, if one was imported.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn boundary(&self) -> Result<Option<Area>, StoreError> {
        self.read(Store::boundary)
    }

    /// The names of the base map's files, ordered, each with its number of features.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn basemap_files(&self) -> Result<Vec<(String, u32)>, StoreError> {
        self.read(Store::basemap_files)
    }

    /// The gazetteer in the order of its file.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn towns(&self) -> Result<Vec<TownEntry>, StoreError> {
        self.read(Store::towns)
    }

    /// Every list that places were imported from, ordered by name, with its counts.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn lists(&self) -> Result<Vec<ListState>, StoreError> {
        self.read(Store::lists)
    }

    /// Every revision of a place, oldest first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn history(&self, place: &PlaceId) -> Result<Vec<Revision>, StoreError> {
        self.read(|store| store.history(place))
    }

    /// Value of a key of the database's metadata, such as what the headings of a list mean.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|store| store.meta(key))
    }

    /// Sets a key of the database's metadata.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.change_aside(|edit| edit.set_meta(key, value))
    }

    /// Keeps a note under a key of the database's metadata, of which nothing that is served depends: unlike [`set_meta`](Self::set_meta)
    /// it is not checked whether it is there for the next process.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn keep_note(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut state = self.state();
        let mut store = state.take_store()?;
        let kept = store.edit().and_then(|edit| {
            edit.set_meta(key, value)?;
            edit.commit()
        });
        state.give_back(store);
        kept
    }

    /// A hash that changes with every change of the places of `list`, and of the regions and headings by which it is read.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn list_state(&self, list: &str) -> Result<String, StoreError> {
        self.read(|store| store.list_state(list))
    }

    /// Replaces all districts.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_districts(&self, districts: &[District]) -> Result<(), StoreError> {
        self.change(|edit| {
            self.note(edit, AuditAction::Imported, "districts")?;
            edit.replace_districts(districts)
        })
    }

    /// Replaces the boundary of the municipality.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_boundary(&self, boundary: &Area) -> Result<(), StoreError> {
        self.change(|edit| {
            self.note(edit, AuditAction::Imported, "boundary")?;
            edit.replace_boundary(boundary)
        })
    }

    /// Replaces what a file of the base map holds; returns whether that changes anything.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_basemap(&self, file: &str, features: &[BasemapFeature]) -> Result<bool, StoreError> {
        self.change_aside(|edit| {
            let is_changed = edit.replace_basemap(file, features)?;
            if is_changed {
                self.note(edit, AuditAction::Imported, "basemap")?;
            }
            Ok(is_changed)
        })
    }

    /// Replaces the gazetteer and geocodes the places that have no position; returns how many it geocoded. `locate` fills in
    /// `site` and `town` from the address, as importing the row again would.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_towns(
        &self,
        towns: &[TownEntry],
        at: DateTime<Utc>,
        locate: &dyn Fn(&mut Facts),
    ) -> Result<u32, StoreError> {
        self.change(|edit| {
            self.note(edit, AuditAction::Imported, "gazetteer")?;
            edit.replace_towns(towns)?;
            let mut geocoded = 0;
            for revision in edit.revisions()? {
                if let Some(next) = geocoded_revision(&revision, at, locate) {
                    geocoded += u32::from(next.place.facts.site != revision.place.facts.site);
                    edit.append(&next)?;
                }
            }
            Ok(geocoded)
        })
    }

    /// Stores a person's edit of a place, based on its revision `based_on`; returns the number of the new revision.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] (optimistic locking) if the place has a newer revision; nothing is then written.
    pub fn revise(&self, place: Place, based_on: u32, by: &str, at: DateTime<Utc>) -> Result<u32, StoreError> {
        self.change(|edit| {
            let base = edit.place(&place.id)?.and_then(|current| current.base);
            let number = based_on + 1;
            edit.append(&Revision { number, place, base, author: Author::Person(by.to_owned()), at })?;
            Ok(number)
        })
    }

    /// Online backup of the database to `to`, which does not block changes. See [`store::backup`].
    ///
    /// # Errors
    ///
    /// As [`store::backup`].
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(BackupProgress)) -> Result<(), StoreError> {
        let from = self.state().path.clone();
        store::backup(&from, to, progress)
    }

    /// As [`change`](Self::change), of what planners' numbers do not rest on.
    fn change_aside<T>(&self, f: impl FnOnce(&Edit<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.write(|store| {
            let edit = store.edit()?;
            let outcome = f(&edit)?;
            edit.commit()?;
            Ok((outcome, true))
        })
    }

    /// Runs `f` in one transaction, commits it with what planners' numbers then are, and rebuilds the snapshots.
    fn change<T>(&self, f: impl FnOnce(&Edit<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.write(|store| {
            let edit = store.edit()?;
            let outcome = f(&edit)?;
            self.commit(edit)?;
            Ok((outcome, true))
        })
    }
}

/// The next revision of a place with a position from a newer gazetteer, if that adds anything. The base is geocoded too, as if
/// the row was imported again, so that the next edition finds nothing changed.
fn geocoded_revision(revision: &Revision, at: DateTime<Utc>, locate: &dyn Fn(&mut Facts)) -> Option<Revision> {
    let fill = |facts: &Facts, may_geocode: bool| {
        let mut found = facts.clone();
        locate(&mut found);
        let site = facts.site.or(found.site.filter(|_| may_geocode));
        Facts { site, town: facts.town.clone().or(found.town), ..facts.clone() }
    };
    let base = revision.base.as_ref().map(|base| fill(base, true));
    // A person has deleted a wrong position: geocoding does not restore it.
    let was_deleted = revision.base.as_ref().is_some_and(|base| base.site.is_some());
    let facts = fill(&revision.place.facts, !was_deleted);
    let nothing_new = facts == revision.place.facts && base == revision.base;
    (!nothing_new).then(|| Revision {
        number: revision.number + 1,
        place: Place { facts, ..revision.place.clone() },
        base,
        author: Author::Import,
        at,
    })
}
