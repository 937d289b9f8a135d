//! An unmet need: no place fitted. It holds only what planners may know.
//!
//! Data minimization: an [`UnmetNeed`] has a month, a district, terms of the thesaurus, travel modes and one of six
//! reasons, but no name, time or free text. [`crate::gaps::unmet`] parses it and releases counts to planners. This
//! module does no I/O.

use std::collections::BTreeMap;

use super::batched_report::{BATCH_SIZE, BatchedReport, StoredReport};
use super::{DistrictId, Month, TravelMode};

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

/// A stored need: a batch has a district and a reason in common.
pub type StoredNeed = StoredReport<UnmetNeed>;

impl BatchedReport for UnmetNeed {
    type Batch = (Option<DistrictId>, UnmetReason);

    fn batch_of(&self) -> Self::Batch {
        (self.district.clone(), self.reason)
    }

    fn month(&self) -> Month {
        self.month
    }
}

/// All needs of a city: those that link workers tapped, and those that the city counted elsewhere and imported. Disclosure control
/// never counts them together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeedRecord {
    /// Tapped in the finder.
    pub tapped: Vec<StoredNeed>,
    /// Imported as counts.
    pub counted: Vec<StoredNeed>,
}

/// Needs that a city counted elsewhere: one cell of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedNeeds {
    /// The last month of the quarter in which they were counted, or the month.
    pub month: Month,
    /// The district, if given.
    pub district: Option<DistrictId>,
    /// The interest as a term of the thesaurus, if given.
    pub interest: Option<String>,
    /// Why no place fitted.
    pub reason: UnmetReason,
    /// How many.
    pub count: u32,
}

impl CountedNeeds {
    /// Expands cells, in the order in which they were imported, to single needs in batches of three.
    pub fn to_stored(cells: &[Self]) -> Vec<StoredNeed> {
        let mut before: BTreeMap<(Option<&DistrictId>, UnmetReason), u32> = BTreeMap::new();
        let mut stored = Vec::new();
        for cell in cells {
            let number = before.entry((cell.district.as_ref(), cell.reason)).or_default();
            for _ in 0..cell.count {
                stored.push(StoredReport { report: cell.one(), batch: *number / BATCH_SIZE });
                *number += 1;
            }
        }
        stored
    }

    fn one(&self) -> UnmetNeed {
        UnmetNeed {
            month: self.month,
            district: self.district.clone(),
            interests: self.interest.iter().cloned().collect(),
            travel: Vec::new(),
            reason: self.reason,
        }
    }
}
