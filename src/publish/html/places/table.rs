//! The page of a category or a district: its places as a list to read, share and print. To filter, it leads to the list with its map.
//! This module does no I/O.

use maud::{Markup, html};

use super::PAGE_LEN;
use super::card::CardList;
use super::groups::{heading, ordered};
use super::list::{count_text, downloads};
use crate::index::{Filter, Snapshot};
use crate::model::{Category, District, Month};
use crate::publish::html::layout::{self, PlacePageFrame};
use crate::publish::html::ruby::ruby;
use crate::publish::html::view::{Grouping, PageView};
use crate::publish::messages::{page_messages, thousands};
use crate::publish::name_readings::NameReadings;
use crate::publish::page_file::SitePage;

/// What a table is of.
#[derive(Debug, Clone, Copy)]
pub enum CategoryOrDistrict<'a> {
    /// A category.
    Category(&'a Category),
    /// A district.
    District(&'a District),
}

/// The page, in the language of `view`.
pub fn table_page(snapshot: &Snapshot, table: CategoryOrDistrict<'_>, view: &PageView, month: Month) -> String {
    let view = &table.view(view);
    let (title, page) = (table.title(view), table.page());
    let body = html! {
        article class="detail place-table" {
            p class="back" { a href=(view.list_url()) { (page_messages(view.lang).text("table.to_list")) } }
            h1 tabindex="-1" { (title) }
            (places(snapshot, view, month))
            p class="actions" {
                a class="button" href=(view.month_url(None)) { (page_messages(view.lang).text("filter.month")) } " "
                a class="button" href=(view.print_url()) { (page_messages(view.lang).text("print.list")) }
            }
            (downloads(view))
        }
    };
    let count = count_text(snapshot.matching(&view.filter).len(), view.lang);
    let description = [&*title, &count, &layout::site_title(&snapshot.city, view.lang)].join(" ・ ");
    let frame = PlacePageFrame {
        snapshot,
        audience: snapshot.audience,
        view,
        title: Some(&title),
        description: Some(&description),
        page: &page,
        address: None,
    };
    layout::document(&frame, &layout::narrow(&body)).into_string()
}

impl CategoryOrDistrict<'_> {
    /// The state of the list with its places: those of a category by district, those of a district by category.
    fn view(self, view: &PageView) -> PageView {
        let (filter, by) = match self {
            Self::Category(it) => (Filter { categories: vec![it.id.clone()], ..Filter::default() }, Grouping::District),
            Self::District(it) => (Filter { districts: vec![it.id.clone()], ..Filter::default() }, Grouping::Category),
        };
        PageView { lang: view.lang, lang_chosen: view.lang_chosen, filter, by, ..PageView::default() }
    }

    fn title(self, view: &PageView) -> String {
        match self {
            Self::Category(it) => it.name.text(view.lang).to_owned(),
            Self::District(it) => it.name.clone(),
        }
    }

    fn page(self) -> SitePage {
        match self {
            Self::Category(it) => SitePage::Category(it.id.clone()),
            Self::District(it) => SitePage::District(it.id.clone()),
        }
    }
}

/// The cards by group; of very many the first, with how many there are.
fn places(snapshot: &Snapshot, view: &PageView, month: Month) -> Markup {
    let all = ordered(snapshot, &snapshot.answer(&view.filter), view, 0..PAGE_LEN);
    let shown = &all.page;
    let (cards, names) = (CardList::new(snapshot, view, month), NameReadings::of(snapshot, view.lang));
    let messages = page_messages(view.lang);
    let range = [("from", "1"), ("to", &thousands(shown.len())), ("total", &thousands(all.total))];
    html! {
        p { (count_text(all.total, view.lang)) }
        @if shown.len() < all.total { p class="note" { (messages.fill("list.range", &range)) } }
        @for group in shown.chunk_by(|a, b| a.0 == b.0) {
            section class="group" {
                h2 { (ruby(&heading(snapshot, group[0].0, view, &names))) }
                ul class="cards" { @for &(_, place) in group { (cards.card(place)) } }
            }
        }
    }
}
