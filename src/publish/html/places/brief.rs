//! What a resident asks first of a place, in a few lines: where, when next, confirmed when; and whom to call. The card at the foot of
//! the map and papers show the same. This module does no I/O.

use chrono::Datelike as _;
use maud::{Markup, html};

use crate::index::{Snapshot, VisiblePlace};
use crate::model::{Facts, Language, Place};
use crate::publish::html::layout::digits;
use crate::publish::html::ruby::ruby;
use crate::publish::messages::{lang_of, page_messages};
use crate::publish::name_readings::NameReadings;
use crate::publish::ruby::base_text;

/// Whom to call about a place: the office of the category where it is a private person's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlaceContact<'a> {
    /// The office or desk.
    pub office: Option<&'a str>,
    /// The telephone number as written.
    pub phone: Option<&'a str>,
}

/// Whom to call about `listed`.
pub fn contact_of<'a>(snapshot: &'a Snapshot, listed: &'a VisiblePlace) -> PlaceContact<'a> {
    let contact = &listed.place.facts.contact;
    let category = snapshot.categories.by_id(&listed.place.facts.category).filter(|category| category.private_persons);
    PlaceContact {
        office: contact.office.as_deref().or(category.and_then(|it| it.office.as_deref())),
        phone: contact.phone.as_deref().or(category.and_then(|it| it.office_phone.as_deref())),
    }
}

/// Venue and address in one line, else the 大字; `None` where nobody knows.
pub fn where_text(facts: &Facts) -> Option<String> {
    let parts: Vec<&str> = [facts.venue.as_deref(), facts.address.as_deref()].into_iter().flatten().collect();
    let town = || facts.town.as_ref().map(|town| town.name.clone());
    if parts.is_empty() { town() } else { Some(parts.join("　")) }
}

/// The schedules as the list has them; a message if there are none.
pub fn when_text(facts: &Facts, lang: Language) -> String {
    let messages = page_messages(lang);
    let words: Vec<_> = facts.schedule.iter().map(|s| s.text.as_str()).collect();
    if words.is_empty() {
        format!("{}: {}", messages.text("card.when"), messages.text("unknown"))
    } else {
        words.join("、")
    }
}

/// Where, the next dates, and when it was confirmed.
/// What is next the script says, from `dates` ([`dates_attribute`](super::next_dates::dates_attribute)).
pub fn brief(listed: &VisiblePlace, dates: Option<&str>, names: &NameReadings, lang: Language) -> Markup {
    let place = &listed.place;
    let when = when_text(&place.facts, lang);
    html! {
        ul class="brief" {
            @if let Some(line) = names.whereabouts(&place.facts) {
                li class="brief-where" lang=[lang_of(&base_text(&line), lang)] { (ruby(&line)) }
            }
            @if let Some(dates) = dates { li class="brief-next" data-dates=(dates) hidden {} }
            li class="brief-when" lang=[lang_of(&when, lang)] { (when) }
            @if let Some(words) = confirmed(place, lang) { li class="brief-confirmed" { (words) } }
        }
    }
}

/// 「2026年9月に確認」.
pub(super) fn confirmed(place: &Place, lang: Language) -> Option<String> {
    let on = place.verification.as_ref()?.on;
    let month = page_messages(lang).text("date.months").split(',').nth(on.month0() as usize).unwrap_or_default();
    Some(page_messages(lang).fill("brief.confirmed", &[("year", &on.year().to_string()), ("month", month)]))
}

/// How to tell the office of a mistake: a prepared mail, else its telephone; nothing without either.
pub fn report_mistake(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let city = &snapshot.city;
    let name = &listed.place.facts.name;
    let subject = messages.fill("mistake.subject", &[("name", name)]);
    let text = messages.fill("mistake.text", &[("name", name), ("id", &listed.place.id.0)]);
    let mail = city.office_email.as_deref().filter(|mail| is_plain_address(mail));
    let phone = city.office_phone.as_deref().filter(|phone| !digits(phone).is_empty());
    // The whole address: the same page is a file of hosts that take nothing in.
    let form = city.public_url.as_deref().filter(|_| city.suggestions.0);
    html! {
        @if mail.is_some() || phone.is_some() || form.is_some() {
            p class="mistake" {
                (messages.text("mistake.lead")) " "
                @if let Some(url) = form {
                    a href={ (url) "/places/" (listed.place.id.0) "/suggest?lang=" (lang.code()) } rel="nofollow" { (messages.text("mistake.form")) } " "
                }
                @if let Some(mail) = mail {
                    a href={ "mailto:" (mail) "?subject=" (encoded(&subject)) "&body=" (encoded(&text)) } { (messages.text("mistake.mail")) } " "
                }
                @if let Some(phone) = phone { a href={ "tel:" (digits(phone)) } { (messages.fill("mistake.call", &[("phone", phone)])) } }
            }
        }
    }
}

/// Whether a mail address is plain ASCII without header fields.
pub fn is_plain_address(email: &str) -> bool {
    email.contains('@') && email.chars().all(|c| c.is_ascii_graphic() && !"<>\"?&".contains(c))
}

/// Percent-encoded for a `mailto:` link (RFC 6068), where a plus is a plus.
fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
