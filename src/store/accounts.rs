//! SQL of accounts and sessions.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use super::places::unreadable;
use super::reports::UnknownCode;
use super::value::time;
use super::{Edit, Store, StoreError};
use crate::model::{AccountName, AccountRole, LoginSession, SecretDigest, StoredAccount, WelcomeCode};

const PUT: &str = "insert into account (name, role, password, disabled, welcome, welcome_until, created) \
     values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (name) do update set role = excluded.role, \
     password = excluded.password, disabled = excluded.disabled, welcome = excluded.welcome, \
     welcome_until = excluded.welcome_until";

fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<AccountName> {
    AccountName::parse(row.get_ref(column)?.as_str()?).ok_or_else(|| unreadable(column, UnknownCode))
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    row.get_ref(column)?.as_str()?.parse().map_err(|error: chrono::ParseError| unreadable(column, error))
}

fn account(row: &Row<'_>) -> rusqlite::Result<StoredAccount> {
    let welcome = match row.get::<_, Option<[u8; 32]>>(4)? {
        Some(digest) => Some(WelcomeCode { digest: SecretDigest(digest), until: moment(row, 5)? }),
        None => None,
    };
    Ok(StoredAccount {
        name: name(row, 0)?,
        role: AccountRole::from_code(row.get_ref(1)?.as_str()?).ok_or_else(|| unreadable(1, UnknownCode))?,
        password: row.get(2)?,
        is_disabled: row.get(3)?,
        welcome,
        created: moment(row, 6)?,
    })
}

fn accounts(db: &Connection) -> rusqlite::Result<Vec<StoredAccount>> {
    let all = "select name, role, password, disabled, welcome, welcome_until, created from account order by name";
    db.prepare_cached(all)?.query_map([], account)?.collect()
}

fn sessions(db: &Connection) -> rusqlite::Result<Vec<LoginSession>> {
    let session = |row: &Row<'_>| {
        let (created, last_seen) = (moment(row, 2)?, moment(row, 3)?);
        Ok(LoginSession { token: SecretDigest(row.get(0)?), account: name(row, 1)?, created, last_seen })
    };
    let all = "select token, account, created, last_seen from login_session order by created, token";
    db.prepare_cached(all)?.query_map([], session)?.collect()
}

impl Store {
    /// Every account, by name, and every session, the oldest first, as one transaction sees them.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn accounts(&self) -> Result<(Vec<StoredAccount>, Vec<LoginSession>), StoreError> {
        self.read("read the accounts", |db| {
            let tx = db.unchecked_transaction()?;
            Ok((accounts(&tx)?, sessions(&tx)?))
        })
    }
}

impl Edit<'_> {
    /// Every account, by name, and every session, the oldest first, as this transaction sees them.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn accounts(&self) -> Result<(Vec<StoredAccount>, Vec<LoginSession>), StoreError> {
        self.run("read the accounts", |db| Ok((accounts(db)?, sessions(db)?)))
    }

    /// Adds an account, or replaces all of it but its name and when it was made.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn put_account(&self, account: &StoredAccount) -> Result<(), StoreError> {
        let until = account.welcome.map(|it| time(it.until));
        let values = (
            account.name.as_str(),
            account.role.code(),
            &account.password,
            account.is_disabled,
            account.welcome.map(|it| it.digest.0),
            until,
            time(account.created),
        );
        self.run("write an account", |db| db.prepare_cached(PUT)?.execute(values).map(drop))
    }

    /// Adds a session.
    ///
    /// # Errors
    ///
    /// If SQLite fails, also because there is no such account.
    pub fn add_session(&self, session: &LoginSession) -> Result<(), StoreError> {
        let add = "insert into login_session (token, account, created, last_seen) values (?1, ?2, ?3, ?4)";
        let values = (session.token.0, session.account.as_str(), time(session.created), time(session.last_seen));
        self.run("add a session", |db| db.prepare_cached(add)?.execute(values).map(drop))
    }

    /// Ends a session, if there is one with that token.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn end_session(&self, token: SecretDigest) -> Result<(), StoreError> {
        self.run("end a session", |db| {
            db.prepare_cached("delete from login_session where token = ?1")?.execute([token.0]).map(drop)
        })
    }

    /// Notes when a session was last seen.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn touch_session(&self, token: SecretDigest, last_seen: DateTime<Utc>) -> Result<(), StoreError> {
        let touch = "update login_session set last_seen = ?2 where token = ?1 and last_seen < ?2";
        self.run("note a session", |db| db.prepare_cached(touch)?.execute((token.0, time(last_seen))).map(drop))
    }
}
