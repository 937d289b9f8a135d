//! The state of the list page in its URL query: parses and builds it. `web/state.js` reads and writes the same URLs.
//!
//! The fragment (the section of the map) never reaches the server. This module does no I/O.

use crate::index::Filter;
use crate::index::filter::conditions::PlaceFact;
use crate::model::{CategoryId, DistrictId, Language, Month, PlaceId};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::text::percent::form_encoded;

/// The longest search text in characters, as in the API.
const LONGEST: usize = 200;

/// The most categories, and the most districts, per URL: each becomes a link that names all others, so the page grows with their square.
const MOST_CODES: usize = 50;

/// The longest code in characters; longer ones are ignored.
const LONGEST_CODE: usize = 100;

/// The grouping of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grouping {
    /// By category.
    #[default]
    Category,
    /// By district.
    District,
}

/// The state of the list page: language, filter, grouping, position and opened place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageView {
    /// The language of the page.
    pub lang: Language,
    /// Whether the URL names the language; links then name it too.
    pub lang_chosen: bool,
    /// The filter; it never has a `bbox`.
    pub filter: Filter,
    /// Where the list begins, nearest first: the name of a district, 大字 or place; empty for the order of readings.
    pub from: String,
    /// The grouping of the list.
    pub by: Grouping,
    /// The index of the first place on the page (pagination), from 0.
    pub offset: usize,
    /// The opened place.
    pub place: Option<PlaceId>,
    /// Whether it is shown in a frame of another site.
    pub embedded: bool,
}

impl PageView {
    /// Parses the pairs of a query; the `Accept-Language` header decides if the query names no language. Unknown and invalid
    /// values are ignored, because a page never rejects a URL.
    pub fn parse(pairs: &[(String, String)], accept_language: &str) -> Self {
        let mut view = Self { lang: Language::accepted(accept_language), ..Self::default() };
        for (name, value) in pairs {
            view.read(name, value);
        }
        view
    }

    /// Applies one pair of the query.
    fn read(&mut self, name: &str, value: &str) {
        match name {
            "lang" => {
                if let Some(lang) = Language::from_code(value) {
                    (self.lang, self.lang_chosen) = (lang, true);
                }
            }
            "q" => self.filter.query = value.trim().chars().take(LONGEST).collect(),
            "category" => codes(value).for_each(|c| push_new(&mut self.filter.categories, CategoryId(c))),
            "district" => codes(value).for_each(|d| push_new(&mut self.filter.districts, DistrictId(d))),
            "town" => codes(value).for_each(|town| push_new(&mut self.filter.towns, town)),
            "when" => codes(value).for_each(|code| {
                self.filter.when.add(&code);
            }),
            "fact" => {
                codes(value)
                    .filter_map(|code| PlaceFact::from_code(&code))
                    .for_each(|it| push_new(&mut self.filter.facts, it));
            }
            "from" => self.from = value.trim().chars().take(LONGEST_CODE).collect(),
            "by" if value == "district" => self.by = Grouping::District,
            "offset" => self.offset = value.parse().unwrap_or(0),
            "place" if !value.is_empty() => self.place = Some(PlaceId(value.to_owned())),
            _ => {}
        }
    }

    /// The URL of the list in this state, on its first page and without an opened place.
    pub fn list_url(&self) -> String {
        Self { offset: 0, place: None, ..self.clone() }.url()
    }

    /// The canonical URL of this state.
    pub fn url(&self) -> String {
        address(if self.embedded { "/embed" } else { "/" }, &self.pairs())
    }

    /// Where the forms of the list lead; their fields hold its state but for the language, which is that of the page.
    pub fn form_url(&self) -> String {
        address(if self.embedded { "/embed" } else { "/" }, &self.language_pair())
    }

    /// The URL of the page of one place; its query leads back to this list.
    pub fn place_url(&self, id: &PlaceId) -> String {
        address(&format!("/places/{}", form_encoded(&id.0)), &[self.list_pairs(), self.language_pair()].concat())
    }

    /// The URL of the page of a month, or of the current one, with the places of this list.
    pub fn month_url(&self, month: Option<Month>) -> String {
        let month = month.map(|month| ("month", month.to_string()));
        let plain = Self { offset: 0, place: None, ..self.clone() };
        address("/month", &month.into_iter().chain(plain.pairs()).collect::<Vec<_>>())
    }

    /// The URL of the same list on paper.
    pub fn print_url(&self) -> String {
        address("/print", &[self.filter_pairs(), self.language_pair()].concat())
    }

    /// The URL of one place on paper.
    pub fn place_print_url(&self, id: &PlaceId) -> String {
        address(&format!("/print/places/{}", form_encoded(&id.0)), &self.language_pair())
    }

    /// The URL of exactly the places of this list in a format.
    pub fn data_url(&self, format: FileFormat) -> String {
        let ending = format!(".{}", format.ending());
        let Filter { categories, districts, towns, query: text, .. } = &self.filter;
        let path = |kind: &str, id: &str| format!("/{kind}/{}", form_encoded(id));
        if !self.filter.when.is_empty() || !self.filter.facts.is_empty() || !towns.is_empty() {
            return self.items_url(format);
        }
        match (text.as_str(), categories.as_slice(), districts.as_slice()) {
            ("", [], []) => format!("/places{ending}"),
            ("", [c], []) => path("categories", &c.0) + &ending,
            ("", [], [d]) => path("districts", &d.0) + &ending,
            ("", [c], [d]) => path("categories", &c.0) + &path("districts", &d.0) + &ending,
            _ => self.items_url(format),
        }
    }

    fn items_url(&self, format: FileFormat) -> String {
        let mut pairs = self.filter_pairs();
        // Features come page by page, downloads whole.
        pairs.push(match format {
            FileFormat::Places(PlaceFormat::Geojson) => ("limit", "10000".to_owned()),
            other => ("f", other.name().to_owned()),
        });
        address("/collections/places/items", &pairs)
    }

    /// Whether nothing is chosen.
    pub fn is_default(&self) -> bool {
        self.filter_pairs().is_empty()
    }

    /// The filter as pairs of a query.
    fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let Filter { query, categories, districts, towns, when, facts, .. } = &self.filter;
        let text = (!query.is_empty()).then(|| ("q", query.clone()));
        let pairs = text.into_iter().chain(categories.iter().map(|it| ("category", it.0.clone())));
        let pairs = pairs.chain(districts.iter().map(|it| ("district", it.0.clone())));
        let pairs = pairs.chain(towns.iter().map(|town| ("town", town.clone())));
        let pairs = pairs.chain(when.codes().into_iter().map(|code| ("when", code.to_owned())));
        pairs.chain(facts.iter().map(|it| ("fact", it.code().to_owned()))).collect()
    }

    /// The whole state as pairs of a query, in their canonical order; what is as at the start is left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.list_pairs();
        if self.offset > 0 {
            pairs.push(("offset", self.offset.to_string()));
        }
        if let Some(place) = &self.place {
            pairs.push(("place", place.0.clone()));
        }
        pairs.extend(self.language_pair());
        pairs
    }

    /// The language, where the URL named it.
    fn language_pair(&self) -> Vec<(&'static str, String)> {
        if self.lang_chosen { vec![("lang", self.lang.code().to_owned())] } else { Vec::new() }
    }

    /// The filter and the order of the list as pairs of a query.
    fn list_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter_pairs();
        if !self.from.is_empty() {
            pairs.push(("from", self.from.clone()));
        }
        if self.by == Grouping::District {
            pairs.push(("by", "district".to_owned()));
        }
        pairs
    }

    /// This view with `category` added to its filter, or removed from it; on the first page.
    #[must_use]
    pub fn toggle_category(&self, category: &CategoryId) -> Self {
        let mut next = Self { offset: 0, place: None, ..self.clone() };
        toggle(&mut next.filter.categories, category);
        next
    }

    /// This view with a time added to its filter, or removed from it; on the first page.
    #[must_use]
    pub fn toggle_when(&self, code: &str) -> Self {
        let mut next = Self { offset: 0, place: None, ..self.clone() };
        next.filter.when = next.filter.when.toggled(code);
        next
    }

    /// This view with a fact added to its filter, or removed from it; on the first page.
    #[must_use]
    pub fn toggle_fact(&self, fact: PlaceFact) -> Self {
        let mut next = Self { offset: 0, place: None, ..self.clone() };
        toggle(&mut next.filter.facts, &fact);
        next
    }

    /// This view with a 大字 added to its filter, or removed from it; on the first page.
    #[must_use]
    pub fn toggle_town(&self, town: &str) -> Self {
        let mut next = Self { offset: 0, place: None, ..self.clone() };
        toggle(&mut next.filter.towns, &town.to_owned());
        next
    }

    /// This view with `district` added to its filter, or removed from it; on the first page.
    #[must_use]
    pub fn toggle_district(&self, district: &DistrictId) -> Self {
        let mut next = Self { offset: 0, place: None, ..self.clone() };
        toggle(&mut next.filter.districts, district);
        next
    }
}

/// The codes of a comma-separated list, without empty and overlong ones.
fn codes(value: &str) -> impl Iterator<Item = String> {
    let code = |code: &&str| (1..=LONGEST_CODE).contains(&code.chars().count());
    value.split(',').filter(code).map(str::to_owned)
}

/// Adds an item unless it is there already or the list is full.
fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.len() < MOST_CODES && !list.contains(&item) {
        list.push(item);
    }
}

/// Adds an item, or removes it.
fn toggle<T: PartialEq + Clone>(list: &mut Vec<T>, item: &T) {
    match list.iter().position(|other| other == item) {
        Some(i) => drop(list.remove(i)),
        None => list.push(item.clone()),
    }
}

/// The URL of `path` with `pairs` as its query (`application/x-www-form-urlencoded`).
fn address(path: &str, pairs: &[(&'static str, String)]) -> String {
    let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", query_value(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Encodes a value for a URL query (`application/x-www-form-urlencoded`).
pub fn query_value(text: &str) -> String {
    form_encoded(text).replace("%20", "+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    /// The pairs of a query, decoded as forms are.
    fn decoded(query: &str) -> Vec<(String, String)> {
        let plain = |text: &str| {
            let mut bytes = Vec::new();
            let mut rest = text.as_bytes();
            while let Some((&first, behind)) = rest.split_first() {
                rest = behind;
                match first {
                    b'+' => bytes.push(b' '),
                    b'%' => {
                        bytes.push(u8::from_str_radix(std::str::from_utf8(&rest[..2]).unwrap(), 16).unwrap());
                        rest = &rest[2..];
                    }
                    other => bytes.push(other),
                }
            }
            String::from_utf8(bytes).unwrap()
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').unwrap()).map(|(name, value)| (plain(name), plain(value))).collect()
    }

    #[test]
    fn addresses_are_read_and_written_as_the_shared_cases_say() {
        let cases: Vec<std::collections::HashMap<String, String>> =
            serde_json::from_str(include_str!("../../../tests/address-cases.json")).unwrap();
        for case in cases {
            let view = PageView::parse(&decoded(&case["in"]), "");
            assert_eq!(view.url(), case["url"], "{case:?}");
            assert_eq!(view.data_url(FileFormat::Places(PlaceFormat::Geojson)), case["data"], "{case:?}");
            assert_eq!(view.data_url(FileFormat::Places(PlaceFormat::Xlsx)), case["xlsx"], "{case:?}");
            let again = PageView::parse(&decoded(case["url"].trim_start_matches(['/', '?'])), "");
            assert_eq!(again.url(), case["url"], "{case:?}");
        }
    }

    #[test]
    fn an_address_is_written_as_it_was_read() {
        let given =
            [("q", "囲碁 将棋"), ("category", "salon"), ("category", "gym"), ("district", "八鹿"), ("by", "district")];
        let view = PageView::parse(&pairs(&given), "");
        assert_eq!(
            view.url(),
            "/?q=%E5%9B%B2%E7%A2%81+%E5%B0%86%E6%A3%8B&category=salon&category=gym&district=%E5%85%AB%E9%B9%BF&by=district"
        );
    }

    #[test]
    fn several_codes_may_stand_in_one_parameter() {
        let view = PageView::parse(&pairs(&[("category", "salon,gym,salon,")]), "");
        assert_eq!(view.url(), "/?category=salon&category=gym");
    }

    #[test]
    fn nonsense_is_left_out_and_never_refused() {
        let view = PageView::parse(
            &pairs(&[("lang", "xx"), ("offset", "-3"), ("by", "?"), ("bbox", "1"), ("place", "")]),
            "en",
        );
        assert_eq!(view, PageView { lang: Language::En, ..PageView::default() });
    }

    #[test]
    fn a_language_from_the_browser_does_not_get_into_links() {
        assert_eq!(PageView::parse(&[], "en").url(), "/");
        assert_eq!(PageView::parse(&pairs(&[("lang", "en")]), "ja").url(), "/?lang=en");
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let view = PageView::parse(&pairs(&[("category", "a"), ("q", "x")]), "");
        let b = CategoryId("b".into());
        assert_eq!(view.toggle_category(&b).toggle_category(&b), view);
    }

    #[test]
    fn the_data_of_a_list_has_the_same_filter() {
        let url = |list: &[(&str, &str)]| {
            PageView::parse(&pairs(list), "").data_url(FileFormat::Places(PlaceFormat::Geojson))
        };
        assert_eq!(url(&[]), "/places.geojson");
        assert_eq!(url(&[("category", "salon"), ("district", "x")]), "/categories/salon/districts/x.geojson");
        assert_eq!(url(&[("q", "a"), ("category", "b")]), "/collections/places/items?q=a&category=b&limit=10000");
    }
}
