//! Which row is which place: copied rows, removed ones, identities that are none. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::outcome::{GoneRow, StoredPlaces, UndecidedRow, WhyUndecided};
use super::{CellDoubt, PlaceWorkbook, WorkbookRow, WrittenRowId};
use crate::import::ProblemKind;
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::{WorkbookColumn, WorkbookRowId};
use crate::model::{Place, PlaceId};
use crate::text::{edit_distance, fold};

/// Characters by which a mistyped identity may differ from the one that went out.
const SLIPS: usize = 2;
/// Mistyped identities times missing places that are compared.
const MOST_COMPARED: usize = 100_000;
/// Characters of an identity of a place.
const PLACE_LENGTH: usize = 10;

/// A row and the place that it is of.
#[derive(Debug, Clone)]
pub(super) struct IdentifiedRow<'a> {
    /// The identity that it names.
    pub(super) id: WorkbookRowId,
    /// The row.
    pub(super) row: &'a WorkbookRow,
}

/// A row of a new place.
#[derive(Debug, Clone)]
pub(super) struct NewRow<'a> {
    /// The row.
    pub(super) row: &'a WorkbookRow,
    /// The identity that it was copied from.
    pub(super) copied_from: Option<WorkbookRowId>,
}

/// The rows of a workbook, sorted by what they are.
#[derive(Debug, Default)]
pub(super) struct RowSorting<'a> {
    /// Rows of stored places, each place once, in the order of the file.
    pub(super) rows: Vec<IdentifiedRow<'a>>,
    /// Rows of new places, in the order of the file.
    pub(super) new: Vec<NewRow<'a>>,
    /// Places of which the row was removed, by identity.
    pub(super) gone: Vec<GoneRow>,
    /// Rows that cannot be used.
    pub(super) rejected: Vec<(u32, ProblemKind)>,
    /// Rows of which somebody has to decide.
    pub(super) undecided: Vec<UndecidedRow>,
}

impl<'a> RowSorting<'a> {
    /// Sorts the rows of `workbook`.
    pub(super) fn of(workbook: &'a PlaceWorkbook, stored: StoredPlaces<'_>) -> Self {
        let is_own = workbook.record.as_ref().is_none_or(|record| record.database == stored.database);
        let mut sorting = Self::default();
        let mut by_place: BTreeMap<&PlaceId, Vec<IdentifiedRow<'a>>> = BTreeMap::new();
        for row in &workbook.rows {
            match &row.id {
                WrittenRowId::Blank if is_own => sorting.new.push(NewRow { row, copied_from: None }),
                WrittenRowId::Blank => sorting.hold(row, None, WhyUndecided::OtherDatabase),
                WrittenRowId::Mistyped(_) => sorting.rejected.push((row.row, ProblemKind::MistypedId)),
                WrittenRowId::Known(id)
                    if is_own && stored.named.contains_key(id) && stored.current_of(&id.place).is_some() =>
                {
                    by_place.entry(&id.place).or_default().push(IdentifiedRow { id: id.clone(), row });
                }
                WrittenRowId::Known(_) => sorting.rejected.push((row.row, ProblemKind::ForeignId)),
            }
        }
        let seen: HashSet<&PlaceId> = by_place.keys().copied().collect();
        for rows in by_place.into_values() {
            sorting.sort_copies(rows, stored);
        }
        sorting.rows.sort_by_key(|it| it.row.row);
        sorting.new.sort_by_key(|it| it.row.row);
        if is_own {
            sorting.find_gone(workbook, &seen, stored);
        }
        sorting
    }

    fn hold(&mut self, row: &WorkbookRow, id: Option<PlaceId>, why: WhyUndecided) {
        self.undecided.push(UndecidedRow { id, row: row.row, why, field: None });
    }

    /// Of copied rows, the one that has the stored name is the place, and the others are new; where that is none or several, nobody
    /// can tell. A row whose name is struck out is undecided.
    fn sort_copies(&mut self, rows: Vec<IdentifiedRow<'a>>, stored: StoredPlaces<'_>) {
        let is_struck =
            |row: &WorkbookRow| row.cells.get(&name_column()).is_some_and(|it| it.doubt == Some(CellDoubt::Struck));
        let (struck, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|it| is_struck(it.row));
        for it in struck {
            self.hold(it.row, Some(it.id.place), WhyUndecided::Struck);
        }
        if rows.len() < 2 {
            self.rows.append(&mut rows);
            return;
        }
        let has_stored_name = |it: &IdentifiedRow<'_>| {
            let name = name_of(it.row);
            let current = stored.current_of(&it.id.place).into_iter().chain(stored.named.get(&it.id));
            let mut names = current.map(|revision| &revision.place.facts.name);
            names.any(|known| fold(known) == fold(name))
        };
        let (mut named, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(has_stored_name);
        if named.len() == 1 {
            self.rows.append(&mut named);
            let copies = others.into_iter().map(|it| NewRow { row: it.row, copied_from: Some(it.id) });
            self.new.extend(copies);
            return;
        }
        for it in named.into_iter().chain(others) {
            self.hold(it.row, Some(it.id.place), WhyUndecided::Copied);
        }
    }

    /// The places that went out, have no row any more and are no candidates yet. One whose row may be there under a wrong identity is
    /// none.
    fn find_gone(&mut self, workbook: &PlaceWorkbook, seen: &HashSet<&PlaceId>, stored: StoredPlaces<'_>) {
        let recorded = workbook.record.iter().flat_map(|record| &record.rows);
        let ids: BTreeSet<PlaceId> =
            recorded.filter_map(|row| Some(row.id.parse::<WorkbookRowId>().ok()?.place)).collect();
        let missing = ids.iter().filter(|id| !seen.contains(id)).filter_map(|id| stored.current.get(id));
        let missing: Vec<_> = missing.collect();
        let unidentified = Unidentified::of(workbook, missing.len());
        let mut held = HashSet::new();
        for revision in missing {
            let place = &revision.place;
            let named = unidentified.named(place);
            for row in named.iter().filter(|row| row.id == WrittenRowId::Blank) {
                held.insert(row.row);
                self.hold(row, Some(place.id.clone()), WhyUndecided::IdMissing);
            }
            if named.is_empty() && !unidentified.may_be_mistyped(place) && !stored.absent.contains(&place.id) {
                self.gone.push(GoneRow::of(revision));
            }
        }
        self.new.retain(|it| it.copied_from.is_some() || !held.contains(&it.row.row));
    }
}

/// Rows without an identity that is one: a missing place may be among them.
struct Unidentified<'a> {
    by_name: HashMap<String, Vec<&'a WorkbookRow>>,
    /// What stands for identities, as far as one of a place does.
    mistyped: Vec<String>,
    /// Whether there are too many to compare them with each place.
    is_many: bool,
}

impl<'a> Unidentified<'a> {
    fn of(workbook: &'a PlaceWorkbook, missing: usize) -> Self {
        let (mut by_name, mut mistyped): (HashMap<String, Vec<&WorkbookRow>>, Vec<String>) = Default::default();
        for row in &workbook.rows {
            match &row.id {
                WrittenRowId::Known(_) => continue,
                WrittenRowId::Blank => {}
                WrittenRowId::Mistyped(text) => {
                    mistyped.push(text.trim().to_lowercase().chars().take(PLACE_LENGTH).collect());
                }
            }
            by_name.entry(fold(name_of(row))).or_default().push(row);
        }
        let is_many = mistyped.len().saturating_mul(missing) > MOST_COMPARED;
        Self { by_name, mistyped, is_many }
    }

    /// The rows with the name of `place`.
    fn named(&self, place: &Place) -> &[&'a WorkbookRow] {
        self.by_name.get(&fold(&place.facts.name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a mistyped identity is nearly that of `place`.
    fn may_be_mistyped(&self, place: &Place) -> bool {
        self.is_many || self.mistyped.iter().any(|typed| edit_distance(typed, &place.id.0) <= SLIPS)
    }
}

/// The column of names.
pub(super) fn name_column() -> WorkbookColumn {
    WorkbookColumn::Place(PlaceColumn::Name)
}

/// The name in a row.
pub(super) fn name_of(row: &WorkbookRow) -> &str {
    row.cells.get(&name_column()).map_or("", |cell| cell.text.as_str())
}
