//! One sheet of population: its day, its areas, and what its other rows are. This module does no I/O.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::counts::{CountPlan, MergedRow};
use super::join::{AreaLocator, is_outside};
use super::layout::{PopulationFormat, TableLayout};
use super::measure::Measure;
use super::mesh::mesh_centre;
use super::report::{MergedAreaRow, SubtotalRow, TotalRow};
use super::rows::{self, PopulationRow};
use super::sheet_sex::SheetGroup;
use super::subtotals::{self, Subtotal};
use super::{PopulationOptions, SeenAreas, SheetNotes, lost};
use crate::import::cells::dates;
use crate::import::file::CellSheet;
use crate::import::regions::gazetteer::{TownNameMatch, may_be_code_of};
use crate::import::{ImportContext, ImportedSheet, ListProblem, ProblemKind};
use crate::model::{PeopleCount, PopulationArea, Source};
use crate::text::fold;

/// A later sheet is left out where this share of its areas, in tenths, stands in earlier ones.
const REPEATED_TENTHS: usize = 9;

/// Of the areas of a table this share, in tenths, must have codes of their own for codes to tell them apart.
const OWN_CODES_TENTHS: usize = 9;

/// More people than any country has.
const MOST_PEOPLE: f64 = 2e9;

/// By how many people sums of rounded numbers may differ.
const ROUNDED: f64 = 2.0;

/// Rows above the heading that may say of which day the numbers are.
const TITLE_ROWS: usize = 10;

/// Reads single sheets of one file.
pub(super) struct AreaSheetReader<'a> {
    pub(super) file: &'a str,
    pub(super) known: ImportContext<'a>,
    pub(super) options: &'a PopulationOptions,
}

/// A sheet on its way from rows to areas.
struct OpenSheet<'a> {
    sheet: &'a CellSheet,
    layout: &'a TableLayout,
    plan: CountPlan,
    rows: Vec<PopulationRow>,
    notes: SheetNotes,
    problems: Vec<ListProblem>,
}

/// A sheet, what it holds besides areas, and its day.
type ReadSheet = (ImportedSheet<PopulationArea>, SheetNotes, NaiveDate);

impl AreaSheetReader<'_> {
    /// Reads one sheet; `None` if it is not the first and repeats the areas of an earlier one.
    pub(super) fn read(
        &self,
        group: &SheetGroup<'_>,
        seen: &mut SeenAreas,
        is_first: bool,
    ) -> Result<Option<ReadSheet>, ListProblem> {
        let (sheet, layout) = (group.first.0, &group.first.1);
        let mut rows = rows::rows(sheet, layout)?;
        if let Some((other, layout)) = &group.other_sex {
            rows = rows::join_sheets(&rows, &rows::rows(other, layout)?);
        }
        if let Some(row) = rows.iter().find(|row| row.name.contains('\u{FFFD}')) {
            return Err(lost(row.row, &row.name));
        }
        rows.retain(|row| !row.is_bare || self.is_town(&row.name));
        let problems = self.drop_other_municipalities(&mut rows)?;
        let as_of = self.day(sheet, layout, &rows)?;
        let has_codes = codes_tell_apart(&rows, layout.format);
        let repeated = rows.iter().filter(|row| seen.contains_key(&identity(row, has_codes))).count();
        if !is_first && !rows.is_empty() && repeated * 10 >= rows.len() * REPEATED_TENTHS {
            return Ok(None);
        }
        let records = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let measures: BTreeSet<Measure> = rows.iter().flat_map(|row| row.cells.keys().copied()).collect();
        let notes = SheetNotes { format: layout.format, subtotals: Vec::new(), total: None, merged: Vec::new() };
        let plan = CountPlan::new(&measures.iter());
        let mut open = OpenSheet { sheet, layout, plan, rows, notes, problems };
        open.set_sums_aside(self.known);
        open.reject(seen, has_codes);
        open.set_sums_of_children_aside();
        let areas = self.areas(&mut open);
        Ok(Some(open.finish(areas, records, as_of)))
    }

    fn is_town(&self, name: &str) -> bool {
        let found = self.known.gazetteer.map(|gazetteer| gazetteer.town_named(name));
        found.is_some_and(|found| found != TownNameMatch::Unknown)
    }

    /// Drops rows of other municipalities, each of which is reported once.
    fn drop_other_municipalities(&self, rows: &mut Vec<PopulationRow>) -> Result<Vec<ListProblem>, ListProblem> {
        let mut others: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let before = rows.len();
        rows.retain(|row| match self.other_municipality(row) {
            None => true,
            Some(other) => {
                others.entry(other).or_insert((row.row, 0)).1 += 1;
                false
            }
        });
        let names = || others.keys().take(3).cloned().collect::<Vec<_>>().join("・");
        if rows.is_empty() && before > 0 {
            let values = [("value", &*names())];
            return Err(ListProblem::new(0, None, ProblemKind::OnlyOtherMunicipalities, &values));
        }
        let problem = |(name, (row, count)): (&String, &(u32, u32))| {
            let values = [("value", name.as_str()), ("rows", &count.to_string())];
            ListProblem::new(*row, None, ProblemKind::OtherMunicipality, &values)
        };
        Ok(others.iter().map(problem).collect())
    }

    /// The other municipality that a row is of, by its code, else by its name.
    fn other_municipality(&self, row: &PopulationRow) -> Option<String> {
        let city = self.known.city;
        if let Some(code) = &row.city_code {
            return (!may_be_code_of(city, code)).then(|| code.clone());
        }
        let name = row.city_name.as_ref().filter(|_| !city.name.is_empty())?;
        let is_own = fold(name).contains(&fold(&city.name)) || name.trim_end().ends_with('区');
        (!is_own).then(|| name.clone())
    }

    /// The day of the numbers: what the user says, else the one day of the rows.
    fn day(&self, sheet: &CellSheet, layout: &TableLayout, rows: &[PopulationRow]) -> Result<NaiveDate, ListProblem> {
        if let Some(day) = self.options.as_of {
            return Ok(day);
        }
        let mut days: Vec<NaiveDate> = rows.iter().filter_map(|row| dates::date(row.date.as_deref()?)).collect();
        days.sort_unstable();
        days.dedup();
        match days.as_slice() {
            [day] => Ok(*day),
            [] => {
                let above = sheet.rows[..layout.body.min(TITLE_ROWS)].iter().flat_map(|row| &row.cells);
                let title =
                    above.map(|(_, text)| text.trim()).find(|text| text.contains(['年', '/']) && text.contains("現在"));
                let values = [("value", title.unwrap_or_default())];
                Err(ListProblem::new(0, None, ProblemKind::NoDate, &values))
            }
            [first, .., last] => {
                let values = [("value", &*format!("{first}, {last}"))];
                Err(ListProblem::new(0, None, ProblemKind::SeveralDates, &values))
            }
        }
    }

    /// Makes the rows that are left areas with points.
    fn areas(&self, open: &mut OpenSheet<'_>) -> Vec<PopulationArea> {
        let OpenSheet { layout, plan, rows, notes, problems, sheet } = open;
        let (known, options) = (self.known, self.options);
        let locator = AreaLocator { known, aliases: &options.aliases, first: options.positions, format: layout.format };
        let mut areas = Vec::with_capacity(rows.len());
        for row in rows.drain(..) {
            let (people, problem) = plan.counts(row.cells.clone(), row.merged);
            problems.extend(problem.map(|kind| ListProblem::new(row.row, None, kind, &[])));
            let location = locator.locate(&row);
            problems.extend(location.problem);
            if row.merged == MergedRow::Gives {
                notes.merged.push(MergedAreaRow {
                    row: row.row,
                    code: row.code.clone(),
                    into: row.merged_into.clone(),
                });
            }
            let (file, sheet) = (self.file.to_owned(), sheet.name.clone());
            areas.push(PopulationArea {
                source: Source { file, sheet, row: row.row, ..Source::default() },
                name: row.name,
                code: row.code,
                district_written: row.district,
                position: location.found.map(|(position, _)| position),
                joined: location.found.map(|(_, basis)| basis),
                people,
            });
        }
        problems.extend(is_outside(&areas, layout.format, known));
        areas
    }
}

impl OpenSheet<'_> {
    /// Takes the rows out that are sums by their names or codes.
    fn set_sums_aside(&mut self, known: ImportContext<'_>) {
        let sums = subtotals::by_name_and_code(&self.rows, self.layout.format, known.city, known.gazetteer);
        let mut sums = sums.into_iter();
        let mut found = Vec::new();
        self.rows.retain(|row| match sums.next().flatten() {
            Some(sum) => {
                found.push((sum, row.clone()));
                false
            }
            None => true,
        });
        for (sum, row) in found {
            self.note_sum(&row);
            if sum == Subtotal::Municipality && self.notes.total.is_none() {
                let people = self.total_of(&row);
                self.notes.total = Some(TotalRow { row: row.row, people, missing: None });
            }
        }
    }

    fn total_of(&self, row: &PopulationRow) -> Option<PeopleCount> {
        self.plan.counts(row.cells.clone(), row.merged).0.over(0).map(PeopleCount)
    }

    fn note_sum(&mut self, row: &PopulationRow) {
        let people = self.total_of(row);
        self.notes.subtotals.push(SubtotalRow { row: row.row, name: row.name.clone(), people });
    }

    /// Takes the rows out that cannot be counted, and reports each.
    fn reject(&mut self, seen: &mut SeenAreas, has_codes: bool) {
        let Self { rows, problems, layout, plan, .. } = self;
        rows.retain(|row| {
            let impossible = || impossible_number(row, plan);
            let rejected = rejection(row, layout.format).or_else(impossible).or_else(|| {
                match seen.entry(identity(row, has_codes)) {
                    Entry::Vacant(new) => {
                        new.insert(row.row);
                        None
                    }
                    Entry::Occupied(first) => {
                        let values = [("value", row.name.as_str()), ("other_row", &first.get().to_string())];
                        Some(ListProblem::new(row.row, None, ProblemKind::DuplicateArea, &values))
                    }
                }
            });
            let is_kept = rejected.is_none();
            problems.extend(rejected);
            is_kept
        });
    }

    /// Takes the rows out whose children add up to them.
    fn set_sums_of_children_aside(&mut self) {
        let mut is_sum = subtotals::by_children(&self.rows, &self.plan).into_iter();
        let (sums, rows) = std::mem::take(&mut self.rows).into_iter().partition(|_| is_sum.next().unwrap_or(false));
        self.rows = rows;
        let sums: Vec<PopulationRow> = sums;
        for row in &sums {
            self.note_sum(row);
        }
    }

    fn finish(self, areas: Vec<PopulationArea>, records: u32, as_of: NaiveDate) -> ReadSheet {
        let Self { sheet, layout, mut notes, mut problems, .. } = self;
        let known: f64 = areas.iter().filter_map(|area| area.people.over(0)).sum();
        if let Some(total) = &mut notes.total {
            total.missing = total.people.map(|people| PeopleCount(people.0 - known));
        }
        notes.subtotals.sort_by_key(|sum| sum.row);
        problems.sort_by_key(|problem| problem.row);
        let imported = ImportedSheet {
            sheet: sheet.name.clone(),
            heading_row: layout.heading_row,
            records,
            entries: areas,
            problems,
            ..ImportedSheet::default()
        };
        (imported, notes, as_of)
    }
}

/// Why a row cannot be counted, by itself.
fn rejection(row: &PopulationRow, format: PopulationFormat) -> Option<ListProblem> {
    if let Some(value) = &row.negative {
        return Some(ListProblem::new(row.row, None, ProblemKind::NegativeNumber, &[("value", value)]));
    }
    let code = row.code.as_deref().unwrap_or_default();
    let is_bad = format == PopulationFormat::Mesh && mesh_centre(code).is_none();
    is_bad.then(|| ListProblem::new(row.row, None, ProblemKind::BadMeshCode, &[("value", code)]))
}

/// A number that no area has: more people than a country, or more of an age than there are in all. Columns have then slipped.
fn impossible_number(row: &PopulationRow, plan: &CountPlan) -> Option<ListProblem> {
    let (people, _) = plan.counts(row.cells.clone(), row.merged);
    let most = people.over(0).unwrap_or(MOST_PEOPLE);
    let known = people.0.values().flatten().map(|count| count.0);
    let wrong = known.into_iter().find(|count| *count > most.min(MOST_PEOPLE) + ROUNDED)?;
    Some(ListProblem::new(row.row, None, ProblemKind::ImpossibleNumber, &[("value", &wrong.to_string())]))
}

/// Whether the codes of a table tell its areas apart: e-Stat's do, a city's own may be one for all rows.
fn codes_tell_apart(rows: &[PopulationRow], format: PopulationFormat) -> bool {
    if matches!(format, PopulationFormat::Mesh | PopulationFormat::SmallArea) {
        return true;
    }
    let mut codes: Vec<&str> = rows.iter().filter_map(|row| row.code.as_deref()).collect();
    let filled = codes.len();
    codes.sort_unstable();
    codes.dedup();
    filled > 0 && codes.len() * 10 >= filled * OWN_CODES_TENTHS
}

/// What makes a row the same area as another: its code, else its name within its district.
fn identity(row: &PopulationRow, has_codes: bool) -> String {
    match row.code.as_deref().filter(|_| has_codes) {
        Some(code) => format!("#{code}"),
        None => format!("{}\n{}", fold(&row.name), row.district.as_deref().map(fold).unwrap_or_default()),
    }
}
