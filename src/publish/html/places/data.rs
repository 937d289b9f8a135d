//! What script needs to know from the start, as a block of JSON in the page: a strict policy allows data, not code.
//!
//! This module does no I/O.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::{LOAD_ALL_MAX, PAGE_LEN};
use crate::index::Snapshot;
use crate::model::Language;
use crate::model::{Category, District};
use crate::publish::html::view::PageView;
use crate::publish::html::{layout, style};

/// The block; `web/types.js` names its parts.
pub fn block(snapshot: &Snapshot, view: &PageView) -> Markup {
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
        "texts": lang.texts(),
    });
    html! { script type="application/json" id="page-data" { (PreEscaped(harmless(&value))) } }
}

/// What script needs to know of a category.
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

/// What script needs to know of a district; its centre longitude first.
pub fn district_data(district: &District) -> Value {
    json!({
        "id": district.id.0,
        "name": district.name,
        "kana": district.kana,
        "town": district.former_town,
        "centre": [district.centre.lon(), district.centre.lat()],
    })
}

/// JSON that cannot end the element it stands in.
pub fn harmless(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_block() {
        assert_eq!(harmless(&json!("</script>")), "\"\\u003c/script>\"");
    }
}
