//! The finder: matches a person's wish to places, with reasons.
//!
//! A [`Finder`] is built once per snapshot: every place becomes a feature row (`features`) in a spatial grid (`grid`), or among those that no wish tells apart (`alike`).
//! A [`Wish`] is parsed, its words are expanded (`interests`, `avoidance`), its start and reach resolved (`towns`,
//! [`reach`]). Each place within twice the reach is then excluded for a certain reason (`exclude`) or scored (`score`)
//! and grouped (`rank`); only places in the response get their text and reasons (`hit`). An unknown fact never excludes
//! a place: it becomes an open question.
//!
//! Of a private person's place, a response holds only the office to call. Of the person, it repeats only the words of
//! the wish that it explains. This module does no I/O.

mod activities;
mod ages;
mod alike;
mod answer;
mod avoidance;
mod contact;
mod eligibility;
mod exclude;
mod features;
mod grid;
mod hit;
mod interests;
mod offered_terms;
mod offers;
mod phrases;
mod prepared_wish;
mod rank;
pub mod reach;
mod score;
mod sentences;
mod signs;
mod spoken;
mod suggestions;
mod times;
mod towns;
mod wish;

use std::sync::Arc;

use chrono::NaiveDateTime;

pub use self::activities::{AXES, Activity, activities_per_axis};
pub use self::ages::certain_ages;
pub use self::interests::{MatchKind, UnderstoodTerm};
pub use self::offers::stated_interests;
pub use self::prepared_wish::StartPoint;
pub use self::signs::ride_takes;
pub use answer::{
    Excluded, ExcludedGroup, ExcludedPlace, FindAnswer, Hit, HitContact, HitDate, HitGroup, HitReason, HitTravel,
    UnderstoodWish, Unlocated,
};
pub use reach::TravelMode;
pub use wish::{FIELDS, FreeTime, Gender, LifeAxis, Wish, WishError, WishStart};

use self::features::{FeatureReader, shown_position};
use self::grid::FeatureGrid;
use self::offered_terms::OfferedWords;
use self::offers::PlaceInterest;
use self::prepared_wish::PreparedWish;
use times::MeetingCalendar;
use towns::TownStarts;

use crate::index::Snapshot;
use crate::model::Thesaurus;

/// The search index of one snapshot.
#[derive(Debug)]
pub struct Finder {
    snapshot: Arc<Snapshot>,
    thesaurus: Arc<Thesaurus>,
    towns: TownStarts,
    rows: FeatureGrid,
    place_interests: Vec<PlaceInterest>,
    calendar: MeetingCalendar,
    /// Suggested terms, as numbers in the thesaurus.
    common: Vec<usize>,
    /// Suggested troubles, as numbers in the thesaurus.
    troubles: Vec<usize>,
    /// Words of terms that places offer, for where nothing fits.
    offered: OfferedWords,
}

impl Finder {
    /// Builds the feature rows of `snapshot` with the terms of `thesaurus`.
    pub fn new(snapshot: Arc<Snapshot>, thesaurus: Arc<Thesaurus>) -> Self {
        let mut calendar = MeetingCalendar::default();
        let mut reader = FeatureReader::new(&thesaurus, &snapshot);
        let by_name = features::ranks_by_name(&snapshot);
        let places = snapshot.places.iter().enumerate();
        let rows: Vec<features::PlaceFeatures> = places
            .map(|(at, listed)| {
                let schedules = calendar.number_of(&listed.place.facts.schedule);
                reader.features_of(&snapshot, at, (by_name[at], schedules))
            })
            .collect();
        let mut place_interests = reader.place_interests;
        calendar.finish_numbering();
        let position = |row: &features::PlaceFeatures| shown_position(&snapshot, &snapshot.places[row.place as usize]);
        let common = suggestions::common_terms(&thesaurus, rows.iter(), &place_interests);
        let troubles = suggestions::common_troubles(&thesaurus, rows.iter(), &place_interests);
        let mut has_places = vec![false; thesaurus.all().len()];
        for it in &place_interests {
            has_places[usize::from(it.interest)] = true;
        }
        let offered = OfferedWords::new(&thesaurus, &has_places);
        Self {
            towns: TownStarts::new(&snapshot),
            rows: FeatureGrid::new(rows, &mut place_interests, position),
            place_interests,
            calendar,
            common,
            troubles,
            offered,
            snapshot,
            thesaurus,
        }
    }

    /// The snapshot it searches.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Resolves a start among the districts and 大字.
    ///
    /// # Errors
    ///
    /// If the district or 大字 does not exist, or is ambiguous.
    pub fn start(&self, start: &WishStart) -> Result<StartPoint, WishError> {
        prepared_wish::resolve_start(self, start)
    }

    /// Finds places for a wish; `now` is the local time after which dates are listed, unless the wish names one.
    ///
    /// # Errors
    ///
    /// If the wish starts from a district or 大字 that does not exist, or that is ambiguous.
    pub fn find(&self, wish: &Wish, now: NaiveDateTime) -> Result<FindAnswer, WishError> {
        let wish = wish.with_facts_said();
        let prepared = PreparedWish::new(self, &wish, now)?;
        Ok(rank::rank_places(&prepared))
    }
}
