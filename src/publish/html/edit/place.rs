//! The form of a place.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::form_fields::{extra_field, group_fields, groups};
use super::{messages, page, script_texts, text};
use crate::index::Snapshot;
use crate::model::place_row::{PlaceColumn, audience_code, word_of};
use crate::model::{Audience, EditDraft, Language, MeetingMode, PlaceId, Source, Status, Verification};
use crate::publish::html::places::district_data;
use crate::publish::messages::page_messages;

/// The prefix of the message keys for the controls of the map, from the catalogue of the public pages.
const MAP_PREFIX: &str = "map.locale.";

/// A place as its form shows it.
#[derive(Debug)]
pub struct EditedPlaceView<'a> {
    /// Its identity; `None` for a new place.
    pub id: Option<&'a PlaceId>,
    /// The number of its revision; 0 for a new place.
    pub revision: u32,
    /// The texts of its fields by the key of their column.
    pub fields: &'a BTreeMap<String, String>,
    /// What the person has typed before and not stored.
    pub draft: Option<&'a EditDraft>,
    /// Whether the newest edition of its list lacks it (終了候補).
    pub is_absent: bool,
    /// Where it comes from; `None` for a new place.
    pub source: Option<&'a Source>,
    /// Its last confirmation.
    pub verification: Option<&'a Verification>,
}

/// The texts of a place that nobody has described yet: it takes place somewhere, and only the staff see it until somebody says otherwise.
pub fn new_place_texts(_snapshot: &Snapshot) -> BTreeMap<String, String> {
    let chosen = [
        (PlaceColumn::Status, word_of(Status::Active.code())),
        (PlaceColumn::Mode, word_of(MeetingMode::AtPlace.code())),
        (PlaceColumn::Audience, word_of(audience_code(Audience::Staff))),
    ];
    chosen.map(|(column, text)| (column.key().to_owned(), text.to_owned())).into()
}

/// The page.
pub fn place_page(snapshot: &Snapshot, view: &EditedPlaceView<'_>) -> String {
    let name = view.fields.get(PlaceColumn::Name.key()).filter(|name| !name.is_empty());
    let title = match (view.id, name) {
        (Some(_), Some(name)) => messages().fill("edit_of", &[("name", name)]),
        _ => text("new").to_owned(),
    };
    let body = html! {
        p class="edit-links" {
            a href="/edit" { (text("back")) }
            @if let Some(id) = view.id {
                a href={ "/edit/places/" (id.0) "/history" } { (text("history")) }
                a href={ "/places/" (id.0) } { (text("show")) }
            }
        }
        @if view.is_absent { p class="panel edit-notice" { (text("absent")) } }
        (provenance(view))
        div id="edit-draft" class="panel edit-notice" hidden {}
        section id="edit-conflict" class="panel" aria-labelledby="conflict-title" tabindex="-1" hidden {
            h2 id="conflict-title" { (text("conflict.title")) }
            p { (text("conflict.lead")) }
            div id="conflict-fields" {}
        }
        form id="edit-form" novalidate {
            @for group in groups() {
                fieldset class="panel edit-group" data-group=(group.key) {
                    legend { (messages().of("group.", group.key)) }
                    @if group.key == "where" { (map_panel()) }
                    (group_fields(snapshot, &group, view.fields))
                }
            }
            (extra_group(view.fields))
            div class="edit-actions" {
                button class="main" { (text("store")) }
                @if view.id.is_some() && view.revision > 1 { button type="button" id="edit-undo" { (text("undo.last")) } }
                p id="edit-state" class="note" role="status" {}
            }
        }
        dialog id="edit-publish" aria-labelledby="publish-title" {
            h2 id="publish-title" { (text("publish.title")) }
            p { (text("publish.lead")) }
            p { button type="button" id="publish-yes" class="main" { (text("publish.yes")) } " "
                button type="button" id="publish-no" { (text("publish.no")) } }
        }
    };
    page(snapshot, (&title, Some("edit/place.js")), &data(snapshot, view), &body)
}

/// Where the facts come from, and when they were last confirmed: an edit changes neither.
fn provenance(view: &EditedPlaceView<'_>) -> Markup {
    let Some(source) = view.source else { return html! {} };
    html! {
        p class="note" {
            @if source.list.is_empty() { (text("source.none")) }
            @else { (messages().fill("source", &[("list", &source.list), ("row", &source.row.to_string())])) }
            " "
            @match view.verification {
                Some(it) => (messages().fill("verified", &[("on", &it.on.to_string())])),
                None => (text("verified.never")),
            }
        }
    }
}

fn map_panel() -> Markup {
    html! {
        div id="edit-map-panel" class="edit-map-panel" {
            p id="map-hint" class="note" { (text("map.hint")) }
            div id="edit-map" class="edit-map" {}
            p class="edit-map-buttons" {
                button type="button" id="map-door" { (text("map.door")) } " "
                button type="button" id="map-town" { (text("map.town")) } " "
                button type="button" id="map-none" { (text("map.none")) }
            }
        }
    }
}

fn extra_group(fields: &BTreeMap<String, String>) -> Markup {
    let extra: Vec<(&String, &String)> = fields.iter().filter(|(key, _)| key.starts_with("extra:")).collect();
    html! {
        @if !extra.is_empty() {
            fieldset class="panel edit-group" data-group="extra" {
                legend { (messages().of("group.", "extra")) }
                @for (key, value) in extra { (extra_field(key, value)) }
            }
        }
    }
}

fn data(snapshot: &Snapshot, view: &EditedPlaceView<'_>) -> Value {
    let mut texts: Map<String, Value> = script_texts(
        snapshot,
        &["save.", "draft.", "conflict.", "fault.", "check.", "map.", "undo.", "failed", "publish.", "access."],
    );
    let of_map = page_messages(Language::Ja).needed(snapshot.sample).into_iter();
    let of_map = of_map.filter(|(key, _)| key.starts_with(MAP_PREFIX) || key.starts_with("date."));
    texts.extend(of_map.map(|(key, text)| (key.to_owned(), Value::from(text))));
    json!({
        "id": view.id, "revision": view.revision, "fields": view.fields, "draft": view.draft,
        "districts": snapshot.districts.all().iter().map(district_data).collect::<Vec<_>>(),
        "tiles": snapshot.city.map.tiles_for(snapshot.audience),
        // The page lies two folders deep, whatever a proxy puts before it.
        "root": "../../",
        "texts": texts,
    })
}
