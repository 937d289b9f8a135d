//! One thing to mend in a list, said so that the person who keeps the list can do it.
//!
//! Kind, severity and sentences stand in `problems.toml`; `docs/data-format.md` has the whole table. This module does no I/O.

use serde::Serialize;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something could not be used as it stands; the place was kept.
    Warning,
    /// The row did not become a place, or letters of it are lost.
    Error,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row as Excel shows it; for the sheet as a whole, the heading's row.
    pub row: u32,
    /// The heading of the column as it stands in the file; `None` where the whole row or file is meant.
    pub column: Option<String>,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The values the sentences name, by the name of the placeholder.
    pub values: Vec<(&'static str, String)>,
}

/// What can be wrong. The serialised names are stable; `check --json` prints them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The row has no name.
    MissingName,
}
