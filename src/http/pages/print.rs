//! Handlers of the papers for residents: a list, one place, the leaflet for a door.
//!
//! Anybody may find a paper, so that both addresses make it from the public snapshot.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::{HTML, QueryPairs, missing, page_view};
use crate::editor::now_in_japan;
use crate::http::api::places::path_parameters;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Snapshot;
use crate::model::{Audience, PlaceId};
use crate::publish::html::PageView;
use crate::publish::html::paper::{PaperContext, door_paper, list_paper, place_paper};

type PaperResponse = Result<Response, HttpProblem>;

/// Handler: the list in the state of its query, with its maps.
pub(in crate::http) async fn list(state: State<AppState>, headers: HeaderMap, query: QueryPairs) -> PaperResponse {
    paper(state, headers, query, |paper, _| list_paper(paper)).await
}

/// Handler: the leaflet of a 大字, or the choice of one.
pub(in crate::http) async fn door(state: State<AppState>, headers: HeaderMap, query: QueryPairs) -> PaperResponse {
    paper(state, headers, query, |paper, pairs| {
        let town = pairs.iter().find(|(name, _)| name == "town").map_or("", |(_, value)| value);
        door_paper(paper, town)
    })
    .await
}

/// Handler: one place.
pub(in crate::http) async fn place(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
) -> PaperResponse {
    let id = PlaceId(path_parameters(id)?);
    let (snapshot, view) = (public(&app), page_view(&pairs, &headers));
    let Some(listed) = snapshot.by_id(&id) else { return Ok(missing(&app, &headers)) };
    let paper = PaperContext { snapshot: &snapshot, view: &view, now: now_in_japan() };
    let _turn = app.shared.in_flight.turn().await?;
    Ok(respond::page(&app, &headers, (None, HTML), |_| place_paper(&paper, listed)))
}

/// Maps of hundreds of places are drawn on the blocking thread pool.
async fn paper(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
    write: fn(&PaperContext, &[(String, String)]) -> String,
) -> PaperResponse {
    let _turn = state.shared.in_flight.turn().await?;
    let app = state.clone();
    let make = move || {
        let (snapshot, view): (Arc<Snapshot>, PageView) = (public(&app), page_view(&pairs, &headers));
        let paper = PaperContext { snapshot: &snapshot, view: &view, now: now_in_japan() };
        respond::page(&app, &headers, (None, HTML), |_| write(&paper, &pairs))
    };
    tokio::task::spawn_blocking(make).await.map_err(|_| HttpProblem::Internal)
}

fn public(app: &AppState) -> Arc<Snapshot> {
    app.snapshots.load(Audience::Public)
}
