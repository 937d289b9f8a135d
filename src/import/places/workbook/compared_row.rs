//! Compares the cells of a row three ways: as they went out, as they are now, as they are stored. This module does no I/O.

use std::collections::BTreeSet;

use super::cell_value::EditedTexts;
use super::column_groups::ColumnGroup;
use super::outcome::{CellChange, WhyUndecided};
use super::same_text::is_same;
use super::{CellDoubt, WorkbookRow};
use crate::import::ImportContext;
use crate::model::Place;
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::{RecordedRow, WorkbookColumn, WorkbookNames, cell_text};

/// A row compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ComparedRow {
    /// The texts of cells that were edited here alone.
    pub(super) edits: EditedTexts,
    /// Every edited cell that is decided, those in conflict too.
    pub(super) cells: Vec<CellChange>,
    /// The texts of cells that were edited here and in the program.
    pub(super) conflicts: EditedTexts,
    /// Columns of which somebody has to decide.
    pub(super) undecided: Vec<(WorkbookColumn, WhyUndecided)>,
}

/// Compares `row` with `base`, the revision that went out, and with `current`.
pub(super) fn compare(
    row: &WorkbookRow,
    (base, current): (&Place, &Place),
    recorded: Option<&RecordedRow>,
    known: ImportContext<'_>,
) -> ComparedRow {
    let names = WorkbookNames { categories: known.categories, districts: known.districts };
    let mut compared = ComparedRow::default();
    for (column, cell) in &row.cells {
        let before = cell_text(base, column, names);
        let was = recorded.and_then(|recorded| recorded_text(recorded, column)).unwrap_or(&before);
        let is_unreadable = cell.doubt == Some(CellDoubt::Formula);
        if is_same(was, &cell.text) && !is_unreadable {
            continue;
        }
        let stored = cell_text(current, column, names);
        if is_same(&stored, &cell.text) && !is_unreadable {
            continue;
        }
        if let Some(doubt) = cell.doubt {
            compared.undecided.push((column.clone(), why(doubt)));
            continue;
        }
        if before == stored {
            compared.edits.insert(column.clone(), cell.text.clone());
        } else {
            compared.conflicts.insert(column.clone(), cell.text.clone());
        }
        compared.cells.push(CellChange {
            field: column.key().into_owned(),
            cell: row.address(cell),
            was: was.to_owned(),
            now: cell.text.clone(),
            stored: stored.into_owned(),
        });
    }
    compared.join_conflicts();
    compared
}

/// The text that went out under a column, where it does not follow from the revision alone.
fn recorded_text<'a>(recorded: &'a RecordedRow, column: &WorkbookColumn) -> Option<&'a str> {
    match column {
        WorkbookColumn::Place(PlaceColumn::Category) => Some(&recorded.category),
        WorkbookColumn::Place(PlaceColumn::District) => Some(&recorded.district),
        _ => None,
    }
}

fn why(doubt: CellDoubt) -> WhyUndecided {
    match doubt {
        CellDoubt::Merged => WhyUndecided::Merged,
        CellDoubt::Formula => WhyUndecided::Formula,
        CellDoubt::Struck => WhyUndecided::Struck,
    }
}

impl ComparedRow {
    /// Columns that are one statement are in conflict together.
    fn join_conflicts(&mut self) {
        let in_conflict: Vec<ColumnGroup> = self.conflicts.keys().map(ColumnGroup::of).collect();
        let edits = std::mem::take(&mut self.edits).into_iter();
        let (joined, edits) = edits.partition(|(column, _)| in_conflict.contains(&ColumnGroup::of(column)));
        self.edits = edits;
        self.conflicts.extend::<EditedTexts>(joined);
    }

    /// The columns whose cells were emptied.
    pub(super) fn emptied(&self) -> impl Iterator<Item = WorkbookColumn> {
        self.edits.iter().filter(|(_, text)| text.is_empty()).map(|(column, _)| column.clone())
    }

    /// Takes `column` out of the edits until somebody has decided.
    pub(super) fn hold(&mut self, column: &WorkbookColumn, why: WhyUndecided) {
        if self.edits.remove(column).is_some() {
            self.cells.retain(|cell| cell.field != column.key());
            self.undecided.push((column.clone(), why));
        }
    }

    /// Forgets edits that mean what is stored: 〇 for ○. `has_effect` says whether texts of one group do anything.
    pub(super) fn forget_without_effect(&mut self, has_effect: impl Fn(&EditedTexts) -> bool) {
        for texts in [&mut self.edits, &mut self.conflicts] {
            let groups: BTreeSet<ColumnGroup> = texts.keys().map(ColumnGroup::of).collect();
            for group in groups {
                let of_group = |column: &WorkbookColumn| ColumnGroup::of(column) == group;
                let together = texts.iter().filter(|(column, _)| of_group(column));
                if has_effect(&together.map(|(column, text)| (column.clone(), text.clone())).collect()) {
                    continue;
                }
                self.cells.retain(|cell| WorkbookColumn::of_key(&cell.field).is_none_or(|column| !of_group(&column)));
                texts.retain(|column, _| !of_group(column));
            }
        }
    }
}
