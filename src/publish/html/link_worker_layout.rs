//! Page layout for link workers: the document around a page, with head, banner, navigation and footer. This module does no I/O.

use maud::{DOCTYPE, Markup, html};

use super::assets;
use super::layout::{in_words_of_city, site_title};
use super::navigation::{NavItem, navigation};
use super::share::SharedPage;
use crate::index::Snapshot;
use crate::model::{Audience, Language};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::page_file::SitePage;

/// Page layout: everything that a page puts around its own body.
#[derive(Debug)]
pub struct PageLayout<'a> {
    /// The data of the municipality, as the audience of the page may see it.
    pub snapshot: &'a Snapshot,
    /// The current entry of the navigation.
    pub tab: NavItem,
    /// The title; `None` takes the name of the navigation entry.
    pub title: Option<&'a str>,
    /// Additional style sheets, as paths below `/assets/`.
    pub styles: &'a [&'a str],
    /// The script of the page, as a path below `/assets/`.
    pub script: Option<&'a str>,
    /// Which page of the site it is; `None` for one that only a server has.
    pub page: Option<SitePage>,
}

impl PageLayout<'_> {
    /// The complete HTML document; `body` contains its own `main` element (see [`main_of`](Self::main_of)).
    pub fn document(&self, body: &Markup) -> Markup {
        let city = &self.snapshot.city;
        let messages = catalogue("common");
        let site = site_title(city, Language::Ja);
        let description = format!("{} ・ {site}", self.head_title());
        let page = html! {
            (DOCTYPE)
            html lang="ja" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.head_title()) " | " (site) }
                    @if let Some(page) = &self.page { (SharedPage { city, page, lang: Language::Ja, site: &site, title: self.head_title(), description: &description }.head()) }
                    link rel="icon" type="image/svg+xml" href=(self.asset("icon.svg"));
                    link rel="stylesheet" href=(self.asset("vendor/tokens.css"));
                    link rel="stylesheet" href=(self.asset("base.css"));
                    link rel="stylesheet" href=(self.asset("link-worker.css"));
                    @for style in self.styles { link rel="stylesheet" href=(self.asset(style)); }
                    @if self.tab != NavItem::SignIn { link rel="stylesheet" href="/categories.css"; }
                }
                body class="link-worker" {
                    a class="skip no-print" href="#main" { (messages.text("skip")) }
                    header {
                        div class="site no-print" {
                            p class="site-name" { a href="/" { (site_title(city, Language::Ja)) } }
                            @if self.tab != NavItem::SignIn { (navigation(self.snapshot.audience, Some(self.tab))) }
                        }
                        @if self.snapshot.sample { (self.sample_banner()) }
                    }
                    (body)
                    footer class="site-footer no-print" {
                        @if !city.office.is_empty() { p { (messages.text("office")) "：" (city.office) " " (city.office_phone.as_deref().unwrap_or_default()) } }
                        // What is tapped or typed on those pages is stored.
                        @if !matches!(self.tab, NavItem::Results | NavItem::Account | NavItem::Edit | NavItem::SignIn) { p { (messages.text("privacy")) } }
                        // Other pages are files of the site, too, where there are no accounts.
                        @if self.page.is_none() && self.tab != NavItem::SignIn && self.snapshot.audience != Audience::Public {
                            p { a href=(NavItem::Account.address()) { (NavItem::Account.name()) } }
                        }
                    }
                    @if let Some(script) = self.script { script type="module" src=(self.asset(script)) {} }
                }
            }
        };
        in_words_of_city(city, &page)
    }

    /// The title in the head.
    fn head_title(&self) -> &str {
        self.title.unwrap_or(self.tab.name())
    }

    /// The address of a file of `web/`. Pages of a site have it with its version; on the others, modules name each other without.
    fn asset(&self, path: &str) -> String {
        if self.page.is_some() { assets::asset(path) } else { format!("/assets/{path}") }
    }

    /// The mark of the sample. It is printed, too, but for the papers that bear a mark of their own.
    fn sample_banner(&self) -> Markup {
        let has_own_mark = matches!(self.tab, NavItem::Find | NavItem::Sheets);
        let banner = html! { p class="sample" { strong { (catalogue("common").text("sample")) } } };
        html! { @if has_own_mark { div class="no-print" { (banner) } } @else { (banner) } }
    }

    /// The `main` element: the `h1` of the page, then `body`.
    pub fn main_of(&self, body: &Markup) -> Markup {
        html! {
            main id="main" class="link-worker-main" tabindex="-1" {
                h1 class="no-print" { (self.title.unwrap_or(self.tab.name())) }
                (body)
            }
        }
    }
}
