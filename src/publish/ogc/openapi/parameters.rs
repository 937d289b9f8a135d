//! The parameters of the document, each with its schema. This module does no I/O.

use serde_json::{Value, json};

use super::{DocumentedPath, TEXTS, both};
use crate::index::Snapshot;
use crate::index::filter::conditions::{DayPart, PlaceFact, WEEKDAYS};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::expression::{ExpressionLanguage, MAX_BYTES};
use crate::index::filter::parameters::{MAX_QUERY, named_queryables};
use crate::index::filter::queryables::{FilterSubject, QueryableType};
use crate::model::Language;
use crate::publish::file_format::FileFormat;
use crate::publish::messages::offered_languages;
use crate::publish::ogc::schema::value_schema;
use crate::publish::tiles::MAX_ZOOM;

/// Values of `when` that are no day of the week and no part of the day.
const OTHER_TIMES: [&str; 5] = ["weekday", "weekend", "today", "tomorrow", "week"];

/// A parameter in the path.
pub(super) fn path_parameter(snapshot: &Snapshot, name: &str, of: &DocumentedPath<'_>) -> Value {
    let codes: Vec<String> = match name {
        "collection" => of.collections.clone(),
        "category" => snapshot.categories.all().iter().map(|it| it.id.0.clone()).collect(),
        "district" => snapshot.districts.all().iter().map(|it| it.id.0.clone()).collect(),
        _ => Vec::new(),
    };
    let number = |most: u32| json!({ "type": "integer", "minimum": 0, "maximum": most });
    let schema = match name {
        "z" => number(u32::from(MAX_ZOOM)),
        "y" | "x" => number((1 << MAX_ZOOM) - 1),
        _ if codes.is_empty() => json!({ "type": "string" }),
        _ => json!({ "type": "string", "enum": codes }),
    };
    described(json!({ "name": name, "in": "path", "required": true, "schema": schema }), name)
}

/// A parameter in the query.
pub(super) fn query_parameter(snapshot: &Snapshot, name: &str, of: &DocumentedPath<'_>) -> Value {
    let schema = schema(snapshot, name, of);
    let is_list = schema["type"] == "array";
    let is_required = matches!(name, "lon" | "lat");
    let mut parameter = json!({ "name": name, "in": "query", "required": is_required, "schema": schema });
    if is_list {
        parameter["style"] = json!("form");
        parameter["explode"] = json!(false);
    }
    described(parameter, name)
}

fn described(mut parameter: Value, name: &str) -> Value {
    let own = TEXTS.parameters.get(name).map(both);
    let queryable = || FilterSubject::Place.queryable(name).or_else(|| FilterSubject::District.queryable(name));
    if let Some(text) = own.or_else(|| queryable().map(|it| both(&it.title))) {
        parameter["description"] = json!(text);
    }
    parameter
}

fn schema(snapshot: &Snapshot, name: &str, of: &DocumentedPath<'_>) -> Value {
    let code = |codes: Vec<&str>| json!({ "type": "string", "enum": codes });
    let codes = |items: Value| json!({ "type": "array", "items": items });
    let systems = || code(CoordinateSystem::ALL.map(CoordinateSystem::uri).to_vec());
    match name {
        "limit" => limit(of.route),
        "offset" => json!({ "type": "integer", "minimum": 0, "default": 0 }),
        "lon" => json!({ "type": "number", "minimum": -180, "maximum": 180 }),
        "lat" => json!({ "type": "number", "minimum": -90, "maximum": 90 }),
        "f" => code(formats(of)),
        "lang" => code(offered_languages().map(Language::code).collect()),
        "crs" | "bbox-crs" | "filter-crs" => systems(),
        "filter-lang" => code(ExpressionLanguage::ALL.map(|(name, _)| name).to_vec()),
        "filter" => json!({ "type": "string", "minLength": 1, "maxLength": MAX_BYTES }),
        "bbox" => bbox(),
        "q" => json!({ "type": "string", "maxLength": MAX_QUERY }),
        "version" => json!({ "type": "string", "pattern": "^[0-9a-f]+$" }),
        "when" => {
            let days = WEEKDAYS.iter().map(|(code, _)| *code).chain(DayPart::ALL.map(DayPart::code));
            codes(code(days.chain(OTHER_TIMES).collect()))
        }
        "fact" => codes(code(PlaceFact::all().map(PlaceFact::code).collect())),
        "sortby" => codes(json!({ "type": "string", "enum": sort_keys(of.subject) })),
        "category" | "district" => codes(named_schema(snapshot, FilterSubject::Place, name)),
        "town" => codes(json!({ "type": "string" })),
        _ => named_schema(snapshot, of.subject, name),
    }
}

fn limit(route: &str) -> Value {
    let (most, usual) = if route == "/nearest" { (1_000, 10) } else { (10_000, 100) };
    json!({ "type": "integer", "minimum": 1, "maximum": most, "default": usual })
}

fn bbox() -> Value {
    let count = |count: usize| json!({ "minItems": count, "maxItems": count });
    json!({ "type": "array", "oneOf": [count(4), count(6)], "items": { "type": "number" } })
}

/// The values of `f`.
fn formats(of: &DocumentedPath<'_>) -> Vec<&'static str> {
    let of_places = of.route == "/collections/{collection}/items" && of.subject == FilterSubject::Place;
    let files = FileFormat::downloads().filter(|_| of_places);
    let is_tileset = of.route.ends_with("/tiles/WebMercatorQuad");
    let others = is_tileset.then_some("tilejson");
    ["json", "html"].into_iter().chain(files.map(FileFormat::name)).chain(others).collect()
}

/// Each name by which one can sort, in both directions.
fn sort_keys(subject: FilterSubject) -> Vec<String> {
    let sortable = subject.queryables().iter().filter(|it| it.value_type() != QueryableType::Geometry);
    sortable.flat_map(|it| [it.name.to_owned(), format!("-{}", it.name)]).collect()
}

fn named_schema(snapshot: &Snapshot, subject: FilterSubject, name: &str) -> Value {
    let queryable = named_queryables(subject).find(|it| it.name == name).or_else(|| subject.queryable(name));
    queryable.map_or_else(|| json!({ "type": "string" }), |it| value_schema(snapshot, it))
}
