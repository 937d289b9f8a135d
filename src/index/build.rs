//! Builds a snapshot: redact, assign districts, put in order, encode, index, and tell its version.
//!
//! This module does no I/O.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::encoded::{ENCODER_VERSION, EncodedFeatures, rounded};
use super::snapshot::{PlaceIndex, Snapshot, TableRows};
use super::spatial::{SpatialIndex, number};
use super::text::TextIndex;
use super::visible::{SnapshotInput, VisibleLinkWorker, VisiblePlace};
use super::{directory, hilbert};
use crate::model::{
    Audience, Category, CategoryTable, City, DistrictId, DistrictTable, LinkWorker, Place, Position, TownEntry,
};
use crate::privacy::{PrivateNames, is_private_person, redact};
use crate::text::fold;

impl Snapshot {
    /// Redacts, sorts, indexes and encodes `everything` for `audience`.
    pub fn build(everything: &SnapshotInput, audience: Audience) -> Self {
        SnapshotBuilder::new(everything).build(audience, None)
    }

    /// One snapshot per audience, in the order of [`Audience::ALL`]. Audiences that see the same places share them.
    pub fn build_all(everything: &SnapshotInput) -> [Arc<Self>; Audience::ALL.len()] {
        let builder = SnapshotBuilder::new(everything);
        let mut before: Option<Arc<Self>> = None;
        Audience::ALL.map(|audience| {
            let next = Arc::new(builder.build(audience, before.as_deref()));
            before = Some(Arc::clone(&next));
            next
        })
    }
}

/// What all audiences' snapshots are built from.
pub(super) struct SnapshotBuilder<'a> {
    places: &'a [Place],
    link_workers: &'a [LinkWorker],
    city: Arc<City>,
    categories: Arc<CategoryTable>,
    districts: Arc<DistrictTable>,
    towns: Arc<[TownEntry]>,
    /// The private names of everything, also of what an audience does not see: no other row may give them away.
    names: Arc<PrivateNames>,
}

impl<'a> SnapshotBuilder<'a> {
    pub(super) fn new(everything: &'a SnapshotInput) -> Self {
        Self {
            places: &everything.places,
            link_workers: &everything.link_workers,
            city: Arc::new(everything.city.clone()),
            categories: Arc::new(everything.categories.clone()),
            districts: Arc::new(everything.districts.clone()),
            towns: everything.towns.as_slice().into(),
            names: Arc::new(PrivateNames::of_everything(
                &everything.places,
                &everything.link_workers,
                common_names(everything),
            )),
        }
    }

    /// Builds the snapshot of `audience`, sharing with `before` what looks the same.
    pub(super) fn build(&self, audience: Audience, before: Option<&Snapshot>) -> Snapshot {
        let places: Arc<[VisiblePlace]> = self.listed(audience).into();
        let encoded = EncodedFeatures::new(&places, &self.city, &self.categories);
        // Everything in the index is made from what is in the features.
        let index = match before.filter(|before| *before.encoded() == encoded) {
            Some(before) => Arc::clone(&before.index),
            None => Arc::new(PlaceIndex::new(encoded, &places, self)),
        };
        let places = match before.filter(|before| before.places == places) {
            Some(before) => Arc::clone(&before.places),
            None => places,
        };
        let link_workers = directory::listed(self.link_workers, audience, &self.districts, &self.names);
        Snapshot {
            version: self.version(&index.encoded, (&places, &link_workers), audience),
            audience,
            city: Arc::clone(&self.city),
            categories: Arc::clone(&self.categories),
            districts: Arc::clone(&self.districts),
            towns: Arc::clone(&self.towns),
            names: if audience == Audience::Public { Arc::default() } else { Arc::clone(&self.names) },
            places,
            link_workers: link_workers.into(),
            index,
        }
    }

    /// What `audience` may see, in the order of the snapshot.
    fn listed(&self, audience: Audience) -> Vec<VisiblePlace> {
        let see = |place| redact(place, audience, &self.categories, &self.districts, &self.names);
        let seen = self.places.iter().filter_map(|place| Some((see(place)?, is_private_person(place))));
        let mut listed: Vec<VisiblePlace> = seen.map(|(place, private)| self.list(place, private)).collect();
        listed.sort_by_cached_key(|it| {
            let position = it.place.facts.site.map(|site| site.position);
            (self.category_number(it), position.is_none(), position.map(hilbert::rank), it.place.id.clone())
        });
        listed
    }

    fn list(&self, mut place: Place, is_person: bool) -> VisiblePlace {
        if let Some(site) = &mut place.facts.site {
            let (lon, lat) = (rounded(site.position.lon()), rounded(site.position.lat()));
            site.position = Position::new(lon, lat).unwrap_or(site.position);
        }
        let category = self.categories.by_id(&place.facts.category);
        let private = is_person || category.is_none_or(|category| category.private_persons);
        if self.categories.by_id(&place.facts.category).is_none()
            && let Some(last) = self.categories.all().last()
        {
            place.facts.category = last.id.clone();
        }
        let district = self.districts.assign(&place.facts).map(|district| district.id.clone());
        VisiblePlace { place, district, private }
    }

    fn category_number(&self, listed: &VisiblePlace) -> Option<usize> {
        self.categories.all().iter().position(|category| category.id == listed.place.facts.category)
    }

    /// One line a name, so that no word reaches across.
    fn folded_categories(&self) -> Vec<String> {
        let names = |it: &Category| {
            [&it.name_ja, &it.name_easy, &it.name_en, &it.group_ja, &it.group_en].map(|name| fold(name))
        };
        self.categories.all().iter().map(|it| names(it).join("\n")).collect()
    }

    fn folded_districts(&self) -> Vec<String> {
        self.districts.all().iter().map(|it| fold(&it.name)).collect()
    }

    /// A hash over all that `audience` sees: the features, what describes them and, beyond the public, where each came
    /// from.
    fn version(
        &self,
        encoded: &EncodedFeatures,
        (places, link_workers): (&[VisiblePlace], &[VisibleLinkWorker]),
        audience: Audience,
    ) -> String {
        let mut hash = blake3::Hasher::new();
        let mut describe = |what: &dyn std::fmt::Debug| {
            hash.update(format!("{what:?}\n").as_bytes());
        };
        describe(&(ENCODER_VERSION, env!("CARGO_PKG_VERSION")));
        describe(&(&self.city, &self.categories, self.districts.all()));
        if audience != Audience::Public {
            for listed in places {
                describe(listed);
            }
        }
        // As they are to be seen: without the row that they came from, for the public.
        for listed in link_workers {
            describe(listed);
        }
        hash.update(encoded.whole());
        hash.finalize().to_hex()[..20].to_owned()
    }
}

/// What towns, districts and categories are called: a family name is often one of these.
fn common_names(everything: &SnapshotInput) -> impl Iterator<Item = &str> {
    let SnapshotInput { city, categories, districts, towns, .. } = everything;
    let of_categories = categories.all().iter().flat_map(|it| std::iter::once(&it.name_ja).chain(&it.words));
    let of_towns =
        towns.iter().flat_map(|it| [it.town.as_str(), it.base()].into_iter().chain(it.small_area.as_deref()));
    let of_districts = districts.all().iter().map(|it| it.name.as_str());
    of_categories.map(String::as_str).chain(of_towns).chain(of_districts).chain([city.name.as_str()])
}

impl PlaceIndex {
    fn new(encoded: EncodedFeatures, places: &[VisiblePlace], with: &SnapshotBuilder) -> Self {
        let categories = with.categories.all();
        let districts: HashMap<&DistrictId, usize> =
            with.districts.all().iter().enumerate().map(|(at, district)| (&district.id, at)).collect();
        let number_in = |at: Option<usize>| at.map(|at| u16::try_from(at).expect("tables have fewer than 65,536 rows"));
        let numbers: Vec<TableRows> = places
            .iter()
            .map(|it| {
                let district = it.district.as_ref().and_then(|id| districts.get(id).copied());
                TableRows { category: number_in(with.category_number(it)), district: number_in(district) }
            })
            .collect();
        let category_runs = category_runs(&numbers, categories.len());
        let points = places.iter().map(|it| it.place.facts.site.map(|site| site.position)).collect();
        let mut by_id: Vec<u32> = (0..places.len()).map(number).collect();
        by_id.sort_by(|&a, &b| places[a as usize].place.id.cmp(&places[b as usize].place.id));
        Self {
            encoded,
            spatial: SpatialIndex::new(points, &category_runs),
            text: TextIndex::new(places.iter().map(searched)),
            by_id,
            folded_names: (with.folded_categories(), with.folded_districts()),
            district_places: district_places(&numbers, with.districts.all().len()),
            category_runs,
            numbers,
        }
    }
}

/// What of a place is searched, besides the names of its category and district.
fn searched(listed: &VisiblePlace) -> impl Iterator<Item = &str> {
    let facts = &listed.place.facts;
    let single = [&facts.kana, &facts.organization, &facts.venue, &facts.address, &facts.description];
    let several = facts.tags.iter().chain(&facts.interests);
    std::iter::once(&facts.name).chain(single.into_iter().flatten()).chain(several).map(String::as_str)
}

fn category_runs(numbers: &[TableRows], categories: usize) -> Vec<Range<usize>> {
    let before = |category: usize| numbers.partition_point(|it| it.category.map(usize::from) < Some(category));
    (0..categories).map(|category| before(category)..before(category + 1)).collect()
}

fn district_places(numbers: &[TableRows], districts: usize) -> Vec<Vec<u32>> {
    let mut places = vec![Vec::new(); districts];
    for (place, it) in numbers.iter().enumerate() {
        if let Some(district) = it.district {
            places[usize::from(district)].push(number(place));
        }
    }
    places
}
