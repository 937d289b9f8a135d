//! What all pages share: head, banner, footer. This module does no I/O.

use maud::{DOCTYPE, Markup, html};

use super::navigation::{NavItem, navigation};
use super::view::PageView;
use crate::model::{Audience, City, Language, PlaceId};

/// What a page is about.
pub struct PlacePageFrame<'a> {
    /// Whose page it is.
    pub city: &'a City,
    /// Who reads it.
    pub audience: Audience,
    /// What the reader asked for.
    pub view: &'a PageView,
    /// Its title, if it is not the list.
    pub title: Option<&'a str>,
    /// The place it is the page of.
    pub page_of: Option<&'a PlaceId>,
}

impl PlacePageFrame<'_> {
    /// The same page in another language.
    fn in_language(&self, lang: Language) -> String {
        let view = PageView { lang, lang_chosen: true, ..self.view.clone() };
        self.page_of.map_or_else(|| view.url(), |id| view.place_url(id))
    }
}

/// A whole document around `body`.
pub fn document(about: &PlacePageFrame, body: &Markup) -> Markup {
    let lang = about.view.lang;
    let site = site_title(about.city, lang);
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if let Some(title) = about.title { (title) " | " } (site) }
                meta name="description" content=(lang.text("site.lead"));
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/vendor/tokens.css";
                link rel="stylesheet" href="/assets/base.css";
                link rel="stylesheet" href="/assets/page.css";
                @if about.audience != Audience::Public { link rel="stylesheet" href="/assets/link-worker.css"; }
                link rel="stylesheet" href="/assets/print.css" media="print";
                link rel="stylesheet" href="/categories.css";
            }
            body {
                a class="skip" href="#main" { (lang.text("site.skip")) }
                (banner(about, &site))
                (body)
                (footer(about.city, lang))
            }
        }
    }
}

/// The frame of a page that is one text.
pub fn narrow(body: &Markup) -> Markup {
    html! { main id="main" class="narrow" tabindex="-1" { (body) } }
}

fn banner(about: &PlacePageFrame, site: &str) -> Markup {
    let lang = about.view.lang;
    let home = PageView { lang, lang_chosen: about.view.lang_chosen, ..PageView::default() }.url();
    html! {
        header {
            div class="site" {
                p class="site-name" { a href=(home) { (site) } }
                nav class="languages" aria-label=(lang.text("site.language")) {
                    ul {
                        @for other in Language::ALL {
                            li { a href=(about.in_language(other)) lang=(other.tag()) hreflang=(other.tag()) data-lang=(other.code())
                                aria-current=[(other == lang).then_some("true")] { (lang_name(other)) } }
                        }
                    }
                }
            }
            @if about.audience != Audience::Public { div class="site" { (navigation(about.audience, about.page_of.is_none().then_some(NavItem::Places))) } }
            @if about.city.sample { p class="sample" { strong { (lang.text("sample.banner")) } } }
        }
    }
}

fn lang_name(lang: Language) -> &'static str {
    match lang {
        Language::Ja => lang.text("lang.ja"),
        Language::Easy => lang.text("lang.easy"),
        Language::En => lang.text("lang.en"),
    }
}

/// What the whole site is called.
pub fn site_title(city: &City, lang: Language) -> String {
    let roman = lang == Language::En && !city.name_en.is_empty();
    lang.fill("site.title", &[("city", if roman { &city.name_en } else { &city.name })]).trim().to_owned()
}

fn footer(city: &City, lang: Language) -> Markup {
    html! {
        footer class="site-footer" {
            @if !city.office.is_empty() {
                p { (lang.text("footer.office")) "：" (city.office)
                    @if let Some(phone) = &city.office_phone { " " a href={ "tel:" (digits(phone)) } { (phone) } } }
            }
            p { (lang.text("footer.data")) "：" a href="/places.geojson" { (lang.text("footer.all")) } " ・ "
                a href="/districts.geojson" { (lang.text("footer.districts")) } }
            @if let Some(licence) = &city.licence { p { (lang.fill("footer.licence", &[("licence", licence)])) } }
            p { (lang.text("footer.link_workers")) "：" @for tab in [NavItem::LinkWorkers, NavItem::Sheets, NavItem::Guide] { a href=(tab.address()) lang="ja" { (tab.name()) } " " } }
            p { (lang.text("footer.privacy")) }
        }
    }
}

/// What a telephone dials: the digits of the first number in `phone`, whatever width and dashes it is written with.
pub fn digits(phone: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;

    let plain: String = phone.nfkc().collect();
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
            (Some(b'+'), 10..=16) => second != Some(b'0'),
            (Some(b'0'), 10) => second != Some(b'0'),
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
        assert_eq!(digits("0120-000-000"), "0120000000");
        assert_eq!(digits("090-0000-0000"), "09000000000");
        assert_eq!(digits("+81 79 662 1234"), "+81796621234");
        assert_eq!(digits("119"), "119");
        for impossible in ["662-1234", "079-662-12345", "079-662-123", "00-0000-0000", "123456789012", "〒667-0000"] {
            assert_eq!(digits(impossible), "", "{impossible}");
        }
    }
}
