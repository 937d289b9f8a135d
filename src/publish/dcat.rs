//! The catalogue of the open data (DCAT 3, in the profile DCAT-AP, as JSON-LD): which datasets there are, in which files, under which
//! licence, and of whom. This module does no I/O.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::file_format::FileFormat;
use super::formats::PlaceFormat;
use super::licence::licence_address;
use super::messages::page_messages;
use super::municipal::{self, MunicipalFile};
use crate::index::Snapshot;
use crate::model::{City, Language};

/// The media type of the catalogue.
pub const JSON_LD: &str = "application/ld+json";
/// What stands in a path as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// Before a media type, its address.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// The catalogue of a snapshot. When the data was last changed is not in it: somebody may have changed what is hidden.
pub fn catalog(snapshot: &Snapshot) -> Vec<u8> {
    let city = &snapshot.city;
    let catalog = json!({
        "@context": context(),
        "@id": address(city, "dcat.jsonld"),
        "@type": "Catalog",
        "title": title(city, "dcat.catalog"),
        "description": title(city, "dcat.catalog"),
        "language": "http://publications.europa.eu/resource/authority/language/JPN",
        "publisher": publisher(city),
        "dataset": datasets(snapshot),
    });
    let mut bytes = catalog.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

/// What the names of the catalogue mean.
fn context() -> Value {
    let address = |name: &str| json!({ "@id": name, "@type": "@id" });
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "Catalog": "dcat:Catalog",
        "Dataset": "dcat:Dataset",
        "Distribution": "dcat:Distribution",
        "Organization": "foaf:Organization",
        "Location": "dct:Location",
        "ContactPoint": "vcard:Organization",
        "title": "dct:title",
        "description": "dct:description",
        "language": address("dct:language"),
        "publisher": "dct:publisher",
        "name": "foaf:name",
        "dataset": "dcat:dataset",
        "distribution": "dcat:distribution",
        "contactPoint": "dcat:contactPoint",
        "fn": "vcard:fn",
        "hasEmail": address("vcard:hasEmail"),
        "hasTelephone": address("vcard:hasTelephone"),
        "spatial": "dct:spatial",
        "prefLabel": "skos:prefLabel",
        "accessURL": address("dcat:accessURL"),
        "downloadURL": address("dcat:downloadURL"),
        "mediaType": address("dcat:mediaType"),
        "license": address("dct:license"),
        "rights": "dct:rights",
        "byteSize": { "@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger" },
    })
}

/// The datasets: places, districts, calendar, municipal lists, services.
fn datasets(snapshot: &Snapshot) -> Vec<Value> {
    let city = &snapshot.city;
    let download = |path: &str, media: &str, bytes: Option<usize>| {
        let mut written = distribution(city, path, media);
        written["downloadURL"] = address(city, path).into();
        if let Some(bytes) = bytes {
            written["byteSize"] = bytes.to_string().into();
        }
        written
    };
    let whole = snapshot.encoded().whole().len();
    let places = PlaceFormat::ALL.into_iter().map(|format| {
        // The features are in memory; anything else would have to be written to be measured.
        let bytes = (format == PlaceFormat::Geojson).then_some(whole);
        download(&format!("places.{}", format.ending()), format.media(), bytes)
    });
    let lists = MunicipalFile::ALL.into_iter();
    let lists = lists.map(|file| download(&format!("opendata/{}", file.name(city)), municipal::CSV, None));
    let calendar = download(&format!("places.{}", FileFormat::Calendar.ending()), FileFormat::Calendar.media(), None);
    [
        (["places", "dcat.places", "dcat.about_places"], places.collect()),
        (
            ["districts", "dcat.districts", "dcat.about_districts"],
            vec![download("districts.geojson", PlaceFormat::Geojson.media(), None)],
        ),
        (["calendar", "dcat.calendar", "dcat.about_calendar"], vec![calendar]),
        (["municipal", "dcat.municipal", "dcat.about_municipal"], lists.collect()),
        (
            ["services", "dcat.services", "dcat.about_services"],
            vec![distribution(city, "hsds/services", "application/json")],
        ),
    ]
    .into_iter()
    .map(|(names, distributions): ([&'static str; 3], Vec<Value>)| dataset(city, names, &distributions))
    .collect()
}

/// A dataset by its name in addresses and the keys of its title and description.
fn dataset(city: &City, [name, title_key, about]: [&'static str; 3], distributions: &[Value]) -> Value {
    let mut written = json!({
        "@id": format!("{}#{name}", address(city, "dcat.jsonld")),
        "@type": "Dataset",
        "title": title(city, title_key),
        "description": page_messages(Language::Ja).text(about),
        "publisher": publisher(city),
        "spatial": { "@type": "Location", "prefLabel": format!("{}{}", city.prefecture, city.name) },
        "distribution": distributions,
    });
    if let Some(contact) = contact_point(city) {
        written["contactPoint"] = contact;
    }
    written
}

/// A distribution with what all of them have.
fn distribution(city: &City, path: &str, media: &str) -> Value {
    let kind = media.split(';').next().unwrap_or_default();
    let mut written = json!({
        "@type": "Distribution",
        "title": path,
        "publisher": publisher(city),
        "accessURL": address(city, path),
        "mediaType": format!("{MEDIA_TYPES}{kind}"),
    });
    match city.licence.as_deref().map(|licence| (licence, licence_address(licence))) {
        Some((_, Some(address))) => written["license"] = address.into(),
        Some((words, None)) => written["rights"] = words.into(),
        None => {}
    }
    written
}

fn publisher(city: &City) -> Value {
    json!({ "@type": "Organization", "name": city.name })
}

fn contact_point(city: &City) -> Option<Value> {
    let mut contact = json!({ "@type": "ContactPoint", "fn": city.office });
    if let Some(email) = &city.office_email {
        contact["hasEmail"] = format!("mailto:{email}").into();
    }
    if let Some(phone) = &city.office_phone {
        contact["hasTelephone"] = format!("tel:{}", phone.replace(' ', "")).into();
    }
    (!city.office.is_empty()).then_some(contact)
}

fn title(city: &City, key: &'static str) -> String {
    let what = page_messages(Language::Ja).text(key);
    format!("{}{what}", city.name)
}

/// The address of a file: below `public_url`, else beside the catalogue, so that it holds wherever that lies.
fn address(city: &City, path: &str) -> String {
    match &city.public_url {
        Some(base) => format!("{}/{}", base.trim_end_matches('/'), encoded(path)),
        None => encoded(path),
    }
}

/// A path as an address.
fn encoded(path: &str) -> String {
    utf8_percent_encode(path, KEPT).to_string()
}
