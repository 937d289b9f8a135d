//! The OpenAPI 3.0 document, built from the table of routes and the table of queryables; its texts stand in `texts.toml`.
//!
//! A route that is added to the table is in the document at once: its parameters are those in its path, its media type is that of its
//! ending. What more is known of a route stands in `operations`. This module does no I/O.

mod operations;
mod parameters;
mod schemas;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use self::operations::{RouteAnswer, TILE, TILE_OF_COLLECTION, answers, query_names};
use self::parameters::{path_parameter, query_parameter};
use super::{ServedCollection, ServiceAddress};
use crate::index::Snapshot;
use crate::index::filter::queryables::FilterSubject;
use crate::model::{Language, Translated};
use crate::publish::messages::page_messages;

/// The texts of the document, by path and by parameter.
#[derive(Debug, serde::Deserialize)]
struct OpenApiTexts {
    paths: BTreeMap<String, Translated>,
    parameters: BTreeMap<String, Translated>,
}

static TEXTS: LazyLock<OpenApiTexts> =
    LazyLock::new(|| toml::from_str(include_str!("texts.toml")).expect("the table is our own"));

/// Both languages of a text, Japanese first.
fn both(text: &Translated) -> String {
    format!("{} / {}", text.text(Language::Ja), text.text(Language::En))
}

/// One path of the document: a route, or a route for some of its collections.
struct DocumentedPath<'a> {
    /// As the document writes it.
    path: String,
    /// As the table of routes writes it.
    route: &'a str,
    subject: FilterSubject,
    /// The collections that `{collection}` stands for.
    collections: Vec<String>,
}

/// The document for these paths of the table of routes.
pub fn openapi_document<'a>(
    snapshot: &Snapshot,
    service: &ServiceAddress,
    routes: impl Iterator<Item = &'a str>,
) -> Value {
    let mut paths = Map::new();
    for it in routes.flat_map(|route| documented(snapshot, route)) {
        let operation = operation(snapshot, &it);
        paths.insert(it.path, json!({ "get": operation }));
    }
    let messages = page_messages(Language::Ja);
    let title = messages.fill("site.title", &[("city", &snapshot.city.name)]);
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": snapshot.city.words.fill(title.trim()),
            "description": messages.text("service.description"),
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": if service.base.is_empty() { "/" } else { &service.base } }],
        "paths": paths,
        "components": { "schemas": schemas::schemas(), "responses": schemas::problems() },
    })
}

/// Districts have parameters of their own, so that a route of all collections is parted.
fn documented<'a>(snapshot: &Snapshot, route: &'a str) -> Vec<DocumentedPath<'a>> {
    let one = |path: String, subject, collections| DocumentedPath { path, route, subject, collections };
    if !route.contains("{collection}") {
        return vec![one(route.to_owned(), FilterSubject::Place, Vec::new())];
    }
    let of = |collection: &ServedCollection| {
        let path = route.replace("{collection}", collection.id());
        one(path, collection.subject(), Vec::new())
    };
    let others = snapshot.categories.all().iter().map(|it| it.id.0.clone()).collect();
    let fixed = [ServedCollection::Places, ServedCollection::Districts].each_ref().map(of);
    fixed.into_iter().chain([one(route.to_owned(), FilterSubject::Place, others)]).collect()
}

fn operation(snapshot: &Snapshot, it: &DocumentedPath<'_>) -> Value {
    let in_path = names_in(&it.path).map(|name| path_parameter(snapshot, name, it));
    let in_query = query_names(it.route, it.subject).iter().map(|name| query_parameter(snapshot, name, it));
    let parameters: Vec<Value> = in_path.chain(in_query).collect();
    let content: Map<String, Value> = answers(it.route, it.subject).iter().map(RouteAnswer::content).collect();
    let mut operation = json!({
        "operationId": operation_id(&it.path),
        "parameters": parameters,
        "responses": { "200": { "description": "OK", "content": content } },
    });
    if let Some(text) = TEXTS.paths.get(it.route) {
        operation["summary"] = json!(both(text));
    }
    if content_is_unknown(&operation) {
        operation["responses"]["200"] = json!({ "description": "OK" });
    }
    if matches!(it.route, TILE | TILE_OF_COLLECTION) {
        operation["responses"]["204"] = json!({ "description": "empty" });
    }
    for status in schemas::PROBLEM_STATUSES {
        operation["responses"][status] = json!({ "$ref": "#/components/responses/Problem" });
    }
    operation
}

fn content_is_unknown(operation: &Value) -> bool {
    operation["responses"]["200"]["content"].as_object().is_some_and(Map::is_empty)
}

/// The names between braces.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

/// `get` and the words of the path.
fn operation_id(path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once("get").chain(words).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_in_both_languages() {
        for (name, text) in TEXTS.paths.iter().chain(&TEXTS.parameters) {
            assert!([Language::Ja, Language::En].into_iter().all(|lang| text.written(lang).is_some()), "{name}");
        }
    }
}
