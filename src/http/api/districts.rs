//! `GET /districts.geojson`: the districts with their outlines and counts.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::http::params::Params;
use crate::http::server::respond;
use crate::http::{App, Problem};

/// The districts with their outlines.
pub(in crate::http) async fn list(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    Params::read(request.uri(), &[])?;
    Ok(respond::fixed(&app, request.headers(), &app.answers().districts))
}
