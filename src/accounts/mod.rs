//! Accounts of the internal address: who may sign in, who has, and what they did (audit log).
//!
//! Requests are answered from memory ([`Accounts::signed_in`]); the database is opened for each change and closed, and what other
//! processes have changed is noticed by [`Accounts::poll`]. Each change is one transaction with its row of the audit log.
//! `keeping` makes and disables accounts, `first_password` is how a person comes by a password; `session_table` and `throttle` are pure, with
//! the time passed in. No secret is kept or logged: of passwords, tokens and codes there are digests alone.

mod error;
mod first_password;
mod keeping;
pub mod password;
mod secret;
mod session_table;
mod throttle;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

pub use error::{AccountError, SignInError};
pub use keeping::AccountView;
pub use session_table::{ABSOLUTE, IDLE, MOST_PER_ACCOUNT};
pub use throttle::SignInThrottle;

use crate::model::{
    AccountName, AccountRole, AuditAction, AuditEntry, AuditRecord, City, LoginSession, SecretDigest, StoredAccount,
    WelcomeCode,
};
use crate::store::{Edit, FileStamp, Store, StoreError};
use secret::{NoRandomness, TOKEN_BYTES, digest_of, new_secret};
use session_table::{SessionTable, ended_by_another};

/// How long a change waits for another process. A request must not take more than twenty seconds.
const BUSY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(5);
/// How exactly it is stored when a session was last seen; a restart forgets that much.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Most failures that wait to be stored.
const MOST_WAITING: usize = 1_000;

/// The accounts of a database.
#[derive(Debug)]
pub struct Accounts {
    path: PathBuf,
    /// Accounts in memory, for trying the program, which leaves nothing behind.
    memory: Option<Mutex<Store>>,
    city: City,
    clock: fn() -> DateTime<Utc>,
    /// Held while the database is written or read, so that what is read never overtakes what was written.
    changing: Mutex<LastLook>,
    known: Mutex<KnownAccounts>,
    /// Failures that wait to be stored: at once would take longer for a name that there is.
    failures: Mutex<Vec<AuditRecord>>,
    throttle: SignInThrottle,
    hash_of_nobody: String,
    /// The code for the first administrator.
    setup: Mutex<Option<WelcomeCode>>,
}

/// What requests are answered from.
#[derive(Debug, Default)]
struct KnownAccounts {
    accounts: BTreeMap<AccountName, StoredAccount>,
    sessions: SessionTable,
}

/// The database when it was last read, and when sessions were last noted in it.
#[derive(Debug)]
struct LastLook {
    stamp: FileStamp,
    noted: DateTime<Utc>,
}

/// What is stored, as the transaction of a change sees it.
struct StoredAccounts {
    accounts: BTreeMap<AccountName, StoredAccount>,
    sessions: Vec<LoginSession>,
    now: DateTime<Utc>,
}

/// Who has sent a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub name: AccountName,
    /// What it may do.
    pub role: AccountRole,
    session: SecretDigest,
}

impl Accounts {
    /// The accounts of the database at `path`, which must exist.
    ///
    /// # Errors
    ///
    /// If the database cannot be opened or read.
    pub fn open(path: &Path, city: &City) -> Result<Self, AccountError> {
        let accounts = Self::new(path, None, city)?;
        accounts.reload(&mut accounts.changing())?;
        Ok(accounts)
    }

    /// Accounts in memory, gone when this is dropped.
    ///
    /// # Errors
    ///
    /// As [`Store::in_memory`].
    pub fn in_memory(city: &City) -> Result<Self, AccountError> {
        Self::new(Path::new(""), Some(Mutex::new(Store::in_memory()?)), city)
    }

    fn new(path: &Path, memory: Option<Mutex<Store>>, city: &City) -> Result<Self, AccountError> {
        let look = LastLook { stamp: FileStamp::of(path), noted: DateTime::UNIX_EPOCH };
        Ok(Self {
            path: path.to_owned(),
            memory,
            city: city.clone(),
            clock: Utc::now,
            changing: Mutex::new(look),
            known: Mutex::default(),
            failures: Mutex::default(),
            throttle: SignInThrottle::default(),
            hash_of_nobody: password::hash_of_nobody()?,
            setup: Mutex::default(),
        })
    }

    /// Sets what time it is, in place of the clock's.
    #[must_use]
    pub fn with_clock(self, clock: fn() -> DateTime<Utc>) -> Self {
        Self { clock, ..self }
    }

    /// Who has the session of `token`, which is thereby seen. From memory alone.
    pub fn signed_in(&self, token: &str) -> Option<SignedIn> {
        let session = digest_of(token);
        let mut known = self.known();
        let name = known.sessions.seen(session, (self.clock)())?;
        let account = known.accounts.get(&name).filter(|account| !account.is_disabled)?;
        Some(SignedIn { role: account.role, name, session })
    }

    /// Signs in: the token of a new session. A session whose token was brought along ends. Takes as long for a name that there is not,
    /// and some 20 ms of work: the caller bounds how many run at once.
    ///
    /// # Errors
    ///
    /// [`SignInError::Wrong`], the same for an unknown name, a disabled account and a wrong password; [`SignInError::Wait`].
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        (from, brought): (IpAddr, Option<&str>),
    ) -> Result<String, SignInError> {
        let name = AccountName::parse(name);
        let key = name.as_ref().map_or("", AccountName::as_str);
        let attempt = self.throttle.begin(key, from, (self.clock)()).map_err(SignInError::Wait)?;
        let account = name.as_ref().and_then(|name| self.known().accounts.get(name).cloned());
        let usable = account.as_ref().filter(|it| !it.is_disabled).and_then(|it| it.password.as_deref());
        let is_right = password::is_password_of(usable.unwrap_or(&self.hash_of_nobody), password);
        let Some(account) = &account else { return Err(SignInError::Wrong) };
        if !is_right || usable.is_none() {
            self.note_failure(&account.name);
            return Err(SignInError::Wrong);
        }
        self.throttle.succeeded(&attempt);
        let token = new_secret::<TOKEN_BYTES>().map_err(AccountError::from)?;
        self.change(|edit, stored| {
            // The account as it is now: it may have changed while the password was compared.
            let is_same = |it: &&StoredAccount| !it.is_disabled && it.password == account.password;
            let Some(account) = stored.accounts.get(&account.name).filter(is_same) else {
                return Err(SignInError::Wrong);
            };
            let brought = brought.map(digest_of);
            stored.sessions.retain(|session| Some(session.token) != brought);
            brought.map_or(Ok(()), |token| edit.end_session(token))?;
            begin_session(edit, stored, &account.name, &token)?;
            edit.audit(&record(stored.now, account.name.as_str(), AuditAction::SignedIn, &account.name, &[]))?;
            Ok(())
        })?;
        Ok(token)
    }

    /// Ends the session of `who`.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub fn sign_out(&self, who: &SignedIn) -> Result<(), AccountError> {
        self.change(|edit, stored| {
            edit.end_session(who.session)?;
            edit.audit(&record(stored.now, who.name.as_str(), AuditAction::SignedOut, &who.name, &[]))?;
            Ok(())
        })
    }

    /// Ends every other session of the account of `who`.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub fn end_others(&self, who: &SignedIn) -> Result<(), AccountError> {
        self.change(|edit, stored| {
            end_sessions(edit, stored, &who.name, Some(who.session))?;
            edit.audit(&record(stored.now, who.name.as_str(), AuditAction::SessionsEnded, &who.name, &[]))?;
            Ok(())
        })
    }

    /// Changes the password of `who`, ends all sessions of the account and begins a new one, whose token this is. As much work as
    /// [`sign_in`](Self::sign_in), twice, and throttled like it.
    ///
    /// # Errors
    ///
    /// [`SignInError::Wrong`] if `current` is not the password; [`AccountError::BadPassword`] if `new` may not be one.
    pub fn change_password(
        &self,
        who: &SignedIn,
        (current, new): (&str, &str),
        from: IpAddr,
    ) -> Result<String, SignInError> {
        let attempt = self.throttle.begin(who.name.as_str(), from, (self.clock)()).map_err(SignInError::Wait)?;
        let account = self.known().accounts.get(&who.name).cloned();
        let hash = account.as_ref().and_then(|it| it.password.as_deref());
        if !password::is_password_of(hash.unwrap_or(&self.hash_of_nobody), current) {
            self.note_failure(&who.name);
            return Err(SignInError::Wrong);
        }
        self.throttle.succeeded(&attempt);
        password::check_password(new, &who.name, &self.city).map_err(AccountError::from)?;
        let hash = password::hash_password(new).map_err(AccountError::from)?;
        let token = new_secret::<TOKEN_BYTES>().map_err(AccountError::from)?;
        self.change(|edit, stored| {
            let account = stored.accounts.get(&who.name).filter(|it| !it.is_disabled).cloned();
            let Some(account) = account else { return Err(SignInError::Wrong) };
            edit.put_account(&StoredAccount { password: Some(hash), welcome: None, ..account })?;
            end_sessions(edit, stored, &who.name, None)?;
            begin_session(edit, stored, &who.name, &token)?;
            edit.audit(&record(stored.now, who.name.as_str(), AuditAction::PasswordSet, &who.name, &["password"]))?;
            Ok(())
        })?;
        Ok(token)
    }

    /// How many sessions of the account of `who` last.
    pub fn sessions_of(&self, who: &SignedIn) -> usize {
        let now = (self.clock)();
        let known = self.known();
        known.sessions.all().filter(|it| it.account == who.name && session_table::lasts(it, now)).count()
    }

    /// Rows of the audit log, the newest first: `count` of those whose number is below `before`.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn audit_log(&self, before: Option<u64>, count: usize) -> Result<Vec<AuditEntry>, AccountError> {
        let mut look = self.changing();
        self.store_failures(&mut look)?;
        Ok(self.with_store(|store| store.audit_log(before, count))?)
    }

    /// Takes on what other processes have changed, and stores what waits for it. Takes microseconds if there is neither, so that a server
    /// can poll twice a second.
    ///
    /// # Errors
    ///
    /// If the database cannot be read or written; what is known stays.
    pub fn poll(&self) -> Result<(), AccountError> {
        let mut look = self.changing();
        self.store_failures(&mut look)?;
        let now = (self.clock)();
        if now - look.noted >= SEEN_EVERY {
            look.noted = now;
            self.note_sessions(&mut look)?;
        }
        let stamp = FileStamp::of(&self.path);
        if self.memory.is_none() && !(stamp.is_settled() && stamp == look.stamp) {
            self.reload(&mut look)?;
        }
        Ok(())
    }

    /// Notes a failure, to be stored later. Only names that there are: what is typed as a name may be a password.
    fn note_failure(&self, name: &AccountName) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() < MOST_WAITING {
            failures.push(record((self.clock)(), name.as_str(), AuditAction::SignInFailed, name, &[]));
        }
    }

    fn store_failures(&self, look: &mut LastLook) -> Result<(), AccountError> {
        let is_none = self.failures.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        if is_none { Ok(()) } else { self.change_locked(look, |_, _| Ok(())) }
    }

    /// Stores when each session was last seen, where that has changed by a minute or more, and forgets those that are over.
    fn note_sessions(&self, look: &mut LastLook) -> Result<(), AccountError> {
        let seen: Vec<LoginSession> = self.known().sessions.all().cloned().collect();
        let (stored, now) = (self.with_store(Store::accounts)?.1, (self.clock)());
        let stored: BTreeMap<_, _> = stored.into_iter().map(|it| (it.token, it.last_seen)).collect();
        let is_later = |it: &&LoginSession| stored.get(&it.token).is_some_and(|at| it.last_seen - *at >= SEEN_EVERY);
        let is_over = |it: &&LoginSession| stored.contains_key(&it.token) && !session_table::lasts(it, now);
        if !seen.iter().any(|it| is_later(&it) || is_over(&it)) {
            return Ok(());
        }
        self.change_locked(look, |edit, _| {
            for session in seen.iter().filter(is_over) {
                edit.end_session(session.token)?;
            }
            for session in seen.iter().filter(is_later) {
                edit.touch_session(session.token, session.last_seen.trunc_subsecs(0))?;
            }
            Ok(())
        })
    }

    /// Runs `f` in one transaction and takes on what is stored then.
    fn change<T, E: From<AccountError>>(
        &self,
        f: impl FnOnce(&Edit<'_>, &mut StoredAccounts) -> Result<T, E>,
    ) -> Result<T, E> {
        self.change_locked(&mut self.changing(), f)
    }

    fn change_locked<T, E: From<AccountError>>(
        &self,
        look: &mut LastLook,
        f: impl FnOnce(&Edit<'_>, &mut StoredAccounts) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |error: StoreError| E::from(AccountError::from(error));
        let outcome = self.with_open_store(|store| -> Result<T, E> {
            let edit = store.edit().map_err(failed)?;
            let (accounts, sessions) = edit.accounts().map_err(failed)?;
            let accounts = accounts.into_iter().map(|account| (account.name.clone(), account)).collect();
            let sessions = self.known().sessions.with_last_seen(sessions);
            let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner).clone();
            for failure in &failures {
                edit.audit(failure).map_err(failed)?;
            }
            let mut stored = StoredAccounts { accounts, sessions, now: (self.clock)() };
            let outcome = f(&edit, &mut stored)?;
            edit.commit().map_err(failed)?;
            store.check_not_replaced().map_err(failed)?;
            // Those that came meanwhile stand behind them.
            self.failures.lock().unwrap_or_else(PoisonError::into_inner).drain(..failures.len());
            Ok(outcome)
        })?;
        self.reload(look).map_err(E::from)?;
        Ok(outcome)
    }

    fn reload(&self, look: &mut LastLook) -> Result<(), AccountError> {
        // The stamp first: what is written during the read is noticed by the next call.
        let stamp = FileStamp::of(&self.path);
        let (accounts, sessions) = self.with_store(Store::accounts)?;
        let mut known = self.known();
        known.accounts = accounts.into_iter().map(|account| (account.name.clone(), account)).collect();
        known.sessions.replace(sessions);
        look.stamp = stamp;
        Ok(())
    }

    fn with_store<T>(&self, read: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.memory {
            Some(store) => read(&store.lock().unwrap_or_else(PoisonError::into_inner)),
            None => read(&Store::open_unchecked(&self.path)?),
        }
    }

    fn with_open_store<T, E: From<AccountError>>(&self, f: impl FnOnce(&mut Store) -> Result<T, E>) -> Result<T, E> {
        match &self.memory {
            Some(store) => f(&mut store.lock().unwrap_or_else(PoisonError::into_inner)),
            None => f(&mut Store::open_with_timeout(&self.path, BUSY_TIMEOUT).map_err(AccountError::from)?),
        }
    }

    // Ignoring poison is safe: each change of what the locks guard is one assignment.
    fn changing(&self) -> MutexGuard<'_, LastLook> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, KnownAccounts> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Begins a session of `account`; the oldest ends where there are too many.
fn begin_session(
    edit: &Edit<'_>,
    stored: &StoredAccounts,
    account: &AccountName,
    token: &str,
) -> Result<(), StoreError> {
    for ended in ended_by_another(&stored.sessions, account, stored.now) {
        edit.end_session(ended)?;
    }
    let (token, now) = (digest_of(token), stored.now);
    edit.add_session(&LoginSession { token, account: account.clone(), created: now, last_seen: now })
}

/// Ends every session of `account` but one.
fn end_sessions(
    edit: &Edit<'_>,
    stored: &mut StoredAccounts,
    account: &AccountName,
    but: Option<SecretDigest>,
) -> Result<(), StoreError> {
    for session in stored.sessions.iter().filter(|it| it.account == *account && Some(it.token) != but) {
        edit.end_session(session.token)?;
    }
    stored.sessions.retain(|it| it.account != *account || Some(it.token) == but);
    Ok(())
}

/// A row of the audit log about an account.
fn record(
    at: DateTime<Utc>,
    by: &str,
    action: AuditAction,
    subject: &AccountName,
    fields: &[&'static str],
) -> AuditRecord {
    let at = at.trunc_subsecs(0);
    AuditRecord { at, by: by.to_owned(), action, subject: subject.to_string(), fields: fields.to_vec() }
}

#[cfg(test)]
mod tests;
