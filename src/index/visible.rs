//! Input of a snapshot before redaction, and its redacted places and link workers. This module does no I/O.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

use crate::model::{
    Area, BasemapFeature, CategoryTable, City, DistrictId, DistrictTable, LinkWorker, MergedPlace, NeighbourListing,
    NeighbourPopulation, Place, PlaceId, PlanningSummary, PopulationEdition, SampleLists, ServedDistricts, Thesaurus,
    TimesHistory, TownEntry,
};
use crate::privacy::{ConsentRules, ConsentStanding};

/// Everything that a snapshot is built from, before redaction.
#[derive(Debug, Clone, Default)]
pub struct SnapshotInput {
    /// The municipality.
    pub city: City,
    /// Its categories.
    pub categories: CategoryTable,
    /// Its districts.
    pub districts: DistrictTable,
    /// The current state of every place.
    pub places: Vec<Place>,
    /// How the times of each place were revised; none where no history tells.
    pub times: HashMap<PlaceId, TimesHistory>,
    /// The places of neighbouring municipalities.
    pub neighbour_places: Vec<NeighbourListing>,
    /// The populations of neighbouring municipalities.
    pub neighbour_populations: Vec<NeighbourPopulation>,
    /// The directory of link workers, ordered by list name and row.
    pub link_workers: Vec<LinkWorker>,
    /// The gazetteer in the order of its file.
    pub towns: Vec<TownEntry>,
    /// The boundary of the municipality.
    pub boundary: Option<Area>,
    /// The base map.
    pub basemap: Vec<BasemapFeature>,
    /// The population of the latest day.
    pub population: Option<PopulationEdition>,
    /// What planners' numbers were, oldest first, of all audiences.
    pub planning_history: Vec<PlanningSummary>,
    /// The lists that are the sample's.
    pub sample: SampleLists,
    /// The places that were merged into others.
    pub merged: Vec<MergedPlace>,
    /// The day on which it is seen: consents that ended before it have ended.
    pub today: NaiveDate,
    /// The thesaurus, by which words of a query are understood.
    pub interests: Arc<Thesaurus>,
}

/// How many places are for staff only because of their consent, and how many soon will be. A count names nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ConsentCounts {
    /// The last day is past.
    pub over: usize,
    /// The list does not say since when there is one.
    pub missing: usize,
    /// It was refused or withdrawn.
    pub withdrawn: usize,
    /// What the list says is not understood.
    pub unclear: usize,
    /// The last day comes within [`ConsentCounts::SOON_DAYS`].
    pub soon: usize,
}

impl ConsentCounts {
    /// How many days before its end a consent is to be renewed.
    pub const SOON_DAYS: u64 = 60;

    /// The counts of places, by where their consents stand on `today`.
    pub fn of(standings: impl IntoIterator<Item = ConsentStanding>, today: NaiveDate) -> Self {
        let mut counts = Self::default();
        for standing in standings {
            match standing {
                ConsentStanding::Over => counts.over += 1,
                ConsentStanding::Missing => counts.missing += 1,
                ConsentStanding::Withdrawn => counts.withdrawn += 1,
                ConsentStanding::Unclear => counts.unclear += 1,
                ConsentStanding::Holds(Some(last)) if last <= today + Days::new(Self::SOON_DAYS) => counts.soon += 1,
                ConsentStanding::Holds(_) | ConsentStanding::NotNeeded => {}
            }
        }
        counts
    }

    /// How many are for staff only.
    pub fn hidden(self) -> usize {
        self.over + self.missing + self.withdrawn + self.unclear
    }
}

impl SnapshotInput {
    /// Where the consent to `place` stands on the day.
    pub fn consent_of(&self, place: &Place) -> ConsentStanding {
        let rules = ConsentRules { today: self.today, months: self.city.consent_months };
        rules.standing(&place.facts, self.categories.by_id(&place.facts.category))
    }

    /// The next day on which a consent ends or is soon to end, so that what is seen changes without an edition.
    pub fn next_turn(&self) -> Option<NaiveDate> {
        let turns = self.places.iter().filter_map(|place| match self.consent_of(place) {
            ConsentStanding::Holds(Some(last)) => {
                let soon = last - Days::new(ConsentCounts::SOON_DAYS);
                Some(if soon > self.today { soon } else { last + Days::new(1) })
            }
            _ => None,
        });
        turns.min()
    }
}

/// A place as one audience may see it, with what is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct VisiblePlace {
    /// The redacted place; its position is rounded to seven decimals (about a centimetre), as it is published.
    pub place: Place,
    /// The district it belongs to ([`DistrictTable::assign`]).
    pub district: Option<DistrictId>,
    /// Whether its category is one of private persons; also set for an unknown category, to be on the safe side.
    pub private: bool,
    /// Whether it is of the sample: invented, and marked as such wherever it is shown.
    pub sample: bool,
    /// When its times were last revised as its audience sees them, for calendars; `None` where no history tells.
    pub times_revised: Option<DateTime<Utc>>,
}

/// An entry of the directory as one audience may see it, with what is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct VisibleLinkWorker {
    /// The redacted entry.
    pub worker: LinkWorker,
    /// The districts they serve, resolved by the snapshot's table of districts.
    pub served: ServedDistricts,
    /// Whether the entry is of the sample.
    pub sample: bool,
}
