//! The files of `web/` as the build script embeds them: scripts, styles, icons and texts. This module does no I/O.

use super::media_types::media_of;

/// A file of `web/`; `None` for a coding that would not make it smaller.
#[derive(Debug)]
pub struct EmbeddedAsset {
    /// Its path below `web/`.
    pub name: &'static str,
    /// The file.
    pub bytes: &'static [u8],
    /// The file in brotli.
    pub brotli: Option<&'static [u8]>,
    /// The file in gzip.
    pub gzip: Option<&'static [u8]>,
}

/// Every file of `web/`, written by `build.rs`.
pub static EMBEDDED: &[EmbeddedAsset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What only pages of the internal address load, and what the server alone reads.
const NOT_OF_THE_SITE: [&str; 8] =
    ["account/", "find/", "handout/", "lang/", "plan/starters.css", "results/", "unmet/", "service-worker.js"];

/// The files that the pages of a site load.
pub fn site_assets() -> impl Iterator<Item = &'static EmbeddedAsset> {
    let is_public = |it: &&EmbeddedAsset| !NOT_OF_THE_SITE.iter().any(|start| it.name.starts_with(start));
    EMBEDDED.iter().filter(is_public).filter(|it| media_of(it.name).is_some())
}
