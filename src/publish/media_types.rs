//! Media types by the ending of a file, for the server, for an exported site and for the settings of its host. This module does no I/O.

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// The media type of style sheets.
pub const CSS: &str = "text/css; charset=utf-8";
/// The media type of modules.
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The media types of every file that a site may have.
pub const MEDIA_TYPES: [(&str, &str); 19] = [
    ("html", HTML),
    ("css", CSS),
    ("js", SCRIPT),
    ("mjs", SCRIPT),
    ("json", "application/json"),
    ("geojson", "application/geo+json"),
    ("csv", "text/csv; charset=utf-8; header=present"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("jsonl", "application/x-ndjson"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jsonld", "application/ld+json"),
    ("pmtiles", "application/vnd.pmtiles"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
];

/// The media type of a file by its ending; `None` for an unknown one.
pub fn media_of(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    MEDIA_TYPES.iter().find(|(known, _)| *known == ending).map(|(_, media)| *media)
}
