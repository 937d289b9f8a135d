//! A page of features as a table, and one feature with all that is known of it. This module does no I/O.

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{ServicePage, links, table};
use crate::index::filter::queryables::{FilterSubject, Queryable, QueryableType, QueryableValue};
use crate::model::{CategoryId, DistrictId};
use crate::publish::geojson::CollectionLink;
use crate::publish::messages::{lang_of, page_messages, thousands};
use crate::publish::ogc::ServedCollection;

/// What the table of a page of features has: rows of a collection, and where they are among all that match.
#[derive(Debug)]
pub struct ListedFeatures<'a> {
    /// The collection.
    pub collection: &'a ServedCollection,
    /// Indices of places or districts.
    pub rows: &'a [usize],
    /// The number of the first, from 0.
    pub offset: usize,
    /// How many match.
    pub matched: usize,
    /// Links to the other pages and formats.
    pub links: &'a [CollectionLink],
}

/// A page of features.
pub fn features_page(page: &ServicePage<'_>, features: &ListedFeatures<'_>) -> String {
    let messages = page_messages(page.view.lang);
    let (first, last) = (features.offset + 1, features.offset + features.rows.len());
    let counts = [("matched", thousands(features.matched)), ("from", thousands(first)), ("to", thousands(last))];
    let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
    let (head, rows) = match features.collection.subject() {
        FilterSubject::Place => (["service.name", "service.category", "service.district"], place_rows(page, features)),
        FilterSubject::District => {
            (["service.name", "service.former_town", "service.places"], district_rows(page, features))
        }
    };
    let body = html! {
        p { @if features.rows.is_empty() { (messages.fill("service.none", &[("matched", counts[0].1)])) } @else { (messages.fill("service.counts", &counts)) } }
        (table(page.title, &head.map(|key| messages.text(key)), &rows))
        (links(page, features.links))
    };
    page.document(&body)
}

fn own_address(page: &ServicePage<'_>, collection: &ServedCollection, id: &str) -> String {
    let id = utf8_percent_encode(id, NON_ALPHANUMERIC);
    format!("/collections/{}/items/{id}?f=html&lang={}", collection.id(), page.view.lang.code())
}

fn place_rows(page: &ServicePage<'_>, features: &ListedFeatures<'_>) -> Markup {
    let (snapshot, lang) = (page.snapshot, page.view.lang);
    let category = |id: &CategoryId| {
        snapshot.categories.by_id(id).map_or_else(|| id.0.clone(), |it| it.name.text(lang).to_owned())
    };
    let district = |id: &DistrictId| snapshot.districts.by_id(id).map_or_else(|| id.0.clone(), |it| it.name.clone());
    html! {
        @for listed in features.rows.iter().map(|&row| &snapshot.places[row]) {
            tr {
                td { a href=(own_address(page, features.collection, &listed.place.id.0)) lang=[lang_of(&listed.place.facts.name, lang)] { (listed.place.facts.name) } }
                td { (category(&listed.place.facts.category)) }
                td { @if let Some(name) = listed.district.as_ref().map(district) { span lang=[lang_of(&name, lang)] { (name) } } }
            }
        }
    }
}

fn district_rows(page: &ServicePage<'_>, features: &ListedFeatures<'_>) -> Markup {
    let (snapshot, lang) = (page.snapshot, page.view.lang);
    html! {
        @for district in features.rows.iter().map(|&row| &snapshot.districts.all()[row]) {
            tr {
                td { a href=(own_address(page, features.collection, &district.id.0)) lang=[lang_of(&district.name, lang)] { (district.name) } }
                td { @if let Some(town) = &district.former_town { span lang=[lang_of(town, lang)] { (town) } } }
                td { (thousands(snapshot.count(None, Some(&district.id)))) }
            }
        }
    }
}

/// One feature of a collection, given by its row.
pub fn feature_page(
    page: &ServicePage<'_>,
    collection: &ServedCollection,
    row: usize,
    own_links: &[CollectionLink],
) -> String {
    let lang = page.view.lang;
    let known = collection.subject().queryables().iter().filter_map(|it| Some((it, text(page, it, row)?)));
    let rows = html! {
        @for (queryable, text) in known {
            tr { th scope="row" { (queryable.title.text(lang)) } td lang=[lang_of(&text, lang)] { (text) } }
        }
    };
    page.document(&html! { (table(page.title, &[], &rows)) (links(page, own_links)) })
}

/// What is known of a row, as text; the geometry is left to the map.
fn text(page: &ServicePage<'_>, queryable: &Queryable, row: usize) -> Option<String> {
    if queryable.value_type() == QueryableType::Geometry {
        return None;
    }
    let messages = page_messages(page.view.lang);
    match queryable.value(page.snapshot, row) {
        QueryableValue::Text(text) => Some(text.to_owned()),
        QueryableValue::TextList(texts) => Some(texts.join("、")),
        QueryableValue::Day(day) => Some(day.to_string()),
        QueryableValue::Flag(true) => Some(messages.text("service.yes").to_owned()),
        QueryableValue::Flag(false) => Some(messages.text("service.no").to_owned()),
        QueryableValue::Missing | QueryableValue::Geometry(_) | QueryableValue::Outline(_) => None,
    }
}
