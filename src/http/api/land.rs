//! `GET /land.geojson`: what the map draws below places and districts.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::http::params::QueryParams;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::resources::LAND;

/// Handler: outline, labels and base map, prepared once per snapshot.
pub(in crate::http) async fn show(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    Ok(respond::prepared(&app, request.headers(), app.prepared_responses().required(LAND)))
}
