//! The message catalogues of the link workers' pages (`web/lang/link-worker/*.json`). This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{Language, Messages};

/// The catalogue of one page by the name of its file; the folder stands here and nowhere else.
macro_rules! catalogues {
    ($($page:literal),+ $(,)?) => {
        BTreeMap::from([$(($page, include_str!(concat!("../../web/lang/link-worker/", $page, ".json")))),+])
    };
}

static TABLES: LazyLock<BTreeMap<&'static str, Messages>> = LazyLock::new(|| {
    let catalogue =
        |json| Messages::from_json(Language::Ja, json).expect("the catalogues are embedded and read by a test");
    let files = catalogues!("common", "unmet", "directory", "guide", "sheets", "find", "handout");
    files.into_iter().map(|(page, json)| (page, catalogue(json))).collect()
});

/// The words of `web/lang/link-worker/{page}.json`.
///
/// # Panics
///
/// If there is no such file: pages name their own.
pub fn texts(page: &'static str) -> &'static Messages {
    TABLES.get(page).expect("every page has its words")
}
