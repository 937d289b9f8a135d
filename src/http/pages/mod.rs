//! Handlers of the HTML pages: those of the site, the planners' page, those to sign in and to keep accounts, and the page for status 404.

pub(super) mod account;
pub(super) mod administration;
pub(super) mod assets;
pub(super) mod edit;
pub(super) mod plan;
pub(super) mod site;
pub(super) mod suggest;

use axum::extract::Query;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::AppState;
use crate::publish::html::{PageView, places};

pub(in crate::http) use crate::publish::media_types::HTML;

/// Texts of a form by the key of their column.
type FormTexts = std::collections::BTreeMap<String, String>;

type QueryPairs = Query<Vec<(String, String)>>;

/// The 404 page, in the reader's language.
pub(in crate::http) fn missing(app: &AppState, headers: &HeaderMap) -> Response {
    let snapshot = app.snapshot();
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let html = places::missing_page(&snapshot, &PageView::parse(&[], accepted));
    (
        StatusCode::NOT_FOUND,
        [(CONTENT_TYPE, HTML), (CACHE_CONTROL, "no-store"), (VARY, "accept, accept-language")],
        html,
    )
        .into_response()
}

/// Content negotiation: whether `Accept` names HTML, as browsers do. Other clients get JSON.
pub(in crate::http) fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}
