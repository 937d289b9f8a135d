//! The pages: the list with its map, one page a place, and the style sheet of the categories.

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::{App, Problem, places, respond};
use crate::model::PlaceId;
use crate::publish::page::{self, View};

pub(super) const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

pub(super) fn routes<S>() -> Router<S>
where
    App: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route("/", get(show_list))
        .route("/places/{id}", get(show_place))
        .route("/categories.css", get(show_category_colours))
}

type Pairs = Query<Vec<(String, String)>>;

async fn show_list(State(app): State<App>, headers: HeaderMap, Query(pairs): Pairs) -> Response {
    let view = view(&pairs, &headers);
    let plain = View { lang: view.lang, lang_chosen: view.lang_chosen, ..View::default() };
    let key = format!("/ {} {}", view.lang.code(), view.lang_chosen);
    let key = (view == plain).then_some(key.as_str());
    respond::page(&app, &headers, (key, HTML), |snapshot| page::list_page(snapshot, &view))
}

async fn show_place(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Result<Response, Problem> {
    let id = PlaceId(places::path(id)?);
    let view = view(&pairs, &headers);
    let snapshot = app.snapshot();
    Ok(match snapshot.by_id(&id) {
        Some(listed) => respond::page(&app, &headers, (None, HTML), |_| page::place_page(&snapshot, listed, &view)),
        None => missing(&app, &headers),
    })
}

async fn show_category_colours(State(app): State<App>, headers: HeaderMap) -> Response {
    let key = Some("/categories.css");
    respond::page(&app, &headers, (key, CSS), |snapshot| page::categories_css(&snapshot.categories))
}

/// The friendly page for an address that leads nowhere, in the reader's language.
pub(super) fn missing(app: &App, headers: &HeaderMap) -> Response {
    let snapshot = app.snapshot();
    let html = page::missing_page(&snapshot.city, &view(&[], headers));
    (
        StatusCode::NOT_FOUND,
        [(CONTENT_TYPE, HTML), (CACHE_CONTROL, "no-store"), (VARY, "accept, accept-language")],
        html,
    )
        .into_response()
}

/// Whether this reader is a browser: programs that ask for nothing in particular get JSON.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn view(pairs: &[(String, String)], headers: &HeaderMap) -> View {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    View::parse(pairs, accepted)
}
