//! Taxonomies: the city's categories, and the interests that places name. This module does no I/O.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Hsds;
use super::identity::{IdentityKind, uuid};
use crate::index::VisiblePlace;
use crate::model::{Language, Translated};
use crate::publish::messages::page_messages;

/// One of the two taxonomies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TaxonomyKind {
    Categories,
    Interests,
}

impl TaxonomyKind {
    pub(super) const ALL: [Self; 2] = [Self::Categories, Self::Interests];
    /// What terms are attributes of.
    pub(super) const LINK: &'static str = "service";

    fn code(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Interests => "interests",
        }
    }

    fn name(self) -> &'static str {
        page_messages(Language::Ja).text(match self {
            Self::Categories => "hsds.categories",
            Self::Interests => "hsds.interests",
        })
    }

    pub(super) fn id(self, hsds: &Hsds<'_>) -> String {
        uuid(hsds.city(), IdentityKind::Taxonomy, self.code())
    }

    /// The taxonomy.
    pub(super) fn written(self, hsds: &Hsds<'_>) -> Value {
        json!({ "id": self.id(hsds), "name": self.name(), "description": self.name() })
    }

    fn term(self, hsds: &Hsds<'_>, code: &str, name: &str) -> Value {
        json!({
            "id": uuid(hsds.city(), IdentityKind::TaxonomyTerm, &format!("{}:{code}", self.code())),
            "code": code,
            "name": name,
            "term": name,
            "description": name,
            "taxonomy": self.name(),
            "taxonomy_id": self.id(hsds),
            "language": "ja",
        })
    }
}

/// The terms of a place.
pub(super) fn terms_of(hsds: &Hsds<'_>, listed: &VisiblePlace) -> Vec<Value> {
    let facts = &listed.place.facts;
    let category = hsds.snapshot.categories.by_id(&facts.category);
    let name = category.map_or(facts.category.0.as_str(), |it| Translated::japanese(&it.name));
    let of_category = TaxonomyKind::Categories.term(hsds, &facts.category.0, name);
    let mut seen = HashSet::new();
    let interests = facts.interests.iter().filter(|it| seen.insert(it.as_str()));
    let interests = interests.map(|it| TaxonomyKind::Interests.term(hsds, it, it));
    std::iter::once(of_category).chain(interests).collect()
}

/// Every term: all categories, then the interests that places name, in the order of the places.
pub(super) fn terms(hsds: &Hsds<'_>) -> Vec<Value> {
    let categories = hsds.snapshot.categories.all().iter();
    let categories = categories.map(|it| TaxonomyKind::Categories.term(hsds, &it.id.0, it.name.japanese()));
    let mut seen = HashSet::new();
    let named = hsds.snapshot.places.iter().flat_map(|listed| listed.place.facts.interests.iter());
    let interests = named.filter(|it| seen.insert(it.as_str())).map(|it| TaxonomyKind::Interests.term(hsds, it, it));
    categories.chain(interests).collect()
}
