//! What people suggest: taken in from everybody, and decided by editors field by field. Nothing of it is shown to anybody before.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};

use super::change::FactsChange;
use super::{EditedBy, PlaceEditError, PlaceEditor, note};
use crate::import::places::workbook::place_form::edited;
use crate::model::{AuditAction, EditDraft, OpenSuggestion, PlaceId, Suggestion, SuggestionOutcome};
use crate::store::StoreError;

/// Japan's clock, which has no summer time: seconds east of UTC.
const JAPAN: i32 = 9 * 3600;

/// What an editor decides of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestionDecision {
    /// These fields are taken; of a new place, all of them go into the editor's draft of one.
    Accept {
        /// The keys of their columns.
        fields: Vec<String>,
        /// Whether it is to be stored though it widens who sees something.
        publish: bool,
    },
    /// Nothing is taken.
    Close(SuggestionOutcome),
}

/// A suggestion beside what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedSuggestion {
    /// The suggestion.
    pub open: OpenSuggestion,
    /// The texts of its place as they are now, by the key of their column; none for a new one.
    pub now: BTreeMap<String, String>,
}

/// What became of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecidedSuggestion {
    /// Nothing of the place was changed.
    Closed,
    /// The place was changed.
    Stored,
    /// It is the editor's draft of a new place now.
    Drafted,
}

impl PlaceEditor {
    /// Takes a suggestion in; `false` if as many as are accepted on one day have come.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn suggest(&self, suggestion: &Suggestion, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.editor.write(|store| {
            let edit = store.edit()?;
            let is_added = edit.add_suggestion(suggestion, (beginning_of_day(now), now))?;
            edit.commit()?;
            Ok((is_added, false))
        })
    }

    /// The suggestions of which nobody has decided yet, the oldest first, with the texts of their places as they are now.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn suggestions(&self, now: DateTime<Utc>) -> Result<Vec<ComparedSuggestion>, StoreError> {
        self.editor.read(|store| {
            let open = store.open_suggestions(now)?;
            let reader = self.reader(store, false)?;
            let mut all = Vec::with_capacity(open.len());
            for it in open {
                let place = it.suggestion.place.as_ref().map(|id| store.own_place(id)).transpose()?.flatten();
                let texts = place.map(|(revision, _)| {
                    crate::import::places::workbook::place_form::form_texts(&revision.place, reader.names())
                });
                all.push(ComparedSuggestion { open: it, now: texts.unwrap_or_default() });
            }
            Ok(all)
        })
    }

    /// Decides of a suggestion; the contact of the person is forgotten then.
    ///
    /// # Errors
    ///
    /// [`PlaceEditError::Unknown`] if there is no such open suggestion, and as [`save`](Self::save); nothing is then stored.
    pub fn decide(
        &self,
        number: i64,
        decision: &SuggestionDecision,
        who: &EditedBy,
    ) -> Result<DecidedSuggestion, PlaceEditError> {
        self.editor.write(|store| {
            let reader = self.reader(store, true)?;
            let edit = store.edit()?;
            let open = edit.open_suggestion(number)?.ok_or(PlaceEditError::Unknown)?;
            let subject = open.suggestion.place.clone().unwrap_or(PlaceId(EditDraft::NEW.to_owned()));
            note(&edit, who, (AuditAction::Decided, &subject), Vec::new())?;
            let by = (who.account.as_str(), who.at);
            let (fields, publish) = match decision {
                SuggestionDecision::Close(outcome) => {
                    edit.close_suggestion(number, *outcome, by)?;
                    edit.commit()?;
                    return Ok((DecidedSuggestion::Closed, false));
                }
                SuggestionDecision::Accept { fields, publish } => (fields, *publish),
            };
            edit.close_suggestion(number, SuggestionOutcome::Accepted, by)?;
            let is_taken = |key: &String| fields.contains(key);
            let texts: BTreeMap<String, String> =
                open.suggestion.fields.into_iter().filter(|(key, _)| is_taken(key)).collect();
            let Some(id) = open.suggestion.place else {
                let draft = EditDraft { place: EditDraft::NEW.to_owned(), revision: 0, fields: texts, at: who.at };
                edit.put_draft(&who.account, &draft)?;
                edit.commit()?;
                return Ok((DecidedSuggestion::Drafted, false));
            };
            let current = Self::current(&edit, &id)?;
            let next = edited(&current.place, &texts, reader.known()).map_err(PlaceEditError::BadFields)?;
            let change = vec![FactsChange { current, next }];
            let stored = self.append_all(&edit, change, who, (AuditAction::Edited, publish))?;
            self.editor.commit(edit)?;
            let outcome = if stored.is_empty() { DecidedSuggestion::Closed } else { DecidedSuggestion::Stored };
            Ok((outcome, !stored.is_empty()))
        })
    }
}

/// When the day of `now` began in Japan.
fn beginning_of_day(now: DateTime<Utc>) -> DateTime<Utc> {
    let Some(japan) = FixedOffset::east_opt(JAPAN) else { return now };
    let day = now.with_timezone(&japan).date_naive().and_time(chrono::NaiveTime::MIN);
    day.and_local_timezone(japan).single().map_or(now, |at| at.with_timezone(&Utc))
}
