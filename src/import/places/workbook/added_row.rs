//! Rows of new places: without an identity, or copied. This module does no I/O.

use std::collections::HashMap;

use super::cell_value::{EditedPlace, EditedTexts, apply_all};
use super::compared_row::{ComparedRow, compare};
use super::outcome::{StoredPlaces, UndecidedRow, WhyUndecided};
use super::row_identity::{NewRow, name_column, name_of};
use super::{PlaceWorkbook, WrittenRowId};
use crate::import::places::list_checks;
use crate::import::{ImportContext, ProblemKind};
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::WorkbookColumn;
use crate::model::{Audience, Facts, Place, PlaceId};
use crate::text::fold;

/// A new place.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedPlace {
    /// The row as Excel shows it.
    pub row: u32,
    /// What the row says of it.
    pub place: EditedPlace,
}

/// What becomes of rows of new places.
#[derive(Debug, Default)]
pub(super) struct AddedRows {
    /// The new places, in the order of their rows.
    pub(super) added: Vec<AddedPlace>,
    /// Rows of places that are stored already, as they stand.
    pub(super) unchanged: u32,
    /// Rows that cannot be used.
    pub(super) rejected: Vec<(u32, ProblemKind)>,
    /// Rows and cells of which somebody has to decide.
    pub(super) undecided: Vec<UndecidedRow>,
}

/// Reads the places of `new` rows. One that is stored already, because the workbook comes home a second time, is none.
pub(super) fn added_rows(
    (workbook, new): (&PlaceWorkbook, &[NewRow<'_>]),
    stored: StoredPlaces<'_>,
    known: ImportContext<'_>,
) -> AddedRows {
    let mut rows = AddedRows::default();
    let mut alike: HashMap<(String, String), Vec<&Place>> = HashMap::new();
    for revision in stored.current.values() {
        alike.entry(key(&revision.place.facts)).or_default().push(&revision.place);
    }
    for it in new {
        if name_of(it.row).is_empty() {
            rows.rejected.push((it.row.row, ProblemKind::MissingName));
            continue;
        }
        let (place, unread) = new_place(it, stored, known);
        let found = alike.get(&key(&place.facts)).map(Vec::as_slice).unwrap_or_default();
        if found.iter().any(|there| there.facts == place.facts && !has_row(workbook, &there.id)) {
            rows.unchanged += 1;
        } else if let Some(there) =
            found.iter().find(|there| there.facts == place.facts || !has_row(workbook, &there.id))
        {
            let (id, why) = (Some(there.id.clone()), WhyUndecided::AlreadyThere);
            rows.undecided.push(UndecidedRow { id, row: it.row.row, why, field: None });
        } else {
            rows.undecided.extend(unread.into_iter().map(|(column, why)| UndecidedRow {
                id: None,
                row: it.row.row,
                why,
                field: Some(column.key().into_owned()),
            }));
            rows.added.push(AddedPlace { row: it.row.row, place });
        }
    }
    rows
}

/// What makes two places likely the same.
fn key(facts: &Facts) -> (String, String) {
    (fold(&facts.name), facts.address.as_deref().map(fold).unwrap_or_default())
}

/// Whether a row of the workbook is of the place.
fn has_row(workbook: &PlaceWorkbook, id: &PlaceId) -> bool {
    workbook.rows.iter().any(|row| matches!(&row.id, WrittenRowId::Known(known) if known.place == *id))
}

/// The place of a new row, and the cells that are not understood, of which the text is kept for the staff.
fn new_place(
    row: &NewRow<'_>,
    stored: StoredPlaces<'_>,
    known: ImportContext<'_>,
) -> (EditedPlace, Vec<(WorkbookColumn, WhyUndecided)>) {
    let (start, edits, mut unread) =
        if let Some(original) = row.copied_from.as_ref().and_then(|id| stored.named.get(id)) {
            let original = &original.place;
            let ComparedRow { edits, undecided, .. } = compare(row.row, (original, original), None, known);
            // Another place has not been confirmed, and nobody has consented to it.
            let facts = Facts { consent: None, ..original.facts.clone() };
            (EditedPlace { facts, verification: None }, edits, undecided)
        } else {
            let is_filled = |text: &String| !text.is_empty();
            let texts = row.row.cells.iter().map(|(column, cell)| (column.clone(), cell.text.clone()));
            let edits: EditedTexts = texts.filter(|(_, text)| is_filled(text)).collect();
            let category = known.categories.all().last().map(|it| it.id.clone()).unwrap_or_default();
            // Who may see it must be said.
            let facts = Facts { category, audience: Audience::Staff, ..Facts::default() };
            (EditedPlace { facts, verification: None }, edits, Vec::new())
        };
    let (mut place, refused) = apply_all(&start, &edits, known);
    for (column, why) in refused {
        let text = edits.get(&column).filter(|text| !text.is_empty()).cloned();
        place.facts.extra.extend(text.map(|text| (column.heading().to_owned(), text)));
        if column == WorkbookColumn::Place(PlaceColumn::Audience) {
            place.facts.audience = Audience::Staff;
        }
        unread.push((column, why));
    }
    if let (None, Some(gazetteer)) = (place.facts.site, known.gazetteer) {
        list_checks::locate(&mut place.facts, gazetteer, known.districts);
    }
    debug_assert!(edits.get(&name_column()).is_none_or(|name| !name.is_empty()), "rows without a name were rejected");
    (place, unread)
}
