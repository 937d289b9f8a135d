//! Everything that is known of one place, and 不明 for what is not. This module does no I/O.

use maud::{Markup, html};

use super::access;
use super::card::district_name;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::Language;
use crate::model::{Category, Contact, Facts, MeetingMode, Place, Precision, Role, Status};
use crate::publish::html::layout::digits;
use crate::publish::html::view::PageView;
use crate::publish::messages::lang_of;

/// The place in full; the same on its own page and beside the map.
pub fn article(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView) -> Markup {
    let (lang, place) = (view.lang, &listed.place);
    let facts = &place.facts;
    let category = snapshot.categories.by_id(&facts.category);
    let nth = snapshot.categories.all().iter().position(|c| c.id == facts.category);
    let on_map = PageView { place: Some(place.id.clone()), offset: 0, ..view.clone() }.url();
    html! {
        article class={ "detail" @if let Some(n) = nth { " k" (n) } } data-place=(place.id.0) {
            p class="back" { a href=(view.list_url()) { (lang.text("detail.back")) } }
            header class="detail-head" {
                span class="icon" aria-hidden="true" {}
                div {
                    @if let Some(kana) = &facts.kana { p class="kana" lang=[lang_of(kana, lang)] { (kana) } }
                    h1 tabindex="-1" lang=[lang_of(&facts.name, lang)] { (facts.name) }
                    p class="kind" {
                        (category.map_or(facts.category.0.as_str(), |c| c.name.text(lang)))
                        @if let Some(district) = district_name(snapshot, listed) { " ・ " (district) }
                    }
                }
            }
            @if facts.status != Status::Active { p class="closed" { strong { (status(facts.status, lang)) } } }
            @if let Some(text) = &facts.description { p class="description" lang=[lang_of(text, lang)] { (text) } }
            (contact(&facts.contact, category, lang))
            (basics(snapshot, listed, lang))
            (access::table(&facts.access, lang))
            (about(facts, lang))
            (record(place, snapshot.city.licence.as_deref(), lang))
            p class="actions" { a class="button to-map" href=(on_map) { (lang.text("detail.on_map")) } }
        }
    }
}

fn status(status: Status, lang: Language) -> &'static str {
    if status == Status::Paused { lang.text("status.paused") } else { lang.text("status.closed") }
}

/// A row that says 不明 when nothing is known.
fn row(key: &'static str, value: Option<&str>, lang: Language) -> Markup {
    html! {
        dt { (lang.text(key)) }
        @match value.filter(|v| !v.trim().is_empty()) {
            Some(value) => dd lang=[lang_of(value, lang)] { (value) },
            None => dd class="unknown" { (lang.text("unknown")) },
        }
    }
}

/// A row that is left out when nothing is known: nobody would miss it.
fn row_if(key: &'static str, value: Option<&str>, lang: Language) -> Markup {
    if value.is_some() {
        row(key, value, lang)
    } else {
        html! {}
    }
}

fn basics(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> Markup {
    let facts = &listed.place.facts;
    let when: Vec<_> = facts.schedule.iter().map(|s| s.text.as_str()).collect();
    let mode = mode(facts.mode, lang);
    let tied = facts.mode == MeetingMode::AtPlace || facts.site.is_some() || facts.address.is_some();
    let precision = facts.site.map(|site| site.precision);
    html! {
        section {
            h2 { (lang.text("detail.basics")) }
            dl {
                dt { (lang.text("card.when")) }
                @if when.is_empty() { dd class="unknown" { (lang.text("unknown")) } }
                @for words in &when { dd lang=[lang_of(words, lang)] { (words) } }
                (row_if("detail.mode", mode, lang))
                (row_if("detail.venue", facts.venue.as_deref(), lang))
                @if tied {
                    (row("detail.address", facts.address.as_deref(), lang))
                    (row_if("detail.town", facts.town.as_ref().map(|town| town.name.as_str()), lang))
                    (row("detail.district", district_name(snapshot, listed), lang))
                    (row("detail.position", Some(position_words(precision, lang)), lang))
                    (row("detail.directions", facts.directions.as_deref(), lang))
                }
                (row("detail.cost", facts.cost.as_deref(), lang))
                (row("detail.bring", facts.bring.as_deref(), lang))
                (row("detail.eligibility", facts.eligibility.as_deref(), lang))
                (row("detail.capacity", facts.capacity.as_deref(), lang))
            }
        }
    }
}

fn mode(mode: MeetingMode, lang: Language) -> Option<&'static str> {
    match mode {
        MeetingMode::AtPlace => None,
        MeetingMode::Roaming => Some(lang.text("mode.roaming")),
        MeetingMode::Visiting => Some(lang.text("mode.visiting")),
        MeetingMode::Phone => Some(lang.text("mode.phone")),
        MeetingMode::Online => Some(lang.text("mode.online")),
    }
}

fn position_words(precision: Option<Precision>, lang: Language) -> &'static str {
    match precision {
        Some(Precision::Door) => lang.text("precision.door"),
        Some(Precision::Block) => lang.text("precision.block"),
        Some(Precision::Town) => lang.text("precision.town"),
        Some(Precision::District) => lang.text("precision.district"),
        None => lang.text("precision.none"),
    }
}

fn contact(contact: &Contact, category: Option<&Category>, lang: Language) -> Markup {
    let private = category.filter(|c| c.private_persons);
    let office = contact.office.as_deref().or(private.and_then(|c| c.office.as_deref()));
    let phone = contact.phone.as_deref().or(private.and_then(|c| c.office_phone.as_deref()));
    let number = phone.map(digits).filter(|number| !number.is_empty());
    html! {
        section class="contact" {
            h2 { (lang.text("detail.contact")) }
            @if private.is_some() { p { (lang.text("detail.private_person")) } }
            @if let (Some(number), Some(phone)) = (&number, phone) {
                p { a class="button call" href={ "tel:" (number) } { (lang.fill("detail.call", &[("phone", phone)])) } }
            }
            dl {
                (row_if("detail.person", contact.person.as_ref().map(|p| p.name.as_str()), lang))
                (row_if("detail.office", office, lang))
                @if number.is_none() { (row("detail.phone", phone, lang)) }
                (row_if("detail.fax", contact.fax.as_deref(), lang))
                @if let Some(email) = &contact.email { dt { (lang.text("detail.email")) } dd { (mail_link(email)) } }
                @if let Some(url) = &contact.url { dt { (lang.text("detail.url")) } dd { (web_link(url)) } }
            }
        }
    }
}

fn mail_link(email: &str) -> Markup {
    let plain = email.contains('@') && email.chars().all(|c| c.is_ascii_graphic() && !"<>\"?&".contains(c));
    html! { @if plain { a href={ "mailto:" (email) } { (email) } } @else { (email) } }
}

/// A link only for the web: a list can hold anything.
fn web_link(url: &str) -> Markup {
    let web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    html! { @if web { a href=(url) rel="noopener noreferrer" { (url) } } @else { (url) } }
}

fn about(facts: &Facts, lang: Language) -> Markup {
    let roles: Vec<_> = facts.roles.iter().map(|role| role_words(*role, lang)).collect();
    let mut words: Vec<_> = facts.interests.iter().chain(&facts.tags).map(String::as_str).collect();
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
    let joined = |list: &[&str]| (!list.is_empty()).then(|| list.join("、"));
    html! {
        section {
            h2 { (lang.text("detail.about")) }
            dl {
                (row("detail.organization", facts.organization.as_deref(), lang))
                (row("detail.interests", joined(&words).as_deref(), lang))
                (row_if("detail.roles", joined(&roles).as_deref(), lang))
                (row_if("detail.note", facts.note.as_deref(), lang))
            }
        }
    }
}

fn role_words(role: Role, lang: Language) -> &'static str {
    match role {
        Role::Join => lang.text("role.join"),
        Role::Help => lang.text("role.help"),
        Role::Teach => lang.text("role.teach"),
    }
}

fn record(place: &Place, licence: Option<&str>, lang: Language) -> Markup {
    let seen = place.verification.as_ref();
    let on = seen.map(|v| v.on.format("%Y-%m-%d").to_string());
    let words = match (on, seen.and_then(|v| v.how.as_deref())) {
        (None, _) => lang.text("detail.verified_unknown").to_owned(),
        (Some(date), None) => date,
        (Some(date), Some(how)) => lang.fill("detail.verified_on", &[("date", &date), ("how", how)]),
    };
    let accepts = seen.and_then(|v| v.accepts_new);
    let accepts = accepts.map(|yes| lang.text(if yes { "detail.accepts_new_yes" } else { "detail.accepts_new_no" }));
    let list = Some(place.source.list.as_str()).filter(|list| !list.is_empty());
    html! {
        section class="record" {
            h2 { (lang.text("detail.record")) }
            dl {
                (row("detail.verified", Some(&words), lang))
                (row("detail.accepts_new", accepts, lang))
                (row_if("detail.list", list, lang))
                (row_if("detail.licence", place.source.licence.as_deref().or(licence), lang))
            }
        }
    }
}
