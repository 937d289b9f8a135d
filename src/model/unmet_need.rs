//! What nobody found: a need for which no place fitted, as planners may know of it.
//!
//! An [`UnmetNeed`] has a month, a district, terms of the thesaurus, ways of travel and one of six reasons, and nothing else: no
//! name, no time, no words of anybody's own. How it is read, and what
//! planners are told, stands in [`crate::gaps::unmet`]. This module does no I/O.

use super::{DistrictId, Month, TravelMode};

/// Disclosure control: needs are released in batches of this many. The store numbers batches by it, so that it never changes.
pub const BATCH_SIZE: u32 = 3;

/// Why nothing fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnmetReason {
    /// There is nothing like it.
    NothingLikeIt,
    /// It is too far away.
    TooFar,
    /// It is on the wrong day or at the wrong time.
    WrongDay,
    /// Nobody fetches the person.
    NoRide,
    /// It is full.
    Full,
    /// The person declined.
    Declined,
}

impl UnmetReason {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::NothingLikeIt, Self::TooFar, Self::WrongDay, Self::NoRide, Self::Full, Self::Declined];

    /// Its name in files and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingLikeIt => "nothing_like_it",
            Self::TooFar => "too_far",
            Self::WrongDay => "wrong_day",
            Self::NoRide => "no_ride",
            Self::Full => "full",
            Self::Declined => "declined",
        }
    }

    /// The reason of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A need that was not met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnmetNeed {
    /// The month in which nothing was found.
    pub month: Month,
    /// Where the person would have started, if that was said.
    pub district: Option<DistrictId>,
    /// What they like: terms of the thesaurus, sorted, each once.
    pub interests: Vec<String>,
    /// How they travel, sorted, each once.
    pub travel: Vec<TravelMode>,
    /// Why nothing fitted.
    pub reason: UnmetReason,
}

/// A need as it is stored: with the batch it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredNeed {
    /// The need.
    pub unmet: UnmetNeed,
    /// Of its district and reason, the first three have 0, the next three have 1, and so on. Within a batch there is no order.
    pub batch: u32,
}
