//! Addresses of scripts, styles and icons: with the hash of all of them, so that a browser keeps them for a year and still never shows
//! an old one. This module does no I/O.

/// The hash of every file of `web/` but the tables of messages, from the build script.
pub const ASSETS_VERSION: &str = env!("WEB_ASSETS_VERSION");

/// The address of a file of `web/`. What it imports by a relative address has the same hash in its own.
pub fn asset(path: &str) -> String {
    format!("/assets/{ASSETS_VERSION}/{path}")
}
