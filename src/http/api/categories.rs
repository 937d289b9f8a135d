//! `GET /categories.json`: the categories with counts.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::http::params::QueryParams;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::resources::CATEGORIES;

/// Handler: the categories, prepared once per snapshot.
pub(in crate::http) async fn list(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    Ok(respond::prepared(&app, request.headers(), app.prepared_responses().required(CATEGORIES)))
}
