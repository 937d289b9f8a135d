//! Places as rows: which columns a file of a snapshot has, and the row of each place. This module does no I/O.

use std::collections::HashMap;

use crate::index::Snapshot;
use crate::model::place_row::{PlaceColumn, PlaceRow};
use crate::model::{Audience, CategoryId, DistrictId};

/// The columns of a snapshot, and the names by which its rows call categories and districts.
pub(in crate::publish) struct PlaceTable<'a> {
    snapshot: &'a Snapshot,
    pub(super) columns: Vec<PlaceColumn>,
    categories: HashMap<&'a CategoryId, &'a str>,
    districts: HashMap<&'a DistrictId, &'a str>,
}

impl<'a> PlaceTable<'a> {
    pub(in crate::publish) fn new(snapshot: &'a Snapshot) -> Self {
        let sample = snapshot.sample.then_some(PlaceColumn::Sample);
        let internal =
            if snapshot.audience == Audience::Public { Vec::new() } else { PlaceColumn::internal().to_vec() };
        let categories = snapshot.categories.all().iter().map(|it| (&it.id, it.id.0.as_str(), it.name.japanese()));
        let districts = snapshot.districts.all().iter().map(|it| (&it.id, it.id.0.as_str(), it.name.as_str()));
        // A name that import would resolve to another district is no name for this one.
        let districts = districts.map(|(id, code, name)| {
            let is_found = snapshot.districts.named(name).is_some_and(|found| found.id == *id);
            (id, code, if is_found { name } else { code })
        });
        Self {
            snapshot,
            columns: PlaceColumn::public().chain(sample).chain(internal).collect(),
            categories: unique_names(categories),
            districts: unique_names(districts),
        }
    }

    pub(in crate::publish) fn row(&self, place: usize) -> PlaceRow<'a> {
        let listed = &self.snapshot.places[place];
        let facts = &listed.place.facts;
        let private = self.snapshot.categories.by_id(&facts.category).is_some_and(|category| category.private_persons);
        PlaceRow {
            place: &listed.place,
            category: self.categories.get(&facts.category).copied().unwrap_or(&facts.category.0),
            district: listed.district.as_ref().map(|id| self.districts.get(id).copied().unwrap_or(&id.0)),
            licence: listed.place.source.licence.as_deref().or(self.snapshot.city.licence.as_deref()),
            is_private: private,
            is_sample: listed.sample,
        }
    }
}

/// Names by identity; the code in place of a name that is empty, belongs to several, or is the code of another.
fn unique_names<'a, I: std::hash::Hash + Eq>(
    all: impl Iterator<Item = (&'a I, &'a str, &'a str)>,
) -> HashMap<&'a I, &'a str> {
    let all: Vec<_> = all.collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, code, name) in &all {
        *uses.entry(name).or_default() += 1;
        if code != name {
            *uses.entry(code).or_default() += 1;
        }
    }
    let chosen = |(id, code, name): (&'a I, &'a str, &'a str)| {
        let is_usable = !name.trim().is_empty() && uses[name] == 1;
        (id, if is_usable { name } else { code })
    };
    all.into_iter().map(chosen).collect()
}
