//! `GET /healthz` (the process answers) and `GET /readyz` (it has places to answer with).

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use crate::http::AppState;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;

/// Says that the process lives.
pub(in crate::http) async fn lives() -> Response {
    respond::no_store("text/plain; charset=utf-8", "ok\n")
}

/// Says which version is being served and how many places it has. A server that is up always has a snapshot.
pub(in crate::http) async fn is_ready(State(app): State<AppState>) -> Response {
    let snapshot = app.snapshot();
    let body = json!({ "ready": true, "version": snapshot.version, "places": snapshot.places.len() });
    respond::no_store(JSON, format!("{body}\n"))
}
