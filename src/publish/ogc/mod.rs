//! OGC API – Features of a snapshot: the landing page, what it conforms to, its collections and their queryables, and the OpenAPI
//! document; OGC API – Tiles: sets of tiles and their matrices. Features are encoded by `index::encoded` and `publish::geojson`, tiles by
//! `publish::tiles`. This module does no I/O.

mod collections;
mod landing;
pub mod openapi;
mod schema;
mod tilesets;

pub use self::collections::{collection_document, collections_document};
pub use self::landing::{conformance_document, landing_document, landing_links};
pub use self::schema::queryables_document;
pub use self::tilesets::{
    ServedTileset, TILE_MATRIX_SET, matrix_set_document, matrix_sets_document, tile_json, tileset_document,
    tilesets_document,
};

use std::sync::LazyLock;

use super::geojson::CollectionLink;
use crate::index::Snapshot;
use crate::index::filter::parameters::{DISTRICT_PARAMETERS, FILTER_PARAMETERS};
use crate::index::filter::queryables::FilterSubject;
use crate::model::{Category, CategoryId, Language};
use crate::publish::messages::page_messages;

/// Media type of HTML.
pub const HTML: &str = "text/html";
/// Media type of an OpenAPI document in JSON.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";
/// Media type of a JSON Schema.
pub const SCHEMA: &str = "application/schema+json";

/// A collection of features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServedCollection {
    /// Every place.
    Places,
    /// The districts with their outlines.
    Districts,
    /// The places of a category.
    Category(CategoryId),
}

impl ServedCollection {
    /// Every collection of `snapshot`.
    pub fn all(snapshot: &Snapshot) -> Vec<Self> {
        let categories = snapshot.categories.all().iter().map(|it| Self::Category(it.id.clone()));
        [Self::Places, Self::Districts].into_iter().chain(categories).collect()
    }

    /// The collection of this name.
    pub fn named(snapshot: &Snapshot, id: &str) -> Option<Self> {
        match id {
            "places" => Some(Self::Places),
            "districts" => Some(Self::Districts),
            _ => snapshot.categories.by_id(&CategoryId(id.to_owned())).map(|it| Self::Category(it.id.clone())),
        }
    }

    /// Its name in addresses.
    pub fn id(&self) -> &str {
        match self {
            Self::Places => "places",
            Self::Districts => "districts",
            Self::Category(id) => &id.0,
        }
    }

    /// What its features are.
    pub fn subject(&self) -> FilterSubject {
        if *self == Self::Districts { FilterSubject::District } else { FilterSubject::Place }
    }

    /// What it is called.
    pub fn title(&self, snapshot: &Snapshot, lang: Language) -> String {
        let messages = page_messages(lang);
        match self {
            Self::Places => messages.text("service.places").to_owned(),
            Self::Districts => messages.text("service.districts").to_owned(),
            Self::Category(id) => {
                snapshot.categories.by_id(id).map_or_else(|| id.0.clone(), |it| it.name.text(lang).to_owned())
            }
        }
    }

    /// West, south, east, north of its features.
    fn bounds(&self, snapshot: &Snapshot) -> Option<[f64; 4]> {
        let row = |id: &CategoryId| snapshot.categories.all().iter().position(|it: &Category| it.id == *id);
        match self {
            Self::Places => snapshot.bounds(None),
            Self::Districts => {
                let around = snapshot.districts.all().iter().filter_map(|it| it.drawn()?.bbox());
                around.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
            }
            Self::Category(id) => snapshot.bounds(Some(row(id)?)),
        }
    }
}

/// Where the service is, as its clients see it, and under which licence its data are.
#[derive(Debug, Clone, Default)]
pub struct ServiceAddress {
    /// Scheme and authority, without a slash at the end; empty where neither the city nor the request names a host.
    pub base: String,
    /// Where the licence can be read.
    pub licence: Option<String>,
}

impl ServiceAddress {
    /// A link to `path`.
    pub fn link(&self, rel: &'static str, media: &'static str, path: &str) -> CollectionLink {
        CollectionLink { href: format!("{}{path}", self.base), rel, media }
    }

    /// The link to the licence, if it can be read anywhere.
    pub fn licence_link(&self) -> Option<CollectionLink> {
        let href = self.licence.clone()?;
        Some(CollectionLink { href, rel: "license", media: HTML })
    }
}

/// Parameters of a document.
pub const DOCUMENT_PARAMETERS: &[&str] = &["f", "lang"];
/// Parameters of one feature.
pub const FEATURE_PARAMETERS: &[&str] = &["crs", "f", "lang"];
/// Parameters of pages of features, besides those of filters.
const PAGE_PARAMETERS: [&str; 7] = ["limit", "offset", "f", "lang", "crs", "sortby", "version"];

static PLACE_PARAMETERS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| PAGE_PARAMETERS.into_iter().chain(FILTER_PARAMETERS.iter().copied()).collect());
static OUTLINE_PARAMETERS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| PAGE_PARAMETERS.into_iter().chain(DISTRICT_PARAMETERS.iter().copied()).collect());

/// All parameters of a tile: those of filters.
pub fn tile_parameters(subject: FilterSubject) -> &'static [&'static str] {
    match subject {
        FilterSubject::Place => &FILTER_PARAMETERS,
        FilterSubject::District => &DISTRICT_PARAMETERS,
    }
}

/// All parameters of pages of features: those of pages, then those of filters.
pub fn item_parameters(subject: FilterSubject) -> &'static [&'static str] {
    match subject {
        FilterSubject::Place => &PLACE_PARAMETERS,
        FilterSubject::District => &OUTLINE_PARAMETERS,
    }
}
