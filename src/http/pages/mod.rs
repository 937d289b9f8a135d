//! Handlers of the HTML pages: the list with its map, one page per place, the directory, and the style sheet of the categories.

pub(super) mod assets;
pub(super) mod plan;
pub(super) mod print;
pub(super) mod sheets;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use chrono::Timelike as _;

use super::api::places::path_parameters;
use super::api::service;
pub(in crate::http) use super::page_view::HTML;
use super::page_view::page_view;
use super::server::respond;
use super::{AppState, HttpProblem};
use crate::editor::now_in_japan;
use crate::index::Filter;
use crate::model::{Month, PlaceId};
use crate::publish::html::{self, PageView, month, places};
use crate::publish::resources::JSON;
use crate::publish::search_data::search_data;

const CSS: &str = "text/css; charset=utf-8";

type QueryPairs = Query<Vec<(String, String)>>;

pub(super) async fn show_list(
    State(app): State<AppState>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
) -> Result<Response, HttpProblem> {
    let f = pairs.iter().find(|(name, _)| name == "f").map(|(_, value)| value.as_str());
    if let Some(landing) = service::landing(&app, &headers, f) {
        return landing;
    }
    let view = page_view(&pairs, &headers);
    let today = view.filter.today;
    let filter = Filter { today, ..Filter::default() };
    let plain = PageView { lang: view.lang, lang_chosen: view.lang_chosen, filter, ..PageView::default() };
    let now = now_in_japan();
    // The next dates on the cards are as of the hour.
    let key = format!("/ {} {} {today:?} {}", view.lang.code(), view.lang_chosen, now.hour());
    let key = (view == plain).then_some(key.as_str());
    let _turn = if key.is_none() { Some(app.shared.in_flight.turn().await?) } else { None };
    let mut response = respond::page(&app, &headers, (key, HTML), |snapshot| places::list_page(snapshot, &view, now));
    service::put_landing_links(response.headers_mut(), &app.snapshot(), &headers);
    Ok(response)
}

/// A month of a district, as a table and as a list.
pub(super) async fn show_month(State(app): State<AppState>, headers: HeaderMap, Query(pairs): QueryPairs) -> Response {
    let view = page_view(&pairs, &headers);
    let month = pairs.iter().rev().find(|(name, _)| name == "month").and_then(|(_, value)| value.parse::<Month>().ok());
    respond::page(&app, &headers, (None, HTML), |snapshot| month::month_page(snapshot, &view, month))
}

/// What the script needs to answer a query as the server does; prepared once per snapshot and day.
pub(super) async fn show_search_data(
    State(app): State<AppState>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
) -> Response {
    let (today, lang) = (now_in_japan().date(), page_view(&pairs, &headers).lang);
    let key = format!("/search.json {} {today}", lang.code());
    respond::page(&app, &headers, (Some(&key), JSON), |snapshot| search_data(snapshot, today, lang))
}

pub(super) async fn show_place(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
) -> Result<Response, HttpProblem> {
    let id = PlaceId(path_parameters(id)?);
    let view = page_view(&pairs, &headers);
    let snapshot = app.snapshot();
    Ok(match snapshot.by_id(&id) {
        Some(listed) => {
            let _turn = app.shared.in_flight.turn().await?;
            respond::page(&app, &headers, (None, HTML), |_| {
                places::place_page(&snapshot, listed, &view, now_in_japan())
            })
        }
        None => missing(&app, &headers),
    })
}

/// The directory of link workers; prepared once per snapshot for each district and for all of them.
pub(super) async fn show_link_workers(
    State(app): State<AppState>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
) -> Response {
    let district = pairs.iter().find(|(name, _)| name == "district").map(|(_, value)| value.as_str());
    let snapshot = app.snapshot();
    let key = match district {
        None => Some("/link-workers".to_owned()),
        Some(code) => html::chosen_district(&snapshot, code).map(|it| format!("/link-workers {}", it.id.0)),
    };
    respond::page(&app, &headers, (key.as_deref(), HTML), |snapshot| html::directory_page(snapshot, district))
}

pub(super) async fn show_category_colours(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let key = Some("/categories.css");
    respond::page(&app, &headers, (key, CSS), |snapshot| html::categories_css(&snapshot.categories))
}

/// The 404 page, in the reader's language.
pub(in crate::http) fn missing(app: &AppState, headers: &HeaderMap) -> Response {
    let snapshot = app.snapshot();
    let html = places::missing_page(&snapshot, &page_view(&[], headers));
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
