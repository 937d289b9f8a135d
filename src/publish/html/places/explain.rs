//! What is said about an answer: how a query was understood, what else there is, and why there is nothing. `web/search/explain.js`
//! says the same. This module does no I/O.

use maud::{Markup, html};

use super::facets::Facets;
use super::start::neighbours;
use super::when::{fact_label, label};
use crate::index::filter::query::{SearchedMeaning, UnderstoodWord};
use crate::index::{FilterAnswer, Snapshot};
use crate::model::Language;
use crate::publish::html::layout::digits;
use crate::publish::html::view::PageView;
use crate::publish::messages::{page_messages, thousands};
use crate::text::fold;

/// How many neighbouring districts are offered.
const NEIGHBOURS: usize = 3;
/// How many conditions are looked at to explain an empty list.
const EXPLAINED: usize = 10;

/// How the words of the query were understood, where that is more than as text.
pub fn understood(snapshot: &Snapshot, view: &PageView) -> Markup {
    let query = snapshot.understood(&view.filter.query);
    let said: Vec<String> = query.words.iter().filter_map(|word| understood_word(word, view.lang)).collect();
    html! {
        @if !said.is_empty() { p class="note" { (said.join(page_messages(view.lang).text("search.understood_between"))) } }
    }
}

fn understood_word(word: &UnderstoodWord, lang: Language) -> Option<String> {
    let meaning = match &word.meaning {
        SearchedMeaning::Text(_) => return None,
        SearchedMeaning::Ignored => {
            return Some(page_messages(lang).fill("search.ignored", &[("word", &word.written)]));
        }
        SearchedMeaning::Interest { terms, .. } => terms.join("・"),
        SearchedMeaning::When(code, _) => label(code, lang),
        SearchedMeaning::Fact(fact, _) => fact_label(*fact, lang),
    };
    if fold(&meaning) == fold(&word.written) {
        return None;
    }
    let values = [("word", word.written.as_str()), ("meaning", meaning.as_str())];
    Some(page_messages(lang).fill("search.understood", &values))
}

/// How many places more there are, beside those that certainly fit; empty if none.
pub fn more(answer: &FilterAnswer, lang: Language) -> String {
    let messages = page_messages(lang);
    let said = [("list.more_near", answer.near.len()), ("list.more_unknown", answer.unknown.len())];
    let said = said.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| messages.fill(key, &[("n", &thousands(n))]));
    said.collect::<Vec<_>>().join(" ")
}

/// The districts beside the one chosen, with what each of them has; nothing unless one is chosen.
pub fn nearby(snapshot: &Snapshot, view: &PageView, facets: &Facets) -> Markup {
    let [chosen] = view.filter.districts.as_slice() else { return html! {} };
    let rows = neighbours(snapshot, chosen, NEIGHBOURS);
    html! {
        @if !rows.is_empty() {
            p class="note" { (page_messages(view.lang).text("filter.nearby")) }
            ul class="chips" {
                @for row in rows {
                    @let district = &snapshot.districts.all()[row];
                    @let count = facets.by_district.get(&district.id).copied().unwrap_or(0);
                    li { a class="chip" href=(view.toggle_district(&district.id).url()) {
                        span { (district.name) } " " span class="n" { (thousands(count)) } } }
                }
            }
        }
    }
}

/// In place of an empty list: which condition empties it, with a link to the list without that one, and whom to call.
pub fn nothing(snapshot: &Snapshot, view: &PageView, facets: &Facets) -> Markup {
    let messages = page_messages(view.lang);
    let without = conditions(snapshot, view);
    let helpful: Vec<(String, String, usize)> = without
        .into_iter()
        .take(EXPLAINED)
        .map(|(name, view)| (name, view.url(), snapshot.answer(&view.filter).certain.len()))
        .filter(|(_, _, count)| *count > 0)
        .collect();
    let has_more = !facets.answer.near.is_empty() || !facets.answer.unknown.is_empty();
    html! {
        div class="none" {
            p { (messages.text(if has_more { "list.none_certain" } else { "list.none" })) }
            @if !helpful.is_empty() {
                ul class="chips" {
                    @for (name, url, count) in &helpful {
                        li { a class="chip" href=(url) {
                            (messages.fill("list.without", &[("name", name), ("n", &thousands(*count))])) } }
                    }
                }
            }
            (office(snapshot, view.lang))
        }
    }
}

/// The office to call.
fn office(snapshot: &Snapshot, lang: Language) -> Markup {
    let city = &snapshot.city;
    let phone = city.office_phone.as_deref().filter(|phone| !digits(phone).is_empty());
    html! {
        @if let Some(phone) = phone {
            p { (page_messages(lang).fill("list.ask_office", &[("office", &city.office)])) " "
                a href={ "tel:" (digits(phone)) } { (phone) } }
        }
    }
}

/// Every condition by its name, with the view without it.
fn conditions(snapshot: &Snapshot, view: &PageView) -> Vec<(String, PageView)> {
    let lang = view.lang;
    let query = snapshot.understood(&view.filter.query);
    let searched = query.words.iter().enumerate().filter(|(_, word)| word.meaning != SearchedMeaning::Ignored);
    let words = searched.map(|(at, word)| {
        let mut next = PageView { offset: 0, place: None, ..view.clone() };
        next.filter.query = query.without(at);
        (format!("「{}」", word.written), next)
    });
    let categories = view.filter.categories.iter().map(|id| {
        let name = snapshot.categories.by_id(id).map_or(id.0.as_str(), |it| it.name.text(lang));
        (name.to_owned(), view.toggle_category(id))
    });
    let districts = view.filter.districts.iter().map(|id| {
        let name = snapshot.districts.by_id(id).map_or(id.0.as_str(), |it| it.name.as_str());
        (name.to_owned(), view.toggle_district(id))
    });
    let towns = view.filter.towns.iter().map(|town| (town.clone(), view.toggle_town(town)));
    let when = view.filter.when.codes().into_iter().map(|code| (label(code, lang), view.toggle_when(code)));
    let facts = view.filter.facts.iter().map(|&fact| (fact_label(fact, lang), view.toggle_fact(fact)));
    words.chain(categories).chain(districts).chain(towns).chain(when).chain(facts).collect()
}
