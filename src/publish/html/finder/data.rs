//! What the script of the finder needs to know from the start, as a block of JSON in the page; `web/find/types.js` names its
//! parts. It says nothing of any person. This module does no I/O.

use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

use crate::find::Finder;
use crate::model::{District, Interest, Language, Position};
use crate::publish::html::places::{category_data, district_data, script_safe_json};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::messages::page_messages;

/// Texts of the map's own buttons, which the list's page has already.
const MAP_PREFIX: &str = "map.locale.";

/// The block.
pub(super) fn page_data(finder: &Finder) -> Markup {
    let snapshot = finder.snapshot();
    let value = json!({
        "categories": snapshot.categories.all().iter().map(|it| category_data(it, Language::Ja)).collect::<Vec<_>>(),
        "districts": snapshot.districts.all().iter().map(|it: &District| district_data(it)).collect::<Vec<_>>(),
        "towns": finder.towns().map(|(name, at, kana)| json!([name, point(at), kana])).collect::<Vec<_>>(),
        "terms": finder.thesaurus().all().iter().map(term).collect::<Vec<_>>(),
        "texts": page_texts(),
    });
    html! { script type="application/json" id="page-data" { (PreEscaped(script_safe_json(&value))) } }
}

/// Degrees, longitude first, to about ten metres.
fn point(at: Position) -> [f64; 2] {
    [at.lon(), at.lat()].map(|degrees| (degrees * 1e4).round() / 1e4)
}

fn term(interest: &Interest) -> Value {
    json!([interest.term, interest.reading, interest.synonyms])
}

fn page_texts() -> Map<String, Value> {
    let of_map = page_messages(Language::Ja).all().iter().filter(|(key, _)| key.starts_with(MAP_PREFIX));
    catalogue("find").all().iter().chain(of_map).map(|(key, value)| (key.clone(), Value::from(value.clone()))).collect()
}
