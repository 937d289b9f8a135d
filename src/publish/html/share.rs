//! What a page says of itself to other programs: description, canonical address, languages, Open Graph, and schema.org as JSON-LD. This
//! module does no I/O.

use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

use super::layout::{PlacePageFrame, digits, script_safe_json, site_title};
use super::places::next_dates::{certain_dates, dates_of};
use super::places::{count_text, when_text};
use crate::index::{Filter, Snapshot, VisiblePlace};
use crate::model::{AccessFact, City, Language, Month, Precision, Status};
use crate::publish::messages::page_messages;
use crate::publish::page_file::{SitePage, public_url};

/// The longest description, in characters.
const LONGEST: usize = 160;

/// The elements of the head.
pub(super) fn head(frame: &PlacePageFrame) -> Markup {
    let (lang, city) = (frame.view.lang, &frame.snapshot.city);
    let (title, description) = (frame.title.map(ToOwned::to_owned), description(frame));
    let title = title.unwrap_or_else(|| site_title(city, lang));
    let url = public_url(city, frame.page, lang);
    html! {
        meta name="description" content=(description);
        @if frame.page.is_canonical() {
            @if let Some(url) = &url { link rel="canonical" href=(url); }
            @for other in frame.page.languages() {
                @if let Some(url) = public_url(city, frame.page, other).filter(|_| other != Language::Easy) {
                    link rel="alternate" hreflang=(other.tag()) href=(url);
                }
            }
        }
        meta property="og:type" content="website";
        meta property="og:site_name" content=(site_title(city, lang));
        meta property="og:title" content=(title);
        meta property="og:description" content=(description);
        meta property="og:locale" content=(locale(lang));
        @if let Some(url) = &url { meta property="og:url" content=(url); }
    }
}

/// The same for a page of link workers, which is in Japanese.
pub(super) fn link_workers_head(city: &City, page: &SitePage, title: &str) -> Markup {
    let site = site_title(city, Language::Ja);
    let description = format!("{title} ・ {site}");
    let url = public_url(city, page, Language::Ja);
    html! {
        meta name="description" content=(description);
        meta property="og:type" content="website";
        meta property="og:site_name" content=(site);
        meta property="og:title" content=(title);
        meta property="og:description" content=(description);
        meta property="og:locale" content=(locale(Language::Ja));
        // Planners' pages are in two languages and computed.
        @if let Some(url) = url.filter(|_| !page.is_of_planners()) {
            link rel="canonical" href=(url);
            meta property="og:url" content=(url);
        }
    }
}

fn locale(lang: Language) -> &'static str {
    match lang {
        Language::Ja | Language::Easy => "ja_JP",
        Language::En => "en_GB",
        Language::Vi => "vi_VN",
    }
}

/// What the page is about, in a sentence.
fn description(frame: &PlacePageFrame) -> String {
    let (snapshot, lang) = (frame.snapshot, frame.view.lang);
    let text = match frame.page {
        SitePage::Place(id) => snapshot.by_id(id).map(|listed| of_place(snapshot, listed, lang)),
        SitePage::Category(id) => {
            let filter = Filter { categories: vec![id.clone()], ..Filter::default() };
            Some(of_table(frame, &filter))
        }
        SitePage::District(id) => Some(of_table(frame, &Filter { districts: vec![id.clone()], ..Filter::default() })),
        SitePage::Month(_) => frame.title.map(ToOwned::to_owned),
        _ => None,
    };
    let text = text.unwrap_or_else(|| page_messages(lang).text("site.lead").to_owned());
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= LONGEST {
        one_line
    } else {
        one_line.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}

/// Kind, district, when, and what the list tells of it.
fn of_place(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> String {
    let facts = &listed.place.facts;
    let category = snapshot.categories.by_id(&facts.category).map(|it| it.name.text(lang).to_owned());
    let district = listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id)).map(|it| it.name.clone());
    let when = (!facts.schedule.is_empty()).then(|| when_text(facts, lang));
    let parts = [category, district, when, facts.description.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ・ ")
}

/// 「八鹿 ・ 12件 ・ 見本市つながりマップ」.
fn of_table(frame: &PlacePageFrame, filter: &Filter) -> String {
    let lang = frame.view.lang;
    let count = count_text(frame.snapshot.matching(filter).len(), lang);
    let site = site_title(&frame.snapshot.city, lang);
    [frame.title.unwrap_or_default(), &count, &site].join(" ・ ")
}

/// The data block of a place: itself, and its dates of this month and the next two as events. Those of a private person have no dates
/// for robots.
pub(super) fn place_block(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language, month: Month) -> Markup {
    let place = place(snapshot, listed, lang);
    let mut graph = vec![Value::Object(place)];
    if !listed.private && listed.place.facts.status == Status::Active {
        graph.extend(events(snapshot, listed, month));
    }
    let block = script_safe_json(&json!({ "@context": "https://schema.org", "@graph": graph }));
    html! { script type="application/ld+json" { (PreEscaped(block)) } }
}

fn place(snapshot: &Snapshot, listed: &VisiblePlace, lang: Language) -> Map<String, Value> {
    let facts = &listed.place.facts;
    let door = facts.site.filter(|site| site.precision == Precision::Door).map(|site| site.position);
    let free = facts.access.get(&AccessFact::FreeOfCharge).map(|answer| answer.yes);
    let known = [
        ("@type", Some(json!("Place"))),
        ("@id", Some(json!("#place"))),
        ("name", Some(json!(facts.name))),
        ("alternateName", facts.kana.as_ref().map(|kana| json!(kana))),
        ("description", facts.description.as_ref().map(|it| json!(it))),
        ("address", facts.address.as_ref().map(|it| json!(it))),
        ("geo", door.map(|at| json!({ "@type": "GeoCoordinates", "latitude": at.lat(), "longitude": at.lon() }))),
        ("telephone", facts.contact.phone.as_deref().filter(|it| !digits(it).is_empty()).map(|it| json!(it))),
        ("url", public_url(&snapshot.city, &SitePage::Place(listed.place.id.clone()), lang).map(|it| json!(it))),
        ("isAccessibleForFree", free.map(|yes| json!(yes))),
        ("amenityFeature", amenities(listed, lang)),
    ];
    known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The facts that are known, each as it is.
fn amenities(listed: &VisiblePlace, lang: Language) -> Option<Value> {
    let messages = page_messages(lang);
    let of = |(fact, answer): (&AccessFact, &crate::model::AccessAnswer)| {
        let name = messages.find(&format!("access.{}", fact.code()))?;
        Some(json!({ "@type": "LocationFeatureSpecification", "name": name, "value": answer.yes }))
    };
    let all: Vec<Value> = listed.place.facts.access.iter().filter_map(of).collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

fn events(snapshot: &Snapshot, listed: &VisiblePlace, month: Month) -> Vec<Value> {
    let facts = &listed.place.facts;
    let dates = dates_of(facts, month, &snapshot.city);
    let organizer = facts.organization.as_ref();
    let event = |(day, slot): &(chrono::NaiveDate, &crate::index::filter::meeting_dates::DateSlot)| {
        let at = |time: Option<chrono::NaiveTime>| {
            time.map(|time| json!(format!("{day}T{}+09:00", time.format("%H:%M:%S"))))
        };
        let known = [
            ("@type", Some(json!("Event"))),
            ("name", Some(json!(facts.name))),
            ("startDate", at(slot.from).or_else(|| Some(json!(day)))),
            ("endDate", slot.from.and(at(slot.to))),
            ("eventStatus", Some(json!("https://schema.org/EventScheduled"))),
            ("location", Some(json!({ "@id": "#place" }))),
            ("organizer", organizer.map(|name| json!({ "@type": "Organization", "name": name }))),
        ];
        Value::Object(known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
    };
    certain_dates(&dates, month).iter().map(event).collect()
}
