//! A wish, prepared for one snapshot: its words understood, its start found, its reach reckoned.
//!
//! This module does no I/O.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::avoidance::WORDS;
use super::features::{PlaceFeatures, bit};
use super::interests::{InterestQuery, MatchKind, UnderstoodTerm};
use super::reach::{TravelReach, rule_of_thumb};
use super::times::{CalendarDay, MeetingTimes};
use super::{Finder, Wish, WishError, WishStart};
use crate::model::{AccessFact, DistrictId, Position, Role};
use crate::schedule::ScheduleContext;

/// What makes the first step easier.
pub(super) const FIRST_STEPS: [AccessFact; 4] =
    [AccessFact::MetFirstTime, AccessFact::Beginners, AccessFact::VisitFirst, AccessFact::AloneWelcome];

/// A wish, prepared.
#[derive(Debug)]
pub(super) struct PreparedWish<'a> {
    pub(super) finder: &'a Finder,
    pub(super) wish: &'a Wish,
    pub(super) now: NaiveDateTime,
    /// How schedules are read on that day, and what they say.
    pub(super) context: ScheduleContext,
    day: Arc<CalendarDay>,
    /// Bits of the facts that matter, and of those that make the first step easier besides.
    pub(super) matters: u32,
    pub(super) first_steps: u32,
    pub(super) from: Option<StartPoint>,
    pub(super) reach: TravelReach,
    pub(super) likes: InterestQuery,
    pub(super) giving: Option<GivingRole>,
    /// The chips to keep away, in the order of the wish, and their bits.
    pub(super) chips: Vec<usize>,
    pub(super) chip_bits: u16,
    pub(super) avoid: InterestQuery,
    /// What the words to keep away were taken to mean, in the order of the wish.
    pub(super) avoid_words: Vec<UnderstoodTerm>,
    pub(super) axes: u8,
}

/// Where the person starts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StartPoint {
    /// The name of the district or 大字; `None` for a point.
    pub name: Option<String>,
    /// The district it lies in.
    pub district: Option<DistrictId>,
    /// Whether it is a middle of something and not the person's own point.
    pub about: bool,
    #[serde(skip)]
    pub(super) position: Position,
}

impl StartPoint {
    /// The point from which distances are told.
    pub fn position(&self) -> Position {
        self.position
    }
}

/// What the person might give.
#[derive(Debug)]
pub(super) struct GivingRole {
    pub(super) roles: Vec<Role>,
    pub(super) words: InterestQuery,
    /// What gives anybody something to do.
    pub(super) terms: InterestQuery,
}

impl<'a> PreparedWish<'a> {
    pub(super) fn new(finder: &'a Finder, wish: &'a Wish, now: NaiveDateTime) -> Result<Self, WishError> {
        let taste = |words: &[String]| InterestQuery::new(words, &finder.thesaurus, &finder.snapshot);
        let chips: Vec<usize> = wish.avoid.iter().filter_map(|word| WORDS.chip_of(word)).collect();
        let other: Vec<String> = wish.avoid.iter().filter(|word| WORDS.chip_of(word).is_none()).cloned().collect();
        let avoid = taste(&other);
        let context = ScheduleContext::of_city(&finder.snapshot.city, wish.at.unwrap_or(now).date());
        Ok(Self {
            from: wish.from.as_ref().map(|start| start_of(finder, start)).transpose()?,
            reach: TravelReach::new(&wish.travel, wish.minutes, rule_of_thumb),
            likes: taste(&wish.likes),
            giving: GivingRole::new(finder, wish),
            chip_bits: chips.iter().fold(0, |all, chip| all | 1 << chip),
            chips,
            avoid_words: avoid_words(wish, &avoid),
            avoid,
            axes: wish.axes.iter().fold(0, |all, axis| all | 1 << *axis as u8),
            context,
            day: finder.calendar.day(context),
            matters: bits(&wish.matters),
            first_steps: bits(&FIRST_STEPS) & !bits(&wish.matters),
            now: wish.at.unwrap_or(now),
            finder,
            wish,
        })
    }

    /// When the place of `row` takes place.
    pub(super) fn times(&self, row: &PlaceFeatures) -> &MeetingTimes {
        self.finder.calendar.times(row.schedules, &self.day)
    }
}

fn bits(facts: &[AccessFact]) -> u32 {
    facts.iter().fold(0, |all, fact| all | bit(*fact))
}

impl GivingRole {
    fn new(finder: &Finder, wish: &Wish) -> Option<Self> {
        if wish.gives.is_empty() && wish.can_give.is_empty() {
            return None;
        }
        let roles = if wish.gives.is_empty() { vec![Role::Help, Role::Teach] } else { wish.gives.clone() };
        let terms = InterestQuery::of_terms(WORDS.giving_terms(), &finder.thesaurus);
        Some(Self { roles, words: InterestQuery::new(&wish.can_give, &finder.thesaurus, &finder.snapshot), terms })
    }
}

fn avoid_words(wish: &Wish, avoid: &InterestQuery) -> Vec<UnderstoodTerm> {
    let chip = |word: &String| {
        let chip = WORDS.chip(WORDS.chip_of(word)?);
        Some(UnderstoodTerm { word: word.clone(), means: vec![chip.label.clone()], by: MatchKind::Chip })
    };
    let mut others = avoid.words.iter();
    wish.avoid.iter().filter_map(|word| chip(word).or_else(|| others.next().cloned())).collect()
}

pub(super) fn start_of(finder: &Finder, start: &WishStart) -> Result<StartPoint, WishError> {
    let snapshot = &finder.snapshot;
    match start {
        WishStart::District(written) => {
            let by_id = snapshot.districts.by_id(&DistrictId(written.clone()));
            let district = by_id.or_else(|| snapshot.districts.named(written)).ok_or_else(|| {
                let known: Vec<&str> = snapshot.districts.all().iter().map(|it| it.name.as_str()).take(60).collect();
                WishError::field("from.district", format!("there is no such district; known are {}", known.join(", ")))
            })?;
            let (name, position) = (Some(district.name.clone()), district.centre);
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

fn district_at(finder: &Finder, position: Position) -> Option<DistrictId> {
    finder.snapshot.districts.at(position).map(|it| it.id.clone())
}
