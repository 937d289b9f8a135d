//! How a person comes by a password: with the code that `serve` prints for the first administrator, or with the one of their account.

use std::sync::PoisonError;

use chrono::TimeDelta;

use super::keeping::is_administrator;
use super::secret::{CODE_BYTES, digest_of, new_secret};
use super::{AccountError, Accounts, password, record};
use crate::model::{AccountName, AccountRole, AuditAction, SecretDigest, StoredAccount, WelcomeCode};

/// For how long the code for the first administrator holds.
const SETUP: TimeDelta = TimeDelta::minutes(60);

impl Accounts {
    /// A new code for the first administrator, which holds for an hour and once; `None` where there is an administrator. It is kept in
    /// memory alone: a restart makes another.
    ///
    /// # Errors
    ///
    /// [`AccountError::NoRandomness`].
    pub fn offer_setup(&self) -> Result<Option<String>, AccountError> {
        if self.known().accounts.values().any(is_administrator) {
            return Ok(None);
        }
        let code = new_secret::<CODE_BYTES>()?;
        let offered = WelcomeCode { digest: digest_of(&code), until: (self.clock)() + SETUP };
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = Some(offered);
        Ok(Some(code))
    }

    /// Makes the first administrator, with the code of [`offer_setup`](Self::offer_setup). As much work as
    /// [`sign_in`](Self::sign_in).
    ///
    /// # Errors
    ///
    /// [`AccountError::WrongCode`], also where there is an administrator by now; [`AccountError::BadName`],
    /// [`AccountError::Taken`], [`AccountError::BadPassword`], after which the code still holds.
    pub fn set_up(&self, code: &str, name: &str, password: &str) -> Result<(), AccountError> {
        if !self.is_setup_code(digest_of(code)) {
            return Err(AccountError::WrongCode);
        }
        let name = AccountName::parse(name).ok_or(AccountError::BadName)?;
        password::check_password(password, &name, &self.city)?;
        let hash = password::hash_password(password)?;
        self.change(|edit, stored| {
            if stored.has_administrator() || !self.is_setup_code(digest_of(code)) {
                return Err(AccountError::WrongCode);
            }
            if stored.accounts.contains_key(&name) {
                return Err(AccountError::Taken);
            }
            edit.put_account(&StoredAccount {
                name: name.clone(),
                role: AccountRole::Administrator,
                password: Some(hash),
                is_disabled: false,
                welcome: None,
                created: stored.now,
            })?;
            let fields = ["name", "role", "password"];
            Ok(edit.audit(&record(stored.now, name.as_str(), AuditAction::AccountAdded, &name, &fields))?)
        })?;
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    /// Sets the password of an account with the code that was made for it. As much work as [`sign_in`](Self::sign_in).
    ///
    /// # Errors
    ///
    /// [`AccountError::WrongCode`]; [`AccountError::BadPassword`], after which the code still holds.
    pub fn welcome(&self, code: &str, name: &str, password: &str) -> Result<(), AccountError> {
        let name = AccountName::parse(name).ok_or(AccountError::WrongCode)?;
        let (digest, now) = (digest_of(code), (self.clock)());
        let is_welcome = |account: &StoredAccount| {
            let holds = account.welcome.is_some_and(|it| it.digest == digest && now < it.until);
            holds && !account.is_disabled
        };
        if !self.known().accounts.get(&name).is_some_and(is_welcome) {
            return Err(AccountError::WrongCode);
        }
        password::check_password(password, &name, &self.city)?;
        let hash = password::hash_password(password)?;
        self.change(|edit, stored| {
            let account = stored.accounts.get(&name).filter(|it| is_welcome(it)).cloned();
            let account = account.ok_or(AccountError::WrongCode)?;
            edit.put_account(&StoredAccount { password: Some(hash), welcome: None, ..account })?;
            Ok(edit.audit(&record(stored.now, name.as_str(), AuditAction::PasswordSet, &name, &["password"]))?)
        })
    }

    fn is_setup_code(&self, digest: SecretDigest) -> bool {
        let setup = *self.setup.lock().unwrap_or_else(PoisonError::into_inner);
        setup.is_some_and(|it| it.digest == digest && (self.clock)() < it.until)
    }
}
