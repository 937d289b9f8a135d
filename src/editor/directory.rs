//! Takes in a new edition of a list of link workers, which takes the place of the one before. That one is kept.
//!
//! Entries have no identity of their own: people change posts and posts change people. What is new and what is gone is told by
//! comparing what the two editions say.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{EditionError, Editor, EditorState};
use crate::import::link_workers::LinkWorkerFile;
use crate::model::{LinkWorker, Source};
use crate::store::{DirectoryState, Edition, EditionFile, StoreError};

/// A new edition of a list of link workers, as it was read. All its files together are the list.
#[derive(Debug, Clone)]
pub struct NewDirectory {
    /// The list.
    pub list: String,
    /// Its files.
    pub files: Vec<ReadDirectory>,
    /// Who imports it: an account or the name of the operating system's user.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A file and what it says.
#[derive(Debug, Clone)]
pub struct ReadDirectory {
    /// Its name.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// What it says.
    pub import: LinkWorkerFile,
}

/// What an import of a list of link workers did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DirectoryReport {
    /// The list.
    pub list: String,
    /// Entries that the edition before did not have.
    pub added: Vec<String>,
    /// Entries of the edition before that this one no longer has.
    pub removed: Vec<String>,
    /// Entries that say the same in both.
    pub unchanged: u32,
    /// Other lists of link workers, which stay as they are.
    pub other_lists: Vec<String>,
}

impl DirectoryReport {
    /// Whether what people see of the list is another than before.
    pub fn changes_something(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty()
    }
}

impl Editor {
    /// Says what [`import_link_workers`](Self::import_link_workers) would do. Writes nothing.
    ///
    /// # Errors
    ///
    /// As [`import_link_workers`](Self::import_link_workers).
    pub fn preview_link_workers(&self, edition: NewDirectory) -> Result<DirectoryReport, EditionError> {
        let (header, entries) = taken_apart(edition)?;
        let state = self.state();
        let before = state.store.link_workers_of(&header.list)?;
        Ok(report(&header.list, (&before, &entries), &state.store.directories()?))
    }

    /// Takes in a new edition of a list of link workers, all of it or nothing, and says what changed. The same edition again
    /// writes nothing.
    ///
    /// # Errors
    ///
    /// If a file was refused, no row of the edition says of anybody, or the store cannot be written. Nothing is then written.
    pub fn import_link_workers(&self, edition: NewDirectory) -> Result<DirectoryReport, EditionError> {
        let (header, entries) = taken_apart(edition)?;
        let mut state = self.state();
        let EditorState { store, .. } = &mut *state;
        let others = store.directories()?;
        let edit = store.edit()?;
        let before = edit.link_workers_of(&header.list)?;
        let report = report(&header.list, (&before, &entries), &others);
        if before != entries {
            edit.add_link_workers(&header, &entries)?;
            edit.commit()?;
            self.rebuild(&mut state)?;
        }
        Ok(report)
    }

    /// Every list of link workers, by name.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn directories(&self) -> Result<Vec<DirectoryState>, StoreError> {
        self.state().store.directories()
    }
}

fn taken_apart(edition: NewDirectory) -> Result<(Edition, Vec<LinkWorker>), EditionError> {
    let NewDirectory { list, files, by, at } = edition;
    if list.trim().is_empty() {
        return Err(EditionError::Unnamed);
    }
    let recorded = files.iter().map(|f| EditionFile { file: f.file.clone(), blake3: f.blake3.clone() }).collect();
    let mut entries = Vec::new();
    for ReadDirectory { file, import, .. } in files {
        if let Some(problem) = import.refused {
            return Err(EditionError::Refused { file, problem });
        }
        entries.extend(import.sheets.into_iter().flat_map(|sheet| sheet.workers));
    }
    if entries.is_empty() {
        return Err(EditionError::NoLinkWorkers { list });
    }
    for entry in &mut entries {
        entry.source.list.clone_from(&list);
    }
    Ok((Edition { list, files: recorded, made_by: by, at }, entries))
}

fn report(list: &str, (before, after): (&[LinkWorker], &[LinkWorker]), lists: &[DirectoryState]) -> DirectoryReport {
    let mut left: HashMap<String, Vec<&LinkWorker>> = HashMap::new();
    for entry in before {
        left.entry(content(entry)).or_default().push(entry);
    }
    let (mut added, mut unchanged) = (Vec::new(), 0);
    for entry in after {
        match left.get_mut(&content(entry)).and_then(Vec::pop) {
            Some(_) => unchanged += 1,
            None => added.push(label(entry)),
        }
    }
    let mut removed: Vec<&LinkWorker> = left.into_values().flatten().collect();
    removed.sort_by(|a, b| {
        (&a.source.file, &a.source.sheet, a.source.row).cmp(&(&b.source.file, &b.source.sheet, b.source.row))
    });
    let other_lists = lists.iter().map(|state| state.name.clone()).filter(|name| name != list).collect();
    DirectoryReport {
        list: list.to_owned(),
        added,
        removed: removed.into_iter().map(label).collect(),
        unchanged,
        other_lists,
    }
}

/// All that an entry says, wherever it stands.
fn content(entry: &LinkWorker) -> String {
    let entry = LinkWorker { source: Source::default(), ..entry.clone() };
    serde_json::to_string(&entry).unwrap_or_default()
}

/// An entry in a line, for those who keep the list.
fn label(entry: &LinkWorker) -> String {
    let parts = [entry.role.as_deref(), entry.name(), entry.office.as_deref(), entry.area.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
