//! Where the heading of a population table stands, in one to five rows, and what its columns are.
//!
//! e-Stat writes codes (`T001141019`) above words, cities write 男 and 女 below 総数: the words of a column are joined from top to
//! bottom, and what stands over several columns holds for all of them. This module does no I/O.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cell::PopulationCell;
use super::measure::Measure;
use super::words::{ColumnRole, WORDS, heading_key};
use crate::import::file::{CellSheet, SheetRow};

/// Rows with content at the top of a sheet that are searched for the heading.
const TOP_ROWS: usize = 60;
/// Rows that a heading may have above and below the one with the area's name.
const MORE_ROWS: usize = 2;

/// The kinds of tables that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PopulationFormat {
    /// By 町丁字, in the form that the government recommends to cities.
    Municipal,
    /// By district.
    District,
    /// By grid square.
    Mesh,
    /// e-Stat's 小地域.
    SmallArea,
}

/// The heading of a sheet.
#[derive(Debug)]
pub(super) struct TableLayout {
    pub(super) format: PopulationFormat,
    /// The last row of the heading as Excel displays it.
    pub(super) heading_row: u32,
    /// The index of the first row below the heading.
    pub(super) body: usize,
    /// The tables beside each other; usually one.
    pub(super) blocks: Vec<PopulationColumns>,
    /// Whether rows that begin with `#` are no data (LinkData's form).
    pub(super) is_linkdata: bool,
}

/// The columns of one table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PopulationColumns {
    roles: BTreeMap<ColumnRole, Vec<u32>>,
    pub(super) measures: BTreeMap<Measure, u32>,
    /// The headings of the columns of names, to find them again further down.
    pub(super) name_headings: Vec<String>,
}

impl PopulationColumns {
    /// The columns of a role.
    pub(super) fn of(&self, role: ColumnRole) -> &[u32] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Whether a column is known to be something.
    pub(super) fn uses(&self, column: u32) -> bool {
        self.roles.values().flatten().chain(self.measures.values()).any(|known| *known == column)
    }

    fn has(&self, role: ColumnRole) -> bool {
        self.roles.contains_key(&role)
    }

    fn format(&self) -> PopulationFormat {
        if self.has(ColumnRole::MeshCode) || (self.has(ColumnRole::KeyCode) && !self.has(ColumnRole::Hyosyo)) {
            PopulationFormat::Mesh
        } else if self.has(ColumnRole::KeyCode) {
            PopulationFormat::SmallArea
        } else if self.has(ColumnRole::Name) || self.has(ColumnRole::EstatName) {
            PopulationFormat::Municipal
        } else {
            PopulationFormat::District
        }
    }

    /// The roles that name the area in a table of `format`.
    pub(super) fn name_roles(format: PopulationFormat) -> &'static [ColumnRole] {
        match format {
            PopulationFormat::Municipal => &[ColumnRole::Name, ColumnRole::EstatName],
            PopulationFormat::District => &[ColumnRole::District],
            PopulationFormat::Mesh => &[ColumnRole::MeshCode, ColumnRole::KeyCode],
            PopulationFormat::SmallArea => &[ColumnRole::EstatName, ColumnRole::Name],
        }
    }
}

/// Finds the heading of `sheet`; `None` if it is no table of population.
pub(super) fn find(sheet: &CellSheet) -> Option<TableLayout> {
    let top = sheet.rows.len().min(TOP_ROWS);
    let candidates = (0..top).filter(|&at| is_row_of_areas(&sheet.rows[at])).flat_map(|at| stacks(sheet, at));
    // The most columns in the fewest rows, the topmost of equals.
    let best = candidates.max_by_key(|(rows, columns)| {
        (columns.measures.len(), std::cmp::Reverse(rows.len()), std::cmp::Reverse(rows.start))
    });
    let (rows, columns) = best.filter(|(_, columns)| !columns.measures.is_empty())?;
    let is_linkdata = sheet.rows[rows.clone()].iter().any(|row| row.cell(0).trim() == "#property");
    Some(TableLayout {
        format: columns.format(),
        heading_row: sheet.rows[rows.end - 1].number,
        body: rows.end,
        blocks: side_by_side(sheet, &rows, columns),
        is_linkdata,
    })
}

/// Whether the row has a heading of what tells areas apart.
fn is_row_of_areas(row: &SheetRow) -> bool {
    use ColumnRole::{District, EstatName, KeyCode, MeshCode, Name};
    let names = |text: &str| matches!(ColumnRole::of(text), Some(Name | District | KeyCode | MeshCode | EstatName));
    row.cells.iter().any(|(_, text)| names(text))
}

/// The headings that row `at` may be part of, with what their columns are.
fn stacks(sheet: &CellSheet, at: usize) -> Vec<(std::ops::Range<usize>, PopulationColumns)> {
    let follows = |a: usize, b: usize| sheet.rows.get(b).is_some_and(|row| row.number == sheet.rows[a].number + 1);
    let above = (1..=MORE_ROWS).take_while(|n| at >= *n && follows(at - n, at - n + 1)).count();
    let goes_on = |n: &usize| follows(at + n - 1, at + n) && continues(sheet, at, at + n);
    let below = (1..=MORE_ROWS).take_while(goes_on).count();
    let ends = (0..=above).flat_map(|above| (0..=below).map(move |below| at - above..at + below + 1));
    ends.map(|rows| (rows.clone(), columns(&sheet.rows[rows.clone()], at - rows.start, None))).collect()
}

/// Whether row `below` continues the heading at `at`: words under the numbers, nothing under the names.
fn continues(sheet: &CellSheet, at: usize, below: usize) -> bool {
    let (heading, row) = (&sheet.rows[at], &sheet.rows[below]);
    let under_name =
        |(column, text): &(u32, String)| ColumnRole::of(text).is_some() && !row.cell(*column).trim().is_empty();
    let is_number = |text: &str| matches!(PopulationCell::of(text), PopulationCell::Number(_) | PopulationCell::Dash);
    !heading.cells.iter().any(under_name) && !row.cells.iter().any(|(_, text)| is_number(text))
}

/// What the columns of a heading are, of which row `names` has the area's name; only those of `within`.
fn columns(rows: &[SheetRow], names: usize, within: Option<&std::ops::Range<u32>>) -> PopulationColumns {
    let mut found = PopulationColumns::default();
    let is_within = |column: &u32| within.is_none_or(|range| range.contains(column));
    let mut all: Vec<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column)).collect();
    all.sort_unstable();
    all.dedup();
    let role_of = |column: u32| {
        let around = [names].into_iter().chain(0..rows.len());
        around.into_iter().find_map(|row| ColumnRole::of(rows[row].cell(column)))
    };
    let roles: BTreeMap<u32, ColumnRole> = all.iter().filter_map(|&column| Some((column, role_of(column)?))).collect();
    for &column in all.iter().filter(|column| is_within(column)) {
        if let Some(role) = roles.get(&column) {
            found.roles.entry(*role).or_default().push(column);
        } else if let Some(measure) = measure_of(&words_of(rows, column, &roles)) {
            // The first of two columns of one heading: the second is last year's.
            found.measures.entry(measure).or_insert(column);
        }
    }
    let of_names = |role: &&ColumnRole| found.has(**role);
    let role = PopulationColumns::name_roles(found.format()).iter().find(of_names);
    let headings = role.into_iter().flat_map(|role| found.of(*role));
    found.name_headings = headings.map(|&column| heading_key(rows[names].cell(column))).collect();
    found
}

/// The words above a column, from top to bottom; those that stand left of it in an upper row hold for it too.
fn words_of<'r>(rows: &'r [SheetRow], column: u32, roles: &BTreeMap<u32, ColumnRole>) -> Vec<&'r str> {
    let mut words: Vec<&str> = Vec::new();
    let mut group_from = 0;
    for (at, row) in rows.iter().enumerate() {
        let own = row.cell(column).trim();
        let has_words_below = rows[at + 1..].iter().any(|row| !row.cell(column).trim().is_empty());
        let left = row.cells.iter().rev().find(|(other, text)| *other <= column && !text.trim().is_empty());
        let text = match left {
            Some((other, text)) if own.is_empty() => {
                let holds = has_words_below && *other >= group_from && !roles.contains_key(other);
                if holds { text.trim() } else { "" }
            }
            _ => own,
        };
        if let Some((other, _)) = left {
            group_from = group_from.max(*other);
        }
        if !text.is_empty() && !is_code(text) && words.last() != Some(&text) {
            words.push(text);
        }
    }
    words
}

/// Whom a column counts by its words: all of them, else the lowest, unless one above says that it is something else.
fn measure_of(words: &[&str]) -> Option<Measure> {
    let last = words.last()?;
    let whole = words.concat();
    let is_other = |word: &&str| WORDS.measures.other.iter().any(|other| heading_key(word).contains(other.as_str()));
    Measure::of(&whole).or_else(|| Measure::of(last).filter(|_| !words.iter().any(is_other)))
}

/// e-Stat's code of a column.
fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix(['T', 't']).unwrap_or_default();
    digits.len() >= 6 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Parts a heading that stands several times beside itself.
fn side_by_side(sheet: &CellSheet, rows: &std::ops::Range<usize>, whole: PopulationColumns) -> Vec<PopulationColumns> {
    let stack = &sheet.rows[rows.clone()];
    let is_name = |row: &SheetRow| is_row_of_areas(row);
    let Some(names) = stack.iter().position(is_name) else { return vec![whole] };
    let cells = &stack[names].cells;
    let first = whole.name_headings.first().cloned().unwrap_or_default();
    let starts: Vec<u32> =
        cells.iter().filter(|(_, text)| heading_key(text) == first).map(|(column, _)| *column).collect();
    let offset = starts.first().zip(cells.first()).map_or(0, |(name, (first, _))| name - first);
    if starts.len() < 2 {
        return vec![whole];
    }
    let ends = starts.iter().skip(1).map(|start| start.saturating_sub(offset)).chain([u32::MAX]);
    let ranges = starts.iter().map(|start| start.saturating_sub(offset)).zip(ends);
    let blocks: Vec<_> = ranges.map(|(from, to)| columns(stack, names, Some(&(from..to)))).collect();
    let measures: Vec<Vec<Measure>> = blocks.iter().map(|block| block.measures.keys().copied().collect()).collect();
    if measures.iter().all(|own| !own.is_empty() && *own == measures[0]) { blocks } else { vec![whole] }
}
