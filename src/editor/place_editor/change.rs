//! A change of stored places within one transaction, with the check of who sees more by it.

use std::collections::HashMap;

use super::{EditedBy, PlaceEditError, PlaceEditor};
use crate::editor::visibility::VisibilityBefore;
use crate::import::places::workbook::place_form::changed_fields;
use crate::model::{AuditAction, Facts, Place, PlaceId, Revision};
use crate::store::{Edit, StoreError};

/// The next facts of one place.
pub(super) struct FactsChange {
    /// The current revision.
    pub(super) current: Revision,
    /// The facts that follow.
    pub(super) next: Facts,
}

impl PlaceEditor {
    /// The current revision of a place that can be edited.
    pub(super) fn current(edit: &Edit<'_>, id: &PlaceId) -> Result<Revision, PlaceEditError> {
        match edit.own_place(id)? {
            None => Err(PlaceEditError::Unknown),
            Some((_, Some(into))) => Err(PlaceEditError::MergedInto(into)),
            Some((revision, None)) => Ok(revision),
        }
    }

    /// Appends a revision for each of `changes` that changes something; what widens who sees something only if `publish`. Returns the
    /// places that were changed.
    pub(super) fn append_all(
        &self,
        edit: &Edit<'_>,
        changes: Vec<FactsChange>,
        who: &EditedBy,
        (action, publish): (AuditAction, bool),
    ) -> Result<Vec<PlaceId>, PlaceEditError> {
        let changes: Vec<FactsChange> = changes.into_iter().filter(|it| it.next != it.current.place.facts).collect();
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        if !publish {
            self.check_not_widened(edit, &changes)?;
        }
        let mut stored = Vec::with_capacity(changes.len());
        for FactsChange { current, next } in changes {
            let Revision { number, place, base, .. } = current;
            super::note(edit, who, (action, &place.id), changed_fields(&place.facts, &next))?;
            stored.push(place.id.clone());
            let place = Place { facts: next, ..place };
            edit.append(&Revision { number: number + 1, place, base, author: who.author(), at: who.at })?;
        }
        Ok(stored)
    }

    fn check_not_widened(&self, edit: &Edit<'_>, changes: &[FactsChange]) -> Result<(), PlaceEditError> {
        let mut before = VisibilityBefore::of(self.editor.input_of(edit.content()?), self.editor.last_build());
        let edited = changes.iter().map(|it| (&it.current.place.id, &it.next));
        let widened = before.widened_by(edited);
        if widened.is_empty() { Ok(()) } else { Err(PlaceEditError::Widens(widened)) }
    }

    /// The current revision of every place, by identity.
    pub(super) fn all_current(edit: &Edit<'_>) -> Result<HashMap<PlaceId, Revision>, StoreError> {
        Ok(edit.revisions()?.into_iter().map(|revision| (revision.place.id.clone(), revision)).collect())
    }
}
