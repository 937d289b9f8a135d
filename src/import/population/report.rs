//! The JSON Lines of `tsunagari import population --json`: one line per file, or per sheet of a workbook. This module does no
//! I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{PopulationFile, PopulationFormat, SheetNotes};
use crate::import::report::{ProblemLine, RefusalLine};
use crate::import::{Encoding, ImportedSheet, ProblemKind, Severity};
use crate::model::{AgeCounts, JoinBasis, PeopleCount, PopulationArea};

/// The ages that a report names: everybody, 65 and over, 75 and over.
const REPORTED_AGES: [u32; 3] = [0, 65, 75];

/// Numbers by age, of everybody, those of 65 and over and those of 75 and over; `{"all":1200,"65":400,"75":200}` as JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AgePeople(pub [Option<PeopleCount>; 3]);

impl AgePeople {
    /// The numbers of one area; `None` where hidden.
    pub fn of(counts: &AgeCounts) -> Self {
        Self(REPORTED_AGES.map(|age| counts.over(age).map(PeopleCount)))
    }

    /// The sums of what is known.
    fn sums<'a>(areas: &(impl Iterator<Item = &'a PopulationArea> + Clone)) -> Self {
        Self(REPORTED_AGES.map(|age| {
            Some(PeopleCount(
                areas.clone().filter_map(|area| area.people.over(age)).fold(0.0, |sum, people| sum + people),
            ))
        }))
    }

    /// How many areas do not have a known number.
    fn hidden<'a>(areas: &(impl Iterator<Item = &'a PopulationArea> + Clone)) -> Self {
        Self(REPORTED_AGES.map(|age| {
            let hidden = areas.clone().filter(|area| area.people.over(age).is_none()).count();
            Some(PeopleCount(f64::from(u32::try_from(hidden).unwrap_or(u32::MAX))))
        }))
    }
}

impl Serialize for AgePeople {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        for (age, people) in ["all", "65", "75"].iter().zip(self.0) {
            map.serialize_entry(age, &people)?;
        }
        map.end()
    }
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PopulationLine {
    /// File name.
    pub file: String,
    /// Name of the sheet; `None` in text files, and where nothing was read.
    pub sheet: Option<String>,
    /// The kind of table; `None` if the file was refused.
    pub format: Option<PopulationFormat>,
    /// Its character encoding; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// The day of the numbers.
    pub as_of: Option<NaiveDate>,
    /// Number of rows that are areas, joined or not.
    pub areas: usize,
    /// Their known people.
    pub people: AgePeople,
    /// Those of areas with a point.
    pub located: AgePeople,
    /// Number of areas whose people are not known.
    pub hidden: AgePeople,
    /// Number of areas by what their point rests on.
    pub joined: BTreeMap<JoinBasis, usize>,
    /// Areas without a point.
    pub unjoined: Vec<UnjoinedArea>,
    /// Rows that are sums, counted nowhere.
    pub subtotals: Vec<SubtotalRow>,
    /// The row of the whole municipality.
    pub total: Option<TotalRow>,
    /// Rows whose hidden people are counted in another.
    pub merged: Vec<MergedAreaRow>,
    /// Rows that were left out for an error.
    pub rejected: Vec<RejectedArea>,
    /// Everything to fix, in order of row.
    pub problems: Vec<ProblemLine>,
    /// Why nothing was read at all.
    pub refused: Option<RefusalLine>,
}

/// An area without a point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnjoinedArea {
    /// The row as Excel shows it.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Why it has none.
    pub kind: ProblemKind,
    /// Its people.
    pub people: AgePeople,
}

/// A row that is a sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubtotalRow {
    /// The row as Excel shows it.
    pub row: u32,
    /// Its name.
    pub name: String,
    /// Its people as printed.
    pub people: Option<PeopleCount>,
}

/// The row of the whole municipality.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TotalRow {
    /// The row as Excel shows it.
    pub row: u32,
    /// Its people as printed.
    pub people: Option<PeopleCount>,
    /// Those of them who are known in no area.
    pub missing: Option<PeopleCount>,
}

/// A row whose hidden people are counted in another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MergedAreaRow {
    /// The row as Excel shows it.
    pub row: u32,
    /// Its code.
    pub code: Option<String>,
    /// The code of the row that counts them.
    pub into: Option<String>,
}

/// A row that was left out for an error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RejectedArea {
    /// The row as Excel shows it.
    pub row: u32,
    /// Why.
    pub kind: ProblemKind,
}

impl PopulationLine {
    /// The lines about `read`, which is `file`: one per sheet, and one if it was refused.
    pub fn of_file(read: &PopulationFile, file: &str) -> Vec<Self> {
        let of =
            |sheet: &ImportedSheet<PopulationArea>, notes: Option<&SheetNotes>| Self::new(read, file, sheet, notes);
        if read.import.sheets.is_empty() {
            return vec![of(&ImportedSheet::default(), None)];
        }
        read.import.sheets.iter().zip(&read.notes).map(|(sheet, notes)| of(sheet, Some(notes))).collect()
    }

    fn new(
        read: &PopulationFile,
        file: &str,
        sheet: &ImportedSheet<PopulationArea>,
        notes: Option<&SheetNotes>,
    ) -> Self {
        let areas = sheet.entries.iter();
        let located = areas.clone().filter(|area| area.position.is_some());
        let mut joined: BTreeMap<JoinBasis, usize> = JoinBasis::ALL.iter().map(|basis| (*basis, 0)).collect();
        areas.clone().filter_map(|area| area.joined).for_each(|basis| *joined.entry(basis).or_default() += 1);
        let errors = sheet.problems.iter().filter(|problem| problem.severity() == Severity::Error);
        Self {
            file: file.to_owned(),
            sheet: sheet.sheet.clone(),
            format: notes.map(|notes| notes.format),
            encoding: read.import.encoding,
            as_of: read.as_of,
            areas: sheet.entries.len(),
            people: AgePeople::sums(&areas),
            located: AgePeople::sums(&located),
            hidden: AgePeople::hidden(&areas),
            joined,
            unjoined: unjoined(sheet),
            subtotals: notes.map(|notes| notes.subtotals.clone()).unwrap_or_default(),
            total: notes.and_then(|notes| notes.total.clone()),
            merged: notes.map(|notes| notes.merged.clone()).unwrap_or_default(),
            rejected: errors.map(|problem| RejectedArea { row: problem.row, kind: problem.kind }).collect(),
            problems: sheet.problems.iter().map(ProblemLine::from).collect(),
            refused: read.import.refused.as_ref().map(RefusalLine::from),
        }
    }
}

/// The areas of a sheet without a point, each with its reason.
fn unjoined(sheet: &ImportedSheet<PopulationArea>) -> Vec<UnjoinedArea> {
    let is_reason = |kind| matches!(kind, ProblemKind::UnknownName | ProblemKind::AmbiguousName);
    let reason = |row| sheet.problems.iter().find(|problem| problem.row == row && is_reason(problem.kind));
    let unjoined = sheet.entries.iter().filter(|area| area.position.is_none());
    unjoined
        .map(|area| UnjoinedArea {
            row: area.source.row,
            name: area.name.clone(),
            kind: reason(area.source.row).map_or(ProblemKind::UnknownName, |problem| problem.kind),
            people: AgePeople::of(&area.people),
        })
        .collect()
}
