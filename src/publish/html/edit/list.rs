//! Lists of places to edit: one by one, many at once, or two that are likely the same.

use maud::{Markup, html};
use serde_json::json;

use super::form_fields::{audience_options, category_options, select, status_options};
use super::overview::search;
use super::{EditQueue, heading, messages, page, script_texts, text};
use crate::index::Snapshot;
use crate::model::place_row::word_of;
use crate::model::{PlaceId, Status};
use crate::publish::html::query_value;

/// A place in a list.
#[derive(Debug, Clone)]
pub struct ListedPlaceView {
    /// Its identity.
    pub id: PlaceId,
    /// The number of its current revision.
    pub revision: u32,
    /// Its name.
    pub name: String,
    /// Its category by name.
    pub category: String,
    /// Its district by name.
    pub district: String,
    /// Its address.
    pub address: String,
    /// Its telephone.
    pub phone: String,
    /// The list that it was imported from; empty for none.
    pub list: String,
    /// Whether it takes place.
    pub status: Status,
    /// Who may see it, in a word.
    pub audience: String,
    /// Places that were merged into it and that their lists have revised since, by identity and name.
    pub merged: Vec<(PlaceId, String)>,
}

/// What a list shows.
#[derive(Debug)]
pub struct EditListView<'a> {
    /// The queue; `None` for all places.
    pub queue: Option<EditQueue>,
    /// What is searched for; empty for nothing.
    pub query: &'a str,
    /// The places, in groups that belong together.
    pub groups: &'a [Vec<ListedPlaceView>],
    /// How many groups there are on all pages.
    pub total: usize,
    /// Where the page before begins, and the next one.
    pub pages: (Option<usize>, Option<usize>),
}

/// The page.
pub fn list_page(snapshot: &Snapshot, view: &EditListView<'_>) -> String {
    let data = json!({ "texts": script_texts(snapshot, &["many.", "merge.", "failed", "publish."]) });
    let title = view.queue.map_or(text("places"), |queue| messages().of("queue.", queue.code()));
    let is_pairs = view.queue == Some(EditQueue::Duplicates);
    let body = html! {
        p { a href="/edit" { (text("back")) } }
        (search(view.query))
        @if let Some(queue) = view.queue { p { (messages().of("queue.lead.", queue.code())) } }
        p role="status" { (messages().fill("list.count", &[("count", &view.total.to_string())])) }
        @if is_pairs { @for pair in view.groups { (likely_same(pair)) } }
        @else if !view.groups.is_empty() { (many_form(snapshot, view)) }
        (page_links(view))
    };
    page(snapshot, (title, Some("edit/list.js")), &data, &body)
}

/// The list with the form that gives many places the same category, status or audience.
fn many_form(snapshot: &Snapshot, view: &EditListView<'_>) -> Markup {
    html! {
        form id="many-form" {
            ul class="edit-list" {
                @for place in view.groups.iter().flatten() {
                    li class="panel edit-entry" {
                        label class="edit-choice" {
                            input type="checkbox" name="place" value=(place.id.0) data-revision=(place.revision);
                            span class="visually-hidden" { (messages().fill("many.choose", &[("name", &place.name)])) }
                        }
                        (entry(place))
                    }
                }
            }
            fieldset class="panel edit-many" {
                legend { (text("many.title")) }
                label { input type="checkbox" id="many-all"; " " (text("many.all")) }
                div class="edit-many-fields" {
                    (select(("category", "many-category"), &heading("category"), (text("many.keep"), ""), &category_options(snapshot)))
                    (select(("status", "many-status"), &heading("status"), (text("many.keep"), ""), &status_options()))
                    (select(("audience", "many-audience"), &heading("audience"), (text("many.keep"), ""), &audience_options()))
                }
                p { button class="main" { (text("many.store")) } }
            }
        }
    }
}

fn entry(place: &ListedPlaceView) -> Markup {
    let known = [&place.category, &place.district, &place.address, &place.phone];
    let known: Vec<&str> = known.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    html! {
        div {
            h2 class="edit-name" { a href={ "/edit/places/" (place.id.0) } { (place.name) } }
            p { (known.join("・")) }
            p class="note" { (word_of(place.status.code())) "・" (place.audience)
                @if !place.list.is_empty() { "・" (place.list) } }
            @for (id, name) in &place.merged {
                p { (messages().fill("merge.revised", &[("name", name)])) " "
                    a href={ "/edit/places/" (id.0) "/history" } { (text("history")) } " "
                    button type="button" data-kept=(place.id.0) data-merged=(id.0) { (text("merge.seen")) } }
            }
        }
    }
}

/// Two places that are likely the same, and which one stays.
fn likely_same(pair: &[ListedPlaceView]) -> Markup {
    let [first, second] = pair else { return html! {} };
    html! {
        section class="panel edit-pair" aria-label=(first.name) {
            div class="edit-pair-places" { (entry(first)) (entry(second)) }
            p class="edit-pair-buttons" {
                @for (kept, merged, key) in [(first, second, "merge.keep_first"), (second, first, "merge.keep_second")] {
                    button type="button" data-kept=(kept.id.0) data-merged=(merged.id.0) data-asks="true" { (text(key)) }
                }
            }
        }
    }
}

fn page_links(view: &EditListView<'_>) -> Markup {
    let address = |offset: usize| {
        let queue = view.queue.map(|queue| format!("queue={}&", queue.code())).unwrap_or_default();
        format!("/edit/places?{queue}q={}&offset={offset}", query_value(view.query))
    };
    let (before, next) = view.pages;
    html! {
        @if before.is_some() || next.is_some() {
            nav class="edit-pages" aria-label=(text("list.pages")) {
                @if let Some(before) = before { a href=(address(before)) { (text("list.before")) } }
                @if let Some(next) = next { a href=(address(next)) { (text("list.next")) } }
            }
        }
    }
}
