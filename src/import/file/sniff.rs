//! File type detection by magic number.
//!
//! The first bytes decide, not the file's name, because lists arrive under wrong endings. This module does no I/O.

/// File type, detected before the text is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Zero bytes.
    Empty,
    /// A zip archive, which may be a workbook.
    Zip,
    /// An OLE container, which may be an old or an encrypted workbook.
    Ole,
    /// A known format that holds no table, by its name.
    Other(&'static str),
    /// Anything else, which may be text.
    Text,
}

/// Magic numbers of the formats that cities send by mistake, and their names.
const MAGIC: [(&[u8], &str); 14] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B\x08", "gzip"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"\0\0\x27\x0A", "Shapefile"),
    (b"DOC\0", "DocuWorks"),
    (b"xdw", "DocuWorks"),
];

/// Detects the file type of `bytes`.
pub fn kind(bytes: &[u8]) -> FileKind {
    if bytes.is_empty() {
        FileKind::Empty
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        FileKind::Zip
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        FileKind::Ole
    } else {
        MAGIC
            .iter()
            .find(|(magic, _)| bytes.starts_with(magic))
            .map_or(FileKind::Text, |(_, name)| FileKind::Other(name))
    }
}

/// Text format, detected before cells are parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Only white space.
    Blank,
    /// HTML, which some programs save as `.xls`.
    Html,
    /// A known format that holds no table, by its name.
    Other(&'static str),
    /// JSON, which may be `GeoJSON`.
    Json,
    /// Anything else, which may be delimited cells.
    Cells,
}

/// Detects the format of `text` by its first 2048 bytes.
pub fn text_kind(text: &str) -> TextKind {
    let text = text.trim_start();
    let mut end = text.len().min(2048);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text[..end].to_ascii_lowercase();
    if text.is_empty() {
        TextKind::Blank
    } else if start.starts_with('<') {
        markup(&start)
    } else if start.starts_with("mime-version:") && start.contains("multipart/related") {
        TextKind::Html
    } else if looks_like_json(&start) {
        TextKind::Json
    } else {
        TextKind::Cells
    }
}

/// Detects the markup language of text that begins with `<`.
fn markup(start: &str) -> TextKind {
    let has = |tag: &str| start.contains(tag);
    if has("urn:schemas-microsoft-com:office:spreadsheet") {
        TextKind::Other("Excel XML 2003")
    } else if has("<html") || has("<!doctype html") || has("<table") || has("<head") || has("<body") || has("<meta") {
        TextKind::Html
    } else if has("<kml") {
        TextKind::Other("KML")
    } else if has("<gml") || has("gml:") {
        TextKind::Other("GML")
    } else if has("<gpx") {
        TextKind::Other("GPX")
    } else if has("<?xml") || has("</") || has("/>") {
        TextKind::Other("XML")
    } else {
        TextKind::Cells
    }
}

/// Whether `start` is JSON: an opening bracket and a character that may follow it.
fn looks_like_json(start: &str) -> bool {
    let mut chars = start.chars().filter(|c| !c.is_whitespace());
    match chars.next() {
        Some('{') => matches!(chars.next(), Some('"' | '}') | None),
        Some('[') => matches!(chars.next(), Some('{' | '[' | ']') | None),
        _ => false,
    }
}
