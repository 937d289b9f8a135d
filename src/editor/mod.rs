//! Single writer: every change is stored, the snapshots are rebuilt, and the new ones are swapped in, one change after the
//! other.
//!
//! A command opens an [`Editor`], makes a change and ends; a server also takes the snapshots ([`Editor::shared_snapshots`]) and
//! polls for changes by other processes ([`Editor::reload_if_changed`]). The editor reads no clock: the caller passes who makes
//! a change, and when. The rules of matching and merging are in [`import::places::changes`](crate::import::places::changes).
//!
//! `list_edition` holds what all kinds of lists share; `places` and `link_workers` compare and write their own kind.

mod link_workers;
mod list_edition;
mod places;
mod report;
mod unmet;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

pub use link_workers::DirectoryReport;
pub use list_edition::{EditionError, ListEdition, ReadFile};
pub use report::{ChangedPlace, NamedPlace, RejectedRow, SheetReport};
pub use unmet::UnmetLog;

use crate::index::SnapshotInput;
use crate::index::{SharedSnapshots, Snapshot};
use crate::model::{
    Area, Author, CategoryTable, City, District, DistrictTable, Facts, Place, PlaceId, Revision, TownEntry,
};
use crate::store::{self, BackupProgress, ContentVersion, Edit, ListState, Store};

pub use crate::store::StoreError;

/// The only writer of a database, and owner of the current snapshots.
#[derive(Debug)]
pub struct Editor {
    city: City,
    categories: CategoryTable,
    state: Mutex<EditorState>,
}

/// State behind the lock, so that store → rebuild → swap is atomic for other threads.
#[derive(Debug)]
struct EditorState {
    store: Store,
    /// The store's data version when it was last compared with the snapshots.
    data_version: Option<i64>,
    /// The content version that the snapshots were last built from.
    content_version: Option<ContentVersion>,
    /// `None` until [`Editor::shared_snapshots`] is called.
    shared: Option<Arc<SharedSnapshots>>,
}

impl Editor {
    /// Opens the database at `path`, and creates it where there is none.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open(path: &Path, city: City, categories: CategoryTable) -> Result<Self, StoreError> {
        let store = Store::open(path)?;
        let (data_version, content_version) = (Some(store.data_version()?), Some(store.content_version()?));
        let state = EditorState { store, data_version, content_version, shared: None };
        Ok(Self { city, categories, state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, EditorState> {
        // Ignoring poison is safe: a panic leaves at most an open transaction, which is rolled back.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The current snapshots, built by the first call; afterwards every change swaps in new ones.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn shared_snapshots(&self) -> Result<Arc<SharedSnapshots>, StoreError> {
        let mut state = self.state();
        if let Some(shared) = &state.shared {
            return Ok(Arc::clone(shared));
        }
        let shared = Arc::new(SharedSnapshots::new(self.build(&mut state)?));
        state.shared = Some(Arc::clone(&shared));
        Ok(shared)
    }

    /// Rebuilds and swaps the snapshots if another process has changed their content or replaced the database file, and returns
    /// whether it has. Takes microseconds if not, so that a server can poll twice a second.
    ///
    /// # Errors
    ///
    /// If the database has gone or cannot be read; the old snapshots then stay.
    pub fn reload_if_changed(&self) -> Result<bool, StoreError> {
        let mut state = self.state();
        if state.store.is_replaced()? {
            state.store = Store::open_existing(state.store.path())?;
            (state.data_version, state.content_version) = (None, None);
        }
        // Read before the content: what is written in between is noticed by the next call.
        let data_version = Some(state.store.data_version()?);
        if data_version == state.data_version {
            return Ok(false);
        }
        // Another process has written; usually an unmet need, which no snapshot includes.
        let content_version = Some(state.store.content_version()?);
        let is_changed = content_version != state.content_version;
        if is_changed {
            self.rebuild(&mut state)?;
            state.content_version = content_version;
        }
        state.data_version = data_version;
        Ok(is_changed)
    }

    fn rebuild(&self, state: &mut EditorState) -> Result<(), StoreError> {
        let Some(shared) = state.shared.clone() else { return Ok(()) };
        for snapshot in self.build(state)? {
            shared.replace(snapshot);
        }
        Ok(())
    }

    fn build(&self, state: &mut EditorState) -> Result<[Arc<Snapshot>; 3], StoreError> {
        // Versions first: what is written during the read is noticed by the next call.
        let (data_version, content_version) = (state.store.data_version()?, state.store.content_version()?);
        let snapshots = Snapshot::build_all(&self.read_input(&state.store)?);
        (state.data_version, state.content_version) = (Some(data_version), Some(content_version));
        Ok(snapshots)
    }

    fn read_input(&self, store: &Store) -> Result<SnapshotInput, StoreError> {
        let stored = store.content()?;
        Ok(SnapshotInput {
            city: self.city.clone(),
            categories: self.categories.clone(),
            districts: DistrictTable::new(stored.districts),
            places: stored.places,
            link_workers: stored.link_workers,
            towns: stored.towns,
        })
    }

    /// The input of the snapshots as it is now in the database.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn snapshot_input(&self) -> Result<SnapshotInput, StoreError> {
        self.read_input(&self.state().store)
    }

    /// The districts in the order of their file.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn districts(&self) -> Result<DistrictTable, StoreError> {
        Ok(DistrictTable::new(self.state().store.districts()?))
    }

    /// The boundary of the municipality, if one was imported.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn boundary(&self) -> Result<Option<Area>, StoreError> {
        self.state().store.boundary()
    }

    /// The gazetteer in the order of its file.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn towns(&self) -> Result<Vec<TownEntry>, StoreError> {
        self.state().store.towns()
    }

    /// Every list that places were imported from, ordered by name, with its counts.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn lists(&self) -> Result<Vec<ListState>, StoreError> {
        self.state().store.lists()
    }

    /// Every revision of a place, oldest first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn history(&self, place: &PlaceId) -> Result<Vec<Revision>, StoreError> {
        self.state().store.history(place)
    }

    /// Value of a key of the database's metadata, such as that the sample was loaded.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.state().store.meta(key)
    }

    /// Sets a key of the database's metadata.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.change(|edit| edit.set_meta(key, value))
    }

    /// Replaces all districts.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_districts(&self, districts: &[District]) -> Result<(), StoreError> {
        self.change(|edit| edit.replace_districts(districts))
    }

    /// Replaces the boundary of the municipality.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_boundary(&self, boundary: &Area) -> Result<(), StoreError> {
        self.change(|edit| edit.replace_boundary(boundary))
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
        let from = self.state().store.path().to_owned();
        store::backup(&from, to, progress)
    }

    /// Runs `f` in one transaction, commits it and rebuilds the snapshots.
    fn change<T>(&self, f: impl FnOnce(&Edit<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut state = self.state();
        let edit = state.store.edit()?;
        let outcome = f(&edit)?;
        edit.commit()?;
        self.rebuild(&mut state)?;
        Ok(outcome)
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
