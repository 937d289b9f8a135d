//! The pages for residents: the list, one page per place, and the 404 page.
//!
//! Progressive enhancement: everything works without script and without the map; `web/main.js` adds live search and the map. A
//! browser test holds `card` and `web/list.js` equal, which render the same list. This module does no I/O.

mod access;
mod brief;
mod calendar_links;
mod card;
mod data;
mod detail;
mod explain;
mod facets;
mod filters;
mod groups;
mod hidden_fields;
mod linked_data;
mod list;
mod locator;
pub mod next_dates;
mod not_found;
mod start;
mod table;
mod when;

pub use super::layout::script_safe_json;
pub use access::known_access;
pub use brief::{PlaceContact, contact_of, when_text, where_text};
pub use data::{category_data, district_data, segments};
pub use list::{count_text, list_page};
pub use not_found::not_found_file;
pub use table::{CategoryOrDistrict, table_page};
pub use when::{fact_label, label as when_label};

use maud::html;

use super::layout::{self, PlacePageFrame};
use super::view::PageView;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{Audience, Language, Month};
use crate::publish::messages::page_messages;
use crate::publish::page_file::SitePage;

/// Places per page of the list (pagination).
pub const PAGE_LEN: usize = 200;

/// Up to this many places, the script loads all of them and filters in the browser; beyond, the server filters and the map
/// requests the section that it shows.
pub const LOAD_ALL_MAX: usize = 50_000;

/// Prepares what lists of a snapshot rest on, so that no visitor waits for it.
pub fn prepare(snapshot: &Snapshot) {
    groups::ReadingRanks::prepared(snapshot);
}

/// The page of one place.
pub fn place_page(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView, month: Month) -> String {
    let title = Some(listed.place.facts.name.as_str());
    let page = &SitePage::Place(listed.place.id.clone());
    let description = description(snapshot, listed, view.lang);
    let body = html! {
        (detail::article(snapshot, listed, view, month))
        (linked_data::place_block(snapshot, listed, view.lang, month))
    };
    layout::document(
        &PlacePageFrame {
            snapshot,
            audience: snapshot.audience,
            view,
            title,
            description: Some(&description),
            page,
            address: None,
        },
        &layout::narrow(&body),
    )
    .into_string()
}

/// Kind, district, when, and what the list tells of it.
fn description(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> String {
    let facts = &listed.place.facts;
    let category = snapshot.categories.by_id(&facts.category).map(|it| it.name.text(lang).to_owned());
    let district = listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id)).map(|it| it.name.clone());
    let when = (!facts.schedule.is_empty()).then(|| when_text(facts, lang));
    let parts = [category, district, when, facts.description.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ・ ")
}

/// The page for status 404.
pub fn missing_page(snapshot: &Snapshot, view: &PageView) -> String {
    let lang = view.lang;
    let messages = page_messages(lang);
    let body = html! {
        article class="detail" {
            h1 { (messages.text("missing.title")) }
            p { (messages.text("missing.text")) }
            p { a class="button" href=(view.list_url()) { (messages.text("detail.back")) } }
        }
    };
    let title = Some(messages.text("missing.title"));
    layout::document(
        &PlacePageFrame {
            snapshot,
            audience: Audience::Public,
            view,
            title,
            description: None,
            page: &SitePage::Missing,
            address: None,
        },
        &layout::narrow(&body),
    )
    .into_string()
}
