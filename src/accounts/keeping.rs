//! Keeping accounts: adding, resetting, disabling them, changing roles. The last administrator stays.

use chrono::{DateTime, TimeDelta, Utc};

use super::secret::{CODE_BYTES, digest_of, new_secret};
use super::{AccountError, Accounts, StoredAccounts, end_sessions, password, record, session_table};
use crate::model::{AccountName, AccountRole, AuditAction, StoredAccount, WelcomeCode};

/// For how long a person may set a first password.
const WELCOME: TimeDelta = TimeDelta::hours(72);

/// An account as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Its name.
    pub name: AccountName,
    /// What it may do.
    pub role: AccountRole,
    /// Whether nobody may sign in with it.
    pub is_disabled: bool,
    /// Whether its person has set a password.
    pub has_password: bool,
    /// How many sessions last.
    pub sessions: usize,
    /// When it was made.
    pub created: DateTime<Utc>,
}

/// How the account gets its password.
enum FirstPassword {
    /// It was given; this is its hash.
    Given(String),
    /// Its person sets it with this code.
    Welcome(String),
}

impl FirstPassword {
    fn put(&self, account: StoredAccount, now: DateTime<Utc>) -> StoredAccount {
        match self {
            Self::Given(hash) => StoredAccount { password: Some(hash.clone()), welcome: None, ..account },
            Self::Welcome(code) => {
                let welcome = Some(WelcomeCode { digest: digest_of(code), until: now + WELCOME });
                StoredAccount { password: None, welcome, ..account }
            }
        }
    }

    fn code(self) -> Option<String> {
        match self {
            Self::Given(_) => None,
            Self::Welcome(code) => Some(code),
        }
    }
}

impl Accounts {
    /// Every account, by name.
    pub fn list(&self) -> Vec<AccountView> {
        let (now, known) = ((self.clock)(), self.known());
        let sessions = |name: &AccountName| {
            known.sessions.all().filter(|it| it.account == *name && session_table::lasts(it, now)).count()
        };
        let view = |it: &StoredAccount| AccountView {
            name: it.name.clone(),
            role: it.role,
            is_disabled: it.is_disabled,
            has_password: it.password.is_some(),
            sessions: if it.is_disabled { 0 } else { sessions(&it.name) },
            created: it.created,
        };
        known.accounts.values().map(view).collect()
    }

    /// Adds an account with `password`, or without one: then this is the code with which its person sets it within 72 hours. `by` is who
    /// adds it.
    ///
    /// # Errors
    ///
    /// [`AccountError::Taken`], [`AccountError::BadPassword`].
    pub fn add(
        &self,
        by: &str,
        (name, role): (&AccountName, AccountRole),
        password: Option<&str>,
    ) -> Result<Option<String>, AccountError> {
        let first = self.first_password(name, password)?;
        self.change(|edit, stored| {
            if stored.accounts.contains_key(name) {
                return Err(AccountError::Taken);
            }
            let new = StoredAccount {
                name: name.clone(),
                role,
                password: None,
                is_disabled: false,
                welcome: None,
                created: stored.now,
            };
            edit.put_account(&first.put(new, stored.now))?;
            Ok(edit.audit(&record(stored.now, by, AuditAction::AccountAdded, name, &["name", "role"]))?)
        })?;
        Ok(first.code())
    }

    /// Takes the password of an account away, ends its sessions, and enables it again where it was disabled; then as [`add`](Self::add).
    ///
    /// # Errors
    ///
    /// [`AccountError::Unknown`], [`AccountError::BadPassword`].
    pub fn reset(&self, by: &str, name: &AccountName, password: Option<&str>) -> Result<Option<String>, AccountError> {
        let first = self.first_password(name, password)?;
        self.change(|edit, stored| -> Result<(), AccountError> {
            let account = stored.account(name)?;
            let account = StoredAccount { is_disabled: false, ..account };
            edit.put_account(&first.put(account, stored.now))?;
            end_sessions(edit, stored, name, None)?;
            Ok(edit.audit(&record(stored.now, by, AuditAction::AccountReset, name, &["password"]))?)
        })?;
        Ok(first.code())
    }

    /// Disables an account and ends its sessions.
    ///
    /// # Errors
    ///
    /// [`AccountError::Unknown`], [`AccountError::LastAdministrator`].
    pub fn disable(&self, by: &str, name: &AccountName) -> Result<(), AccountError> {
        self.change(|edit, stored| {
            let account = stored.account(name)?;
            stored.check_administrator_stays(name)?;
            edit.put_account(&StoredAccount { is_disabled: true, welcome: None, ..account })?;
            end_sessions(edit, stored, name, None)?;
            Ok(edit.audit(&record(stored.now, by, AuditAction::AccountDisabled, name, &["disabled"]))?)
        })
    }

    /// Changes what an account may do, from its next request on.
    ///
    /// # Errors
    ///
    /// [`AccountError::Unknown`], [`AccountError::LastAdministrator`].
    pub fn set_role(&self, by: &str, name: &AccountName, role: AccountRole) -> Result<(), AccountError> {
        self.change(|edit, stored| {
            let account = stored.account(name)?;
            if role != AccountRole::Administrator {
                stored.check_administrator_stays(name)?;
            }
            edit.put_account(&StoredAccount { role, ..account })?;
            Ok(edit.audit(&record(stored.now, by, AuditAction::RoleChanged, name, &["role"]))?)
        })
    }

    fn first_password(&self, name: &AccountName, password: Option<&str>) -> Result<FirstPassword, AccountError> {
        let Some(password) = password else { return Ok(FirstPassword::Welcome(new_secret::<CODE_BYTES>()?)) };
        password::check_password(password, name, &self.city)?;
        Ok(FirstPassword::Given(password::hash_password(password)?))
    }
}

impl StoredAccounts {
    fn account(&self, name: &AccountName) -> Result<StoredAccount, AccountError> {
        self.accounts.get(name).cloned().ok_or(AccountError::Unknown)
    }

    /// Whether there is an administrator, who need not have set a password yet.
    pub(super) fn has_administrator(&self) -> bool {
        self.accounts.values().any(is_administrator)
    }

    /// Refuses what would leave no administrator.
    fn check_administrator_stays(&self, leaving: &AccountName) -> Result<(), AccountError> {
        let is_one = self.accounts.get(leaving).is_some_and(is_administrator);
        let is_last = !self.accounts.values().any(|it| it.name != *leaving && is_administrator(it));
        if is_one && is_last { Err(AccountError::LastAdministrator) } else { Ok(()) }
    }
}

/// Whether an account is an administrator's who may sign in, or may once they have set their password.
pub(super) fn is_administrator(account: &StoredAccount) -> bool {
    account.role == AccountRole::Administrator && !account.is_disabled
}
