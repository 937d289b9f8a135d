//! Middleware for every request: size and time limits, a concurrency limit, security headers, and a line in the access log.
//!
//! The log has method, path, status, time and size, and never a query, a body or a header: in them stands what people look
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

/// How many requests may be under way.
const MAX_IN_FLIGHT: usize = 512;
/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How many bytes a body may have.
pub(in crate::http) const MAX_BODY: usize = 64 << 10;
/// How many bytes an address may have.
const MAX_ADDRESS: usize = 8 << 10;
/// How many bytes the header fields may have together.
const MAX_HEADERS: usize = 32 << 10;

/// Nothing is loaded from elsewhere, nothing is embedded elsewhere, and nothing tells elsewhere where the reader came from.
static SECURITY: [(HeaderName, HeaderValue); 6] = [
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

/// Wraps every request.
pub(in crate::http) async fn enforce_limits(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let logged = enabled!(Level::INFO).then(|| (request.method().clone(), path(&request), Instant::now()));
    let mut response = match refused(&request) {
        Some(problem) => problem.into_response(),
        None => bounded(&app.shared.in_flight, request, next).await,
    };
    let headers = response.headers_mut();
    for (name, value) in &SECURITY {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if let Some((method, path, started)) = logged {
        let bytes = response.body().size_hint().exact().unwrap_or_default();
        let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        info!(%method, path, status = response.status().as_u16(), duration_ms, bytes, "request");
    }
    response
}

/// The path without the query, cut where somebody sends a novel.
fn path(request: &Request) -> String {
    request.uri().path().chars().take(200).collect()
}

fn refused(request: &Request) -> Option<HttpProblem> {
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

/// Runs the request unless too many are under way; a slow or broken handler becomes a problem, not a hanging line.
async fn bounded(in_flight: &AtomicUsize, request: Request, next: Next) -> Response {
    let Some(_turn) = Permit::take(in_flight) else {
        return HttpProblem::Busy.into_response();
    };
    match tokio::time::timeout(TIMEOUT, catch_panic(next.run(request))).await {
        Ok(response) => response,
        Err(_) => HttpProblem::TimedOut.into_response(),
    }
}

/// Turns a panic of `handler` into a problem. What it says is left out of the log: it may quote the request.
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

/// One of the requests under way.
struct Permit<'a>(&'a AtomicUsize);

impl<'a> Permit<'a> {
    fn take(in_flight: &'a AtomicUsize) -> Option<Self> {
        let turn = Self(in_flight);
        (in_flight.fetch_add(1, Ordering::Relaxed) < MAX_IN_FLIGHT).then_some(turn)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets a panic say where it happened and nothing else: its message may quote a request. For the start of the program.
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
        let mut turns: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| Permit::take(&in_flight).unwrap()).collect();
        assert!(Permit::take(&in_flight).is_none());
        turns.pop();
        assert!(Permit::take(&in_flight).is_some());
        drop(turns);
        assert_eq!(in_flight.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_panic_is_a_problem() {
        let response = catch_panic(async { panic!("where somebody lives") }).await;
        assert_eq!(response.status(), 500);
    }
}
