//! The page of the finder: all that a link worker may say of a person, as a form, and where the answers go.
//!
//! The form is drawn here, so that its words and its order stand in one place; `web/find/` brings it to life. It is no HTML form:
//! nothing of it could be sent by itself, and no field has a name that an address could carry. This module does no I/O.

mod data;
mod fields;
mod parts;

use maud::{Markup, html};

use super::{NavItem, PageLayout};
use crate::find::Finder;
use crate::publish::link_worker_messages::catalogue;

/// So many places fit into a shortlist.
const SHORTLIST_MOST: usize = 8;

/// The page `/find`, for the snapshot of `finder`.
pub fn find_page(finder: &Finder) -> String {
    let snapshot = finder.snapshot();
    let styles = ["find/find.css", "handout/handout.css"];
    let layout =
        PageLayout { snapshot, tab: NavItem::Find, title: None, styles: &styles, script: Some("find/main.js") };
    layout
        .document(&html! {
            main id="main" class="link-worker-main wide" tabindex="-1" {
                noscript { div class="panel" { p { (text("noscript")) } p { a href="/" { (text("noscript.list")) } } } }
                div id="finder" {
                    (head())
                    div class="finder-columns" {
                        (fields::form(finder))
                        (parts::results_section())
                        (parts::shortlist_and_map())
                    }
                    (parts::jump_bar())
                    (parts::reset_dialog())
                }
                section id="handout" hidden {}
            }
            (data::page_data(finder))
        })
        .into_string()
}

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

fn text(key: &'static str) -> &'static str {
    catalogue("find").text(key)
}
