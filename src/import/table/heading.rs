//! Header detection: which row is the heading, and what the columns are called.
//!
//! The row with the most known headings, not the first row; then the row above or below it, where the heading spans two
//! lines. This module does no I/O.

use std::collections::{BTreeMap, BTreeSet};

use super::column_letters::COLUMNS;
use super::data_cells::is_data;
use super::{glued, merged, plain, private_cells};
use crate::import::columns::{Field, HeadingTable};
use crate::import::file::{CellSheet, SheetRow};

/// Rows with content at the top of a sheet that are searched for the heading.
const TOP_ROWS: usize = 60;
/// Characters of a heading at most; longer text is data.
const HEADING_CHARS: usize = 60;
/// Rows of one heading at most.
const LINES: usize = 4;

/// Weekdays beside each other from which they are the columns of a grid.
const DAYS_OF_A_GRID: usize = 5;

/// The detected heading of a table.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Its first row, as an index of the sheet's rows.
    pub first: usize,
    /// Its last row, as an index of the sheet's rows, inclusive.
    pub last: usize,
    /// The columns (from 0) that have a heading, each with its text.
    pub names: Vec<(u32, String)>,
    /// Whether the table is in LinkData's form, in which rows that begin with `#` are not data.
    pub is_linkdata: bool,
}

/// Detects the heading of `sheet` among the rows from index `from`; `None` if no row looks like one.
pub fn find(sheet: &CellSheet, from: usize, columns: &HeadingTable) -> Option<Heading> {
    let rows = sheet.rows.get(from..)?;
    if sheet.headed {
        // A heading that was put there has no row of its own; titles may stand above it.
        let at = rows.iter().position(|row| row.number == 0).unwrap_or(0);
        return rows.get(at).map(|row| Heading {
            first: from + at,
            last: from + at,
            names: row.cells.clone(),
            is_linkdata: false,
        });
    }
    let rows = &rows[..rows.len().min(TOP_ROWS)];
    let by_table = best_row(rows, columns, &|_| None);
    if let Some(at) = by_table {
        return at.map(|at| whole(sheet, from + at, columns));
    }
    if from > 0 || !columns.reads_contents() {
        return None;
    }
    let by_words = best_row(rows, columns, &|text| columns.field_or_name(text)).flatten();
    by_words.or_else(|| plain::heading_row(sheet, columns)).map(|at| whole(sheet, at, columns))
}

/// The row that is the best heading by what `columns` and, of the other cells, `field_of` knows; inside `None` if it is a form
/// and no table.
#[expect(clippy::option_option, reason = "no heading at all, and a heading that must not be taken for one")]
fn best_row(
    rows: &[SheetRow],
    columns: &HeadingTable,
    field_of: &dyn Fn(&str) -> Option<Field>,
) -> Option<Option<usize>> {
    let weights: Vec<_> = rows.iter().map(|row| HeadingWeight::of(row, columns, field_of)).collect();
    let best = weights.iter().filter(|w| w.is_heading()).map(HeadingWeight::score).max()?;
    // The first candidate that is nearly as good: a second table further down may have more columns.
    let at = weights.iter().position(|w| w.is_heading() && w.score() * 5 >= best * 3)?;
    let is_form = weights[at].known <= 2 && is_sideways(&rows[at..], columns);
    Some((!is_form).then_some(at))
}

/// Whether `rows` are a form with headings one below the other and the values beside them.
fn is_sideways(rows: &[SheetRow], columns: &HeadingTable) -> bool {
    let Some((first, _)) = rows.first().and_then(|row| row.cells.first()) else { return false };
    let below: Vec<_> =
        rows.iter().skip(1).take(10).map(|row| row.cell(*first)).filter(|text| !text.is_empty()).collect();
    let known = below.iter().filter(|text| columns.field(text).is_some()).count();
    known >= 2 && known * 2 >= below.len()
}

/// Detects the heading of another table below `heading` in the same sheet. A repetition of `heading` does not count.
pub fn find_next(sheet: &CellSheet, heading: &Heading, columns: &HeadingTable) -> Option<Heading> {
    if sheet.headed {
        return None;
    }
    let start = heading.last + 1;
    let at = (start..sheet.rows.len()).find(|&at| {
        let row = &sheet.rows[at];
        let plain = |text: &str| text.len() <= HEADING_CHARS && !text.contains(|c: char| c.is_ascii_digit());
        row.cells.len() >= 3
            && row.cells.iter().all(|(_, text)| plain(text))
            && !heading.is_repeated_in(sheet, row)
            && HeadingWeight::of(row, columns, &|_| None).is_surely_heading()
    })?;
    Some(whole(sheet, at, columns))
}

impl Heading {
    /// Whether `row` repeats one of the heading's rows.
    pub fn is_repeated_in(&self, sheet: &CellSheet, row: &SheetRow) -> bool {
        let repeats = |line: &SheetRow| {
            let same = row.cells.iter().filter(|(column, text)| line.cell(*column).trim() == text.trim()).count();
            same * 5 >= row.cells.len() * 4 && same * 2 >= line.cells.len()
        };
        !sheet.headed && sheet.rows[self.first..=self.last].iter().any(repeats)
    }
}

/// The complete heading around its best row, at index `at`.
fn whole(sheet: &CellSheet, at: usize, columns: &HeadingTable) -> Heading {
    let (mut first, mut last) = (at, at);
    let is_linkdata = sheet.rows[at].cell(0).trim() == "#property";
    if !is_linkdata {
        if is_pair(sheet, at, at + 1) && below_belongs(sheet, at, columns) {
            last = at + 1;
        }
        if first > 0 && is_pair(sheet, first - 1, first) && above_belongs(sheet, first, columns) {
            first -= 1;
        }
    }
    while last - first + 1 < LINES && goes_on(sheet, first, last) {
        last += 1;
    }
    let mut names = if last - first < 2 { joined(sheet, first, last) } else { joined_by_merges(sheet, first, last) };
    glued::take_apart(&mut names, &sheet.rows[last + 1..], columns);
    names.truncate(COLUMNS + 1);
    private_cells::mark_private_columns(sheet, first, last, &mut names);
    private_cells::mark_hidden_columns(sheet, &mut names);
    Heading { first, last, names, is_linkdata }
}

/// Whether the heading continues in the row below `top`: the column of the name is blank there.
fn below_belongs(sheet: &CellSheet, top: usize, columns: &HeadingTable) -> bool {
    let (top_row, below) = (&sheet.rows[top], &sheet.rows[top + 1]);
    let texts: Vec<_> = top_row.cells.iter().map(|(_, text)| text.clone()).collect();
    let fields = columns.fields(&texts);
    let mut named = top_row.cells.iter().zip(&fields).filter(|(_, field)| field.is_some_and(Field::is_name)).peekable();
    let under_name_is_blank = named.peek().is_some() && named.any(|((column, _), _)| below.cell(*column).is_empty());
    under_name_is_blank || (known(columns, &joined(sheet, top, top + 1)) > known(columns, &top_row.cells))
}

/// Whether the row above `below` holds group headings: with them, at least as many columns are known.
fn above_belongs(sheet: &CellSheet, below: usize, columns: &HeadingTable) -> bool {
    known(columns, &joined(sheet, below - 1, below)) >= known(columns, &sheet.rows[below].cells)
}

fn known(columns: &HeadingTable, names: &[(u32, String)]) -> usize {
    let names: Vec<_> = names.iter().take(COLUMNS).map(|(_, name)| name.clone()).collect();
    columns.fields(&names).iter().flatten().count()
}

/// Whether the rows `top` and `below` can be a two-line heading: each cell of the upper row stands alone in its column,
/// or over a group of two or more cells of the lower one.
fn is_pair(sheet: &CellSheet, top: usize, below: usize) -> bool {
    let (Some(top), Some(below)) = (sheet.rows.get(top), sheet.rows.get(below)) else { return false };
    if top.number + 1 != below.number || below.cells.len() < 2 {
        return false;
    }
    let looks_right = |row: &SheetRow| row.cells.iter().all(|(_, text)| text.chars().count() <= 24 && !is_data(text));
    let is_title =
        |(_, text): &(u32, String)| ["一覧", "名簿", "現在", "時点", "年度", "リスト"].iter().any(|w| text.contains(w));
    if !looks_right(top) || !looks_right(below) || top.cells.iter().any(is_title) {
        return false;
    }
    let groups = groups(sheet, top, below);
    let (first_below, below_count) = (below.cells[0].0, below.cells.len());
    match top.cells.as_slice() {
        // A single cell over all columns is a title.
        [(column, _)] => {
            groups.get(column).is_some_and(|g| g.len() >= 2 && g.len() < below_count && *column > first_below)
        }
        cells => {
            let ranges = merged::of_row(sheet, top.number);
            let is_group = |column: &u32| {
                groups.get(column).is_some_and(|it| it.len() >= 2) && merged::width(&ranges, *column) >= 2
            };
            // Beside groups of merged cells, a group may have one column: 「クラブ」 over 「名称」.
            let least = if cells.iter().any(|(column, _)| is_group(column)) { 1 } else { 2 };
            cells.iter().all(|(column, _)| {
                below.cell(*column).is_empty() || groups.get(column).map_or(0, BTreeSet::len) >= least
            })
        }
    }
}

/// The columns of `below` under each cell of `top`: up to the next cell of `top`, or as far as merged cells reach.
fn groups(sheet: &CellSheet, top: &SheetRow, below: &SheetRow) -> BTreeMap<u32, BTreeSet<u32>> {
    let ranges = merged::of_row(sheet, top.number);
    let mut groups: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (at, (column, _)) in top.cells.iter().enumerate() {
        let next = top.cells.get(at + 1).map_or(u32::MAX, |(next, _)| *next);
        let end = match merged::width(&ranges, *column) {
            1 if sheet.merges.is_empty() => next,
            width => column.saturating_add(width).min(next),
        };
        if merged::goes_on_below(&ranges, top.number, *column) {
            continue;
        }
        let from = below.cells.partition_point(|(c, _)| c < column);
        let under = below.cells[from..].iter().map(|(c, _)| *c).take_while(|c| *c < end).collect();
        groups.insert(*column, under);
    }
    groups
}

/// Column names from the rows `first` to `last`, each with its group before it.
fn joined(sheet: &CellSheet, first: usize, last: usize) -> Vec<(u32, String)> {
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    if first == last {
        return sheet.rows[first].cells.iter().map(|(c, text)| (*c, text.trim().to_owned())).collect();
    }
    let (top, below) = (&sheet.rows[first], &sheet.rows[last]);
    names.extend(top.cells.iter().map(|(c, text)| (*c, text.trim().to_owned())));
    let groups = groups(sheet, top, below);
    let group_of = |column: u32| groups.iter().find(|(top, under)| below_has(below, **top) && under.contains(&column));
    for (column, text) in &below.cells {
        let name = match group_of(*column) {
            Some((group, _)) => format!("{}_{}", top.cell(*group).trim(), text.trim()),
            None => text.trim().to_owned(),
        };
        names.insert(*column, name);
    }
    names.into_iter().collect()
}

fn below_has(below: &SheetRow, column: u32) -> bool {
    !below.cell(column).is_empty()
}

/// Whether merged cells of the heading reach into the row below `last`, which holds no data.
fn goes_on(sheet: &CellSheet, first: usize, last: usize) -> bool {
    let Some(next) = sheet.rows.get(last + 1) else { return false };
    let (top, bottom) = (sheet.rows[first].number, sheet.rows[last].number);
    let reaches = merged::of_row(sheet, next.number).iter().any(|m| (top..=bottom).contains(&m.top));
    reaches && next.number == bottom + 1 && next.cells.iter().all(|(_, text)| !is_data(text))
}

/// Column names from three rows or more: each row gives the text in the column itself or in the merged cell over it.
fn joined_by_merges(sheet: &CellSheet, first: usize, last: usize) -> Vec<(u32, String)> {
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    let rows = &sheet.rows[first..=last];
    let columns: BTreeSet<u32> = rows.iter().flat_map(|row| &row.cells).map(|(column, _)| *column).collect();
    for row in rows {
        let ranges = merged::of_row(sheet, row.number);
        for &column in columns.iter().take(COLUMNS + 1) {
            let over = ranges.iter().find(|m| m.top == row.number && m.left < column && column <= m.right);
            let text = row.cell(over.map_or(column, |m| m.left)).trim();
            let name = names.entry(column).or_default();
            if !text.is_empty() {
                *name = if name.is_empty() { text.to_owned() } else { format!("{name}_{text}") };
            }
        }
    }
    names.into_iter().filter(|(_, name)| !name.is_empty()).collect()
}

/// Score of a row as a heading.
#[derive(Debug, Default)]
struct HeadingWeight {
    /// Number of distinct fields that its cells map to.
    known: usize,
    cells: usize,
    /// Cells that look like data.
    data: usize,
    has_name: bool,
    /// Whether a column gives location or person, by which rows without a name are distinguished.
    has_where: bool,
    is_linkdata: bool,
}

impl HeadingWeight {
    fn of(row: &SheetRow, columns: &HeadingTable, field_of: &dyn Fn(&str) -> Option<Field>) -> Self {
        let mut texts: Vec<_> = row.cells.iter().take(COLUMNS).map(|(_, text)| text.clone()).collect();
        // The days of a grid are neither known headings nor data, and are as many as the rest.
        let is_day = |text: &String| super::weekday_grid::weekday(text).is_some();
        if texts.iter().filter(|text| is_day(text)).count() >= DAYS_OF_A_GRID {
            texts.retain(|text| !is_day(text));
        }
        let by_table = columns.fields(&texts);
        let fields: Vec<_> = texts.iter().zip(by_table).map(|(text, field)| field.or_else(|| field_of(text))).collect();
        let is_linkdata = row.cells.first().is_some_and(|(column, text)| *column == 0 && text.trim() == "#property");
        Self {
            known: fields.iter().flatten().collect::<BTreeSet<_>>().len(),
            cells: texts.len(),
            data: texts.iter().filter(|text| is_data(text)).count(),
            has_name: fields.iter().flatten().any(|f| f.is_name()),
            has_where: fields
                .iter()
                .flatten()
                .any(|f| f.is_where() || matches!(f, Field::Person | Field::Organization)),
            is_linkdata,
        }
    }

    fn is_heading(&self) -> bool {
        let enough = if self.has_name { self.known >= 2 || self.data == 0 } else { self.known >= 3 && self.has_where };
        self.is_linkdata || (self.known >= 1 && enough && self.data * 4 <= self.cells && self.known * 8 >= self.cells)
    }

    fn is_surely_heading(&self) -> bool {
        self.has_name && self.known >= 3 && self.data == 0 && self.known * 2 >= self.cells
    }

    fn score(&self) -> usize {
        let linkdata = if self.is_linkdata { 1000 } else { 0 };
        linkdata + (self.known * 4 + self.cells.min(20)).saturating_sub(self.data * 6)
    }
}
