//! The card 「制度の入口」: where help by law begins, by trouble, for the finder and the guide. This module does no I/O.

use maud::{Markup, html};

use crate::index::Snapshot;
use crate::model::{Institution, InstitutionTable};
use crate::publish::link_worker_messages::catalogue;

/// Whether the card is folded: in the finder, where the answers matter more, and never on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::publish::html) enum CardFold {
    /// Each group opens by itself.
    Folded,
    /// All is shown.
    Open,
}

/// The card; empty for a city without institutions.
pub(in crate::publish::html) fn card(snapshot: &Snapshot, table: &InstitutionTable, fold: CardFold) -> Markup {
    let messages = catalogue("guide");
    html! {
        @if !table.all().is_empty() {
            section class="panel institutions" aria-labelledby="institutions" {
                h2 id="institutions" { (messages.text("institutions")) }
                p class="note" { (messages.text("institutions.lead")) }
                @for (group, rows) in table.groups() {
                    @match fold {
                        CardFold::Folded => details { summary { (group) } (list(snapshot, &rows)) },
                        CardFold::Open => { h3 { (group) } (list(snapshot, &rows)) },
                    }
                }
            }
        }
    }
}

fn list(snapshot: &Snapshot, rows: &[&Institution]) -> Markup {
    html! { ul { @for row in rows { li { (institution(snapshot, row)) } } } }
}

fn institution(snapshot: &Snapshot, row: &Institution) -> Markup {
    let messages = catalogue("guide");
    let city = &snapshot.city;
    let troubles = row.troubles.iter().map(|it| messages.fill("institutions.trouble", &[("trouble", it)]));
    html! {
        p class="troubles" { @for trouble in troubles { span { (trouble) } " " } }
        p { (row.what) }
        p class="office" {
            strong { (row.office) } " "
            @if let Some(phone) = &row.phone { (phone_link(phone)) @if let Some(hours) = &row.hours { " （" (hours) "）" } }
            @else if let Some(phone) = &city.office_phone {
                span { (messages.fill("institutions.ask_city", &[("office", &city.office)])) } " " (phone_link(phone))
            }
        }
    }
}

fn phone_link(phone: &str) -> Markup {
    let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '#').collect();
    html! { a class="phone" href={ "tel:" (number.replace('#', "%23")) } { (phone) } }
}
