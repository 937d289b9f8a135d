//! Details of one place: when next, whom to call, where, every known fact, and one line of what is unknown. This module does no I/O.

use maud::{Markup, html};

use super::brief::{PlaceContact, brief, contact_of, is_plain_address, report_mistake, when_text};
use super::card::district_name;
use super::{access, calendar_links, locator, next_dates};
use crate::index::filter::meeting_dates::MeetingDates;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{Facts, Language, MeetingMode, Month, Place, Precision, Role, Status};
use crate::publish::html::layout::digits;
use crate::publish::html::ruby::ruby;
use crate::publish::html::view::PageView;
use crate::publish::messages::{lang_of, page_messages};
use crate::publish::name_readings::NameReadings;
use crate::publish::page_file::SitePage;
use crate::publish::rule_words::spoken_schedule;
use crate::schedule::ScheduleContext;

/// The details of a place, for its own page and beside the map.
pub fn article(snapshot: &Snapshot, listed: &VisiblePlace, view: &PageView, month: Month) -> Markup {
    let (lang, place) = (view.lang, &listed.place);
    let messages = page_messages(lang);
    let facts = &place.facts;
    let category = snapshot.categories.by_id(&facts.category);
    let nth = snapshot.categories.all().iter().position(|c| c.id == facts.category);
    let dates = next_dates::dates_of(facts, month, &snapshot.city);
    let attribute = next_dates::dates_attribute(&dates, month);
    let names = NameReadings::of(snapshot, lang);
    let on_map = PageView { place: Some(place.id.clone()), offset: 0, ..view.clone() }.url();
    html! {
        article class={ "detail" @if let Some(n) = nth { " k" (n) } } data-place=(place.id.0) {
            p class="back" { a href=(view.list_url()) { (messages.text("detail.back")) } }
            header class="detail-head" {
                span class="icon" aria-hidden="true" {}
                div {
                    @if let Some(reading) = names.below(facts) { p class="kana" lang=[lang_of(&reading, lang)] { (reading) } }
                    h1 tabindex="-1" lang=[lang_of(&facts.name, lang)] { (ruby(&names.name(facts))) }
                    p class="kind" {
                        (page_link(category.map(|it| SitePage::Category(it.id.clone())), category.map_or(facts.category.0.as_str(), |c| c.name.text(lang)), lang))
                        @if let Some(district) = district_name(snapshot, listed) {
                            " ・ " (page_link(listed.district.clone().map(SitePage::District), district, lang))
                        }
                    }
                }
            }
            @if listed.sample { p class="closed" { strong { (messages.text("sample.place")) } } }
            @if facts.status != Status::Active { p class="closed" { strong { (status(facts.status, lang)) } } }
            (brief(listed, attribute.as_deref(), &names, lang))
            @if let Some(text) = &facts.description { p class="description" lang=[lang_of(text, lang)] { (text) } }
            (contact(snapshot, listed, lang))
            (basics(snapshot, listed, (&dates, month), lang))
            (locator::figure(snapshot, listed, view))
            (access::section(facts, lang))
            (about(facts, lang))
            (record(place, snapshot.city.licence.as_deref(), lang))
            p class="actions" {
                a class="button to-map" href=(on_map) { (messages.text("detail.on_map")) } " "
                a class="button" href=(view.place_print_url(&place.id)) { (messages.text("detail.print")) }
            }
            (calendar_links::of_place(snapshot, &place.id, lang, month))
            (report_mistake(snapshot, listed, lang))
        }
    }
}

/// A name with a link to the page of what it names, where there is one.
fn page_link(page: Option<SitePage>, name: &str, lang: Language) -> Markup {
    let address = page.and_then(|page| page.only_address(lang));
    html! { @match address { Some(address) => a href=(address) { (name) }, None => (name) } }
}

/// The message for a place that is paused or closed.
fn status(status: Status, lang: Language) -> &'static str {
    let messages = page_messages(lang);
    if status == Status::Paused { messages.text("status.paused") } else { messages.text("status.closed") }
}

/// A row of the description list; 不明 for an unknown value.
fn row(key: &'static str, value: Option<&str>, lang: Language) -> Markup {
    let messages = page_messages(lang);
    html! {
        dt { (messages.text(key)) }
        @match value.filter(|v| !v.trim().is_empty()) {
            Some(value) => dd lang=[lang_of(value, lang)] { (value) },
            None => dd class="unknown" { (messages.text("unknown")) },
        }
    }
}

/// A row that is omitted for an unknown value.
fn row_if(key: &'static str, value: Option<&str>, lang: Language) -> Markup {
    if value.is_some() {
        row(key, value, lang)
    } else {
        html! {}
    }
}

/// The days and hours: in the words of the page's language where the schedule engine has them, and always in those of the list.
fn days_and_hours(snapshot: &Snapshot, facts: &Facts, month: Month, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let spoken = spoken_schedule(&facts.schedule, &ScheduleContext::of_city(&snapshot.city, month.first_day()), lang);
    html! {
        dt { (messages.text("card.when")) }
        @if facts.schedule.is_empty() { dd class="unknown" { (messages.text("unknown")) } }
        @match spoken {
            Some(spoken) => {
                dd { (spoken.text) }
                @let written = when_text(facts, lang);
                dd class="note" lang=[lang_of(&written, lang)] { (messages.fill("schedule.written", &[("words", &written)])) }
            }
            None => @for words in &facts.schedule { dd lang=[lang_of(&words.text, lang)] { (words.text) } },
        }
    }
}

/// The dates of this month and the next two, written out; those that have passed the script hides. Where they are too many, the words
/// of the schedule say it better, and part of them would look like all.
fn dates_row(dates: &MeetingDates, month: Month, lang: Language) -> Markup {
    let written = next_dates::certain_dates(dates, month);
    html! {
        @if !written.is_empty() && written.len() < next_dates::MOST_WRITTEN {
            dt { (page_messages(lang).text("detail.dates")) }
            dd class="dates" { ul { @for (day, slot) in written {
                li { time datetime=(day) { (next_dates::date_text(day, slot, lang)) } }
            } } }
        }
    }
}

/// The section with times, place, cost and eligibility.
fn basics(
    snapshot: &Snapshot,
    listed: &VisiblePlace,
    (dates, month): (&MeetingDates, Month),
    lang: Language,
) -> Markup {
    let messages = page_messages(lang);
    let facts = &listed.place.facts;
    let mode = mode(facts.mode, lang);
    let tied = facts.mode == MeetingMode::AtPlace || facts.site.is_some() || facts.address.is_some();
    let precision = facts.site.map(|site| site.precision);
    // A point that is the building needs no words.
    let rough = (precision != Some(Precision::Door)).then_some(precision);
    html! {
        section {
            h2 { (messages.text("detail.basics")) }
            dl {
                (days_and_hours(snapshot, facts, month, lang))
                (dates_row(dates, month, lang))
                (row_if("detail.mode", mode, lang))
                (row_if("detail.venue", facts.venue.as_deref(), lang))
                @if tied {
                    (locator::address(snapshot, listed, lang))
                    (row_if("detail.town", facts.town.as_ref().map(|town| town.name.as_str()), lang))
                    (row_if("detail.district", district_name(snapshot, listed), lang))
                    (row_if("detail.position", rough.map(|precision| precision_text(precision, lang)), lang))
                    (row_if("detail.directions", facts.directions.as_deref(), lang))
                }
                (row_if("detail.cost", facts.cost.as_deref(), lang))
                (row_if("detail.bring", facts.bring.as_deref(), lang))
                (row_if("detail.eligibility", facts.eligibility.as_deref(), lang))
                (row_if("detail.capacity", facts.capacity.as_deref(), lang))
            }
        }
    }
}

/// The message for a meeting mode; `None` at a place.
fn mode(mode: MeetingMode, lang: Language) -> Option<&'static str> {
    let messages = page_messages(lang);
    match mode {
        MeetingMode::AtPlace => None,
        MeetingMode::Roaming => Some(messages.text("mode.roaming")),
        MeetingMode::Visiting => Some(messages.text("mode.visiting")),
        MeetingMode::Phone => Some(messages.text("mode.phone")),
        MeetingMode::Online => Some(messages.text("mode.online")),
    }
}

/// The message for the precision of the position.
fn precision_text(precision: Option<Precision>, lang: Language) -> &'static str {
    let messages = page_messages(lang);
    match precision {
        Some(Precision::Door) => messages.text("precision.door"),
        Some(Precision::Block) => messages.text("precision.block"),
        Some(Precision::Town) => messages.text("precision.town"),
        Some(Precision::District) => messages.text("precision.district"),
        None => messages.text("precision.none"),
    }
}

/// The contact section; for a private person's place, the office of the category.
fn contact(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let contact = &listed.place.facts.contact;
    let category = snapshot.categories.by_id(&listed.place.facts.category);
    let private = category.filter(|c| c.private_persons);
    let PlaceContact { office, phone } = contact_of(snapshot, listed);
    let number = phone.map(digits).filter(|number| !number.is_empty());
    html! {
        section class="contact" {
            h2 { (messages.text("detail.contact")) }
            @if private.is_some() { p { (messages.text("detail.private_person")) } }
            @if let (Some(number), Some(phone)) = (&number, phone) {
                p { a class="button call" href={ "tel:" (number) } { (messages.fill("detail.call", &[("phone", phone)])) } }
            }
            dl {
                (row_if("detail.person", contact.person.as_ref().map(|p| p.name.as_str()), lang))
                (row_if("detail.office", office, lang))
                @if number.is_none() { (row("detail.phone", phone, lang)) }
                (row_if("detail.fax", contact.fax.as_deref(), lang))
                @if let Some(email) = &contact.email { dt { (messages.text("detail.email")) } dd { (mail_link(email)) } }
                @if let Some(url) = &contact.url { dt { (messages.text("detail.url")) } dd { (web_link(url)) } }
            }
        }
    }
}

/// A `mailto:` link if the address is plain ASCII without header fields, else text.
fn mail_link(email: &str) -> Markup {
    html! { @if is_plain_address(email) { a href={ "mailto:" (email) } { (email) } } @else { (email) } }
}

/// A link if the scheme is `http` or `https`, else text: a list may contain `javascript:` (XSS).
fn web_link(url: &str) -> Markup {
    let web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    html! { @if web { a href=(url) rel="noopener noreferrer" { (url) } } @else { (url) } }
}

/// The section with organization, interests, roles and remarks.
fn about(facts: &Facts, lang: Language) -> Markup {
    let roles: Vec<_> = facts.roles.iter().map(|role| role_text(*role, lang)).collect();
    let mut words: Vec<_> = facts.interests.iter().chain(&facts.tags).map(String::as_str).collect();
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
    let joined = |list: &[&str]| (!list.is_empty()).then(|| list.join("、"));
    if facts.organization.is_none() && words.is_empty() && roles.is_empty() && facts.note.is_none() {
        return html! {};
    }
    html! {
        section {
            h2 { (page_messages(lang).text("detail.about")) }
            dl {
                (row_if("detail.organization", facts.organization.as_deref(), lang))
                (row_if("detail.interests", joined(&words).as_deref(), lang))
                (row_if("detail.roles", joined(&roles).as_deref(), lang))
                (row_if("detail.note", facts.note.as_deref(), lang))
            }
        }
    }
}

/// The message for a role.
fn role_text(role: Role, lang: Language) -> &'static str {
    let messages = page_messages(lang);
    match role {
        Role::Join => messages.text("role.join"),
        Role::Help => messages.text("role.help"),
        Role::Teach => messages.text("role.teach"),
        Role::Company => messages.text("role.company"),
    }
}

/// The section about the record itself: verification, source list, licence.
fn record(place: &Place, licence: Option<&str>, lang: Language) -> Markup {
    let messages = page_messages(lang);
    let seen = place.verification.as_ref();
    let on = seen.map(|v| v.on.format("%Y-%m-%d").to_string());
    let words = match (on, seen.and_then(|v| v.how.as_deref())) {
        (None, _) => messages.text("detail.verified_unknown").to_owned(),
        (Some(date), None) => date,
        (Some(date), Some(how)) => messages.fill("detail.verified_on", &[("date", &date), ("how", how)]),
    };
    let accepts = seen.and_then(|v| v.accepts_new);
    let accepts =
        accepts.map(|yes| messages.text(if yes { "detail.accepts_new_yes" } else { "detail.accepts_new_no" }));
    let list = Some(place.source.list.as_str()).filter(|list| !list.is_empty());
    html! {
        section class="record" {
            h2 { (messages.text("detail.record")) }
            dl {
                (row("detail.verified", Some(&words), lang))
                (row("detail.accepts_new", accepts, lang))
                (row_if("detail.list", list, lang))
                (row_if("detail.licence", place.source.licence.as_deref().or(licence), lang))
            }
        }
    }
}
