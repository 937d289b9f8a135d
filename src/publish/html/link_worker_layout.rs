//! What these pages share: head, banner, the way from one to the other, footer. This module does no I/O.

use maud::{DOCTYPE, Markup, html};

use super::layout::site_title;
use crate::index::Snapshot;
use crate::model::Audience;
use crate::model::Language;
use crate::publish::link_worker_messages::texts;

/// A page among these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavItem {
    /// The finder; inside only.
    Find,
    /// All places, as a list and a map.
    Places,
    /// The directory of link workers.
    LinkWorkers,
    /// The sheets to fill in and print.
    Sheets,
    /// The guide.
    Guide,
    /// What nobody found; inside only.
    Unmet,
}

impl NavItem {
    /// Every page, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Find, Self::Places, Self::LinkWorkers, Self::Sheets, Self::Guide, Self::Unmet];

    /// Where it is.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Find => "/find",
            Self::Places => "/",
            Self::LinkWorkers => "/link-workers",
            Self::Sheets => "/sheets",
            Self::Guide => "/guide",
            Self::Unmet => "/unmet",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        let words = texts("common");
        match self {
            Self::Find => words.text("tab.find"),
            Self::Places => words.text("tab.places"),
            Self::LinkWorkers => words.text("tab.link_workers"),
            Self::Sheets => words.text("tab.sheets"),
            Self::Guide => words.text("tab.guide"),
            Self::Unmet => words.text("tab.unmet"),
        }
    }

    /// Whether it is for link workers only.
    const fn is_inner(self) -> bool {
        matches!(self, Self::Find | Self::Unmet)
    }
}

/// What a page is made of.
#[derive(Debug)]
pub struct PageLayout<'a> {
    /// Whose page it is, and for whom.
    pub snapshot: &'a Snapshot,
    /// Which it is.
    pub tab: NavItem,
    /// Its title, where that is not the tab's name.
    pub title: Option<&'a str>,
    /// Its own style sheets, below `/assets/`.
    pub styles: &'a [&'a str],
    /// Its script, below `/assets/`, if it has one.
    pub script: Option<&'a str>,
}

impl PageLayout<'_> {
    /// The whole document around `body`, which brings its own `main` (see [`main_of`](Self::main_of)).
    pub fn document(&self, body: &Markup) -> Markup {
        let city = &self.snapshot.city;
        let words = texts("common");
        html! {
            (DOCTYPE)
            html lang="ja" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title.unwrap_or(self.tab.name())) " | " (site_title(city, Language::Ja)) }
                    link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                    link rel="stylesheet" href="/assets/vendor/tokens.css";
                    link rel="stylesheet" href="/assets/base.css";
                    link rel="stylesheet" href="/assets/desk.css";
                    @for style in self.styles { link rel="stylesheet" href={ "/assets/" (style) }; }
                    link rel="stylesheet" href="/categories.css";
                }
                body class="desk" {
                    a class="skip no-print" href="#main" { (words.text("skip")) }
                    header class="no-print" {
                        div class="site" {
                            p class="site-name" { a href="/" { (site_title(city, Language::Ja)) } }
                            (navigation(self.snapshot.audience, Some(self.tab)))
                        }
                        @if city.sample { p class="sample" { strong { (words.text("sample")) } } }
                    }
                    (body)
                    footer class="site-footer no-print" {
                        @if !city.office.is_empty() { p { (words.text("office")) "：" (city.office) " " (city.office_phone.as_deref().unwrap_or_default()) } }
                        p { (words.text("privacy")) }
                    }
                    @if let Some(script) = self.script { script type="module" src={ "/assets/" (script) } {} }
                }
            }
        }
    }

    /// A `main` with the heading of the page and `body` below it.
    pub fn main_of(&self, body: &Markup) -> Markup {
        html! {
            main id="main" class="desk-main" tabindex="-1" {
                h1 class="no-print" { (self.title.unwrap_or(self.tab.name())) }
                (body)
            }
        }
    }
}

/// The way from page to page: only to those that this audience's address has.
pub fn navigation(audience: Audience, here: Option<NavItem>) -> Markup {
    let inside = audience != Audience::Public;
    html! {
        nav class="desk-nav" aria-label=(texts("common").text("nav")) {
            ul {
                @for tab in NavItem::ALL.into_iter().filter(|tab| inside || !tab.is_inner()) {
                    li { a href=(tab.address()) aria-current=[(Some(tab) == here).then_some("page")] { (tab.name()) } }
                }
            }
        }
    }
}
