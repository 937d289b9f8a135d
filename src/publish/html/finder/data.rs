//! Page data for the script of the finder, as a JSON block in the page; `web/find/types.js` declares its type. It contains no
//! personal data. This module does no I/O.

use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

use crate::find::Finder;
use crate::model::{District, Interest, Language, Position};
use crate::publish::html::places::{category_data, district_data, script_safe_json};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::messages::page_messages;

/// The prefix of the message keys for the controls of the map, from the catalogue of the public pages.
const MAP_PREFIX: &str = "map.locale.";

/// The JSON block of the finder page.
pub(super) fn page_data(finder: &Finder) -> Markup {
    let snapshot = finder.snapshot();
    let value = json!({
        "categories": snapshot.categories.all().iter().map(|it| category_data(it, Language::Ja)).collect::<Vec<_>>(),
        "districts": snapshot.districts.all().iter().map(|it: &District| district_data(it)).collect::<Vec<_>>(),
        "towns": finder.towns().map(|(name, at, kana)| json!([name, point(at), kana])).collect::<Vec<_>>(),
        "terms": finder.thesaurus().all().iter().map(term).collect::<Vec<_>>(),
        "texts": page_texts(snapshot.sample),
    });
    html! { script type="application/json" id="page-data" { (PreEscaped(script_safe_json(&value))) } }
}

/// Longitude and latitude, rounded to about ten metres.
fn point(at: Position) -> [f64; 2] {
    [at.lon(), at.lat()].map(|degrees| (degrees * 1e4).round() / 1e4)
}

/// A term as the script needs it: the term, its reading, its synonyms.
fn term(interest: &Interest) -> Value {
    json!([interest.term, interest.reading, interest.synonyms])
}

/// The messages that the script needs.
fn page_texts(holds_sample: bool) -> Map<String, Value> {
    let of_map =
        page_messages(Language::Ja).needed(holds_sample).into_iter().filter(|(key, _)| key.starts_with(MAP_PREFIX));
    let of_page = catalogue("find").needed(holds_sample);
    of_page.into_iter().chain(of_map).map(|(key, text)| (key.to_owned(), Value::from(text))).collect()
}
