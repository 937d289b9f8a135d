//! Middleware for every request: size and time limits, a concurrency limit, security headers, and a line in the access log.
//!
//! The access log holds method, path, status, duration and size, never a query, body or header: those hold what people search
//! for and where they live.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use hyper::body::Body as _;
use tracing::{Level, enabled, error, info};

use crate::http::{AppState, HttpProblem};

/// Maximum number of requests in flight; more are rejected (503).
const MAX_IN_FLIGHT: usize = 512;
/// Time limit of a handler.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Largest request body, in bytes.
pub(in crate::http) const MAX_BODY: usize = 64 << 10;
/// Longest path and query, in bytes.
const MAX_ADDRESS: usize = 8 << 10;
/// Largest sum of all header fields, in bytes.
const MAX_HEADERS: usize = 32 << 10;

/// Security headers of every response (content security policy, anti-framing, referrer policy): pages load nothing from other
/// sites, cannot be embedded by them (clickjacking), and send them no referrer.
static SECURITY_HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(self), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
             worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
    ),
];

/// Middleware around every request: rejects oversized ones, bounds the rest, adds security headers and logs.
pub(in crate::http) async fn enforce_limits(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let logged = enabled!(Level::INFO).then(|| (request.method().clone(), logged_path(&request), Instant::now()));
    let mut response = match exceeded_limit(&request) {
        Some(problem) => problem.into_response(),
        None => run_bounded(&app.shared.in_flight, request, next).await,
    };
    let headers = response.headers_mut();
    for (name, value) in &SECURITY_HEADERS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if let Some((method, path, started)) = logged {
        let bytes = response.body().size_hint().exact().unwrap_or_default();
        let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        info!(%method, path, status = response.status().as_u16(), duration_ms, bytes, "request");
    }
    response
}

/// The path for the access log: without the query, truncated to 200 characters.
fn logged_path(request: &Request) -> String {
    request.uri().path().chars().take(200).collect()
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
    (body_length(headers) > MAX_BODY as u64).then_some(HttpProblem::BodyTooLarge { limit: MAX_BODY })
}

fn body_length(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// Runs the handler under the concurrency and time limits; a timeout or panic becomes a problem response.
async fn run_bounded(in_flight: &AtomicUsize, request: Request, next: Next) -> Response {
    let Some(_permit) = Permit::take(in_flight) else {
        return HttpProblem::Busy.into_response();
    };
    match tokio::time::timeout(TIMEOUT, catch_panic(next.run(request))).await {
        Ok(response) => response,
        Err(_) => HttpProblem::TimedOut.into_response(),
    }
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

/// Concurrency permit: counts one request in flight until it is dropped.
struct Permit<'a>(&'a AtomicUsize);

impl<'a> Permit<'a> {
    /// A permit, or `None` where [`MAX_IN_FLIGHT`] are taken.
    fn take(in_flight: &'a AtomicUsize) -> Option<Self> {
        let permit = Self(in_flight);
        (in_flight.fetch_add(1, Ordering::Relaxed) < MAX_IN_FLIGHT).then_some(permit)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
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

    #[test]
    fn requests_beyond_the_bound_are_turned_away_until_one_is_done() {
        let in_flight = AtomicUsize::new(0);
        let mut permits: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| Permit::take(&in_flight).unwrap()).collect();
        assert!(Permit::take(&in_flight).is_none());
        permits.pop();
        assert!(Permit::take(&in_flight).is_some());
        drop(permits);
        assert_eq!(in_flight.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_panic_is_a_problem() {
        let response = catch_panic(async { panic!("where somebody lives") }).await;
        assert_eq!(response.status(), 500);
    }
}
