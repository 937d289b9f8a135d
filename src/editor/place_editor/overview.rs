//! What somebody who edits looks at first, and what is asked while typing: queues, the history of a place, where an address may be.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::SubsecRound as _;

use super::{EditedBy, PlaceEditError, PlaceEditor};
use crate::editor::WorkbookSource;
use crate::import::places::workbook::place_form::form_texts;
use crate::model::{Audience, AuditAction, AuditRecord, Author, DistrictTable, Location, PlaceId, Revision};
use crate::store::{RevisedMergedPlace, StoreError, StoredBatch};
use crate::text::fold;

/// Batches that are listed.
const BATCHES: usize = 20;
/// Candidates for an address.
const CANDIDATES: usize = 8;

/// What waits for somebody, besides what follows from the places themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EditQueues {
    /// The places that the newest edition of their list lacks (終了候補).
    pub absent: HashSet<PlaceId>,
    /// Merged places that their lists have revised since.
    pub merged: Vec<RevisedMergedPlace>,
    /// The newest batches, the newest first.
    pub batches: Vec<StoredBatch>,
}

/// What the workbook of every place is written from.
#[derive(Debug, Clone)]
pub struct WorkbookToEdit {
    /// The places as they are stored.
    pub source: WorkbookSource,
    /// The districts by which they are named.
    pub districts: DistrictTable,
}

/// A revision of a place, with the texts that it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRevision {
    /// The revision.
    pub revision: Revision,
    /// What it changed, in the order of the keys; of the first one all texts.
    pub changes: Vec<TextChange>,
}

/// A text of a place that a revision changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// The key of its column.
    pub field: String,
    /// The text before.
    pub was: String,
    /// The text since.
    pub now: String,
}

/// Where an address may be.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressCandidate {
    /// The 大字 or 町.
    pub town: String,
    /// The point, with what it stands for.
    pub site: Location,
    /// Whether the address names it; else it is one whose name is like a part of the address.
    pub is_sure: bool,
}

impl PlaceEditor {
    /// What waits for somebody.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn queues(&self) -> Result<EditQueues, StoreError> {
        self.editor.read(|store| {
            Ok(EditQueues {
                absent: store.absent_places()?,
                merged: store.revised_merged_places()?,
                batches: store.batches(BATCHES)?,
            })
        })
    }

    /// What the workbook of every place is written from; notes in the audit log that it went out, since only staff may see it.
    ///
    /// # Errors
    ///
    /// If the store cannot be read or written.
    pub fn workbook(&self, who: &EditedBy) -> Result<WorkbookToEdit, PlaceEditError> {
        let source = self.editor.workbook_source()?;
        let districts = self.editor.districts()?;
        self.aside(|edit| {
            let (at, by) = (who.at.trunc_subsecs(0), who.account.to_string());
            let subject = format!("xlsx {}", Audience::Staff.code());
            edit.audit(&AuditRecord { at, by, action: AuditAction::Exported, subject, fields: Vec::new() })
        })?;
        Ok(WorkbookToEdit { source, districts })
    }

    /// The numbers of the current revisions of places; what is no place of the municipality is left out.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn revision_numbers(&self, places: &[PlaceId]) -> Result<HashMap<PlaceId, u32>, StoreError> {
        self.editor.read(|store| {
            let mut numbers = HashMap::with_capacity(places.len());
            for id in places {
                numbers.extend(store.own_place(id)?.map(|(revision, _)| (id.clone(), revision.number)));
            }
            Ok(numbers)
        })
    }

    /// Every revision of a place with what it changed, the newest first.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::Unknown`], and if the store cannot be read.
    pub fn texts_over_time(&self, id: &PlaceId) -> Result<Vec<TextRevision>, PlaceEditError> {
        let found = self.editor.read(|store| {
            let reader = self.reader(store, false)?;
            if store.own_place(id)?.is_none() {
                return Ok(None);
            }
            let (mut before, mut all) = (BTreeMap::new(), Vec::new());
            for revision in store.history(id)? {
                let texts = form_texts(&revision.place, reader.names());
                let changes = changes(&before, &texts);
                all.push(TextRevision { revision, changes });
                before = texts;
            }
            all.reverse();
            Ok(Some(all))
        })?;
        found.ok_or(PlaceEditError::Unknown)
    }

    /// Where an address may be, the surest first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn candidates(&self, address: &str) -> Result<Vec<AddressCandidate>, StoreError> {
        self.editor.read(|store| {
            let reader = self.reader(store, true)?;
            let Some(gazetteer) = &reader.gazetteer else { return Ok(Vec::new()) };
            let mut found: Vec<AddressCandidate> = gazetteer
                .locate(address)
                .map(|it| AddressCandidate { town: it.town.name, site: it.site, is_sure: true })
                .into_iter()
                .collect();
            let typed = fold(address);
            let mut seen: BTreeSet<String> = found.iter().map(|it| it.town.clone()).collect();
            for town in store.towns()? {
                let name = fold(&town.town);
                let is_like = !typed.is_empty() && !name.is_empty() && (typed.contains(&name) || name.contains(&typed));
                if found.len() >= CANDIDATES {
                    break;
                }
                if is_like && town.small_area.is_none() && seen.insert(town.town.clone()) {
                    let site = Location { position: town.position, precision: crate::model::Precision::Town };
                    found.push(AddressCandidate { town: town.town, site, is_sure: false });
                }
            }
            Ok(found)
        })
    }
}

/// The texts in which two states differ; a text that one of them lacks is empty there.
fn changes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<TextChange> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |texts: &BTreeMap<String, String>, key: &String| texts.get(key).cloned().unwrap_or_default();
    let change = |key: &String| TextChange { field: key.clone(), was: text(before, key), now: text(after, key) };
    keys.into_iter().map(change).filter(|it| it.was != it.now).collect()
}

impl TextRevision {
    /// The account of the person who made it; `None` for an import.
    pub fn person(&self) -> Option<&str> {
        match &self.revision.author {
            Author::Person(name) => Some(name),
            Author::Import => None,
        }
    }
}
