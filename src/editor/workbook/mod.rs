//! Edits that come home in a workbook: compared and written in one transaction, as revisions by a person whose base stays.

mod choice;
mod widening;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Serialize;

pub use self::choice::{PublishedEdits, WorkbookChange, WorkbookChoice};
use self::widening::held_back;
pub use self::widening::{WhyWidened, WidenedRow};
use super::Editor;
use super::list_edition::EditionError;
use super::report::{ChangedPlace, GonePlace, NamedPlace, RejectedRow, SheetReport};
use crate::import::ImportContext;
use crate::import::places::changes::FieldChange;
use crate::import::places::workbook::PlaceWorkbook;
use crate::import::places::workbook::plan::{
    AddedPlace, EditedPlace, PlaceEdit, StoredPlaces, UndecidedRow, WorkbookPlan, plan,
};
use crate::model::place_workbook::WorkbookRowId;
use crate::model::{Audience, Author, Place, PlaceId, Revision, Source, Status};
use crate::store::{EDITS, Edit, Edition, EditionFile, StoreError};

/// What a workbook is written from.
#[derive(Debug, Clone)]
pub struct WorkbookSource {
    /// The random name of the database.
    pub database: String,
    /// The current revision of every place of the municipality.
    pub revisions: HashMap<PlaceId, Revision>,
}

/// A workbook that came home, with who brought it.
#[derive(Debug, Clone, Copy)]
pub struct WorkbookEdits<'a> {
    /// The workbook.
    pub workbook: &'a PlaceWorkbook,
    /// The file, and BLAKE3 of its bytes in hexadecimal.
    pub file: (&'a str, &'a str),
    /// Which of its changes are taken.
    pub choice: &'a WorkbookChoice,
    /// Who brought it: an account or the name of the operating system's user.
    pub by: &'a str,
    /// The time.
    pub at: DateTime<Utc>,
}

/// What a workbook changed, or would: a line of `import places --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct WorkbookReport {
    /// What is reported of any list.
    #[serde(flatten)]
    pub sheet: SheetReport,
    /// What somebody has to decide.
    pub undecided: Vec<UndecidedRow>,
    /// What widens who sees something; it is stored only where that was said.
    pub widened: Vec<WidenedRow>,
}

impl WorkbookReport {
    /// Whether anything was, or would be, stored.
    pub fn changes_something(&self) -> bool {
        let SheetReport { added, changed, gone, .. } = &self.sheet;
        !(added.is_empty() && gone.is_empty()) || changed.iter().any(|place| !place.change.fields.is_empty())
    }
}

/// What is compared, as a transaction sees it.
struct StoredState {
    source: WorkbookSource,
    named: HashMap<WorkbookRowId, Revision>,
    absent: HashSet<PlaceId>,
    merged: HashMap<PlaceId, PlaceId>,
}

impl Editor {
    /// What a workbook is written from. Names the database, if that has no name yet.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn workbook_source(&self) -> Result<WorkbookSource, StoreError> {
        self.write(|store| {
            let edit = store.edit()?;
            let (database, is_new) = edit.database_name()?;
            let source = WorkbookSource { database, revisions: current(&edit)? };
            if is_new {
                edit.commit()?;
            }
            Ok((source, is_new))
        })
    }

    /// Dry run: reports what [`import_workbook`](Self::import_workbook) would do. Writes nothing; new places have no identity yet.
    ///
    /// # Errors
    ///
    /// As [`import_workbook`](Self::import_workbook).
    pub fn preview_workbook(
        &self,
        edits: WorkbookEdits<'_>,
        known: ImportContext<'_>,
    ) -> Result<WorkbookReport, EditionError> {
        self.write(|store| {
            let edit = store.edit()?;
            let planned = self.planned(&edit, edits, known)?;
            Ok((planned.report(edits), false))
        })
    }

    /// Stores the edits of a workbook, all of them or none: everything but what is undecided, in conflict or, unless it is to be
    /// published, widens who sees something. `previewed` is what somebody has agreed to.
    ///
    /// # Errors
    ///
    /// [`EditionError::MovedOn`] if that is not what would be done any more, and if the store cannot be written. Nothing is then
    /// written.
    pub fn import_workbook(
        &self,
        edits: WorkbookEdits<'_>,
        known: ImportContext<'_>,
        previewed: &WorkbookReport,
    ) -> Result<WorkbookReport, EditionError> {
        self.write(|store| {
            let mut edit = store.edit()?;
            let planned = self.planned(&edit, edits, known)?;
            let mut report = planned.report(edits);
            if report != *previewed {
                return Err(EditionError::MovedOn { file: edits.file.0.to_owned() });
            }
            if !report.changes_something() {
                return Ok((report, false));
            }
            let ids = planned.write(&mut edit, edits)?;
            for (added, id) in report.sheet.added.iter_mut().zip(ids) {
                added.id = Some(id);
            }
            self.commit(edit)?;
            Ok((report, true))
        })
    }

    /// What the workbook would do within the transaction of `edit`.
    pub(super) fn planned(
        &self,
        edit: &Edit<'_>,
        edits: WorkbookEdits<'_>,
        known: ImportContext<'_>,
    ) -> Result<PlannedWorkbook, EditionError> {
        let stored = StoredState::of(edit, edits.workbook)?;
        let mut plan = plan(edits.workbook, stored.places(), known);
        let state = stored.fingerprint(&plan);
        let is_left = edits.choice.reduce(&mut plan);
        let (is_moved, sample) = (!plan.edits.is_empty(), edit.sample()?);
        let widened = if is_moved {
            let input = self.input_of(edit.content()?);
            let (revisions, choice) = (&stored.source.revisions, (&edits.choice.published, known));
            let held = held_back((input, self.last_build()), plan.edits, revisions, choice);
            plan.edits = held.edits;
            held.widened
        } else {
            Vec::new()
        };
        // What is added beside the sample is of the sample: it goes when that goes.
        let list =
            if sample.is_held() { sample.lists.names().next().unwrap_or_default().to_owned() } else { String::new() };
        let planned = PlannedWorkbook { plan, widened, stored, list, state, is_left };
        planned.check_size(self.city.limits.values)?;
        Ok(planned)
    }
}

/// Everything of one workbook that will be written and reported.
pub(super) struct PlannedWorkbook {
    plan: WorkbookPlan,
    widened: Vec<WidenedRow>,
    stored: StoredState,
    /// The list of new places; empty for none.
    list: String,
    /// BLAKE3 of the workbook's changes and of what they change, in hexadecimal: another one once anything has moved on.
    pub(super) state: String,
    /// Whether a change was not taken.
    is_left: bool,
}

impl StoredState {
    fn of(edit: &Edit<'_>, workbook: &PlaceWorkbook) -> Result<Self, StoreError> {
        let (database, _) = edit.database_name()?;
        let revisions = current(edit)?;
        let merged = edit.merged_places()?.into_iter().map(|it| (it.place.id, it.into));
        let merged: HashMap<PlaceId, PlaceId> = merged.collect();
        let mut named = HashMap::new();
        for id in workbook.row_ids() {
            let is_current = |it: &&Revision| it.number == id.revision;
            let found = match revisions.get(&id.place).filter(is_current) {
                Some(current) => Some(current.clone()),
                None if revisions.contains_key(&id.place) || merged.contains_key(&id.place) => {
                    edit.revision(&id.place, id.revision)?
                }
                None => None,
            };
            named.extend(found.map(|revision| (id, revision)));
        }
        Ok(Self { source: WorkbookSource { database, revisions }, named, absent: edit.absent_places()?, merged })
    }

    /// BLAKE3 of what `plan` changes and of the revisions that it changes.
    fn fingerprint(&self, plan: &WorkbookPlan) -> String {
        let number = |id: &PlaceId| self.source.revisions.get(id).map(|it| it.number);
        let edits: Vec<_> = plan.edits.iter().map(|it| (&it.place, number(&it.place), &it.cells)).collect();
        let added: Vec<_> = plan.added.iter().map(|it| (it.row, &it.place.facts)).collect();
        let gone: Vec<_> = plan.gone.iter().map(|it| (&it.place, number(&it.place))).collect();
        let all = serde_json::to_vec(&(edits, added, gone, &plan.rejected, &plan.undecided)).unwrap_or_default();
        blake3::hash(&all).to_hex().to_string()
    }

    fn places(&self) -> StoredPlaces<'_> {
        let Self { source: WorkbookSource { database, revisions }, named, absent, merged } = self;
        StoredPlaces { database, current: revisions, named, absent, merged }
    }
}

/// The current revision of every place of the municipality.
fn current(edit: &Edit<'_>) -> Result<HashMap<PlaceId, Revision>, StoreError> {
    Ok(edit.revisions()?.into_iter().map(|revision| (revision.place.id.clone(), revision)).collect())
}

impl PlannedWorkbook {
    fn revision_of(&self, edit: &PlaceEdit) -> &Revision {
        &self.stored.source.revisions[&edit.place]
    }

    /// Whether more could be taken of the workbook once this is stored: a change that was not chosen, or that would widen who sees
    /// something.
    pub(super) fn leaves_something(&self, edits: WorkbookEdits<'_>) -> bool {
        self.is_left || self.widened.iter().any(|it| !edits.choice.published.holds(&it.id))
    }

    /// The rows of new places and who will see them, in the order of the report.
    pub(super) fn added_rows(&self) -> Vec<(u32, Audience)> {
        self.plan.added.iter().map(|it| (it.row, it.place.facts.audience)).collect()
    }

    pub(super) fn report(&self, WorkbookEdits { workbook, file, .. }: WorkbookEdits<'_>) -> WorkbookReport {
        let WorkbookPlan { edits, added, unchanged, gone, rejected, undecided } = &self.plan;
        let changed = |edit: &PlaceEdit| {
            let current = &self.revision_of(edit).place;
            let fields = edit.fields(&EditedPlace::of(current));
            let change = FieldChange { fields, conflicts: edit.conflicts.clone(), notes: Vec::new() };
            let (name, cells) = (edit.next.facts.name.clone(), edit.cells.clone());
            ChangedPlace { id: edit.place.clone(), name, change, cells }
        };
        let new = |it: &AddedPlace| NamedPlace { id: None, name: it.place.facts.name.clone() };
        let is_closed = |status: Status| status == Status::Closed;
        let ends = |edit: &&PlaceEdit| {
            is_closed(edit.next.facts.status) && !is_closed(self.revision_of(edit).place.facts.status)
        };
        let ended = edits.iter().filter(ends);
        let ended = ended.map(|edit| NamedPlace { id: Some(edit.place.clone()), name: edit.next.facts.name.clone() });
        let new_ended = added.iter().filter(|it| is_closed(it.place.facts.status)).map(new);
        let sheet = SheetReport {
            file: file.0.to_owned(),
            sheet: workbook.sheet.clone(),
            added: added.iter().map(new).collect(),
            changed: edits.iter().map(changed).collect(),
            unchanged: *unchanged,
            gone: gone
                .iter()
                .map(|it| GonePlace { id: it.place.clone(), name: it.name.clone(), ended: it.ended })
                .collect(),
            rejected: rejected.iter().map(|(row, kind)| RejectedRow { row: *row, kind: *kind }).collect(),
            closed: ended.chain(new_ended).collect(),
        };
        WorkbookReport { sheet, undecided: undecided.clone(), widened: self.widened.clone() }
    }

    /// Refuses more values than snapshots can be built from in time.
    fn check_size(&self, limit: usize) -> Result<(), EditionError> {
        let edited = self.plan.edits.iter().map(|edit| &edit.next.facts);
        let facts = edited.chain(self.plan.added.iter().map(|it| &it.place.facts));
        let values = facts.map(|it| 1 + it.tags.len() + it.interests.len() + it.roles.len() + it.schedule.len()).sum();
        if values > limit {
            return Err(EditionError::TooManyValues { list: EDITS.to_owned(), values, limit });
        }
        Ok(())
    }

    /// Writes everything and returns the identities of new places.
    pub(super) fn write(&self, edit: &mut Edit<'_>, edits: WorkbookEdits<'_>) -> Result<Vec<PlaceId>, StoreError> {
        let WorkbookEdits { file: (file, blake3), by, at, .. } = edits;
        let files = vec![EditionFile { file: file.to_owned(), blake3: blake3.to_owned() }];
        edit.begin_edition(&Edition { list: EDITS.to_owned(), files, made_by: by.to_owned(), at })?;
        let author = || Author::Person(by.to_owned());
        for edited in &self.plan.edits {
            let Revision { number, place, base, .. } = self.revision_of(edited);
            let EditedPlace { facts, verification } = edited.next.clone();
            if facts != place.facts || verification != place.verification {
                let place = Place { facts, verification, ..place.clone() };
                edit.append(&Revision { number: number + 1, place, base: base.clone(), author: author(), at })?;
            }
        }
        let mut ids = Vec::new();
        for AddedPlace { row, place } in &self.plan.added {
            let EditedPlace { facts, verification } = place.clone();
            let (list, sheet) = (self.list.clone(), edits.workbook.sheet.clone());
            let source = Source { list, file: file.to_owned(), sheet, row: *row, ..Source::default() };
            let place = Place { id: edit.new_place_id()?, facts, source, verification };
            ids.push(place.id.clone());
            edit.append(&Revision { number: 1, place, base: None, author: author(), at })?;
        }
        for gone in &self.plan.gone {
            edit.mark_absent(&gone.place)?;
        }
        Ok(ids)
    }
}
