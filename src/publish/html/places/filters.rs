//! Filters of the list: the search field, and chips for categories and districts.
//!
//! Every chip is a link to the list with that filter, so that it works without script. This module does no I/O.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::facets::Facets;
use super::groups::towns;
use super::hidden_fields::hidden_fields;
use super::{explain, when};
use crate::index::Snapshot;
use crate::model::{Category, District, Language};
use crate::publish::html::ruby::ruby;
use crate::publish::html::view::PageView;
use crate::publish::messages::{page_messages, thousands};
use crate::publish::name_readings::NameReadings;

/// All filters; `facets` are the counts on the chips.
pub fn filters(snapshot: &Snapshot, view: &PageView, facets: &Facets) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    html! {
        section class="filters" aria-labelledby="filters" {
            h2 id="filters" class="visually-hidden" { (messages.text("filter.heading")) }
            (search(snapshot, view))
            div class="folds" {
                details class="fold" data-fold="category" {
                    summary { (messages.text("filter.category")) }
                    h3 class="fold-title" { (messages.text("filter.category")) }
                    div id="category-chips" { (category_chips(snapshot, view, facets)) }
                }
                @if !snapshot.districts.all().is_empty() {
                    details class="fold" data-fold="district" {
                        summary { (messages.text("filter.district")) }
                        h3 class="fold-title" { (messages.text("filter.district")) }
                        div id="district-chips" { (district_chips(snapshot, view, facets)) }
                    }
                }
                @if snapshot.districts.all().is_empty() { (town_fold(snapshot, view, facets)) }
                (when::fold(snapshot, view))
            }
            div class="chosen-row" id="chosen" { (chosen(snapshot, view)) }
            div id="nearby" { (explain::nearby(snapshot, view, facets)) }
        }
    }
}

/// The search form; hidden fields keep the other filters.
fn search(snapshot: &Snapshot, view: &PageView) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    html! {
        form class="search" role="search" action=(view.form_url()) method="get" {
            label for="q" { (messages.text("search.label")) }
            div class="search-row" {
                input id="q" name="q" type="search" value=(view.filter.query) autocomplete="off" enterkeyhint="search"
                    placeholder=[search_hint(snapshot, lang)];
                button type="submit" { (messages.text("search.button")) }
            }
            (hidden_fields(view, "q"))
        }
    }
}

/// What may be searched for and is found here: the kinds with the most places by the first word of their names, and a district
/// or 大字. `None` where nothing is.
fn search_hint(snapshot: &Snapshot, lang: Language) -> Option<String> {
    let named = |category: &Category| category.name.japanese().split('・').next().unwrap_or_default().to_owned();
    // The last one takes what fits nowhere else, and its name finds nothing.
    let kinds = snapshot.categories.all().split_last().map_or(&[][..], |(_, kinds)| kinds);
    let mut kinds: Vec<(usize, &Category)> = kinds.iter().map(|it| (snapshot.count(Some(&it.id), None), it)).collect();
    kinds.sort_by_key(|(places, _)| Reverse(*places));
    let found = kinds.iter().filter(|(places, _)| *places > 0).take(2).map(|(_, category)| named(category));
    let district = snapshot.districts.all().first().map(|district| district.name.clone());
    let town = || snapshot.places.iter().find_map(|it| it.place.facts.town.as_ref()).map(|town| town.name.clone());
    let words: Vec<String> = found.chain(district.or_else(town)).collect();
    (!words.is_empty()).then(|| page_messages(lang).fill("search.hint", &[("words", &words.join("、"))]))
}

/// The active filters as chips, each a link that removes it; empty without any.
fn chosen(snapshot: &Snapshot, view: &PageView) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    let categories = view.filter.categories.iter().map(|id| {
        let name = snapshot.categories.by_id(id).map_or(id.0.as_str(), |c| c.name.text(lang));
        (name.to_owned(), view.toggle_category(id))
    });
    let districts = view.filter.districts.iter().map(|id| {
        let name = snapshot.districts.by_id(id).map_or(id.0.as_str(), |d| d.name.as_str());
        (name.to_owned(), view.toggle_district(id))
    });
    let towns = view.filter.towns.iter().map(|town| (town.clone(), view.toggle_town(town)));
    let mut without_text = PageView { offset: 0, place: None, ..view.clone() };
    without_text.filter.query.clear();
    let text = (!view.filter.query.is_empty()).then(|| (format!("「{}」", view.filter.query), without_text));
    let when = view.filter.when.codes().into_iter().map(|code| (when::label(code, lang), view.toggle_when(code)));
    let facts = view.filter.facts.iter().map(|&fact| (when::fact_label(fact, lang), view.toggle_fact(fact)));
    let from = (!view.from.is_empty()).then(|| {
        let name = messages.fill("list.from", &[("place", &view.from)]);
        (name, PageView { from: String::new(), offset: 0, place: None, ..view.clone() })
    });
    let all: Vec<_> =
        text.into_iter().chain(categories).chain(districts).chain(towns).chain(when).chain(facts).chain(from).collect();
    html! {
        @if !all.is_empty() {
            h3 class="visually-hidden" { (messages.text("filter.active")) }
            ul class="chips" {
                @for (name, without) in &all {
                    li { a class="chip off" href=(without.url()) aria-label=(messages.fill("filter.remove", &[("name", name)])) {
                        (name) span class="x" aria-hidden="true" { "×" }
                    } }
                }
                @let clear = PageView { lang, lang_chosen: view.lang_chosen, by: view.by, embedded: view.embedded, ..PageView::default() };
                li { a class="chip clear" href=(clear.url()) { (messages.text("filter.clear")) } }
            }
        }
    }
}

/// The category chips, by group; a category without any place has none, unless it is chosen.
fn category_chips(snapshot: &Snapshot, view: &PageView, facets: &Facets) -> Markup {
    let all = snapshot.categories.all();
    let lang = view.lang;
    let is_used = |id| snapshot.count(Some(id), None) > 0 || view.filter.categories.contains(id);
    let numbered: Vec<_> = all.iter().enumerate().filter(|(_, category)| is_used(&category.id)).collect();
    html! {
        @for group in numbered.chunk_by(|a, b| a.1.group == b.1.group) {
            div class="chip-group" {
                @let name = group[0].1.group.text(lang);
                p class="chip-title" { (name) }
                ul class="chips" aria-label=(name) {
                    @for (n, category) in group {
                        @let on = view.filter.categories.contains(&category.id);
                        @let count = facets.by_category.get(&category.id).copied().unwrap_or(0);
                        li { a class={ "chip k" (n) @if count == 0 { " empty" } } href=(view.toggle_category(&category.id).url())
                            data-category=(category.id.0) aria-current=[on.then_some("true")] {
                            span class="icon" aria-hidden="true" {}
                            span { (category.name.text(lang)) } " "
                            span class="n" { (thousands(count)) }
                        } }
                    }
                }
            }
        }
    }
}

/// The district chips, by former town.
fn district_chips(snapshot: &Snapshot, view: &PageView, facets: &Facets) -> Markup {
    let names = NameReadings::of(snapshot, view.lang);
    html! {
        @for group in snapshot.districts.all().chunk_by(|a, b| a.former_town == b.former_town) {
            div class="chip-group" {
                @let name = group[0].former_town.as_deref().unwrap_or(page_messages(view.lang).text("filter.other_town"));
                p class="chip-title" { (name) }
                ul class="chips" aria-label=(name) { @for district in group { (district_chip(district, view, facets, &names)) } }
            }
        }
    }
}

/// Of a municipality without districts: the 大字 that have places, in the order of the gazetteer.
fn town_fold(snapshot: &Snapshot, view: &PageView, facets: &Facets) -> Markup {
    let messages = page_messages(view.lang);
    let names = NameReadings::of(snapshot, view.lang);
    let towns = towns(snapshot);
    html! {
        @if towns.names.len() > 1 {
            details class="fold" data-fold="district" {
                summary { (messages.text("filter.town")) }
                h3 class="fold-title" { (messages.text("filter.town")) }
                div id="town-chips" { ul class="chips" aria-label=(messages.text("filter.town")) {
                    @for town in &towns.names {
                        @let on = view.filter.towns.iter().any(|it| it == town);
                        @let count = facets.by_town.get(town.as_str()).copied().unwrap_or(0);
                        li { a class={ "chip" @if count == 0 { " empty" } } href=(view.toggle_town(town).url())
                            data-town=(town) aria-current=[on.then_some("true")] {
                            span { (ruby(&names.town(town))) } " " span class="n" { (thousands(count)) }
                        } }
                    }
                } }
            }
        }
    }
}

/// A chip: a link that adds or removes the district, with its count.
fn district_chip(district: &District, view: &PageView, facets: &Facets, names: &NameReadings) -> Markup {
    let on = view.filter.districts.contains(&district.id);
    let count = facets.by_district.get(&district.id).copied().unwrap_or(0);
    html! {
        li { a class={ "chip" @if count == 0 { " empty" } } href=(view.toggle_district(&district.id).url())
            data-district=(district.id.0) aria-current=[on.then_some("true")] {
            span { (ruby(&names.district(district))) } " "
            span class="n" { (thousands(count)) }
        } }
    }
}
