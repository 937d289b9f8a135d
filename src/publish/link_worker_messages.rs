//! Message catalogues of the link workers' pages, one per page (`web/lang/link-worker/*.json`). This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Language, Messages};

/// Embeds catalogues by page; the only mention of their folder.
macro_rules! catalogues {
    ($($page:literal),+ $(,)?) => {
        BTreeMap::from([$(($page, include_str!(concat!("../../web/lang/link-worker/", $page, ".json")))),+])
    };
}

static TABLES: LazyLock<BTreeMap<&'static str, Messages>> = LazyLock::new(|| {
    let parse = |json| Messages::from_json(Language::Ja, json).expect("the catalogues are embedded and read by a test");
    let files =
        catalogues!("common", "account", "edit", "unmet", "results", "directory", "guide", "sheets", "find", "handout");
    files.into_iter().map(|(page, json)| (page, parse(json))).collect()
});

/// The message catalogue `web/lang/link-worker/{page}.json`.
///
/// # Panics
///
/// If there is no such file; callers pass a literal.
pub fn catalogue(page: &'static str) -> &'static Messages {
    TABLES.get(page).expect("every page has a catalogue")
}
