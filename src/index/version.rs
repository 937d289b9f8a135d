//! The version of a snapshot: a hash over all that its audience sees. This module does no I/O.
//!
//! What is hashed is written out: values as the JSON that they are stored as, outlines as their coordinates. So a change of
//! the code alone, of a derived `Debug` say, moves no version and empties no cache.

use std::io::Write as _;

use serde::Serialize;

use super::encoded::{ENCODER_VERSION, EncodedFeatures};
use super::land::{LandLabel, LandMap};
use super::visible::{ConsentCounts, VisibleLinkWorker, VisiblePlace};
use crate::model::{
    Area, Audience, CategoryTable, City, District, DistrictTable, Interest, ServedDistricts, Thesaurus,
};

/// Hexadecimal digits of a version.
const DIGITS: usize = 20;

/// All that an audience sees.
pub(super) struct VersionedContent<'a> {
    pub(super) audience: Audience,
    pub(super) sample: bool,
    pub(super) city: &'a City,
    pub(super) categories: &'a CategoryTable,
    pub(super) districts: &'a DistrictTable,
    /// Which words mean each other in a search.
    pub(super) interests: &'a Thesaurus,
    pub(super) places: &'a [VisiblePlace],
    pub(super) link_workers: &'a [VisibleLinkWorker],
    pub(super) consents: ConsentCounts,
    pub(super) land: &'a LandMap,
    pub(super) encoded: &'a EncodedFeatures,
}

/// The hash over the features, what describes them and, beyond the public, where each came from.
pub(super) fn version(content: &VersionedContent<'_>) -> String {
    let VersionedContent {
        audience,
        sample,
        city,
        categories,
        districts,
        interests,
        places,
        link_workers,
        consents,
        land,
        encoded,
    } = content;
    let mut hash = VersionHash(blake3::Hasher::new());
    hash.add(&(ENCODER_VERSION, env!("CARGO_PKG_VERSION")));
    hash.add(&(city, categories.all()));
    if *sample {
        hash.add(&"sample");
    }
    districts.all().iter().for_each(|district| hash.add_district(district));
    for interest in interests.all() {
        let Interest { term, synonyms, whole_phrases, broader, neighbours, .. } = interest;
        hash.add(&(term, synonyms, whole_phrases, broader, neighbours));
    }
    if *audience != Audience::Public {
        for VisiblePlace { place, district, private, sample: _, times_revised: _ } in *places {
            hash.add(&(place, district, private));
        }
    }
    // Nothing where there is none, so that a version without it stays as it was.
    if *consents != ConsentCounts::default() {
        hash.add(consents);
    }
    // As they are to be seen: without the row that they came from, for the public.
    for VisibleLinkWorker { worker, served, sample: _ } in *link_workers {
        let ServedDistricts { everywhere, districts, unknown } = served;
        hash.add(&(worker, everywhere, districts, unknown));
    }
    hash.add_land(land);
    hash.0.update(encoded.whole());
    hash.0.finalize().to_hex()[..DIGITS].to_owned()
}

struct VersionHash(blake3::Hasher);

impl VersionHash {
    /// One line of JSON per value, so that none reaches across into the next.
    fn add(&mut self, value: &impl Serialize) {
        serde_json::to_writer(&mut self.0, value).expect("what is stored as JSON can be written as JSON");
        self.0.write_all(b"\n").expect("a hash takes every byte");
    }

    fn add_district(&mut self, district: &District) {
        let District { id, name, kana, former_town, towns, boundary, sketch, centre } = district;
        self.add(&(id, name, kana, former_town, centre));
        if boundary.as_ref().is_some_and(Area::is_sketch) {
            self.add(&"sketch");
        }
        if !towns.is_empty() || sketch.is_some() {
            self.add(&(towns, sketch.is_some()));
        }
        boundary.iter().chain(sketch).for_each(|area| self.add_area(area));
    }

    fn add_area(&mut self, area: &Area) {
        for polygon in area.polygons() {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                self.add(&ring.0.len());
                for point in ring {
                    self.0.update(&point.x.to_le_bytes());
                    self.0.update(&point.y.to_le_bytes());
                }
            }
        }
    }

    /// Adds what is drawn below the places; nothing where there is nothing, so that a version without it stays as it was.
    fn add_land(&mut self, land: &LandMap) {
        // The overview follows from the outline.
        let LandMap { outline, overview: _, former_towns, towns, features } = land;
        if let Some(area) = outline {
            self.add_area(area);
        }
        for LandLabel { name, whole, kana, position, zoom } in former_towns.iter().chain(towns) {
            self.add(&(name, whole, kana, position, zoom));
        }
        for feature in features {
            self.add(feature);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::index::{Snapshot, SnapshotInput};
    use crate::model::{Audience, Category, CategoryId, CategoryTable, Language, Translated};

    fn version(category: Category) -> String {
        let everything = SnapshotInput { categories: CategoryTable::new(vec![category]), ..SnapshotInput::default() };
        Snapshot::build(&everything, Audience::Public).version.clone()
    }

    fn category() -> Category {
        Category { id: CategoryId("farm".to_owned()), name: "畑".into(), ..Category::default() }
    }

    #[test]
    fn every_attribute_of_a_category_is_in_the_version() {
        let name: Translated = [(Language::Ja, "畑"), (Language::En, "Fields")].into();
        let changed = [
            Category { id: CategoryId("field".to_owned()), ..category() },
            Category { name, ..category() },
            Category { group: "農業".into(), ..category() },
            Category { color: "#009e73".to_owned(), ..category() },
            Category { icon: "farm".to_owned(), ..category() },
            Category { private_persons: true, ..category() },
            Category { office: Some("農林課".to_owned()), ..category() },
            Category { office_phone: Some("079-000-1111".to_owned()), ..category() },
            Category { words: vec!["栽培".to_owned()], ..category() },
        ];
        let versions: std::collections::BTreeSet<String> =
            changed.into_iter().chain([category()]).map(version).collect();
        assert_eq!(versions.len(), 10);
        assert_eq!(version(category()), version(category()));
    }
}
