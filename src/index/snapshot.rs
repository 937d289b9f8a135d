//! All that one audience may see at one moment.
//!
//! Places are redacted first; everything else here is made from what is left, so that nothing can leak what is not there.
//! This module does no I/O.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::encoded::{ENCODER_VERSION, Encoded, rounded};
use super::query::Plan;
use super::runs::Runs;
use super::spatial::{Spatial, number};
use super::text::TextIndex;
use super::{Filter, hilbert};
use crate::model::audience::redact;
use crate::model::{
    Audience, CategoryId, CategoryTable, City, DistrictId, DistrictTable, Metres, Place, PlaceId, Position,
};

/// What a snapshot is built from: everything, before redaction.
#[derive(Debug, Clone, Default)]
pub struct Everything {
    /// The municipality.
    pub city: City,
    /// Its categories.
    pub categories: CategoryTable,
    /// Its districts.
    pub districts: DistrictTable,
    /// The current state of every place.
    pub places: Vec<Place>,
}

/// A place as this audience may see it, with what is derived from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The redacted place; its position is rounded to seven decimals, as it is published.
    pub place: Place,
    /// The district it belongs to ([`DistrictTable::assign`]).
    pub district: Option<DistrictId>,
}

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
    /// The places, in the order of the encoded features: by category, within it along a Hilbert curve, unplaced ones last.
    pub places: Arc<[Listed]>,
    index: Arc<Index>,
}

/// What is derived from the places; shared by audiences that see the same.
#[derive(Debug)]
struct Index {
    encoded: Encoded,
    spatial: Spatial,
    text: TextIndex,
    /// The places in the order of their ids.
    by_id: Vec<u32>,
    /// Of each place, the numbers of its category and district.
    numbers: Vec<(Option<u16>, Option<u16>)>,
    /// Of each category, its range of places.
    category_runs: Vec<Range<usize>>,
    /// Of each district, its places in ascending order.
    district_places: Vec<Vec<u32>>,
}

impl Snapshot {
    /// Redacts, sorts, indexes and encodes `everything` for `audience`.
    pub fn build(everything: &Everything, audience: Audience) -> Self {
        Builder::new(everything).build(audience, None)
    }

    /// One snapshot an audience, in the order of [`Audience::ALL`]. Audiences that see the same places share them.
    pub fn build_all(everything: &Everything) -> [Arc<Self>; Audience::ALL.len()] {
        let builder = Builder::new(everything);
        let mut before: Option<Arc<Self>> = None;
        Audience::ALL.map(|audience| {
            let next = Arc::new(builder.build(audience, before.as_deref()));
            before = Some(Arc::clone(&next));
            next
        })
    }

    /// The place with this identity.
    pub fn by_id(&self, id: &PlaceId) -> Option<&Listed> {
        self.position_of(id).map(|at| &self.places[at])
    }

    /// Where in [`places`](Self::places) the place with this identity stands.
    pub fn position_of(&self, id: &PlaceId) -> Option<usize> {
        let by_id = &self.index.by_id;
        let found = by_id.binary_search_by(|&at| self.places[at as usize].place.id.cmp(id)).ok()?;
        Some(by_id[found] as usize)
    }

    /// The places that pass `filter`, as positions in [`places`](Self::places), in that order.
    pub fn select(&self, filter: &Filter) -> Vec<usize> {
        self.matching(filter).iter().collect()
    }

    /// The places that pass `filter`, as ranges of positions in [`places`](Self::places).
    pub fn matching(&self, filter: &Filter) -> Runs {
        Plan::new(self, filter).run()
    }

    /// The `count` places nearest to `from` in metres, of any of `categories` (all where empty): positions in
    /// [`places`](Self::places), nearest first, equally near ones in that order.
    pub fn nearest(&self, from: Position, categories: &[CategoryId], count: usize) -> Vec<(usize, Metres)> {
        self.index.spatial.nearest(from, self.category_numbers(categories).as_deref(), count)
    }

    /// How many places there are of a category, of a district, of both; `None` means any.
    pub fn count(&self, category: Option<&CategoryId>, district: Option<&DistrictId>) -> usize {
        let filter = Filter {
            categories: category.into_iter().cloned().collect(),
            districts: district.into_iter().cloned().collect(),
            ..Filter::default()
        };
        Plan::new(self, &filter).listed_count()
    }

    /// The encoded features, in the order of [`places`](Self::places).
    pub fn encoded(&self) -> &Encoded {
        &self.index.encoded
    }

    pub(super) fn spatial(&self) -> &Spatial {
        &self.index.spatial
    }

    pub(super) fn text(&self) -> &TextIndex {
        &self.index.text
    }

    pub(super) fn category_of(&self, place: usize) -> Option<usize> {
        self.index.numbers[place].0.map(usize::from)
    }

    pub(super) fn district_of(&self, place: usize) -> Option<usize> {
        self.index.numbers[place].1.map(usize::from)
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

/// What all audiences' snapshots are built from.
struct Builder<'a> {
    places: &'a [Place],
    city: Arc<City>,
    categories: Arc<CategoryTable>,
    districts: Arc<DistrictTable>,
}

impl<'a> Builder<'a> {
    fn new(everything: &'a Everything) -> Self {
        Self {
            places: &everything.places,
            city: Arc::new(everything.city.clone()),
            categories: Arc::new(everything.categories.clone()),
            districts: Arc::new(everything.districts.clone()),
        }
    }

    /// Builds the snapshot of `audience`, sharing with `before` what looks the same.
    fn build(&self, audience: Audience, before: Option<&Snapshot>) -> Snapshot {
        let places: Arc<[Listed]> = self.listed(audience).into();
        let encoded = Encoded::new(&places, &self.city, &self.categories);
        // Everything in the index is made from what is in the features.
        let index = match before.filter(|before| *before.encoded() == encoded) {
            Some(before) => Arc::clone(&before.index),
            None => Arc::new(Index::new(encoded, &places, self)),
        };
        let places = match before.filter(|before| before.places == places) {
            Some(before) => Arc::clone(&before.places),
            None => places,
        };
        Snapshot {
            version: self.version(&index.encoded, &places, audience),
            audience,
            city: Arc::clone(&self.city),
            categories: Arc::clone(&self.categories),
            districts: Arc::clone(&self.districts),
            places,
            index,
        }
    }

    /// What `audience` may see, in the order of the snapshot.
    fn listed(&self, audience: Audience) -> Vec<Listed> {
        let seen = self.places.iter().filter_map(|place| redact(place, audience, &self.categories, &self.districts));
        let mut listed: Vec<Listed> = seen.map(|place| self.list(place)).collect();
        listed.sort_by_cached_key(|it| {
            let position = it.place.facts.site.map(|site| site.position);
            (self.category_number(it), position.is_none(), position.map(hilbert::rank), it.place.id.clone())
        });
        listed
    }

    fn list(&self, mut place: Place) -> Listed {
        if let Some(site) = &mut place.facts.site {
            let (lon, lat) = (rounded(site.position.lon()), rounded(site.position.lat()));
            site.position = Position::new(lon, lat).unwrap_or(site.position);
        }
        if self.categories.by_id(&place.facts.category).is_none()
            && let Some(last) = self.categories.all().last()
        {
            place.facts.category = last.id.clone();
        }
        let district = self.districts.assign(&place.facts).map(|district| district.id.clone());
        Listed { place, district }
    }

    fn category_number(&self, listed: &Listed) -> Option<usize> {
        self.categories.all().iter().position(|category| category.id == listed.place.facts.category)
    }

    /// A hash over all that `audience` sees: the features, what describes them and, for staff, where each came from.
    fn version(&self, encoded: &Encoded, places: &[Listed], audience: Audience) -> String {
        let mut hash = blake3::Hasher::new();
        let mut describe = |what: &dyn std::fmt::Debug| {
            hash.update(format!("{what:?}\n").as_bytes());
        };
        describe(&(ENCODER_VERSION, env!("CARGO_PKG_VERSION")));
        describe(&(&self.city, &self.categories, self.districts.all()));
        if audience == Audience::Staff {
            places.iter().for_each(|it| describe(it));
        }
        hash.update(encoded.whole());
        hash.finalize().to_hex()[..20].to_owned()
    }
}

impl Index {
    fn new(encoded: Encoded, places: &[Listed], with: &Builder) -> Self {
        let categories = with.categories.all();
        let districts: HashMap<&DistrictId, usize> =
            with.districts.all().iter().enumerate().map(|(at, district)| (&district.id, at)).collect();
        let number_in = |at: Option<usize>| at.map(|at| u16::try_from(at).expect("tables have fewer than 65,536 rows"));
        let numbers: Vec<(Option<u16>, Option<u16>)> = places
            .iter()
            .map(|it| {
                let district = it.district.as_ref().and_then(|id| districts.get(id).copied());
                (number_in(with.category_number(it)), number_in(district))
            })
            .collect();
        let category_runs = category_runs(&numbers, categories.len());
        let points = places.iter().map(|it| it.place.facts.site.map(|site| site.position)).collect();
        let mut by_id: Vec<u32> = (0..places.len()).map(number).collect();
        by_id.sort_by(|&a, &b| places[a as usize].place.id.cmp(&places[b as usize].place.id));
        Self {
            encoded,
            spatial: Spatial::new(points, &category_runs),
            text: TextIndex::new(places.iter().map(searched)),
            by_id,
            district_places: district_places(&numbers, with.districts.all().len()),
            category_runs,
            numbers,
        }
    }
}

/// What of a place is searched, besides the names of its category and district.
fn searched(listed: &Listed) -> impl Iterator<Item = &str> {
    let facts = &listed.place.facts;
    let single = [&facts.kana, &facts.organization, &facts.venue, &facts.address, &facts.description];
    let several = facts.tags.iter().chain(&facts.interests);
    std::iter::once(&facts.name).chain(single.into_iter().flatten()).chain(several).map(String::as_str)
}

fn category_runs(numbers: &[(Option<u16>, Option<u16>)], categories: usize) -> Vec<Range<usize>> {
    let before = |category: usize| numbers.partition_point(|it| it.0.map(usize::from) < Some(category));
    (0..categories).map(|category| before(category)..before(category + 1)).collect()
}

fn district_places(numbers: &[(Option<u16>, Option<u16>)], districts: usize) -> Vec<Vec<u32>> {
    let mut places = vec![Vec::new(); districts];
    for (place, it) in numbers.iter().enumerate() {
        if let Some(district) = it.1 {
            places[usize::from(district)].push(number(place));
        }
    }
    places
}
