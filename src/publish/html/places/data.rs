//! Page data for the script, as a JSON block in the page: the Content-Security-Policy allows inline data, not inline code.
//!
//! This module does no I/O.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::{LOAD_ALL_MAX, PAGE_LEN};
use crate::index::Snapshot;
use crate::model::{Category, District, Language};
use crate::publish::html::view::PageView;
use crate::publish::html::{layout, style};
use crate::publish::messages::page_messages;

/// The JSON block of the list page; `web/types.js` declares its type.
pub fn page_data(snapshot: &Snapshot, view: &PageView) -> Markup {
    let lang = view.lang;
    let categories: Vec<_> = snapshot.categories.all().iter().map(|c| category_data(c, lang)).collect();
    let districts: Vec<_> = snapshot.districts.all().iter().map(district_data).collect();
    let value = json!({
        "lang": lang.code(),
        "site": layout::site_title(&snapshot.city, lang),
        "total": snapshot.places.len(),
        "loadAll": snapshot.places.len() <= LOAD_ALL_MAX,
        "pageLength": PAGE_LEN,
        "categories": categories,
        "districts": districts,
        "tiles": snapshot.city.map.tiles_for(snapshot.audience),
        "texts": texts(lang, snapshot.sample),
    });
    html! { script type="application/json" id="page-data" { (PreEscaped(script_safe_json(&value))) } }
}

/// The messages of the scripts: without those that only the server writes.
fn texts(lang: Language, is_sample: bool) -> Value {
    const OF_CARDS: [&str; 2] = ["brief.confirmed", "date.months"];
    const OF_SERVER: [&str; 6] = ["answer.", "print.", "mistake.", "brief.", "date.", "footer."];
    let mut texts = json!(page_messages(lang).needed(is_sample));
    if let Some(texts) = texts.as_object_mut() {
        texts
            .retain(|key, _| OF_CARDS.contains(&key.as_str()) || !OF_SERVER.iter().any(|start| key.starts_with(start)));
    }
    texts
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

/// Serializes JSON for a `script` element: `<` is escaped, so that no text can end the element (XSS).
pub fn script_safe_json(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_block() {
        assert_eq!(script_safe_json(&json!("</script>")), "\"\\u003c/script>\"");
    }
}
