//! The pages for residents: the list, one page per place, and the 404 page.
//!
//! Progressive enhancement: everything works without script and without the map; `web/main.js` adds live search and the map. A
//! browser test holds `card` and `web/list.js` equal, which render the same list. This module does no I/O.

mod access;
mod brief;
mod card;
mod data;
mod detail;
mod explain;
mod facets;
mod filters;
mod groups;
mod hidden_fields;
mod list;
mod locator;
pub mod next_dates;
mod start;
mod when;

pub use access::known_access;
pub use brief::{PlaceContact, contact_of, when_text, where_text};
pub use data::{category_data, district_data, script_safe_json, segments};
pub use list::{count_text, list_page};
pub use when::{fact_label, label as when_label};

use chrono::NaiveDateTime;

use super::layout::{self, PlacePageFrame};
use super::view::PageView;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::Audience;
use crate::publish::messages::page_messages;

/// Places per page of the list (pagination).
pub const PAGE_LEN: usize = 200;

/// Up to this many places, the script loads all of them and filters in the browser; beyond, the server filters and the map
/// requests the section that it shows.
pub const LOAD_ALL_MAX: usize = 50_000;

/// The page of one place.
pub fn place_page(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView, now: NaiveDateTime) -> String {
    let (title, page_of) = (Some(listed.place.facts.name.as_str()), Some(&listed.place.id));
    let body = detail::article(snapshot, listed, view, now);
    layout::document(
        &PlacePageFrame { snapshot, audience: snapshot.audience, view, title, has_list: false, page_of, address: None },
        &layout::narrow(&body),
    )
    .into_string()
}

/// The page for status 404.
pub fn missing_page(snapshot: &Snapshot, view: &PageView) -> String {
    let lang = view.lang;
    let messages = page_messages(lang);
    let body = maud::html! {
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
            has_list: false,
            page_of: None,
            address: None,
        },
        &layout::narrow(&body),
    )
    .into_string()
}
