//! The paper of a list or a district: a numbered map, and the list by number. This module does no I/O.

use maud::{Markup, html};

use super::sections::{PaperSection, sections};
use super::{PaperContext, entry, parts};
use crate::index::VisiblePlace;
use crate::model::DistrictId;
use crate::publish::html::places::{fact_label, when_label};
use crate::publish::html::view::PageView;
use crate::publish::messages::thousands;
use crate::publish::svg::places_map::{self, NumberedPlace, PlacesMapContent};

/// The most places of one paper: some hundred sheets, which nobody carries.
const MOST: usize = 1_000;

/// Up to so many places, a small map will do.
const FEW: usize = 12;

/// The paper of the list in the state of the context's view; of one district, its leaflet.
pub fn list_paper(paper: &PaperContext) -> String {
    let selected = paper.snapshot.select(&paper.view.filter);
    let total = selected.len();
    let shown = &selected[..total.min(MOST)];
    let sections = sections(paper, shown);
    let title = title(paper);
    let lead = conditions(paper);
    let path = PageView { lang_chosen: false, ..paper.view.clone() }.list_url();
    let numbered = numbered(&sections);
    let on_maps = numbered.iter().filter(|(section, _)| section.is_on_map).count();
    let body = html! {
        (parts::head(paper, &title, lead.as_deref(), &path))
        @if total == 0 { p class="none" { (paper.text("print.none")) } }
        @if total > MOST { p class="paper-note" { (paper.fill("print.most", &[("n", &thousands(MOST)), ("total", &thousands(total))])) } }
        @if on_maps > 1 { (overview(paper, &numbered)) }
        @for (section, first) in &numbered { (section_of(paper, section, *first, numbered.len())) }
        (parts::foot(paper))
        (door_link(paper))
    };
    paper.document(&title, &paper.view.list_url(), &body)
}

/// The sections with the number of their first place.
fn numbered(sections: &[PaperSection]) -> Vec<(&PaperSection, usize)> {
    let mut next = 1;
    let number = |section: &PaperSection| {
        next += section.places.len();
        next - section.places.len()
    };
    let firsts: Vec<usize> = sections.iter().map(number).collect();
    sections.iter().zip(firsts).collect()
}

/// 「大屋地区のつどいの場」 of one district, else the list's own name.
fn title(paper: &PaperContext) -> String {
    match paper.view.filter.districts.as_slice() {
        [one] => {
            let name = paper.snapshot.districts.by_id(one).map_or(one.0.as_str(), |it| it.name.as_str());
            paper.fill("print.district_title", &[("district", name)])
        }
        _ => paper.text("print.title").to_owned(),
    }
}

/// What the list was restricted to, besides one district.
fn conditions(paper: &PaperContext) -> Option<String> {
    let (snapshot, filter, lang) = (paper.snapshot, &paper.view.filter, paper.view.lang);
    let query = (!filter.query.is_empty()).then(|| format!("「{}」", filter.query));
    let kinds =
        filter.categories.iter().filter_map(|id| snapshot.categories.by_id(id)).map(|it| it.name.text(lang).to_owned());
    let several = if filter.districts.len() > 1 { filter.districts.as_slice() } else { &[] };
    let districts = several.iter().filter_map(|id| snapshot.districts.by_id(id)).map(|it| it.name.clone());
    let times = filter.when.codes().into_iter().map(|code| when_label(code, lang));
    let facts = filter.facts.iter().map(|fact| fact_label(*fact, lang));
    let all: Vec<String> = query.into_iter().chain(kinds).chain(districts).chain(times).chain(facts).collect();
    (!all.is_empty()).then(|| paper.fill("print.only", &[("what", &all.join("、"))]))
}

/// The whole municipality with all numbers, those of neighbours together.
fn overview(paper: &PaperContext, sections: &[(&PaperSection, usize)]) -> Markup {
    let places = sections.iter().flat_map(|(section, first)| (*first..).zip(&section.places));
    let signs = places.filter_map(|(number, index)| numbered_place(paper, number, &paper.snapshot.places[*index]));
    let signs: Vec<NumberedPlace> = signs.collect();
    let label = paper.fill("print.overview", &[("city", &paper.snapshot.city.name)]);
    let map = drawn(paper, &signs, None, (&label, &paper.view.print_url()));
    html! { @if let Some(map) = map { figure class="paper-map overview" { (map) figcaption { (label) } } } }
}

fn section_of(paper: &PaperContext, section: &PaperSection, first: usize, count: usize) -> Markup {
    let places = (first..).zip(&section.places).map(|(number, index)| (number, &paper.snapshot.places[*index]));
    let places: Vec<(usize, &VisiblePlace)> = places.collect();
    let map =
        section.is_on_map.then(|| map_of(paper, &places, section.district.as_ref(), &paper.view.print_url())).flatten();
    html! {
        section class="paper-section" {
            @if count > 1 || !section.is_on_map { h2 { (section.heading) } } @else { h2 class="visually-hidden" { (section.heading) } }
            @if let Some(map) = map { figure class={ "paper-map" @if places.len() <= FEW { " small" } } { (map) (legend(paper, &places)) } }
            ol class="entries" { @for (number, listed) in &places { (entry::entry(paper, *number, listed)) } }
        }
    }
}

/// What dashed signs mean, where there are any.
fn legend(paper: &PaperContext, places: &[(usize, &VisiblePlace)]) -> Markup {
    let is_rough = |listed: &VisiblePlace| numbered_place(paper, 0, listed).is_some_and(|it| it.rough);
    let sketch = paper.snapshot.land.features.iter().any(|feature| feature.sketch);
    html! {
        figcaption {
            (paper.text("print.legend"))
            @if places.iter().any(|(_, listed)| is_rough(listed)) { " " (paper.text("print.legend_rough")) }
            @if sketch { " " (paper.text("map.sketch_lines")) }
        }
    }
}

/// The numbered map of places; `None` where none has a position. `list` is the address of the paper with their numbers; empty for
/// this one.
pub(super) fn map_of(
    paper: &PaperContext,
    places: &[(usize, &VisiblePlace)],
    district: Option<&DistrictId>,
    list: &str,
) -> Option<Markup> {
    let signs: Vec<NumberedPlace> =
        places.iter().filter_map(|(number, listed)| numbered_place(paper, *number, listed)).collect();
    let label = paper.fill("print.map_label", &[("n", &places.len().to_string())]);
    (!signs.is_empty()).then(|| drawn(paper, &signs, district, (&label, list))).flatten()
}

fn numbered_place(paper: &PaperContext, number: usize, listed: &VisiblePlace) -> Option<NumberedPlace> {
    let facts = &listed.place.facts;
    let site = facts.site?;
    let rough = site.precision != crate::model::Precision::Door;
    let address =
        PageView { filter: crate::index::Filter::default(), ..paper.view.clone() }.place_url(&listed.place.id);
    Some(NumberedPlace { number, name: facts.name.clone(), position: site.position, rough, address })
}

fn drawn(
    paper: &PaperContext,
    places: &[NumberedPlace],
    focus: Option<&DistrictId>,
    (label, list): (&str, &str),
) -> Option<Markup> {
    places_map::draw(&PlacesMapContent {
        land: &paper.snapshot.land,
        districts: &paper.snapshot.districts,
        focus,
        places,
        label,
        north: paper.text("map.north_letter"),
        several: paper.text("print.several"),
        list,
        for_screen: false,
    })
}

fn door_link(paper: &PaperContext) -> Markup {
    let lang = if paper.view.lang_chosen { format!("?lang={}", paper.view.lang.code()) } else { String::new() };
    html! {
        nav class="no-print" aria-label=(paper.text("print.more")) {
            p { a href={ "/print/door" (lang) } { (paper.text("print.door_choose")) } }
            @if paper.view.filter.is_empty() && !paper.snapshot.districts.all().is_empty() {
                p { (paper.text("print.by_district")) }
                ul class="paper-links" {
                    @for district in paper.snapshot.districts.all() {
                        li { a href=(paper.view.toggle_district(&district.id).print_url()) { (district.name) } }
                    }
                }
            }
        }
    }
}
