//! One entry of the directory. This module does no I/O.

use maud::{Markup, html};

use crate::index::{Snapshot, VisibleLinkWorker};
use crate::model::Messages;
use crate::model::{Audience, Layer, LinkWorker};
use crate::publish::html::layout::digits;
use crate::publish::link_worker_messages::texts;

/// The entry, which stands for `count` that read the same.
pub(super) fn entry(snapshot: &Snapshot, listed: &VisibleLinkWorker, count: usize) -> Markup {
    let words = texts("directory");
    let worker = &listed.worker;
    html! {
        p class="role" {
            strong { (role(worker, words)) }
            @if worker.vacant { " " span class="mark" { (words.text("vacant")) } }
            @if count > 1 { " " span { (words.fill("count", &[("count", &count.to_string())])) } }
            @if snapshot.audience != Audience::Public && worker.audience != Audience::Public { " " span class="mark" { (words.text("hidden")) } }
        }
        @if let Some(office) = &worker.office { p class="office" { (office) } }
        (person(worker, words))
        (calls(snapshot, worker, words))
        (facts(snapshot, listed, words))
    }
}

fn role<'a>(worker: &'a LinkWorker, words: &'a Messages) -> &'a str {
    let by_layer = || match worker.layer {
        Some(Layer::One) => words.text("role.one"),
        Some(Layer::Two) => words.text("role.two"),
        None => words.text("role.none"),
    };
    worker.role.as_deref().unwrap_or_else(by_layer)
}

fn person(worker: &LinkWorker, words: &Messages) -> Markup {
    html! {
        @if let Some(person) = &worker.person {
            p class="person" {
                (person.name)
                @if let Some(kana) = &worker.person_kana { span class="kana" { "（" (kana) "）" } }
                @if !person.public { " " (inner(words)) }
            }
        }
    }
}

/// The mark of what is not for the public.
fn inner(words: &Messages) -> Markup {
    html! { span class="mark" { (words.text("inner")) } }
}

/// Where to call: the office, the person, else the city.
fn calls(snapshot: &Snapshot, worker: &LinkWorker, words: &Messages) -> Markup {
    let city = &snapshot.city;
    html! {
        @if let Some(phone) = &worker.phone { (call(phone, &words.fill("call", &[("phone", phone)]))) }
        @for phone in &worker.person_phones {
            div class="own" { (call(phone, &words.fill("own_phone", &[("phone", phone)]))) " " (inner(words)) }
        }
        @if worker.phone.is_none() && worker.person_phones.is_empty() {
            @match &city.office_phone {
                Some(phone) => {
                    p class="city-office" { (words.text("city_office")) "：" (city.office) }
                    (call(phone, &words.fill("call", &[("phone", phone)])))
                }
                None => p class="unknown" { (words.text("no_phone")) @if !city.office.is_empty() { " " (words.text("city_office")) "：" (city.office) } },
            }
        }
    }
}

/// A number to press; one that cannot be dialled is only read.
fn call(phone: &str, text: &str) -> Markup {
    let number = digits(phone);
    html! {
        @if number.is_empty() { p class="phone" { (text) } }
        @else { p class="phone" { a class="button" href={ "tel:" (number) } { (text) } } }
    }
}

fn facts(snapshot: &Snapshot, listed: &VisibleLinkWorker, words: &Messages) -> Markup {
    let worker = &listed.worker;
    let said = [
        (words.text("field.serves"), Some(served(snapshot, listed, words)), false),
        (words.text("field.ask_for"), worker.ask_for.clone(), false),
        (words.text("field.hours"), worker.hours.clone(), false),
        (words.text("field.address"), worker.address.clone(), false),
        (words.text("field.fax"), worker.fax.clone(), true),
        (words.text("field.email"), worker.email.clone(), true),
        (words.text("field.home"), worker.person_address.clone(), true),
        (words.text("field.note"), worker.note.clone(), false),
    ];
    html! {
        dl {
            @for (name, text, is_inner) in said {
                @if let Some(text) = text.filter(|text| !text.is_empty()) {
                    dt { (name) }
                    dd { (text) @if is_inner { " " (inner(words)) } }
                }
            }
            @if let Some(url) = &worker.url { dt { (words.text("field.url")) } dd { a href=(url) rel="noreferrer" { (url) } } }
        }
    }
}

/// Where they work, in the words of the list, else by the names of the districts.
fn served(snapshot: &Snapshot, listed: &VisibleLinkWorker, words: &Messages) -> String {
    if let Some(area) = &listed.worker.area {
        return area.clone();
    }
    let districts = listed.served.districts.iter().filter_map(|id| snapshot.districts.by_id(id));
    let names: Vec<&str> = districts.map(|district| district.name.as_str()).collect();
    if names.is_empty() && listed.served.everywhere {
        return words.fill("serves_all", &[("city", &snapshot.city.name)]);
    }
    names.join("・")
}
