//! `GET /assets/{path}`: scripts, styles, icons and texts of the page, from inside the program.
//!
//! A debug build reads them from `web/` each time, so that an edit shows at once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use rust_embed::RustEmbed;

use crate::http::api::places::path;
use crate::http::server::prepared::PreparedResponse;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};

#[derive(RustEmbed)]
#[folder = "web/"]
#[allow_missing = true]
struct WebAssets;

/// What is served, and as what; anything else in `web/` is nobody's business.
const MEDIA: [(&str, &str); 9] = [
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("txt", "text/plain; charset=utf-8"),
];

/// For an address that names the content by its hash.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// One file.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let asset = asset(&path(file)?).ok_or(HttpProblem::NotFound)?;
    let mut response = respond::fixed(&app, request.headers(), &asset);
    if request.uri().query().is_some_and(|query| query == format!("v={}", asset.tags.version())) {
        response.headers_mut().insert(header::CACHE_CONTROL, FOR_EVER);
    }
    Ok(response)
}

fn asset(file: &str) -> Option<Arc<PreparedResponse>> {
    if cfg!(debug_assertions) { read(file) } else { kept().get(file).cloned() }
}

/// All files, packed in the background from the first request on.
fn kept() -> &'static HashMap<String, Arc<PreparedResponse>> {
    static KEPT: OnceLock<HashMap<String, Arc<PreparedResponse>>> = OnceLock::new();
    KEPT.get_or_init(|| {
        let kept: HashMap<String, Arc<PreparedResponse>> =
            WebAssets::iter().filter_map(|file| Some((file.to_string(), read(&file)?))).collect();
        let to_pack: Vec<Arc<PreparedResponse>> = kept.values().cloned().collect();
        // Where no thread is to be had, assets go out as they are.
        let _ = std::thread::Builder::new().spawn(move || to_pack.iter().for_each(|asset| asset.pack()));
        kept
    })
}

fn read(file: &str) -> Option<Arc<PreparedResponse>> {
    let (_, ending) = file.rsplit_once('.')?;
    let (_, media) = MEDIA.iter().find(|(known, _)| *known == ending)?;
    let bytes = match WebAssets::get(file)?.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Some(Arc::new(PreparedResponse::ready(media, bytes)))
}
