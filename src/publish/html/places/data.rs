//! Page data for the script, as a JSON block in the page: the Content-Security-Policy allows inline data, not inline code.
//!
//! This module does no I/O.

use std::sync::OnceLock;

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::groups::towns;
use super::{LOAD_ALL_MAX, PAGE_LEN};
use crate::index::Snapshot;
use crate::model::{Audience, Category, District, Language};
use crate::publish::html::layout::script_safe_json;
use crate::publish::html::view::PageView;
use crate::publish::html::{layout, style};
use crate::publish::messages::page_messages;
use crate::publish::name_readings::NameReadings;
use crate::publish::ruby::RubySegment;

/// The JSON block of the list page; `web/types.js` declares its type.
pub fn page_data(snapshot: &Snapshot, view: &PageView) -> Markup {
    let kept = snapshot.kept.get(KeptData::default);
    let page = usize::from(view.embedded);
    let row = Language::ALL.iter().position(|lang| *lang == view.lang).unwrap_or_default();
    let json = kept.0[row][page].get_or_init(|| script_safe_json(&data(snapshot, view.lang, view.embedded)));
    html! { script type="application/json" id="page-data" { (PreEscaped(json)) } }
}

/// The data of each language, of the list and of the list in a frame: the same for all their states.
#[derive(Default)]
struct KeptData([[OnceLock<String>; 2]; Language::ALL.len()]);

fn data(snapshot: &Snapshot, lang: Language, embedded: bool) -> Value {
    let categories: Vec<_> = snapshot.categories.all().iter().map(|c| category_data(c, lang)).collect();
    let names = NameReadings::of(snapshot, lang);
    let districts = snapshot.districts.all().iter();
    let districts: Vec<_> = districts.map(|it| shown_district(it, &names, lang)).collect();
    json!({
        "lang": lang.code(),
        "keep": snapshot.audience == Audience::Public && !embedded,
        "page": if embedded { "embed" } else { "index" },
        "site": layout::site_title(&snapshot.city, lang),
        "total": snapshot.places.len(),
        "loadAll": snapshot.places.len() <= LOAD_ALL_MAX,
        "pageLength": PAGE_LEN,
        "categories": categories,
        "districts": districts,
        "tiles": snapshot.city.map.tiles_for(snapshot.audience),
        "towns": towns(snapshot).names,
        "office": office(snapshot),
        "texts": texts(snapshot, lang),
    })
}

/// The messages of the scripts: without those that only the server writes.
fn texts(snapshot: &Snapshot, lang: Language) -> Value {
    const OF_CARDS: [&str; 9] = [
        "brief.comma",
        "brief.confirmed",
        "brief.later",
        "brief.next",
        "date.hours",
        "date.months",
        "date.short",
        "date.weekdays",
        "schedule.written",
    ];
    const OF_SERVER: [&str; 7] = ["answer.", "print.", "mistake.", "brief.", "date.", "footer.", "schedule."];
    let mut texts = page_messages(lang).needed(snapshot.sample);
    texts.retain(|key, _| OF_CARDS.contains(key) || !OF_SERVER.iter().any(|start| key.starts_with(start)));
    json!(texts)
}

/// The office to call, with its number as it is dialled; null without one.
fn office(snapshot: &Snapshot) -> Option<Value> {
    let phone = snapshot.city.office_phone.as_deref()?;
    let number = Some(layout::digits(phone)).filter(|number| !number.is_empty())?;
    Some(json!({ "name": snapshot.city.office, "phone": phone, "number": number }))
}

/// A category as the scripts need it.
pub fn category_data(category: &Category, lang: Language) -> Value {
    json!({
        "id": category.id.0,
        "name": category.name.text(lang),
        "group": category.group.text(lang),
        "words": category.name.each().chain(category.group.each()).collect::<Vec<_>>(),
        "color": style::color(category),
        "on": style::on_color(category),
        "icon": style::icon(category),
    })
}

/// A district as the list needs it: where the page shows more than its name, as segments of text and reading.
fn shown_district(district: &District, names: &NameReadings, lang: Language) -> Value {
    let mut data = district_data(district);
    if lang != Language::Ja {
        data["shown"] = segments(&names.district(district));
    }
    data
}

/// Ruby text as JSON: a text, or a pair of text and reading.
pub fn segments(text: &[RubySegment]) -> Value {
    let segment = |it: &RubySegment| match &it.reading {
        Some(reading) => json!([it.text, reading]),
        None => json!(it.text),
    };
    text.iter().map(segment).collect()
}

/// A district as the scripts need it; the centre is longitude first, or null.
pub fn district_data(district: &District) -> Value {
    json!({
        "id": district.id.0,
        "name": district.name,
        "kana": district.kana,
        "town": district.former_town,
        "centre": district.centre.map(|at| [at.lon(), at.lat()]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_block() {
        assert_eq!(script_safe_json(&json!("</script>")), "\"\\u003c/script>\"");
    }
}
