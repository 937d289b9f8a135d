//! The pages: the list with its map, one page a place, and the style sheet of the categories.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::App;
use crate::model::{Audience, PlaceId};
use crate::publish::page::{self, View};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(show_list))
        .route("/places/{id}", get(show_place))
        .route("/categories.css", get(show_category_colours))
}

type Pairs = Query<Vec<(String, String)>>;

async fn show_list(State(app): State<App>, headers: HeaderMap, Query(pairs): Pairs) -> Response {
    let snapshot = app.snapshots.load(Audience::Public);
    let view = view(&pairs, &headers);
    answer(&headers, &snapshot.version, (&view, HTML), || page::list_page(&snapshot, &view))
}

async fn show_place(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Response {
    let snapshot = app.snapshots.load(Audience::Public);
    let view = view(&pairs, &headers);
    match snapshot.by_id(&PlaceId(id)) {
        Some(listed) => {
            answer(&headers, &snapshot.version, (&view, HTML), || page::place_page(&snapshot, listed, &view))
        }
        None => missing(&app, &headers),
    }
}

async fn show_category_colours(State(app): State<App>, headers: HeaderMap) -> Response {
    let snapshot = app.snapshots.load(Audience::Public);
    answer(&headers, &snapshot.version, (&View::default(), CSS), || page::categories_css(&snapshot.categories))
}

/// The friendly page for an address that leads nowhere, in the reader's language.
pub(super) fn missing(app: &App, headers: &HeaderMap) -> Response {
    let snapshot = app.snapshots.load(Audience::Public);
    let html = page::missing_page(&snapshot.city, &view(&[], headers));
    (StatusCode::NOT_FOUND, [(CONTENT_TYPE, HTML), (VARY, "accept, accept-language")], html).into_response()
}

/// Whether this reader is a browser: programs that ask for nothing in particular get JSON.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn view(pairs: &[(String, String)], headers: &HeaderMap) -> View {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    View::parse(pairs, accepted)
}

/// `200` with the bytes of `write`, or `304` where the reader has them already.
fn answer(
    headers: &HeaderMap,
    version: &str,
    (view, kind): (&View, &'static str),
    write: impl FnOnce() -> String,
) -> Response {
    let etag = format!("W/\"{version}-{}-{}\"", view.lang.code(), env!("CARGO_PKG_VERSION"));
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let head = [(ETAG, etag.as_str()), (VARY, "accept-language"), (CONTENT_TYPE, kind)];
    if known.split(',').any(|tag| tag.trim() == etag) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    (head, write()).into_response()
}
