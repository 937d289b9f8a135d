//! Pages on which staff edit places: what waits for somebody, lists, the form of a place, its history. Whoever edits sees what the staff
//! see. What is typed is sent by the page's script. This module does no I/O.

mod form_fields;
mod history;
mod list;
mod overview;
mod place;
mod suggestions;
mod upload;

use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value};

pub use history::{RevisionView, TextChangeView, history_page};
pub use list::{EditListView, ListedPlaceView, list_page};
pub use overview::{BatchView, EditOverviewView, EditQueue, overview_page};
pub use place::{EditedPlaceView, new_place_texts, place_page};
pub use suggestions::{SuggestionView, suggestions_page};
pub use upload::{ChangedCellView, NewPlaceView, UploadChangeView, UploadView, refused_upload_page, upload_page};

use super::layout::script_safe_json;
use super::{NavItem, PageLayout};
use crate::index::Snapshot;
use crate::model::Messages;
use crate::publish::link_worker_messages::catalogue;

fn messages() -> &'static Messages {
    catalogue("edit")
}

fn text(key: &'static str) -> &'static str {
    messages().text(key)
}

/// A page with its title, script and the data of that.
fn page(snapshot: &Snapshot, (title, script): (&str, Option<&str>), data: &Value, body: &Markup) -> String {
    let layout =
        PageLayout { snapshot, tab: NavItem::Edit, title: Some(title), styles: &["edit/edit.css"], script, page: None };
    let data = script_safe_json(data);
    let body = html! {
        @if script.is_some() {
            noscript { p class="panel" { (text("noscript")) } }
            p id="edit-message" class="edit-message" role="status" {}
        }
        (body)
        @if script.is_some() { script type="application/json" id="page-data" { (PreEscaped(data)) } }
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The messages that a script needs: those whose keys begin with one of `starts`.
fn script_texts(snapshot: &Snapshot, starts: &[&str]) -> Map<String, Value> {
    let needed = messages().needed(snapshot.sample).into_iter();
    let texts = needed.filter(|(key, _)| starts.iter().any(|start| key.starts_with(start)));
    texts.map(|(key, text)| (key.to_owned(), Value::from(text))).collect()
}

/// The heading of a column by its key, as it stands in workbooks.
fn heading(key: &str) -> String {
    crate::model::place_workbook::WorkbookColumn::of_key(key)
        .map_or_else(|| key.to_owned(), |column| column.heading().to_owned())
}
