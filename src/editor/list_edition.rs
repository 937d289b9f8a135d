//! A new edition of a list, generic over the kind of list, and the errors for which one is refused.
//!
//! [`split_edition`] is the only way from imported files to stored entries, so that no kind of list can forget to set the list
//! of its rows or to refuse an unreadable file. This module does no I/O.

use chrono::{DateTime, Utc};

use crate::import::{ImportedFile, ImportedSheet, ListEntry, ListProblem};
use crate::store::{Edition, EditionFile, StoreError};

/// A new edition of a list of `T`, as it was read. Its files together are the whole list: an entry that none of them has is
/// gone.
#[derive(Debug, Clone)]
pub struct ListEdition<T> {
    /// Name of the list.
    pub list: String,
    /// All files of the edition.
    pub files: Vec<ReadFile<T>>,
    /// Who imports it: an account or the name of the operating system's user.
    pub by: String,
    /// Time of the import.
    pub at: DateTime<Utc>,
}

/// A file that was read, with its hash and contents.
#[derive(Debug, Clone)]
pub struct ReadFile<T> {
    /// File name without the folder; the same as in the [`Source`](crate::model::Source) of its rows.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
    /// Its sheets, or why it was refused.
    pub import: ImportedFile<T>,
}

/// Why an edition was refused. Nothing was then written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditionError {
    /// A file could not be read as a list.
    #[error("{file} cannot be read as a list: {}", problem.kind.name())]
    Refused {
        /// Name of the file.
        file: String,
        /// Why it was refused.
        problem: ListProblem,
    },
    /// The edition has no place, though the list had some: more likely a wrong file than the end of them all.
    #[error(
        "the new edition of the list {list:?} has no place, the last one had {had}: check the file; nothing was changed"
    )]
    Empty {
        /// The list.
        list: String,
        /// Number of stored places of the list.
        had: usize,
    },
    /// The list names no link worker; it is probably the wrong file.
    #[error("the list {list:?} names no link worker: check the file; nothing was changed")]
    NoLinkWorkers {
        /// The list.
        list: String,
    },
    /// The population has no area; it is probably the wrong file.
    #[error("the files have no area with people: check them; nothing was changed")]
    NoAreas,
    /// The database holds the sample: a list beside it would show invented places among real ones.
    #[error("the database holds the sample, so that the list {list:?} was not imported; remove the sample first")]
    BesideSample {
        /// The list.
        list: String,
    },
    /// The list is the sample's and the database holds lists of the municipality itself.
    #[error("the list {list:?} is the sample's and was not imported among real ones")]
    SampleAmongReal {
        /// The list.
        list: String,
    },
    /// The list is of another municipality: of a neighbour where it was to be the municipality's own, or the other way round.
    #[error(
        "the list {list:?} is in the database as one of {stored}, so that it was not imported as one of {given}; import it under another name"
    )]
    OtherMunicipality {
        /// The list.
        list: String,
        /// Whose it is by the database: a code, or empty for the municipality itself.
        stored: String,
        /// Whose it is by the import.
        given: String,
    },
    /// The edition has more values than snapshots can be built from in time.
    #[error(
        "the new edition of the list {list:?} has {values} values, {limit} are possible: give fewer keywords, or import it as several lists; nothing was changed"
    )]
    TooManyValues {
        /// The list.
        list: String,
        /// Keywords, times and places of the edition.
        values: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The database has changed since somebody looked at what a workbook would do.
    #[error(
        "the database has changed since the changes of {file:?} were shown: look at them again; nothing was changed"
    )]
    MovedOn {
        /// Name of the file.
        file: String,
    },
    /// The name of the list is empty.
    #[error("the list needs a name: give it with --list")]
    Unnamed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One sheet of an edition, and the file that holds it.
pub(super) struct EditionSheet<T> {
    pub(super) file: String,
    pub(super) sheet: ImportedSheet<T>,
}

/// Validates an edition and splits it into the header that the store keeps and its sheets, whose rows now name their list.
///
/// # Errors
///
/// If the list has no name or a file was refused: a file that cannot be read would look like all its entries had gone.
pub(super) fn split_edition<T: ListEntry>(
    edition: ListEdition<T>,
) -> Result<(Edition, Vec<EditionSheet<T>>), EditionError> {
    let ListEdition { list, files, by, at } = edition;
    if list.trim().is_empty() {
        return Err(EditionError::Unnamed);
    }
    let recorded = files.iter().map(|f| EditionFile { file: f.file.clone(), blake3: f.blake3.clone() }).collect();
    let mut sheets = Vec::new();
    for ReadFile { file, import, .. } in files {
        if let Some(problem) = import.refused {
            return Err(EditionError::Refused { file, problem });
        }
        sheets.extend(import.sheets.into_iter().map(|sheet| EditionSheet { file: file.clone(), sheet }));
    }
    for entry in sheets.iter_mut().flat_map(|of| &mut of.sheet.entries) {
        entry.source_mut().list.clone_from(&list);
    }
    Ok((Edition { list, files: recorded, made_by: by, at }, sheets))
}
