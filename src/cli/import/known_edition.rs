//! Recognises the edition that a list already has: the same files, read by the same program with the same settings, and nothing of
//! the list changed since. It is then not read again.
//!
//! A reading rests on the day, too: a date that was still to come yesterday may be past today.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::{CommandContext, ExitStatus, inputs};
use crate::config::DataFolders;
use crate::editor::{Editor, RejectedRow, SheetReport, StoreError};
use crate::store::{self, Store};

/// The endings of files in a data folder that are settings or regions.
const SETTINGS: [&str; 3] = ["toml", "csv", "geojson"];
/// Up to this size, in bytes, the content of such a file counts; beyond, when it was changed.
const HASHED_BYTES: u64 = 4 << 20;

/// What the last import of a list found, and what that rests on.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownEdition {
    /// A hash over files, program, settings and day.
    reading: String,
    /// The state of the list in the database.
    state: String,
    has_errors: bool,
    sheets: Vec<KnownSheet>,
}

/// One sheet of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct KnownSheet {
    file: String,
    sheet: Option<String>,
    places: u32,
    rejected: Vec<RejectedRow>,
}

impl KnownEdition {
    /// The edition of `list`, if it is the one that `files` are.
    pub fn of_files(context: &CommandContext, list: &str, files: &[PathBuf]) -> Option<Self> {
        // Standard input can be read once.
        if !store::is_up_to_date(&context.db) || files.iter().any(|file| file == Path::new("-")) {
            return None;
        }
        let store = Store::open_unchecked(&context.db).ok()?;
        let known: Self = serde_json::from_str(&store.meta(&key(list)).ok()??).ok()?;
        let hashed = files.iter().map(|file| Some((inputs::file_name(file), hash_of(&inputs::read(file).ok()?))));
        let hashed: Vec<(String, String)> = hashed.collect::<Option<_>>()?;
        let is_same =
            known.reading == reading_hash(&context.data, &hashed)? && known.state == store.list_state(list).ok()?;
        is_same.then_some(known)
    }

    /// Notes what the import of `list` from `files`, by name and hash, has found.
    pub fn note(
        context: &CommandContext,
        editor: &Editor,
        (list, files): (&str, &[(String, String)]),
        (reports, exit): (&[SheetReport], ExitStatus),
    ) -> Result<(), StoreError> {
        let Some(reading) = reading_hash(&context.data, files) else { return Ok(()) };
        let state = editor.list_state(list)?;
        let sheets = reports.iter().map(KnownSheet::of).collect();
        let known = Self { reading, state, has_errors: exit == ExitStatus::SomeErrors, sheets };
        let Ok(text) = serde_json::to_string(&known) else { return Ok(()) };
        editor.keep_note(&key(list), &text)
    }

    /// What an import would report that finds nothing new.
    pub fn reports(&self) -> Vec<SheetReport> {
        let report = |it: &KnownSheet| SheetReport {
            file: it.file.clone(),
            sheet: it.sheet.clone(),
            unchanged: it.places,
            rejected: it.rejected.clone(),
            ..SheetReport::default()
        };
        self.sheets.iter().map(report).collect()
    }

    /// The exit status of such an import.
    pub fn exit(&self) -> ExitStatus {
        if self.has_errors { ExitStatus::SomeErrors } else { ExitStatus::Fine }
    }
}

impl KnownSheet {
    fn of(report: &SheetReport) -> Self {
        let SheetReport { file, sheet, added, changed, unchanged, rejected, gone: _, closed: _ } = report;
        let places = u32::try_from(added.len() + changed.len()).unwrap_or(u32::MAX).saturating_add(*unchanged);
        Self { file: file.clone(), sheet: sheet.clone(), places, rejected: rejected.clone() }
    }
}

/// The key of the database's metadata.
fn key(list: &str) -> String {
    format!("reading:{list}")
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The hash over `files`, the program, the settings and the day; `None` where one of them cannot be told.
fn reading_hash(folders: &DataFolders, files: &[(String, String)]) -> Option<String> {
    let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let today = chrono::Local::now().date_naive();
    let mut hash = blake3::Hasher::new();
    let program = (env!("CARGO_PKG_VERSION"), program.len(), program.modified().ok()?);
    hash.update(format!("{program:?} {today} {files:?}").as_bytes());
    for folder in folders.all() {
        let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
            Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
            // Without a folder the settings are built in.
            Err(_) => Vec::new(),
        };
        entries.sort();
        for entry in entries {
            if !entry.extension().is_some_and(|ending| SETTINGS.iter().any(|known| ending == *known)) {
                continue;
            }
            let metadata = fs::metadata(&entry).ok()?;
            let is_small = metadata.len() <= HASHED_BYTES;
            let content = if is_small { hash_of(&fs::read(&entry).ok()?) } else { String::new() };
            let changed = if is_small { None } else { metadata.modified().ok() };
            hash.update(format!("{} {} {changed:?} {content}\0", entry.display(), metadata.len()).as_bytes());
        }
    }
    Some(hash.finalize().to_hex().to_string())
}
