//! The audit log: who did what and when, by names of fields and never by their values. This module does no I/O.

use chrono::{DateTime, Utc};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditAction {
    /// Somebody signed in.
    SignedIn,
    /// Somebody did not give the password of an account that there is.
    SignInFailed,
    /// Somebody signed out.
    SignedOut,
    /// All other sessions of an account were ended.
    SessionsEnded,
    /// A password was set or changed.
    PasswordSet,
    /// An account was made.
    AccountAdded,
    /// The password of an account was taken away, and a new code was made.
    AccountReset,
    /// An account was disabled.
    AccountDisabled,
    /// The role of an account was changed.
    RoleChanged,
    /// A list or a file was imported.
    Imported,
    /// Data that not everybody may see was exported.
    Exported,
    /// A place was added or edited.
    Edited,
    /// A place was merged into another one.
    Merged,
    /// A revision, or a batch of them, was undone.
    Undone,
    /// A suggestion, or a workbook that was uploaded, was accepted or rejected.
    Decided,
}

impl AuditAction {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignedOut,
        Self::SessionsEnded,
        Self::PasswordSet,
        Self::AccountAdded,
        Self::AccountReset,
        Self::AccountDisabled,
        Self::RoleChanged,
        Self::Imported,
        Self::Exported,
        Self::Edited,
        Self::Merged,
        Self::Undone,
        Self::Decided,
    ];

    /// Its code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::SignedOut => "signed-out",
            Self::SessionsEnded => "sessions-ended",
            Self::PasswordSet => "password-set",
            Self::AccountAdded => "account-added",
            Self::AccountReset => "account-reset",
            Self::AccountDisabled => "account-disabled",
            Self::RoleChanged => "role-changed",
            Self::Imported => "imported",
            Self::Exported => "exported",
            Self::Edited => "edited",
            Self::Merged => "merged",
            Self::Undone => "undone",
            Self::Decided => "decided",
        }
    }

    /// The action of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }
}

/// What is entered into the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// When, to the second.
    pub at: DateTime<Utc>,
    /// Who: an account, or the name of the operating system's user who ran a command.
    pub by: String,
    /// What was done.
    pub action: AuditAction,
    /// To which account, list or kind of file; empty where there is no more to say.
    pub subject: String,
    /// The names of the fields that it was done to.
    pub fields: Vec<&'static str>,
}

/// A row of the audit log as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number, from 1 without a gap.
    pub number: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// What was done: the code of an [`AuditAction`], or of one that a newer program knows.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The names of the fields.
    pub fields: Vec<String>,
}
