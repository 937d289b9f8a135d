//! Import of population: a table of a statistics bureau or a city → small areas with their people, and a report of what to fix.
//!
//! The same readers of files as for places (formats, encodings, limits), then its own steps, since here the numbers are the
//! contents: `layout` heading → columns, `rows` the body, `subtotals` which rows are no areas, `counts` cells → people of an
//! age and over, `join` where an area is. A suppressed number stays unknown. [`PopulationReader`] reads the files of one
//! edition, so that no area is counted twice. This module does no I/O.

mod cell;
mod counts;
mod join;
mod layout;
mod measure;
mod mesh;
mod report;
mod rows;
mod sheet;
mod sheet_sex;
mod subtotals;
mod turned;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;

pub use self::join::{AreaAliases, PositionSource};
pub use self::layout::PopulationFormat;
pub use self::mesh::mesh_centre;
pub use self::report::{AgePeople, PopulationLine};

use self::sheet::AreaSheetReader;
use super::columns::HeadingTable;
use super::file::{self, CellSheet, FileContents};
use super::{ImportContext, ImportedFile, ImportedSheet, ListProblem, ProblemKind, guarded};
use crate::model::PopulationArea;

/// What the user decides about an import of population.
#[derive(Debug, Clone, Default)]
pub struct PopulationOptions {
    /// The day of the numbers; wins over the file's.
    pub as_of: Option<NaiveDate>,
    /// What names of areas stand for.
    pub aliases: AreaAliases,
    /// Which points are used first.
    pub positions: PositionSource,
}

/// One file, read.
#[derive(Debug, Clone)]
pub struct PopulationFile {
    /// The areas by sheet, as for every kind of list.
    pub import: ImportedFile<PopulationArea>,
    /// The day of the numbers; `None` if the file was refused.
    pub as_of: Option<NaiveDate>,
    /// What each sheet holds besides areas, in the order of the sheets.
    pub(super) notes: Vec<SheetNotes>,
}

/// What a sheet of population holds besides areas.
#[derive(Debug, Clone)]
pub(super) struct SheetNotes {
    pub(super) format: PopulationFormat,
    pub(super) subtotals: Vec<report::SubtotalRow>,
    pub(super) total: Option<report::TotalRow>,
    pub(super) merged: Vec<report::MergedAreaRow>,
}

/// The areas that were read so far, by code or name, with the row of each.
type SeenAreas = HashMap<String, u32>;

/// Reads the files of one edition one after the other.
pub struct PopulationReader<'a> {
    known: ImportContext<'a>,
    options: &'a PopulationOptions,
    seen: SeenAreas,
}

impl<'a> PopulationReader<'a> {
    /// A reader for the files of one edition.
    pub fn new(known: ImportContext<'a>, options: &'a PopulationOptions) -> Self {
        Self { known, options, seen: SeenAreas::new() }
    }

    /// Reads `bytes`; `file` is its name, for the provenance of the areas. An area of an earlier file is rejected.
    ///
    /// Takes time in proportion to the number of cells; never panics, whatever the bytes.
    pub fn read(&mut self, bytes: &[u8], file: &str) -> PopulationFile {
        let mut seen = self.seen.clone();
        let (known, options) = (self.known, self.options);
        let read = guarded(|| (read_file(bytes, file, known, options, &mut seen), seen));
        let Some((read, seen)) = read else {
            return PopulationFile { import: ImportedFile::failed(), as_of: None, notes: Vec::new() };
        };
        if read.import.refused.is_none() {
            self.seen = seen;
        }
        read
    }
}

fn read_file(
    bytes: &[u8],
    file: &str,
    known: ImportContext<'_>,
    options: &PopulationOptions,
    seen: &mut SeenAreas,
) -> PopulationFile {
    // The columns decide between delimiters only where commas and tabs are equally likely.
    let contents = match file::open(bytes, HeadingTable::link_workers(), &known.city.limits) {
        Ok(contents) => contents,
        Err(refusal) => {
            let import = ImportedFile {
                format: refusal.format,
                encoding: refusal.encoding,
                sheets: Vec::new(),
                refused: Some(refusal.problem),
            };
            return PopulationFile { import, as_of: None, notes: Vec::new() };
        }
    };
    let (format, encoding) = (contents.format, contents.encoding);
    let (mut sheets, mut notes, mut refused, mut as_of) = (Vec::new(), Vec::new(), None, None);
    match read_sheets(contents, file, known, options, seen) {
        Ok((read, day)) => {
            (sheets, notes) = read.into_iter().unzip();
            as_of = Some(day);
        }
        Err(problem) => refused = Some(problem),
    }
    PopulationFile { import: ImportedFile { format, encoding, sheets, refused }, as_of, notes }
}

/// The sheets of a file with what they hold besides areas, and the day of their numbers.
type ReadSheets = (Vec<(ImportedSheet<PopulationArea>, SheetNotes)>, NaiveDate);

fn read_sheets(
    contents: FileContents,
    file: &str,
    known: ImportContext<'_>,
    options: &PopulationOptions,
    seen: &mut SeenAreas,
) -> Result<ReadSheets, ListProblem> {
    let FileContents { sheets, mut notices, .. } = contents;
    let all_hidden = sheets.iter().all(|sheet| sheet.hidden);
    let shown = sheets.iter().filter(|sheet| all_hidden || !sheet.hidden);
    let shown: Vec<Cow<'_, CellSheet>> = shown.map(|sheet| with_areas_as_rows(sheet, &mut notices)).collect();
    let tables: Vec<_> = shown.iter().filter_map(|sheet| Some((&**sheet, layout::find(sheet)?))).collect();
    if tables.is_empty() {
        let kind =
            if sheets.iter().all(|s| s.rows.is_empty()) { ProblemKind::EmptyFile } else { ProblemKind::NotPopulation };
        return Err(lost_characters(&sheets).unwrap_or_else(|| ListProblem::new(0, None, kind, &[])));
    }
    let reader = AreaSheetReader { file, known, options };
    let (mut read, mut day) = (Vec::new(), None);
    for group in sheet_sex::groups(tables, file)? {
        let sheet = group.first.0;
        if let Some((imported, notes, as_of)) = reader.read(&group, seen, read.is_empty())? {
            day = day.or(Some(as_of));
            read.push((imported, notes));
        } else {
            let name = sheet.name.as_deref().unwrap_or_default();
            notices.push(ListProblem::new(0, None, ProblemKind::SheetRepeatsAreas, &[("value", name)]));
        }
    }
    if let (Some(day), Some(today)) = (day, known.today)
        && day > today
    {
        notices.push(ListProblem::new(0, None, ProblemKind::DayToCome, &[("value", &day.to_string())]));
    }
    if let Some((first, _)) = read.first_mut() {
        first.problems.splice(0..0, notices);
    }
    day.map(|day| (read, day)).ok_or_else(|| ListProblem::new(0, None, ProblemKind::NotPopulation, &[]))
}

/// The sheet, turned where its areas stand side by side.
fn with_areas_as_rows<'a>(sheet: &'a CellSheet, notices: &mut Vec<ListProblem>) -> Cow<'a, CellSheet> {
    let turned = if layout::find(sheet).is_none() { turned::turned(sheet) } else { None };
    let Some(turned) = turned else { return Cow::Borrowed(sheet) };
    let name = sheet.name.as_deref().unwrap_or_default();
    notices.push(ListProblem::new(0, None, ProblemKind::AreasSideBySide, &[("value", name)]));
    Cow::Owned(turned)
}

/// Lost characters in the first rows are why no heading was found.
fn lost_characters(sheets: &[CellSheet]) -> Option<ListProblem> {
    let cells = sheets
        .iter()
        .flat_map(|sheet| sheet.rows.iter().take(30))
        .flat_map(|row| row.cells.iter().map(|(_, text)| (row.number, text)));
    cells.into_iter().find(|(_, text)| text.contains('\u{FFFD}')).map(|(row, text)| lost(row, text))
}

/// The refusal of a file whose text in `row` has lost characters.
fn lost(row: u32, text: &str) -> ListProblem {
    ListProblem::new(row, None, ProblemKind::LostCharacters, &[("value", text)])
}

#[cfg(test)]
mod tests;
