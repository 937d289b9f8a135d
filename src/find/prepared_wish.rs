//! A wish resolved against one snapshot: words expanded, start resolved, reach computed.
//!
//! This module does no I/O.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::avoidance::AVOIDANCE_TABLE;
use super::features::{PlaceFeatures, bit};
use super::interests::{InterestQuery, MatchKind, UnderstoodTerm};
use super::reach::{TravelReach, rule_of_thumb};
use super::times::{CalendarDay, MeetingTimes};
use super::{Finder, Wish, WishError, WishStart};
use crate::model::{AccessFact, DistrictId, Position, Role};
use crate::schedule::ScheduleContext;

/// Facts that ease the first step.
pub(super) const FIRST_STEPS: [AccessFact; 4] =
    [AccessFact::MetFirstTime, AccessFact::Beginners, AccessFact::VisitFirst, AccessFact::AloneWelcome];

/// A wish resolved against a snapshot.
#[derive(Debug)]
pub(super) struct PreparedWish<'a> {
    pub(super) finder: &'a Finder,
    pub(super) wish: &'a Wish,
    pub(super) now: NaiveDateTime,
    /// The context in which schedules are parsed; `day` caches the results.
    pub(super) context: ScheduleContext,
    day: Arc<CalendarDay>,
    /// Bits of the facts that matter; `first_steps` holds the others that ease the first step.
    pub(super) matters: u32,
    pub(super) first_steps: u32,
    pub(super) from: Option<StartPoint>,
    pub(super) reach: TravelReach,
    pub(super) likes: InterestQuery,
    pub(super) giving: Option<GivingRole>,
    /// The avoided chips in the order of the wish; `chip_bits` holds their bits.
    pub(super) chips: Vec<usize>,
    pub(super) chip_bits: u16,
    pub(super) avoid: InterestQuery,
    /// How the avoided words were understood, in the order of the wish.
    pub(super) avoid_words: Vec<UnderstoodTerm>,
    pub(super) axes: u8,
}

/// A resolved start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StartPoint {
    /// The name of the district or 大字; `None` for a point of the person's own.
    pub name: Option<String>,
    /// The district that contains it.
    pub district: Option<DistrictId>,
    /// Whether it is the centre of an area and not the person's own point.
    pub about: bool,
    #[serde(skip)]
    pub(super) position: Position,
}

impl StartPoint {
    /// The point from which distances are measured.
    pub fn position(&self) -> Position {
        self.position
    }
}

/// What the person can contribute.
#[derive(Debug)]
pub(super) struct GivingRole {
    pub(super) roles: Vec<Role>,
    pub(super) words: InterestQuery,
    /// Terms of places where anybody can contribute.
    pub(super) terms: InterestQuery,
}

impl<'a> PreparedWish<'a> {
    /// Resolves a wish; fails if its start does not exist or is ambiguous.
    pub(super) fn new(finder: &'a Finder, wish: &'a Wish, now: NaiveDateTime) -> Result<Self, WishError> {
        let query = |words: &[String]| InterestQuery::new(words, &finder.thesaurus, &finder.snapshot);
        let chips: Vec<usize> = wish.avoid.iter().filter_map(|word| AVOIDANCE_TABLE.chip_of(word)).collect();
        let other: Vec<String> =
            wish.avoid.iter().filter(|word| AVOIDANCE_TABLE.chip_of(word).is_none()).cloned().collect();
        let avoid = query(&other);
        let context = ScheduleContext::of_city(&finder.snapshot.city, wish.at.unwrap_or(now).date());
        Ok(Self {
            from: wish.from.as_ref().map(|start| resolve_start(finder, start)).transpose()?,
            reach: TravelReach::new(&wish.travel, wish.minutes, rule_of_thumb),
            likes: query(&wish.likes),
            giving: GivingRole::new(finder, wish),
            chip_bits: chips.iter().fold(0, |all, chip| all | 1 << chip),
            chips,
            avoid_words: avoid_words(wish, &avoid),
            avoid,
            axes: wish.axes.iter().fold(0, |all, axis| all | 1 << *axis as u8),
            context,
            day: finder.calendar.day(context),
            matters: fact_bits(&wish.matters),
            first_steps: fact_bits(&FIRST_STEPS) & !fact_bits(&wish.matters),
            now: wish.at.unwrap_or(now),
            finder,
            wish,
        })
    }

    /// The meeting times of a place.
    pub(super) fn times(&self, row: &PlaceFeatures) -> &MeetingTimes {
        self.finder.calendar.times(row.schedules, &self.day)
    }
}

/// The bits of several access facts.
fn fact_bits(facts: &[AccessFact]) -> u32 {
    facts.iter().fold(0, |all, fact| all | bit(*fact))
}

impl GivingRole {
    /// `None` where the wish names neither a role nor a word.
    fn new(finder: &Finder, wish: &Wish) -> Option<Self> {
        if wish.gives.is_empty() && wish.can_give.is_empty() {
            return None;
        }
        let roles = if wish.gives.is_empty() { vec![Role::Help, Role::Teach] } else { wish.gives.clone() };
        let terms = InterestQuery::of_terms(AVOIDANCE_TABLE.giving_terms(), &finder.thesaurus);
        Some(Self { roles, words: InterestQuery::new(&wish.can_give, &finder.thesaurus, &finder.snapshot), terms })
    }
}

/// How each avoided word was understood: as a chip, else as `avoid` expands it.
fn avoid_words(wish: &Wish, avoid: &InterestQuery) -> Vec<UnderstoodTerm> {
    let chip = |word: &String| {
        let chip = AVOIDANCE_TABLE.chip(AVOIDANCE_TABLE.chip_of(word)?);
        Some(UnderstoodTerm { word: word.clone(), means: vec![chip.label.clone()], by: MatchKind::Chip })
    };
    let mut others = avoid.words.iter();
    wish.avoid.iter().filter_map(|word| chip(word).or_else(|| others.next().cloned())).collect()
}

/// Resolves the start of a wish to a point: the centre of a district or 大字, or the person's own point.
pub(super) fn resolve_start(finder: &Finder, start: &WishStart) -> Result<StartPoint, WishError> {
    let snapshot = &finder.snapshot;
    match start {
        WishStart::District(written) => {
            let by_id = snapshot.districts.by_id(&DistrictId(written.clone()));
            let district = by_id.or_else(|| snapshot.districts.named(written)).ok_or_else(|| {
                let known: Vec<&str> = snapshot.districts.all().iter().map(|it| it.name.as_str()).take(60).collect();
                WishError::field("from.district", format!("there is no such district; known are {}", known.join(", ")))
            })?;
            let nowhere =
                || WishError::field("from.district", "nobody knows where this district is; choose a 大字 or a point");
            let (name, position) = (Some(district.name.clone()), district.centre.ok_or_else(nowhere)?);
            Ok(StartPoint { name, district: Some(district.id.clone()), about: true, position })
        }
        WishStart::Town(written) => {
            let (name, position) = finder.towns.find(written).map_err(|why| WishError::field("from.town", why))?;
            Ok(StartPoint { name: Some(name), district: district_at(finder, position), about: true, position })
        }
        WishStart::Position(position) => {
            Ok(StartPoint { name: None, district: district_at(finder, *position), about: false, position: *position })
        }
    }
}

/// The district whose outline contains a position.
fn district_at(finder: &Finder, position: Position) -> Option<DistrictId> {
    finder.snapshot.districts.at(position).map(|it| it.id.clone())
}
