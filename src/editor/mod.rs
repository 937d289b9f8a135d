//! The only writer: it stores, rebuilds the snapshots and swaps them in, one change after the other.
//!
//! A command of the terminal opens an [`Editor`], changes something and is done; a server also requests the snapshots
//! ([`Editor::serve`]) and lets it look for the changes of other processes ([`Editor::reload_if_changed`]). It reads no clock:
//! the caller gives who changes something, and when. Rules of matching and merging are in
//! [`import::changes`](crate::import::places::changes).
//!
//! `list_edition` holds what every kind of list shares; `places` and `link_workers` compare and write their own.

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

/// The only writer of a database.
#[derive(Debug)]
pub struct Editor {
    city: City,
    categories: CategoryTable,
    state: Mutex<EditorState>,
}

/// What the lock guards: store → rebuild → swap is one step for everybody else.
#[derive(Debug)]
struct EditorState {
    store: Store,
    /// The store's data version when the snapshots were last built from it.
    seen: Option<i64>,
    /// What the snapshots were last built from.
    content: Option<ContentVersion>,
    /// `None` until somebody serves.
    shared: Option<Arc<SharedSnapshots>>,
}

impl Editor {
    /// Opens the database at `path`, making it where there is none.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open(path: &Path, city: City, categories: CategoryTable) -> Result<Self, StoreError> {
        let store = Store::open(path)?;
        let (seen, content) = (Some(store.data_version()?), Some(store.content_version()?));
        Ok(Self { city, categories, state: Mutex::new(EditorState { store, seen, content, shared: None }) })
    }

    fn state(&self) -> MutexGuard<'_, EditorState> {
        // A panic elsewhere left at most an open transaction, which was rolled back.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The snapshots, built the first time; from then on every change swaps in new ones.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn serve(&self) -> Result<Arc<SharedSnapshots>, StoreError> {
        let mut state = self.state();
        if let Some(shared) = &state.shared {
            return Ok(Arc::clone(shared));
        }
        let shared = Arc::new(SharedSnapshots::new(self.build(&mut state)?));
        state.shared = Some(Arc::clone(&shared));
        Ok(shared)
    }

    /// Builds and swaps the snapshots anew if another process has changed what they are built from, or put another database in
    /// place of this one; whether it has. Costs microseconds if not, so that a server may ask twice a second.
    ///
    /// # Errors
    ///
    /// If the database has gone or cannot be read; the snapshots are then as they were.
    pub fn reload_if_changed(&self) -> Result<bool, StoreError> {
        let mut state = self.state();
        if state.store.is_replaced()? {
            state.store = Store::open_existing(state.store.path())?;
            (state.seen, state.content) = (None, None);
        }
        // What is written after this is noticed the next time.
        let version = Some(state.store.data_version()?);
        if version == state.seen {
            return Ok(false);
        }
        // Somebody has written; most often it is a need that was not met, of which no snapshot tells.
        let content = Some(state.store.content_version()?);
        let is_changed = content != state.content;
        if is_changed {
            self.rebuild(&mut state)?;
            state.content = content;
        }
        state.seen = version;
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
        // The version first: what is written while we read is then noticed the next time.
        let (version, content) = (state.store.data_version()?, state.store.content_version()?);
        let snapshots = Snapshot::build_all(&self.read_everything(&state.store)?);
        (state.seen, state.content) = (Some(version), Some(content));
        Ok(snapshots)
    }

    fn read_everything(&self, store: &Store) -> Result<SnapshotInput, StoreError> {
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

    /// What snapshots are built from, as it is now.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn everything(&self) -> Result<SnapshotInput, StoreError> {
        self.read_everything(&self.state().store)
    }

    /// The districts in the order of their file.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn districts(&self) -> Result<DistrictTable, StoreError> {
        Ok(DistrictTable::new(self.state().store.districts()?))
    }

    /// The outline of the municipality, if one was imported.
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

    /// Every list that places were imported from.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn lists(&self) -> Result<Vec<ListState>, StoreError> {
        self.state().store.lists()
    }

    /// Every revision of a place, the first one first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn history(&self, place: &PlaceId) -> Result<Vec<Revision>, StoreError> {
        self.state().store.history(place)
    }

    /// A small fact of the program about itself, such as that the sample was loaded.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.state().store.meta(key)
    }

    /// Writes such a fact down.
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

    /// Replaces the outline of the municipality.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn set_boundary(&self, boundary: &Area) -> Result<(), StoreError> {
        self.change(|edit| edit.replace_boundary(boundary))
    }

    /// Replaces the gazetteer and places by it what has no position yet; how many places that were. `locate` fills in `site`
    /// and `town` from the address, as reading the row anew would.
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
            let mut placed = 0;
            for revision in edit.revisions()? {
                if let Some(next) = located(&revision, at, locate) {
                    placed += u32::from(next.place.facts.site != revision.place.facts.site);
                    edit.append(&next)?;
                }
            }
            Ok(placed)
        })
    }

    /// Stores what a person changed of a place that stood at revision `based_on`; the number of the new revision.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] if the place has moved on since; nothing is then written.
    pub fn revise(&self, place: Place, based_on: u32, by: &str, at: DateTime<Utc>) -> Result<u32, StoreError> {
        self.change(|edit| {
            let base = edit.place(&place.id)?.and_then(|current| current.base);
            let number = based_on + 1;
            edit.append(&Revision { number, place, base, author: Author::Person(by.to_owned()), at })?;
            Ok(number)
        })
    }

    /// Copies the database to `to` while it is in use, without holding up any change. See [`store::backup`].
    ///
    /// # Errors
    ///
    /// As [`store::backup`].
    pub fn backup(&self, to: &Path, progress: &mut dyn FnMut(BackupProgress)) -> Result<(), StoreError> {
        let from = self.state().store.path().to_owned();
        store::backup(&from, to, progress)
    }

    /// One transaction, and what it changed for everybody to see.
    fn change<T>(&self, f: impl FnOnce(&Edit<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut state = self.state();
        let edit = state.store.edit()?;
        let outcome = f(&edit)?;
        edit.commit()?;
        self.rebuild(&mut state)?;
        Ok(outcome)
    }
}

/// The place with a position from a newer gazetteer, if that adds anything. The base is located too: it then is what reading
/// the same row anew would say, and the next edition finds nothing changed.
fn located(revision: &Revision, at: DateTime<Utc>, locate: &dyn Fn(&mut Facts)) -> Option<Revision> {
    let fill = |facts: &Facts, may_place: bool| {
        let mut found = facts.clone();
        locate(&mut found);
        let site = facts.site.or(found.site.filter(|_| may_place));
        Facts { site, town: facts.town.clone().or(found.town), ..facts.clone() }
    };
    let base = revision.base.as_ref().map(|base| fill(base, true));
    // Somebody took a wrong position away: it does not come back by itself.
    let taken_away = revision.base.as_ref().is_some_and(|base| base.site.is_some());
    let facts = fill(&revision.place.facts, !taken_away);
    let nothing_new = facts == revision.place.facts && base == revision.base;
    (!nothing_new).then(|| Revision {
        number: revision.number + 1,
        place: Place { facts, ..revision.place.clone() },
        base,
        author: Author::Import,
        at,
    })
}
