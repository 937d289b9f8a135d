//! Why a place is kept away from a person: hard reasons only, each certain. What is not known excludes nothing.
//!
//! This module does no I/O.

use super::eligibility::GroupOnly;
use super::features::PlaceFeatures;
use super::prepared_wish::PreparedWish;
use super::times::NextMeeting;
use super::wish::Gender;
use crate::model::{AccessFact, Status};

/// A hard reason, in the order in which they are told; the first that holds counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ExclusionReason {
    /// It is no more.
    Closed,
    /// It does not take place at present.
    Paused,
    /// Everything it was announced for is over.
    Over,
    /// New people were not welcome when it was last confirmed.
    NotAccepting,
    /// There is no room.
    Full,
    /// The person is certainly too young or too old.
    Age,
    /// It is for another gender.
    Gender,
    /// The person must be fetched, and they do not do that.
    NoPickUp,
    /// It brings along this chip, by its number.
    Avoid(usize),
    /// It is what this word means, by its number.
    AvoidWord(usize),
    /// It is never open when the person is free.
    NeverFree,
}

impl ExclusionReason {
    /// Its key in answers and sentences.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Paused => "paused",
            Self::Over => "over",
            Self::NotAccepting => "not_accepting",
            Self::Full => "full",
            Self::Age => "age",
            Self::Gender => "gender",
            Self::NoPickUp => "no_pick_up",
            Self::Avoid(_) => "avoid",
            Self::AvoidWord(_) => "avoid_word",
            Self::NeverFree => "never_free",
        }
    }
}

impl PreparedWish<'_> {
    /// The reason to leave a place out, if there is one.
    pub(super) fn excludes(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
        not_now(row).or_else(|| self.not_meant(row)).or_else(|| self.unwanted(row)).or_else(|| self.never_free(row))
    }

    fn not_meant(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
        if self.wish.age.is_some_and(|age| age < row.least_age || age > row.most_age) {
            return Some(ExclusionReason::Age);
        }
        let other = match self.wish.gender {
            Some(Gender::Woman) => Some(GroupOnly::Men),
            Some(Gender::Man) => Some(GroupOnly::Women),
            None => None,
        };
        if other.is_some() && row.only == other {
            return Some(ExclusionReason::Gender);
        }
        (self.reach.only_pick_up() && row.is_not(AccessFact::PickUp)).then_some(ExclusionReason::NoPickUp)
    }

    fn unwanted(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
        if row.avoid & self.chip_bits != 0 {
            return self
                .chips
                .iter()
                .find(|chip| row.avoid & (1 << **chip) != 0)
                .map(|chip| ExclusionReason::Avoid(*chip));
        }
        if self.avoid.words.is_empty() {
            return None;
        }
        let marks = self.avoid.marks(row, &self.finder.likeable);
        let certain = marks.same | marks.text;
        (certain != 0).then(|| ExclusionReason::AvoidWord(certain.trailing_zeros() as usize))
    }

    fn never_free(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
        if self.wish.free.is_empty() {
            return None;
        }
        let times = self.times(row);
        (!times.is_over() && times.meets(&self.wish.free) == NextMeeting::Never).then_some(ExclusionReason::NeverFree)
    }
}

fn not_now(row: &PlaceFeatures) -> Option<ExclusionReason> {
    match row.status {
        Status::Closed => Some(ExclusionReason::Closed),
        Status::Paused => Some(ExclusionReason::Paused),
        Status::Active if row.accepts_new == Some(false) && !row.is(AccessFact::Full) => {
            Some(ExclusionReason::NotAccepting)
        }
        Status::Active => row.is(AccessFact::Full).then_some(ExclusionReason::Full),
    }
}
