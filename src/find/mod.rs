//! From a person to places, with reasons: the match that a link worker asks for.
//!
//! A [`Finder`] belongs to one snapshot and is built once: every place becomes a row of marks (`rows`), the rows lie by cells of a
//! grid (`near`). A [`Wish`] is read, its words understood (`likes`, `words`), its start and reach found (`towns`, [`reach`]).
//! Then each place within twice the reach is left out for a hard reason (`exclude`), or gets a number (`prefer`) and a group; only
//! those that are shown get their words and reasons back (`hit`). Nothing unknown ever leaves a place out: it is named as
//! something to ask.
//!
//! What a link worker may see of a private person's place is the office to call, so no more is in an answer. This module does no
//! I/O, and an answer keeps nothing of a person beyond the words of the wish that it explains.

mod activities;
mod answer;
mod avoidance;
mod eligibility;
mod exclude;
mod features;
mod grid;
mod hit;
mod interests;
mod prepared_wish;
mod rank;
pub mod reach;
mod score;
mod sentences;
mod suggestions;
mod times;
mod towns;
mod wish;

use std::sync::Arc;

use chrono::NaiveDateTime;

pub use self::activities::{AXES, Activity, pursuits};
pub use self::interests::{MatchKind, UnderstoodTerm};
pub use self::prepared_wish::StartPoint;
pub use answer::{
    Excluded, ExcludedGroup, ExcludedPlace, FindAnswer, Hit, HitContact, HitDate, HitGroup, HitReason, HitTravel,
    UnderstoodWish, Unlocated,
};
pub use reach::TravelMode;
pub use wish::{FIELDS, FreeTime, Gender, LifeAxis, Wish, WishError, WishStart};

use self::features::{FeatureReader, PlaceInterest, shown_position};
use self::grid::FeatureGrid;
use self::prepared_wish::PreparedWish;
use times::MeetingCalendar;
use towns::TownStarts;

use crate::index::Snapshot;
use crate::model::Thesaurus;

/// One snapshot, ready to be searched for a person.
#[derive(Debug)]
pub struct Finder {
    snapshot: Arc<Snapshot>,
    thesaurus: Arc<Thesaurus>,
    towns: TownStarts,
    rows: FeatureGrid,
    likeable: Vec<PlaceInterest>,
    calendar: MeetingCalendar,
    /// Terms worth offering at one touch, as numbers in the thesaurus.
    common: Vec<usize>,
}

impl Finder {
    /// Reads every place of `snapshot` by `thesaurus`.
    pub fn new(snapshot: Arc<Snapshot>, thesaurus: Arc<Thesaurus>) -> Self {
        let mut calendar = MeetingCalendar::default();
        let mut reader = FeatureReader::new(&thesaurus);
        let by_name = features::by_name(&snapshot);
        let places = snapshot.places.iter().enumerate();
        let rows: Vec<features::PlaceFeatures> = places
            .map(|(at, listed)| {
                let schedules = calendar.number(&listed.place.facts.schedule);
                reader.row(&snapshot, at, (by_name[at], schedules))
            })
            .collect();
        let by_place = reader.likeable;
        calendar.close();
        let position = |row: &features::PlaceFeatures| shown_position(&snapshot.places[row.place as usize]);
        let common = suggestions::common_terms(&thesaurus, rows.iter(), &by_place);
        let mut rows = FeatureGrid::new(rows, position);
        // What is looked at one after the other stands one after the other.
        let mut likeable = Vec::with_capacity(by_place.len());
        rows.each().for_each(|row| row.move_interests(&by_place, &mut likeable));
        Self { towns: TownStarts::new(&snapshot), rows, likeable, calendar, common, snapshot, thesaurus }
    }

    /// The snapshot it searches.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Where a person starts, found among the districts and 大字.
    ///
    /// # Errors
    ///
    /// If the district or 大字 does not exist, or is not clear.
    pub fn start(&self, start: &WishStart) -> Result<StartPoint, WishError> {
        prepared_wish::start_of(self, start)
    }

    /// Finds places for a person; `now` is the local time from which dates are told where the wish names none.
    ///
    /// # Errors
    ///
    /// If the wish starts from a district or 大字 that does not exist, or that is not clear.
    pub fn find(&self, wish: &Wish, now: NaiveDateTime) -> Result<FindAnswer, WishError> {
        let asked = PreparedWish::new(self, wish, now)?;
        Ok(rank::answer(&asked))
    }
}
