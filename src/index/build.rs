//! Builds a snapshot: redacts the places, assigns districts, sorts, encodes, indexes, and computes the version.
//!
//! This module does no I/O.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::encoded::{EncodedFeatures, rounded};
use super::filter::meetings::MeetingTable;
use super::filter::place_facts::KnownFacts;
use super::filter::vocabulary::SearchVocabulary;
use super::filter::vocabulary::romaji_key;
use super::kept::KeptValues;
use super::land::LandMap;
use super::last_build::{KeptPlace, LastBuild, PlaceFingerprint, RedactionBasis};
use super::neighbours::{NeighbourInput, OwnTerritory};
use super::public_forms::PublicForms;
use super::searched::{TownKana, searched_texts};
use super::sketched_districts::sketched;
use super::snapshot::{PlaceIndex, Snapshot, TableRows};
use super::spatial::{SpatialIndex, place_number};
use super::text::TextIndex;
use super::version::{VersionedContent, version};
use super::visible::{ConsentCounts, SnapshotInput, VisiblePlace};
use super::{directory, hilbert};
use crate::model::web_address::clean_address;
use crate::model::{
    Area, Audience, Category, City, District, DistrictId, DistrictTable, Facts, LinkWorker, MergedPlace, Place,
    PlaceId, PlanningSummary, PopulationEdition, Position, SampleLists, TimesHistory, TimesWording,
};
use crate::privacy::{
    ConsentStanding, PrivateNames, is_private_person, redact, without_persons_in_name, without_troubles,
};
use crate::text::fold;

impl Snapshot {
    /// Redacts, sorts, indexes and encodes `everything` for `audience`.
    pub fn build(everything: &SnapshotInput, audience: Audience) -> Self {
        SnapshotBuilder::new(everything, None).build(audience, None)
    }

    /// One snapshot per audience, in the order of [`Audience::ALL`]. Audiences that see the same places share them.
    pub fn build_all(everything: &SnapshotInput) -> [Arc<Self>; Audience::ALL.len()] {
        Self::build_each(everything, Audience::ALL)
    }

    /// As [`build_all`](Self::build_all), handing each over when it is built, the public's first. What is as it was in `last` is taken
    /// from it; the outcome is the same without. Returns what the next build can take from this one.
    pub fn build_in_turn(
        everything: &SnapshotInput,
        last: Option<&LastBuild>,
        mut take: impl FnMut(Arc<Self>),
    ) -> LastBuild {
        let builder = SnapshotBuilder::new(everything, last);
        let mut before: Option<Arc<Self>> = None;
        let snapshots = Audience::ALL.map(|audience| {
            let next = Arc::new(builder.build(audience, before.as_deref()));
            before = Some(Arc::clone(&next));
            take(Arc::clone(&next));
            next
        });
        let fingerprints = everything.places.iter().map(|place| place.id.clone()).zip(builder.fingerprints().to_vec());
        LastBuild::new(builder.basis.clone(), fingerprints.collect(), snapshots)
    }

    /// What each of `audiences` would see of each place, without what a snapshot makes of it to be searched and sent.
    pub fn visible_facts<const N: usize>(
        everything: &SnapshotInput,
        last: Option<&LastBuild>,
        audiences: [Audience; N],
    ) -> [HashMap<PlaceId, Facts>; N] {
        let builder = SnapshotBuilder::new(everything, last);
        audiences.map(|audience| {
            builder.visible_places(audience).into_iter().map(|it| (it.place.id, it.place.facts)).collect()
        })
    }

    /// One snapshot for each of `audiences`, which share what they see alike.
    pub fn build_each<const N: usize>(everything: &SnapshotInput, audiences: [Audience; N]) -> [Arc<Self>; N] {
        let builder = SnapshotBuilder::new(everything, None);
        let mut before: Option<Arc<Self>> = None;
        audiences.map(|audience| {
            let next = Arc::new(builder.build(audience, before.as_deref()));
            before = Some(Arc::clone(&next));
            next
        })
    }
}

/// Builds the snapshots of all audiences from one input, with the tables they share.
pub(super) struct SnapshotBuilder<'a> {
    places: &'a [Place],
    times: &'a HashMap<PlaceId, TimesHistory>,
    /// Of each place, where its consent stands.
    standings: Vec<ConsentStanding>,
    consents: ConsentCounts,
    link_workers: &'a [LinkWorker],
    sample: &'a SampleLists,
    city: Arc<City>,
    /// What redaction depends on beside the places.
    basis: RedactionBasis,
    /// The build before, where it was on the same basis.
    last: Option<&'a LastBuild>,
    /// Of each place, once they are asked for.
    fingerprints: OnceCell<Vec<PlaceFingerprint>>,
    boundary: Option<Arc<Area>>,
    land: Arc<LandMap>,
    population: Option<Arc<PopulationEdition>>,
    neighbours: NeighbourInput<'a>,
    planning_history: &'a [PlanningSummary],
    merged: &'a [MergedPlace],
    vocabulary: Arc<SearchVocabulary>,
}

impl<'a> SnapshotBuilder<'a> {
    pub(super) fn new(everything: &'a SnapshotInput, last: Option<&'a LastBuild>) -> Self {
        let districts = without_persons(&everything.districts);
        let standings: Vec<ConsentStanding> =
            everything.places.iter().map(|place| everything.consent_of(place)).collect();
        let basis = RedactionBasis {
            categories: Arc::new(everything.categories.clone()),
            towns: everything.towns.as_slice().into(),
            interests: Arc::clone(&everything.interests),
            // Also of what an audience does not see: no other row may give them away.
            names: Arc::new(PrivateNames::of_everything(
                &every_place(everything),
                &everything.link_workers,
                common_names(everything),
            )),
            districts: Arc::new(districts),
        };
        Self {
            places: &everything.places,
            times: &everything.times,
            consents: ConsentCounts::of(standings.iter().copied(), everything.today),
            standings,
            link_workers: &everything.link_workers,
            sample: &everything.sample,
            city: Arc::new(everything.city.clone()),
            boundary: everything.boundary.clone().map(Arc::new),
            land: Arc::new(land_of(everything)),
            population: everything.population.clone().map(Arc::new),
            neighbours: neighbours_of(everything),
            planning_history: &everything.planning_history,
            merged: &everything.merged,
            vocabulary: Arc::new(vocabulary(everything, &basis.districts)),
            last: last.and_then(|last| last.on(&basis)),
            fingerprints: OnceCell::new(),
            basis,
        }
    }

    /// The fingerprint of each place.
    fn fingerprints(&self) -> &[PlaceFingerprint] {
        let of = |(place, standing): (&Place, &ConsentStanding)| {
            PlaceFingerprint::of(place, *standing, self.is_sample(place), self.times.get(&place.id))
        };
        self.fingerprints.get_or_init(|| self.places.iter().zip(&self.standings).map(of).collect())
    }

    /// Whether it is of the sample. Asked before redaction, which hides from the public which list a private person stands in.
    fn is_sample(&self, place: &Place) -> bool {
        self.sample.contains(&place.source.list)
    }

    /// Builds the snapshot of `audience`, which shares with `before` the parts that are equal.
    pub(super) fn build(&self, audience: Audience, before: Option<&Snapshot>) -> Snapshot {
        let places: Arc<[VisiblePlace]> = self.visible_places(audience).into();
        let encoded = EncodedFeatures::new(&places, &self.city, &self.basis.categories);
        let earlier = || before.into_iter().chain(self.last.map(|last| &**last.of(audience)));
        // The index depends on nothing but the encoded features.
        let index = match earlier().find(|before| *before.encoded() == encoded) {
            Some(before) => Arc::clone(&before.index),
            None => Arc::new(PlaceIndex::new(encoded, &places, self)),
        };
        let alike = earlier().find(|before| before.places == places);
        let places = alike.map_or(places, |before| Arc::clone(&before.places));
        let link_workers = directory::visible_link_workers(
            self.link_workers.iter().map(|worker| (worker, self.sample.contains(&worker.source.list))),
            audience,
            &self.basis.districts,
            &self.basis.names,
        );
        let districts = self.sketched_districts(&places, alike);
        let consents = if audience == Audience::Public { ConsentCounts::default() } else { self.consents };
        let of_audience = self.planning_history.iter().filter(|summary| summary.audience == audience);
        let planning_history: Arc<[PlanningSummary]> = of_audience.cloned().collect();
        let merged = self.visible_merged(audience, &places);
        let version = version(&VersionedContent {
            audience,
            city: &self.city,
            categories: &self.basis.categories,
            districts: &districts,
            interests: &self.basis.interests,
            places: &places,
            link_workers: &link_workers,
            consents,
            sample: !self.sample.is_empty(),
            land: &self.land,
            encoded: &index.encoded,
        });
        Snapshot {
            version,
            audience,
            sample: !self.sample.is_empty(),
            city: Arc::clone(&self.city),
            categories: Arc::clone(&self.basis.categories),
            districts,
            towns: Arc::clone(&self.basis.towns),
            boundary: self.boundary.clone(),
            land: Arc::clone(&self.land),
            population: self.population.clone(),
            neighbours: Arc::new(self.neighbours.of_audience(audience, (&self.basis.categories, &self.basis.names))),
            planning_history,
            merged: Arc::new(merged),
            names: if audience == Audience::Public { Arc::default() } else { Arc::clone(&self.basis.names) },
            kept: KeptValues::default(),
            public_forms: PublicForms::of(&places),
            places,
            consents,
            link_workers: link_workers.into(),
            vocabulary: Arc::clone(&self.vocabulary),
            index,
        }
    }

    /// The districts with what these places tell of where they lie; shared with `alike`, which has the same places.
    fn sketched_districts(&self, places: &[VisiblePlace], alike: Option<&Snapshot>) -> Arc<DistrictTable> {
        let sketch = || sketched(&self.basis.districts, &self.basis.towns, places);
        let told = || sketch().map_or_else(|| Arc::clone(&self.basis.districts), Arc::new);
        alike.map_or_else(told, |alike| Arc::clone(&alike.districts))
    }

    /// Where places are now that `audience` could see before they were merged into others that it sees.
    fn visible_merged(&self, audience: Audience, places: &[VisiblePlace]) -> BTreeMap<PlaceId, PlaceId> {
        let is_seen = |place: &Place| {
            redact(place, audience, &self.basis.categories, &self.basis.districts, &self.basis.names).is_some()
        };
        let is_there = |id: &PlaceId| places.iter().any(|it| it.place.id == *id);
        let seen = self.merged.iter().filter(|it| is_seen(&it.place) && is_there(&it.into));
        seen.map(|it| (it.place.id.clone(), it.into.clone())).collect()
    }

    /// The places that `audience` may see, redacted, in the order of the snapshot.
    fn visible_places(&self, audience: Audience) -> Vec<VisiblePlace> {
        let may_see = |standing: ConsentStanding| audience == Audience::Staff || !standing.hides();
        let consented = (0..self.places.len()).filter(|at| may_see(self.standings[*at]));
        let mut listed: Vec<VisiblePlace> = consented.filter_map(|at| self.seen(at, audience)).collect();
        listed.sort_by_cached_key(|it| {
            let position = it.place.facts.site.map(|site| site.position);
            (self.category_row(it), position.is_none(), position.map(hilbert::neighbourhood_rank), it.place.id.clone())
        });
        listed
    }

    /// What `audience` sees of the place at `at`: what it saw in the last build, where the place is as it was.
    fn seen(&self, at: usize, audience: Audience) -> Option<VisiblePlace> {
        let place = &self.places[at];
        match self.last.and_then(|last| last.kept(&place.id, self.fingerprints()[at], audience)) {
            Some(KeptPlace { visible, has_same_times: true }) => visible.cloned(),
            Some(KeptPlace { visible, has_same_times: false }) => {
                let times_revised = self.times_revised(place, audience);
                visible.map(|it| VisiblePlace { times_revised, ..it.clone() })
            }
            None => {
                let listed = self.visible_place(self.redacted(place, audience)?, is_private_person(place));
                let times_revised = self.times_revised(place, audience);
                Some(VisiblePlace { sample: self.is_sample(place), times_revised, ..listed })
            }
        }
    }

    fn redacted(&self, place: &Place, audience: Audience) -> Option<Place> {
        let told = if audience == Audience::Staff { Cow::Borrowed(place) } else { self.without_troubles(place) };
        redact(&told, audience, &self.basis.categories, &self.basis.districts, &self.basis.names)
    }

    /// When the times of `place` were last revised as `audience` sees them.
    fn times_revised(&self, place: &Place, audience: Audience) -> Option<DateTime<Utc>> {
        let then = |wording: &TimesWording| self.redacted(&at_that_time(place, wording), audience);
        let seen = |wording: &TimesWording| then(wording).map(|it| (it.facts.schedule, it.facts.status));
        self.times.get(&place.id).map(|history| history.last_change(seen))
    }

    /// A redacted place with its district; an unknown category becomes the last one of the table. `is_person` says whether the
    /// place is a private person by its name.
    fn visible_place(&self, mut place: Place, is_person: bool) -> VisiblePlace {
        if let Some(site) = &mut place.facts.site {
            let (lon, lat) = (rounded(site.position.lon()), rounded(site.position.lat()));
            site.position = Position::new(lon, lat).unwrap_or(site.position);
        }
        place.facts.contact.url.iter_mut().for_each(clean_address);
        let category = self.basis.categories.by_id(&place.facts.category);
        let private = is_person || category.is_none_or(|category| category.private_persons);
        if self.basis.categories.by_id(&place.facts.category).is_none()
            && let Some(last) = self.basis.categories.all().last()
        {
            place.facts.category = last.id.clone();
        }
        let district = self.basis.districts.assign(&place.facts).map(|district| district.id.clone());
        VisiblePlace { place, district, private, sample: false, times_revised: None }
    }

    /// A place of somebody who looks for a person without what its interests tell of troubles; any other as it is.
    fn without_troubles<'p>(&self, place: &'p Place) -> Cow<'p, Place> {
        match self.basis.categories.by_id(&place.facts.category) {
            Some(category) if category.person_to_person => {
                let mut told = place.clone();
                without_troubles(&mut told.facts, &self.basis.interests);
                Cow::Owned(told)
            }
            _ => Cow::Borrowed(place),
        }
    }

    fn category_row(&self, listed: &VisiblePlace) -> Option<usize> {
        self.basis.categories.all().iter().position(|category| category.id == listed.place.facts.category)
    }

    /// The names of each category, one per line, so that no search word matches across two names.
    fn folded_categories(&self) -> Vec<String> {
        let names = |it: &Category| it.name.each().chain(it.group.each()).map(fold).collect::<Vec<_>>().join("\n");
        self.basis.categories.all().iter().map(names).collect()
    }

    /// The names of each district, one per line: its own, its reading, in Latin letters, and its former town.
    fn folded_districts(&self) -> Vec<String> {
        let names = |it: &District| {
            let read = it.kana.iter().cloned().chain(it.kana.as_deref().and_then(romaji_key));
            let names = [it.name.clone()].into_iter().chain(it.former_town.clone()).chain(read);
            names.map(|name| fold(&name)).collect::<Vec<_>>().join("\n")
        };
        self.basis.districts.all().iter().map(names).collect()
    }
}

/// A place with the times that it had.
fn at_that_time(place: &Place, TimesWording { schedule, status, contact, at: _ }: &TimesWording) -> Place {
    let facts = Facts { schedule: schedule.clone(), status: *status, contact: contact.clone(), ..place.facts.clone() };
    Place { facts, ..place.clone() }
}

/// The places of the municipality, those that were merged into them, and those of its neighbours: private persons of any are named
/// nowhere.
fn every_place(everything: &SnapshotInput) -> Cow<'_, [Place]> {
    let SnapshotInput { places, neighbour_places, merged, .. } = everything;
    if neighbour_places.is_empty() && merged.is_empty() {
        return Cow::Borrowed(places);
    }
    let others = neighbour_places.iter().map(|it| &it.place).chain(merged.iter().map(|it| &it.place));
    places.iter().chain(others).cloned().collect()
}

fn neighbours_of(everything: &SnapshotInput) -> NeighbourInput<'_> {
    let SnapshotInput { places, boundary, population, neighbour_places, neighbour_populations, .. } = everything;
    let own = OwnTerritory { places, boundary: boundary.as_ref(), population: population.as_ref() };
    NeighbourInput::new(neighbour_places, neighbour_populations, &own)
}

/// The words that mean something in a query, the same for every audience: they name districts, towns and kinds, no place and no person.
fn vocabulary(everything: &SnapshotInput, districts: &DistrictTable) -> SearchVocabulary {
    let SnapshotInput { categories, towns, interests, .. } = everything;
    let towns = towns.iter().filter(|it| it.small_area.is_none()).map(|it| (it.town.as_str(), it.kana.as_deref()));
    let tables = (categories, districts);
    SearchVocabulary::new(tables, towns, interests)
}

/// The districts, whose names are for everybody, without the persons that a list of districts names with them.
fn without_persons(districts: &DistrictTable) -> DistrictTable {
    let named = districts.all().iter().map(|district| District {
        name: without_persons_in_name(&district.name),
        former_town: district.former_town.as_deref().map(without_persons_in_name),
        ..district.clone()
    });
    DistrictTable::new(named.collect())
}

/// What towns, districts and categories are called: a family name is often one of these.
fn common_names(everything: &SnapshotInput) -> impl Iterator<Item = &str> {
    let SnapshotInput { city, categories, districts, towns, interests, .. } = everything;
    let of_categories =
        categories.all().iter().flat_map(|it| it.name.each().chain(it.words.iter().map(String::as_str)));
    let of_towns =
        towns.iter().flat_map(|it| [it.town.as_str(), it.base()].into_iter().chain(it.small_area.as_deref()));
    let of_districts = districts.all().iter().map(|it| it.name.as_str());
    // Words of the thesaurus of two characters are family names as often: 森, 大田.
    let of_interests = interests.words().map(|(word, _)| word).filter(|word| word.chars().nth(2).is_some());
    of_categories
        .chain(of_interests)
        .chain(of_towns)
        .chain(of_districts)
        .chain([city.name.as_str()])
        .chain(city.name_en.split([' ', '-']))
}

impl PlaceIndex {
    fn new(encoded: EncodedFeatures, places: &[VisiblePlace], builder: &SnapshotBuilder) -> Self {
        let categories = builder.basis.categories.all();
        let districts: HashMap<&DistrictId, usize> =
            builder.basis.districts.all().iter().enumerate().map(|(at, district)| (&district.id, at)).collect();
        let row_in = |at: Option<usize>| at.map(|at| u16::try_from(at).expect("tables have fewer than 65,536 rows"));
        let table_rows: Vec<TableRows> = places
            .iter()
            .map(|it| {
                let district = it.district.as_ref().and_then(|id| districts.get(id).copied());
                TableRows { category: row_in(builder.category_row(it)), district: row_in(district) }
            })
            .collect();
        let category_ranges = category_ranges(&table_rows, categories.len());
        let points = places.iter().map(|it| it.place.facts.site.map(|site| site.position)).collect();
        let towns = TownKana::new(&builder.basis.towns);
        let mut by_id: Vec<u32> = (0..places.len()).map(place_number).collect();
        by_id.sort_by(|&a, &b| places[a as usize].place.id.cmp(&places[b as usize].place.id));
        Self {
            encoded,
            spatial: SpatialIndex::new(points, &category_ranges),
            text: TextIndex::new(places.iter().map(|it| searched_texts(it, &towns))),
            meetings: MeetingTable::new(places),
            known_facts: places.iter().map(|it| KnownFacts::of(&it.place)).collect(),
            by_id,
            folded_names: (builder.folded_categories(), builder.folded_districts()),
            district_places: district_places(&table_rows, builder.basis.districts.all().len()),
            category_ranges,
            table_rows,
        }
    }
}

/// The range of places of each category.
fn category_ranges(table_rows: &[TableRows], categories: usize) -> Vec<Range<usize>> {
    let before = |category: usize| table_rows.partition_point(|it| it.category.map(usize::from) < Some(category));
    (0..categories).map(|category| before(category)..before(category + 1)).collect()
}

/// What is drawn below the places.
fn land_of(everything: &SnapshotInput) -> LandMap {
    let SnapshotInput { city, towns, districts, boundary, basemap, .. } = everything;
    LandMap::new(city, (towns, districts), boundary.as_ref(), basemap)
}

/// The places of each district, in ascending order.
fn district_places(table_rows: &[TableRows], districts: usize) -> Vec<Vec<u32>> {
    let mut places = vec![Vec::new(); districts];
    for (place, it) in table_rows.iter().enumerate() {
        if let Some(district) = it.district {
            places[usize::from(district)].push(place_number(place));
        }
    }
    places
}
