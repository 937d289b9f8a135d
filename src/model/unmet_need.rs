//! An unmet need: no place fitted. It holds only what planners may know.
//!
//! Data minimization: an [`UnmetNeed`] has a month, a district, terms of the thesaurus, travel modes and one of six
//! reasons, but no name, time or free text. [`crate::gaps::unmet`] parses it and releases counts to planners. This
//! module does no I/O.

use super::{DistrictId, Month, TravelMode};

/// Disclosure control: needs are released in batches of this many. The store numbers batches by it, so that it never changes.
pub const BATCH_SIZE: u32 = 3;

/// Why no place fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnmetReason {
    /// No such place exists.
    NothingLikeIt,
    /// It is too far away.
    TooFar,
    /// It is on the wrong day or at the wrong time.
    WrongDay,
    /// The person has no means of transport.
    NoRide,
    /// The place is full.
    Full,
    /// The person declined.
    Declined,
}

impl UnmetReason {
    /// Every reason, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::NothingLikeIt, Self::TooFar, Self::WrongDay, Self::NoRide, Self::Full, Self::Declined];

    /// Its name in files and APIs.
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

    /// The reason with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Idempotency key of a need: the digest of a random number that the page has made for one tap. Equal keys mean the same need, sent
/// again because its answer was lost. It orders the rows in place of a random number, and says no more than that would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedKey(pub [u8; 8]);

/// An unmet need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnmetNeed {
    /// The month of the search.
    pub month: Month,
    /// The district of the start, if given.
    pub district: Option<DistrictId>,
    /// Interests as terms of the thesaurus, sorted and unique.
    pub interests: Vec<String>,
    /// Travel modes, sorted and unique.
    pub travel: Vec<TravelMode>,
    /// Why no place fitted.
    pub reason: UnmetReason,
}

/// A stored need with the disclosure batch it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredNeed {
    /// The need.
    pub unmet: UnmetNeed,
    /// Batch number within its district and reason, from 0, three needs each. Within a batch there is no order.
    pub batch: u32,
}
