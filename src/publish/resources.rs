//! Resource list of a snapshot: the path, media type and content of every file.
//!
//! The server's prepared responses and an exported site both read it, so that they cannot differ. This module does no I/O.

use chrono::NaiveDate;

use super::calendar::{CalendarScope, calendar, has_dates};
use super::dcat;
use super::file_format::FileFormat;
use super::formats::{FormatError, PlaceFormat};
use super::geojson;
use super::municipal::{self, MunicipalEncoding, MunicipalFile};
use super::tiles::{self, PMTILES};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::{Filter, Snapshot};
use crate::model::{CategoryId, City, DistrictId};

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

/// The path of the catalogue of the open data.
pub const CATALOG: &str = "/dcat.jsonld";

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
    /// The places that match a filter, as GeoJSON.
    Places(Filter),
    /// The places that match a filter, in another format.
    Written(Filter, PlaceFormat),
    /// When places meet, from last month on.
    Calendar(CalendarScope),
    /// A list of the municipal standard.
    Municipal(MunicipalFile),
    /// All tiles as an archive.
    Tiles,
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
        ahead(CATALOG.to_owned(), dcat::JSON_LD, ResourceContent::Generated(dcat::catalog)),
        ahead(LAND.to_owned(), GEOJSON, ResourceContent::Generated(geojson::land)),
    ];
    let by_category = categories().map(places_of_category);
    let by_district = districts().map(places_of_district);
    let by_both = categories().flat_map(in_districts);
    tables
        .into_iter()
        .chain([all_tiles()])
        .chain(by_category)
        .chain(by_district)
        .chain(by_both)
        .chain(in_other_formats(snapshot))
        .chain(municipal_lists(&snapshot.city))
}

/// The lists of the municipal standard.
fn municipal_lists(city: &City) -> impl Iterator<Item = Resource> + '_ {
    MunicipalFile::ALL.into_iter().map(|file| municipal_resource(city, file))
}

/// A list of the municipal standard, which is written when it is requested.
pub fn municipal_resource(city: &City, file: MunicipalFile) -> Resource {
    Resource {
        path: format!("/opendata/{}", file.name(city)),
        media: municipal::CSV,
        content: ResourceContent::Municipal(file),
        preparation: Preparation::OnRequest,
    }
}

/// The calendar of each place that has dates. Whether it has any takes reading its times, so that these are no part of [`resources`].
pub fn place_calendars(snapshot: &Snapshot, today: NaiveDate) -> impl Iterator<Item = Resource> + '_ {
    let with_dates = (0..snapshot.places.len()).filter(move |place| has_dates(snapshot, *place, today));
    with_dates.map(|place| calendar_resource(CalendarScope::Place(snapshot.places[place].place.id.clone())))
}

/// All places, those of each category, of each district and of both, in every format but GeoJSON, and as calendars.
fn in_other_formats(snapshot: &Snapshot) -> impl Iterator<Item = Resource> + '_ {
    let categories = || std::iter::once(None).chain(snapshot.categories.all().iter().map(|it| Some(&it.id)));
    let districts = || std::iter::once(None).chain(snapshot.districts.all().iter().map(|it| Some(&it.id)));
    let formats = FileFormat::all().filter(|format| *format != FileFormat::Places(PlaceFormat::Geojson));
    formats.flat_map(move |format| {
        categories().flat_map(move |category| districts().map(move |district| written(category, district, format)))
    })
}

/// The places of a category, of a district, of both or of neither in a format that is written when it is requested.
pub fn written(category: Option<&CategoryId>, district: Option<&DistrictId>, format: FileFormat) -> Resource {
    let format = match format {
        FileFormat::Places(format) => format,
        FileFormat::Calendar => {
            return calendar_resource(CalendarScope::Listed {
                category: category.cloned(),
                district: district.cloned(),
            });
        }
    };
    let filter = Filter {
        categories: category.into_iter().cloned().collect(),
        districts: district.into_iter().cloned().collect(),
        ..Filter::default()
    };
    Resource {
        path: format!("{}.{}", stem(category, district), format.ending()),
        media: format.media(),
        content: ResourceContent::Written(filter, format),
        preparation: Preparation::OnRequest,
    }
}

/// The calendar of `scope`, which is written when it is requested.
pub fn calendar_resource(scope: CalendarScope) -> Resource {
    let stem = match &scope {
        CalendarScope::Place(id) => format!("/places/{}", id.0),
        CalendarScope::Listed { category, district } => stem(category.as_ref(), district.as_ref()),
    };
    Resource {
        path: format!("{stem}.{}", FileFormat::Calendar.ending()),
        media: FileFormat::Calendar.media(),
        content: ResourceContent::Calendar(scope),
        preparation: Preparation::OnRequest,
    }
}

/// The path of places without its ending.
fn stem(category: Option<&CategoryId>, district: Option<&DistrictId>) -> String {
    match (category, district) {
        (None, None) => "/places".to_owned(),
        (Some(category), None) => format!("/categories/{}", category.0),
        (None, Some(district)) => format!("/districts/{}", district.0),
        (Some(category), Some(district)) => format!("/categories/{}/districts/{}", category.0, district.0),
    }
}

/// The archive of all tiles.
fn all_tiles() -> Resource {
    let (path, content) = ("/places.pmtiles".to_owned(), ResourceContent::Tiles);
    Resource { path, media: PMTILES, content, preparation: Preparation::OnRequest }
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
    /// The bytes of the file; `snapshot` is the one that lists it. Of `today` they depend on the month alone.
    ///
    /// # Errors
    ///
    /// If a workbook cannot hold the places, or a calendar their dates.
    pub fn bytes(&self, snapshot: &Snapshot, today: NaiveDate) -> Result<Vec<u8>, FormatError> {
        match &self.content {
            ResourceContent::AllPlaces => Ok(snapshot.encoded().whole().to_vec()),
            ResourceContent::Places(filter) => Ok(geojson::collection(snapshot, &snapshot.matching(filter))),
            ResourceContent::Written(filter, format) => {
                let places = snapshot.select(filter);
                format.write(snapshot, places.into_iter(), CoordinateSystem::Crs84)
            }
            ResourceContent::Calendar(scope) => calendar(snapshot, scope, today).map_err(FormatError::Calendar),
            ResourceContent::Municipal(file) => file.bytes(snapshot, today, MunicipalEncoding::Utf8),
            ResourceContent::Tiles => tiles::archive(snapshot, &Filter::default())
                .map_err(|error| FormatError::Tiles { reason: error.to_string() }),
            ResourceContent::Generated(generate) => Ok(generate(snapshot)),
        }
    }
}
