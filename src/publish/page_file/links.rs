//! Routes in a page become links to files, relative to the page. This module does no I/O.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

use super::SitePage;
use crate::gaps::quality::QualityFlaw;
use crate::model::{DistrictId, Language};

/// The attributes that hold addresses.
const ATTRIBUTES: [&str; 6] = ["href", "src", "action", "formaction", "data-href", "data-what-if"];

/// Where the links of a page lead.
#[derive(Debug, Clone, Copy)]
pub struct LinkTargets {
    /// How many folders below the root the page lies.
    pub depth: usize,
    /// Whether each place has a file; without, the list shows it.
    pub place_pages: bool,
}

/// The page with each address that begins at the root made relative to it, and each route of a page made the name of its file. Texts
/// are escaped, so that only attributes have a quote behind `=`.
pub fn relative_links(page: &str, targets: LinkTargets) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("=\"/") {
        let (before, behind) = (&rest[..at], &rest[at + 2..]);
        let end = behind.find('"').unwrap_or(behind.len());
        let (value, after) = behind.split_at(end);
        out.push_str(before);
        out.push_str("=\"");
        if is_address(before) && !value.starts_with("//") {
            out.push_str(&relative(value, targets));
        } else {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether the attribute that `before` ends with holds an address.
fn is_address(before: &str) -> bool {
    let name = before.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
    ATTRIBUTES.contains(&name)
}

/// An address from the root on, escaped as in an attribute, relative to the page.
fn relative(value: &str, targets: LinkTargets) -> String {
    let address = value.replace("&amp;", "&");
    let file = file_address(&address, targets.place_pages).replace('&', "&amp;");
    format!("{}{}", "../".repeat(targets.depth), file.trim_start_matches('/'))
}

/// The address of a page for papers and other programs, from the root on: that of its file, which a server and a host of files both have.
pub fn public_address(route: &str) -> String {
    let file = file_address(route, true);
    if file == "/index.html" { "/".to_owned() } else { file }
}

/// The address of the file of the page at a route; any other address as it is. What a file is of, and its language, are in its path,
/// everything else stays in the query.
fn file_address(address: &str, place_pages: bool) -> String {
    let (before, fragment) = address.find('#').map_or((address, ""), |at| address.split_at(at));
    let (path, query) = before.split_once('?').unwrap_or((before, ""));
    let Some(page) = SitePage::of_route(path) else { return address.to_owned() };
    let mut pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let language = taken(&mut pairs, "lang").and_then(|code| Language::from_code(&code)).unwrap_or_default();
    let page = named_by_query(page, &mut pairs);
    let id = path.rsplit('/').next().unwrap_or_default();
    let page = match page {
        SitePage::Place(_) if !place_pages => {
            pairs.push(("place", id));
            SitePage::List
        }
        page => page,
    };
    let language = if page.languages().contains(&language) { language } else { Language::Ja };
    let mut file = page.encoded_path(language);
    for (at, (name, value)) in pairs.iter().enumerate() {
        write!(file, "{}{name}={value}", if at == 0 { '?' } else { '&' }).expect("writing to a string does not fail");
    }
    file + fragment
}

/// The page with a file of its own that the query of another one names.
fn named_by_query(page: SitePage, pairs: &mut Vec<(&str, &str)>) -> SitePage {
    let has_one = pairs.len() == 1;
    match page {
        SitePage::LinkWorkers(None) => SitePage::LinkWorkers(taken(pairs, "district").map(DistrictId)),
        SitePage::Door(None) => SitePage::Door(taken(pairs, "town")),
        SitePage::WorkList(None) => {
            SitePage::WorkList(taken(pairs, "what").and_then(|code| QualityFlaw::from_code(&code)))
        }
        SitePage::PrintList if has_one => match taken(pairs, "district") {
            Some(id) => SitePage::PrintDistrict(DistrictId(id)),
            None => page,
        },
        SitePage::Month(None) if has_one => match pairs[0] {
            ("month", month) => match month.parse() {
                Ok(month) => {
                    pairs.clear();
                    SitePage::Month(Some(month))
                }
                Err(_) => page,
            },
            _ => page,
        },
        page => page,
    }
}

/// The decoded value of a pair, which is taken from the query.
fn taken(pairs: &mut Vec<(&str, &str)>, name: &str) -> Option<String> {
    let at = pairs.iter().position(|(known, _)| *known == name)?;
    let plain = pairs[at].1.replace('+', " ");
    let value = percent_decode_str(&plain).decode_utf8().ok()?.into_owned();
    pairs.remove(at);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_becomes_the_file_of_its_page_and_language() {
        for (route, file) in [
            ("/", "/index.html"),
            ("/?lang=en", "/index.en.html"),
            ("/?category=salon&lang=easy&by=district", "/index.easy.html?category=salon&by=district"),
            ("/places/abc?from=x&lang=vi", "/places/abc.vi.html?from=x"),
            ("/places/abc#map", "/places/abc.html#map"),
            ("/guide?lang=en", "/guide.html"),
            ("/link-workers?district=%E5%85%AB%E9%B9%BF", "/link-workers/%E5%85%AB%E9%B9%BF.html"),
            ("/print?district=a+b&lang=en", "/print/districts/a%20b.en.html"),
            ("/print?district=a&q=x", "/print.html?district=a&q=x"),
            ("/print/door?town=%E5%A4%A7%E8%B0%B7", "/print/door/%E5%A4%A7%E8%B0%B7.html"),
            ("/month?month=2026-12&lang=en", "/month/2026-12.en.html"),
            ("/month?month=2026-12&district=a", "/month.html?month=2026-12&district=a"),
            ("/places.geojson", "/places.geojson"),
            ("/collections/places/items?q=a", "/collections/places/items?q=a"),
            ("/plan?lang=en", "/plan.en.html"),
            ("/plan?reach=500#change", "/plan.html?reach=500#change"),
            ("/plan/work-list?reach=500&what=stale", "/plan/work-list/stale.html?reach=500"),
            ("/plan.csv?reach=500", "/plan.csv?reach=500"),
            ("/404", "/404"),
            ("/index", "/index"),
        ] {
            assert_eq!(file_address(route, true), file, "{route}");
        }
    }

    #[test]
    fn links_are_relative_to_the_page_and_texts_stay() {
        let page =
            r#"<a href="/?q=a&amp;lang=en">/x</a><img src="/assets/1/a.svg"><input value="/guide"><a href="//b">"#;
        assert_eq!(
            relative_links(page, LinkTargets { depth: 2, place_pages: true }),
            r#"<a href="../../index.en.html?q=a">/x</a><img src="../../assets/1/a.svg"><input value="/guide"><a href="//b">"#
        );
        let at_root = LinkTargets { depth: 0, place_pages: true };
        assert_eq!(relative_links("<form action=\"/\">", at_root), "<form action=\"index.html\">");
        assert_eq!(relative_links("<a href=\"/", at_root), "<a href=\"index.html");
    }

    #[test]
    fn where_places_have_no_files_the_list_shows_them() {
        assert_eq!(file_address("/places/a%20b?lang=en", false), "/index.en.html?place=a%20b");
    }
}
