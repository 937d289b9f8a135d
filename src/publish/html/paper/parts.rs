//! Parts that papers share: head with date and QR code, foot with office and source. This module does no I/O.

use maud::{Markup, html};

use super::PaperContext;
use crate::publish::handout::qr::HandoutCode;
use crate::publish::html::layout::digits;
use crate::publish::html::month::month_name;
use crate::publish::page_file::public_address;

/// The head of a paper: its title, whose it is, of which day, and a QR code of the same on the screen.
pub(super) fn head(paper: &PaperContext, title: &str, lead: Option<&str>, path: &str) -> Markup {
    let city = &paper.snapshot.city;
    let url = city.public_url.as_ref().map(|base| format!("{base}{}", public_address(path)));
    let code = url.as_deref().and_then(HandoutCode::of);
    html! {
        header class="paper-head" {
            div {
                h1 { (title) }
                @if let Some(lead) = lead { p class="paper-lead" { (lead) } }
                p class="paper-date" { (city.name) " " (paper.fill("print.of_day", &[("date", &month_name(paper.month, paper.view.lang))])) }
            }
            @if let Some(code) = code {
                div class="paper-code" {
                    svg viewBox={ "0 0 " (code.size) " " (code.size) } role="img" aria-label=(paper.fill("print.code", &[("url", &code.url)])) {
                        rect width=(code.size) height=(code.size) fill="#fff" {}
                        path d=(code.path) fill="#000" {}
                    }
                    p { (code.url) }
                }
            }
        }
    }
}

/// The foot of a paper: whom to call, where it is from.
pub(super) fn foot(paper: &PaperContext) -> Markup {
    let city = &paper.snapshot.city;
    let mut lists: Vec<&str> = paper.snapshot.places.iter().map(|it| it.place.source.list.as_str()).collect();
    lists.sort_unstable();
    lists.dedup();
    lists.retain(|list| !list.is_empty());
    let licence = city.licence.as_deref().unwrap_or_default();
    html! {
        footer class="paper-foot" {
            p { (paper.text("print.call_first")) }
            @if !city.office.is_empty() || city.office_phone.is_some() {
                p class="paper-office" { (paper.text("footer.office")) "：" (city.office)
                    @if let Some(phone) = &city.office_phone { " " strong { (phone) } } }
            }
            p class="paper-source" {
                @if !lists.is_empty() { (paper.fill("print.source", &[("lists", &lists.join("、"))])) }
                @if !licence.is_empty() { " " (paper.fill("footer.licence", &[("licence", licence)])) }
                @if let Some(credit) = &city.map.credit { " " (paper.fill("map.credit", &[("credit", credit)])) }
            }
        }
    }
}

/// The office in large letters, for those who will not look for a number.
pub(super) fn office_to_call(paper: &PaperContext) -> Markup {
    let city = &paper.snapshot.city;
    let Some(phone) = city.office_phone.as_deref() else { return html! {} };
    html! {
        section class="paper-call" {
            h2 { (paper.text("print.door_call")) }
            p class="paper-phone" { (city.office) " " a href={ "tel:" (digits(phone)) } { (phone) } }
        }
    }
}
