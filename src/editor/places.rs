//! Imports a new edition of a list of places: compares it with what is stored and writes the difference in one transaction.

use chrono::{DateTime, Utc};

use super::Editor;
use super::list_edition::{EditionError, EditionSheet, ListEdition, split_edition};
use super::report::{ChangedPlace, GonePlace, NamedPlace, SheetReport, rejected};
use super::sample::check_not_beside_sample;
use crate::import::ImportedPlace;
use crate::import::places::changes::{EditionPlan, KnownRow, RowPlan, StoredPlace, plan};
use crate::model::{Author, MunicipalityCode, Place, Revision, Status};
use crate::store::{Edit, Edition, ListedRevision, StoreError};

/// All rows of an edition in one sequence, with the index of the report (one per sheet) that each belongs to.
struct PlaceRows {
    places: Vec<ImportedPlace>,
    sheet_of: Vec<usize>,
    reports: Vec<SheetReport>,
}

impl Editor {
    /// Dry run: reports what [`import_places`](Self::import_places) would do, once per sheet. Writes nothing; new places have
    /// no identity yet.
    ///
    /// # Errors
    ///
    /// As [`import_places`](Self::import_places).
    pub fn preview_places(&self, edition: ListEdition<ImportedPlace>) -> Result<Vec<SheetReport>, EditionError> {
        let (header, sheets) = split_edition(edition)?;
        let mut rows = PlaceRows::new(sheets);
        let (note, listed) = self.read(|store| Ok((store.sample()?, store.places_of(&header.list)?)))?;
        check_not_beside_sample(&note, &header.list)?;
        let stored = stored(&listed);
        check_size(&header, &rows, (&stored, self.city.limits.values))?;
        let plan = plan(&stored, &rows.places);
        for (row, planned) in plan.rows.iter().enumerate() {
            rows.report_row(row, planned, &stored, None);
        }
        rows.report_gone(&plan, &stored);
        Ok(rows.reports)
    }

    /// Imports a new edition of a list, all of it or nothing, and reports what changed, once per sheet. Calls `progress` with
    /// the number of rows done and of all rows.
    ///
    /// # Errors
    ///
    /// If a file was refused, the edition is empty though the list is not, or the store cannot be written. Nothing is then
    /// written.
    pub fn import_places(
        &self,
        edition: ListEdition<ImportedPlace>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<SheetReport>, EditionError> {
        let (header, sheets) = split_edition(edition)?;
        let owned = (&header, ListOwner::Municipality);
        self.write(|store| self.write_places(store.edit()?, owned, PlaceRows::new(sheets), progress))
    }

    /// Imports a list of a neighbouring municipality, as [`import_places`](Self::import_places) does the municipality's own: its
    /// places count for reach and are in no list.
    ///
    /// # Errors
    ///
    /// As [`import_places`](Self::import_places), and [`EditionError::OtherMunicipality`] if the list is another one's.
    pub fn import_neighbour_places(
        &self,
        edition: ListEdition<ImportedPlace>,
        municipality: &MunicipalityCode,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Vec<SheetReport>, EditionError> {
        let (header, sheets) = split_edition(edition)?;
        let owner = ListOwner::Neighbour(municipality);
        self.write(|store| self.write_places(store.edit()?, (&header, owner), PlaceRows::new(sheets), progress))
    }

    /// Compares and writes within one transaction, so that nobody can change the list in between.
    fn write_places(
        &self,
        mut edit: Edit<'_>,
        (header, owner): (&Edition, ListOwner<'_>),
        mut rows: PlaceRows,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(Vec<SheetReport>, bool), EditionError> {
        check_not_beside_sample(&edit.sample()?, &header.list)?;
        let listed = edit.places_of(&header.list)?;
        owner.claim(&edit, &header.list, listed.is_empty())?;
        let stored = stored(&listed);
        check_size(header, &rows, (&stored, self.city.limits.values))?;
        let plan = plan(&stored, &rows.places);
        let nothing_to_write = plan.changes_nothing(&stored);
        if !nothing_to_write {
            edit.begin_edition(header)?;
        }
        let total = rows.places.len();
        for (row, planned) in plan.rows.iter().enumerate() {
            let new = write_row(&edit, header.at, planned, &rows.places[row], &stored)?;
            rows.report_row(row, planned, &stored, new.as_ref());
            progress(row + 1, total);
        }
        for &missing in plan.missing.iter().filter(|&&i| !stored[i].absent) {
            edit.mark_absent(&stored[missing].revision.place.id)?;
        }
        rows.report_gone(&plan, &stored);
        if !nothing_to_write {
            self.commit(edit)?;
        }
        Ok((rows.reports, !nothing_to_write))
    }
}

/// Whose a list is.
#[derive(Debug, Clone, Copy)]
enum ListOwner<'a> {
    Municipality,
    Neighbour(&'a MunicipalityCode),
}

impl ListOwner<'_> {
    /// Notes whose `list` is, if it is new.
    ///
    /// # Errors
    ///
    /// If it is another one's.
    fn claim(self, edit: &Edit<'_>, list: &str, is_new: bool) -> Result<(), EditionError> {
        let stored = edit.municipality_of_list(list)?;
        let given = match self {
            Self::Municipality => None,
            Self::Neighbour(code) => Some(code.short()),
        };
        if let (Some(code), None, true) = (given, &stored, is_new) {
            return Ok(edit.add_neighbour_list(list, code)?);
        }
        if stored.as_deref() == given {
            return Ok(());
        }
        let (stored, given) = (stored.unwrap_or_default(), given.unwrap_or_default().to_owned());
        Err(EditionError::OtherMunicipality { list: list.to_owned(), stored, given })
    }
}

/// Writes one row; returns the place if it is new.
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

fn check_size(
    header: &Edition,
    rows: &PlaceRows,
    (stored, limit): (&[StoredPlace<'_>], usize),
) -> Result<(), EditionError> {
    if rows.places.is_empty() && !stored.is_empty() {
        return Err(EditionError::Empty { list: header.list.clone(), had: stored.len() });
    }
    let values = rows.places.iter().map(|ImportedPlace { facts, .. }| {
        1 + facts.tags.len() + facts.interests.len() + facts.roles.len() + facts.schedule.len()
    });
    let values = values.sum();
    if values > limit {
        return Err(EditionError::TooManyValues { list: header.list.clone(), values, limit });
    }
    Ok(())
}

impl PlaceRows {
    fn new(sheets: Vec<EditionSheet<ImportedPlace>>) -> Self {
        let mut rows = Self { places: Vec::new(), sheet_of: Vec::new(), reports: Vec::new() };
        for EditionSheet { file, mut sheet } in sheets {
            let rejected = rejected(&sheet);
            rows.sheet_of.extend(std::iter::repeat_n(rows.reports.len(), sheet.entries.len()));
            rows.places.append(&mut sheet.entries);
            rows.reports.push(SheetReport { file, sheet: sheet.sheet, rejected, ..SheetReport::default() });
        }
        rows
    }

    fn report_row(&mut self, row: usize, planned: &RowPlan, stored: &[StoredPlace<'_>], new: Option<&Place>) {
        let report = &mut self.reports[self.sheet_of[row]];
        let named = || match planned {
            RowPlan::Added => {
                NamedPlace { id: new.map(|place| place.id.clone()), name: self.places[row].facts.name.clone() }
            }
            RowPlan::Known(known) => named(&stored[known.stored].revision.place),
        };
        if planned.closes(&self.places[row], stored) {
            report.closed.push(named());
        }
        match planned {
            RowPlan::Added => report.added.push(named()),
            RowPlan::Known(known) if known.change.is_empty() => report.unchanged += 1,
            RowPlan::Known(known) => report.changed.push(changed(known, stored)),
        }
    }

    fn report_gone(&mut self, plan: &EditionPlan, stored: &[StoredPlace<'_>]) {
        for &missing in &plan.gone {
            let place = &stored[missing].revision.place;
            let ended = place.facts.status == Status::Closed;
            let at = self.last_sheet_of(place);
            if let Some(report) = self.reports.get_mut(at) {
                report.gone.push(GonePlace { id: place.id.clone(), name: place.facts.name.clone(), ended });
            }
        }
    }

    /// Index of the report for a place that is gone: its last sheet, else its last file, else a sheet of that name, else the
    /// first.
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

fn named(place: &Place) -> NamedPlace {
    NamedPlace { id: Some(place.id.clone()), name: place.facts.name.clone() }
}

fn changed(known: &KnownRow, stored: &[StoredPlace<'_>]) -> ChangedPlace {
    let place = known.next.as_ref().map_or(&stored[known.stored].revision.place, |next| &next.place);
    ChangedPlace {
        id: place.id.clone(),
        name: place.facts.name.clone(),
        change: known.change.clone(),
        cells: Vec::new(),
    }
}
