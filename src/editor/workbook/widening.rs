//! Edits that widen who sees something: held back unless that was said. This module does no I/O.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::choice::PublishedEdits;
use crate::editor::visibility::VisibilityBefore;
use crate::import::ImportContext;
use crate::import::places::workbook::plan::{EditedPlace, PlaceEdit};
use crate::index::{LastBuild, SnapshotInput};
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::WorkbookColumn;
use crate::model::{PlaceId, Revision};

/// How often edits are held back until nothing is widened: by what decides who sees a place, then whole rows.
const ROUNDS: usize = 3;

/// A row that widens who sees something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WidenedRow {
    /// The place.
    pub id: PlaceId,
    /// The row as Excel shows it.
    pub row: u32,
    /// What widens it.
    pub why: WhyWidened,
}

/// What widens who sees something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyWidened {
    /// Who may see the place.
    Audience,
    /// The consent to be listed.
    Consent,
    /// The category: of persons, or not.
    Category,
    /// The person in charge, or the person's number.
    Person,
    /// Something else on which it depends that a text is hidden.
    Text,
}

impl WhyWidened {
    /// Its name in JSON, and the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Consent => "consent",
            Self::Category => "category",
            Self::Person => "person",
            Self::Text => "text",
        }
    }

    /// What of an edit is likeliest to widen something.
    fn of(edit: &PlaceEdit) -> Self {
        let columns = [
            (PlaceColumn::Audience, Self::Audience),
            (PlaceColumn::ConsentGiven, Self::Consent),
            (PlaceColumn::ConsentUntil, Self::Consent),
            (PlaceColumn::ConsentState, Self::Consent),
            (PlaceColumn::Category, Self::Category),
            (PlaceColumn::PublicPerson, Self::Person),
            (PlaceColumn::Person, Self::Person),
            (PlaceColumn::PersonPhone, Self::Person),
        ];
        let edited = |(column, _): &(PlaceColumn, Self)| edit.edits_column(&WorkbookColumn::Place(*column));
        columns.into_iter().find(edited).map_or(Self::Text, |(_, why)| why)
    }
}

/// Edits without what widens who sees something, and what that is.
pub(super) struct HeldBack {
    pub(super) edits: Vec<PlaceEdit>,
    pub(super) widened: Vec<WidenedRow>,
}

/// Finds the edits that widen who sees something and, unless they are to be published, holds them back.
pub(super) fn held_back(
    (input, last): (SnapshotInput, Option<Arc<LastBuild>>),
    mut edits: Vec<PlaceEdit>,
    revisions: &HashMap<PlaceId, Revision>,
    (published, known): (&PublishedEdits, ImportContext<'_>),
) -> HeldBack {
    let mut before = VisibilityBefore::of(input, last);
    let mut widened: BTreeMap<(u32, PlaceId), WhyWidened> = BTreeMap::new();
    for round in 0..ROUNDS {
        let found = before.widened_by(edits.iter().map(|edit| (&edit.place, &edit.next.facts)));
        let is_of_other = |edits: &[PlaceEdit]| found.iter().any(|id| edits.iter().all(|edit| edit.place != *id));
        // A name that is gone from its row hides nothing in others any more.
        let others = is_of_other(&edits);
        let is_meant =
            |edit: &PlaceEdit| found.contains(&edit.place) || others && WhyWidened::of(edit) == WhyWidened::Person;
        for edit in edits.iter().filter(|edit| is_meant(edit)) {
            widened.entry((edit.row, edit.place.clone())).or_insert_with(|| WhyWidened::of(edit));
        }
        let is_held = |edit: &PlaceEdit| is_meant(edit) && !published.holds(&edit.place);
        if !edits.iter().any(is_held) {
            break;
        }
        edits = edits
            .into_iter()
            .map(|edit| {
                if !is_held(&edit) {
                    return edit;
                }
                let is_all = round > 0 || !edit.decides_who_sees();
                let current = EditedPlace::of(&revisions[&edit.place].place);
                edit.held_back(&current, is_all, known)
            })
            .collect();
    }
    let widened = widened.into_iter().map(|((row, id), why)| WidenedRow { id, row, why }).collect();
    HeldBack { edits, widened }
}
