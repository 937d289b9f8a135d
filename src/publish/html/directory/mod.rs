//! The directory of link workers: who serves which district, what they help with, and where to call.
//!
//! With a district in the URL, its link workers come first, then those of the whole municipality. Without one, the page is the
//! whole directory by district, for printing. Redaction: names and personal numbers appear only if the snapshot has them, marked
//! as internal. This module does no I/O.

mod entry;

use maud::{Markup, html};

use super::view::query_value;
use super::{NavItem, PageLayout};
use crate::index::{Snapshot, VisibleLinkWorker};
use crate::model::{Audience, District, Layer, Messages};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::page_file::SitePage;

/// The layers of link workers, in display order.
const LAYERS: [Option<Layer>; 3] = [Some(Layer::One), Some(Layer::Two), None];

/// The page; `requested` is the code or name of a district.
pub fn directory_page(snapshot: &Snapshot, requested: Option<&str>) -> String {
    let page = DirectoryPage {
        snapshot,
        messages: catalogue("directory"),
        chosen: requested.and_then(|requested| chosen(snapshot, requested)),
    };
    let is_unknown = requested.is_some_and(|requested| !requested.trim().is_empty()) && page.chosen.is_none();
    let title = page.title();
    let layout = PageLayout {
        snapshot,
        tab: NavItem::LinkWorkers,
        title: Some(&title),
        styles: &["directory/directory.css"],
        script: None,
        page: Some(SitePage::LinkWorkers(page.chosen.map(|district| district.id.clone()))),
    };
    let body = html! {
        (page.paper_head(&title))
        @if snapshot.link_workers.is_empty() {
            (page.empty_note())
        } @else {
            p class="lead no-print" { (page.messages.text("lead")) }
            @if is_unknown { p class="notice no-print" role="status" { (page.messages.text("unknown_district")) } }
            (page.choice())
            p class="note no-print" { (page.messages.text("print")) }
            @if page.is_internal() { p class="notice" { strong { (page.messages.text("inner")) } " " (page.messages.text("inner_note")) } }
            div class="directory" { (page.listed()) }
        }
    };
    layout.document(&layout.main_of(&body)).into_string()
}

/// The district with this code, else with this name as lists write it.
pub fn chosen<'a>(snapshot: &'a Snapshot, requested: &str) -> Option<&'a District> {
    let by_id = snapshot.districts.all().iter().find(|district| district.id.0 == requested);
    by_id.or_else(|| snapshot.districts.named(requested))
}

/// The directory with its chosen district.
struct DirectoryPage<'a> {
    snapshot: &'a Snapshot,
    messages: &'static Messages,
    chosen: Option<&'a District>,
}

impl<'a> DirectoryPage<'a> {
    /// Whether the page is on the internal address.
    fn is_internal(&self) -> bool {
        self.snapshot.audience != Audience::Public
    }

    /// The title, with the chosen district.
    fn title(&self) -> String {
        let title = self.messages.text("title");
        self.chosen.map_or_else(|| title.to_owned(), |district| format!("{title} {}", district.name))
    }

    /// The head of the printed page, in place of the banner.
    fn paper_head(&self, title: &str) -> Markup {
        let city = &self.snapshot.city;
        html! {
            div class="print-only paper-head" aria-hidden="true" {
                p class="paper-title" { (title) }
                p {
                    (city.name) " " (city.office) " " (city.office_phone.as_deref().unwrap_or_default())
                    @if self.snapshot.sample { " " strong class="mark" { (self.messages.text("sample")) } }
                }
            }
        }
    }

    /// The note for an empty directory, with the command that imports one.
    fn empty_note(&self) -> Markup {
        html! {
            div class="panel" {
                p { strong { (self.messages.text("empty")) } }
                p { (self.messages.text("empty_how")) }
                p { code { (self.messages.text("empty_command")) } }
                @if self.is_internal() { p class="note" { (self.messages.text("empty_inner")) } }
            }
        }
    }

    /// Links that choose a district, by former town.
    fn choice(&self) -> Markup {
        let districts = self.snapshot.districts.all();
        let here = |district: &District| self.chosen.is_some_and(|chosen| chosen.id == district.id);
        let summary = match self.chosen {
            Some(district) => self.messages.fill("chosen", &[("district", &district.name)]),
            None => self.messages.text("choose").to_owned(),
        };
        html! {
            @if !districts.is_empty() {
                details class="choose no-print" open[self.chosen.is_none()] {
                    summary { (summary) }
                    nav aria-label=(self.messages.text("choose")) {
                        ul class="all" { li { a href=(NavItem::LinkWorkers.address()) aria-current=[self.chosen.is_none().then_some("true")] { (self.messages.text("all")) } } }
                        @for town in districts.chunk_by(|a, b| a.former_town == b.former_town) {
                            @if let Some(name) = &town[0].former_town { p class="town" { (name) } }
                            ul {
                                @for district in town {
                                    li { a href=(address(district)) aria-current=[here(district).then_some("true")] { (district.name) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The sections of the directory.
    fn listed(&self) -> Markup {
        let everywhere = self.workers_where(|it| it.served.everywhere);
        let unknown = self.workers_where(|it| !it.served.everywhere && it.served.districts.is_empty());
        let all_heading = self.messages.fill("of_all", &[("city", &self.snapshot.city.name)]);
        html! {
            @match self.chosen {
                Some(district) => {
                    (self.of_district(district))
                    (self.section(&all_heading, &not_serving(district, &everywhere), &html! {}))
                }
                None => {
                    (self.section(&all_heading, &everywhere, &html! {}))
                    @for district in self.snapshot.districts.all() { (self.of_district(district)) }
                }
            }
            (self.section(self.messages.text("of_unknown"), &unknown, &html! { p class="note" { (self.messages.text("of_unknown_note")) } }))
        }
    }

    /// The link workers that pass a test.
    fn workers_where(&self, test: impl Fn(&VisibleLinkWorker) -> bool) -> Vec<&'a VisibleLinkWorker> {
        self.snapshot.link_workers.iter().filter(|it| test(it)).collect()
    }

    /// The section of one district, with a note on layers that nobody serves.
    fn of_district(&self, district: &District) -> Markup {
        let own = self.workers_where(|it| it.served.districts.contains(&district.id));
        let serves = |layer| own.iter().any(|it| it.worker.layer == Some(layer) && !it.worker.vacant);
        let municipal_layer_one = self.workers_where(|it| it.served.everywhere && it.worker.layer == Some(Layer::One));
        let heading = self.messages.fill("of_district", &[("district", &district.name)]);
        let missing = html! {
            @if !serves(Layer::One) {
                @if municipal_layer_one.is_empty() { p class="missing" { (self.messages.text("none.one")) } }
                @else if self.chosen.is_some() { p class="missing" { (self.messages.fill("none.one_but_all", &[("city", &self.snapshot.city.name)])) } }
            }
            @if !serves(Layer::Two) { p class="missing" { (self.messages.text("none.two")) } }
        };
        html! {
            section class="served" {
                (self.heading(&heading))
                @for layer in LAYERS { (self.layer(layer, &own)) }
                (missing)
            }
        }
    }

    /// A section; omitted without link workers.
    fn section(&self, heading: &str, workers: &[&VisibleLinkWorker], note: &Markup) -> Markup {
        html! {
            @if !workers.is_empty() {
                section class="served" {
                    (self.heading(heading))
                    (note)
                    @for layer in LAYERS { (self.layer(layer, workers)) }
                }
            }
        }
    }

    /// A heading; in print it is marked as internal, because printed pages get separated.
    fn heading(&self, text: &str) -> Markup {
        html! {
            h2 {
                (text)
                @if self.is_internal() { " " span class="mark print-only" { (self.messages.text("inner")) } }
            }
        }
    }

    /// The link workers of one layer.
    fn layer(&self, layer: Option<Layer>, workers: &[&VisibleLinkWorker]) -> Markup {
        let of_layer: Vec<&VisibleLinkWorker> = workers.iter().copied().filter(|it| it.worker.layer == layer).collect();
        let name = match layer {
            Some(Layer::One) => self.messages.text("layer.one"),
            Some(Layer::Two) => self.messages.text("layer.two"),
            None => self.messages.text("layer.none"),
        };
        html! {
            @if !of_layer.is_empty() {
                h3 { (name) }
                ul class="workers" {
                    // Redacted entries of several people in the same post at the same office are equal and become one.
                    @for alike in of_layer.chunk_by(|a, b| a.worker.person.is_none() && a == b) {
                        li class="worker" { (entry::entry(self.snapshot, alike[0], alike.len())) }
                    }
                }
            }
        }
    }
}

/// The link workers that do not serve `district` in particular.
fn not_serving<'a>(district: &District, workers: &[&'a VisibleLinkWorker]) -> Vec<&'a VisibleLinkWorker> {
    workers.iter().copied().filter(|it| !it.served.districts.contains(&district.id)).collect()
}

/// The URL of the page of one district.
fn address(district: &District) -> String {
    format!("{}?district={}", NavItem::LinkWorkers.address(), query_value(&district.id.0))
}
