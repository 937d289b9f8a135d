//! Reads a JSON request body and rejects query parameters: private data belongs in the body, because URLs get logged.

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};

use super::limits;
use super::prepared::JSON;
use crate::http::HttpProblem;

/// The JSON body of a request without a query, of at most [`MAX_BODY`](limits::MAX_BODY) bytes.
pub(in crate::http) async fn json_body_without_query(request: Request) -> Result<Bytes, HttpProblem> {
    if request.uri().query().is_some_and(|query| !query.is_empty()) {
        return Err(HttpProblem::BadBody {
            reason: "the question goes into the body, never into the address".to_owned(),
        });
    }
    if !is_json(request.headers()) {
        return Err(HttpProblem::UnsupportedMedia);
    }
    let body = to_bytes(request.into_body(), limits::MAX_BODY).await;
    body.map_err(|_| HttpProblem::BodyTooLarge { limit: limits::MAX_BODY })
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    media.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case(JSON))
}
