//! Exclusion rules: a place is excluded only for a certain reason; an unknown fact never excludes.
//!
//! This module does no I/O.

use super::eligibility::GroupOnly;
use super::features::{LocationKind, PlaceFeatures};
use super::prepared_wish::PreparedWish;
use super::reach::NEEDS_NO_RIDE;
use super::times::FreeTimeFit;
use super::wish::Gender;
use crate::model::{AccessFact, Metres, Status};

/// A reason for exclusion. Variants are in the order of the report; the first that holds counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ExclusionReason {
    /// The place closed for good.
    Closed,
    /// The place is paused.
    Paused,
    /// All its dates are past.
    Over,
    /// It accepted no new people when it was last confirmed.
    NotAccepting,
    /// It is full.
    Full,
    /// The person is too young or too old.
    Age,
    /// It admits another gender only.
    Gender,
    /// The person needs a pick-up, which the place does not offer.
    NoPickUp,
    /// The person cannot leave home, and the place does not come.
    AwayFromHome,
    /// The person cannot hear, and the place is a voice on the telephone.
    VoiceOnly,
    /// It has an avoided chip, by number.
    Avoid(usize),
    /// It matches an avoided word, by number.
    AvoidWord(usize),
    /// It is never open in the person's free time.
    NeverFree,
}

impl ExclusionReason {
    /// The key in the response and in `reasons.toml`.
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
            Self::AwayFromHome => "away_from_home",
            Self::VoiceOnly => "voice_only",
            Self::Avoid(_) => "avoid",
            Self::AvoidWord(_) => "avoid_word",
            Self::NeverFree => "never_free",
        }
    }
}

impl PreparedWish<'_> {
    /// The first reason that excludes a place.
    pub(super) fn exclusion_reason(&self, row: &PlaceFeatures, distance: Option<Metres>) -> Option<ExclusionReason> {
        status_reason(row)
            .or_else(|| self.mismatch_reason(row))
            .or_else(|| self.travel_reason(row, distance))
            .or_else(|| self.avoidance_reason(row))
            .or_else(|| self.schedule_reason(row))
    }

    /// Exclusion by age or gender.
    fn mismatch_reason(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
        // Who helps or teaches children is no child.
        let helps = self.giving.as_ref().is_some_and(|giving| giving.roles.iter().any(|role| row.wants(*role)));
        if !helps && self.wish.age.is_some_and(|age| age < row.least_age || age > row.most_age) {
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
        (self.person.has_baby && row.youngest_child > 0).then_some(ExclusionReason::Age)
    }

    /// Exclusion because the person cannot get there or cannot hear.
    fn travel_reason(&self, row: &PlaceFeatures, distance: Option<Metres>) -> Option<ExclusionReason> {
        let is_away = matches!(row.kind, LocationKind::Placed | LocationKind::Unlocated);
        if self.wish.home_only && is_away && !row.has(PlaceFeatures::COMES_HOME) {
            return Some(ExclusionReason::AwayFromHome);
        }
        if self.person.cannot_hear && row.has(PlaceFeatures::VOICE_ONLY) {
            return Some(ExclusionReason::VoiceOnly);
        }
        let is_near = distance.is_some_and(|it| it <= NEEDS_NO_RIDE);
        let no_ride = row.is_not(AccessFact::PickUp) || row.is(AccessFact::PickUp) && !self.is_fetched(row);
        (self.reach.only_pick_up() && is_away && no_ride && !is_near).then_some(ExclusionReason::NoPickUp)
    }

    /// Exclusion by what the person avoids.
    fn avoidance_reason(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
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
        let bits = self.avoid.match_bits(row, &self.finder.place_interests);
        // A sentence that mentions it is a question (`hit`).
        let certain = bits.same | self.avoid.named_in(row, &self.finder.snapshot, bits.text);
        (certain != 0).then(|| ExclusionReason::AvoidWord(certain.trailing_zeros() as usize))
    }

    /// Exclusion because no meeting lies in the person's free time.
    fn schedule_reason(&self, row: &PlaceFeatures) -> Option<ExclusionReason> {
        if self.wish.free.is_empty() {
            return None;
        }
        let times = self.times(row);
        (!times.is_over() && times.fit_with(&self.wish.free) == FreeTimeFit::Never)
            .then_some(ExclusionReason::NeverFree)
    }
}

/// Exclusion because the place accepts nobody at present.
fn status_reason(row: &PlaceFeatures) -> Option<ExclusionReason> {
    match row.status {
        Status::Closed => Some(ExclusionReason::Closed),
        Status::Paused => Some(ExclusionReason::Paused),
        Status::Active if row.accepts_new == Some(false) && !row.is(AccessFact::Full) => {
            Some(ExclusionReason::NotAccepting)
        }
        Status::Active => row.is(AccessFact::Full).then_some(ExclusionReason::Full),
    }
}
