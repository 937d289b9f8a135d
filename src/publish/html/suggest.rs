//! The form in which anybody says that something of a place is wrong, or that there is another one. It works without script. This module
//! does no I/O.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::layout::{self, PlacePageFrame, digits};
use super::view::PageView;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::place_row::PlaceColumn;
use crate::model::{Language, Suggestion};
use crate::publish::messages::page_messages;
use crate::publish::page_file::SitePage;

/// The name of the field that only machines fill in, since nobody sees it (honeypot).
pub const TRAP: &str = "website2";

/// What the form says of what was just sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionFault {
    /// It says nothing.
    Empty,
    /// A text is too long.
    TooLong,
    /// No page of ours has sent it.
    OtherPage,
}

/// The form as it is shown: what somebody wrote already, and what is wrong with it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SuggestionForm<'a> {
    /// The place that it is about; `None` for one that is not listed.
    pub place: Option<&'a VisiblePlace>,
    /// The texts of its fields by the key of their column.
    pub texts: Option<&'a BTreeMap<String, String>>,
    /// The remark.
    pub remark: &'a str,
    /// The contact.
    pub contact: &'a str,
    /// What is wrong.
    pub fault: Option<SuggestionFault>,
}

/// The page with the form.
pub fn suggestion_page(snapshot: &Snapshot, form: &SuggestionForm<'_>, view: &PageView) -> String {
    let lang = view.lang;
    let messages = page_messages(lang);
    let title = title(form, lang);
    let most = Suggestion::MOST_CHARACTERS.to_string();
    let (lead, fields) = match form.place {
        Some(_) => ("suggest.lead", "suggest.fields"),
        None => ("suggest.lead_new", "suggest.fields_new"),
    };
    let fault = form.fault.map(|fault| match fault {
        SuggestionFault::Empty => messages.text("suggest.empty").to_owned(),
        SuggestionFault::TooLong => messages.fill("suggest.long", &[("count", &most)]),
        SuggestionFault::OtherPage => messages.text("suggest.not_ours").to_owned(),
    });
    let body = html! {
        h1 { (title) }
        p { (messages.text(lead)) }
        @if let Some(fault) = fault { p class="suggest-fault" role="alert" { strong { (fault) } } }
        form class="suggest" method="post" action=(address(form, lang)) {
            fieldset {
                legend { (messages.text(fields)) }
                @for column in Suggestion::FIELDS { (field(column, form, lang)) }
            }
            p { label for="suggest-remark" { (messages.text("suggest.remark")) } }
            p { textarea id="suggest-remark" name="remark" rows="5" maxlength=(most) { (form.remark) } }
            p { label for="suggest-contact" { (messages.text("suggest.contact")) } }
            p { input id="suggest-contact" name="contact" value=(form.contact) maxlength=(most) autocomplete="off"; }
            p class="suggest-trap" aria-hidden="true" {
                label for="suggest-trap" { (messages.text("suggest.trap")) }
                input id="suggest-trap" name=(TRAP) tabindex="-1" autocomplete="off";
            }
            p { button { (messages.text("suggest.send")) } }
        }
    };
    document(snapshot, (&title, &address(form, lang)), view, &body)
}

/// The page behind the form, whatever has become of what was sent.
pub fn thanks_page(snapshot: &Snapshot, form: &SuggestionForm<'_>, view: &PageView) -> String {
    let messages = page_messages(view.lang);
    let body = html! {
        h1 { (messages.text("suggest.thanks")) }
        p { (messages.text("suggest.thanks_text")) }
        (way_back(form, view))
    };
    document(snapshot, (messages.text("suggest.thanks"), &address(form, view.lang)), view, &body)
}

/// The page for those who have sent enough: the office's telephone.
pub fn enough_page(snapshot: &Snapshot, form: &SuggestionForm<'_>, view: &PageView) -> String {
    let messages = page_messages(view.lang);
    let city = &snapshot.city;
    let phone = city.office_phone.as_deref().filter(|phone| !digits(phone).is_empty());
    let body = html! {
        h1 { (title(form, view.lang)) }
        p { (messages.text("suggest.enough")) }
        p { (city.office) @if let Some(phone) = phone { " " a href={ "tel:" (digits(phone)) } { (phone) } } }
        (way_back(form, view))
    };
    document(snapshot, (&title(form, view.lang), &address(form, view.lang)), view, &body)
}

fn title(form: &SuggestionForm<'_>, lang: Language) -> String {
    let messages = page_messages(lang);
    match form.place {
        Some(listed) => messages.fill("suggest.of", &[("name", &listed.place.facts.name)]),
        None => messages.text("suggest.title").to_owned(),
    }
}

fn address(form: &SuggestionForm<'_>, lang: Language) -> String {
    match form.place {
        Some(listed) => format!("/places/{}/suggest?lang={}", listed.place.id.0, lang.code()),
        None => format!("/suggest?lang={}", lang.code()),
    }
}

fn way_back(form: &SuggestionForm<'_>, view: &PageView) -> Markup {
    let to = form.place.map_or_else(|| view.url(), |listed| view.place_url(&listed.place.id));
    html! { p { a href=(to) { (page_messages(view.lang).text("suggest.back")) } } }
}

fn field(column: PlaceColumn, form: &SuggestionForm<'_>, lang: Language) -> Markup {
    let (key, id) = (column.key(), format!("suggest-{}", column.key()));
    let text = form.texts.and_then(|texts| texts.get(key)).map_or("", String::as_str);
    html! {
        p { label for=(id) { (page_messages(lang).of("suggest.", key)) } }
        p { input id=(id) name=(key) value=(text) maxlength=(Suggestion::MOST_CHARACTERS.to_string()) autocomplete="off"; }
    }
}

fn document(snapshot: &Snapshot, (title, address): (&str, &str), view: &PageView, body: &Markup) -> String {
    let path = address.split('?').next().unwrap_or(address);
    let frame = PlacePageFrame {
        snapshot,
        audience: snapshot.audience,
        view,
        title: Some(title),
        description: None,
        page: &SitePage::Missing,
        address: Some(path),
    };
    layout::document(&frame, &layout::narrow(body)).into_string()
}
