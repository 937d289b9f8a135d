//! The response of the finder, as `docs/find.schema.json` describes it: groups of places, each with its reasons.
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

/// The whole response. Of the wish it repeats only the words that it explains.
#[derive(Debug, Clone, Serialize)]
pub struct FindAnswer {
    /// The version of the snapshot that was searched.
    pub version: String,
    /// The local time after which dates are listed, `YYYY-MM-DDTHH:MM`.
    pub at: String,
    /// How the words of the wish were understood.
    pub understood: UnderstoodWish,
    /// How far the person can travel.
    pub reach: TravelReach,
    /// Places within reach that are what the wish asks for, the best first.
    pub fits: HitGroup,
    /// Places within reach that offer something near, which is no fit.
    pub near: HitGroup,
    /// Where nothing fits: desks and lines that listen to anybody.
    pub desks: HitGroup,
    /// Places within reach that match none of the words but are not excluded.
    pub others: HitGroup,
    /// Places beyond the reach, up to twice as far.
    pub farther: HitGroup,
    /// How many of those are the thing itself.
    pub farther_fits: usize,
    /// Where nothing fits: the terms nearest to what was written, of which the city has places.
    pub offered: Vec<String>,
    /// Places without a point: home visits, telephone, online, and places not located yet.
    pub placeless: Unlocated,
    /// The excluded places, by reason.
    pub left_out: Excluded,
}

/// How the words of a wish were understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnderstoodWish {
    /// The start point; the person's own point is not repeated.
    pub from: Option<StartPoint>,
    /// The words under `likes`.
    pub likes: Vec<UnderstoodTerm>,
    /// The words under `avoid`.
    pub avoid: Vec<UnderstoodTerm>,
    /// Whether the person looks for somebody to do it with, as the wish or its words say.
    pub company: bool,
    /// The words under `can_give`.
    pub can_give: Vec<UnderstoodTerm>,
}

/// A group of the response.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HitGroup {
    /// The size of the whole group.
    pub count: usize,
    /// The best of the group, up to the limit of the wish.
    pub hits: Vec<Hit>,
}

/// Places without a point: home visits, telephone, online, and places not located yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Unlocated {
    /// By telephone.
    pub phone: HitGroup,
    /// By a visit to the person's home.
    pub visits: HitGroup,
    /// Over the internet.
    pub online: HitGroup,
    /// It moves from place to place.
    pub roaming: HitGroup,
    /// At a place that has not been located.
    pub unlocated: HitGroup,
}

/// The excluded places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Excluded {
    /// The number of places.
    pub count: usize,
    /// A summary in one sentence.
    pub text: String,
    /// One group per reason.
    pub groups: Vec<ExcludedGroup>,
}

/// The places excluded for one reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExcludedGroup {
    /// The key of the reason.
    pub reason: &'static str,
    /// The avoided chip or word, where that is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// A sentence with the reason and the count.
    pub text: String,
    /// The number of places.
    pub count: usize,
    /// The best of them.
    pub places: Vec<ExcludedPlace>,
}

/// An excluded place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExcludedPlace {
    /// Its identity.
    pub id: PlaceId,
    /// Its name.
    pub name: String,
    /// Whether it would match the wish otherwise.
    pub matches: bool,
    /// Whether it is a telephone line that listens only when the person is not free: of use if they can call by day.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub calls_by_day: bool,
    /// Great-circle distance in metres, rounded to ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
}

/// A place in the response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its identity.
    pub id: PlaceId,
    /// Its name; for a private person's place, its category and 大字.
    pub name: String,
    /// Whether it is of the sample, and does not exist.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// Its kind, a key of the schema.
    pub category: CategoryId,
    /// Its district.
    pub district: Option<DistrictId>,
    /// Who runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The building where people meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// How one meets.
    pub mode: MeetingMode,
    /// Where it is, longitude first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// The precision of the position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// Great-circle distance from the start in metres, rounded to ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// The quickest travel mode and its minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel: Option<HitTravel>,
    /// Whether it is what the person likes, needs or can give.
    pub matches: bool,
    /// Whether it offers only something near.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub near: bool,
    /// The ranking score; only its order means anything.
    pub score: i32,
    /// What the list says of it, whom it is for and what it remarks, in its own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// The schedules as the organizers wrote them.
    pub schedule: Vec<String>,
    /// The next dates; empty unless every schedule was parsed.
    pub next: Vec<HitDate>,
    /// Reasons for the place.
    pub reasons: Vec<HitReason>,
    /// Reasons for caution.
    pub cautions: Vec<HitReason>,
    /// Open questions for the link worker to clarify.
    pub ask: Vec<HitReason>,
    /// The office to call, never a private person.
    pub contact: HitContact,
}

/// A travel estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HitTravel {
    /// The travel mode.
    pub way: TravelMode,
    /// Estimated minutes, one way.
    pub minutes: u32,
}

/// One date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitDate {
    /// Start and end in local time.
    #[serde(flatten)]
    pub when: Occurrence,
    /// The same as text, with the weekday.
    pub text: String,
}

/// A reason, a caution or a question. It serializes as one object of kind, text and values.
#[derive(Debug, Clone, PartialEq)]
pub struct HitReason {
    /// Its kind, a key of the schema.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
    /// The values that the sentence mentions, by JSON name.
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

/// The office to call.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HitContact {
    /// The office or desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The telephone number of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Its fax: who cannot hear does not call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// Its e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether only link workers may see it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
}

impl HitContact {
    /// Whether it says how to reach anybody.
    pub(super) fn can_be_reached(&self) -> bool {
        self.phone.is_some() || self.fax.is_some() || self.email.is_some()
    }
}
