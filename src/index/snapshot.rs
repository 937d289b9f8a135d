//! All that one audience may see at one moment.
//!
//! Places are redacted first; everything else here is made from what is left, so that nothing can leak what is not there.
//! This module does no I/O.

use std::ops::Range;
use std::sync::Arc;

use super::encoded::EncodedFeatures;
use super::spatial::SpatialIndex;
use super::text::TextIndex;
use super::visible::{VisibleLinkWorker, VisiblePlace};
use crate::model::{
    Audience, CategoryId, CategoryTable, City, DistrictId, DistrictTable, Metres, PlaceId, Position, TownEntry,
};
use crate::privacy::PrivateNames;

/// All that one audience may see at one moment. Never changed.
#[derive(Debug)]
pub struct Snapshot {
    /// A hash of what the audience sees and of the encoder: the `ETag`.
    pub version: String,
    /// For whom it is.
    pub audience: Audience,
    /// The municipality.
    pub city: Arc<City>,
    /// Its categories.
    pub categories: Arc<CategoryTable>,
    /// Its districts.
    pub districts: Arc<DistrictTable>,
    /// The gazetteer: where a person may start, and how 大字 are read. No part of the version: no answer that may be kept has it.
    pub towns: Arc<[TownEntry]>,
    /// The private names that a handout must not give away; none in the public snapshot, whose places are redacted already.
    pub(crate) names: Arc<PrivateNames>,
    /// The places, in the order of the encoded features: by category, within it along a Hilbert curve, unplaced ones last.
    pub places: Arc<[VisiblePlace]>,
    /// The link workers: by layer (those of no known one last), within it by the first district they work in (those of the
    /// whole municipality last), then in the order of their lists.
    pub link_workers: Arc<[VisibleLinkWorker]>,
    pub(super) index: Arc<PlaceIndex>,
}

/// What is derived from the places; shared by audiences that see the same.
#[derive(Debug)]
pub(super) struct PlaceIndex {
    pub(super) encoded: EncodedFeatures,
    pub(super) spatial: SpatialIndex,
    pub(super) text: TextIndex,
    /// The places in the order of their ids.
    pub(super) by_id: Vec<u32>,
    /// Of each category and of each district, all its names, folded.
    pub(super) folded_names: (Vec<String>, Vec<String>),
    /// Of each place, its category and district.
    pub(super) numbers: Vec<TableRows>,
    /// Of each category, its range of places.
    pub(super) category_runs: Vec<Range<usize>>,
    /// Of each district, its places in ascending order.
    pub(super) district_places: Vec<Vec<u32>>,
}

/// Category and district of a place, as positions in their tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableRows {
    pub(super) category: Option<u16>,
    pub(super) district: Option<u16>,
}

impl Snapshot {
    /// The place with this identity.
    pub fn by_id(&self, id: &PlaceId) -> Option<&VisiblePlace> {
        self.position_of(id).map(|at| &self.places[at])
    }

    /// Where in [`places`](Self::places) the place with this identity stands.
    pub fn position_of(&self, id: &PlaceId) -> Option<usize> {
        let by_id = &self.index.by_id;
        let found = by_id.binary_search_by(|&at| self.places[at as usize].place.id.cmp(id)).ok()?;
        Some(by_id[found] as usize)
    }

    /// The `count` places nearest to `from` in metres, of any of `categories` (all where empty): positions in
    /// [`places`](Self::places), nearest first, equally near ones in that order.
    pub fn nearest(&self, from: Position, categories: &[CategoryId], count: usize) -> Vec<(usize, Metres)> {
        self.index.spatial.nearest(from, self.category_numbers(categories).as_deref(), count)
    }

    /// The encoded features, in the order of [`places`](Self::places).
    pub fn encoded(&self) -> &EncodedFeatures {
        &self.index.encoded
    }

    pub(super) fn spatial(&self) -> &SpatialIndex {
        &self.index.spatial
    }

    pub(super) fn text(&self) -> &TextIndex {
        &self.index.text
    }

    /// All names of each category and of each district, folded.
    pub(super) fn folded_names(&self) -> (&[String], &[String]) {
        (&self.index.folded_names.0, &self.index.folded_names.1)
    }

    pub(super) fn category_of(&self, place: usize) -> Option<usize> {
        self.index.numbers[place].category.map(usize::from)
    }

    pub(super) fn district_of(&self, place: usize) -> Option<usize> {
        self.index.numbers[place].district.map(usize::from)
    }

    pub(super) fn category_run(&self, category: usize) -> Range<usize> {
        self.index.category_runs[category].clone()
    }

    /// The places of a district that stand within `run`, in ascending order.
    pub(super) fn in_district(&self, district: usize, run: &Range<usize>) -> &[u32] {
        let places = &self.index.district_places[district];
        let before = |end: usize| places.partition_point(|&place| (place as usize) < end);
        &places[before(run.start)..before(run.end)]
    }

    /// The numbers of these categories, each once; `None` where `ids` is empty and all are meant.
    pub(super) fn category_numbers(&self, ids: &[CategoryId]) -> Option<Vec<usize>> {
        numbers_of(ids, |id| self.categories.all().iter().position(|category| category.id == *id))
    }

    /// The numbers of these districts, each once; `None` where `ids` is empty and all are meant.
    pub(super) fn district_numbers(&self, ids: &[DistrictId]) -> Option<Vec<usize>> {
        numbers_of(ids, |id| self.districts.all().iter().position(|district| district.id == *id))
    }
}

fn numbers_of<I>(ids: &[I], number: impl Fn(&I) -> Option<usize>) -> Option<Vec<usize>> {
    let mut numbers: Vec<usize> = ids.iter().filter_map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    (!ids.is_empty()).then_some(numbers)
}
