//! The schemas of what the routes answer with. This module does no I/O.

use serde_json::{Value, json};

/// The statuses of problems that any route may answer with.
pub(super) const PROBLEM_STATUSES: [&str; 10] =
    ["400", "404", "405", "408", "410", "413", "414", "416", "431", "default"];

/// The one response for all problems (RFC 9457).
pub(super) fn problems() -> Value {
    let schema = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
    json!({ "Problem": { "description": "RFC 9457", "content": { "application/problem+json": schema } } })
}

/// The components.
pub(super) fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    let list = |of: &str| json!({ "type": "array", "items": { "$ref": format!("#/components/schemas/{of}") } });
    json!({
        "Document": { "type": "object" },
        "Link": object(&["href", "rel"], &json!({ "href": text(), "rel": text(), "type": text() })),
        "LandingPage": object(&["links"], &json!({ "title": text(), "description": text(), "links": list("Link") })),
        "Conformance": object(&["conformsTo"], &json!({ "conformsTo": { "type": "array", "items": text() } })),
        "Collections": object(
            &["links", "collections"],
            &json!({ "links": list("Link"), "collections": list("Collection") })
        ),
        "Collection": object(&["id", "links"], &collection_members()),
        "FeatureCollection": object(&["type", "features"], &json!({
            "type": { "type": "string", "enum": ["FeatureCollection"] },
            "features": list("Feature"),
            "links": list("Link"),
            "timeStamp": { "type": "string", "format": "date-time" },
            "numberMatched": count(),
            "numberReturned": count(),
        })),
        "Feature": object(&["type", "geometry", "properties"], &json!({
            "type": { "type": "string", "enum": ["Feature"] },
            "id": text(),
            "geometry": { "type": "object", "nullable": true },
            "properties": { "type": "object", "nullable": true },
            "links": list("Link"),
        })),
        "Problem": object(&["type", "title", "status", "detail"], &json!({
            "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(), "parameter": text(),
        })),
    })
}

fn object(required: &[&str], properties: &Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn collection_members() -> Value {
    let text = || json!({ "type": "string" });
    let bbox = json!({ "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } });
    let bboxes = json!({ "type": "array", "minItems": 1, "items": bbox });
    json!({
        "id": text(),
        "title": text(),
        "description": text(),
        "links": { "type": "array", "items": { "$ref": "#/components/schemas/Link" } },
        "itemType": text(),
        "crs": { "type": "array", "items": text() },
        "storageCrs": text(),
        "extent": { "type": "object", "properties": { "spatial": { "type": "object", "properties": { "bbox": bboxes } } } },
    })
}
