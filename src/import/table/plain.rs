//! Plain tables whose headings nobody knows, or that have none: rows and columns whose contents tell what they are.
//!
//! Only where a column can be a name and another is unmistakable (addresses, telephones, coordinates, times): prose with
//! commas and tables of numbers are no lists of places. This module does no I/O.

use std::collections::BTreeSet;
use std::ops::Range;

use super::column_letters::{COLUMNS, unnamed};
use super::placeholders;
use crate::import::columns::{CellKind, ColumnProfile, Field, HeadingTable, kind_of};
use crate::import::file::{CellSheet, SheetRow};

/// Rows at the top among which a plain heading is searched.
const TOP_ROWS: usize = 12;
/// Rows that tell what the columns are.
const SAMPLE_ROWS: usize = 200;
/// Rows that a table without a known heading must have.
const ENOUGH_ROWS: usize = 3;
/// Percent of cells of a kind that make a column unmistakable.
const UNMISTAKABLE: u32 = 70;

/// Kinds of cells that no prose and no table of numbers has throughout a column.
const KINDS: [CellKind; 11] = [
    CellKind::Lat,
    CellKind::Lon,
    CellKind::LonLat,
    CellKind::Phone,
    CellKind::Mobile,
    CellKind::Email,
    CellKind::Url,
    CellKind::Address,
    CellKind::Time,
    CellKind::When,
    CellKind::Weekday,
];

/// The index of the row that is the heading of a plain table, known by nothing but its place above such columns.
pub(super) fn heading_row(sheet: &CellSheet, columns: &HeadingTable) -> Option<usize> {
    (0..sheet.rows.len().min(TOP_ROWS)).find(|&at| {
        let row = &sheet.rows[at];
        let below = &sheet.rows[at + 1..];
        let looks_right =
            row.cells.len() >= 2 && row.cells.iter().all(|(_, text)| could_be_a_heading(text)) && below.len() >= 2;
        looks_right && covers(row, below) && is_list(&row.cells, below, columns) && differs(row, below)
    })
}

/// Puts a heading of column letters above the rows of a plain table in a sheet without one: below its titles, with the few
/// headings that it has, and without the notes at its end.
pub(super) fn put_heading(sheet: &mut CellSheet, columns: &HeadingTable) -> bool {
    let Some((given, body)) = parts(&sheet.rows, columns).filter(|_| !sheet.headed) else { return false };
    let rows = &sheet.rows[body.clone()];
    let used: BTreeSet<u32> = rows.iter().flat_map(|row| &row.cells).map(|(column, _)| *column).collect();
    let given = given.map(|at| sheet.rows[at].clone()).unwrap_or_default();
    let name = |at: u32| Some(given.cell(at).trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    let names: Vec<(u32, String)> =
        used.into_iter().take(COLUMNS).map(|at| (at, name(at).unwrap_or_else(|| unnamed(at)))).collect();
    if !is_list(&names, rows, columns) {
        return false;
    }
    sheet.rows.truncate(body.end);
    sheet.rows.insert(body.start, SheetRow { number: 0, width: 0, cells: names });
    sheet.rows.retain(|row| row.number == 0 || row.cells != given.cells);
    sheet.headed = true;
    true
}

/// The row with the few headings that a plain table has, and its rows; `None` if most rows are not of several cells.
fn parts(rows: &[SheetRow], columns: &HeadingTable) -> Option<(Option<usize>, Range<usize>)> {
    let is_row = |row: &SheetRow| row.cells.len() >= 2;
    let first = rows.iter().take(TOP_ROWS).position(is_row)?;
    let end = 1 + rows.iter().rposition(is_row)?;
    let are_headings = |at: usize| {
        let cells = &rows[at].cells;
        !cells.is_empty() && cells.iter().all(|(_, text)| columns.field_of_words(text).is_some())
    };
    let given = [Some(first), first.checked_sub(1)].into_iter().flatten().find(|at| are_headings(*at));
    let start = if given == Some(first) { first + 1 } else { first };
    let body = rows.get(start..end)?;
    let notes_are_comments =
        rows[end..].iter().all(|row| row.cells.iter().all(|(_, text)| placeholders::is_comment(text)));
    let is_plain = body.len() >= ENOUGH_ROWS && body.iter().all(is_row) && notes_are_comments;
    is_plain.then_some((given, start..end))
}

/// Whether `text` could be a heading, a code among them (`AA0001`).
fn could_be_a_heading(text: &str) -> bool {
    let kind = kind_of(text.trim());
    let is_data = matches!(kind, CellKind::Number | CellKind::Date | CellKind::Postal | CellKind::Sentence);
    text.chars().count() <= 30 && !is_data && !KINDS.contains(&kind)
}

/// Whether the columns of `row` are the columns of the rows below it.
fn covers(row: &SheetRow, below: &[SheetRow]) -> bool {
    let rows = below.iter().take(SAMPLE_ROWS);
    let (mut cells, mut covered) = (0, 0);
    for (column, _) in rows.flat_map(|row| &row.cells) {
        cells += 1;
        covered += usize::from(!row.cell(*column).is_empty());
    }
    covered * 10 >= cells * 8 && cells > 0
}

/// Whether the columns called `names` hold a list of places in `rows`.
fn is_list(names: &[(u32, String)], rows: &[SheetRow], columns: &HeadingTable) -> bool {
    let profiles: Vec<ColumnProfile> = names.iter().map(|(column, _)| profile(*column, rows)).collect();
    let headings: Vec<String> = names.iter().map(|(_, name)| name.clone()).collect();
    let is_sure = |profile: &ColumnProfile| {
        profile.filled >= 2 && KINDS.iter().any(|kind| profile.percent(&[*kind]) >= UNMISTAKABLE)
    };
    let plan = columns.plan(&headings, &profiles);
    plan.fields().iter().flatten().any(|field| Field::is_name(*field)) && profiles.iter().any(is_sure)
}

/// Whether some cell of `row` is of another kind than the unmistakable column below it, so that `row` is a heading.
fn differs(row: &SheetRow, below: &[SheetRow]) -> bool {
    let is_other = |(column, text): &(u32, String)| {
        let below = profile(*column, below);
        let own = ColumnProfile::of(std::iter::once(text.as_str()));
        KINDS.iter().any(|kind| below.percent(&[*kind]) >= UNMISTAKABLE && own.percent(&[*kind]) == 0)
    };
    row.cells.iter().any(is_other)
}

fn profile(column: u32, rows: &[SheetRow]) -> ColumnProfile {
    ColumnProfile::of(rows.iter().take(SAMPLE_ROWS).map(|row| row.cell(column)))
}
