//! What is known of a route besides its path: its parameters and what it answers with. This module does no I/O.

use serde_json::{Value, json};

use crate::index::filter::queryables::FilterSubject;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::ogc::{
    DOCUMENT_PARAMETERS, FEATURE_PARAMETERS, HTML, OPENAPI, SCHEMA, item_parameters, tile_parameters,
};
use crate::publish::resources::{GEOJSON, JSON};
use crate::publish::tiles::{MVT, PMTILES};

/// The route of a tile.
pub(super) const TILE: &str = "/tiles/WebMercatorQuad/{z}/{y}/{x}";
/// The route of a tile of a collection.
pub(super) const TILE_OF_COLLECTION: &str = "/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}";

/// A media type in which a route answers.
pub(super) struct RouteAnswer {
    media: &'static str,
    /// The schema of the components; `None` for bytes.
    schema: Option<&'static str>,
}

impl RouteAnswer {
    /// The entry of `content`.
    pub(super) fn content(&self) -> (String, Value) {
        let media = self.media.split(';').next().unwrap_or_default();
        let schema = match self.schema {
            Some(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
            None if media.starts_with("text/") => json!({ "type": "string" }),
            None => json!({ "type": "string", "format": "binary" }),
        };
        // The version of OpenAPI is a part of its type.
        let name = if self.media == OPENAPI { OPENAPI } else { media };
        (name.to_owned(), json!({ "schema": schema }))
    }
}

/// The parameters of a route, in its query.
pub(super) fn query_names(route: &str, subject: FilterSubject) -> &'static [&'static str] {
    match route {
        "/"
        | "/conformance"
        | "/api"
        | "/collections"
        | "/collections/{collection}"
        | "/collections/{collection}/queryables"
        | "/collections/{collection}/tiles"
        | "/collections/{collection}/tiles/WebMercatorQuad"
        | "/tileMatrixSets"
        | "/tileMatrixSets/WebMercatorQuad"
        | "/tiles"
        | "/tiles/WebMercatorQuad" => DOCUMENT_PARAMETERS,
        TILE | TILE_OF_COLLECTION => tile_parameters(subject),
        "/api.html" => &["lang"],
        "/collections/{collection}/items" => item_parameters(subject),
        "/collections/{collection}/items/{id}" => FEATURE_PARAMETERS,
        "/nearest" => &["lon", "lat", "category", "limit"],
        _ => &[],
    }
}

/// The media types of a route; none where they are not known.
pub(super) fn answers(route: &str, subject: FilterSubject) -> Vec<RouteAnswer> {
    let of = |media, schema| RouteAnswer { media, schema: Some(schema) };
    let bytes = |media| RouteAnswer { media, schema: None };
    let with_page = |data| vec![data, bytes(HTML)];
    match route {
        "/" => with_page(of(JSON, "LandingPage")),
        "/conformance" => with_page(of(JSON, "Conformance")),
        "/api" => with_page(of(OPENAPI, "Document")),
        "/api.html" => vec![bytes(HTML)],
        "/collections" => with_page(of(JSON, "Collections")),
        "/collections/{collection}" => with_page(of(JSON, "Collection")),
        "/collections/{collection}/queryables" => with_page(of(SCHEMA, "Document")),
        "/collections/{collection}/items" if subject == FilterSubject::Place => {
            let files = FileFormat::downloads().map(|format| bytes(format.media()));
            with_page(of(GEOJSON, "FeatureCollection")).into_iter().chain(files).collect()
        }
        "/collections/{collection}/items" => with_page(of(GEOJSON, "FeatureCollection")),
        "/collections/{collection}/items/{id}" => with_page(of(GEOJSON, "Feature")),
        "/tileMatrixSets"
        | "/tileMatrixSets/WebMercatorQuad"
        | "/tiles"
        | "/tiles/WebMercatorQuad"
        | "/collections/{collection}/tiles"
        | "/collections/{collection}/tiles/WebMercatorQuad" => with_page(of(JSON, "Document")),
        TILE | TILE_OF_COLLECTION => vec![bytes(MVT)],
        "/places.pmtiles" => vec![bytes(PMTILES)],
        "/nearest" => vec![of(GEOJSON, "FeatureCollection")],
        "/categories.json" => vec![of(JSON, "Document")],
        _ => match FileFormat::of_file(route) {
            Some((_, FileFormat::Places(PlaceFormat::Geojson))) => vec![of(GEOJSON, "FeatureCollection")],
            Some((_, format)) => vec![bytes(format.media())],
            None => Vec::new(),
        },
    }
}
