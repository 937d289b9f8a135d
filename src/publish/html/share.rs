//! What a page says of itself to other programs: description, canonical address, languages and Open Graph. This module does no I/O.

use maud::{Markup, html};

use crate::model::{City, Language};
use crate::publish::page_file::{SitePage, public_url};

/// The longest description, in characters.
const LONGEST: usize = 160;

/// A page as other programs show it.
pub(super) struct SharedPage<'a> {
    /// The municipality.
    pub city: &'a City,
    /// Which page it is.
    pub page: &'a SitePage,
    /// Its language.
    pub lang: Language,
    /// The name of the site.
    pub site: &'a str,
    /// The title without the name of the site; empty for the list.
    pub title: &'a str,
    /// What it is about.
    pub description: &'a str,
}

impl SharedPage<'_> {
    /// The elements of the head.
    pub(super) fn head(&self) -> Markup {
        let Self { city, page, lang, site, title, .. } = self;
        let title = if title.is_empty() { site } else { title };
        let description = self.short_description();
        let url = public_url(city, page, *lang).filter(|_| page.is_canonical());
        let others = page.languages().into_iter().filter(|it| *it != Language::Easy);
        let others: Vec<(Language, String)> =
            others.filter_map(|it| Some((it, public_url(city, page, it)?))).filter(|_| page.is_canonical()).collect();
        html! {
            meta name="description" content=(description);
            @if let Some(url) = &url { link rel="canonical" href=(url); }
            @if others.len() > 1 {
                @for (other, url) in &others { link rel="alternate" hreflang=(other.tag()) href=(url); }
            }
            meta property="og:type" content="website";
            meta property="og:site_name" content=(site);
            meta property="og:title" content=(title);
            meta property="og:description" content=(description);
            meta property="og:locale" content=(locale(*lang));
            @if let Some(url) = &url { meta property="og:url" content=(url); }
        }
    }

    /// The description in one line, no longer than a search engine shows.
    fn short_description(&self) -> String {
        let line = self.description.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST - 1).chain(['…']).collect() }
    }
}

/// The locale of Open Graph.
fn locale(lang: Language) -> &'static str {
    match lang {
        Language::Ja | Language::Easy => "ja_JP",
        Language::En => "en_GB",
        Language::Vi => "vi_VN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_one_of_several_lines_becomes_one() {
        let (city, long) = (City::default(), "長い 説明\n".repeat(60));
        let page = SharedPage {
            city: &city,
            page: &SitePage::List,
            lang: Language::Ja,
            site: "",
            title: "",
            description: &long,
        };
        let short = page.short_description();
        assert!(
            short.chars().count() == LONGEST && short.starts_with("長い 説明 長い") && short.ends_with('…'),
            "{short}"
        );
    }

    #[test]
    fn a_page_without_an_address_of_its_own_has_no_canonical_one() {
        let city = City { public_url: Some("https://example.jp".to_owned()), ..City::default() };
        let head = |page: &SitePage| {
            let page = SharedPage { city: &city, page, lang: Language::En, site: "s", title: "<t>", description: "d" };
            page.head().into_string()
        };
        assert!(head(&SitePage::List).contains("canonical\" href=\"https://example.jp/index.en.html\""));
        assert!(!head(&SitePage::Embed).contains("canonical") && head(&SitePage::Embed).contains("&lt;t&gt;"));
    }
}
