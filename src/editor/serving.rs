//! The snapshots of a server: built at its start, rebuilt after each change, by this process or another.
//!
//! What is served is replaced only by a whole database of ours that has an edition, as the one before had: a file that was emptied,
//! replaced by something else or is damaged leaves the places of before, and the snapshots are marked as stale.

use std::sync::Arc;

use super::{Editor, EditorState, ServedState};
use crate::index::SharedSnapshots;
use crate::model::SampleState;
use crate::store::{FileStamp, Store, StoreError};

impl Editor {
    /// The current snapshots, built by the first call; afterwards every change swaps in new ones.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn shared_snapshots(&self) -> Result<Arc<SharedSnapshots>, StoreError> {
        let mut state = self.state();
        if let Some(served) = &state.served {
            return Ok(Arc::clone(&served.snapshots));
        }
        let store = state.take_store()?;
        let seen = FileStamp::of(&state.path);
        let (content_version, has_edition) = (store.content_version()?, store.has_edition()?);
        let input = self.read_input(&store)?;
        let (holds_sample, next_turn) = (!input.sample.is_empty(), input.next_turn());
        let snapshots = Arc::new(SharedSnapshots::new(self.build_snapshots(&input, |_| ()).snapshots()));
        let served = ServedState {
            snapshots: Arc::clone(&snapshots),
            content_version,
            has_edition,
            holds_sample,
            next_turn,
            seen,
            refused: None,
        };
        state.served = Some(served);
        state.give_back(store);
        Ok(snapshots)
    }

    /// Rebuilds and swaps the snapshots if another process has changed their content or replaced the database file, or if a day
    /// begins on which a consent has ended, and returns whether it has. Takes microseconds if not, so that a server can poll twice a
    /// second.
    ///
    /// # Errors
    ///
    /// If the database has gone, cannot be read, is damaged, or has no edition though the served one has; the old snapshots then
    /// stay, marked as stale. Reported once while the file stays as it is.
    pub fn reload_if_changed(&self) -> Result<bool, StoreError> {
        let mut state = self.state();
        let now = FileStamp::of(&state.path);
        // A file that was refused is not read again for the turn of the day either.
        let turns = |served: &ServedState| self.is_turn(served) && served.refused != Some(now);
        if state.served.as_ref().is_none_or(|served| served.has_seen(now) && !turns(served)) {
            return Ok(false);
        }
        let reloaded = self.reload(&mut state, now);
        if let Some(served) = &mut state.served {
            let is_lasting = |error: &StoreError| !matches!(error, StoreError::Locked(_) | StoreError::Replaced(_));
            served.refused = reloaded.as_ref().err().filter(|error| is_lasting(error)).map(|_| now);
            served.snapshots.set_stale(reloaded.is_err());
        }
        reloaded
    }

    fn reload(&self, state: &mut EditorState, now: FileStamp) -> Result<bool, StoreError> {
        if state.path.as_os_str().is_empty() {
            // In memory, where nobody else writes: the day has turned.
            let store = state.take_store()?;
            let rebuilt = self.rebuild(state, &store);
            state.give_back(store);
            return rebuilt.map(|()| true);
        }
        let Some(served) = &mut state.served else { return Ok(false) };
        let store = Store::open_unchecked(&state.path)?;
        // After a refusal the file is read anew: who has brought one back may have brought another.
        let is_known = served.refused.is_none() && served.seen.is_same_file(&now);
        let is_same = is_known && !self.is_turn(served) && store.content_version()? == served.content_version;
        if !is_same || (now.has_log() && now.is_settled()) {
            // Also lets the last connection move the log into the file.
            store.check_integrity()?;
        }
        if is_same {
            // Usually an unmet need, which no snapshot includes.
            served.seen = now;
            return Ok(false);
        }
        // Who removes the sample wants it gone from the page; a municipality's own places never go like that.
        let is_removal = served.holds_sample && store.sample()?.state == SampleState::Removed;
        if served.has_edition && !store.has_edition()? && !is_removal {
            return Err(StoreError::NoEdition(state.path.clone()));
        }
        self.rebuild(state, &store)?;
        Ok(true)
    }

    /// Whether a day has begun on which a consent has ended or will soon end.
    fn is_turn(&self, served: &ServedState) -> bool {
        served.next_turn.is_some_and(|turn| turn <= (self.today)())
    }

    /// Builds the snapshots anew, where there are any.
    pub(super) fn rebuild(&self, state: &mut EditorState, store: &Store) -> Result<(), StoreError> {
        let Some(served) = &mut state.served else { return Ok(()) };
        // Stamp and version first: what is written during the read is noticed by the next call.
        let seen = FileStamp::of(&state.path);
        let (content_version, has_edition) = (store.content_version()?, store.has_edition()?);
        let input = self.read_input(store)?;
        (served.holds_sample, served.next_turn) = (!input.sample.is_empty(), input.next_turn());
        // Each is served when it is built: nobody waits for what others will see.
        self.build_snapshots(&input, |snapshot| served.snapshots.replace(snapshot));
        (served.seen, served.content_version, served.has_edition) = (seen, content_version, has_edition);
        Ok(())
    }
}

impl ServedState {
    /// Whether the files are as they were when they were last served or refused.
    fn has_seen(&self, now: FileStamp) -> bool {
        now.is_settled() && self.refused.unwrap_or(self.seen) == now
    }
}
