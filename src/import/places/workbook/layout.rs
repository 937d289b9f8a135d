//! Where a sheet has which column, by the keys in its hidden row, else by its headings; and its rows. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{CellDoubt, WorkbookCell, WorkbookRow, WrittenRowId};
use crate::import::Format;
use crate::import::file::{CellSheet, MergedRange, SheetRow, is_blank};
use crate::model::Audience;
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::{WorkbookColumn, WorkbookRowId, id_key, is_reading_key};
use crate::text::formula::unguarded;

/// Rows in which keys and headings are looked for.
const LOOKED_AT: usize = 20;
/// Columns by which a row is one of keys, or of headings.
const ENOUGH: usize = 4;

/// Row as Excel shows it, and column from 0.
type CellPosition = (u32, u32);
/// Each cell that a merged cell covers, with the one whose text is shown there.
type CoveredCells = BTreeMap<CellPosition, CellPosition>;

/// Where a sheet has which column.
#[derive(Debug, Clone)]
pub(super) struct SheetLayout {
    /// Columns from 0, in the order of the sheet, each column of ours once.
    columns: Vec<(u32, WorkbookColumn)>,
    /// The headings as they stand, by which a heading among the rows is known.
    headings: BTreeSet<String>,
    /// The last row above the places.
    above: u32,
    /// The column of identities.
    pub(super) id: Option<u32>,
    /// Whether it has the hidden row of keys.
    pub(super) is_keyed: bool,
    /// Whether an identity stands in the column of identities.
    pub(super) has_row_id: bool,
    /// Who is to read it, where it is not to come home.
    pub(super) for_reading: Option<Audience>,
}

impl SheetLayout {
    /// The layout of `sheet`; `None` if it has neither keys nor headings of ours.
    pub(super) fn of(sheet: &CellSheet) -> Option<Self> {
        let first: Vec<&SheetRow> = sheet.rows.iter().take(LOOKED_AT).collect();
        let keyed = first.iter().position(|row| keys(row).len() >= ENOUGH && has_id(&keys(row), row));
        let heading = first.iter().position(|row| headings(row).len() >= ENOUGH);
        let mut layout = match keyed {
            Some(at) => Self::of_keys(first[at], first.get(at + 1).copied()),
            None => Self::of_headings(first[heading?]),
        };
        layout.id = layout.columns.iter().find(|(_, it)| *it == WorkbookColumn::ID).map(|(column, _)| *column);
        layout.has_row_id = layout.id.is_some_and(|id| sheet.rows.iter().any(|row| is_row_id(row.cell(id))));
        layout.columns.retain(|(_, it)| *it != WorkbookColumn::ID);
        // Headings alone may be another list's; those of the sheet of options are among ours.
        (layout.is_keyed || layout.id.is_some()).then_some(layout)
    }

    /// By the keys, and by `below` for columns that were added beside them.
    fn of_keys(row: &SheetRow, below: Option<&SheetRow>) -> Self {
        let reading = [Audience::LinkWorkers, Audience::Public];
        let for_reading = reading.into_iter().find(|it| row.cells.iter().any(|(_, text)| text.trim() == id_key(*it)));
        let mut columns = once_each(keys(row));
        // The heading stands below, unless it was deleted.
        let is_place = |row: &&SheetRow| row.cells.iter().any(|(_, text)| is_row_id(text));
        let heading = below.filter(|row| !is_place(row) && !is_new_place(row, &columns));
        let keyed: BTreeSet<u32> = row.cells.iter().map(|(column, _)| *column).collect();
        let added = heading.into_iter().flat_map(|row| &row.cells).filter(|(column, _)| !keyed.contains(column));
        for (column, text) in added {
            let named = named_column(text).filter(|it| columns.iter().all(|(_, known)| known != it));
            let extra = || WorkbookColumn::Extra(text.trim().to_owned());
            columns.push((*column, named.unwrap_or_else(extra)));
        }
        Self {
            columns: once_each(columns),
            headings: heading.map(texts).unwrap_or_default(),
            above: heading.map_or(row.number, |heading| heading.number),
            id: None,
            is_keyed: true,
            has_row_id: false,
            for_reading,
        }
    }

    /// By the headings alone; what none of ours is called is kept for the staff.
    fn of_headings(row: &SheetRow) -> Self {
        let column = |(number, text): &(u32, String)| {
            let extra = || WorkbookColumn::Extra(text.trim().to_owned());
            (*number, named_column(text).unwrap_or_else(extra))
        };
        Self {
            columns: once_each(row.cells.iter().map(column).collect()),
            headings: texts(row),
            above: row.number,
            id: None,
            is_keyed: false,
            has_row_id: false,
            for_reading: None,
        }
    }

    /// The same layout for a sheet to which rows were moved without their heading; `None` if no identity of ours stands there.
    pub(super) fn of_pasted_rows(&self, sheet: &CellSheet) -> Option<Self> {
        let id = self.id?;
        sheet.rows.iter().any(|row| is_row_id(row.cell(id))).then(|| Self { above: 0, ..self.clone() })
    }

    /// The rows of `sheet` below the heading. `named` stands in the addresses of cells.
    pub(super) fn rows(&self, sheet: &CellSheet, named: Option<&str>, format: Format) -> Vec<WorkbookRow> {
        let covered = covered_cells(&sheet.merges);
        let doubts = doubts(sheet);
        let moved_to: Option<Arc<str>> = named.map(Arc::from);
        let is_text = matches!(format, Format::Csv | Format::Tsv);
        let places = sheet.rows.iter().filter(|row| row.number > self.above && !self.is_heading(row));
        let rows = places.map(|row| {
            let cell = |column: u32| cell_of((sheet, row), column, (&covered, &doubts), is_text);
            let cells = self.columns.iter().map(|(column, of)| {
                let (text, doubt) = cell(*column);
                (of.clone(), WorkbookCell { column: *column, text, doubt })
            });
            WorkbookRow {
                row: row.number,
                moved_to: moved_to.clone(),
                id: self.id.map_or(WrittenRowId::Blank, |id| row_id(&cell(id).0)),
                cells: cells.collect(),
            }
        });
        rows.filter(|row| row.id != WrittenRowId::Blank || row.cells.values().any(|cell| !cell.text.is_empty()))
            .collect()
    }

    /// Whether a row is the heading, or the keys, sorted among the places.
    fn is_heading(&self, row: &SheetRow) -> bool {
        let same = row.cells.iter().filter(|(_, text)| self.headings.contains(text.trim())).count();
        let is_keys = keys(row).len() >= ENOUGH && has_id(&keys(row), row);
        is_keys || same >= ENOUGH && same * 2 > row.cells.len()
    }
}

/// The columns of which the keys stand in `row`.
fn keys(row: &SheetRow) -> Vec<(u32, WorkbookColumn)> {
    let key = |(column, text): &(u32, String)| Some((*column, WorkbookColumn::of_key(text.trim())?));
    row.cells.iter().filter_map(key).collect()
}

/// Whether the key of identities is among `keys`, or stands in `row` in the form for reading.
fn has_id(keys: &[(u32, WorkbookColumn)], row: &SheetRow) -> bool {
    let is_id = |(_, column): &(u32, WorkbookColumn)| *column == WorkbookColumn::ID;
    keys.iter().any(is_id) || row.cells.iter().any(|(_, text)| is_reading_key(text.trim())) || keys.len() > 2 * ENOUGH
}

/// The columns whose headings, as we write them, stand in `row`.
fn headings(row: &SheetRow) -> Vec<WorkbookColumn> {
    row.cells.iter().filter_map(|(_, text)| named_column(text)).collect()
}

fn named_column(heading: &str) -> Option<WorkbookColumn> {
    let column = PlaceColumn::of_heading(heading.trim())?;
    WorkbookColumn::of_key(column.key())
}

/// Whether `row`, right below the keys, is a new place and no heading: its name, where it has one, is not followed by headings.
fn is_new_place(row: &SheetRow, columns: &[(u32, WorkbookColumn)]) -> bool {
    let id = columns.iter().find(|(_, it)| *it == WorkbookColumn::ID).map(|(column, _)| *column);
    let id_is_blank = id.is_none_or(|id| row.cell(id).is_empty());
    id_is_blank && headings(row).len() < ENOUGH && row.cells.len() * 2 < columns.len()
}

fn once_each(columns: Vec<(u32, WorkbookColumn)>) -> Vec<(u32, WorkbookColumn)> {
    let mut seen = BTreeSet::new();
    columns.into_iter().filter(|(_, column)| seen.insert(column.clone())).collect()
}

fn texts(row: &SheetRow) -> BTreeSet<String> {
    row.cells.iter().map(|(_, text)| text.trim().to_owned()).collect()
}

fn is_row_id(text: &str) -> bool {
    text.parse::<WorkbookRowId>().is_ok()
}

fn row_id(text: &str) -> WrittenRowId {
    match text.parse() {
        Ok(id) => WrittenRowId::Known(id),
        Err(_) if is_blank(text) => WrittenRowId::Blank,
        Err(_) => WrittenRowId::Mistyped(text.to_owned()),
    }
}

/// Text and doubt of a cell. One that is covered by a merged cell has the text of that.
fn cell_of(
    (sheet, row): (&CellSheet, &SheetRow),
    column: u32,
    (covered, doubts): (&CoveredCells, &HashMap<CellPosition, CellDoubt>),
    is_text: bool,
) -> (String, Option<CellDoubt>) {
    let at = (row.number, column);
    if let Some((top, left)) = covered.get(&at) {
        let found = sheet.rows.binary_search_by_key(top, |row| row.number).ok();
        let text = found.map_or("", |found| sheet.rows[found].cell(*left));
        return (text.to_owned(), Some(CellDoubt::Merged));
    }
    let text = row.cell(column);
    let text = if is_text { unguarded(text) } else { text };
    (text.trim().to_owned(), doubts.get(&at).copied())
}

/// Most cells of which it is noted that a merged cell covers them.
const MOST_COVERED: usize = 1_000_000;

/// Each cell that a merged cell covers, with the one whose text is shown there.
fn covered_cells(merges: &[MergedRange]) -> CoveredCells {
    let cells = merges.iter().flat_map(|range| {
        let first = (range.top, range.left);
        let rows =
            (range.top..=range.bottom).flat_map(move |row| (range.left..=range.right).map(move |column| (row, column)));
        rows.filter(move |cell| *cell != first).map(move |cell| (cell, first))
    });
    cells.take(MOST_COVERED).collect()
}

fn doubts(sheet: &CellSheet) -> HashMap<(u32, u32), CellDoubt> {
    let flaws = sheet.flaws.iter().filter_map(|flaw| Some(((flaw.row, flaw.column?), CellDoubt::of_flaw(flaw.kind)?)));
    let struck = sheet.marks.struck.iter().filter(|cell| cell.is_whole);
    flaws.chain(struck.map(|cell| ((cell.row, cell.column), CellDoubt::Struck))).collect()
}
