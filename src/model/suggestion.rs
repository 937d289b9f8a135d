//! What people suggest: that something of a place is wrong, or that there is another one. This module does no I/O.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::PlaceId;
use super::place_row::PlaceColumn;

/// What somebody suggests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The place that it is about; `None` for one that is not listed yet.
    pub place: Option<PlaceId>,
    /// The texts as they should be, by the key of their column: those that differ from what everybody sees.
    pub fields: BTreeMap<String, String>,
    /// What the person says besides; empty for nothing.
    pub remark: String,
    /// How the person can be asked, if they wish; kept until somebody has decided, and no longer than [`Suggestion::CONTACT_DAYS`].
    pub contact: Option<String>,
}

impl Suggestion {
    /// The fields that can be suggested: of what everybody sees.
    pub const FIELDS: [PlaceColumn; 8] = [
        PlaceColumn::Name,
        PlaceColumn::Schedule,
        PlaceColumn::Venue,
        PlaceColumn::Address,
        PlaceColumn::Phone,
        PlaceColumn::Url,
        PlaceColumn::Cost,
        PlaceColumn::Eligibility,
    ];
    /// The most characters of one text.
    pub const MOST_CHARACTERS: usize = 1_000;
    /// For how many days the contact is kept at most.
    pub const CONTACT_DAYS: i64 = 90;
    /// How many are accepted on one day.
    pub const MOST_A_DAY: u32 = 200;

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.remark.is_empty()
    }
}

/// A suggestion of which nobody has decided yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSuggestion {
    /// Its number.
    pub number: i64,
    /// What is suggested.
    pub suggestion: Suggestion,
    /// When it came.
    pub at: DateTime<Utc>,
}

/// What becomes of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionOutcome {
    /// All or some of it was taken.
    Accepted,
    /// It is not right, or known already.
    Rejected,
    /// It is none.
    Spam,
}

impl SuggestionOutcome {
    /// Every outcome, in the order of the type.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Rejected, Self::Spam];

    /// Its code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Spam => "spam",
        }
    }
}
