//! SQL of suggestions.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::{json as parsed, moment};
use super::value::{json, time};
use super::{Edit, Store, StoreError};
use crate::model::{OpenSuggestion, PlaceId, Suggestion, SuggestionOutcome};

const OPEN: &str = "select id, place, fields, remark, contact, at from suggestion where state = 'open'";

fn open(row: &Row<'_>) -> rusqlite::Result<OpenSuggestion> {
    let suggestion = Suggestion {
        place: row.get::<_, Option<String>>(1)?.map(PlaceId),
        fields: parsed(row, 2)?,
        remark: row.get(3)?,
        contact: row.get(4)?,
    };
    Ok(OpenSuggestion { number: row.get(0)?, suggestion, at: moment(row, 5)? })
}

/// Removes contacts that were kept long enough.
fn forget_contacts(db: &Connection, now: DateTime<Utc>) -> rusqlite::Result<usize> {
    let oldest = time(now - TimeDelta::days(Suggestion::CONTACT_DAYS));
    let forget = "update suggestion set contact = null where contact is not null and at < ?1";
    db.prepare_cached(forget)?.execute([oldest])
}

impl Store {
    /// The suggestions of which nobody has decided yet, the oldest first. Contacts that were kept long enough are left out.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn open_suggestions(&self, now: DateTime<Utc>) -> Result<Vec<OpenSuggestion>, StoreError> {
        let oldest = now - TimeDelta::days(Suggestion::CONTACT_DAYS);
        let all = self.read("read the suggestions", |db| {
            db.prepare_cached(&format!("{OPEN} order by id"))?
                .query_map([], open)?
                .collect::<rusqlite::Result<Vec<_>>>()
        });
        let mut all = all?;
        for it in all.iter_mut().filter(|it| it.at < oldest) {
            it.suggestion.contact = None;
        }
        Ok(all)
    }
}

impl Edit<'_> {
    /// Adds a suggestion; `false` if as many as are accepted on one day have come since `day`, its beginning. Also forgets contacts that
    /// were kept long enough.
    ///
    /// # Errors
    ///
    /// If SQLite fails, also because there is no such place.
    pub fn add_suggestion(
        &self,
        suggestion: &Suggestion,
        (day, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<bool, StoreError> {
        self.run("add a suggestion", |db| {
            forget_contacts(db, now)?;
            let count = "select count(*) from suggestion where at >= ?1";
            let today: u32 = db.prepare_cached(count)?.query_row([time(day)], |r| r.get(0))?;
            if today >= Suggestion::MOST_A_DAY {
                return Ok(false);
            }
            let add = "insert into suggestion (place, fields, remark, contact, at) values (?1, ?2, ?3, ?4, ?5)";
            let Suggestion { place, fields, remark, contact } = suggestion;
            let place = place.as_ref().map(|id| &id.0);
            db.prepare_cached(add)?.execute((place, json(fields)?, remark, contact, time(now)))?;
            Ok(true)
        })
    }

    /// A suggestion of which nobody has decided yet.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn open_suggestion(&self, number: i64) -> Result<Option<OpenSuggestion>, StoreError> {
        self.run("read a suggestion", |db| {
            db.prepare_cached(&format!("{OPEN} and id = ?1"))?.query_row([number], open).optional()
        })
    }

    /// Closes a suggestion, which forgets the contact. Of spam, what it says is forgotten too.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn close_suggestion(
        &self,
        number: i64,
        outcome: SuggestionOutcome,
        (by, at): (&str, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        self.run("close a suggestion", |db| {
            forget_contacts(db, at)?;
            let close = "update suggestion set state = ?2, contact = null, decided_by = ?3, decided_at = ?4, \
                fields = case when ?2 = 'spam' then '{}' else fields end, \
                remark = case when ?2 = 'spam' then '' else remark end where id = ?1 and state = 'open'";
            db.prepare_cached(close)?.execute((number, outcome.code(), by, time(at))).map(drop)
        })
    }
}
