//! Scoring: a weighted sum of likings, contributions, access facts and distance.
//!
//! The weights below define what outweighs what; equal scores are ordered by name. This module does no I/O.

use super::avoidance::AVOIDANCE_TABLE;
use super::features::{PlaceFeatures, bit};
use super::interests::MatchBits;
use super::prepared_wish::PreparedWish;
use super::times::FreeTimeFit;
use crate::model::{AccessFact, Metres, Role};

/// A liking stated in name, keywords or eligibility; mentioned in a sentence; the wider trouble; something near.
const SAME: i32 = 100;
const SAME_MENTIONED: i32 = 60;
const WIDER: i32 = 50;
const NEAR: i32 = 20;
/// The person's word occurs in the place's text.
const TEXT: i32 = 80;
/// The best place for each phrase comes before the second best for another.
pub(super) const BEST_OF_PHRASE: i32 = 150;
/// Somebody looks for company, and so does the person.
const COMPANY: i32 = 60;
/// Who looks for a person comes behind places, unless the person looks for company.
const UNASKED: i32 = -60;
/// A place that wants what the person can give; one that wants helpers or teachers; one where anybody can contribute.
const GIVES_WORD: i32 = 90;
const GIVES_ROLE: i32 = 45;
const GIVES_TERM: i32 = 40;
/// An axis of Positive Health that is low for the person.
const AXIS: i32 = 8;
/// A fact that matters is answered yes, or no.
const MATTERS: i32 = 12;
const MATTERS_NOT: i32 = -25;
/// A fact that eases the first step, also where the wish does not name it.
const FIRST_STEP: i32 = 3;
/// The hours fit the person's free time, or only partly.
const FREE: i32 = 10;
const FREE_PARTLY: i32 = -5;
/// The eligibility is unclear.
const UNSURE_WHO: i32 = -12;
/// An avoided chip may apply.
const MAYBE_AVOID: i32 = -15;
/// A place at the edge of the reach; the penalty is linear in the distance.
const AT_THE_EDGE: f64 = -30.0;

/// Without likings: a place that is gentle on whoever comes for the first time.
const GENTLE: i32 = 10;
/// So many of the asked facts make a place fit where no word was understood.
const ENOUGH_FACTS: u32 = 3;

/// How well a place fits a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    /// Higher is better.
    pub(super) points: i32,
    /// Whether it is the thing itself, something near, or neither.
    pub(super) level: FitLevel,
    /// The phrases that it answers, a bit each.
    pub(super) phrases: u32,
    /// Whether it fits for nothing but being for a wider condition ([`InterestQuery::is_only_wider`](super::interests::InterestQuery)).
    pub(super) only_wider: bool,
    /// Whether it fits for nothing but the words that are liked.
    pub(super) only_liked: bool,
}

/// Whether a place is what a wish asks for. Near is not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FitLevel {
    /// It is what the person likes, needs or can give; without any of those, what is gentle and nearest.
    Fits,
    /// It offers something near.
    Near,
    /// Neither.
    Neither,
}

impl Score {
    /// Whether the place is the thing itself.
    pub(super) fn fits(self) -> bool {
        self.level == FitLevel::Fits
    }
}

impl PreparedWish<'_> {
    /// Scores a place at `distance`, if known.
    pub(super) fn score_of(&self, row: &PlaceFeatures, distance: Option<Metres>) -> Score {
        let likes = self.likes.match_bits(row, &self.finder.place_interests);
        let giving = self.giving_score(row);
        let axes = i32::try_from((row.axes & self.axes).count_ones()).unwrap_or(0);
        let edge = distance.map_or(0.0, |it| AT_THE_EDGE * (it.0 / self.reach.metres.0.max(1.0)).min(4.0));
        #[expect(clippy::cast_possible_truncation, reason = "at most 120 points")]
        let edge = edge.round() as i32;
        let company = match self.keeps_company(row, likes) {
            true => COMPANY,
            false if row.has(PlaceFeatures::SEEKER) && !self.company => UNASKED,
            false => 0,
        };
        let score = liking_score(likes)
            + company
            + giving
            + axes * AXIS
            + self.matters_score(row)
            + self.other_score(row)
            + edge;
        let level = if company > 0 {
            FitLevel::Fits
        } else if self.has_words() {
            self.level_by_words(row, likes, giving)
        } else if self.axes != 0 && axes == 0 || self.person.says_something && self.axes == 0 && !is_gentle(row) {
            FitLevel::Neither
        } else {
            FitLevel::Fits
        };
        let score = if self.has_words() { score } else { score + points_per_bit(row.yes & self.first_steps, GENTLE) };
        let only_liked = giving == 0 && company <= 0 && !self.is_meant_for(row);
        let only_wider = only_liked && self.likes.is_only_wider(likes);
        Score { points: score, level, phrases: likes.fits(), only_wider, only_liked }
    }

    /// Whether the person looks for company, and somebody there does for what the person likes; of who names nothing, for anything.
    fn keeps_company(&self, row: &PlaceFeatures, likes: MatchBits) -> bool {
        self.company && row.wants(Role::Company) && (likes.fits() != 0 || !self.has_words())
    }

    /// The level of a place where the wish has words.
    fn level_by_words(&self, row: &PlaceFeatures, likes: MatchBits, giving: i32) -> FitLevel {
        if likes.fits() != 0 || giving > 0 {
            return FitLevel::Fits;
        }
        // Where words fail, what matters decides.
        if self.person.no_word_understood && (row.yes & self.matters).count_ones() >= ENOUGH_FACTS
            || self.is_meant_for(row)
        {
            return FitLevel::Fits;
        }
        if likes.near != 0 { FitLevel::Near } else { FitLevel::Neither }
    }

    /// Whether a place is meant for people of whom what the wish asks for tells that the person is one.
    fn is_meant_for(&self, row: &PlaceFeatures) -> bool {
        if self.implied.is_empty() || !row.has(PlaceFeatures::FOR_CONDITION) {
            return false;
        }
        let all = row.interests(&self.finder.place_interests);
        all.iter().any(|it| it.meant && self.implied.contains(&it.interest))
    }

    /// Points for a place that wants what the person can contribute.
    fn giving_score(&self, row: &PlaceFeatures) -> i32 {
        let Some(giving) = &self.giving else { return 0 };
        let wanted = giving.roles.iter().any(|role| row.wants(*role));
        let bits = giving.words.match_bits(row, &self.finder.place_interests);
        let term = giving.terms.match_bits(row, &self.finder.place_interests).same != 0;
        let by_role = if bits.fits() != 0 && (wanted || term) {
            GIVES_WORD
        } else if !wanted {
            0
        } else if giving.words.words.is_empty() || row.wants(Role::Teach) && giving.roles.contains(&Role::Teach) {
            GIVES_ROLE
        } else {
            0
        };
        by_role.max(if term { GIVES_TERM } else { 0 })
    }

    /// Points for access facts that matter to the person or ease the first step.
    fn matters_score(&self, row: &PlaceFeatures) -> i32 {
        points_per_bit(row.yes & self.matters, MATTERS)
            + points_per_bit(row.no & self.matters, MATTERS_NOT)
            + points_per_bit(row.yes & self.first_steps, FIRST_STEP)
            + if self.has_steps_for_wheels(row) { MATTERS_NOT } else { 0 }
    }

    /// Whether the person asks for a way in on wheels, and the place says that there are steps and nothing of wheels.
    pub(super) fn has_steps_for_wheels(&self, row: &PlaceFeatures) -> bool {
        let wheels = AccessFact::Wheelchair;
        self.matters & bit(wheels) != 0 && row.is_not(AccessFact::StepFree) && !row.is(wheels) && !row.is_not(wheels)
    }

    /// Points for free time, unclear eligibility and chips that may apply.
    fn other_score(&self, row: &PlaceFeatures) -> i32 {
        let free = if self.wish.free.is_empty() {
            0
        } else {
            match self.times(row).fit_with(&self.wish.free) {
                FreeTimeFit::Full => FREE,
                FreeTimeFit::Partly => FREE_PARTLY,
                FreeTimeFit::Unknown | FreeTimeFit::Never => 0,
            }
        };
        let unsure = row.unsure && (row.least_age == 0 || self.wish.age.is_none());
        let mentioned = if self.mentions_avoided(row) { MAYBE_AVOID } else { 0 };
        let maybe = points_per_bit(u32::from(row.maybe & self.chip_bits), MAYBE_AVOID);
        free + maybe + mentioned + if unsure { UNSURE_WHO } else { 0 }
    }
}

/// Points for the words that the person likes.
fn liking_score(bits: MatchBits) -> i32 {
    points_per_bit(bits.same, SAME)
        + points_per_bit(bits.same_mentioned, SAME_MENTIONED)
        + points_per_bit(bits.wider, WIDER)
        + points_per_bit(bits.near, NEAR)
        + points_per_bit(bits.text & !(bits.same | bits.same_mentioned | bits.wider), TEXT)
}

/// Whether a place is for somebody who names no liking: indoors, light, and neither work nor help for a trouble.
fn is_gentle(row: &PlaceFeatures) -> bool {
    let outdoor = AVOIDANCE_TABLE.gentle_chips();
    row.avoid & outdoor == 0
        && !row.is(AccessFact::Outdoor)
        && !row.is(AccessFact::Strenuous)
        && !row.has(PlaceFeatures::ON_DEMAND)
}

/// Points per set bit.
fn points_per_bit(bits: u32, points: i32) -> i32 {
    i32::try_from(bits.count_ones()).unwrap_or(0) * points
}
