//! Many places at once: edits of several, and undoing what was made together.

use std::collections::BTreeMap;

use super::change::FactsChange;
use super::{EditedBy, PlaceEditError, PlaceEditor, note};
use crate::import::places::workbook::place_form::{FieldFault, WhyFieldRefused, changed_fields, edited};
use crate::model::place_row::PlaceColumn;
use crate::model::{Audience, AuditAction, Place, PlaceId, Revision, Status};
use crate::store::Edit;

/// The fields that many places can be given at once.
const OF_MANY: [PlaceColumn; 3] = [PlaceColumn::Category, PlaceColumn::Status, PlaceColumn::Audience];

/// Places that are given the same texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManyEdits {
    /// The places, each with the revision that the person saw.
    pub places: Vec<(PlaceId, u32)>,
    /// Texts by the key of their column, which is one of those that many places can be given.
    pub fields: BTreeMap<String, String>,
    /// Whether they are to be stored though they widen who sees something.
    pub publish: bool,
}

/// What became of places that were edited at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManyEdited {
    /// The number of the batch; `None` if nothing was changed.
    pub batch: Option<i64>,
    /// The places that were changed.
    pub changed: Vec<PlaceId>,
    /// The places that are left as they are, because somebody else has changed them, or there are none such.
    pub skipped: Vec<PlaceId>,
}

/// What became of a batch that was undone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchUndo {
    /// The number of the batch that undoes it; `None` if nothing was changed.
    pub batch: Option<i64>,
    /// The places that are as they were before.
    pub undone: Vec<PlaceId>,
    /// The places that were added, and are ended and for the staff alone now: nothing is ever deleted.
    pub ended: Vec<PlaceId>,
    /// The places that have moved on since, by identity and name; they are left as they are.
    pub skipped: Vec<(PlaceId, String)>,
}

impl PlaceEditor {
    /// Gives many places the same category, status or audience. Places that moved on are left out.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::BadFields`] also for any other field, [`PlaceEditError::Widens`], and if the store cannot be written; nothing
    /// is then stored.
    pub fn edit_many(&self, edits: &ManyEdits, who: &EditedBy) -> Result<ManyEdited, PlaceEditError> {
        let is_of_many = |key: &String| OF_MANY.iter().any(|column| column.key() == key);
        let others = edits.fields.keys().filter(|key| !is_of_many(key));
        let faults: Vec<FieldFault> =
            others.map(|key| FieldFault { field: key.clone(), why: WhyFieldRefused::Unknown }).collect();
        if !faults.is_empty() {
            return Err(PlaceEditError::BadFields(faults));
        }
        self.editor.write(|store| {
            let reader = self.reader(store, false)?;
            let mut edit = store.edit()?;
            let (mut changes, mut skipped) = (Vec::new(), Vec::new());
            for (id, revision) in &edits.places {
                match edit.own_place(id)? {
                    Some((current, None)) if current.number == *revision => {
                        let next = edited(&current.place, &edits.fields, reader.known());
                        changes.push(FactsChange { next: next.map_err(PlaceEditError::BadFields)?, current });
                    }
                    _ => skipped.push(id.clone()),
                }
            }
            changes.sort_by(|a, b| a.current.place.id.cmp(&b.current.place.id));
            changes.dedup_by(|a, b| a.current.place.id == b.current.place.id);
            let batch = edit.begin_batch(who.account.as_str(), who.at)?;
            let stored = self.append_all(&edit, changes, who, (AuditAction::Edited, edits.publish))?;
            if stored.is_empty() {
                return Ok((ManyEdited { batch: None, changed: stored, skipped }, false));
            }
            self.editor.commit(edit)?;
            Ok((ManyEdited { batch: Some(batch), changed: stored, skipped }, true))
        })
    }

    /// Undoes a batch by new revisions: an import, a workbook, an edit of many places. What moved on since is left as it is. Places
    /// that it added are ended, for the staff alone; those that it no longer had are no candidates for an end any more.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::UnknownBatch`], [`PlaceEditError::Widens`], [`PlaceEditError::NothingToUndo`], and if the store cannot be
    /// written; nothing is then stored.
    pub fn undo_batch(&self, number: i64, publish: bool, who: &EditedBy) -> Result<BatchUndo, PlaceEditError> {
        self.editor.write(|store| {
            let mut edit = store.edit()?;
            edit.batch(number)?.ok_or(PlaceEditError::UnknownBatch)?;
            let current = Self::all_current(&edit)?;
            let (mut undo, mut changes, mut ended) = (BatchUndo::default(), Vec::new(), Vec::new());
            for (id, revision) in edit.revisions_of_batch(number)? {
                // Of a neighbour, or merged into another one.
                let Some(now) = current.get(&id) else { continue };
                let before = Self::before(&edit, &id, revision)?;
                match before {
                    _ if now.number != revision => undo.skipped.push((id, now.place.facts.name.clone())),
                    Some(before) => {
                        changes.push(FactsChange { current: now.clone(), next: before.place.facts });
                    }
                    None => ended.push(now.clone()),
                }
            }
            let absent = edit.absent_since_batch(number)?;
            let batch = edit.begin_batch(who.account.as_str(), who.at)?;
            undo.undone = self.append_all(&edit, changes, who, (AuditAction::Undone, publish))?;
            for current in ended {
                undo.ended.extend(Self::end(&edit, current, who)?);
            }
            for id in absent.iter().filter(|id| current.contains_key(id)) {
                edit.mark_present(id)?;
                undo.undone.push(id.clone());
            }
            if undo.undone.is_empty() && undo.ended.is_empty() {
                return if undo.skipped.is_empty() { Err(PlaceEditError::NothingToUndo) } else { Ok((undo, false)) };
            }
            undo.undone.sort();
            undo.undone.dedup();
            undo.batch = Some(batch);
            self.editor.commit(edit)?;
            Ok((undo, true))
        })
    }

    /// The revision before `revision`; `None` where that is the first.
    fn before(edit: &Edit<'_>, id: &PlaceId, revision: u32) -> Result<Option<Revision>, PlaceEditError> {
        if revision <= 1 { Ok(None) } else { Ok(edit.revision(id, revision - 1)?) }
    }

    /// Ends a place that should not have been added; returns it if it was not ended already.
    fn end(edit: &Edit<'_>, current: Revision, who: &EditedBy) -> Result<Option<PlaceId>, PlaceEditError> {
        let Revision { number, place, base, .. } = current;
        let mut facts = place.facts.clone();
        (facts.status, facts.audience) = (Status::Closed, Audience::Staff);
        if facts == place.facts {
            return Ok(None);
        }
        let id = place.id.clone();
        note(edit, who, (AuditAction::Undone, &id), changed_fields(&place.facts, &facts))?;
        let place = Place { facts, ..place };
        edit.append(&Revision { number: number + 1, place, base, author: who.author(), at: who.at })?;
        Ok(Some(id))
    }
}
