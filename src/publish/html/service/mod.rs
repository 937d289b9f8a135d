//! Pages of the service for programs (OGC API – Features), so that a person who follows its links can read them: small tables in the
//! frame of residents' pages. This module does no I/O.

mod api;
mod document;
mod items;

use maud::{Markup, html};

pub use self::api::api_page;
pub use self::document::document_page;
pub use self::items::{ListedFeatures, feature_page, features_page};

use super::layout::{self, PlacePageFrame};
use super::view::PageView;
use crate::index::Snapshot;
use crate::publish::geojson::CollectionLink;
use crate::publish::messages::page_messages;
use crate::publish::ogc::HTML;
use crate::publish::page_file::SitePage;

/// A page of the service: its language, its own address without the language, and its title.
#[derive(Debug, Clone, Copy)]
pub struct ServicePage<'a> {
    /// The data of the municipality.
    pub snapshot: &'a Snapshot,
    /// The language.
    pub view: &'a PageView,
    /// Path and query without `lang`.
    pub address: &'a str,
    /// The title.
    pub title: &'a str,
}

impl ServicePage<'_> {
    /// The document around `body`.
    fn document(&self, body: &Markup) -> String {
        let messages = page_messages(self.view.lang);
        let body = html! {
            article class="service" {
                p class="back" {
                    a href="/" { (messages.text("detail.back")) } " "
                    a href="/collections?f=html" { (messages.text("service.collections")) } " "
                    a href="/api.html" { (messages.text("service.api")) }
                }
                h1 tabindex="-1" { (self.title) }
                (body)
            }
        };
        let frame = PlacePageFrame {
            snapshot: self.snapshot,
            audience: self.snapshot.audience,
            view: self.view,
            title: Some(self.title),
            description: None,
            page: &SitePage::Missing,
            address: Some(self.address),
        };
        layout::document(&frame, &html! { main id="main" class="wide" tabindex="-1" { (body) } }).into_string()
    }
}

/// A list of links, by what they lead to; the page itself is not one of them.
fn links(page: &ServicePage<'_>, links: &[CollectionLink]) -> Markup {
    html! {
        ul class="service-links" {
            @for link in links.iter().filter(|link| link.rel != "self") { li { (anchor(page, &link.href, link.rel, Some(link.media))) } }
        }
    }
}

/// A link with its relation in words where the texts have them, and the media type of what is no page.
fn anchor(page: &ServicePage<'_>, href: &str, rel: &str, media: Option<&str>) -> Markup {
    // A relation may be a URI: its last word says what it is.
    let rel = rel.rsplit('/').next().unwrap_or(rel);
    let words = page_messages(page.view.lang).find(&format!("service.rel.{rel}")).unwrap_or(rel);
    html! { a href=(href) { (words) } @if let Some(media) = media.filter(|it| !it.starts_with(HTML)) { " " code { (media) } } }
}

/// A table that scrolls within the page, with `head` above `rows`.
fn table(label: &str, head: &[&str], rows: &Markup) -> Markup {
    html! {
        div class="service-table" tabindex="0" role="region" aria-label=(label) {
            table {
                @if !head.is_empty() { thead { tr { @for heading in head { th scope="col" { (heading) } } } } }
                tbody { (rows) }
            }
        }
    }
}
