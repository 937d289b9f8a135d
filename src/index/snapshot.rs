//! Immutable snapshot: everything that one audience may see at one moment, with its indexes.
//!
//! Privacy by construction: places are redacted first, and everything else is derived from the redacted ones, so that no index
//! can leak what was removed. This module does no I/O.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::encoded::EncodedFeatures;
use super::filter::meetings::MeetingTable;
use super::filter::place_facts::KnownFacts;
use super::filter::vocabulary::SearchVocabulary;
use super::kept::KeptValues;
use super::land::LandMap;
use super::neighbours::Neighbours;
use super::public_forms::PublicForms;
use super::spatial::SpatialIndex;
use super::text::{TextIndex, WordBounds};
use super::visible::{ConsentCounts, VisibleLinkWorker, VisiblePlace};
use crate::model::{
    Area, Audience, CategoryId, CategoryTable, City, DistrictId, DistrictTable, Metres, Place, PlaceId,
    PlanningSummary, PopulationEdition, Position, TownEntry,
};
use crate::privacy::{PrivateNames, redact_for_handout};

/// Everything that one audience may see at one moment. Immutable.
#[derive(Debug)]
pub struct Snapshot {
    /// Hash of everything that the audience sees and of the encoder's version, in hexadecimal: the `ETag`.
    pub version: String,
    /// Who may see it.
    pub audience: Audience,
    /// Whether the database holds the sample, or a part of it.
    pub sample: bool,
    /// The municipality.
    pub city: Arc<City>,
    /// Its categories.
    pub categories: Arc<CategoryTable>,
    /// Its districts.
    pub districts: Arc<DistrictTable>,
    /// The gazetteer, for starting points and the readings of 大字. Of it, the version has what is drawn.
    pub towns: Arc<[TownEntry]>,
    /// The boundary of the municipality, which tells neighbours' places apart; the version has it as it is drawn.
    pub boundary: Option<Arc<Area>>,
    /// What is drawn below places and districts.
    pub land: Arc<LandMap>,
    /// The population of the latest day, for planners; no part of the version, because no open data has it.
    pub population: Option<Arc<PopulationEdition>>,
    /// How many places the consent keeps for the staff; nothing of it in the public snapshot.
    pub consents: ConsentCounts,
    /// What is known beyond the border, for planners alone; no part of the version.
    pub neighbours: Arc<Neighbours>,
    /// What planners' numbers were as this audience could see them, oldest first; no part of the version either.
    pub planning_history: Arc<[PlanningSummary]>,
    /// Where places are that were merged into others, as far as the audience sees both; no part of the version.
    pub merged: Arc<BTreeMap<PlaceId, PlaceId>>,
    /// The private names that a handout must not give away; none in the public snapshot, whose places are redacted already.
    pub(crate) names: Arc<PrivateNames>,
    /// The places, in the order of the encoded features: by category, then along a Hilbert curve, those without a position
    /// last.
    pub places: Arc<[VisiblePlace]>,
    /// The link workers: by layer (unknown last), then by the first district they serve (the whole municipality last), then in
    /// the order of their lists.
    pub link_workers: Arc<[VisibleLinkWorker]>,
    /// What pages and others derive from it.
    pub kept: KeptValues,
    pub(super) public_forms: PublicForms,
    pub(super) vocabulary: Arc<SearchVocabulary>,
    pub(super) index: Arc<PlaceIndex>,
}

/// Indexes derived from the places; shared by audiences that see the same.
#[derive(Debug)]
pub(super) struct PlaceIndex {
    pub(super) encoded: EncodedFeatures,
    pub(super) spatial: SpatialIndex,
    pub(super) text: TextIndex,
    pub(super) meetings: MeetingTable,
    /// What is known of each place that can be required of it.
    pub(super) known_facts: Vec<KnownFacts>,
    /// Indices of the places, sorted by identity.
    pub(super) by_id: Vec<u32>,
    /// Folded names of each category, and of each district.
    pub(super) folded_names: (Vec<String>, Vec<String>),
    /// Category and district of each place.
    pub(super) table_rows: Vec<TableRows>,
    /// Range of places of each category.
    pub(super) category_ranges: Vec<Range<usize>>,
    /// Places of each district, in ascending order.
    pub(super) district_places: Vec<Vec<u32>>,
}

/// Category and district of a place, as row numbers of their tables.
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

    /// Index into [`places`](Self::places) of the place with this identity.
    pub fn position_of(&self, id: &PlaceId) -> Option<usize> {
        let by_id = &self.index.by_id;
        let found = by_id.binary_search_by(|&at| self.places[at as usize].place.id.cmp(id)).ok()?;
        Some(by_id[found] as usize)
    }

    /// The place at `at`, an index into [`places`](Self::places), as the public may see it, though it may be for link workers only. Where
    /// the public sees less of it, it is redacted once, for as long as the snapshot lives.
    pub fn public_form(&self, at: usize) -> Cow<'_, Place> {
        self.public_forms.form(at, || self.redacted(at))
    }

    /// Makes the public forms that are kept, so that no request has to.
    pub fn prepare_public_forms(&self) {
        self.public_forms.kept().for_each(|at| drop(self.public_form(at)));
    }

    fn redacted(&self, at: usize) -> Place {
        let VisiblePlace { place, private, .. } = &self.places[at];
        redact_for_handout(place, *private, &self.categories, &self.districts, &self.names)
    }

    /// The `count` places nearest to `from`, of any of `categories` (all where empty): indices into [`places`](Self::places)
    /// with great-circle distances, nearest first; places at equal distance in the order of their indices.
    pub fn nearest(&self, from: Position, categories: &[CategoryId], count: usize) -> Vec<(usize, Metres)> {
        self.index.spatial.nearest(from, self.category_rows(categories).as_deref(), count)
    }

    /// West, south, east, north in degrees of the places of a category, given by its row, or of all places; `None` where none of them
    /// has a position.
    pub fn bounds(&self, category: Option<usize>) -> Option<[f64; 4]> {
        self.index.spatial.bounds(category)
    }

    /// The encoded features, in the order of [`places`](Self::places).
    pub fn encoded(&self) -> &EncodedFeatures {
        &self.index.encoded
    }

    pub(super) fn spatial(&self) -> &SpatialIndex {
        &self.index.spatial
    }

    /// The words that part others, for the page's script.
    pub fn word_bounds(&self) -> &WordBounds {
        self.index.text.bounds()
    }

    pub(super) fn text(&self) -> &TextIndex {
        &self.index.text
    }

    /// When the places meet.
    pub fn meetings(&self) -> &MeetingTable {
        &self.index.meetings
    }

    /// What is known of a place that can be required of it.
    pub fn known_facts(&self, place: usize) -> KnownFacts {
        self.index.known_facts[place]
    }

    /// The words that mean something in a query.
    pub fn vocabulary(&self) -> &SearchVocabulary {
        &self.vocabulary
    }

    /// Folded names of each category, and of each district.
    pub(super) fn folded_names(&self) -> (&[String], &[String]) {
        (&self.index.folded_names.0, &self.index.folded_names.1)
    }

    /// The table row of a place's category.
    pub fn category_of(&self, place: usize) -> Option<usize> {
        self.index.table_rows[place].category.map(usize::from)
    }

    /// The table row of a place's district.
    pub fn district_of(&self, place: usize) -> Option<usize> {
        self.index.table_rows[place].district.map(usize::from)
    }

    pub(super) fn category_range(&self, category: usize) -> Range<usize> {
        self.index.category_ranges[category].clone()
    }

    /// The places of a district with an index in `range`, in ascending order.
    pub(super) fn in_district(&self, district: usize, range: &Range<usize>) -> &[u32] {
        let places = &self.index.district_places[district];
        let before = |end: usize| places.partition_point(|&place| (place as usize) < end);
        &places[before(range.start)..before(range.end)]
    }

    /// Table rows of these categories, without duplicates; `None` where `ids` is empty, which means all.
    pub(super) fn category_rows(&self, ids: &[CategoryId]) -> Option<Vec<usize>> {
        rows_of(ids, |id| self.categories.all().iter().position(|category| category.id == *id))
    }

    /// Table rows of these districts, without duplicates; `None` where `ids` is empty, which means all.
    pub(super) fn district_rows(&self, ids: &[DistrictId]) -> Option<Vec<usize>> {
        rows_of(ids, |id| self.districts.all().iter().position(|district| district.id == *id))
    }
}

fn rows_of<I>(ids: &[I], row: impl Fn(&I) -> Option<usize>) -> Option<Vec<usize>> {
    let mut rows: Vec<usize> = ids.iter().filter_map(row).collect();
    rows.sort_unstable();
    rows.dedup();
    (!ids.is_empty()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{Category, Contact, Facts, Person, Source};

    fn place(number: usize, category: &str, audience: Audience) -> Place {
        let person = Person { name: "見本 太郎".to_owned(), public: number.is_multiple_of(3) };
        let facts = Facts {
            name: format!("畑の会{number}"),
            category: CategoryId(category.to_owned()),
            description: Some("見本太郎が教えます。".to_owned()),
            note: Some(format!("電話 090-1234-56{number:02}")),
            contact: Contact { person: Some(person), ..Contact::default() },
            audience,
            ..Facts::default()
        };
        Place { id: PlaceId(format!("p{number:011}")), facts, source: Source::default(), verification: None }
    }

    fn snapshot() -> Snapshot {
        let category = |id: &str, private_persons| Category {
            id: CategoryId(id.to_owned()),
            name: id.into(),
            private_persons,
            ..Category::default()
        };
        let kinds = ["mentor", "salon", "unheard-of"];
        let audiences = [Audience::Public, Audience::LinkWorkers];
        let places = (0..24).map(|number| place(number, kinds[number % 3], audiences[number / 3 % 2]));
        let everything = SnapshotInput {
            categories: CategoryTable::new(vec![category("mentor", true), category("salon", false)]),
            places: places.collect(),
            ..SnapshotInput::default()
        };
        Snapshot::build(&everything, Audience::LinkWorkers)
    }

    #[test]
    fn a_kept_form_is_what_redaction_makes_of_the_place() {
        let snapshot = snapshot();
        snapshot.prepare_public_forms();
        for at in 0..snapshot.places.len() {
            assert_eq!(*snapshot.public_form(at), snapshot.redacted(at), "{at}");
        }
    }

    #[test]
    fn what_the_public_sees_less_of_is_redacted_once() {
        let snapshot = snapshot();
        for (at, it) in snapshot.places.iter().enumerate() {
            let (first, second) = (snapshot.public_form(at), snapshot.public_form(at));
            let is_kept = std::ptr::eq(&raw const *first, &raw const *second);
            assert_eq!(is_kept, it.private || it.place.facts.audience != Audience::Public, "{at}");
        }
    }
}
