//! The history of a place: who changed what, and when.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde_json::Value;

use super::overview::moment;
use super::{heading, messages, page, text};
use crate::index::Snapshot;
use crate::model::{PlaceId, Source};

/// A revision of a place.
#[derive(Debug)]
pub struct RevisionView {
    /// Its number.
    pub number: u32,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Who made it; `None` for an import.
    pub by: Option<String>,
    /// Where the facts came from.
    pub source: Source,
    /// What it changed.
    pub changes: Vec<TextChangeView>,
}

/// A text that a revision changed.
#[derive(Debug)]
pub struct TextChangeView {
    /// The key of its column.
    pub field: String,
    /// The text before.
    pub was: String,
    /// The text since.
    pub now: String,
}

/// The page; the newest revision comes first.
pub fn history_page(snapshot: &Snapshot, id: &PlaceId, revisions: &[RevisionView]) -> String {
    let name = revisions.first().and_then(|it| it.changes.iter().find(|change| change.field == "name"));
    let known = snapshot.by_id(id).map(|it| it.place.facts.name.clone());
    let name = known.or_else(|| name.map(|change| change.now.clone())).unwrap_or_else(|| id.0.clone());
    let title = messages().fill("history_of", &[("name", &name)]);
    let body = html! {
        p { a href={ "/edit/places/" (id.0) } { (text("back_to_place")) } }
        @for revision in revisions { (entry(revision)) }
    };
    page(snapshot, (&title, None), &Value::Null, &body)
}

fn entry(revision: &RevisionView) -> Markup {
    let by = revision.by.as_deref().map_or_else(
        || messages().fill("history.import", &[("list", &revision.source.list)]),
        |name| messages().fill("history.by", &[("name", name)]),
    );
    html! {
        section class="panel edit-revision" {
            h2 { (messages().fill("history.revision", &[("number", &revision.number.to_string())])) " " (moment(revision.at)) }
            p { (by) }
            @if revision.number == 1 { p class="note" { (text("history.first")) } }
            @else if revision.changes.is_empty() { p class="note" { (text("history.nothing")) } }
            @else {
                div class="edit-changes" tabindex="0" role="region" aria-label=(messages().fill("history.changes", &[("number", &revision.number.to_string())])) {
                    table {
                        thead { tr { th scope="col" { (text("history.field")) } th scope="col" { (text("history.was")) } th scope="col" { (text("history.now")) } } }
                        tbody { @for change in &revision.changes {
                            tr { th scope="row" { (heading(&change.field)) } td { (change.was) } td { (change.now) } }
                        } }
                    }
                }
            }
        }
    }
}
