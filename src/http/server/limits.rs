//! Middleware for every request: size and time limits, a concurrency limit, security headers, and a line in the access log.
//!
//! The access log holds method, path, status, duration and size, never a query, body or header: those hold what people search
//! for and where they live.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use hyper::body::Body as _;
use tracing::{Level, enabled, error, info};

use super::connections::{ConnectionWatch, REQUEST_TIMEOUT};
use super::in_flight::{InFlight, watched};
use crate::http::{AppState, HttpProblem};
use crate::model::WorkbookUpload;
use crate::publish::site::{SECURITY_HEADERS, content_security_policy, is_embeddable};

/// Time limit of a handler.
pub(in crate::http) const TIMEOUT: Duration = Duration::from_secs(20);
/// Largest request body, in bytes.
pub(in crate::http) const MAX_BODY: usize = 64 << 10;
/// Largest body of a request with which a file is uploaded, in bytes: the file, and the form around it.
pub(in crate::http) const MAX_UPLOAD: usize = WorkbookUpload::MOST_BYTES + MAX_BODY;
/// Time limit of a handler that receives a file.
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(2);
/// The path to which files are uploaded.
const UPLOADS: &str = "/edit/imports";
/// The paths of reports: unmet needs, and results of referrals.
const REPORTS: [&str; 2] = ["/unmet", "/results"];
/// Longest path and query, in bytes.
pub(in crate::http) const MAX_ADDRESS: usize = 8 << 10;
/// Largest sum of all header fields, in bytes.
pub(in crate::http) const MAX_HEADERS: usize = 32 << 10;

/// Middleware around every request: rejects oversized ones, bounds the rest, adds security headers and logs.
pub(in crate::http) async fn enforce_limits(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let watch = request.extensions().get::<Arc<ConnectionWatch>>().cloned();
    let is_logged = enabled!(Level::INFO) && !is_unlogged(&request);
    let logged = is_logged.then(|| (request.method().clone(), logged_path(&request), Instant::now()));
    let embeddable = is_embeddable(request.uri().path());
    let received = match exceeded_limit(&request) {
        Some(problem) => Err(problem),
        None => received(request).await,
    };
    if let Some(watch) = &watch {
        watch.has_request();
    }
    let mut response = match received {
        Ok(request) => run_bounded(&app.shared.in_flight, request, next).await,
        Err(problem) => problem.into_response(),
    };
    let policy =
        app.shared.policies.of(embeddable, || content_security_policy(&app.snapshot().city, app.audience, embeddable));
    secure(response.headers_mut(), policy);
    if let Some((method, path, started)) = logged {
        let bytes = response.body().size_hint().exact().unwrap_or_default();
        let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        info!(%method, path, status = response.status().as_u16(), duration_ms, bytes, "request");
    }
    match watch {
        Some(watch) => watched(watch, response),
        None => response,
    }
}

/// The security headers of every response; what a handler has set stays.
fn secure(headers: &mut HeaderMap, policy: HeaderValue) {
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in SECURITY_HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
}

/// Whether the request has no line in the access log: a report, of which nothing may have a time finer than its month or quarter,
/// and which the lines around it would date.
fn is_unlogged(request: &Request) -> bool {
    request.method() != Method::GET && REPORTS.contains(&request.uri().path().trim_end_matches('/'))
}

/// The path for the access log: without the query, truncated to 200 characters; of administrators' pages the pattern, without the name of
/// an account.
fn logged_path(request: &Request) -> String {
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let pattern = pattern.filter(|pattern| pattern.starts_with("/admin/"));
    pattern.unwrap_or_else(|| request.uri().path()).chars().take(200).collect()
}

/// The size limit that the request exceeds, if any.
fn exceeded_limit(request: &Request) -> Option<HttpProblem> {
    let address = request.uri().path_and_query().map_or(0, |it| it.as_str().len());
    if address > MAX_ADDRESS {
        return Some(HttpProblem::AddressTooLong { limit: MAX_ADDRESS });
    }
    let headers = request.headers();
    if headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > MAX_HEADERS {
        return Some(HttpProblem::HeadersTooLarge { limit: MAX_HEADERS });
    }
    let (most, limit) =
        if is_upload(request) { (MAX_UPLOAD, WorkbookUpload::MOST_BYTES) } else { (MAX_BODY, MAX_BODY) };
    (body_length(headers) > most as u64).then_some(HttpProblem::BodyTooLarge { limit })
}

/// Whether the request uploads a file: its body is received by the handler, once it is known who sends it.
fn is_upload(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path() == UPLOADS
}

fn body_length(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// The request with its whole body, which is read before the request takes anything that others wait for; an upload as it came.
async fn received(request: Request) -> Result<Request, HttpProblem> {
    if is_upload(&request) {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return Ok(Request::from_parts(parts, body));
    }
    let read = tokio::time::timeout(REQUEST_TIMEOUT, to_bytes(body, MAX_BODY)).await;
    let body = read.map_err(|_| HttpProblem::SlowBody)?;
    let body = body.map_err(|_| HttpProblem::BodyTooLarge { limit: MAX_BODY })?;
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Runs the handler under the concurrency and time limits; a timeout or panic becomes a problem response.
async fn run_bounded(in_flight: &InFlight, request: Request, next: Next) -> Response {
    let permit = match in_flight.permit().await {
        Ok(permit) => permit,
        Err(problem) => return problem.into_response(),
    };
    let limit = if is_upload(&request) { UPLOAD_TIMEOUT } else { TIMEOUT };
    let response = match tokio::time::timeout(limit, catch_panic(next.run(request))).await {
        Ok(response) => response,
        Err(_) => HttpProblem::TimedOut.into_response(),
    };
    in_flight.hold(permit, response)
}

/// Turns a panic of `handler` into a problem response. The panic's message is not logged, because it may quote the request.
async fn catch_panic(handler: impl Future<Output = Response>) -> Response {
    let mut handler = pin!(handler);
    let outcome: Result<Response, Box<dyn Any + Send>> =
        poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(context))) {
            Ok(Poll::Ready(response)) => Poll::Ready(Ok(response)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(panic) => Poll::Ready(Err(panic)),
        })
        .await;
    outcome.unwrap_or_else(|_| {
        error!("a handler panicked");
        HttpProblem::Internal.into_response()
    })
}

/// Panic hook that logs the location of a panic without its message, which may quote a request. Called once at startup.
pub fn hide_panic_messages() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(at, "panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_problem() {
        let response = catch_panic(async { panic!("where somebody lives") }).await;
        assert_eq!(response.status(), 500);
    }
}
