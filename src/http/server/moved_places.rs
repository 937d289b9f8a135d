//! Addresses of places that were merged into others lead there (`308`).

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::http::AppState;
use crate::index::Snapshot;
use crate::model::PlaceId;

/// Middleware: where there is nothing at an address that names a merged place, the same address of the other place.
pub(in crate::http) async fn lead_to_other_place(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let is_safe = [Method::GET, Method::HEAD].contains(request.method());
    let uri = request.uri().clone();
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND || !is_safe {
        return response;
    }
    match address_of_other(&app.snapshot(), &uri).and_then(|to| HeaderValue::from_str(&to).ok()) {
        Some(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        None => response,
    }
}

/// The address with the identity of the other place in it, where a segment of its path is that of a merged place, perhaps with an ending.
fn address_of_other(snapshot: &Snapshot, uri: &Uri) -> Option<String> {
    if snapshot.merged.is_empty() {
        return None;
    }
    let other = |segment: &str| {
        let id = segment.split('.').next().unwrap_or_default();
        let into = snapshot.merged.get(&PlaceId(id.to_owned()))?;
        Some(format!("{}{}", into.0, &segment[id.len()..]))
    };
    let segments: Vec<(String, bool)> = uri
        .path()
        .split('/')
        .map(|segment| other(segment).map_or_else(|| (segment.to_owned(), false), |other| (other, true)))
        .collect();
    if !segments.iter().any(|(_, is_other)| *is_other) {
        return None;
    }
    let path = segments.into_iter().map(|(segment, _)| segment).collect::<Vec<_>>().join("/");
    Some(uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}")))
}
