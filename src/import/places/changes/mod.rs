//! What a newer edition of a list changes in what is stored.
//!
//! Each row is compared three ways: what the list said last time (*base*), what is stored now (*current*, perhaps edited in the
//! program since) and what the list says now (*incoming*). What only the list changed is taken over, what only an editor
//! changed stays, and what both changed differently stays as edited and is reported as a conflict, once: the next comparison
//! starts from what the list says now. Nothing is ever deleted. This module does no I/O.

mod merge;

use serde::Serialize;

use super::identity::{IdentityEntry, RowMatching, match_rows};
use crate::import::ImportedPlace;
use crate::model::{Facts, Place, Revision, Source, Status, Verification};
use crate::text::fold;
use merge::{MergedFacts, merge};

/// A stored place of the list.
#[derive(Debug, Clone, Copy)]
pub struct StoredPlace<'a> {
    /// Its current revision.
    pub revision: &'a Revision,
    /// Whether the last edition no longer had it.
    pub absent: bool,
}

/// What an edition changes.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionPlan {
    /// What each row means, in the order of the rows.
    pub rows: Vec<RowPlan>,
    /// The stored places that no row is, in their order.
    pub missing: Vec<usize>,
    /// Those of them that still take place as far as we know (終了候補).
    pub gone: Vec<usize>,
}

/// What one row means.
#[derive(Debug, Clone, PartialEq)]
pub enum RowPlan {
    /// A place that is not stored yet.
    Added,
    /// A stored place.
    Known(Box<KnownRow>),
}

/// A row that is a stored place.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownRow {
    /// Which of the stored places.
    pub stored: usize,
    /// Its next state; `None`: there is nothing to write.
    pub next: Option<NextRevision>,
    /// What is different now.
    pub change: FieldChange,
    /// Whether the last edition did not have it.
    pub returned: bool,
}

/// The next state of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct NextRevision {
    /// The place.
    pub place: Place,
    /// What the list says now.
    pub base: Facts,
}

/// What is different in a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The fields of [`Facts`] that were taken over from the list, by their names in JSON, and `verification`, `list_id` and
    /// `licence`.
    pub fields: Vec<String>,
    /// The fields that list and editor changed differently; they stay as edited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// What a person should know of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<ChangeNote>,
}

impl FieldChange {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.conflicts.is_empty()
    }
}

/// What a person should know of a changed place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeNote {
    /// The list gives it another name.
    Renamed {
        /// What the list called it last time.
        from: String,
    },
    /// The list gives another address or venue.
    Moved {
        /// The address and venue of last time; `None` if there were none.
        from: Option<String>,
    },
    /// The list has it again, though it was closed in the program. It stays closed.
    ClosedHere,
}

/// Compares the `rows` of an edition with what is `stored` of its list.
pub fn plan(stored: &[StoredPlace<'_>], rows: &[ImportedPlace]) -> EditionPlan {
    let matching = matching(stored, rows);
    let mut missing = vec![true; stored.len()];
    let plans = rows.iter().zip(&matching.stored_of_row).map(|(row, of)| match of {
        Some(index) => {
            missing[*index] = false;
            RowPlan::Known(Box::new(known_row(*index, stored[*index], row, matching.ids_last)))
        }
        None => RowPlan::Added,
    });
    let rows = plans.collect();
    let missing: Vec<usize> = (0..stored.len()).filter(|&i| missing[i]).collect();
    let open = |&i: &usize| stored[i].revision.place.facts.status != Status::Closed;
    EditionPlan { rows, gone: missing.iter().copied().filter(open).collect(), missing }
}

impl EditionPlan {
    /// Whether there is anything to write at all.
    pub fn changes_nothing(&self, stored: &[StoredPlace<'_>]) -> bool {
        let same = |row: &RowPlan| matches!(row, RowPlan::Known(known) if known.next.is_none() && !known.returned);
        self.rows.iter().all(same) && self.missing.iter().all(|&i| stored[i].absent)
    }
}

/// A place made in the program has no base; what it says itself is the best there is to compare with.
fn base(revision: &Revision) -> &Facts {
    revision.base.as_ref().unwrap_or(&revision.place.facts)
}

fn matching(stored: &[StoredPlace<'_>], rows: &[ImportedPlace]) -> RowMatching {
    let known: Vec<IdentityEntry<'_>> = stored
        .iter()
        .map(|s| IdentityEntry { facts: base(s.revision), list_id: s.revision.place.source.list_id.as_deref() })
        .collect();
    let new: Vec<IdentityEntry<'_>> =
        rows.iter().map(|r| IdentityEntry { facts: &r.facts, list_id: r.source.list_id.as_deref() }).collect();
    match_rows(&known, &new)
}

fn known_row(index: usize, stored: StoredPlace<'_>, row: &ImportedPlace, ids_last: bool) -> KnownRow {
    let place = &stored.revision.place;
    let base = base(stored.revision);
    let MergedFacts { facts, mut fields, mut conflicts } = merge(base, &place.facts, &row.facts);
    let verification = later(place.verification.as_ref(), row.verification.as_ref());
    if verification != place.verification.as_ref() {
        fields.push("verification".to_owned());
    }
    let source = merged_source(&place.source, &row.source, ids_last, &mut fields);
    let mut notes = notes(base, &row.facts, |field| fields.iter().chain(&conflicts).any(|f| f == field));
    if stored.absent && place.facts.status == Status::Closed && row.facts.status != Status::Closed {
        conflicts.push("status".to_owned());
        notes.push(ChangeNote::ClosedHere);
    }
    let unchanged = fields.is_empty() && *base == row.facts;
    let next = (!unchanged).then(|| {
        let place = Place { id: place.id.clone(), facts, source, verification: verification.cloned() };
        NextRevision { place, base: row.facts.clone() }
    });
    KnownRow { stored: index, next, change: FieldChange { fields, conflicts, notes }, returned: stored.absent }
}

/// Only a later day replaces a confirmation: reading a list confirms nothing.
fn later<'a>(stored: Option<&'a Verification>, incoming: Option<&'a Verification>) -> Option<&'a Verification> {
    match (stored, incoming) {
        (Some(old), Some(new)) if new.on <= old.on => Some(old),
        (old, new) => new.or(old),
    }
}

/// File, sheet and row are only where it was read; an ID or a licence that the list no longer gives stays known.
fn merged_source(stored: &Source, row: &Source, ids_last: bool, fields: &mut Vec<String>) -> Source {
    let mut merged = row.clone();
    let parts = [("list_id", &stored.list_id, &mut merged.list_id), ("licence", &stored.licence, &mut merged.licence)];
    for (field, old, new) in parts {
        if new.is_none() {
            new.clone_from(old);
        }
        // A number that changes whenever a row is put in above is not worth a revision.
        if new != old && (field != "list_id" || ids_last) {
            fields.push(field.to_owned());
        }
    }
    merged
}

fn notes(base: &Facts, incoming: &Facts, told: impl Fn(&str) -> bool) -> Vec<ChangeNote> {
    let mut notes = Vec::new();
    if told("name") && fold(&base.name) != fold(&incoming.name) {
        notes.push(ChangeNote::Renamed { from: base.name.clone() });
    }
    let whereabouts = |facts: &Facts| {
        let parts: Vec<&str> = [&facts.address, &facts.venue].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let (before, now) = (whereabouts(base), whereabouts(incoming));
    if (told("address") || told("venue")) && before.as_deref().map(fold) != now.as_deref().map(fold) {
        notes.push(ChangeNote::Moved { from: before });
    }
    notes
}

#[cfg(test)]
mod tests;
