//! An entry of the directory: a link worker. This module does no I/O.

use maud::{Markup, html};

use crate::index::{Snapshot, VisibleLinkWorker};
use crate::model::{Audience, Layer, LinkWorker, Messages};
use crate::publish::html::layout::digits;
use crate::publish::link_worker_messages::catalogue;

/// An entry; it stands for `count` equal ones.
pub(super) fn entry(snapshot: &Snapshot, listed: &VisibleLinkWorker, count: usize) -> Markup {
    let messages = catalogue("directory");
    let worker = &listed.worker;
    html! {
        p class="role" {
            strong { (role(worker, messages)) }
            @if listed.sample { " " span class="mark" { (messages.text("sample")) } }
            @if worker.vacant { " " span class="mark" { (messages.text("vacant")) } }
            @if count > 1 { " " span { (messages.fill("count", &[("count", &count.to_string())])) } }
            @if snapshot.audience != Audience::Public && worker.audience != Audience::Public { " " span class="mark" { (messages.text("hidden")) } }
        }
        @if let Some(office) = &worker.office { p class="office" { (office) } }
        (person(worker, messages))
        (phone_numbers(snapshot, worker, messages))
        (facts(snapshot, listed, messages))
    }
}

/// The role as the list has it, else the name of the layer.
fn role<'a>(worker: &'a LinkWorker, messages: &'a Messages) -> &'a str {
    let by_layer = || match worker.layer {
        Some(Layer::One) => messages.text("role.one"),
        Some(Layer::Two) => messages.text("role.two"),
        None => messages.text("role.none"),
    };
    worker.role.as_deref().unwrap_or_else(by_layer)
}

/// The name of the person, if the snapshot has it.
fn person(worker: &LinkWorker, messages: &Messages) -> Markup {
    html! {
        @if let Some(person) = &worker.person {
            p class="person" {
                (person.name)
                @if let Some(kana) = &worker.person_kana { span class="kana" { "（" (kana) "）" } }
                @if !person.public { " " (internal_mark(messages)) }
            }
        }
    }
}

/// The mark on what is not public.
fn internal_mark(messages: &Messages) -> Markup {
    html! { span class="mark" { (messages.text("inner")) } }
}

/// Telephone numbers: of the office and the person, else of the municipality.
fn phone_numbers(snapshot: &Snapshot, worker: &LinkWorker, messages: &Messages) -> Markup {
    let city = &snapshot.city;
    html! {
        @if let Some(phone) = &worker.phone { (call_button(phone, &messages.fill("call", &[("phone", phone)]))) }
        @for phone in &worker.person_phones {
            div class="own" { (call_button(phone, &messages.fill("own_phone", &[("phone", phone)]))) " " (internal_mark(messages)) }
        }
        @if worker.phone.is_none() && worker.person_phones.is_empty() {
            @match &city.office_phone {
                Some(phone) => {
                    p class="city-office" { (messages.text("city_office")) "：" (city.office) }
                    (call_button(phone, &messages.fill("call", &[("phone", phone)])))
                }
                None => p class="unknown" { (messages.text("no_phone")) @if !city.office.is_empty() { " " (messages.text("city_office")) "：" (city.office) } },
            }
        }
    }
}

/// A `tel:` link; plain text if the number cannot be dialled.
fn call_button(phone: &str, text: &str) -> Markup {
    let number = digits(phone);
    html! {
        @if number.is_empty() { p class="phone" { (text) } }
        @else { p class="phone" { a class="button" href={ "tel:" (number) } { (text) } } }
    }
}

/// The other facts of the entry.
fn facts(snapshot: &Snapshot, listed: &VisibleLinkWorker, messages: &Messages) -> Markup {
    let worker = &listed.worker;
    let fields = [
        (messages.text("field.serves"), Some(served(snapshot, listed, messages)), false),
        (messages.text("field.ask_for"), worker.ask_for.clone(), false),
        (messages.text("field.hours"), worker.hours.clone(), false),
        (messages.text("field.address"), worker.address.clone(), false),
        (messages.text("field.fax"), worker.fax.clone(), true),
        (messages.text("field.email"), worker.email.clone(), true),
        (messages.text("field.home"), worker.person_address.clone(), true),
        (messages.text("field.note"), worker.note.clone(), false),
    ];
    html! {
        dl {
            @for (name, text, is_internal) in fields {
                @if let Some(text) = text.filter(|text| !text.is_empty()) {
                    dt { (name) }
                    dd { (text) @if is_internal { " " (internal_mark(messages)) } }
                }
            }
            @if let Some(url) = &worker.url { dt { (messages.text("field.url")) } dd { a href=(url) rel="noreferrer" { (url) } } }
        }
    }
}

/// The area served, as the list has it, else the names of the districts.
fn served(snapshot: &Snapshot, listed: &VisibleLinkWorker, messages: &Messages) -> String {
    if let Some(area) = &listed.worker.area {
        return area.clone();
    }
    let districts = listed.served.districts.iter().filter_map(|id| snapshot.districts.by_id(id));
    let names: Vec<&str> = districts.map(|district| district.name.as_str()).collect();
    if names.is_empty() && listed.served.everywhere {
        return messages.fill("serves_all", &[("city", &snapshot.city.name)]);
    }
    names.join("・")
}
