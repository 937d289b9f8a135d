//! Import of unmet needs that a city counted on paper: a table of quarter, district, interest, reason and number → [`CountedNeeds`].
//!
//! The same readers of files as for every list. One row is one cell of the city's table; `period` reads quarters, `words` what
//! reasons are called, [`additions`] what an edition adds to those before it. A suppressed number stays unknown, and no message
//! says more of a row than its place. This module does no I/O.

mod additions;
mod period;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use self::additions::{NeedAdditions, additions};

use self::words::NeedColumn;
use super::columns::HeadingTable;
use super::file::{self, CellSheet, SheetRow};
use super::{ImportContext, ImportedFile, ImportedSheet, ListProblem, ProblemKind, guarded};
use crate::model::unmet_need::CountedNeeds;
use crate::model::{DistrictId, Month, Thesaurus};

/// Rows at the top of a sheet that are searched for the heading.
const TOP_ROWS: usize = 30;

/// The most needs of one cell: more is a column of something else.
const MOST: u32 = 10_000;

/// What a reader of counted needs knows besides the bytes.
#[derive(Debug, Clone, Copy)]
pub struct NeedContext<'a> {
    /// The city and its districts.
    pub known: ImportContext<'a>,
    /// The interests of the city.
    pub thesaurus: &'a Thesaurus,
    /// The running month: later quarters have not begun.
    pub this_month: Month,
}

/// One row that became a cell of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRow {
    /// The row as Excel shows it.
    pub row: u32,
    /// What it counts.
    pub needs: CountedNeeds,
}

/// Which column holds what.
type NeedColumns = BTreeMap<NeedColumn, u32>;

/// Reads `bytes`. Takes time in proportion to the number of cells; never panics, whatever the bytes.
pub fn read(bytes: &[u8], context: NeedContext<'_>) -> ImportedFile<CountedRow> {
    guarded(|| read_file(bytes, context)).unwrap_or_else(ImportedFile::failed)
}

fn read_file(bytes: &[u8], context: NeedContext<'_>) -> ImportedFile<CountedRow> {
    // The columns decide between delimiters only where commas and tabs are equally likely.
    let contents = match file::open(bytes, HeadingTable::link_workers(), &context.known.city.limits) {
        Ok(contents) => contents,
        Err(refusal) => {
            let (format, encoding) = (refusal.format, refusal.encoding);
            return ImportedFile { format, encoding, sheets: Vec::new(), refused: Some(refusal.problem) };
        }
    };
    if contents.sheets.iter().any(is_release) {
        let refused = Some(ListProblem::new(0, None, ProblemKind::UnmetOwnRelease, &[]));
        return ImportedFile { format: contents.format, encoding: contents.encoding, sheets: Vec::new(), refused };
    }
    let (format, encoding, mut notices) = (contents.format, contents.encoding, contents.notices);
    let mut seen = BTreeSet::new();
    let shown = contents.sheets.iter().filter(|sheet| !sheet.hidden);
    let mut sheets: Vec<_> = shown.filter_map(|sheet| read_sheet(sheet, context, &mut seen)).collect();
    let refused = sheets.is_empty().then(|| ListProblem::new(0, None, ProblemKind::NotUnmetNeeds, &[]));
    if let Some(first) = sheets.first_mut() {
        first.problems.splice(0..0, notices.drain(..));
    }
    ImportedFile { format, encoding, sheets, refused }
}

/// Whether a sheet is what the program itself published: its needs would count twice.
fn is_release(sheet: &CellSheet) -> bool {
    let top = sheet.rows.iter().take(TOP_ROWS).flat_map(|row| &row.cells);
    top.into_iter().any(|(_, text)| words::is_release(text))
}

/// Reads one sheet; `None` where no row heads the columns that must be there.
fn read_sheet(
    sheet: &CellSheet,
    context: NeedContext<'_>,
    seen: &mut BTreeSet<CellKey>,
) -> Option<ImportedSheet<CountedRow>> {
    let (at, columns) = sheet.rows.iter().take(TOP_ROWS).enumerate().find_map(|(at, row)| Some((at, heading(row)?)))?;
    let mut read = ImportedSheet { sheet: sheet.name.clone(), ..ImportedSheet::default() };
    read.heading_row = sheet.rows[at].number;
    let mut above = SheetRow::default();
    for row in &sheet.rows[at + 1..] {
        read.records += 1;
        match read_row(row, &columns, &mut above, context, seen) {
            Ok(Some(needs)) => read.entries.push(CountedRow { row: row.number, needs }),
            Ok(None) => {}
            Err(problem) => read.problems.push(problem),
        }
    }
    Some(read)
}

/// The columns of a heading; `None` where one is missing that must be there.
fn heading(row: &SheetRow) -> Option<NeedColumns> {
    let mut columns = NeedColumns::new();
    for (at, text) in &row.cells {
        if let Some(column) = words::column(text) {
            columns.entry(column).or_insert(*at);
        }
    }
    let must = [NeedColumn::Period, NeedColumn::Reason, NeedColumn::Count];
    must.iter().all(|column| columns.contains_key(column)).then_some(columns)
}

/// Identity of a cell of the table.
type CellKey = (Month, Option<DistrictId>, Option<String>, crate::model::unmet_need::UnmetReason);

/// Reads one row; `None` where it counts nobody: a sum, a zero.
fn read_row(
    row: &SheetRow,
    columns: &NeedColumns,
    above: &mut SheetRow,
    context: NeedContext<'_>,
    seen: &mut BTreeSet<CellKey>,
) -> Result<Option<CountedNeeds>, ListProblem> {
    let cell = |column: NeedColumn| columns.get(&column).map_or("", |at| row.cell(*at).trim());
    let is_sum = columns.values().any(|at| words::is_sum(row.cell(*at)));
    if is_sum || columns.values().all(|at| file::is_blank(row.cell(*at))) {
        return Ok(None);
    }
    // Quarters and districts stand once above their rows, merged or left blank.
    let inherited = |column: NeedColumn, above: &SheetRow| {
        let at = columns.get(&column).copied()?;
        let own = row.cell(at).trim();
        Some(if own.is_empty() || own == "〃" || own == "同上" { above.cell(at) } else { own }.trim().to_owned())
    };
    let period = inherited(NeedColumn::Period, above).unwrap_or_default();
    let district = inherited(NeedColumn::District, above).unwrap_or_default();
    *above = with_cells(columns, &[(NeedColumn::Period, &period), (NeedColumn::District, &district)]);
    let problem = |kind, value: &str| ListProblem::new(row.number, None, kind, &[("value", value)]);
    let count = count(cell(NeedColumn::Count)).map_err(|kind| problem(kind, cell(NeedColumn::Count)))?;
    let month = month_of(&period, context).map_err(|kind| problem(kind, &period))?;
    let reason = words::reason(cell(NeedColumn::Reason));
    let reason = reason.ok_or_else(|| problem(ProblemKind::UnmetReasonUnknown, cell(NeedColumn::Reason)))?;
    let named = |text: &str| Some(text.to_owned()).filter(|text| !words::is_none(text));
    let district = named(&district).map(|text| district_of(&text, context)).transpose();
    let district = district.map_err(|text| problem(ProblemKind::UnmetDistrictUnknown, &text))?;
    let interest = named(cell(NeedColumn::Interest)).map(|text| interest_of(&text, context)).transpose();
    let interest = interest.map_err(|text| problem(ProblemKind::UnmetInterestUnknown, &text))?;
    if !seen.insert((month, district.clone(), interest.clone(), reason)) {
        return Err(ListProblem::new(row.number, None, ProblemKind::UnmetTwice, &[]));
    }
    Ok((count > 0).then_some(CountedNeeds { month, district, interest, reason, count }))
}

/// A row with these cells alone.
fn with_cells(columns: &NeedColumns, cells: &[(NeedColumn, &str)]) -> SheetRow {
    let mut kept: Vec<(u32, String)> =
        cells.iter().filter_map(|(column, text)| Some((*columns.get(column)?, (*text).to_owned()))).collect();
    kept.sort_unstable();
    SheetRow { cells: kept, ..SheetRow::default() }
}

/// The number of a cell.
fn count(cell: &str) -> Result<u32, ProblemKind> {
    if cell.is_empty() || words::is_hidden(cell) {
        return Err(ProblemKind::UnmetCountHidden);
    }
    let text = crate::text::fold(cell).replace(',', "");
    let digits = text.strip_suffix(['件', '人', '回']).unwrap_or(&text);
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    digits.parse().ok().filter(|count| *count <= MOST).ok_or(ProblemKind::UnmetCountUnreadable)
}

/// The month of a cell, which has begun.
fn month_of(period: &str, context: NeedContext<'_>) -> Result<Month, ProblemKind> {
    let month = period::last_month(period).ok_or(ProblemKind::UnmetPeriodUnreadable)?;
    if month.back(2) > context.this_month { Err(ProblemKind::UnmetPeriodToCome) } else { Ok(month) }
}

/// The district that a cell names.
///
/// # Errors
///
/// The cell, if there is none.
fn district_of(cell: &str, context: NeedContext<'_>) -> Result<DistrictId, String> {
    let districts = context.known.districts;
    let found = districts.named(cell).or_else(|| districts.by_id(&DistrictId(cell.to_owned())));
    found.map(|district| district.id.clone()).ok_or_else(|| cell.to_owned())
}

/// The term of the thesaurus that a cell names. A synonym may mean several terms, and then none; a term written as itself means itself.
///
/// # Errors
///
/// The cell, if there is none.
fn interest_of(cell: &str, context: NeedContext<'_>) -> Result<String, String> {
    let meant = context.thesaurus.meant_by(cell);
    let mut terms = meant.iter().map(|&at| &context.thesaurus.all()[at].term);
    let own = terms.clone().find(|term| crate::text::fold(term) == crate::text::fold(cell));
    own.or_else(|| terms.next().filter(|_| meant.len() == 1)).cloned().ok_or_else(|| cell.to_owned())
}

#[cfg(test)]
mod tests;
