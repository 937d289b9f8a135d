//! Scoring: a weighted sum of likings, contributions, access facts and distance.
//!
//! The weights below define what outweighs what; equal scores are ordered by name. This module does no I/O.

use super::features::PlaceFeatures;
use super::interests::MatchBits;
use super::prepared_wish::PreparedWish;
use super::times::FreeTimeFit;
use crate::model::Metres;

/// A liking stated in name or keywords; mentioned in a sentence; near it, stated; near it, mentioned.
const SAME: i32 = 100;
const SAME_MENTIONED: i32 = 60;
const NEAR: i32 = 50;
const NEAR_MENTIONED: i32 = 20;
/// The person's word occurs in the place's text.
const TEXT: i32 = 80;
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

/// How well a place fits a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    /// Higher is better.
    pub(super) score: i32,
    /// Whether it matches anything the person likes or can give; without either, the low axes decide, and without those
    /// every place matches.
    pub(super) matches: bool,
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
        let score = liking_score(likes) + giving + axes * AXIS + self.matters_score(row) + self.other_score(row) + edge;
        let has_words = !self.likes.words.is_empty() || self.giving.is_some();
        let matches = if has_words { likes.any() != 0 || giving > 0 } else { self.axes == 0 || axes > 0 };
        Score { score, matches }
    }

    /// Points for a place that wants what the person can contribute.
    fn giving_score(&self, row: &PlaceFeatures) -> i32 {
        let Some(giving) = &self.giving else { return 0 };
        let wanted = giving.roles.iter().any(|role| row.wants(*role));
        let bits = giving.words.match_bits(row, &self.finder.place_interests);
        let term = giving.terms.match_bits(row, &self.finder.place_interests).same != 0;
        let by_role = if !wanted {
            0
        } else if bits.any() != 0 {
            GIVES_WORD
        } else if giving.words.words.is_empty() {
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
        free + points_per_bit(u32::from(row.maybe & self.chip_bits), MAYBE_AVOID) + if unsure { UNSURE_WHO } else { 0 }
    }
}

/// Points for the words that the person likes.
fn liking_score(bits: MatchBits) -> i32 {
    points_per_bit(bits.same, SAME)
        + points_per_bit(bits.same_mentioned, SAME_MENTIONED)
        + points_per_bit(bits.near, NEAR)
        + points_per_bit(bits.near_mentioned, NEAR_MENTIONED)
        + points_per_bit(bits.text, TEXT)
}

/// Points per set bit.
fn points_per_bit(bits: u32, points: i32) -> i32 {
    i32::try_from(bits.count_ones()).unwrap_or(0) * points
}
