//! Records of the store that no other room defines: the content that snapshots are built from, and the header of an edition.
//!
//! This module does no I/O.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::model::{
    Area, BasemapFeature, District, LinkWorker, MergedPlace, NeighbourListing, NeighbourPopulation, Place, PlaceId,
    PlanningSummary, PopulationEdition, SampleLists, TimesHistory, TownEntry,
};

/// Everything that a snapshot is built from, read in one transaction.
#[derive(Debug, Clone, Default)]
pub struct StoredContent {
    /// The districts in the order of their file.
    pub districts: Vec<District>,
    /// The current state of every place of the municipality, by identity.
    pub places: Vec<Place>,
    /// How the times of each place were revised.
    pub times: HashMap<PlaceId, TimesHistory>,
    /// The places of neighbouring municipalities, by identity.
    pub neighbour_places: Vec<NeighbourListing>,
    /// The latest population of each neighbouring municipality.
    pub neighbour_populations: Vec<NeighbourPopulation>,
    /// The link workers of the newest edition of each list, ordered by list name and row.
    pub link_workers: Vec<LinkWorker>,
    /// The gazetteer in the order of its file.
    pub towns: Vec<TownEntry>,
    /// The boundary of the municipality.
    pub boundary: Option<Area>,
    /// The base map, file by file.
    pub basemap: Vec<BasemapFeature>,
    /// The population of the latest day.
    pub population: Option<PopulationEdition>,
    /// What planners' numbers were, oldest first.
    pub planning_history: Vec<PlanningSummary>,
    /// The lists that are the sample's.
    pub sample: SampleLists,
    /// The places that were merged into others.
    pub merged: Vec<MergedPlace>,
}

/// Version of everything that snapshots are built from: equal while none of it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentVersion {
    /// Row id and place of the last revision.
    pub(super) last: Option<(i64, String)>,
    /// Changes of everything but the revisions.
    pub(super) changes: i64,
}

/// Header of an edition: one import of one list, and the files it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Name of the list.
    pub list: String,
    /// The files that were read, in the order given.
    pub files: Vec<EditionFile>,
    /// Who imported it: an account or the name of the operating system's user.
    pub made_by: String,
    /// Time of the import.
    pub at: DateTime<Utc>,
}

/// A file of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionFile {
    /// File name without the folder.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
}
