//! Addresses of scripts, styles and icons: with the hash of all of them, so that a browser keeps them for a year and still never shows
//! an old one. This module does no I/O.

/// The hash of every file of `web/` but the tables of messages, from the build script.
pub const ASSETS_VERSION: &str = env!("WEB_ASSETS_VERSION");

/// The address of a file of `web/`. What it imports by a relative address has the same hash in its own.
pub fn asset(path: &str) -> String {
    format!("/assets/{ASSETS_VERSION}/{path}")
}

/// The modules that the list's script needs before it can begin, so that a browser requests all of them at once and not one after the
/// other. `tests/web/documents.test.mjs` holds them to the imports.
pub const LIST_MODULES: [&str; 31] = [
    "chips.js",
    "detail.js",
    "dom.js",
    "download.js",
    "drawn-map.js",
    "embed-code.js",
    "filter.js",
    "fold.js",
    "format.js",
    "groups.js",
    "i18n.js",
    "list.js",
    "load.js",
    "main.js",
    "map-card.js",
    "map-pane.js",
    "next-dates.js",
    "offline.js",
    "page-parts.js",
    "ruby.js",
    "search/conditions.js",
    "search/dates.js",
    "search/explain.js",
    "search/here.js",
    "search/query.js",
    "search/search.js",
    "search/start.js",
    "small-screen.js",
    "state.js",
    "text-size.js",
    "viewport-places.js",
];
