//! What a snapshot is built from, and what is left of it for one audience. This module does no I/O.

use crate::model::{CategoryTable, City, DistrictId, DistrictTable, LinkWorker, Place, ServedDistricts, TownEntry};

/// What a snapshot is built from: everything, before redaction.
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
    /// The directory of link workers, lists by name, entries in the order of their rows.
    pub link_workers: Vec<LinkWorker>,
    /// The gazetteer in the order of its file.
    pub towns: Vec<TownEntry>,
}

/// A place as this audience may see it, with what is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct VisiblePlace {
    /// The redacted place; its position is rounded to seven decimals, as it is published.
    pub place: Place,
    /// The district it belongs to ([`DistrictTable::assign`]).
    pub district: Option<DistrictId>,
    /// Whether it is a private person's, or of a category that is not in the table, so that nobody can say that it is not.
    pub private: bool,
}

/// An entry of the directory as this audience may see it, with what is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct VisibleLinkWorker {
    /// The redacted entry.
    pub worker: LinkWorker,
    /// Where they work, by the districts of the snapshot.
    pub served: ServedDistricts,
}
