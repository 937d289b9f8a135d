//! What browsers and robots look for at the root of a site: manifest, service worker, robots.txt and the map of the site. This module
//! does no I/O.

use std::fmt::Write as _;

use serde_json::json;

use super::SiteSource;
use super::pages::site_pages;
use crate::model::Language;
use crate::publish::embedded::EMBEDDED;
use crate::publish::html::assets::{ASSETS_VERSION, asset};
use crate::publish::html::site_title;
use crate::publish::page_file::{SitePage, public_url};

/// The source of the service worker below `web/`.
const WORKER: &str = "service-worker.js";

/// The web app manifest; every address in it is relative to it.
pub fn manifest(source: SiteSource<'_>) -> Vec<u8> {
    let city = &source.snapshot.city;
    let icon = asset("icon.svg");
    let manifest = json!({
        "name": site_title(city, Language::Ja),
        "short_name": city.name,
        "lang": "ja",
        "start_url": "index.html",
        "scope": "./",
        "display": "browser",
        "icons": [{ "src": icon.trim_start_matches('/'), "type": "image/svg+xml", "sizes": "any" }],
    });
    manifest.to_string().into_bytes()
}

/// The service worker, with the version of the files that it keeps.
pub fn service_worker(_: SiteSource<'_>) -> Vec<u8> {
    let source = EMBEDDED.iter().find(|it| it.name == WORKER).map_or(&b""[..], |it| it.bytes);
    String::from_utf8_lossy(source).replace("{version}", ASSETS_VERSION).into_bytes()
}

/// What robots may read: everything; where the site has an address, with its map.
pub fn robots(source: SiteSource<'_>) -> Vec<u8> {
    let map = source.snapshot.city.public_url.as_ref().map(|url| format!("Sitemap: {url}/sitemap.xml\n"));
    format!("User-agent: *\nDisallow:\n{}", map.unwrap_or_default()).into_bytes()
}

/// The map of the site (sitemaps.org), each page with its languages; empty where the site has no address.
pub fn sitemap(source: SiteSource<'_>) -> Vec<u8> {
    let city = &source.snapshot.city;
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let url = |page: &SitePage, language| public_url(city, page, language).unwrap_or_default().replace('&', "&amp;");
    for page in site_pages(source).filter(is_found_by_robots) {
        let languages = page.languages();
        write!(text, "<url><loc>{}</loc>", url(&page, Language::Ja)).expect("writing to a string does not fail");
        for language in languages.iter().filter(|it| **it != Language::Easy && languages.len() > 1) {
            write!(
                text,
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                language.tag(),
                url(&page, *language)
            )
            .expect("writing to a string does not fail");
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text.into_bytes()
}

/// Whether a page is for a robot to find: not papers, not what is there for frames and errors.
fn is_found_by_robots(page: &SitePage) -> bool {
    !page.is_paper() && !matches!(page, SitePage::Embed | SitePage::Missing)
}
