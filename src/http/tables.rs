//! `GET /districts.geojson` and `GET /categories.json`: what places are ordered by, with counts.

use axum::extract::{Request, State};
use axum::response::Response;

use super::params::Params;
use super::{App, Problem, respond};

/// The districts with their outlines.
pub(super) async fn districts(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    Params::read(request.uri(), &[])?;
    Ok(respond::fixed(&app, request.headers(), &app.answers().districts))
}

/// The categories.
pub(super) async fn categories(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    Params::read(request.uri(), &[])?;
    Ok(respond::fixed(&app, request.headers(), &app.answers().categories))
}
