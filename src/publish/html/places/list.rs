//! The list page: filters, results, and the container of the map. This module does no I/O.

use maud::{Markup, html};

use super::card::CardList;
use super::facets::Facets;
use super::groups::{PlaceGroup, heading, ordered};
use super::{PAGE_LEN, calendar_links, data, detail, explain, filters};
use crate::index::Snapshot;
use crate::model::{Audience, Language, Month};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::html::assets::asset;
use crate::publish::html::layout;
use crate::publish::html::ruby::ruby;
use crate::publish::html::view::{Grouping, PageView};
use crate::publish::messages::{page_messages, thousands};
use crate::publish::name_readings::NameReadings;
use crate::publish::page_file::{SitePage, public_address};

/// The list page in the state `view`.
pub fn list_page(snapshot: &Snapshot, view: &PageView, month: Month) -> String {
    let facets = Facets::of(snapshot, view);
    let opened = view.place.as_ref().and_then(|id| snapshot.by_id(id));
    let title = opened.map(|listed| listed.place.facts.name.as_str());
    let body = html! {
        main id="main" class="map-and-list" tabindex="-1" {
            div class="list-pane" id="list-pane" {
                div id="detail" { @if let Some(listed) = opened { (detail::article(snapshot, listed, view, month)) } }
                div id="browse" class=[opened.map(|_| "behind")] {
                    @if opened.is_some() { h2 class="lead" { (page_messages(view.lang).text("site.lead")) } }
                    @else { h1 class="lead" { (page_messages(view.lang).text("site.lead")) } }
                    (filters::filters(snapshot, view, &facets))
                    (results(snapshot, view, &facets, month))
                }
            }
            (map_pane(snapshot, view.lang))
        }
        (data::page_data(snapshot, view))
        script type="module" src=(asset("main.js")) {}
    };
    let page = &if view.embedded { SitePage::Embed } else { SitePage::List };
    let about = layout::PlacePageFrame {
        snapshot,
        audience: snapshot.audience,
        view,
        title,
        description: None,
        page,
        address: None,
    };
    layout::document(&about, &body).into_string()
}

/// The container of the map, and the switch between list and map on small screens.
fn map_pane(snapshot: &Snapshot, lang: Language) -> Markup {
    let messages = page_messages(lang);
    html! {
        div class="map-pane" id="map-pane" tabindex="-1" {
            h1 class="visually-hidden" { (messages.text("view.map")) }
            div class="map-frame" id="map-frame" {
                div class="map" id="map" {}
                p class="map-message" id="map-message" { (messages.text("map.loading")) }
            }
            div class="map-foot" id="map-foot" {
                @if snapshot.districts.has_sketch() { p class="map-sketch" { (messages.text("map.sketch")) } }
                @if snapshot.land.features.iter().any(|feature| feature.sketch) { p class="map-sketch" { (messages.text("map.sketch_lines")) } }
                @if let Some(credit) = tiles_credit(snapshot) { p class="map-credit" { (messages.fill("map.credit", &[("credit", credit)])) } }
                @if let Some(credit) = &snapshot.city.map.credit { p class="map-credit" { (messages.fill("map.credit", &[("credit", credit)])) } }
            }
        }
        div class="show-bar" id="show-bar" hidden { button type="button" {} }
        div class="tabs" role="group" aria-label=(messages.text("view.label")) {
            button type="button" data-show="list" aria-pressed="true" { (messages.text("view.list")) }
            button type="button" data-show="map" aria-pressed="false" { (messages.text("view.map")) }
        }
    }
}

/// Where the tiles are from, on an address that has them.
fn tiles_credit(snapshot: &Snapshot) -> Option<&str> {
    let map = &snapshot.city.map;
    map.tiles_for(snapshot.audience).and(map.tiles_credit.as_deref())
}

/// The results: count, grouping switch, groups, download link.
fn results(snapshot: &Snapshot, view: &PageView, facets: &Facets, month: Month) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    let total = facets.answer.certain.len();
    html! {
        section class="results" aria-labelledby="results" {
            div class="results-head" {
                h2 id="results" { (messages.text("list.heading")) }
                p id="count" role="status" { (found_text(total, lang)) }
                p id="count-more" class="note" { (explain::more(&facets.answer, lang)) }
                div id="by" { (grouping_switch(view, snapshot.districts.all().is_empty())) }
                p class="to-month" { a id="to-month" href=(view.month_url(None)) { (messages.text("filter.month")) } }
            }
            div id="understood" { (explain::understood(snapshot, view)) }
            div id="load-note" role="alert" {}
            div id="list" { (groups(snapshot, view, facets, month)) }
            p class="print-link" { a id="print" class="button" href=(view.print_url()) { (messages.text("print.list")) } }
            p class="to-top" { a href="#main" { (messages.text("list.top")) } }
            (downloads(view))
            (calendar_links::of_list(snapshot, view, &facets.answer.certain, month))
            (embedding(snapshot, view))
        }
    }
}

/// Links to exactly these places in every format, the workbook first: it keeps dates and telephones as they are.
pub(super) fn downloads(view: &PageView) -> Markup {
    let messages = page_messages(view.lang);
    let others = [
        (PlaceFormat::Xlsx, "list.download_xlsx"),
        (PlaceFormat::Csv, "list.download_csv"),
        (PlaceFormat::JsonLines, "list.download_jsonl"),
    ];
    html! {
        p class="download" {
            @for (format, text) in others {
                a href=(view.data_url(FileFormat::Places(format))) data-format=(format.ending()) download { (messages.text(text)) } " "
            }
            a id="download" href=(view.data_url(FileFormat::Places(PlaceFormat::Geojson))) { (messages.text("list.download")) }
        }
        p class="download note" { (messages.text("list.download_note")) }
        p class="download note" id="download-note" role="status" {}
    }
}

/// The line to copy into a page of another site, where the city allows any; `web/embed-code.js` writes the same.
fn embedding(snapshot: &Snapshot, view: &PageView) -> Markup {
    let (messages, city) = (page_messages(view.lang), &snapshot.city);
    let may_embed = snapshot.audience == Audience::Public && !view.embedded && !city.embed_hosts.is_empty();
    let embedded = PageView { embedded: true, lang_chosen: true, ..view.clone() }.list_url();
    let code = city.public_url.as_ref().map(|url| {
        let title = layout::site_title(city, view.lang).replace('&', "&amp;").replace('"', "&quot;");
        let src = format!("{url}{}", public_address(&embedded)).replace('&', "&amp;");
        format!("<iframe src=\"{src}\" title=\"{title}\" width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>")
    });
    html! {
        @if may_embed {
            details class="fold embed" id="embed" hidden[code.is_none()] data-base=[city.public_url.as_ref().map(|url| format!("{url}/"))] {
                summary { (messages.text("embed.heading")) }
                div {
                    label for="embed-code" { (messages.text("embed.note")) }
                    textarea id="embed-code" readonly rows="4" spellcheck="false" { (code.unwrap_or_default()) }
                    p { button type="button" id="embed-copy" hidden { (messages.text("embed.button")) } " " span id="embed-status" role="status" {} }
                }
            }
        }
    }
}

/// The number of places in a sentence, which screen readers announce.
fn found_text(n: usize, lang: Language) -> String {
    let messages = page_messages(lang);
    match n {
        1 => messages.text("list.found_one").to_owned(),
        n => messages.fill("list.found", &[("n", &thousands(n))]),
    }
}

/// The number of places as text.
pub fn count_text(n: usize, lang: Language) -> String {
    let messages = page_messages(lang);
    if n == 1 {
        messages.text("list.count_one").to_owned()
    } else {
        messages.fill("list.count", &[("n", &thousands(n))])
    }
}

/// The switch between grouping by category and by district.
fn grouping_switch(view: &PageView, is_by_town: bool) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    let with = |by| PageView { by, offset: 0, place: None, ..view.clone() }.url();
    let current = |by| (view.by == by).then_some("true");
    html! {
        ul class="switch" aria-label=(messages.text("list.by")) {
            li { a href=(with(Grouping::Category)) data-by="category" aria-current=[current(Grouping::Category)] {
                (messages.text("list.by_category")) } }
            li { a href=(with(Grouping::District)) data-by="district" aria-current=[current(Grouping::District)] {
                (messages.text(if is_by_town { "list.by_town" } else { "list.by_district" })) } }
        }
    }
}

/// The groups of the current page, with the pager.
fn groups(snapshot: &Snapshot, view: &PageView, facets: &Facets, month: Month) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    let all = ordered(snapshot, &facets.answer, view, view.offset..view.offset.saturating_add(PAGE_LEN));
    let from = view.offset.min(all.total);
    let cards = CardList::new(snapshot, view, month);
    let names = NameReadings::of(snapshot, lang);
    html! {
        @if facets.answer.certain.is_empty() { (explain::nothing(snapshot, view, facets)) }
        @for group in all.page.chunk_by(|a, b| a.0 == b.0) {
            section class="group" {
                h3 { (ruby(&heading(snapshot, group[0].0, view, &names))) " "
                    span class="n" { (thousands(all.size_of(group[0].0))) } }
                @if group[0].0 == PlaceGroup::Unplaced { p class="note" { (messages.text("list.unplaced_note")) } }
                @if group[0].0 == PlaceGroup::Unknown { p class="note" { (messages.text("list.unknown_note")) } }
                ul class="cards" {
                    @for &(_, i) in group { (cards.card(i)) }
                }
            }
        }
        (pager(view, from, all.total))
    }
}

/// Links to the previous and next page (pagination).
fn pager(view: &PageView, from: usize, total: usize) -> Markup {
    let lang = view.lang;
    let messages = page_messages(lang);
    let at = |offset| PageView { offset, place: None, ..view.clone() }.url();
    let until = total.min(from + PAGE_LEN);
    let range = [("from", &*thousands(from + 1)), ("to", &thousands(until)), ("total", &thousands(total))];
    let by = |n: usize| [("n", thousands(n))];
    let link_text =
        |key, n| by(n).iter().map(|(name, value)| messages.fill(key, &[(*name, value)])).collect::<String>();
    html! {
        @if total > PAGE_LEN {
            nav class="pager" aria-label=(messages.text("list.pages")) {
                p { (messages.fill("list.range", &range)) }
                @if from > 0 {
                    a class="button" href=(at(from.saturating_sub(PAGE_LEN))) { (link_text("list.previous", PAGE_LEN.min(from))) }
                }
                @if until < total {
                    a class="button" href=(at(until)) { (link_text("list.next", PAGE_LEN.min(total - until))) }
                }
            }
        }
    }
}
