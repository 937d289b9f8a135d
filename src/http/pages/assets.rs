//! `GET /assets/{path}`: static files (scripts, styles, icons, texts), embedded in the binary and compressed at build time.
//!
//! A debug build reads a file that was edited since from `web/`, so that the edit shows without a rebuild.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::http::params::path_parameters;
use crate::http::server::compression::Compressed;
use crate::http::server::prepared::PreparedResponse;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::embedded::{EMBEDDED, EmbeddedAsset};
use crate::publish::html::assets::ASSETS_VERSION;
use crate::publish::media_types::media_of;

/// Where the tables of messages are.
const MESSAGES: &str = "lang/";

/// Immutable caching (RFC 8246), for an address with the hash of all files, or of the content (`?v=`).
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Handler: one static file.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let name = path_parameters(file)?;
    let (version, name) = versioned(&name);
    let is_versioned = version == Some(ASSETS_VERSION) && !name.starts_with(MESSAGES);
    let asset = asset(name).ok_or(HttpProblem::NotFound)?;
    let asset = if name.starts_with(MESSAGES) { in_the_words_of_the_city(&app, asset) } else { asset };
    let mut response = respond::prepared(&app, request.headers(), &asset);
    // A debug build answers with what was edited since under the same address.
    let is_final = is_versioned && !cfg!(debug_assertions);
    if is_final || request.uri().query().is_some_and(|query| query == format!("v={}", asset.tags.version())) {
        response.headers_mut().insert(header::CACHE_CONTROL, IMMUTABLE);
    }
    Ok(response)
}

/// The hash that an address begins with, and the file. A page of before an upgrade goes on with the files of now.
fn versioned(name: &str) -> (Option<&str>, &str) {
    let is_hash = |start: &str| start.len() == ASSETS_VERSION.len() && start.bytes().all(|b| b.is_ascii_hexdigit());
    match name.split_once('/').filter(|(start, _)| is_hash(start)) {
        Some((hash, rest)) => (Some(hash), rest),
        None => (None, name),
    }
}

/// A table of messages with the city's own words in the place of references to them. A word holds nothing that ends a text of
/// JSON ([`CityWords::set`](crate::model::CityWords::set)).
fn in_the_words_of_the_city(app: &AppState, asset: Arc<PreparedResponse>) -> Arc<PreparedResponse> {
    let bytes = asset.identity().joined();
    let Ok(text) = std::str::from_utf8(&bytes) else { return asset };
    match app.snapshot().city.words.fill(text) {
        Cow::Borrowed(_) => asset,
        Cow::Owned(filled) => Arc::new(PreparedResponse::ready(asset.media, filled.into())),
    }
}

fn asset(name: &str) -> Option<Arc<PreparedResponse>> {
    let embedded = embedded().get(name)?;
    if cfg!(debug_assertions)
        && let Some(edited) = edited(name, embedded)
    {
        return Some(Arc::new(edited));
    }
    Some(Arc::clone(embedded))
}

/// The embedded files by name. The first call computes their hashes.
fn embedded() -> &'static HashMap<&'static str, Arc<PreparedResponse>> {
    static BY_NAME: OnceLock<HashMap<&'static str, Arc<PreparedResponse>>> = OnceLock::new();
    BY_NAME.get_or_init(|| EMBEDDED.iter().filter_map(|it| Some((it.name, Arc::new(prepared(it)?)))).collect())
}

fn prepared(asset: &EmbeddedAsset) -> Option<PreparedResponse> {
    let media = media_of(asset.name)?;
    let compressed =
        Compressed { brotli: asset.brotli.map(Bytes::from_static), gzip: asset.gzip.map(Bytes::from_static) };
    Some(PreparedResponse::precompressed(media, Bytes::from_static(asset.bytes), compressed))
}

/// The file as it is now in `web/`, if it differs from the embedded one. No path traversal: `name` is that of an embedded file.
fn edited(name: &str, embedded: &PreparedResponse) -> Option<PreparedResponse> {
    let bytes = std::fs::read(format!("{}/web/{name}", env!("CARGO_MANIFEST_DIR"))).ok()?;
    (bytes != embedded.identity().joined()).then(|| PreparedResponse::ready(embedded.media, bytes.into()))
}
