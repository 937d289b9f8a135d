//! GeoJSON (RFC 7946) and JSON of a snapshot: a header, slices of the encoded features, a footer.
//!
//! Places are encoded once, by [`index::encoded`](crate::index::encoded), and never here. Positions are OGC:CRS84, longitude
//! first. This module does no I/O.

mod geometry;
mod land;

pub use land::land;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::index::encoded::{FEATURE_END, FOOTER, HEADER, SEPARATOR, decimals};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::{PlaceRanges, Snapshot};
use crate::model::{Area, Category, City, District, Language, Metres, Translated};

/// A link of a response (OGC API – Features).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectionLink {
    /// The URL of the target.
    pub href: String,
    /// The link relation: `self`, `next`, `prev`, `collection`.
    pub rel: &'static str,
    /// The media type of the target.
    #[serde(rename = "type")]
    pub media: &'static str,
}

/// One page of a list (pagination).
#[derive(Debug, Clone)]
pub struct CollectionPage {
    /// The number of places on this page (`numberReturned`).
    pub returned: usize,
    /// The number of places in the whole list (`numberMatched`).
    pub matched: usize,
    /// How many more may match, if the filter has conditions that are not known of every place (`numberUnknown`).
    pub unknown: Option<usize>,
    /// How many would match but for dates that cannot be read, if dates are required (`numberWithoutDates`).
    pub without_dates: Option<usize>,
    /// When it was written (`timeStamp`).
    pub written_at: DateTime<Utc>,
    /// Links to this page, the next and the previous.
    pub links: Vec<CollectionLink>,
}

/// The `FeatureCollection` of these places.
pub fn collection(snapshot: &Snapshot, places: &PlaceRanges) -> Vec<u8> {
    framed(snapshot, HEADER, places)
}

/// What comes before the first feature of one page: the total count and links to its neighbours. The features follow as in
/// every `FeatureCollection`.
pub fn page_header(page: &CollectionPage) -> Vec<u8> {
    let header = format!(
        "{{\"type\":\"FeatureCollection\",\"numberMatched\":{},\"numberReturned\":{},{}{}\"timeStamp\":\"{}\",\"links\":{},\"features\":[\n",
        page.matched,
        page.returned,
        page.unknown.map(|n| format!("\"numberUnknown\":{n},")).unwrap_or_default(),
        page.without_dates.map(|n| format!("\"numberWithoutDates\":{n},")).unwrap_or_default(),
        page.written_at.to_rfc3339_opts(SecondsFormat::Micros, true),
        json!(page.links)
    );
    header.into_bytes()
}

/// One place as a `Feature` with links.
///
/// # Panics
///
/// If there is no such place.
pub fn feature(snapshot: &Snapshot, place: usize, crs: CoordinateSystem, links: &[CollectionLink]) -> Vec<u8> {
    let mut out = Vec::new();
    put_feature(&mut out, snapshot, place, crs);
    push_links(&mut out, links);
    out
}

/// A feature that ends with its last brace, with links and the end of the line.
fn push_links(out: &mut Vec<u8>, links: &[CollectionLink]) {
    out.pop();
    out.extend_from_slice(format!(",\"links\":{}}}\n", json!(links)).as_bytes());
}

/// One encoded feature, with its point in another coordinate reference system where that is not the default.
pub(super) fn put_feature(out: &mut Vec<u8>, snapshot: &Snapshot, place: usize, crs: CoordinateSystem) {
    let encoded = snapshot.encoded();
    let site = snapshot.places[place].place.facts.site.filter(|_| crs != CoordinateSystem::Crs84);
    match site {
        None => out.extend_from_slice(encoded.feature(place)),
        Some(site) => encoded.put_at(out, place, crs.coordinates(site.position)),
    }
}

/// The `FeatureCollection` of these places in this order, each with its `distance_m` in metres, rounded to 0.1 m.
///
/// # Panics
///
/// If one of the places does not exist.
pub fn nearest(snapshot: &Snapshot, hits: &[(usize, Metres)]) -> Vec<u8> {
    let encoded = snapshot.encoded();
    let features: usize = hits.iter().map(|&(place, _)| encoded.feature(place).len() + 32).sum();
    let mut out = Vec::with_capacity(HEADER.len() + features + FOOTER.len());
    out.extend_from_slice(HEADER);
    for (rank, &(place, distance)) in hits.iter().enumerate() {
        if rank > 0 {
            out.extend_from_slice(SEPARATOR);
        }
        let feature = encoded.feature(place);
        out.extend_from_slice(&feature[..feature.len() - FEATURE_END.len()]);
        write_distance(&mut out, distance);
        out.extend_from_slice(FEATURE_END);
    }
    out.extend_from_slice(FOOTER);
    out
}

/// The districts as a `FeatureCollection`: outline, name, number of places and label point.
pub fn districts(snapshot: &Snapshot) -> Vec<u8> {
    let all: Vec<usize> = (0..snapshot.districts.all().len()).collect();
    districts_in(snapshot, &all, CoordinateSystem::Crs84, HEADER)
}

/// One district, given by its row, as a `Feature` with links.
///
/// # Panics
///
/// If there is no such district.
pub fn district(snapshot: &Snapshot, row: usize, crs: CoordinateSystem, links: &[CollectionLink]) -> Vec<u8> {
    let mut out = district_feature(snapshot, &snapshot.districts.all()[row], crs).into_bytes();
    push_links(&mut out, links);
    out
}

/// The `FeatureCollection` of the districts with these rows, in this order, behind `header`.
///
/// # Panics
///
/// If one of the districts does not exist.
pub fn districts_in(snapshot: &Snapshot, rows: &[usize], crs: CoordinateSystem, header: &[u8]) -> Vec<u8> {
    let mut out = header.to_vec();
    for (rank, &row) in rows.iter().enumerate() {
        if rank > 0 {
            out.extend_from_slice(SEPARATOR);
        }
        out.extend_from_slice(district_feature(snapshot, &snapshot.districts.all()[row], crs).as_bytes());
    }
    out.extend_from_slice(FOOTER);
    out
}

/// Districts that no snapshot has yet, as a file for `import districts`: code, name, outline, and whether it is a sketch (概形).
pub fn outlines(districts: &[District]) -> Vec<u8> {
    let feature = |district: &District| {
        let geometry = district.boundary.as_ref().map_or_else(|| "null".to_owned(), geometry::geometry);
        let is_sketch = district.boundary.as_ref().is_some_and(Area::is_sketch);
        let note = if is_sketch { ",\"sketch\":true" } else { "" };
        let (id, name) = (json!(district.id), json!(district.name));
        format!("{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{\"id\":{id},\"name\":{name}{note}}}}}")
    };
    let features: Vec<String> = districts.iter().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n")).into_bytes()
}

/// The outline of a municipality as a `FeatureCollection`, with its code and name in the properties of 国土数値情報 (N03), by which
/// `import` recognises it.
pub fn municipality(area: &Area, city: &City) -> Vec<u8> {
    let code = city.code.get(..5).unwrap_or(&city.code);
    let properties = json!({ "N03_001": city.prefecture, "N03_004": city.name, "N03_007": code, "name": city.name });
    let feature =
        format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{}}}", geometry::geometry(area));
    [HEADER, feature.as_bytes(), FOOTER].concat()
}

/// The categories in display order, with the number of places in all and by district.
pub fn categories(snapshot: &Snapshot) -> Vec<u8> {
    let categories: Vec<Value> = snapshot.categories.all().iter().map(|it| category_object(snapshot, it)).collect();
    let mut out = json!({ "places": snapshot.places.len(), "categories": categories }).to_string().into_bytes();
    out.push(b'\n');
    out
}

/// Frames ranges of encoded features with `header` and the footer.
fn framed(snapshot: &Snapshot, header: &[u8], places: &PlaceRanges) -> Vec<u8> {
    let encoded = snapshot.encoded();
    let features: usize = places.ranges().iter().map(|run| encoded.span(run.clone()).len() + SEPARATOR.len()).sum();
    let mut out = Vec::with_capacity(header.len() + features + FOOTER.len());
    out.extend_from_slice(header);
    for (rank, run) in places.ranges().iter().enumerate() {
        if rank > 0 {
            out.extend_from_slice(SEPARATOR);
        }
        out.extend_from_slice(encoded.features(run.clone()));
    }
    out.extend_from_slice(FOOTER);
    out
}

/// Appends the member `distance_m`, in metres with one decimal.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half the Earth's girth is 2e8 decimetres")]
fn write_distance(out: &mut Vec<u8>, distance: Metres) {
    use std::io::Write as _;
    let decimetres = (distance.0 * 10.0).round() as u64;
    write!(out, ",\"distance_m\":{}.{}", decimetres / 10, decimetres % 10).expect("a Vec takes every byte");
}

/// A district as a `Feature`.
fn district_feature(snapshot: &Snapshot, district: &District, crs: CoordinateSystem) -> String {
    let drawn = district.drawn();
    let geometry = drawn.map_or_else(|| "null".to_owned(), |area| geometry::geometry_in(area, crs));
    let label = district
        .centre
        .map_or_else(String::new, |at| format!(",\"label\":[{},{}]", decimals(at.lon()), decimals(at.lat())));
    let former_town = district.former_town.as_ref().map(|it| format!(",\"former_town\":{}", json!(it)));
    // Drawn from points (概形).
    let sketch = if drawn.is_some_and(Area::is_sketch) { ",\"sketch\":true" } else { "" };
    format!(
        "{{\"type\":\"Feature\",\"id\":{},\"geometry\":{geometry},\"properties\":{{\"name\":{}{}{sketch},\"places\":{}{label}}}}}",
        json!(district.id),
        json!(district.name),
        former_town.unwrap_or_default(),
        snapshot.count(None, Some(&district.id)),
    )
}

/// A category as a JSON object, without empty members.
fn category_object(snapshot: &Snapshot, category: &Category) -> Value {
    let mut members = Map::from_iter([("id".to_owned(), json!(category.id))]);
    members.extend(by_language("name", &category.name));
    members.extend(by_language("group", &category.group));
    let other = json!({
        "color": category.color,
        "icon": category.icon,
        "private_persons": category.private_persons,
        "office": category.office,
        "office_phone": category.office_phone,
        "places": snapshot.count(Some(&category.id), None),
        "places_by_district": counts_by_district(snapshot, category),
    });
    members.extend(other.as_object().cloned().unwrap_or_default());
    members.retain(|_, value| !value.is_null() && value != "");
    Value::Object(members)
}

/// `name_ja`, `name_easy` …: the texts that are written, by key.
fn by_language(start: &str, texts: &Translated) -> impl Iterator<Item = (String, Value)> {
    let member =
        move |language: Language| Some((format!("{start}_{}", language.code()), json!(texts.written(language)?)));
    Language::ALL.into_iter().filter_map(member)
}

/// The number of places of a category by district, without zeros.
fn counts_by_district(snapshot: &Snapshot, category: &Category) -> Value {
    let districts = snapshot.districts.all().iter();
    let counts = districts.map(|it| (it.id.0.clone(), snapshot.count(Some(&category.id), Some(&it.id))));
    Value::Object(counts.filter(|&(_, count)| count > 0).map(|(id, count)| (id, json!(count))).collect())
}
