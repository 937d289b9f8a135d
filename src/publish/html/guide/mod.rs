//! `/guide`: the city's own programme, rendered from its `guide.md`, with the card 「制度の入口」 and pages to learn from. This module does no
//! I/O.
//!
//! The file is untrusted (XSS): HTML in it is shown as text, links are limited to safe schemes, images become their alternative
//! text, and heading levels are normalized for screen readers.

pub(super) mod institutions;
mod markdown;
mod training;

use maud::{Markup, PreEscaped, html};

use super::{NavItem, PageLayout};
use crate::index::Snapshot;
use crate::model::InstitutionTable;
use crate::publish::link_worker_messages::catalogue;
use crate::publish::page_file::SitePage;
use institutions::CardFold;
use markdown::{GuideSection, MarkdownText};
pub use training::{practice_page, stories_page};

/// The fewest sections for which the page has a table of contents.
const CONTENTS_FROM: usize = 4;

/// The page; `guide` is the Markdown of `guide.md`, if the city has one, and `institutions` where help by law begins.
pub fn guide_page(snapshot: &Snapshot, guide: Option<&str>, institutions: &InstitutionTable) -> String {
    let text = guide.map(markdown::read).filter(|text| !text.html.trim().is_empty() || text.title.is_some());
    let title = text.as_ref().and_then(|text| text.title.as_deref());
    let styles = &["sheets/guide.css", "sheets/institutions.css"];
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Guide,
        title,
        styles,
        script: Some("sheets/page.js"),
        page: Some(SitePage::Guide),
    };
    let always = html! { (institutions::card(snapshot, institutions, CardFold::Open)) (training()) };
    let body = match &text {
        Some(text) => guide_main(&layout, text, &always),
        None => layout.main_of(&html! { (no_guide_note()) (always) }),
    };
    layout.document(&body).into_string()
}

/// The `main` element with the guide.
fn guide_main(layout: &PageLayout, text: &MarkdownText, always: &Markup) -> Markup {
    let messages = catalogue("guide");
    html! {
        main id="main" class="link-worker-main guide" tabindex="-1" {
            h1 { (layout.title.unwrap_or(NavItem::Guide.name())) }
            p class="bar no-print" hidden { button type="button" data-print { (messages.text("print")) } }
            @if text.sections.len() >= CONTENTS_FROM { (contents(&text.sections)) }
            (PreEscaped(&text.html))
            (always)
        }
    }
}

/// Where link workers learn: cases, and persons to practise with.
fn training() -> Markup {
    let messages = catalogue("guide");
    html! {
        section class="panel no-print" aria-labelledby="training" {
            h2 id="training" { (messages.text("training")) }
            ul class="elsewhere" {
                li { a href="/guide/stories" { (messages.text("stories")) } }
                li { a href="/guide/practice" { (messages.text("practice")) } }
            }
        }
    }
}

/// The table of contents.
fn contents(sections: &[GuideSection]) -> Markup {
    html! {
        nav class="contents no-print" aria-label=(catalogue("guide").text("contents")) {
            ol { @for section in sections { li { a href={ "#" (section.id) } { (section.name) } } } }
        }
    }
}

/// The note for a city without a guide: where to put the file.
fn no_guide_note() -> Markup {
    let messages = catalogue("guide");
    html! {
        p { strong { (messages.text("none")) } }
        p { (messages.text("none_how")) }
        p { (messages.text("meanwhile")) }
        ul class="elsewhere" { @for tab in [NavItem::Sheets, NavItem::LinkWorkers] { li { a href=(tab.address()) { (tab.name()) } } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::Audience;

    fn page(guide: Option<&str>) -> String {
        let snapshot = Snapshot::build(&SnapshotInput::default(), Audience::Public);
        guide_page(&snapshot, guide, &InstitutionTable::default())
    }

    #[test]
    fn the_first_heading_is_the_pages_only_one_of_its_level() {
        let html = page(Some("# 私たちの手引き\n\n## 一\n\n本文\n"));
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.contains("<h1>私たちの手引き</h1>"), "{html}");
        assert!(html.contains("<title>私たちの手引き | "));
    }

    #[test]
    fn many_sections_get_a_list_of_contents() {
        let html = page(Some("# t\n## い\n## ろ\n## は\n### ほ\n## に\n"));
        assert!(html.contains("<li><a href=\"#に\">に</a></li>"), "{html}");
        assert!(!html.contains("#ほ\">ほ</a>"));
        assert!(!page(Some("## い\n## ろ\n")).contains("class=\"contents"));
    }

    #[test]
    fn without_a_file_the_page_says_what_to_put_where() {
        for guide in [None, Some(""), Some(" \n\n")] {
            let html = page(guide);
            assert!(html.contains("guide.md") && html.contains("href=\"/sheets\""), "{html}");
        }
    }
}
