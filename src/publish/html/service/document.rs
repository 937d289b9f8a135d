//! A JSON document as nested tables, member by member. This module does no I/O.

use maud::{Markup, html};
use serde_json::Value;

use super::{ServicePage, anchor, table};
use crate::publish::messages::lang_of;

/// The page of a document.
pub fn document_page(page: &ServicePage<'_>, document: &Value) -> String {
    page.document(&table(page.title, &[], &members(page, document)))
}

/// A row per member.
fn members(page: &ServicePage<'_>, document: &Value) -> Markup {
    html! {
        @for (name, value) in document.as_object().into_iter().flatten() {
            tr { th scope="row" { code { (name) } } td { (shown(page, value)) } }
        }
    }
}

fn shown(page: &ServicePage<'_>, value: &Value) -> Markup {
    match value {
        Value::Null => html! {},
        Value::Bool(_) | Value::Number(_) => html! { code { (value) } },
        Value::String(text) => html! { span lang=[lang_of(text, page.view.lang)] { (text) } },
        Value::Array(items) => html! { ul { @for item in items { li { (shown(page, item)) } } } },
        Value::Object(_) => link(page, value).unwrap_or_else(|| html! { table { tbody { (members(page, value)) } } }),
    }
}

/// A link, if the object is one.
fn link(page: &ServicePage<'_>, value: &Value) -> Option<Markup> {
    let (href, rel) = (value["href"].as_str()?, value["rel"].as_str()?);
    Some(anchor(page, href, rel, value["type"].as_str()))
}
