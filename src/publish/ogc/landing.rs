//! The landing page as JSON, and the declaration of conformance. This module does no I/O.

use serde_json::{Value, json};

use super::tilesets::{TILESETS, TILING_SCHEMES};
use super::{HTML, OPENAPI, ServiceAddress};
use crate::index::Snapshot;
use crate::model::Language;
use crate::publish::geojson::CollectionLink;
use crate::publish::messages::page_messages;
use crate::publish::resources::JSON;

/// The conformance classes, by the specification they are of; the tests show each.
const CONFORMANCE: [(&str, &[&str]); 8] = [
    ("ogcapi-common-1/1.0", &["core", "landing-page", "json", "html", "oas30"]),
    ("ogcapi-common-2/1.0", &["collections"]),
    ("ogcapi-features-1/1.0", &["core", "geojson", "html", "oas30"]),
    ("ogcapi-features-2/1.0", &["crs"]),
    ("ogcapi-features-3/1.0", &["queryables", "queryables-query-parameters", "filter", "features-filter"]),
    (
        "ogcapi-tiles-1/1.0",
        &["core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt", "oas30"],
    ),
    ("tms/2.0", &["tilematrixset", "json-tilematrixset", "tilematrixsetlimits", "tilesetmetadata"]),
    (
        "cql2/1.0",
        &[
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
        ],
    ),
];

/// The links of the landing page, also as the `Link` header of the page for people.
pub fn landing_links(service: &ServiceAddress) -> Vec<CollectionLink> {
    let mut links = vec![
        service.link("self", JSON, "/?f=json"),
        service.link("alternate", HTML, "/"),
        service.link("service-desc", OPENAPI, "/api"),
        service.link("service-doc", HTML, "/api.html"),
        service.link("conformance", JSON, "/conformance"),
        service.link("data", JSON, "/collections"),
        service.link(TILESETS, JSON, "/tiles"),
        service.link(TILING_SCHEMES, JSON, "/tileMatrixSets"),
    ];
    links.extend(service.licence_link());
    links
}

/// The landing page.
pub fn landing_document(snapshot: &Snapshot, service: &ServiceAddress) -> Value {
    let messages = page_messages(Language::Ja);
    let title = messages.fill("site.title", &[("city", &snapshot.city.name)]);
    json!({
        "title": snapshot.city.words.fill(title.trim()),
        "description": messages.text("service.description"),
        "links": landing_links(service),
    })
}

/// What the service conforms to.
pub fn conformance_document() -> Value {
    let uri = |part: &str, class: &str| format!("http://www.opengis.net/spec/{part}/conf/{class}");
    let all = CONFORMANCE.iter().flat_map(|(part, classes)| classes.iter().map(move |class| uri(part, class)));
    json!({ "conformsTo": all.collect::<Vec<_>>() })
}
