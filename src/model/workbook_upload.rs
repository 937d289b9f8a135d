//! A workbook of edits that somebody uploaded in a browser. This module does no I/O.

use chrono::{DateTime, Utc};

/// A workbook of edits that was uploaded, of which nobody has decided yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookUpload {
    /// Its number.
    pub number: i64,
    /// The name of the file.
    pub file: String,
    /// BLAKE3 of its bytes in hexadecimal.
    pub blake3: String,
    /// The account that uploaded it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl WorkbookUpload {
    /// For how many days it is kept.
    pub const DAYS: i64 = 30;
    /// The most bytes of a file.
    pub const MOST_BYTES: usize = 20 << 20;
    /// The most characters of the name of a file.
    pub const MOST_NAME: usize = 200;
}

/// What became of a workbook that was uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadOutcome {
    /// All or some of its edits were taken.
    Accepted,
    /// None was.
    Rejected,
}

impl UploadOutcome {
    /// Its code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}
