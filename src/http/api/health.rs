//! Health checks: `GET /healthz` (liveness) and `GET /readyz` (readiness, with version and count of places).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::http::AppState;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;

/// Liveness probe: the process handles requests.
pub(in crate::http) async fn lives() -> Response {
    respond::no_store("text/plain; charset=utf-8", "ok\n")
}

/// What `/readyz` says of a database that has gone: no path and no error, which are in the log.
const STALE: &str = "the database has gone or cannot be read; the places of before are served; the log says more";

/// Readiness probe: the served snapshot's version and count of places. A server never runs without a snapshot, so it is not ready
/// only where the database behind it has gone or cannot be read: 503, while every other route still answers from the snapshot.
pub(in crate::http) async fn is_ready(State(app): State<AppState>) -> Response {
    let (snapshot, is_stale) = (app.snapshot(), app.snapshots.is_stale());
    let mut body = json!({ "ready": !is_stale, "version": snapshot.version, "places": snapshot.places.len() });
    if is_stale {
        body["reason"] = json!(STALE);
    }
    let mut response = respond::no_store(JSON, format!("{body}\n"));
    if is_stale {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}
