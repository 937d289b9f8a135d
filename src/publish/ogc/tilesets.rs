//! Sets of tiles, their limits and their matrices (OGC API – Tiles, Two Dimensional Tile Matrix Set), and TileJSON 3. This module does no
//! I/O.

use serde_json::{Value, json};

use super::{HTML, ServedCollection, ServiceAddress};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::expression::FilterExpression;
use crate::index::{Filter, Snapshot};
use crate::model::Language;
use crate::publish::messages::page_messages;
use crate::publish::resources::JSON;
use crate::publish::tiles::{MAX_ZOOM, MVT, TileContent, TileRange, bounds, vector_layers};

/// The name of the one tile matrix set.
pub const TILE_MATRIX_SET: &str = "WebMercatorQuad";
/// The relation to sets of vector tiles.
pub(super) const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
/// The relation to the tile matrix sets.
pub(super) const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
/// The relation to one tile matrix set.
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
const TILE_MATRIX_SET_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";

/// Half the side of the square of Web Mercator, in metres.
const EDGE_M: f64 = 20_037_508.342_789_244;
/// Pixels along the side of a tile, as the definition of the tile matrix set has them.
const TILE_PIXELS: u32 = 256;
/// The side of a pixel by which scales are defined, in metres.
const PIXEL_M: f64 = 0.000_28;

/// A set of tiles: of one collection, or of all data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedTileset(pub Option<ServedCollection>);

impl ServedTileset {
    /// The path of the sets of tiles of these data.
    pub fn path(&self) -> String {
        self.0.as_ref().map_or_else(|| "/tiles".to_owned(), |it| format!("/collections/{}/tiles", it.id()))
    }

    /// What its tiles show; `filter` applies to places, `condition` to districts of their own collection.
    pub fn content(&self, filter: Filter, condition: Option<FilterExpression>) -> TileContent {
        match &self.0 {
            None => TileContent::of_all(filter),
            Some(ServedCollection::Districts) => TileContent {
                places: None,
                districts: Some(("districts".to_owned(), condition)),
                ..TileContent::default()
            },
            Some(collection) => TileContent {
                places: Some((collection.id().to_owned(), filter)),
                districts: None,
                ..TileContent::default()
            },
        }
    }

    fn title(&self, snapshot: &Snapshot) -> String {
        match &self.0 {
            Some(collection) => collection.title(snapshot, Language::Ja),
            None => page_messages(Language::Ja).text("service.all").to_owned(),
        }
    }

    fn bounds(&self, snapshot: &Snapshot) -> Option<[f64; 4]> {
        self.0.as_ref().map_or_else(|| bounds(snapshot), |it| it.bounds(snapshot))
    }

    fn tiles(&self) -> String {
        format!("{}/{TILE_MATRIX_SET}", self.path())
    }
}

/// The list of sets of tiles: there is one, in the one tile matrix set.
pub fn tilesets_document(snapshot: &Snapshot, service: &ServiceAddress, tileset: &ServedTileset) -> Value {
    let own = tileset.path();
    let one = json!({
        "title": tileset.title(snapshot),
        "dataType": "vector",
        "crs": CoordinateSystem::Epsg3857.uri(),
        "tileMatrixSetURI": TILE_MATRIX_SET_URI,
        "links": [
            service.link("self", JSON, &tileset.tiles()),
            service.link(TILING_SCHEME, JSON, &format!("/tileMatrixSets/{TILE_MATRIX_SET}")),
        ],
    });
    json!({
        "links": [service.link("self", JSON, &own), service.link("alternate", HTML, &format!("{own}?f=html"))],
        "tilesets": [one],
    })
}

/// A set of tiles with its limits and layers.
pub fn tileset_document(snapshot: &Snapshot, service: &ServiceAddress, tileset: &ServedTileset) -> Value {
    let own = tileset.tiles();
    let mut item = json!(service.link("item", MVT, &format!("{own}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}")));
    item["templated"] = json!(true);
    let mut links: Vec<Value> = vec![item];
    let others = [
        service.link("self", JSON, &own),
        service.link("alternate", JSON, &format!("{own}?f=tilejson")),
        service.link("alternate", HTML, &format!("{own}?f=html")),
        service.link(TILING_SCHEME, JSON, &format!("/tileMatrixSets/{TILE_MATRIX_SET}")),
    ];
    links.extend(others.into_iter().chain(service.licence_link()).map(|link| json!(link)));
    let content = tileset.content(Filter::default(), None);
    let layers: Vec<Value> = vector_layers(&content).iter().map(layer).collect();
    let mut document = json!({
        "title": tileset.title(snapshot),
        "dataType": "vector",
        "crs": CoordinateSystem::Epsg3857.uri(),
        "tileMatrixSetURI": TILE_MATRIX_SET_URI,
        "layers": layers,
        "links": links,
    });
    if let Some([west, south, east, north]) = tileset.bounds(snapshot) {
        let crs = CoordinateSystem::Crs84.uri();
        document["boundingBox"] = json!({ "lowerLeft": [west, south], "upperRight": [east, north], "crs": crs });
        let limits = (0..=MAX_ZOOM).filter_map(|zoom| TileRange::around([west, south, east, north], zoom));
        document["tileMatrixSetLimits"] = limits.map(limits_of).collect();
    }
    document
}

fn layer(layer: &Value) -> Value {
    let kind = |kind: &Value| json!({ "type": if kind == "Number" { "number" } else { "string" } });
    let fields = layer["fields"].as_object().into_iter().flatten();
    let properties: serde_json::Map<String, Value> = fields.map(|(name, it)| (name.clone(), kind(it))).collect();
    let is_outline = properties.contains_key("places");
    json!({
        "id": layer["id"],
        "dataType": "vector",
        "geometryDimension": if is_outline { 2 } else { 0 },
        "minTileMatrix": "0",
        "maxTileMatrix": MAX_ZOOM.to_string(),
        "propertiesSchema": { "type": "object", "properties": properties },
    })
}

fn limits_of(range: TileRange) -> Value {
    json!({
        "tileMatrix": range.zoom.to_string(),
        "minTileRow": range.rows[0],
        "maxTileRow": range.rows[1],
        "minTileCol": range.columns[0],
        "maxTileCol": range.columns[1],
    })
}

/// The same for clients that read TileJSON.
pub fn tile_json(snapshot: &Snapshot, service: &ServiceAddress, tileset: &ServedTileset) -> Value {
    let content = tileset.content(Filter::default(), None);
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": tileset.title(snapshot),
        "tiles": [format!("{}{}/{{z}}/{{y}}/{{x}}", service.base, tileset.tiles())],
        "vector_layers": vector_layers(&content),
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "scheme": "xyz",
    });
    if let Some(bounds) = tileset.bounds(snapshot) {
        document["bounds"] = json!(bounds);
    }
    if let Some(licence) = &snapshot.city.licence {
        document["attribution"] = json!(licence);
    }
    document
}

/// The list of tile matrix sets.
pub fn matrix_sets_document(service: &ServiceAddress) -> Value {
    let own = service.link("self", JSON, &format!("/tileMatrixSets/{TILE_MATRIX_SET}"));
    json!({
        "tileMatrixSets": [{ "id": TILE_MATRIX_SET, "title": TILE_MATRIX_SET, "uri": TILE_MATRIX_SET_URI, "links": [own] }],
    })
}

/// The tile matrix set, as far as there are tiles.
pub fn matrix_set_document() -> Value {
    let matrix = |zoom: u8| {
        let tiles = 1_u32 << zoom;
        let cell = 2.0 * EDGE_M / f64::from(TILE_PIXELS) / f64::from(tiles);
        json!({
            "id": zoom.to_string(),
            "scaleDenominator": cell / PIXEL_M,
            "cellSize": cell,
            "cornerOfOrigin": "topLeft",
            "pointOfOrigin": [-EDGE_M, EDGE_M],
            "tileWidth": TILE_PIXELS,
            "tileHeight": TILE_PIXELS,
            "matrixWidth": tiles,
            "matrixHeight": tiles,
        })
    };
    json!({
        "id": TILE_MATRIX_SET,
        "title": "Google Maps Compatible for the World",
        "uri": TILE_MATRIX_SET_URI,
        "crs": CoordinateSystem::Epsg3857.uri(),
        "orderedAxes": ["E", "N"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": (0..=MAX_ZOOM).map(matrix).collect::<Vec<_>>(),
    })
}
