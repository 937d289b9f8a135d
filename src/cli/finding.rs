//! What is found amiss outside of lists: a key of the message catalogue with its values, and how much it matters.
//!
//! This module does no I/O.

use serde::Serialize;

use super::Failure;
use crate::model::Messages;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// Nothing has to be done.
    Note,
    /// It works, but something is missing or does not fit.
    Warning,
    /// It does not work, or shows people what is not true.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: FindingSeverity,
    message: Failure,
}

impl Finding {
    /// A finding that has to be looked into, with the message under `key`.
    pub fn warning(key: &'static str, values: &[(&'static str, &str)]) -> Self {
        Self { severity: FindingSeverity::Warning, message: Failure::new(key, values) }
    }

    /// A finding for information.
    pub fn note(key: &'static str, values: &[(&'static str, &str)]) -> Self {
        Self { severity: FindingSeverity::Note, ..Self::warning(key, values) }
    }

    /// A finding that keeps things from working.
    pub fn error(key: &'static str, values: &[(&'static str, &str)]) -> Self {
        Self { severity: FindingSeverity::Error, ..Self::warning(key, values) }
    }

    /// Its name for programs: the last part of the message's key.
    pub fn name(&self) -> &'static str {
        let key = self.message.key();
        key.rsplit('.').next().unwrap_or(key)
    }

    /// What is amiss and what to do, in the language of `messages`.
    pub fn message(&self, messages: &Messages) -> String {
        self.message.message(messages)
    }
}

impl<T: Into<Failure>> From<T> for Finding {
    /// What makes a command fail is an error wherever it is found.
    fn from(failure: T) -> Self {
        Self { severity: FindingSeverity::Error, message: failure.into() }
    }
}

/// A line of `--json`.
#[derive(Debug, Serialize)]
pub struct FindingLine<'a> {
    /// Name of the finding.
    pub finding: &'static str,
    /// How much it matters.
    pub severity: FindingSeverity,
    /// The message in the user's language.
    pub message: &'a str,
}
