//! The sample in a database: its lists and a municipality's own never stand together.
//!
//! The note on it is in the database, so that it holds whatever `city.toml` says later and whichever process writes.

use super::{EditionError, Editor};
use crate::model::{SampleLists, SampleNote, SampleState};
use crate::store::{Store, StoreError};

/// Why the sample cannot be removed. Nothing was then changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SampleRemovalError {
    /// Lists of the municipality itself are in the database too, which a former version allowed.
    #[error("the database holds lists that are not the sample's: {}", lists.join(", "))]
    RealLists {
        /// Their names.
        lists: Vec<String>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Editor {
    /// The note on the sample.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn sample(&self) -> Result<SampleNote, StoreError> {
        self.read(Store::sample)
    }

    /// Fails where [`begin_sample`](Self::begin_sample) would for lists of the municipality itself. Writes nothing.
    ///
    /// # Errors
    ///
    /// [`EditionError::SampleAmongReal`].
    pub fn check_no_real_list(&self, lists: &SampleLists) -> Result<(), EditionError> {
        let (note, every) = self.read(|store| Ok((store.sample()?, store.every_list()?)))?;
        refuse_among_real(&real_lists(every, &note), lists)
    }

    /// Notes that `lists` are the sample's and are about to be imported: from here on the database takes no other list.
    ///
    /// # Errors
    ///
    /// [`EditionError::SampleAmongReal`] if the database holds a list of the municipality itself.
    pub fn begin_sample(&self, lists: &SampleLists) -> Result<(), EditionError> {
        self.write(|store| {
            let edit = store.edit()?;
            let note = edit.sample()?;
            refuse_among_real(&real_lists(edit.every_list()?, &note), lists)?;
            let lists = note.lists.names().chain(lists.names()).collect();
            edit.set_sample(&SampleNote { state: SampleState::Loading, lists })?;
            edit.commit()?;
            Ok(((), true))
        })
    }

    /// Notes that all of the sample's lists are there.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn finish_sample(&self) -> Result<(), StoreError> {
        self.change(|edit| edit.set_sample(&SampleNote { state: SampleState::Loaded, ..edit.sample()? }))
    }

    /// Empties a database that holds the sample, regions and unmet needs included; returns whether it held it.
    ///
    /// # Errors
    ///
    /// [`SampleRemovalError::RealLists`] if it holds other lists too.
    pub fn remove_sample(&self) -> Result<bool, SampleRemovalError> {
        self.write(|store| {
            let edit = store.edit()?;
            let note = edit.sample()?;
            if !note.is_held() {
                return Ok((false, false));
            }
            let lists = real_lists(edit.every_list()?, &note);
            if !lists.is_empty() {
                return Err(SampleRemovalError::RealLists { lists });
            }
            edit.empty()?;
            edit.set_sample(&SampleNote { state: SampleState::Removed, lists: SampleLists::default() })?;
            edit.commit()?;
            Ok((true, true))
        })
    }
}

/// Those of `every` list that are not the sample's.
fn real_lists(every: Vec<String>, note: &SampleNote) -> Vec<String> {
    every.into_iter().filter(|list| !note.lists.contains(list)).collect()
}

fn refuse_among_real(real: &[String], sample: &SampleLists) -> Result<(), EditionError> {
    if real.is_empty() {
        return Ok(());
    }
    Err(EditionError::SampleAmongReal { list: sample.names().next().unwrap_or_default().to_owned() })
}

/// Refuses `list` where the database holds the sample and it is none of the sample's.
pub(super) fn check_not_beside_sample(note: &SampleNote, list: &str) -> Result<(), EditionError> {
    if note.is_held() && !note.lists.contains(list) {
        return Err(EditionError::BesideSample { list: list.to_owned() });
    }
    Ok(())
}
