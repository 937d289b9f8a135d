//! `GET /districts.geojson`: the districts with their outlines and counts.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::http::params::QueryParams;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::resources::DISTRICTS;

/// Handler: the districts with their outlines, prepared once per snapshot.
pub(in crate::http) async fn list(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    Ok(respond::prepared(&app, request.headers(), app.prepared_responses().required(DISTRICTS)))
}
