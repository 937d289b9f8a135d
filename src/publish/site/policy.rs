//! The security headers of every answer and of every file, in one table: the server sends them, and an exported site has them as
//! settings of its host. This module does no I/O.

use crate::model::{Audience, City, MapSettings};
use crate::publish::page_file::PAGE_ENDING;

/// Security headers besides the content security policy: anti-sniffing, referrer policy, permissions, isolation.
pub const SECURITY_HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// The name of the content security policy's header.
pub const CONTENT_SECURITY_POLICY: &str = "content-security-policy";

/// The content security policy (CSP): pages load nothing from other sites but the tiles that the city asks for, and only the page for
/// frames may be embedded, by the sites that the city names (clickjacking).
pub fn content_security_policy(city: &City, audience: Audience, is_embeddable: bool) -> String {
    let tiles = city.map.tiles_for(audience).and_then(MapSettings::origin_of);
    let tiles = tiles.map(|origin| format!(" {origin}")).unwrap_or_default();
    let hosts = if is_embeddable && audience == Audience::Public { city.embed_hosts.join(" ") } else { String::new() };
    let ancestors = if hosts.is_empty() { "'none'" } else { &hosts };
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'{tiles} data: blob:; \
         connect-src 'self'{tiles}; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors {ancestors}"
    )
}

/// Whether a path is that of the page for frames of other sites, in any language.
pub fn is_embeddable(path: &str) -> bool {
    path == "/embed" || path.starts_with("/embed.") && path.ends_with(PAGE_ENDING)
}
