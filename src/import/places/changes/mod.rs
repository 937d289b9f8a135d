//! Three-way merge of a newer edition: what it changes in the stored places.
//!
//! Each row is compared three ways: the list's last edition (*base*), the stored state (*current*, perhaps edited in
//! the program since) and the new edition (*incoming*). Changes of the list alone are applied, changes of an editor
//! alone stay, and a field that both changed differently stays as edited and is reported as a conflict, once: the next
//! comparison starts from the new edition. Nothing is ever deleted. This module does no I/O.

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

/// The changes that an edition makes.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionPlan {
    /// The outcome of each row, in the order of the rows.
    pub rows: Vec<RowPlan>,
    /// Indices of the stored places without a row, in order.
    pub missing: Vec<usize>,
    /// Indices of the `missing` places to report: those that are not closed (終了候補), each time; closed ones only in the first
    /// edition without them.
    pub gone: Vec<usize>,
}

/// The outcome of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowPlan {
    /// A place that is not stored yet.
    Added,
    /// A stored place, perhaps changed.
    Known(Box<KnownRow>),
}

/// A row that matches a stored place.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownRow {
    /// Index of the stored place.
    pub stored: usize,
    /// The next revision; `None` if there is nothing to write.
    pub next: Option<NextRevision>,
    /// The changed fields.
    pub change: FieldChange,
    /// Whether the place was absent from the last edition.
    pub returned: bool,
}

/// The next revision of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct NextRevision {
    /// The place after the merge.
    pub place: Place,
    /// The facts of the new edition, base of the next merge.
    pub base: Facts,
}

/// The changed fields of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The fields of [`Facts`] that were updated from the list, by their names in JSON, and `verification`, `list_id`
    /// and `licence`.
    pub fields: Vec<String>,
    /// The fields that list and editor changed differently; they stay as edited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// Notes for the person who reviews the change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<ChangeNote>,
}

impl FieldChange {
    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.conflicts.is_empty()
    }
}

/// A note for the person who reviews a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeNote {
    /// The list has a new name.
    Renamed {
        /// The name in the last edition.
        from: String,
    },
    /// The list has a new address or venue.
    Moved {
        /// Address and venue in the last edition; `None` if there were none.
        from: Option<String>,
    },
    /// The list has the place again, though it was closed in the program. It stays closed.
    ClosedHere,
}

/// Plans the three-way merge of the `rows` of an edition with the `stored` places of its list.
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
    let gone = missing.iter().copied().filter(|i| open(i) || !stored[*i].absent).collect();
    EditionPlan { rows, missing, gone }
}

impl RowPlan {
    /// Whether the edition says of a place that was open, or was not stored yet, that it has ended. `row` is its row.
    pub fn closes(&self, row: &ImportedPlace, stored: &[StoredPlace<'_>]) -> bool {
        match self {
            Self::Added => row.facts.status == Status::Closed,
            Self::Known(known) => {
                let next = known.next.as_ref().is_some_and(|next| next.place.facts.status == Status::Closed);
                next && stored[known.stored].revision.place.facts.status != Status::Closed
            }
        }
    }
}

impl EditionPlan {
    /// Whether there is nothing to write at all.
    pub fn changes_nothing(&self, stored: &[StoredPlace<'_>]) -> bool {
        let same = |row: &RowPlan| matches!(row, RowPlan::Known(known) if known.next.is_none() && !known.returned);
        self.rows.iter().all(same) && self.missing.iter().all(|&i| stored[i].absent)
    }
}

/// The base of the merge. A place created in the program has none, so its own facts stand in.
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

/// The later of two confirmations: importing a list confirms nothing by itself.
fn later<'a>(stored: Option<&'a Verification>, incoming: Option<&'a Verification>) -> Option<&'a Verification> {
    match (stored, incoming) {
        (Some(old), Some(new)) if new.on <= old.on => Some(old),
        (old, new) => new.or(old),
    }
}

/// Merges sources. File, sheet and row only record where it was read; an ID or a licence that the list no longer gives
/// is kept.
fn merged_source(stored: &Source, row: &Source, ids_last: bool, fields: &mut Vec<String>) -> Source {
    let mut merged = row.clone();
    let parts = [("list_id", &stored.list_id, &mut merged.list_id), ("licence", &stored.licence, &mut merged.licence)];
    for (field, old, new) in parts {
        if new.is_none() {
            new.clone_from(old);
        }
        // A number that changes whenever a row is inserted above is not worth a revision.
        if new != old && (field != "list_id" || ids_last) {
            fields.push(field.to_owned());
        }
    }
    merged
}

fn notes(base: &Facts, incoming: &Facts, is_reported: impl Fn(&str) -> bool) -> Vec<ChangeNote> {
    let mut notes = Vec::new();
    if is_reported("name") && fold(&base.name) != fold(&incoming.name) {
        notes.push(ChangeNote::Renamed { from: base.name.clone() });
    }
    let whereabouts = |facts: &Facts| {
        let parts: Vec<&str> = [&facts.address, &facts.venue].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let (before, now) = (whereabouts(base), whereabouts(incoming));
    if (is_reported("address") || is_reported("venue")) && before.as_deref().map(fold) != now.as_deref().map(fold) {
        notes.push(ChangeNote::Moved { from: before });
    }
    notes
}

#[cfg(test)]
mod tests;
