//! The OpenAPI document as a page: each path with what it answers and its parameters. This module does no I/O.

use maud::{Markup, html};
use serde_json::Value;

use super::{ServicePage, table};
use crate::publish::messages::page_messages;

/// The page of an OpenAPI document.
pub fn api_page(page: &ServicePage<'_>, document: &Value) -> String {
    let messages = page_messages(page.view.lang);
    let body = html! {
        p { (messages.text("service.description")) " " a href="/api?f=json" { "OpenAPI 3.0 (JSON)" } }
        @for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            section {
                h2 { code { "GET " (path) } }
                @if let Some(summary) = methods["get"]["summary"].as_str() { p { (summary) } }
                p { @for media in methods["get"]["responses"]["200"]["content"].as_object().into_iter().flatten() { code { (media.0) } " " } }
                (parameters(page, path, &methods["get"]["parameters"]))
            }
        }
    };
    page.document(&body)
}

fn parameters(page: &ServicePage<'_>, path: &str, parameters: &Value) -> Markup {
    let messages = page_messages(page.view.lang);
    let parameters = parameters.as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = html! {
        @for parameter in parameters {
            tr {
                th scope="row" { code { (parameter["name"].as_str().unwrap_or_default()) } }
                td { (parameter["description"].as_str().unwrap_or_default()) }
                td { code { (values(&parameter["schema"])) } }
            }
        }
    };
    let head = ["service.parameter", "service.meaning", "service.values"].map(|key| messages.text(key));
    html! { @if !parameters.is_empty() { (table(path, &head, &rows)) } }
}

/// The values of a schema in a line.
fn values(schema: &Value) -> String {
    let of = if schema["type"] == "array" { &schema["items"] } else { schema };
    if let Some(codes) = of["enum"].as_array() {
        return codes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
    }
    let format = of["format"].as_str().map(|format| format!(" ({format})")).unwrap_or_default();
    format!("{}{format}", of["type"].as_str().unwrap_or_default())
}
