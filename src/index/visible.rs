//! Input of a snapshot before redaction, and its redacted places and link workers. This module does no I/O.

use std::sync::Arc;

use crate::model::{
    Area, BasemapFeature, CategoryTable, City, DistrictId, DistrictTable, LinkWorker, NeighbourListing,
    NeighbourPopulation, Place, PlanningSummary, PopulationEdition, SampleLists, ServedDistricts, Thesaurus, TownEntry,
};

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
    /// The thesaurus, by which words of a query are understood.
    pub interests: Arc<Thesaurus>,
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
