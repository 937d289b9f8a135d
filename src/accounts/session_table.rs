//! The sessions in memory, by which requests are answered. The caller passes the time. This module does no I/O.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{AccountName, LoginSession, SecretDigest};

/// How long a session lasts without a request.
pub const IDLE: TimeDelta = TimeDelta::minutes(60);
/// How long a session lasts at most.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// Most sessions of an account; one more ends the oldest.
pub const MOST_PER_ACCOUNT: usize = 5;

/// Every session that has not ended.
#[derive(Debug, Default)]
pub(super) struct SessionTable(HashMap<SecretDigest, LoginSession>);

/// Whether a session still lasts.
pub(super) fn lasts(session: &LoginSession, now: DateTime<Utc>) -> bool {
    now - session.last_seen < IDLE && now - session.created < ABSOLUTE
}

impl SessionTable {
    /// Whose session `token` is, which is thereby seen.
    pub(super) fn seen(&mut self, token: SecretDigest, now: DateTime<Utc>) -> Option<AccountName> {
        let session = self.0.get_mut(&token).filter(|session| lasts(session, now))?;
        session.last_seen = session.last_seen.max(now);
        Some(session.account.clone())
    }

    /// Takes on what is stored; what was seen later in memory stays seen.
    pub(super) fn replace(&mut self, stored: Vec<LoginSession>) {
        let stored = self.with_last_seen(stored);
        self.0 = stored.into_iter().map(|session| (session.token, session)).collect();
    }

    /// The stored sessions with the time at which each was last seen here.
    pub(super) fn with_last_seen(&self, mut stored: Vec<LoginSession>) -> Vec<LoginSession> {
        for session in &mut stored {
            let seen = self.0.get(&session.token).map(|it| it.last_seen);
            session.last_seen = session.last_seen.max(seen.unwrap_or(session.last_seen));
        }
        stored
    }

    /// When each was last seen.
    pub(super) fn all(&self) -> impl Iterator<Item = &LoginSession> {
        self.0.values()
    }
}

/// The sessions that a new one of `account` ends: those that are over, and its oldest beyond the bound.
pub(super) fn ended_by_another(
    sessions: &[LoginSession],
    account: &AccountName,
    now: DateTime<Utc>,
) -> Vec<SecretDigest> {
    let (lasting, over): (Vec<_>, Vec<_>) = sessions.iter().partition(|session| lasts(session, now));
    let mut own: Vec<_> = lasting.into_iter().filter(|session| session.account == *account).collect();
    own.sort_by_key(|session| (session.created, session.token));
    let too_many = (own.len() + 1).saturating_sub(MOST_PER_ACCOUNT);
    over.into_iter().chain(own.into_iter().take(too_many)).map(|session| session.token).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn session(token: u8, account: &str, created: i64, last_seen: i64) -> LoginSession {
        let account = AccountName::parse(account).unwrap();
        LoginSession { token: SecretDigest([token; 32]), account, created: at(created), last_seen: at(last_seen) }
    }

    fn is_seen(table: &mut SessionTable, token: u8, minutes: i64) -> bool {
        table.seen(SecretDigest([token; 32]), at(minutes)).is_some()
    }

    #[test]
    fn a_session_ends_an_hour_after_its_last_request_and_twelve_hours_after_it_began() {
        let mut table = SessionTable::default();
        table.replace(vec![session(1, "a", 0, 0)]);
        assert!(is_seen(&mut table, 1, 59) && is_seen(&mut table, 1, 118) && !is_seen(&mut table, 1, 178));
        assert!(!is_seen(&mut table, 1, 119 + 60), "what has ended is not seen again");
        table.replace(vec![session(2, "a", 0, 0)]);
        assert!((1..720).step_by(50).all(|minutes| is_seen(&mut table, 2, minutes)));
        assert!(is_seen(&mut table, 2, 719) && !is_seen(&mut table, 2, 720));
        assert!(!is_seen(&mut table, 3, 0), "there is no such session");
    }

    #[test]
    fn what_is_stored_replaces_the_table_and_never_the_time_at_which_a_session_was_seen() {
        let mut table = SessionTable::default();
        table.replace(vec![session(1, "a", 0, 0), session(2, "a", 0, 0)]);
        assert!(is_seen(&mut table, 1, 50));
        table.replace(vec![session(1, "a", 0, 10)]);
        assert!(is_seen(&mut table, 1, 100), "seen at 50");
        assert!(!is_seen(&mut table, 2, 1), "ended by another process");
        table.replace(vec![session(1, "a", 0, 150)]);
        assert!(is_seen(&mut table, 1, 209), "another process has seen it later");
    }

    #[test]
    fn a_sixth_session_ends_the_oldest_of_its_account_and_those_that_are_over() {
        let mut sessions: Vec<_> = (1..=5).map(|n| session(n, "a", 10 - i64::from(n), 10)).collect();
        sessions.extend([session(6, "b", 0, 10), session(7, "b", -100, -60)]);
        let account = AccountName::parse("a").unwrap();
        let ended = ended_by_another(&sessions, &account, at(10));
        assert_eq!(ended, [SecretDigest([7; 32]), SecretDigest([5; 32])]);
        sessions.remove(0);
        assert_eq!(ended_by_another(&sessions, &account, at(10)), [SecretDigest([7; 32])]);
    }
}
