//! The command line: reads arguments, touches files and the database through the parts that may, and speaks to people.
//!
//! It holds no rules of its own. Standard output carries answers, standard error everything else; a reader of the answer
//! that has gone (`| head`) ends the command in silence. Exit codes: 0 fine, 1 some rows have errors, 2 refused or wrong use.

pub mod args;
mod failure;
mod inputs;
mod output;
mod usage;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use failure::Failure;
pub use words::Words;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to complain about.
    Fine,
    /// Some rows have errors.
    SomeErrors,
    /// Refused, or used in a wrong way.
    Refused,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The files that every command works with.
#[derive(Debug, Clone)]
pub struct Places {
    /// The database.
    pub db: PathBuf,
    /// The data folder.
    pub data: PathBuf,
}
