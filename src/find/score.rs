//! How well a place suits a person, as a number: likings first, then what they can give, what matters, how near it is.
//!
//! The weights are few and say what outweighs what; the order of places with one number is by name. This module does no I/O.

use super::features::PlaceFeatures;
use super::interests::MatchBits;
use super::prepared_wish::PreparedWish;
use super::times::NextMeeting;
use crate::model::Metres;

/// Something the person likes, stated in name or keywords; mentioned in a sentence; near it, stated; near it, mentioned.
const SAME: i32 = 100;
const SAME_MENTIONED: i32 = 60;
const NEAR: i32 = 50;
const NEAR_MENTIONED: i32 = 20;
/// The person's own word in the place's text.
const TEXT: i32 = 80;
/// A place that looks for what the person can give; one that looks for helpers or teachers; one that finds such places.
const GIVES_WORD: i32 = 90;
const GIVES_ROLE: i32 = 45;
const GIVES_TERM: i32 = 40;
/// An axis of Positive Health that is low.
const AXIS: i32 = 8;
/// What matters is known to be so, or not.
const MATTERS: i32 = 12;
const MATTERS_NOT: i32 = -25;
/// What makes the first step easier, also where nobody asked.
const FIRST_STEP: i32 = 3;
/// The hours are known to suit, or hardly do.
const FREE: i32 = 10;
const FREE_PARTLY: i32 = -5;
/// It is for people of some kind; nobody said that the person is one of them.
const UNSURE_WHO: i32 = -12;
/// Something to keep away may be there.
const MAYBE_AVOID: i32 = -15;
/// The farthest place within reach, and one twice as far.
const AT_THE_EDGE: f64 = -30.0;

/// How well a place suits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    /// The more, the better.
    pub(super) score: i32,
    /// Whether it answers to anything that the person likes or gives; so does every place where nothing of that is said.
    pub(super) matches: bool,
}

impl PreparedWish<'_> {
    /// How well a place suits that is `distance` away, where that can be said.
    pub(super) fn suits(&self, row: &PlaceFeatures, distance: Option<Metres>) -> Score {
        let likes = self.likes.marks(row, &self.finder.likeable);
        let giving = self.giving_score(row);
        let axes = i32::try_from((row.axes & self.axes).count_ones()).unwrap_or(0);
        let edge = distance.map_or(0.0, |it| AT_THE_EDGE * (it.0 / self.reach.metres.max(1.0)).min(4.0));
        #[expect(clippy::cast_possible_truncation, reason = "at most 120 points")]
        let edge = edge.round() as i32;
        let score = liking_score(likes) + giving + axes * AXIS + self.matters_score(row) + self.other_score(row) + edge;
        let asks = !self.likes.words.is_empty() || self.giving.is_some();
        let matches = if asks { likes.any() != 0 || giving > 0 } else { self.axes == 0 || axes > 0 };
        Score { score, matches }
    }

    fn giving_score(&self, row: &PlaceFeatures) -> i32 {
        let Some(giving) = &self.giving else { return 0 };
        let wanted = giving.roles.iter().any(|role| row.wants(*role));
        let marks = giving.words.marks(row, &self.finder.likeable);
        let term = giving.terms.marks(row, &self.finder.likeable).same != 0;
        let by_role = if !wanted {
            0
        } else if marks.any() != 0 {
            GIVES_WORD
        } else if giving.words.words.is_empty() {
            GIVES_ROLE
        } else {
            0
        };
        by_role.max(if term { GIVES_TERM } else { 0 })
    }

    fn matters_score(&self, row: &PlaceFeatures) -> i32 {
        times(row.yes & self.matters, MATTERS)
            + times(row.no & self.matters, MATTERS_NOT)
            + times(row.yes & self.first_steps, FIRST_STEP)
    }

    fn other_score(&self, row: &PlaceFeatures) -> i32 {
        let free = if self.wish.free.is_empty() {
            0
        } else {
            match self.times(row).meets(&self.wish.free) {
                NextMeeting::Fits => FREE,
                NextMeeting::Partly => FREE_PARTLY,
                NextMeeting::Unknown | NextMeeting::Never => 0,
            }
        };
        let unsure = row.unsure && (row.least_age == 0 || self.wish.age.is_none());
        free + times(u32::from(row.maybe & self.chip_bits), MAYBE_AVOID) + if unsure { UNSURE_WHO } else { 0 }
    }
}

fn liking_score(marks: MatchBits) -> i32 {
    times(marks.same, SAME)
        + times(marks.same_mentioned, SAME_MENTIONED)
        + times(marks.near, NEAR)
        + times(marks.near_mentioned, NEAR_MENTIONED)
        + times(marks.text, TEXT)
}

/// So many points for every bit.
fn times(bits: u32, points: i32) -> i32 {
    i32::try_from(bits.count_ones()).unwrap_or(0) * points
}
