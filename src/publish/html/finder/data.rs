//! What the script of the finder needs to know from the start, as a block of JSON in the page; `web/find/types.js` names its
//! parts. It says nothing of any person. This module does no I/O.

use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

use crate::find::Finder;
use crate::model::Language;
use crate::model::{District, Interest, Position};
use crate::publish::html::places::{category_data, district_data, harmless};
use crate::publish::link_worker_messages::texts;

/// Texts of the map's own buttons, which the list's page has already.
const OF_THE_MAP: &str = "map.locale.";

/// The block.
pub(super) fn block(finder: &Finder) -> Markup {
    let snapshot = finder.snapshot();
    let value = json!({
        "categories": snapshot.categories.all().iter().map(|it| category_data(it, Language::Ja)).collect::<Vec<_>>(),
        "districts": snapshot.districts.all().iter().map(|it: &District| district_data(it)).collect::<Vec<_>>(),
        "towns": finder.towns().map(|(name, at, kana)| json!([name, point(at), kana])).collect::<Vec<_>>(),
        "terms": finder.thesaurus().all().iter().map(term).collect::<Vec<_>>(),
        "texts": texts_of_page(),
    });
    html! { script type="application/json" id="page-data" { (PreEscaped(harmless(&value))) } }
}

/// Degrees, longitude first, to about ten metres.
fn point(at: Position) -> [f64; 2] {
    [at.lon(), at.lat()].map(|degrees| (degrees * 1e4).round() / 1e4)
}

fn term(interest: &Interest) -> Value {
    json!([interest.term, interest.reading, interest.synonyms])
}

fn texts_of_page() -> Map<String, Value> {
    let of_map = Language::Ja.texts().iter().filter(|(key, _)| key.starts_with(OF_THE_MAP));
    texts("find").all().iter().chain(of_map).map(|(key, value)| (key.clone(), Value::from(value.clone()))).collect()
}
