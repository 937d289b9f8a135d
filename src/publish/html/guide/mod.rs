//! `/guide`: a city's own programme, from its `guide.md`, as one page to print. This module does no I/O.
//!
//! The file may hold anything. HTML in it is shown as text, links lead where they plainly may, pictures become their words, and
//! headings go one below the other, so that the page stays one that a screen reader can follow and the policy lets through.

mod markdown;

use maud::{Markup, PreEscaped, html};

use super::{NavItem, PageLayout};
use crate::index::Snapshot;
use crate::publish::link_worker_messages::catalogue;
use markdown::{GuideSection, MarkdownText};

/// So many sections make a list of contents worth its room.
const CONTENTS_FROM: usize = 4;

/// The page; `guide` is the Markdown that the city wrote, if it did.
pub fn guide_page(snapshot: &Snapshot, guide: Option<&str>) -> String {
    let text = guide.map(markdown::read).filter(|text| !text.html.trim().is_empty() || text.title.is_some());
    let title = text.as_ref().and_then(|text| text.title.as_deref());
    let styles = &["sheets/guide.css"];
    let layout = PageLayout { snapshot, tab: NavItem::Guide, title, styles, script: Some("sheets/page.js") };
    let body = match &text {
        Some(text) => guide_main(&layout, text),
        None => layout.main_of(&no_guide_note()),
    };
    layout.document(&body).into_string()
}

fn guide_main(layout: &PageLayout, text: &MarkdownText) -> Markup {
    let messages = catalogue("guide");
    html! {
        main id="main" class="link-worker-main guide" tabindex="-1" {
            h1 { (layout.title.unwrap_or(NavItem::Guide.name())) }
            p class="bar no-print" hidden { button type="button" data-print { (messages.text("print")) } }
            @if text.sections.len() >= CONTENTS_FROM { (contents(&text.sections)) }
            (PreEscaped(&text.html))
        }
    }
}

fn contents(sections: &[GuideSection]) -> Markup {
    html! {
        nav class="contents no-print" aria-label=(catalogue("guide").text("contents")) {
            ol { @for section in sections { li { a href={ "#" (section.id) } { (section.name) } } } }
        }
    }
}

/// What to put where.
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
        guide_page(&Snapshot::build(&SnapshotInput::default(), Audience::Public), guide)
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
