//! The resource list of a snapshot: which files there are, by path, and what each holds.
//!
//! The server's prepared responses and an exported site both read it, so that they cannot differ. This module does no I/O.

use super::geojson;
use crate::index::{Filter, Snapshot};
use crate::model::{CategoryId, DistrictId};

/// GeoJSON's media type (RFC 7946).
pub const GEOJSON: &str = "application/geo+json";
/// JSON's media type (RFC 8259).
pub const JSON: &str = "application/json";

/// The path of all places.
pub const PLACES: &str = "/places.geojson";
/// The path of the districts with their outlines.
pub const DISTRICTS: &str = "/districts.geojson";
/// The path of the categories with their counts.
pub const CATEGORIES: &str = "/categories.json";

/// One file of a snapshot.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Where it is, from the root on, in plain characters: a client percent-encodes it (RFC 3986).
    pub path: String,
    /// Its media type.
    pub media: &'static str,
    /// What it holds.
    pub content: ResourceContent,
    /// When the server makes it. A site is exported whole, whatever this says.
    pub preparation: Preparation,
}

/// What a resource holds, or how it is made.
#[derive(Debug, Clone)]
pub enum ResourceContent {
    /// Every place: the encoded features as they lie in memory.
    AllPlaces,
    /// The features of the places that pass a filter.
    Places(Filter),
    /// What a function makes of the snapshot.
    Generated(fn(&Snapshot) -> Vec<u8>),
}

/// When the server makes a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preparation {
    /// Ahead, once per snapshot, and compressed: it is requested often.
    Ahead,
    /// For each request: there are very many, each of them short and seldom requested.
    OnRequest,
}

/// Every file of `snapshot`: places, districts, categories, then by category, by district and by both, in the order of the
/// city's tables.
pub fn resources(snapshot: &Snapshot) -> impl Iterator<Item = Resource> + '_ {
    let categories = || snapshot.categories.all().iter().map(|it| &it.id);
    let districts = || snapshot.districts.all().iter().map(|it| &it.id);
    let of_both = move |category| districts().map(move |district| places_of_both(category, district));
    let tables = [
        ahead(PLACES.to_owned(), GEOJSON, ResourceContent::AllPlaces),
        ahead(DISTRICTS.to_owned(), GEOJSON, ResourceContent::Generated(geojson::districts)),
        ahead(CATEGORIES.to_owned(), JSON, ResourceContent::Generated(geojson::categories)),
    ];
    let by_category = categories().map(places_of_category);
    let by_district = districts().map(places_of_district);
    tables.into_iter().chain(by_category).chain(by_district).chain(categories().flat_map(of_both))
}

/// The path of the places of a category.
pub fn category_path(category: &CategoryId) -> String {
    format!("/categories/{}.geojson", category.0)
}

/// The path of the places of a district.
pub fn district_path(district: &DistrictId) -> String {
    format!("/districts/{}.geojson", district.0)
}

/// The places of a category in a district.
pub fn places_of_both(category: &CategoryId, district: &DistrictId) -> Resource {
    let filter = Filter { categories: vec![category.clone()], districts: vec![district.clone()], ..Filter::default() };
    Resource {
        path: format!("/categories/{}/districts/{}.geojson", category.0, district.0),
        media: GEOJSON,
        content: ResourceContent::Places(filter),
        preparation: Preparation::OnRequest,
    }
}

fn places_of_category(category: &CategoryId) -> Resource {
    let filter = Filter { categories: vec![category.clone()], ..Filter::default() };
    ahead(category_path(category), GEOJSON, ResourceContent::Places(filter))
}

fn places_of_district(district: &DistrictId) -> Resource {
    let filter = Filter { districts: vec![district.clone()], ..Filter::default() };
    ahead(district_path(district), GEOJSON, ResourceContent::Places(filter))
}

fn ahead(path: String, media: &'static str, content: ResourceContent) -> Resource {
    Resource { path, media, content, preparation: Preparation::Ahead }
}

impl Resource {
    /// The bytes of the file, made of the snapshot whose list it stands in.
    pub fn bytes(&self, snapshot: &Snapshot) -> Vec<u8> {
        match &self.content {
            ResourceContent::AllPlaces => snapshot.encoded().whole().to_vec(),
            ResourceContent::Places(filter) => geojson::collection(snapshot, &snapshot.matching(filter)),
            ResourceContent::Generated(generate) => generate(snapshot),
        }
    }
}
