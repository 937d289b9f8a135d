//! Edits places one by one, as people do in a browser: by the texts of their fields, each read as a cell of a workbook is.
//!
//! Whoever edits says which revision they saw. What somebody else has changed since is never overwritten; what widens who sees
//! something is stored only when that was said. An edit never touches the confirmation of a place, and its base stays, so that the next
//! edition of its list is compared with what the list said before.

mod batches;
mod change;
mod error;
mod overview;
mod single;
mod suggestions;
mod uploads;

use std::sync::Arc;

use chrono::{DateTime, SubsecRound as _, Utc};

pub use batches::{BatchUndo, ManyEdited, ManyEdits};
pub use error::{EditConflict, PlaceEditError};
pub use overview::{AddressCandidate, EditQueues, TextChange, TextRevision, WorkbookToEdit};
pub use single::{EditablePlace, PlaceSave, StoredEdit};
pub use suggestions::{ComparedSuggestion, DecidedSuggestion, SuggestionDecision};
pub use uploads::{AcceptedUpload, ComparedUpload, ReadUpload, UploadRefusal, WhyNoUpload};

use super::Editor;
use super::clock::today_in_japan;
use crate::import::ImportContext;
use crate::import::columns::HeadingTable;
use crate::import::places::phrases::Phrases;
use crate::import::regions::gazetteer::Gazetteer;
use crate::model::place_workbook::WorkbookNames;
use crate::model::{AccountName, AuditAction, AuditRecord, Author, DistrictTable, EditDraft, PlaceId};
use crate::store::{Edit, Store, StoreError};

/// Edits places one by one.
#[derive(Debug)]
pub struct PlaceEditor {
    editor: Arc<Editor>,
    columns: HeadingTable,
    phrases: Phrases,
}

/// Who edits, and when.
#[derive(Debug, Clone)]
pub struct EditedBy {
    /// The name of the account.
    pub account: AccountName,
    /// The time.
    pub at: DateTime<Utc>,
}

impl EditedBy {
    fn author(&self) -> Author {
        Author::Person(self.account.to_string())
    }
}

/// How texts are read: the districts, and where addresses are.
struct FormReader<'a> {
    of: &'a PlaceEditor,
    districts: DistrictTable,
    gazetteer: Option<Gazetteer>,
}

impl FormReader<'_> {
    fn known(&self) -> ImportContext<'_> {
        ImportContext {
            columns: &self.of.columns,
            phrases: &self.of.phrases,
            categories: &self.of.editor.categories,
            city: &self.of.editor.city,
            gazetteer: self.gazetteer.as_ref(),
            boundary: None,
            districts: &self.districts,
            today: Some(today_in_japan()),
        }
    }

    fn names(&self) -> WorkbookNames<'_> {
        WorkbookNames { categories: &self.of.editor.categories, districts: &self.districts }
    }
}

impl PlaceEditor {
    /// Edits the places of `editor`; texts are read by `columns` and `phrases`, as those of lists are.
    pub fn new(editor: Arc<Editor>, columns: HeadingTable, phrases: Phrases) -> Self {
        Self { editor, columns, phrases }
    }

    /// How texts are read; `with_addresses` where an address may be among them.
    fn reader(&self, store: &Store, with_addresses: bool) -> Result<FormReader<'_>, StoreError> {
        let districts = DistrictTable::new(store.districts()?);
        let towns = if with_addresses { store.towns()? } else { Vec::new() };
        let gazetteer = (!towns.is_empty()).then(|| {
            let former = districts.all().iter().filter_map(|district| district.former_town.as_deref());
            Gazetteer::new(towns, &self.editor.city).with_former_towns(former)
        });
        Ok(FormReader { of: self, districts, gazetteer })
    }

    /// The drafts of an account, the newest first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn drafts(&self, who: &EditedBy) -> Result<Vec<EditDraft>, StoreError> {
        self.editor.read(|store| store.drafts_of(&who.account, who.at))
    }

    /// The draft of an account for `place`, if there is one.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn draft(&self, who: &EditedBy, place: &str) -> Result<Option<EditDraft>, StoreError> {
        self.editor.read(|store| store.draft(&who.account, place, who.at))
    }

    /// Keeps what somebody has typed and not stored yet.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn keep_draft(&self, who: &EditedBy, draft: &EditDraft) -> Result<(), StoreError> {
        self.aside(|edit| edit.put_draft(&who.account, draft))
    }

    /// Removes a draft, if there is one.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn drop_draft(&self, who: &EditedBy, place: &str) -> Result<(), StoreError> {
        self.aside(|edit| edit.delete_draft(&who.account, place))
    }

    /// Writes what no snapshot has.
    fn aside(&self, f: impl FnOnce(&Edit<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.editor.write(|store| {
            let edit = store.edit()?;
            f(&edit)?;
            edit.commit()?;
            Ok(((), false))
        })
    }
}

/// Notes in the audit log what was done to `place`, by the names of the fields.
fn note(
    edit: &Edit<'_>,
    who: &EditedBy,
    (action, place): (AuditAction, &PlaceId),
    fields: Vec<&'static str>,
) -> Result<(), StoreError> {
    let (at, by) = (who.at.trunc_subsecs(0), who.account.to_string());
    edit.audit(&AuditRecord { at, by, action, subject: place.0.clone(), fields })
}
