//! What can be required of a collection's features, as a JSON Schema (2020-12); the same types for OpenAPI. This module does no I/O.

use serde_json::{Map, Value, json};

use super::{ServedCollection, ServiceAddress};
use crate::index::Snapshot;
use crate::index::filter::queryables::{FilterSubject, Queryable, QueryableType};
use crate::model::Language;

/// The queryables of a collection.
pub fn queryables_document(snapshot: &Snapshot, service: &ServiceAddress, collection: &ServedCollection) -> Value {
    let property =
        |it: &Queryable| (it.name.to_owned(), titled(it, property_schema(snapshot, collection.subject(), it)));
    let properties: Map<String, Value> = collection.subject().queryables().iter().map(property).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{}/collections/{}/queryables", service.base, collection.id()),
        "type": "object",
        "title": collection.title(snapshot, Language::Ja),
        "properties": properties,
        "additionalProperties": false,
    })
}

fn titled(queryable: &Queryable, mut schema: Value) -> Value {
    let (japanese, english) = (queryable.title.text(Language::Ja), queryable.title.text(Language::En));
    schema["title"] = json!(format!("{japanese} / {english}"));
    schema
}

/// The values that a feature may have.
fn property_schema(snapshot: &Snapshot, subject: FilterSubject, queryable: &Queryable) -> Value {
    match queryable.value_type() {
        QueryableType::TextList => json!({ "type": "array", "items": value_schema(snapshot, queryable) }),
        QueryableType::Geometry if subject == FilterSubject::District => {
            json!({ "$ref": "https://geojson.org/schema/MultiPolygon.json", "format": "geometry-multipolygon" })
        }
        QueryableType::Geometry => {
            json!({ "$ref": "https://geojson.org/schema/Point.json", "format": "geometry-point" })
        }
        _ => value_schema(snapshot, queryable),
    }
}

/// The values that it can be compared with.
pub(super) fn value_schema(snapshot: &Snapshot, queryable: &Queryable) -> Value {
    let mut schema = match queryable.value_type() {
        QueryableType::Flag => json!({ "type": "boolean" }),
        QueryableType::Day => json!({ "type": "string", "format": "date" }),
        QueryableType::Text | QueryableType::TextList | QueryableType::Geometry => json!({ "type": "string" }),
    };
    if let Some(codes) = queryable.codes(snapshot).filter(|codes| !codes.is_empty()) {
        schema["enum"] = json!(codes);
    }
    schema
}
