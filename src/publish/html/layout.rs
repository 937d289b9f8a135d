//! Page layout for residents: the document around a page, with head, banner and footer. This module does no I/O.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::assets::{LIST_MODULES, asset};
use super::navigation::{NavItem, navigation};
use super::share::SharedPage;
use super::view::PageView;
use crate::index::Snapshot;
use crate::model::{Audience, City, Language};
use crate::publish::messages::{offered_languages, page_messages};
use crate::publish::page_file::SitePage;
use crate::text::without_phone_extensions;

/// The frame of a page: municipality, audience, state and title.
pub struct PlacePageFrame<'a> {
    /// The data of the municipality.
    pub snapshot: &'a Snapshot,
    /// The audience of the page.
    pub audience: Audience,
    /// The state of the page, from its URL.
    pub view: &'a PageView,
    /// The title; `None` for the list.
    pub title: Option<&'a str>,
    /// What it is about; `None` for what the site is about.
    pub description: Option<&'a str>,
    /// Which page it is.
    pub page: &'a SitePage,
    /// Path and query, without the language, of a page that is no page of the site.
    pub address: Option<&'a str>,
}

impl PlacePageFrame<'_> {
    /// What becomes of what a reader does on the page: on that of suggestions, of what is sent.
    fn privacy(&self) -> &'static str {
        let is_form = self.address.is_some_and(|address| address.ends_with("/suggest"));
        page_messages(self.view.lang).text(if is_form { "suggest.privacy" } else { "footer.privacy" })
    }

    /// The URL of the same page in another language.
    fn in_language(&self, lang: Language) -> String {
        if let Some(address) = self.address {
            let sign = if address.contains('?') { '&' } else { '?' };
            return format!("{address}{sign}lang={}", lang.code());
        }
        let view = PageView { lang, lang_chosen: true, ..self.view.clone() };
        match self.page {
            SitePage::Place(id) => view.place_url(id),
            SitePage::Month(month) => view.month_url(*month),
            page => page.only_address(lang).unwrap_or_else(|| view.url()),
        }
    }

    /// Whether it is the list with its map, to both of which keyboards skip.
    fn has_list(&self) -> bool {
        matches!(self.page, SitePage::List | SitePage::Embed)
    }
}

/// The complete HTML document; `body` contains its own `main` element.
pub fn document(about: &PlacePageFrame, body: &Markup) -> Markup {
    let lang = about.view.lang;
    let messages = page_messages(lang);
    let site = site_title(&about.snapshot.city, lang);
    let shared = SharedPage {
        city: &about.snapshot.city,
        page: about.page,
        lang,
        site: &site,
        title: about.title.unwrap_or_default(),
        description: about.description.unwrap_or(messages.text("site.lead")),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if let Some(title) = about.title { (title) " | " } (site) }
                (shared.head())
                @if *about.page == SitePage::Embed { base target="_blank"; }
                link rel="manifest" href="/manifest.webmanifest";
                link rel="icon" type="image/svg+xml" href=(asset("icon.svg"));
                link rel="stylesheet" href=(asset("vendor/tokens.css"));
                link rel="stylesheet" href=(asset("base.css"));
                link rel="stylesheet" href=(asset("page.css"));
                @if about.audience != Audience::Public { link rel="stylesheet" href=(asset("link-worker.css")); }
                link rel="stylesheet" href=(asset("print.css")) media="print";
                link rel="stylesheet" href="/categories.css";
                @if about.has_list() { @for module in LIST_MODULES { link rel="modulepreload" href=(asset(module)); } }
            }
            body data-state=[about.view.is_default().then_some("default")] {
                @if *about.page == SitePage::Embed { (body) (embedded_foot(about, &site)) } @else {
                a class="skip" href=(if about.has_list() { "#results" } else { "#main" }) { (messages.text("site.skip")) }
                @if about.has_list() { a class="skip skip-map" href="#map-pane" { (messages.text("site.skip_map")) } }
                (banner(about, &site))
                (body)
                (footer(&about.snapshot.city, lang, about.privacy()))
                @if !about.has_list() { (page_script(lang, about.audience == Audience::Public)) }
                }
            }
        }
    };
    in_words_of_city(&about.snapshot.city, &page)
}

/// Below a page in a frame: whose it is, and the mark of a sample.
fn embedded_foot(about: &PlacePageFrame, site: &str) -> Markup {
    let messages = page_messages(about.view.lang);
    let whole = PageView { embedded: false, ..about.view.clone() }.url();
    html! {
        footer class="site-footer" {
            @if about.snapshot.sample { p class="sample" { strong { (messages.text("sample.banner")) } } }
            p { a href=(whole) { (messages.fill("embed.open", &[("site", site)])) } }
        }
    }
}

/// The script of pages without a map, with the messages that it needs. `keep` is whether the site is kept for when there is no
/// connection: the internal address never is.
pub fn page_script(lang: Language, keep: bool) -> Markup {
    const NEEDED: [&str; 9] = [
        "brief.comma",
        "brief.later",
        "brief.next",
        "date.hours",
        "date.months",
        "date.short",
        "date.weekdays",
        "offline.data",
        "site.default_state",
    ];
    let messages = page_messages(lang);
    let texts: BTreeMap<&str, &str> = NEEDED.into_iter().map(|key| (key, messages.text(key))).collect();
    let words = script_safe_json(&json!({ "lang": lang.code(), "keep": keep, "texts": texts }));
    html! {
        script type="application/json" id="page-words" { (PreEscaped(words)) }
        script type="module" src=(asset("page.js")) {}
    }
}

/// Serializes JSON for a `script` element: `<` is escaped, so that no text can end the element (XSS).
pub fn script_safe_json(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// A page with the words of the city in place of the references to them. Names of users that look like one are no harm: a word has no
/// character that would need to be escaped.
pub fn in_words_of_city(city: &City, page: &Markup) -> Markup {
    PreEscaped(city.words.fill(&page.0).into_owned())
}

/// The `main` element of a page with a single column of text.
pub fn narrow(body: &Markup) -> Markup {
    html! { main id="main" class="narrow" tabindex="-1" { (body) } }
}

/// The banner: site name, language switch, navigation for link workers, mark of a sample.
fn banner(about: &PlacePageFrame, site: &str) -> Markup {
    let lang = about.view.lang;
    let messages = page_messages(lang);
    let home = PageView { lang, lang_chosen: true, ..PageView::default() }.url();
    html! {
        header {
            div class="site" {
                p class="site-name" { a href=(home) { (site) } }
                nav class="languages" aria-label=(messages.text("site.language")) {
                    ul {
                        @for other in offered_languages() {
                            li { a href=(about.in_language(other)) lang=(other.tag()) hreflang=(other.tag()) data-lang=(other.code())
                                aria-current=[(other == lang).then_some("true")] { (lang_name(other)) } }
                        }
                    }
                }
            }
            @if about.audience != Audience::Public { div class="site" { (navigation(about.audience, about.has_list().then_some(NavItem::Places))) } }
            @if let Some(note) = messages.find("lang.note") { p class="sample" { (note) } }
            @if about.snapshot.sample { p class="sample" { strong { (messages.text("sample.banner")) } } }
        }
    }
}

/// The name of a language in that language.
fn lang_name(lang: Language) -> &'static str {
    page_messages(lang).of("lang.", lang.code())
}

/// The title of the site, with the name of the municipality.
pub fn site_title(city: &City, lang: Language) -> String {
    let roman = lang.is_latin() && !city.name_en.is_empty();
    page_messages(lang)
        .fill("site.title", &[("city", if roman { &city.name_en } else { &city.name })])
        .trim()
        .to_owned()
}

/// The footer: office, downloads, licence, pages of link workers, privacy.
fn footer(city: &City, lang: Language, privacy: &str) -> Markup {
    let messages = page_messages(lang);
    html! {
        footer class="site-footer" {
            @if !city.office.is_empty() {
                p { (messages.text("footer.office")) "：" (city.office)
                    @if let Some(phone) = &city.office_phone { " " a href={ "tel:" (digits(phone)) } { (phone) } } }
            }
            p { (messages.text("footer.data")) "：" a href="/places.geojson" { (messages.text("footer.all")) } " ・ "
                a href="/districts.geojson" { (messages.text("footer.districts")) } }
            @if let Some(licence) = &city.licence { p { (messages.fill("footer.licence", &[("licence", licence)])) } }
            p { (messages.text("footer.link_workers")) "：" @for tab in [NavItem::LinkWorkers, NavItem::Sheets, NavItem::Guide, NavItem::Plan] { a href=(tab.address()) lang="ja" { (tab.name()) } " " } }
            p { (privacy) }
        }
    }
}

/// The first telephone number in `phone` for a `tel:` link (RFC 3966): digits and `+`, without dashes, at half width; empty if there is none.
pub fn digits(phone: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;

    let plain: String = without_phone_extensions(&phone.nfkc().collect::<String>());
    let dash = |c: char| "-‐‑–—−ー()・. ".contains(c);
    let runs = plain.split(|c: char| !(c.is_ascii_digit() || c == '+' || dash(c)));
    let numbers = runs.map(|run| run.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>());
    numbers.into_iter().find(|number| is_dialable(number)).unwrap_or_default()
}

/// Whether a telephone in Japan can dial it: an area code and ten digits, eleven of a mobile or IP number, three of a service,
/// or a number with its country. Nothing else gets a button.
fn is_dialable(number: &str) -> bool {
    let mut signs = number.bytes();
    let (first, second, third) = (signs.next(), signs.next(), signs.next());
    let digits_only = number.bytes().skip(usize::from(first == Some(b'+'))).all(|b| b.is_ascii_digit());
    digits_only
        && match (first, number.len()) {
            (Some(b'+'), 10..=16) | (Some(b'0'), 10) => second != Some(b'0'),
            (Some(b'0'), 11) => third == Some(b'0') && second >= Some(b'5') || number.starts_with("0800"),
            (Some(b'1'), 3) => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_dials_the_first_number_however_it_is_written() {
        assert_eq!(digits("０７９－６６２－１２３４"), "0796621234");
        assert_eq!(digits("(079) 662-1234、079-662-9999"), "0796621234");
        assert_eq!(digits("内線12 電話なし"), "");
        for extension in ["内線 123", "内線：110", "（内線119）", "内線番号 1234", "内線171、172"] {
            assert_eq!(digits(extension), "", "{extension}");
        }
        assert_eq!(digits("079-662-1234（内線 123）"), "0796621234");
        assert_eq!(digits("内線 123（079-662-1234）"), "0796621234");
        assert_eq!(digits("0120-000-000"), "0120000000");
        assert_eq!(digits("090-0000-0000"), "09000000000");
        assert_eq!(digits("+81 79 662 1234"), "+81796621234");
        assert_eq!(digits("119"), "119");
        for impossible in ["662-1234", "079-662-12345", "079-662-123", "00-0000-0000", "123456789012", "〒667-0000"] {
            assert_eq!(digits(impossible), "", "{impossible}");
        }
    }
}
