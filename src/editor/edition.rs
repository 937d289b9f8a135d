//! Takes in a new edition of a list: compares it with what is stored and writes the difference in one transaction.

use chrono::{DateTime, Utc};

use super::report::{ChangedPlace, NamedPlace, SheetReport, rejected};
use super::{Editor, EditorState};
use crate::import::places::changes::{EditionPlan, KnownRow, RowPlan, StoredPlace, plan};
use crate::import::{ImportedFile, ImportedPlace, ListProblem};
use crate::model::{Author, Place, Revision};
use crate::store::{Edit, Edition, EditionFile, ListedRevision, StoreError};

/// A new edition of a list, as it was read. All its files together are the list: a place that none of them has is gone.
#[derive(Debug, Clone)]
pub struct NewEdition {
    /// The list.
    pub list: String,
    /// Its files.
    pub files: Vec<ReadFile>,
    /// Who imports it: an account or the name of the operating system's user.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A file and what it says.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// Its name as the report gives it; the same as in the [`Source`](crate::model::Source) of its rows.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// What it says.
    pub import: ImportedFile,
}

/// Why an edition was not taken in. Nothing was then written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditionError {
    /// A file could not be read as a list.
    #[error("{file} cannot be read as a list: {}", problem.kind.name())]
    Refused {
        /// The file.
        file: String,
        /// Why.
        problem: ListProblem,
    },
    /// The edition has no place at all, though the list had some: more likely a wrong file than the end of them all.
    #[error(
        "the new edition of the list {list:?} has no place, the last one had {had}: check the file; nothing was changed"
    )]
    Empty {
        /// The list.
        list: String,
        /// How many places the list has so far.
        had: usize,
    },
    /// No row of a list of link workers says of anybody: more likely a wrong file.
    #[error("the list {list:?} names no link worker: check the file; nothing was changed")]
    NoLinkWorkers {
        /// The list.
        list: String,
    },
    /// The list has no name.
    #[error("the list needs a name: give it with --list")]
    Unnamed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All rows of an edition in one line, and at which sheet of the report each stands.
struct EditionRows {
    places: Vec<ImportedPlace>,
    sheet_of: Vec<usize>,
    reports: Vec<SheetReport>,
}

impl Editor {
    /// Says what [`import_places`](Self::import_places) would do, one report a sheet. Writes nothing; new places have no
    /// identity yet.
    ///
    /// # Errors
    ///
    /// As [`import_places`](Self::import_places).
    pub fn preview_places(&self, edition: NewEdition) -> Result<Vec<SheetReport>, EditionError> {
        let (header, mut rows) = taken_apart(edition)?;
        let listed = self.state().store.places_of(&header.list)?;
        let stored = stored(&listed);
        check_not_empty(&header, &rows, &stored)?;
        let plan = plan(&stored, &rows.places);
        for (row, planned) in plan.rows.iter().enumerate() {
            rows.tell(row, planned, &stored, None);
        }
        rows.tell_gone(&plan, &stored);
        Ok(rows.reports)
    }

    /// Takes in a new edition of a list, all of it or nothing, and says what changed, one report a sheet. `progress` is told
    /// how many rows of how many are done.
    ///
    /// # Errors
    ///
    /// If a file was refused, the edition is empty though the list is not, or the store cannot be written. Nothing is then
    /// written.
    pub fn import_places(
        &self,
        edition: NewEdition,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<SheetReport>, EditionError> {
        let (header, rows) = taken_apart(edition)?;
        let mut state = self.state();
        let EditorState { store, .. } = &mut *state;
        let (reports, written) = write(store.edit()?, &header, rows, progress)?;
        if written {
            self.rebuild(&mut state)?;
        }
        Ok(reports)
    }
}

/// Compares and writes within one transaction, so that nobody can change the list in between.
fn write(
    mut edit: Edit<'_>,
    header: &Edition,
    mut rows: EditionRows,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(Vec<SheetReport>, bool), EditionError> {
    let listed = edit.places_of(&header.list)?;
    let stored = stored(&listed);
    check_not_empty(header, &rows, &stored)?;
    let plan = plan(&stored, &rows.places);
    let nothing_to_write = plan.changes_nothing(&stored);
    if !nothing_to_write {
        edit.begin_edition(header)?;
    }
    let total = rows.places.len();
    for (row, planned) in plan.rows.iter().enumerate() {
        let new = write_row(&edit, header.at, planned, &rows.places[row], &stored)?;
        rows.tell(row, planned, &stored, new);
        progress(row + 1, total);
    }
    for &missing in plan.missing.iter().filter(|&&i| !stored[i].absent) {
        edit.mark_absent(&stored[missing].revision.place.id)?;
    }
    rows.tell_gone(&plan, &stored);
    if !nothing_to_write {
        edit.commit()?;
    }
    Ok((rows.reports, !nothing_to_write))
}

/// Writes one row; a place that is new is returned.
fn write_row(
    edit: &Edit<'_>,
    at: DateTime<Utc>,
    planned: &RowPlan,
    row: &ImportedPlace,
    stored: &[StoredPlace<'_>],
) -> Result<Option<Place>, StoreError> {
    let revision =
        |number, place: Place, base| Revision { number, place, base: Some(base), author: Author::Import, at };
    match planned {
        RowPlan::Added => {
            let ImportedPlace { source, facts, verification } = row.clone();
            let place = Place { id: edit.new_place_id()?, facts, source, verification };
            edit.append(&revision(1, place.clone(), row.facts.clone()))?;
            Ok(Some(place))
        }
        RowPlan::Known(known) => {
            let current = stored[known.stored].revision;
            if let Some(next) = &known.next {
                edit.append(&revision(current.number + 1, next.place.clone(), next.base.clone()))?;
            }
            if known.returned {
                edit.mark_present(&current.place.id)?;
            }
            Ok(None)
        }
    }
}

fn stored(listed: &[ListedRevision]) -> Vec<StoredPlace<'_>> {
    listed.iter().map(|l| StoredPlace { revision: &l.revision, absent: l.absent }).collect()
}

fn check_not_empty(header: &Edition, rows: &EditionRows, stored: &[StoredPlace<'_>]) -> Result<(), EditionError> {
    if rows.places.is_empty() && !stored.is_empty() {
        return Err(EditionError::Empty { list: header.list.clone(), had: stored.len() });
    }
    Ok(())
}

fn taken_apart(edition: NewEdition) -> Result<(Edition, EditionRows), EditionError> {
    let NewEdition { list, files, by, at } = edition;
    if list.trim().is_empty() {
        return Err(EditionError::Unnamed);
    }
    let recorded = files.iter().map(|f| EditionFile { file: f.file.clone(), blake3: f.blake3.clone() }).collect();
    let mut rows = EditionRows { places: Vec::new(), sheet_of: Vec::new(), reports: Vec::new() };
    for ReadFile { file, import, .. } in files {
        if let Some(problem) = import.refused {
            return Err(EditionError::Refused { file, problem });
        }
        for mut sheet in import.sheets {
            let rejected = rejected(&sheet);
            rows.sheet_of.extend(std::iter::repeat_n(rows.reports.len(), sheet.places.len()));
            for place in &mut sheet.places {
                place.source.list.clone_from(&list);
            }
            rows.places.append(&mut sheet.places);
            rows.reports.push(SheetReport {
                file: file.clone(),
                sheet: sheet.sheet,
                rejected,
                ..SheetReport::default()
            });
        }
    }
    Ok((Edition { list, files: recorded, made_by: by, at }, rows))
}

impl EditionRows {
    fn tell(&mut self, row: usize, planned: &RowPlan, stored: &[StoredPlace<'_>], new: Option<Place>) {
        let report = &mut self.reports[self.sheet_of[row]];
        match planned {
            RowPlan::Added => {
                let name = self.places[row].facts.name.clone();
                report.added.push(NamedPlace { id: new.map(|p| p.id), name });
            }
            RowPlan::Known(known) if known.change.is_empty() => report.unchanged += 1,
            RowPlan::Known(known) => report.changed.push(changed(known, stored)),
        }
    }

    fn tell_gone(&mut self, plan: &EditionPlan, stored: &[StoredPlace<'_>]) {
        for &gone in &plan.gone {
            let place = &stored[gone].revision.place;
            let named = NamedPlace { id: Some(place.id.clone()), name: place.facts.name.clone() };
            let at = self.last_sheet_of(place);
            if let Some(report) = self.reports.get_mut(at) {
                report.gone.push(named);
            }
        }
    }

    /// The sheet on which a place last stood, else one of that name in another file, else the first one.
    fn last_sheet_of(&self, place: &Place) -> usize {
        let source = &place.source;
        let same_sheet = |r: &&SheetReport| r.sheet == source.sheet;
        let find = |f: &dyn Fn(&SheetReport) -> bool| self.reports.iter().position(f);
        find(&|r| same_sheet(&r) && r.file == source.file)
            .or_else(|| find(&|r| r.file == source.file))
            .or_else(|| find(&|r| r.sheet.is_some() && same_sheet(&r)))
            .unwrap_or(0)
    }
}

fn changed(known: &KnownRow, stored: &[StoredPlace<'_>]) -> ChangedPlace {
    let place = known.next.as_ref().map_or(&stored[known.stored].revision.place, |next| &next.place);
    ChangedPlace { id: place.id.clone(), name: place.facts.name.clone(), change: known.change.clone() }
}
