//! What people suggest: beside what is stored, field by field.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::json;

use super::overview::moment;
use super::{heading, messages, page, script_texts, text};
use crate::index::Snapshot;
use crate::model::OpenSuggestion;

/// A suggestion beside what is stored.
#[derive(Debug)]
pub struct SuggestionView<'a> {
    /// The suggestion.
    pub suggestion: &'a OpenSuggestion,
    /// The texts of its place now; none for a new one.
    pub now: &'a BTreeMap<String, String>,
}

/// The page.
pub fn suggestions_page(snapshot: &Snapshot, open: &[SuggestionView<'_>]) -> String {
    let data = json!({ "texts": script_texts(snapshot, &["suggest.", "failed", "publish.", "fault.", "save."]) });
    let body = html! {
        p { a href="/edit" { (text("back")) } }
        p { (text("suggestions.lead")) }
        @if open.is_empty() { p { (text("suggestions.none")) } }
        @for it in open { (entry(it)) }
    };
    page(snapshot, (text("suggestions"), Some("edit/suggestions.js")), &data, &body)
}

fn entry(view: &SuggestionView<'_>) -> Markup {
    let OpenSuggestion { number, suggestion, at } = view.suggestion;
    let name = view.now.get("name").or_else(|| suggestion.fields.get("name")).map_or("", String::as_str);
    let title = match &suggestion.place {
        Some(_) => messages().fill("suggestions.of", &[("name", name)]),
        None => text("suggestions.new").to_owned(),
    };
    html! {
        form class="panel edit-suggestion" data-suggestion=(number) aria-label={ (title) " " (moment(*at)) } {
            h2 { (title) }
            p class="note" { (moment(*at)) @if let Some(id) = &suggestion.place { " " a href={ "/edit/places/" (id.0) } { (text("title")) } } }
            @if !suggestion.fields.is_empty() { (fields(view)) }
            @if !suggestion.remark.is_empty() { p { strong { (text("suggestions.remark")) } } p class="edit-side" { (suggestion.remark) } }
            @if let Some(contact) = &suggestion.contact { p { (text("suggestions.contact")) "：" (contact) } }
            p class="edit-pair-buttons" {
                @if suggestion.place.is_none() { button class="main" type="submit" value="accept" { (text("suggest.write")) } }
                @else if !suggestion.fields.is_empty() { button class="main" type="submit" value="accept" { (text("suggest.accept")) } }
                button type="submit" value="reject" { (text("suggest.reject")) }
                button type="submit" value="spam" { (text("suggest.spam")) }
            }
        }
    }
}

fn fields(view: &SuggestionView<'_>) -> Markup {
    let suggestion = &view.suggestion.suggestion;
    let is_new = suggestion.place.is_none();
    html! {
        ul class="edit-suggested" {
            @for (key, suggested) in &suggestion.fields {
                li {
                    label {
                        input type="checkbox" name="field" value=(key) checked[is_new];
                        " " (messages().fill("suggest.take", &[("label", &heading(key))]))
                    }
                    @if !is_new { p { span class="note" { (text("suggestions.now")) "：" } (view.now.get(key).map_or("", String::as_str)) } }
                    p { span class="note" { (text("suggestions.then")) "：" } strong class="edit-side" { (suggested) } }
                }
            }
        }
    }
}
