//! The table `words.toml`. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The words of the workbook.
#[derive(Debug, Deserialize)]
pub struct WorkbookWordFile {
    /// Names of sheets.
    pub sheets: BTreeMap<String, String>,
    /// Headings of the sheet of options, and the word for what is not known.
    pub options: BTreeMap<String, String>,
    /// The sheet that says how to use it.
    pub guide: WorkbookGuide,
    /// What is said of the column of identities when its cell is chosen.
    pub id_note: BTreeMap<String, String>,
    /// Notes on headings by key of the column.
    pub notes: BTreeMap<String, String>,
}

/// The sheet that says how to use the workbook.
#[derive(Debug, Deserialize)]
pub struct WorkbookGuide {
    /// Of a workbook that comes home, line by line.
    pub lines: Vec<String>,
    /// Of a workbook for reading, line by line.
    pub reading: Vec<String>,
    /// Heading of what was chosen.
    pub extent: String,
    /// Heading of the time.
    pub at: String,
    /// What was chosen where nothing was left out.
    pub all: String,
}

static WORKBOOK_WORDS: LazyLock<WorkbookWordFile> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the table is our own"));

/// The words of the workbook.
pub fn workbook_words() -> &'static WorkbookWordFile {
    &WORKBOOK_WORDS
}
