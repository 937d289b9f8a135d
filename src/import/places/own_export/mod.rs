//! Files that this program exported itself: read exactly as they were written, so that export and import lose nothing.
//!
//! A file is ours by its headings: those of [`PlaceColumn`] in CSV and XLSX (`rows`), the properties of our features in GeoJSON and
//! JSON lines (`features`). Whatever else it is, a hidden or merged cell included, is left to the reader of lists. Nothing is
//! guessed here: no address is looked up, no phrase searched, no name classified. This module does no I/O.

mod features;
mod rows;

use std::collections::BTreeMap;

use crate::import::columns::Basis;
use crate::import::file::{CellSheet, FileContents, SheetMarks};
use crate::import::regions::gazetteer::TownNameMatch;
use crate::import::{ColumnUse, ImportContext, ImportedFile, ImportedPlace, ImportedSheet, ListProblem, ProblemKind};
use crate::model::place_row::{PlaceColumn, PlaceRecord};
use crate::model::web_address::without_credentials;
use crate::model::{CategoryId, DistrictId, Location, Precision, Source, Town};

/// The word for a district that no table has, so that none is derived from the position.
const NO_DISTRICT: &str = "不明";

/// A row, read, with the cells of it that could not be.
struct OwnRow {
    number: u32,
    record: PlaceRecord,
    /// Heading and text.
    unread: Vec<(String, String)>,
}

/// Reads `contents` if this program exported them; `None` otherwise.
pub(in crate::import) fn read(
    contents: &FileContents,
    file: &str,
    known: ImportContext<'_>,
) -> Option<ImportedFile<ImportedPlace>> {
    let mut filled = contents.sheets.iter().filter(|sheet| !sheet.rows.is_empty());
    let sheet = filled.next().filter(|sheet| is_plain(sheet))?;
    if filled.next().is_some() {
        return None;
    }
    let mut sheet = sheet.clone();
    sheet.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|(_, text)| without_credentials(text));
    let rows = if sheet.headed { features::read(&sheet)? } else { rows::read(&sheet, contents.encoding.is_some())? };
    let mut sheets = by_list(&sheet, rows, file, known);
    sheets.first_mut()?.problems.splice(0..0, contents.notices.iter().cloned());
    Some(ImportedFile { format: contents.format, encoding: contents.encoding, sheets, refused: None })
}

/// Whether nothing in the sheet stands for something else than its text.
fn is_plain(sheet: &CellSheet) -> bool {
    let SheetMarks { hidden_rows, hidden_columns, struck, .. } = &sheet.marks;
    let is_marked = !hidden_rows.is_empty() || !hidden_columns.is_empty() || !struck.is_empty();
    !sheet.hidden && !is_marked && sheet.merges.is_empty() && sheet.flaws.is_empty()
}

/// The rows as one sheet for each list that they name, in the order of first mention.
fn by_list(
    sheet: &CellSheet,
    rows: Vec<OwnRow>,
    file: &str,
    known: ImportContext<'_>,
) -> Vec<ImportedSheet<ImportedPlace>> {
    let mut numbers: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let mut sheets: Vec<ImportedSheet<ImportedPlace>> = Vec::new();
    let columns = columns(sheet, known);
    for row in rows {
        let list = row.record.list.clone();
        let next = sheets.len();
        let number = *numbers.entry(list.clone()).or_insert(next);
        if number == next {
            let (name, columns) = (sheet.name.clone(), columns.clone());
            let heading_row = sheet.rows.first().map_or(0, |row| row.number);
            sheets.push(ImportedSheet { sheet: name, list, heading_row, columns, ..ImportedSheet::default() });
        }
        let part = &mut sheets[number];
        part.records += 1;
        part.is_sample |= row.record.is_sample;
        let mut reader = OwnRowReader { file, sheet: sheet.name.as_deref(), known, problems: &mut part.problems };
        part.entries.extend(reader.place(row));
    }
    if sheets.is_empty() {
        sheets.push(ImportedSheet { sheet: sheet.name.clone(), columns, ..ImportedSheet::default() });
    }
    sheets
}

/// What each column was taken for.
fn columns(sheet: &CellSheet, known: ImportContext<'_>) -> Vec<ColumnUse> {
    let Some((heading, body)) = sheet.rows.split_first() else { return Vec::new() };
    let filled = |column: u32| body.iter().filter(|row| !row.cell(column).is_empty()).count();
    let column_use = |(column, heading): &(u32, String)| ColumnUse {
        heading: heading.clone(),
        field: known.columns.field(heading),
        basis: Basis::Heading,
        sure: 100,
        rows: u32::try_from(filled(*column)).unwrap_or(u32::MAX),
    };
    heading.cells.iter().map(column_use).collect()
}

/// Makes places of the rows of one file.
struct OwnRowReader<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    known: ImportContext<'a>,
    problems: &'a mut Vec<ListProblem>,
}

impl OwnRowReader<'_> {
    /// The place of a row; `None`, with an error reported, if it has no name.
    fn place(&mut self, row: OwnRow) -> Option<ImportedPlace> {
        let OwnRow { number, record, unread } = row;
        let PlaceRecord { id, mut facts, category, district, town, verification, licence, .. } = record;
        if facts.name.is_empty() {
            let heading = PlaceColumn::Name.heading();
            self.problems.push(ListProblem::new(number, Some(heading), ProblemKind::MissingName, &[]));
            return None;
        }
        for (heading, text) in unread {
            let kind = ProblemKind::ExportedValueChanged;
            self.problems.push(ListProblem::new(number, Some(&heading), kind, &[("value", &text)]));
            // Kept for the staff: nothing of a row is lost.
            facts.extra.insert(heading, text);
        }
        facts.category = self.category(number, &category);
        facts.town = town.and_then(|name| self.town(name, facts.site));
        facts.district_written = district.map(|written| self.district(written));
        if facts.district_written.is_none() && self.known.districts.assign(&facts).is_some() {
            facts.district_written = Some(NO_DISTRICT.to_owned());
        }
        let source = Source {
            file: self.file.to_owned(),
            sheet: self.sheet.map(str::to_owned),
            row: number,
            list_id: id,
            licence,
            ..Source::default()
        };
        Some(ImportedPlace { source, facts, verification })
    }

    /// The category by code, else by the only one of this name; else the code as it is.
    fn category(&mut self, row: u32, written: &str) -> CategoryId {
        let id = CategoryId(written.to_owned());
        let categories = self.known.categories;
        let mut named = categories.all().iter().filter(|it| it.name.japanese() == written);
        let found = categories.by_id(&id).or_else(|| named.next().filter(|_| named.next().is_none()));
        if let Some(found) = found {
            return found.id.clone();
        }
        let fallback = categories.all().last().map_or("", |it| it.name.japanese());
        let values = [("value", written), ("rows", "1"), ("category", fallback)];
        let heading = PlaceColumn::Category.heading();
        self.problems.push(ListProblem::new(row, Some(heading), ProblemKind::UnknownCategory, &values));
        categories.all().last().map_or(id, |it| it.id.clone())
    }

    /// The official name of a district that is written by code, unless that is the name of several.
    fn district(&self, written: String) -> String {
        let districts = self.known.districts;
        let by_code = districts.by_id(&DistrictId(written.clone()));
        let named = by_code.filter(|it| districts.named(&it.name).is_some_and(|found| found.id == it.id));
        named.map_or(written, |district| district.name.clone())
    }

    /// The 大字 with the point that the gazetteer has for it, else the point of the place where that is the 大字's. Any other point
    /// of the place is no substitute: the centre of a 大字 is published where the place itself is not.
    fn town(&self, name: String, site: Option<Location>) -> Option<Town> {
        let of_town = site.filter(|site| site.precision == Precision::Town).map(|site| site.position);
        let found = self.known.gazetteer.map(|gazetteer| gazetteer.town_named(&name));
        let centre = match found {
            Some(TownNameMatch::Found(centre)) => of_town.or(Some(centre)),
            _ => of_town,
        };
        centre.map(|centre| Town { name, centre })
    }
}
