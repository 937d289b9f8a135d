//! Health checks: `GET /healthz` (liveness) and `GET /readyz` (readiness, with version and count of places).

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use crate::http::AppState;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;

/// Liveness probe: the process handles requests.
pub(in crate::http) async fn lives() -> Response {
    respond::no_store("text/plain; charset=utf-8", "ok\n")
}

/// Readiness probe: the served snapshot's version and count of places. Always ready, because a server never runs without a
/// snapshot.
pub(in crate::http) async fn is_ready(State(app): State<AppState>) -> Response {
    let snapshot = app.snapshot();
    let body = json!({ "ready": true, "version": snapshot.version, "places": snapshot.places.len() });
    respond::no_store(JSON, format!("{body}\n"))
}
