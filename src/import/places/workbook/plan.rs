//! What a workbook that came home changes in the stored places. This module does no I/O.
//!
//! Nothing is ever deleted: a row that was removed makes its place a candidate for an end (終了候補). What cannot be decided is given
//! back with the reason and changes nothing.

use std::collections::{BTreeSet, HashMap};

pub use super::added_row::AddedPlace;
use super::added_row::{AddedRows, added_rows};
pub use super::cell_value::EditedPlace;
use super::cell_value::EditedTexts;
use super::cell_value::apply_all;
use super::column_groups::{ColumnGroup, field_of, is_required};
use super::compared_row::{ComparedRow, compare};
pub use super::outcome::{CellChange, GoneRow, StoredPlaces, UndecidedRow, WhyUndecided};
use super::row_identity::{IdentifiedRow, RowSorting};
use super::{PlaceWorkbook, WorkbookRow};
use crate::import::{ImportContext, ProblemKind};
use crate::model::PlaceId;
use crate::model::place_workbook::{RecordedRow, WorkbookColumn};

/// Values that a column must have had for its emptying to be asked about.
const EMPTIED_COLUMN: usize = 5;

/// What a workbook changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkbookPlan {
    /// Places with an edited cell, in the order of their rows.
    pub edits: Vec<PlaceEdit>,
    /// New places, in the order of their rows.
    pub added: Vec<AddedPlace>,
    /// Rows that nobody edited, or whose edits are stored already.
    pub unchanged: u32,
    /// Places of which the row was removed, by identity.
    pub gone: Vec<GoneRow>,
    /// Rows that cannot be used.
    pub rejected: Vec<(u32, ProblemKind)>,
    /// What somebody has to decide.
    pub undecided: Vec<UndecidedRow>,
}

/// A place with an edited cell.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceEdit {
    /// The place.
    pub place: PlaceId,
    /// The row as Excel shows it.
    pub row: u32,
    /// Every edited cell, those in conflict too.
    pub cells: Vec<CellChange>,
    /// The fields of which a cell was edited here and in the program.
    pub conflicts: Vec<String>,
    /// The place with the edits.
    pub next: EditedPlace,
    /// The edited texts that are in `next`.
    edits: EditedTexts,
}

/// Compares a workbook with what is stored.
pub fn plan(workbook: &PlaceWorkbook, stored: StoredPlaces<'_>, known: ImportContext<'_>) -> WorkbookPlan {
    let recorded: HashMap<&str, &RecordedRow> =
        workbook.record.iter().flat_map(|record| &record.rows).map(|row| (row.id.as_str(), row)).collect();
    let RowSorting { rows, new, gone, rejected, undecided } = RowSorting::of(workbook, stored);
    let mut plan = WorkbookPlan { gone, rejected, undecided, ..WorkbookPlan::default() };
    let mut compared: Vec<(IdentifiedRow<'_>, ComparedRow)> = Vec::new();
    for row in rows {
        let Some(current) = stored.current_of(&row.id.place) else { continue };
        let (base, current) = (&stored.named[&row.id].place, &current.place);
        let recorded = recorded.get(row.id.to_string().as_str()).copied();
        let cells = compare(row.row, (base, current), recorded, known);
        compared.push((row, cells));
    }
    hold_emptied_columns(workbook, &mut compared);
    for (row, compared) in compared {
        plan.edit_place(&row, compared, stored, known);
    }
    let AddedRows { added, unchanged, rejected, undecided } = added_rows((workbook, &new), stored, known);
    plan.added = added;
    plan.unchanged += unchanged;
    plan.rejected.extend(rejected);
    plan.undecided.extend(undecided);
    plan.undecided.sort_by_key(|it| it.row);
    plan.rejected.sort_unstable();
    plan
}

/// Takes edits that empty a whole column, of which there were several values, out of the edits: somebody decides.
fn hold_emptied_columns(workbook: &PlaceWorkbook, compared: &mut [(IdentifiedRow<'_>, ComparedRow)]) {
    let columns: BTreeSet<WorkbookColumn> = workbook.rows.iter().flat_map(|row| row.cells.keys()).cloned().collect();
    for column in columns {
        let text = |row: &WorkbookRow| row.cells.get(&column).map_or("", |cell| cell.text.as_str()).to_owned();
        let emptied = |compared: &ComparedRow| compared.edits.get(&column).is_some_and(String::is_empty);
        let count = compared.iter().filter(|(_, it)| emptied(it)).count();
        if count < EMPTIED_COLUMN || workbook.rows.iter().any(|row| !text(row).is_empty()) {
            continue;
        }
        for (_, compared) in compared.iter_mut().filter(|(_, it)| emptied(it)) {
            compared.hold(&column, WhyUndecided::ColumnEmptied);
        }
    }
}

impl WorkbookPlan {
    fn edit_place(
        &mut self,
        row: &IdentifiedRow<'_>,
        mut compared: ComparedRow,
        stored: StoredPlaces<'_>,
        known: ImportContext<'_>,
    ) {
        let Some(current) = stored.current_of(&row.id.place) else { return };
        let (id, place) = (&current.place.id, EditedPlace::of(&current.place));
        for column in compared.emptied().filter(is_required).collect::<Vec<_>>() {
            compared.hold(&column, WhyUndecided::CannotBeEmpty);
        }
        let (_, refused) = apply_all(&place, &compared.edits, known);
        for (column, why) in refused {
            compared.hold(&column, why);
        }
        // A conflict that is not understood is one nevertheless.
        compared.forget_without_effect(|texts| {
            let (next, refused) = apply_all(&place, texts, known);
            next != place || !refused.is_empty()
        });
        let undecided = compared.undecided.iter().map(|(column, why)| UndecidedRow {
            id: Some(id.clone()),
            row: row.row.row,
            why: *why,
            field: Some(column.key().into_owned()),
        });
        let before = self.undecided.len();
        self.undecided.extend(undecided);
        if compared.cells.is_empty() {
            self.unchanged += u32::from(self.undecided.len() == before);
            return;
        }
        if self.edits.iter().any(|edit| edit.place == *id) {
            // The row of a place that was merged into this one, which has a row of its own.
            self.undecided.push(UndecidedRow {
                id: Some(id.clone()),
                row: row.row.row,
                why: WhyUndecided::Copied,
                field: None,
            });
            return;
        }
        let ComparedRow { edits, cells, conflicts, .. } = compared;
        let (next, _) = apply_all(&place, &edits, known);
        let conflicts: BTreeSet<&str> = conflicts.keys().map(field_of).collect();
        self.edits.push(PlaceEdit {
            place: id.clone(),
            row: row.row.row,
            cells,
            conflicts: conflicts.into_iter().map(str::to_owned).collect(),
            next,
            edits,
        });
    }
}

impl PlaceEdit {
    /// The fields in which the place will differ from `current`, as reports name them.
    pub fn fields(&self, current: &EditedPlace) -> Vec<String> {
        let object = |place: &EditedPlace| serde_json::to_value(&place.facts).unwrap_or_default();
        let (before, after) = (object(current), object(&self.next));
        let keys = |value: &serde_json::Value| -> BTreeSet<String> {
            value.as_object().into_iter().flat_map(|fields| fields.keys().cloned()).collect()
        };
        let all = keys(&before).union(&keys(&after)).cloned().collect::<Vec<_>>();
        let changed = all.into_iter().filter(|key| before.get(key) != after.get(key));
        let confirmed = (current.verification != self.next.verification).then(|| "verification".to_owned());
        changed.chain(confirmed).collect()
    }

    /// Whether a cell was edited that decides who may see the place, or what of it.
    pub fn decides_who_sees(&self) -> bool {
        self.edits.keys().any(|column| ColumnGroup::of(column).decides_who_sees())
    }

    /// Whether `column` is among the edits that will be stored.
    pub fn edits_column(&self, column: &WorkbookColumn) -> bool {
        self.edits.contains_key(column)
    }

    /// The same edit of `current` without the cells that decide who may see it; without any, if `is_all`.
    #[must_use]
    pub fn held_back(self, current: &EditedPlace, is_all: bool, known: ImportContext<'_>) -> Self {
        let is_kept = |column: &WorkbookColumn| !is_all && !ColumnGroup::of(column).decides_who_sees();
        let edits = self.edits.into_iter().filter(|(column, _)| is_kept(column)).collect();
        let (next, _) = apply_all(current, &edits, known);
        Self { next, edits, ..self }
    }
}
