//! Imports a new edition of a list of link workers. It replaces the previous edition, which is kept in the history.
//!
//! Entries have no identity of their own: people change posts and posts change people. The report compares the contents of the
//! two editions: what was added and what was removed.

use std::collections::HashMap;

use serde::Serialize;

use super::Editor;
use super::list_edition::{EditionError, ListEdition, split_edition};
use super::sample::check_not_beside_sample;
use crate::model::{LinkWorker, Source};
use crate::store::{DirectoryState, Edition, Store, StoreError};

/// Report of an import of link workers, or of its dry run: added and removed entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DirectoryReport {
    /// Name of the list.
    pub list: String,
    /// Entries that the previous edition lacks, as one line each.
    pub added: Vec<String>,
    /// Entries of the previous edition that this one lacks, as one line each.
    pub removed: Vec<String>,
    /// Count of entries with the same content in both.
    pub unchanged: u32,
    /// Names of the other lists of link workers, which this import does not touch.
    pub other_lists: Vec<String>,
}

impl DirectoryReport {
    /// Whether the content of the list changes.
    pub fn changes_something(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty()
    }
}

impl Editor {
    /// Dry run: reports what [`import_link_workers`](Self::import_link_workers) would do. Writes nothing.
    ///
    /// # Errors
    ///
    /// As [`import_link_workers`](Self::import_link_workers).
    pub fn preview_link_workers(&self, edition: ListEdition<LinkWorker>) -> Result<DirectoryReport, EditionError> {
        let (header, entries) = split_entries(edition)?;
        let (note, before, others) =
            self.read(|store| Ok((store.sample()?, store.link_workers_of(&header.list)?, store.directories()?)))?;
        check_not_beside_sample(&note, &header.list)?;
        Ok(report(&header.list, (&before, &entries), &others))
    }

    /// Imports a new edition of a list of link workers, all of it or nothing, and reports what changed. The same edition
    /// again writes nothing.
    ///
    /// # Errors
    ///
    /// If a file was refused, the edition names no link worker, or the store cannot be written. Nothing is then written.
    pub fn import_link_workers(&self, edition: ListEdition<LinkWorker>) -> Result<DirectoryReport, EditionError> {
        let (header, entries) = split_entries(edition)?;
        self.write(|store| {
            let others = store.directories()?;
            let edit = store.edit()?;
            check_not_beside_sample(&edit.sample()?, &header.list)?;
            let before = edit.link_workers_of(&header.list)?;
            let report = report(&header.list, (&before, &entries), &others);
            let is_changed = before != entries;
            if is_changed {
                edit.add_link_workers(&header, &entries)?;
                edit.commit()?;
            }
            Ok((report, is_changed))
        })
    }

    /// Every list of link workers with its counts, ordered by name.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn directories(&self) -> Result<Vec<DirectoryState>, StoreError> {
        self.read(Store::directories)
    }
}

/// Splits the edition; one without entries is refused, because it is probably the wrong file.
fn split_entries(edition: ListEdition<LinkWorker>) -> Result<(Edition, Vec<LinkWorker>), EditionError> {
    let (header, sheets) = split_edition(edition)?;
    let entries: Vec<LinkWorker> = sheets.into_iter().flat_map(|of| of.sheet.entries).collect();
    if entries.is_empty() {
        return Err(EditionError::NoLinkWorkers { list: header.list });
    }
    Ok((header, entries))
}

fn report(list: &str, (before, after): (&[LinkWorker], &[LinkWorker]), lists: &[DirectoryState]) -> DirectoryReport {
    let mut unmatched: HashMap<String, Vec<&LinkWorker>> = HashMap::new();
    for entry in before {
        unmatched.entry(content(entry)).or_default().push(entry);
    }
    let (mut added, mut unchanged) = (Vec::new(), 0);
    for entry in after {
        match unmatched.get_mut(&content(entry)).and_then(Vec::pop) {
            Some(_) => unchanged += 1,
            None => added.push(label(entry)),
        }
    }
    let mut removed: Vec<&LinkWorker> = unmatched.into_values().flatten().collect();
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

/// The content of an entry without its source, as a key for comparison.
fn content(entry: &LinkWorker) -> String {
    let entry = LinkWorker { source: Source::default(), ..entry.clone() };
    serde_json::to_string(&entry).unwrap_or_default()
}

/// An entry as one line of the report: role, name, office, area.
fn label(entry: &LinkWorker) -> String {
    let parts = [entry.role.as_deref(), entry.name(), entry.office.as_deref(), entry.area.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
