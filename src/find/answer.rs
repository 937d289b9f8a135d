//! What the finder answers, as `docs/find.schema.json` describes it: groups of places, each with its reasons.
//!
//! This module does no I/O.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::interests::UnderstoodTerm;
use super::prepared_wish::StartPoint;
use super::reach::{TravelMode, TravelReach};
use crate::model::{CategoryId, DistrictId, MeetingMode, PlaceId, Position, Precision};
use crate::schedule::Occurrence;

/// The whole answer. No part of the wish but its words for likings stands in it.
#[derive(Debug, Clone, Serialize)]
pub struct FindAnswer {
    /// The snapshot it was found in.
    pub version: String,
    /// The local time from which dates are told.
    pub at: String,
    /// What the words were taken to mean.
    pub understood: UnderstoodWish,
    /// How far the person comes.
    pub reach: TravelReach,
    /// Places within reach that answer to the wish, the best first.
    pub fits: HitGroup,
    /// Places within reach that nothing speaks against, but that are not what the person named.
    pub others: HitGroup,
    /// Places between once and twice the reach.
    pub farther: HitGroup,
    /// What comes to the person, or of which nobody knows where it is.
    pub placeless: Unlocated,
    /// What was left out, and why.
    pub left_out: Excluded,
}

/// What the words of a wish were taken to mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnderstoodWish {
    /// Where the person starts; a point of their own is not repeated.
    pub from: Option<StartPoint>,
    /// What they like.
    pub likes: Vec<UnderstoodTerm>,
    /// What to keep away.
    pub avoid: Vec<UnderstoodTerm>,
    /// What they can give.
    pub can_give: Vec<UnderstoodTerm>,
}

/// Places of one kind of answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HitGroup {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub hits: Vec<Hit>,
}

/// What comes to the person, or of which nobody knows where it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Unlocated {
    /// By telephone.
    pub phone: HitGroup,
    /// Somebody comes to the person's home.
    pub visits: HitGroup,
    /// Over the internet.
    pub online: HitGroup,
    /// It moves from place to place.
    pub roaming: HitGroup,
    /// At a place of which nobody knows where it is.
    pub unlocated: HitGroup,
}

/// What was left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Excluded {
    /// How many places.
    pub count: usize,
    /// The whole in one sentence.
    pub text: String,
    /// By reason.
    pub groups: Vec<ExcludedGroup>,
}

/// Places left out for one reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExcludedGroup {
    /// The reason's key.
    pub reason: &'static str,
    /// Which chip or word, where the reason is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// The reason and the count in words.
    pub text: String,
    /// How many places.
    pub count: usize,
    /// The best of them, to be opened.
    pub places: Vec<ExcludedPlace>,
}

/// A place that was left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExcludedPlace {
    /// Its identity.
    pub id: PlaceId,
    /// Its name.
    pub name: String,
    /// Whether it answers to the wish otherwise.
    pub matches: bool,
    /// Great-circle metres to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
}

/// A place that is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its identity.
    pub id: PlaceId,
    /// Its name; of a private person, what kind of place it is and its 大字.
    pub name: String,
    /// Its kind.
    pub category: CategoryId,
    /// Its district.
    pub district: Option<DistrictId>,
    /// Who runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The building it takes place in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// How one meets.
    pub mode: MeetingMode,
    /// Where it is, longitude first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What that point stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// Great-circle metres from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// The quickest way there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel: Option<HitTravel>,
    /// Whether it answers to what the person likes or gives.
    pub matches: bool,
    /// How well it suits; only its order means anything.
    pub score: i32,
    /// When, in the words of those who run it.
    pub schedule: Vec<String>,
    /// The next dates, where all words are understood.
    pub next: Vec<HitDate>,
    /// What speaks for it.
    pub reasons: Vec<HitReason>,
    /// What to mind.
    pub cautions: Vec<HitReason>,
    /// What nobody knows and the link worker should ask.
    pub ask: Vec<HitReason>,
    /// Whom to call: an office, never a private person.
    pub contact: HitContact,
}

/// An estimate of the way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HitTravel {
    /// How.
    pub way: TravelMode,
    /// About so many minutes.
    pub minutes: u32,
}

/// One time that it takes place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitDate {
    /// Beginning and end, in local time.
    #[serde(flatten)]
    pub when: Occurrence,
    /// The same in words, with the weekday.
    pub text: String,
}

/// A reason, a caution or a question: its kind, its values, and a sentence. Written as one object.
#[derive(Debug, Clone, PartialEq)]
pub struct HitReason {
    /// Its kind.
    pub kind: &'static str,
    /// In words.
    pub text: String,
    /// What it is about.
    pub values: Vec<(&'static str, Value)>,
}

impl Serialize for HitReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2 + self.values.len()))?;
        map.serialize_entry("kind", self.kind)?;
        map.serialize_entry("text", &self.text)?;
        self.values.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

/// Whom to call.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HitContact {
    /// The office or desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Its telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}
