//! The words of these pages (`web/lang/link-worker/*.json`). This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one page, by key.
#[derive(Debug)]
pub struct PageMessages(BTreeMap<String, String>);

/// Every table with the name of its file.
static TABLES: LazyLock<BTreeMap<&'static str, PageMessages>> = LazyLock::new(|| {
    let table = |json: &str| {
        PageMessages(serde_json::from_str(json).expect("web/lang/link-worker/*.json are embedded and read by a test"))
    };
    BTreeMap::from([
        ("common", table(include_str!("../../web/lang/link-worker/common.json"))),
        ("unmet", table(include_str!("../../web/lang/link-worker/unmet.json"))),
        ("directory", table(include_str!("../../web/lang/link-worker/directory.json"))),
        ("guide", table(include_str!("../../web/lang/link-worker/guide.json"))),
        ("sheets", table(include_str!("../../web/lang/link-worker/sheets.json"))),
        ("find", table(include_str!("../../web/lang/link-worker/find.json"))),
        ("handout", table(include_str!("../../web/lang/link-worker/handout.json"))),
    ])
});

/// The words of `web/lang/link-worker/{page}.json`.
///
/// # Panics
///
/// If there is no such file: pages name their own.
pub fn texts(page: &'static str) -> &'static PageMessages {
    TABLES.get(page).expect("every page has its words")
}

impl PageMessages {
    /// The text for `key`; the key itself where there is none (a test keeps that from happening).
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The text whose key is `start` and `end` together; nothing where there is none.
    pub fn of(&self, start: &str, end: &str) -> &str {
        self.0.get(&format!("{start}{end}")).map_or("", String::as_str)
    }

    /// The text for `key` with `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.text(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Every text, by key.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}
