//! The finder page: the form for a wish, and the containers of its results.
//!
//! The server renders the form; `web/find/` makes it interactive. Privacy: it is no HTML `form` and its fields have no names, so
//! that a browser cannot submit it and no URL can contain personal data. This module does no I/O.

mod data;
mod fields;
mod parts;

use maud::{Markup, html};

use super::guide::institutions::{self, CardFold};
use super::{NavItem, PageLayout};
use crate::find::Finder;
use crate::model::InstitutionTable;
use crate::publish::link_worker_messages::catalogue;

/// The most places in the shortlist, as many as a handout holds.
const SHORTLIST_MOST: usize = 8;

/// The page `/find`, for the snapshot of `finder`, with the card of `institutions`.
pub fn find_page(finder: &Finder, institutions: &InstitutionTable) -> String {
    let snapshot = finder.snapshot();
    let styles = ["find/find.css", "handout/handout.css", "sheets/institutions.css"];
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Find,
        title: None,
        styles: &styles,
        script: Some("find/main.js"),
        page: None,
    };
    layout
        .document(&html! {
            main id="main" class="link-worker-main wide" tabindex="-1" {
                noscript { div class="panel" { p { (text("noscript")) } p { a href="/" { (text("noscript.list")) } } } }
                div id="finder" {
                    a class="skip no-print" href="#answers" { (text("skip")) }
                    (head())
                    div class="finder-columns" {
                        (fields::form(finder))
                        (parts::results_section())
                        (parts::shortlist_and_map())
                    }
                    (institutions::card(snapshot, institutions, CardFold::Folded))
                    (parts::jump_bar())
                    (parts::reset_dialog())
                }
                section id="handout" hidden {}
            }
            (data::page_data(finder))
        })
        .into_string()
}

/// The heading of the page, with the button that clears the wish.
fn head() -> Markup {
    html! {
        div class="finder-head" {
            div {
                h1 { (NavItem::Find.name()) }
                p { (text("lead")) }
                p class="note" { (text("privacy")) }
            }
            button type="button" id="reset" { (text("reset")) }
        }
    }
}

/// The message `key` of the finder page.
fn text(key: &'static str) -> &'static str {
    catalogue("find").text(key)
}
