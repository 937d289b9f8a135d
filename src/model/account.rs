//! Accounts of the internal address: names, roles, sessions. This module does no I/O.

use std::fmt;

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization as _;

/// What an account may do. Each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountRole {
    /// Uses the link workers' pages.
    LinkWorker,
    /// Also edits places.
    Editor,
    /// Also keeps accounts.
    Administrator,
}

impl AccountRole {
    /// All roles, the lowest first.
    pub const ALL: [Self; 3] = [Self::LinkWorker, Self::Editor, Self::Administrator];

    /// Its code, in the database, in forms and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LinkWorker => "link-worker",
            Self::Editor => "editor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Most characters of an account's name.
const LONGEST_NAME: usize = 64;

/// The name of an account as it is stored: composed (NFKC), in lower case, of letters, digits and `.`, `_`, `-`, `@`, `+`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountName(String);

impl AccountName {
    /// The name as somebody types it: full-width and capital letters mean the same account.
    ///
    /// ```
    /// # use tsunagari::model::AccountName;
    /// assert_eq!(AccountName::parse(" Ｍｉｈｏｎ.1 ").unwrap().as_str(), "mihon.1");
    /// assert!(AccountName::parse("").is_none() && AccountName::parse("a b").is_none() && AccountName::parse("a/b").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        // A bound before anything is computed: anybody may send a name.
        if text.len() > 8 * LONGEST_NAME {
            return None;
        }
        let name = text.trim().nfkc().collect::<String>().to_lowercase();
        let is_part = |c: char| c.is_alphanumeric() || "._-@+".contains(c);
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        (fits && name.chars().all(is_part) && name.chars().any(char::is_alphanumeric)).then_some(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The BLAKE3 digest of a secret that only its holder has: a session's token, or a code for a first password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretDigest(pub [u8; 32]);

/// A code with which a person sets the password of their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WelcomeCode {
    /// Its digest.
    pub digest: SecretDigest,
    /// Until when it holds.
    pub until: DateTime<Utc>,
}

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// Its name.
    pub name: AccountName,
    /// What it may do.
    pub role: AccountRole,
    /// The hash of its password in the PHC format; `None` until the person has set one.
    pub password: Option<String>,
    /// Whether nobody may sign in with it.
    pub is_disabled: bool,
    /// The code with which its password can be set.
    pub welcome: Option<WelcomeCode>,
    /// When it was made.
    pub created: DateTime<Utc>,
}

/// A session: somebody has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginSession {
    /// The digest of its token.
    pub token: SecretDigest,
    /// Whose it is.
    pub account: AccountName,
    /// When it began.
    pub created: DateTime<Utc>,
    /// When a request last came with its token.
    pub last_seen: DateTime<Utc>,
}
