//! Workbooks that editors upload in a browser: kept until somebody has decided which of their changes are taken.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{EditedBy, PlaceEditError, PlaceEditor, note};
use crate::editor::list_edition::EditionError;
use crate::editor::{WorkbookChoice, WorkbookEdits, WorkbookReport};
use crate::import::places::workbook::{PlaceWorkbook, WorkbookRefusal};
use crate::model::{Audience, AuditAction, Language, PlaceId, UploadOutcome, WorkbookUpload};
use crate::store::{Edit, StoreError};

/// What was read of an upload.
pub type ReadUpload = Result<PlaceWorkbook, UploadRefusal>;

/// Why an upload is no workbook of edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadRefusal {
    /// The reason.
    pub why: WhyNoUpload,
    /// More about it in Japanese, where there is more to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// Why an upload is no workbook of edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNoUpload {
    /// It is not a workbook that the program wrote.
    NotOurs,
    /// It cannot be read.
    Unreadable,
    /// It was written for others to read.
    ForReading,
    /// A later version of the program wrote it.
    Newer,
    /// The columns cannot be found.
    NoColumns,
    /// No row is left.
    NoRows,
    /// Reading it would take more memory or time than is given to it.
    TooMuch,
}

impl WhyNoUpload {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::NotOurs, Self::Unreadable, Self::ForReading, Self::Newer, Self::NoColumns, Self::NoRows, Self::TooMuch];

    /// Its name in JSON, and the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotOurs => "not_ours",
            Self::Unreadable => "unreadable",
            Self::ForReading => "for_reading",
            Self::Newer => "newer",
            Self::NoColumns => "no_columns",
            Self::NoRows => "no_rows",
            Self::TooMuch => "too_much",
        }
    }
}

impl From<WhyNoUpload> for UploadRefusal {
    fn from(why: WhyNoUpload) -> Self {
        Self { why, detail: String::new() }
    }
}

impl From<WorkbookRefusal> for UploadRefusal {
    fn from(refusal: WorkbookRefusal) -> Self {
        match refusal {
            WorkbookRefusal::Unreadable(problem) => {
                Self { why: WhyNoUpload::Unreadable, detail: problem.message(Language::Ja) }
            }
            WorkbookRefusal::ForReading(_) => WhyNoUpload::ForReading.into(),
            WorkbookRefusal::Newer { .. } => WhyNoUpload::Newer.into(),
            WorkbookRefusal::NoColumns => WhyNoUpload::NoColumns.into(),
            WorkbookRefusal::NoRows => WhyNoUpload::NoRows.into(),
        }
    }
}

/// An upload beside what is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedUpload {
    /// The upload.
    pub upload: WorkbookUpload,
    /// What it would change.
    pub report: WorkbookReport,
    /// The rows of new places and who will see them, in the order of the report.
    pub added_rows: Vec<(u32, Audience)>,
    /// What it would change and what of: another text once anything has moved on.
    pub state: String,
}

/// What became of an upload of which somebody took changes.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptedUpload {
    /// The number of the batch, by which it can be undone; `None` if nothing was changed.
    pub batch: Option<i64>,
    /// What was changed.
    pub report: WorkbookReport,
    /// Whether the upload is still there, because changes were not taken.
    pub is_open: bool,
}

impl PlaceEditor {
    /// Keeps a workbook that was uploaded; returns its number.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn upload(
        &self,
        workbook: &PlaceWorkbook,
        (file, blake3): (String, String),
        who: &EditedBy,
    ) -> Result<i64, PlaceEditError> {
        let read = serde_json::to_string(workbook).map_err(|_| PlaceEditError::Unknown)?;
        let upload = WorkbookUpload { number: 0, file, blake3, by: who.account.to_string(), at: who.at };
        Ok(self.editor.write(|store| {
            let edit = store.edit()?;
            let number = edit.add_upload(&upload, &read)?;
            edit.commit()?;
            Ok::<_, StoreError>((number, false))
        })?)
    }

    /// The uploads of which nobody has decided yet, the oldest first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn uploads(&self, now: DateTime<Utc>) -> Result<Vec<WorkbookUpload>, StoreError> {
        self.editor.read(|store| store.open_uploads(now))
    }

    /// An upload beside what is stored.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::Unknown`] if there is no such open upload, and if the store cannot be read.
    pub fn compare_upload(&self, number: i64, now: DateTime<Utc>) -> Result<ComparedUpload, PlaceEditError> {
        self.editor.write(|store| {
            let reader = self.reader(store, true)?;
            let edit = store.edit()?;
            let (upload, workbook) = found(&edit, number, now)?;
            let choice = WorkbookChoice::default();
            let edits = edits_of(&workbook, &upload, (&choice, &upload.by, now));
            let planned = self.editor.planned(&edit, edits, reader.known()).map_err(of_edition)?;
            let (report, added_rows) = (planned.report(edits), planned.added_rows());
            Ok((ComparedUpload { upload, report, added_rows, state: planned.state }, false))
        })
    }

    /// Takes those changes of an upload that were chosen, in one transaction and as one batch. What was not chosen stays, until somebody
    /// decides of it too. `state` is that of what somebody has looked at.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::UploadMovedOn`] if that is not what would be done any more, [`PlaceEditError::Unknown`] if there is no such open
    /// upload, and if the store cannot be written. Nothing is then stored.
    pub fn accept_upload(
        &self,
        number: i64,
        (choice, state): (&WorkbookChoice, &str),
        who: &EditedBy,
    ) -> Result<AcceptedUpload, PlaceEditError> {
        self.editor.write(|store| {
            let reader = self.reader(store, true)?;
            let mut edit = store.edit()?;
            let (upload, workbook) = found(&edit, number, who.at)?;
            let edits = edits_of(&workbook, &upload, (choice, who.account.as_str(), who.at));
            let planned = self.editor.planned(&edit, edits, reader.known()).map_err(of_edition)?;
            if planned.state != state {
                return Err(PlaceEditError::UploadMovedOn);
            }
            let mut report = planned.report(edits);
            let is_open = planned.leaves_something(edits);
            let subject = PlaceId(format!("upload {number}"));
            note(&edit, who, (AuditAction::Decided, &subject), Vec::new())?;
            if !is_open {
                edit.close_upload(number, UploadOutcome::Accepted, (who.account.as_str(), who.at))?;
            }
            if !report.changes_something() {
                edit.commit()?;
                return Ok((AcceptedUpload { batch: None, report, is_open }, false));
            }
            let ids = planned.write(&mut edit, edits)?;
            for (added, id) in report.sheet.added.iter_mut().zip(ids) {
                added.id = Some(id);
            }
            let batch = edit.batch_under_way();
            self.editor.commit(edit)?;
            Ok((AcceptedUpload { batch, report, is_open }, true))
        })
    }

    /// Takes nothing of an upload, which is forgotten.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::Unknown`] if there is no such open upload, and if the store cannot be written.
    pub fn reject_upload(&self, number: i64, who: &EditedBy) -> Result<(), PlaceEditError> {
        self.editor.write(|store| {
            let edit = store.edit()?;
            found(&edit, number, who.at)?;
            let subject = PlaceId(format!("upload {number}"));
            note(&edit, who, (AuditAction::Decided, &subject), Vec::new())?;
            edit.close_upload(number, UploadOutcome::Rejected, (who.account.as_str(), who.at))?;
            edit.commit()?;
            Ok(((), false))
        })
    }
}

fn found(edit: &Edit<'_>, number: i64, now: DateTime<Utc>) -> Result<(WorkbookUpload, PlaceWorkbook), PlaceEditError> {
    let (upload, read) = edit.open_upload(number, now)?.ok_or(PlaceEditError::Unknown)?;
    // What another version of the program wrote may not be understood any more; the file can be uploaded again.
    let workbook = serde_json::from_str(&read).map_err(|_| PlaceEditError::Unknown)?;
    Ok((upload, workbook))
}

fn edits_of<'a>(
    workbook: &'a PlaceWorkbook,
    upload: &'a WorkbookUpload,
    (choice, by, at): (&'a WorkbookChoice, &'a str, DateTime<Utc>),
) -> WorkbookEdits<'a> {
    WorkbookEdits { workbook, file: (&upload.file, &upload.blake3), choice, by, at }
}

/// Why a workbook cannot be compared.
fn of_edition(error: EditionError) -> PlaceEditError {
    match error {
        EditionError::Store(error) => PlaceEditError::Store(error),
        EditionError::TooManyValues { values, limit, .. } => PlaceEditError::TooManyValues { values, limit },
        _ => PlaceEditError::UploadMovedOn,
    }
}
