//! Errors of the command line: each is a key of the message catalogue with its values.
//!
//! This module does no I/O.

use std::path::Path;

use crate::config::ConfigError;
use crate::editor::{EditionError, SampleRemovalError};
use crate::model::Messages;
use crate::store::StoreError;

/// Why a command failed, as a key of the message catalogue with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    key: &'static str,
    values: Vec<(&'static str, String)>,
    /// Further failures that are told with this one, each on a line of its own.
    others: Vec<Failure>,
}

impl Failure {
    /// A failure with the message under `key`, filled with `values`.
    pub fn new(key: &'static str, values: &[(&'static str, &str)]) -> Self {
        let values = values.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        Self { key, values, others: Vec::new() }
    }

    /// A failure with `file`, for a `reason` that the system or a library gives.
    pub fn of_file(key: &'static str, file: &Path, reason: &dyn std::fmt::Display) -> Self {
        Self::new(key, &[("file", &file.display().to_string()), ("reason", &reason.to_string())])
    }

    /// A failure with the database `path` and the `log` beside it, which is not its own.
    fn of_log(key: &'static str, path: &Path, log: &Path) -> Self {
        Self::new(key, &[("file", &path.display().to_string()), ("log", &log.display().to_string())])
    }

    /// The failure with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.values.push((name, value.to_owned()));
        self
    }

    /// The key of its message.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// The message, in the language of `messages`.
    pub fn message(&self, messages: &Messages) -> String {
        let others = self.others.iter().map(|other| other.message(messages));
        std::iter::once(self.own_message(messages)).chain(others).collect::<Vec<_>>().join("\n")
    }

    fn own_message(&self, messages: &Messages) -> String {
        // A value that is itself a key (what is wrong in a settings file) is translated too.
        let values: Vec<(&str, String)> =
            self.values.iter().map(|(name, value)| (*name, self.value(value, messages))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        messages.fill(self.key, &values)
    }

    fn value(&self, value: &str, messages: &Messages) -> String {
        if !value.starts_with("config.") {
            return value.to_owned();
        }
        let values: Vec<(&str, &str)> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        messages.fill(value, &values)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Several(faults) => {
                let mut failures = faults.into_iter().map(Self::from);
                let first = failures.next().unwrap_or_else(|| Self::new("error.output", &[]));
                Self { others: failures.collect(), ..first }
            }
            ConfigError::Unreadable { file, reason } => Self::of_file("error.config_unreadable", &file, &reason),
            ConfigError::Wrong { file, line, column, reason, values } => {
                let key = match &column {
                    Some(at) if at.bytes().all(|b| b.is_ascii_digit()) => "error.config_wrong_character",
                    Some(_) => "error.config_wrong_column",
                    None => "error.config_wrong",
                };
                let mut failure = Self::of_file(key, &file, &reason);
                failure.values.push(("line", line.to_string()));
                failure.values.push(("column", column.unwrap_or_default()));
                failure.values.extend(values);
                failure
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let reason = error.to_string();
        match error {
            StoreError::NotFound(file) => Self::of_file("error.no_database", &file, &reason),
            StoreError::NoFolder(file) => Self::of_file("error.no_folder", &file, &reason),
            StoreError::IsFolder(file) => Self::of_file("error.database_is_folder", &file, &reason),
            StoreError::NotADatabase(file) | StoreError::ForeignDatabase(file) => {
                Self::of_file("error.other_database", &file, &reason)
            }
            StoreError::NewerSchema { path, .. } => Self::of_file("error.newer_database", &path, &reason),
            StoreError::ReadOnly(file) | StoreError::CannotOpen(file) => {
                Self::of_file("error.closed_database", &file, &reason)
            }
            StoreError::Locked(file) => Self::of_file("error.locked_database", &file, &reason),
            StoreError::DiskFull(file) => Self::of_file("error.disk_full", &file, &reason),
            StoreError::Damaged { path, detail } => Self::of_file("error.damaged_database", &path, &detail),
            StoreError::BackupRefused { path, reason } => Self::of_file("error.backup_refused", &path, &reason),
            StoreError::Io { path, source } => Self::of_file("error.unwritable", &path, &source),
            StoreError::ForeignLog { path, log, .. } => Self::of_log("error.foreign_log", &path, &log),
            StoreError::OrphanLog { path, log } => Self::of_log("error.orphan_log", &path, &log),
            StoreError::EmptyDatabase(file) | StoreError::NoEdition(file) => {
                Self::of_file("error.empty_database", &file, &reason)
            }
            StoreError::Replaced(file) => Self::of_file("error.replaced_database", &file, &reason),
            StoreError::WriteFailed(file) => Self::of_file("error.write_failed", &file, &reason),
            StoreError::Failed { path, .. } => Self::of_file("error.database", &path, &reason),
            StoreError::Conflict { .. } => Self::new("error.conflict", &[("reason", &reason)]),
        }
    }
}

impl From<SampleRemovalError> for Failure {
    fn from(error: SampleRemovalError) -> Self {
        match error {
            SampleRemovalError::Store(error) => error.into(),
            SampleRemovalError::RealLists { lists } => {
                Self::new("error.sample_and_real", &[("lists", &lists.join("、"))])
            }
        }
    }
}

impl From<EditionError> for Failure {
    fn from(error: EditionError) -> Self {
        match error {
            EditionError::Store(error) => error.into(),
            EditionError::Empty { list, had } => {
                Self::new("error.empty_edition", &[("list", &list), ("had", &had.to_string())])
            }
            EditionError::TooManyValues { list, values, limit } => Self::new(
                "error.too_many_values",
                &[("list", &list), ("values", &values.to_string()), ("limit", &limit.to_string())],
            ),
            EditionError::NoLinkWorkers { list } => Self::new("error.no_link_workers", &[("list", &list)]),
            EditionError::NoAreas => Self::new("error.no_areas", &[]),
            EditionError::BesideSample { .. } => Self::new("error.beside_sample", &[]),
            EditionError::SampleAmongReal { list } => Self::new("error.sample_among_real", &[("list", &list)]),
            EditionError::OtherMunicipality { list, stored, given } => {
                let key = match (stored.is_empty(), given.is_empty()) {
                    (true, _) => "error.list_is_own",
                    (_, true) => "error.list_is_neighbours",
                    _ => "error.list_is_other_neighbours",
                };
                Self::new(key, &[("list", &list), ("stored", &stored), ("given", &given)])
            }
            EditionError::MovedOn { file } => Self::new("error.workbook_moved_on", &[("file", &file)]),
            EditionError::Unnamed => Self::new("error.unnamed_list", &[]),
            EditionError::Refused { file, problem } => {
                Self::new("error.refused", &[("file", &file), ("reason", &problem.kind.name())])
            }
        }
    }
}
