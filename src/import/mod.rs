//! Reads a city's list, as the city keeps it, into facts about places and a report of what to fix.
//!
//! [`read`] is one pure function from bytes to an [`ImportedFile`]. It never stops at the first problem, never drops a row in
//! silence and never guesses where a wrong answer would be worse than none. The steps, each a module:
//!
//! 1. [`file::decode`]: bytes → what kind of file it is and its text, whatever the encoding.
//! 2. [`mod@file`]: CSV, XLSX, XLS, GeoJSON → sheets of cells with Excel's row numbers, within bounds.
//! 3. [`table`]: a sheet → its heading and its records (title rows, legends, examples, 「同上」, merged cells).
//! 4. [`columns`]: headings → the fields we know, by the synonyms in `columns.toml`.
//! 5. [`places::row`]: one record → [`Facts`](crate::model::Facts), with a problem for each cell that cannot be used.
//! 6. [`places::list_checks`]: what only the whole list shows: places far from all others, duplicates, districts that disagree.
//!
//! Then [`places::identity`] and [`places::changes`] say what an edition changes in what is stored. This module does no I/O.

pub mod cells;
mod column_notices;
pub mod columns;
pub mod file;
mod imported;
mod json;
pub mod link_workers;
pub mod places;
pub mod population;
pub mod problem;
pub mod regions;
pub mod report;
pub mod table;
pub mod unmet;

pub use imported::{ColumnUse, ImportedFile, ImportedPlace, ImportedSheet, ListEntry};
pub use problem::{ListProblem, ProblemKind, Severity};

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use self::places::list_checks::{self, CheckedHeadings};
use self::places::phrases::Phrases;
use self::regions::gazetteer::Gazetteer;
use crate::model::{Area, CategoryTable, City, DistrictTable};
use columns::{ColumnPlan, Field, HeadingTable};
use table::ListTable;

/// What a reader of lists knows besides the bytes.
#[derive(Debug, Clone, Copy)]
pub struct ImportContext<'a> {
    /// The synonyms of headings.
    pub columns: &'a HeadingTable,
    /// The phrases that hold facts in free text.
    pub phrases: &'a Phrases,
    /// The categories of the municipality.
    pub categories: &'a CategoryTable,
    /// The municipality.
    pub city: &'a City,
    /// Where its 大字 and 小字 are.
    pub gazetteer: Option<&'a Gazetteer>,
    /// Its outline.
    pub boundary: Option<&'a Area>,
    /// Its districts.
    pub districts: &'a DistrictTable,
    /// The day of the reading; dates after it are not believed. `None`: no date lies in the future.
    pub today: Option<NaiveDate>,
}

/// What the bytes of a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Cells parted by commas or semicolons.
    Csv,
    /// Cells parted by tabs.
    Tsv,
    /// An Excel workbook since 2007.
    Xlsx,
    /// An Excel workbook before 2007.
    Xls,
    /// A `FeatureCollection` of points.
    Geojson,
    /// Any other JSON with an array of objects, or an object a line.
    Json,
    /// None of these.
    Unknown,
}

/// The character encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// `Shift_JIS` in Microsoft's reading (CP932).
    #[serde(rename = "shift_jis")]
    ShiftJis,
    /// EUC-JP.
    #[serde(rename = "euc-jp")]
    EucJp,
    /// UTF-16 in either byte order.
    #[serde(rename = "utf-16")]
    Utf16,
}

/// Runs a reader and catches its panic, whose message may quote the list; `None` if it panicked.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok()
}

/// Reads `bytes` as a list of places. `file` is its name, for messages only: the content decides what it is.
///
/// Takes time in proportion to the number of cells; never panics, whatever the bytes.
pub fn read(bytes: &[u8], file: &str, known: ImportContext<'_>) -> ImportedFile<ImportedPlace> {
    if places::workbook::read(bytes, known).is_some() {
        return ImportedFile::refused(Format::Unknown, ListProblem::new(0, None, ProblemKind::WorkbookOfEdits, &[]));
    }
    guarded(|| {
        let opened = file::open(bytes, known.columns, &known.city.limits);
        if let Some(own) = opened.as_ref().ok().and_then(|contents| places::own_export::read(contents, file, known)) {
            return own;
        }
        let tables = table::tables_of(opened, known.columns);
        ImportedFile::from_tables(tables, |table| read_table(table, file, known))
    })
    .unwrap_or_else(ImportedFile::failed)
}

fn read_table(mut table: ListTable, file: &str, known: ImportContext<'_>) -> ImportedSheet<ImportedPlace> {
    let is_town = |cell: &str| known.gazetteer.is_some_and(|gazetteer| gazetteer.is_town(cell));
    let mut plan = table.plan(known.columns, &is_town);
    if known.columns.reads_contents() && table::shifted_rows::realign(&mut table, &plan) {
        plan = table.plan(known.columns, &is_town);
    }
    if let Some(problem) = district_of_sheet(&mut table, &plan, known) {
        plan = table.plan(known.columns, &is_town);
        table.problems.push(problem);
    }
    let fields = plan.fields();
    let (places, mut found) = places::row::places(&table, &fields, file, known);
    name_is_missing(&table, &plan, &mut found);
    // What a column without a heading was taken for, or that it is not used, is said by the plan.
    table.problems.retain(|problem| problem.kind != ProblemKind::UnnamedColumn);
    found.extend(column_notices::notices(&table, &plan));
    let mut problems = table.problems;
    // A shape that is no point was said to be none; that it has no coordinates follows.
    let no_point: BTreeSet<u32> = problems.iter().filter(|p| p.kind == ProblemKind::NotAPoint).map(|p| p.row).collect();
    problems
        .extend(found.into_iter().filter(|p| p.kind != ProblemKind::MissingCoordinates || !no_point.contains(&p.row)));
    problems.sort_by_key(|problem| problem.row);
    let mut sheet = ImportedSheet {
        sheet: table.sheet,
        heading_row: table.heading_row,
        records: u32::try_from(table.records.len()).unwrap_or(u32::MAX),
        blank_rows: table.blank_rows,
        columns: column_notices::uses(&table.headings, &plan),
        entries: places,
        problems,
        ..ImportedSheet::default()
    };
    list_checks::check_list(&mut sheet, &headings(&table.headings, &fields), known);
    sheet
}

/// Says once, with the headings, that no row has a name because no column has.
fn name_is_missing(table: &ListTable, plan: &ColumnPlan, problems: &mut Vec<ListProblem>) {
    let missing = problems.iter().filter(|problem| problem.kind == ProblemKind::MissingName).count();
    if !plan.has_name() && missing > 0 {
        problems.retain(|problem| problem.kind != ProblemKind::MissingName);
        problems.push(column_notices::no_name(table, missing));
    }
}

/// Gives the rows of a sheet that is named like a district, and has no column of districts, that district.
fn district_of_sheet(table: &mut ListTable, plan: &ColumnPlan, known: ImportContext<'_>) -> Option<ListProblem> {
    let name = table.sheet.clone()?;
    let is_district = columns::is_area(&name) || known.districts.named(&name).is_some();
    let has_one = plan.fields().iter().flatten().any(|field| matches!(field, Field::District | Field::FormerTown));
    if has_one || !is_district {
        return None;
    }
    // 「（地区）」 is in the table of headings.
    table.headings.push("（地区）".to_owned());
    table.records.iter_mut().for_each(|record| record.cells.push(name.clone()));
    Some(ListProblem::new(table.heading_row, None, ProblemKind::SheetIsDistrict, &[("value", &name)]))
}

/// The headings that the survey names in its problems.
fn headings(headings: &[String], fields: &[Option<Field>]) -> CheckedHeadings {
    let of = |wanted: &[Field]| {
        let column = wanted.iter().find_map(|field| fields.iter().position(|f| *f == Some(*field)));
        column.and_then(|i| headings.get(i)).cloned()
    };
    CheckedHeadings {
        name: of(&[Field::ActivityName, Field::Name, Field::GroupName, Field::VenueName]),
        lat: of(&[Field::Lat, Field::LonLat]),
        address: of(&[Field::Address, Field::AddressTown, Field::AddressNumber]),
        district: of(&[Field::District, Field::FormerTown]),
    }
}
