//! The collections, as they describe themselves. This module does no I/O.

use serde_json::{Value, json};

use super::tilesets::TILESETS;
use super::{HTML, SCHEMA, ServedCollection, ServiceAddress};
use crate::index::Snapshot;
use crate::index::filter::crs::CoordinateSystem;
use crate::model::Language;
use crate::publish::file_format::FileFormat;
use crate::publish::geojson::CollectionLink;
use crate::publish::resources::{GEOJSON, JSON};

/// The relation of a collection to its queryables.
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

/// All collections.
pub fn collections_document(snapshot: &Snapshot, service: &ServiceAddress) -> Value {
    let mut links =
        vec![service.link("self", JSON, "/collections"), service.link("alternate", HTML, "/collections?f=html")];
    links.extend(service.licence_link());
    let collections: Vec<Value> =
        ServedCollection::all(snapshot).iter().map(|it| collection_document(snapshot, service, it)).collect();
    json!({ "links": links, "collections": collections })
}

/// One collection.
pub fn collection_document(snapshot: &Snapshot, service: &ServiceAddress, collection: &ServedCollection) -> Value {
    let (japanese, english) = (collection.title(snapshot, Language::Ja), collection.title(snapshot, Language::En));
    let mut document = json!({
        "id": collection.id(),
        "title": japanese,
        "description": format!("{japanese} / {english}"),
        "links": collection_links(service, collection),
        "itemType": "feature",
        "crs": CoordinateSystem::ALL.map(CoordinateSystem::uri),
        "storageCrs": CoordinateSystem::Crs84.uri(),
    });
    if let Some(bounds) = collection.bounds(snapshot) {
        document["extent"] = json!({ "spatial": { "bbox": [bounds], "crs": CoordinateSystem::Crs84.uri() } });
    }
    document
}

fn collection_links(service: &ServiceAddress, collection: &ServedCollection) -> Vec<CollectionLink> {
    let own = format!("/collections/{}", collection.id());
    let mut links = vec![
        service.link("self", JSON, &own),
        service.link("alternate", HTML, &format!("{own}?f=html")),
        service.link("items", GEOJSON, &format!("{own}/items")),
        service.link("items", HTML, &format!("{own}/items?f=html")),
    ];
    if *collection != ServedCollection::Districts {
        links.extend(
            FileFormat::downloads()
                .map(|it| service.link("items", it.media(), &format!("{own}/items?f={}", it.name()))),
        );
    }
    links.push(service.link(QUERYABLES, SCHEMA, &format!("{own}/queryables")));
    links.push(service.link(TILESETS, JSON, &format!("{own}/tiles")));
    links.extend(service.licence_link());
    links
}
