//! `GET /categories.json`: the categories with counts.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::http::params::Params;
use crate::http::server::respond;
use crate::http::{App, Problem};

/// The categories.
pub(in crate::http) async fn list(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    Params::read(request.uri(), &[])?;
    Ok(respond::fixed(&app, request.headers(), &app.answers().categories))
}
