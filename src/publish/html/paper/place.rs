//! One place on one sheet. This module does no I/O.

use maud::{Markup, html};

use super::{PaperContext, entry, list, parts};
use crate::index::VisiblePlace;
use crate::model::AccessFact;
use crate::publish::html::places::{known_access, when_text};
use crate::publish::html::view::PageView;

/// The paper of one place.
pub fn place_paper(paper: &PaperContext, listed: &VisiblePlace) -> String {
    let facts = &listed.place.facts;
    let lang = paper.view.lang;
    let path = PageView { lang_chosen: false, filter: crate::index::Filter::default(), ..paper.view.clone() }
        .place_url(&listed.place.id);
    let kind = snapshot_kind(paper, listed);
    let body = html! {
        (parts::head(paper, &facts.name, kind, &path))
        div class="one-place" {
            @if let Some(text) = &facts.description { p class="paper-lead" { (text) } }
            dl {
                dt { (paper.text("card.when")) }
                dd { (when_text(facts, lang))
                    @if let Some(dates) = paper.dates(listed) { span class="entry-next" data-dates=(dates) data-next="3" hidden {} } }
                dt { (paper.text("brief.where")) } dd { (entry::whereabouts(facts)) }
                dt { (paper.text("detail.contact")) } dd { (entry::call(paper, listed)) }
                (row(paper, "detail.cost", facts.cost.as_deref()))
                (row(paper, "detail.bring", facts.bring.as_deref()))
                (row(paper, "detail.eligibility", facts.eligibility.as_deref()))
                (access(paper, listed))
            }
            @if let Some(map) = list::map_of(paper, &[(1, listed)], listed.district.as_ref(), "") { figure class="paper-map small" { (map) } }
        }
        (parts::foot(paper))
    };
    paper.document(&facts.name, &paper.view.place_url(&listed.place.id), &body)
}

fn snapshot_kind<'a>(paper: &PaperContext<'a>, listed: &VisiblePlace) -> Option<&'a str> {
    paper.snapshot.categories.by_id(&listed.place.facts.category).map(|it| it.name.text(paper.view.lang))
}

fn row(paper: &PaperContext, key: &'static str, value: Option<&str>) -> Markup {
    html! { @if let Some(value) = value { dt { (paper.text(key)) } dd { (value) } } }
}

/// What is known, and what to ask by telephone.
fn access(paper: &PaperContext, listed: &VisiblePlace) -> Markup {
    let known: Vec<String> = known_access(&listed.place.facts.access, paper.view.lang);
    let unknown = AccessFact::ALL.len() > known.len();
    html! {
        @if !known.is_empty() { dt { (paper.text("detail.access")) } dd { (known.join("、")) } }
        @if unknown { dt { (paper.text("brief.ask")) } dd class="to-ask" { (paper.text("print.ask_rest")) } }
    }
}
