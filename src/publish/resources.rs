//! Resource list of a snapshot: the path, media type and content of every file.
//!
//! The server's prepared responses and an exported site both read it, so that they cannot differ. This module does no I/O.

use super::geojson;
use crate::index::{Filter, Snapshot};
use crate::model::{CategoryId, DistrictId};

/// Media type of GeoJSON (RFC 7946).
pub const GEOJSON: &str = "application/geo+json";
/// Media type of JSON (RFC 8259).
pub const JSON: &str = "application/json";

/// The path of all places.
pub const PLACES: &str = "/places.geojson";
/// The path of the districts with their outlines.
pub const DISTRICTS: &str = "/districts.geojson";
/// The path of the categories with their counts.
pub const CATEGORIES: &str = "/categories.json";

/// The path of what the map draws below places and districts.
pub const LAND: &str = "/land.geojson";

/// One file of a snapshot.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The absolute path, not percent-encoded; clients encode it (RFC 3986).
    pub path: String,
    /// The media type, e.g. [`GEOJSON`].
    pub media: &'static str,
    /// The content, or how to generate it.
    pub content: ResourceContent,
    /// When the server generates it; the export of a site ignores this.
    pub preparation: Preparation,
}

/// The content of a resource, or how to generate it.
#[derive(Debug, Clone)]
pub enum ResourceContent {
    /// Every place: the encoded features as they are in memory.
    AllPlaces,
    /// The places that match a filter.
    Places(Filter),
    /// The output of a function of the snapshot.
    Generated(fn(&Snapshot) -> Vec<u8>),
}

/// When the server generates a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preparation {
    /// Once per snapshot, compressed: it is requested often.
    Ahead,
    /// Per request: such resources are many, short and rarely requested.
    OnRequest,
}

/// Every file of `snapshot`: places, districts, categories, land, then by category, by district and by both, in the order of the
/// city's tables.
pub fn resources(snapshot: &Snapshot) -> impl Iterator<Item = Resource> + '_ {
    let categories = || snapshot.categories.all().iter().map(|it| &it.id);
    let districts = || snapshot.districts.all().iter().map(|it| &it.id);
    let in_districts =
        move |category| districts().map(move |district| places_of_category_in_district(category, district));
    let tables = [
        ahead(PLACES.to_owned(), GEOJSON, ResourceContent::AllPlaces),
        ahead(DISTRICTS.to_owned(), GEOJSON, ResourceContent::Generated(geojson::districts)),
        ahead(CATEGORIES.to_owned(), JSON, ResourceContent::Generated(geojson::categories)),
        ahead(LAND.to_owned(), GEOJSON, ResourceContent::Generated(geojson::land)),
    ];
    let by_category = categories().map(places_of_category);
    let by_district = districts().map(places_of_district);
    tables.into_iter().chain(by_category).chain(by_district).chain(categories().flat_map(in_districts))
}

/// The path of the places of a category.
pub fn category_path(category: &CategoryId) -> String {
    format!("/categories/{}.geojson", category.0)
}

/// The path of the places of a district.
pub fn district_path(district: &DistrictId) -> String {
    format!("/districts/{}.geojson", district.0)
}

/// The resource with the places of a category in a district.
pub fn places_of_category_in_district(category: &CategoryId, district: &DistrictId) -> Resource {
    let filter = Filter { categories: vec![category.clone()], districts: vec![district.clone()], ..Filter::default() };
    Resource {
        path: format!("/categories/{}/districts/{}.geojson", category.0, district.0),
        media: GEOJSON,
        content: ResourceContent::Places(filter),
        preparation: Preparation::OnRequest,
    }
}

/// The resource with the places of a category.
fn places_of_category(category: &CategoryId) -> Resource {
    let filter = Filter { categories: vec![category.clone()], ..Filter::default() };
    ahead(category_path(category), GEOJSON, ResourceContent::Places(filter))
}

/// The resource with the places of a district.
fn places_of_district(district: &DistrictId) -> Resource {
    let filter = Filter { districts: vec![district.clone()], ..Filter::default() };
    ahead(district_path(district), GEOJSON, ResourceContent::Places(filter))
}

/// A resource that the server prepares once per snapshot.
fn ahead(path: String, media: &'static str, content: ResourceContent) -> Resource {
    Resource { path, media, content, preparation: Preparation::Ahead }
}

impl Resource {
    /// The bytes of the file; `snapshot` is the one that lists it.
    pub fn bytes(&self, snapshot: &Snapshot) -> Vec<u8> {
        match &self.content {
            ResourceContent::AllPlaces => snapshot.encoded().whole().to_vec(),
            ResourceContent::Places(filter) => geojson::collection(snapshot, &snapshot.matching(filter)),
            ResourceContent::Generated(generate) => generate(snapshot),
        }
    }
}
