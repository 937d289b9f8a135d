//! One place: reading it as texts, storing what somebody typed, adding one, undoing the last revision, merging it into another.

use std::collections::BTreeMap;

use super::change::FactsChange;
use super::{EditConflict, EditedBy, PlaceEditError, PlaceEditor, note};
use crate::import::places::workbook::place_form::{added, changed_fields, edited, form_texts};
use crate::model::{AuditAction, Facts, Place, PlaceId, Revision, Source};
use crate::store::{Edit, Store, StoreError};

/// A place as somebody edits it.
#[derive(Debug, Clone, PartialEq)]
pub struct EditablePlace {
    /// Its current revision.
    pub revision: Revision,
    /// The texts of its fields by the key of their column; empty ones too.
    pub fields: BTreeMap<String, String>,
    /// Whether the newest edition of its list lacks it (終了候補).
    pub is_absent: bool,
}

/// What somebody typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceSave {
    /// The revision that the person saw.
    pub revision: u32,
    /// Texts by the key of their column; a field that is not there stays as it is.
    pub fields: BTreeMap<String, String>,
    /// Whether it is to be stored though it widens who sees something.
    pub publish: bool,
}

/// A place after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdit {
    /// The place.
    pub id: PlaceId,
    /// The number of its current revision.
    pub revision: u32,
}

impl PlaceEditor {
    /// A place as somebody edits it.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::Unknown`] or [`PlaceEditError::MergedInto`], and if the store cannot be read.
    pub fn place(&self, id: &PlaceId) -> Result<EditablePlace, PlaceEditError> {
        self.editor.read(|store| Ok(self.editable(store, id))).map_err(PlaceEditError::from)?
    }

    fn editable(&self, store: &Store, id: &PlaceId) -> Result<EditablePlace, PlaceEditError> {
        let (revision, merged_into) = store.own_place(id)?.ok_or(PlaceEditError::Unknown)?;
        if let Some(into) = merged_into {
            return Err(PlaceEditError::MergedInto(store.merged_into(id)?.unwrap_or(into)));
        }
        let fields = form_texts(&revision.place, self.reader(store, false)?.names());
        let is_absent = store.absent_places()?.contains(id);
        Ok(EditablePlace { revision, fields, is_absent })
    }

    /// Stores what somebody typed as a new revision, if it changes anything, and removes the person's draft.
    ///
    /// # Errors
    ///
    /// As [`PlaceEditError`] says; nothing is then stored.
    pub fn save(&self, id: &PlaceId, save: &PlaceSave, who: &EditedBy) -> Result<StoredEdit, PlaceEditError> {
        self.editor.write(|store| {
            let reader = self.reader(store, save.fields.contains_key("address"))?;
            let edit = store.edit()?;
            let current = Self::current(&edit, id)?;
            if current.number != save.revision {
                let conflict =
                    Self::conflict(&edit, &current, save.revision, |place| form_texts(place, reader.names()))?;
                return Err(PlaceEditError::MovedOn(Box::new(conflict)));
            }
            let next = edited(&current.place, &save.fields, reader.known()).map_err(PlaceEditError::BadFields)?;
            edit.delete_draft(&who.account, &id.0)?;
            let number = current.number;
            self.store_one(edit, (current, next), who, (AuditAction::Edited, save.publish))
                .map(|(id, is_changed)| (StoredEdit { id, revision: number + u32::from(is_changed) }, is_changed))
        })
    }

    fn conflict(
        edit: &Edit<'_>,
        current: &Revision,
        based_on: u32,
        texts: impl Fn(&Place) -> BTreeMap<String, String>,
    ) -> Result<EditConflict, StoreError> {
        let theirs = texts(&current.place);
        let base = edit.revision(&current.place.id, based_on)?.map(|base| texts(&base.place));
        Ok(EditConflict { revision: current.number, base: base.unwrap_or_else(|| theirs.clone()), theirs })
    }

    /// Appends one revision, if it changes anything, and commits; returns whether it does.
    fn store_one(
        &self,
        edit: Edit<'_>,
        (current, next): (Revision, Facts),
        who: &EditedBy,
        how: (AuditAction, bool),
    ) -> Result<(PlaceId, bool), PlaceEditError> {
        let id = current.place.id.clone();
        let changed = self.append_all(&edit, vec![FactsChange { current, next }], who, how)?;
        // The draft goes in any case.
        if changed.is_empty() {
            edit.commit()?;
        } else {
            self.editor.commit(edit)?;
        }
        Ok((id, !changed.is_empty()))
    }

    /// Adds a place, and removes the person's draft of a new one.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::BadFields`], and if the store cannot be written; nothing is then stored.
    pub fn add(&self, fields: &BTreeMap<String, String>, who: &EditedBy) -> Result<StoredEdit, PlaceEditError> {
        self.editor.write(|store| {
            let reader = self.reader(store, true)?;
            let edit = store.edit()?;
            let facts = added(fields, reader.known()).map_err(PlaceEditError::BadFields)?;
            let sample = edit.sample()?;
            // What is added beside the sample goes when that goes.
            let list = if sample.is_held() { sample.lists.names().next().unwrap_or_default() } else { "" };
            let source = Source { list: list.to_owned(), ..Source::default() };
            let id = edit.new_place_id()?;
            note(&edit, who, (AuditAction::Edited, &id), changed_fields(&Facts::default(), &facts))?;
            let place = Place { id: id.clone(), facts, source, verification: None };
            edit.append(&Revision { number: 1, place, base: None, author: who.author(), at: who.at })?;
            edit.delete_draft(&who.account, crate::model::EditDraft::NEW)?;
            self.editor.commit(edit)?;
            Ok((StoredEdit { id, revision: 1 }, true))
        })
    }

    /// Undoes the last revision of a place by a new one with the facts before; whoever does so says which one they saw.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::NothingToUndo`] for a place with one revision, and as [`save`](Self::save).
    pub fn undo(
        &self,
        id: &PlaceId,
        (revision, publish): (u32, bool),
        who: &EditedBy,
    ) -> Result<StoredEdit, PlaceEditError> {
        self.editor.write(|store| {
            let reader = self.reader(store, false)?;
            let edit = store.edit()?;
            let current = Self::current(&edit, id)?;
            if current.number != revision {
                let texts = |place: &Place| form_texts(place, reader.names());
                return Err(PlaceEditError::MovedOn(Box::new(Self::conflict(&edit, &current, revision, texts)?)));
            }
            let before = match current.number.checked_sub(1).filter(|before| *before > 0) {
                Some(before) => edit.revision(id, before)?.ok_or(PlaceEditError::NothingToUndo)?,
                None => return Err(PlaceEditError::NothingToUndo),
            };
            let (id, is_changed) =
                self.store_one(edit, (current, before.place.facts), who, (AuditAction::Undone, publish))?;
            Ok((StoredEdit { id, revision: revision + u32::from(is_changed) }, is_changed))
        })
    }

    /// Merges `gone` into `kept`: its address leads there from now on, and its list never makes it again. Both keep their history. If
    /// it was merged already, notes that somebody has seen what its list says of it now.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::SamePlace`], [`PlaceEditError::Unknown`], [`PlaceEditError::MergedInto`] if either was merged into a third
    /// one, and if the store cannot be written; nothing is then stored.
    pub fn merge(&self, kept: &PlaceId, gone: &PlaceId, who: &EditedBy) -> Result<StoredEdit, PlaceEditError> {
        if kept == gone {
            return Err(PlaceEditError::SamePlace);
        }
        self.editor.write(|store| {
            let edit = store.edit()?;
            let survivor = Self::current(&edit, kept)?;
            let (_, merged_into) = edit.own_place(gone)?.ok_or(PlaceEditError::Unknown)?;
            if let Some(into) = merged_into.filter(|into| into != kept) {
                return Err(PlaceEditError::MergedInto(into));
            }
            edit.merge_place(gone, kept)?;
            note(&edit, who, (AuditAction::Merged, gone), Vec::new())?;
            self.editor.commit(edit)?;
            Ok((StoredEdit { id: kept.clone(), revision: survivor.number }, true))
        })
    }
}
