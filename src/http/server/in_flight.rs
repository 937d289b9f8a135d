//! What is under way may hold so much: a bound on the number of requests, and one on the bytes generated for their answers.
//!
//! Both are held until the last byte of the answer was handed to the socket: a client that reads nothing keeps its answer in
//! memory. Answers that are slices of a snapshot cost no memory of their own and are not counted.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse as _, Response};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

use super::connections::ConnectionWatch;
use crate::http::HttpProblem;

/// Maximum number of requests in flight; more wait a little, then they are rejected (503).
pub(in crate::http) const MAX_IN_FLIGHT: usize = 512;
/// How long a request waits for others to end.
const MAX_WAIT: Duration = Duration::from_secs(4);
/// Maximum number of requests that wait for their turn to have a page generated; more are rejected (503).
const MAX_WAITING_FOR_TURN: usize = MAX_IN_FLIGHT / 4;
/// Most bytes generated for answers in flight, in KiB; more are rejected (503).
pub(in crate::http) const MAX_GENERATED_KIB: u32 = 64 << 10;
/// Largest piece of a body that is handed to the transport at once, so that a body is gone only when nearly all of it is.
const PIECE: usize = 64 << 10;

/// Bytes of a response that were generated for it alone, as a response extension. Without it the whole body was.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct GeneratedBytes(pub(in crate::http) usize);

/// The bounds of what is in flight.
#[derive(Debug, Clone)]
pub(in crate::http) struct InFlight {
    requests: Arc<Semaphore>,
    generated: Arc<Semaphore>,
    generating: Arc<Generating>,
}

/// Who generates a page of their own, and who waits for a turn.
#[derive(Debug)]
struct Generating {
    turns: Semaphore,
    waiting: AtomicUsize,
}

impl Default for Generating {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { turns: Semaphore::new(threads.saturating_sub(1).max(1)), waiting: AtomicUsize::new(0) }
    }
}

/// A turn to generate a page, over when this is dropped.
#[derive(Debug)]
pub(in crate::http) struct Turn<'a>(#[expect(dead_code, reason = "held, not read")] SemaphorePermit<'a>);

/// A waiting request, counted until this is dropped: also where the client hangs up.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Default for InFlight {
    fn default() -> Self {
        Self {
            requests: Arc::new(Semaphore::new(MAX_IN_FLIGHT)),
            generated: Arc::new(Semaphore::new(MAX_GENERATED_KIB as usize)),
            generating: Arc::default(),
        }
    }
}

impl InFlight {
    /// The same bounds on what is generated, with a bound on requests of its own: for the other address of the process.
    pub(in crate::http) fn for_other_address(&self) -> Self {
        let (generated, generating) = (Arc::clone(&self.generated), Arc::clone(&self.generating));
        Self { generated, generating, ..Self::default() }
    }

    /// A turn to generate a page for one request. One thread stays free of them, so that whoever requests what is prepared does
    /// not wait behind a crowd that searches.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::Busy`] at once if too many wait already: each of them holds one of the requests in flight.
    pub(in crate::http) async fn turn(&self) -> Result<Turn<'_>, HttpProblem> {
        let Generating { turns, waiting } = &*self.generating;
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(waiting);
        if before >= MAX_WAITING_FOR_TURN {
            return Err(HttpProblem::Busy);
        }
        turns.acquire().await.map(Turn).map_err(|_| HttpProblem::Busy)
    }

    /// A permit for one request; waits a few seconds for one.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::Busy`] if none is free by then.
    pub(in crate::http) async fn permit(&self) -> Result<OwnedSemaphorePermit, HttpProblem> {
        let permit = tokio::time::timeout(MAX_WAIT, Arc::clone(&self.requests).acquire_owned()).await;
        permit.ok().and_then(Result::ok).ok_or(HttpProblem::Busy)
    }

    /// Whether more than half of the bytes that may be generated are: answers that can do without do without.
    pub(in crate::http) fn is_crowded(&self) -> bool {
        self.generated.available_permits() < MAX_GENERATED_KIB as usize / 2
    }

    /// The response, which holds `permit` until it is sent; a problem where too much is generated already.
    pub(in crate::http) fn hold(&self, permit: OwnedSemaphorePermit, response: Response) -> Response {
        let size = response.body().size_hint();
        let all = usize::try_from(size.exact().unwrap_or(size.lower())).unwrap_or(usize::MAX);
        let generated = response.extensions().get::<GeneratedBytes>().map_or(all, |bytes| bytes.0);
        // An answer larger than the bound can be sent while no other is.
        let kib = u32::try_from(generated.div_ceil(1 << 10)).unwrap_or(u32::MAX).min(MAX_GENERATED_KIB);
        match Arc::clone(&self.generated).try_acquire_many_owned(kib) {
            Ok(bytes) => response.map(|body| HeldBody::body(body, Held { permits: vec![permit, bytes], watch: None })),
            Err(_) => HttpProblem::Busy.into_response(),
        }
    }
}

/// The response, whose connection waits for its client's next request once it is sent.
pub(in crate::http) fn watched(watch: Arc<ConnectionWatch>, response: Response) -> Response {
    response.map(|body| HeldBody::body(body, Held { permits: Vec::new(), watch: Some(watch) }))
}

/// What a body holds until it is gone.
#[derive(Debug)]
struct Held {
    /// Released when dropped.
    #[expect(dead_code, reason = "held, never read")]
    permits: Vec<OwnedSemaphorePermit>,
    watch: Option<Arc<ConnectionWatch>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.waits_for_request();
        }
    }
}

/// A body in pieces, which holds something until its last piece is handed over.
#[derive(Debug)]
struct HeldBody {
    body: Body,
    /// What is left of the last frame of `body`.
    rest: Bytes,
    _held: Held,
}

impl HeldBody {
    /// `body`, which holds `held`.
    fn body(body: Body, held: Held) -> Body {
        Body::new(Self { body, rest: Bytes::new(), _held: held })
    }
}

impl HttpBody for HeldBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            match std::task::ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                end => return Poll::Ready(end),
            }
        }
        let piece = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut size = SizeHint::new();
        size.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            size.set_upper(upper + rest);
        }
        size
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn requests_beyond_the_bound_are_turned_away_until_a_body_is_gone() {
        let in_flight = InFlight::default();
        let mut bodies = Vec::new();
        for _ in 0..MAX_IN_FLIGHT {
            bodies.push(in_flight.hold(in_flight.permit().await.unwrap(), Response::new(Body::from("answer"))));
        }
        assert_eq!(in_flight.permit().await.unwrap_err(), HttpProblem::Busy);
        let read = bodies.pop().unwrap().into_body();
        assert_eq!(to_bytes(read, 100).await.unwrap(), "answer");
        assert!(in_flight.permit().await.is_ok());
        drop(bodies);
        assert_eq!(in_flight.requests.available_permits(), MAX_IN_FLIGHT);
        assert_eq!(in_flight.generated.available_permits(), MAX_GENERATED_KIB as usize);
    }

    #[tokio::test]
    async fn generated_bytes_are_bounded_and_slices_of_the_arena_are_not() {
        let in_flight = InFlight::default();
        let answer = async |body: Vec<u8>, generated: Option<usize>| {
            let mut response = Response::new(Body::from(body));
            if let Some(bytes) = generated {
                response.extensions_mut().insert(GeneratedBytes(bytes));
            }
            in_flight.hold(in_flight.permit().await.unwrap(), response)
        };
        let mega = 1 << 20;
        let mut held = Vec::new();
        for _ in 0..64 {
            held.push(answer(vec![0; mega], None).await);
        }
        assert!(held.iter().all(|response| response.status() == 200) && in_flight.is_crowded());
        let refused = answer(vec![0; mega], None).await;
        assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (503, &"1".parse().unwrap()));
        assert_eq!(answer(vec![0; mega], Some(0)).await.status(), 200);
        held.clear();
        assert_eq!(answer(vec![0; 70 * mega], None).await.status(), 200, "alone, even a larger one is sent");
    }

    #[tokio::test]
    async fn pages_are_generated_a_few_at_a_time_and_too_many_are_turned_away_at_once() {
        let in_flight = InFlight::default();
        let other = in_flight.for_other_address();
        let turns = in_flight.generating.turns.available_permits();
        let mut held = Vec::new();
        for _ in 0..turns {
            held.push(in_flight.turn().await.unwrap());
        }
        let mut crowd: Vec<_> = (0..MAX_WAITING_FOR_TURN).map(|_| Box::pin(other.turn())).collect();
        for waiting in &mut crowd {
            assert!(polled(waiting.as_mut()).await.is_none(), "nobody has ended");
        }
        assert_eq!(in_flight.turn().await.unwrap_err(), HttpProblem::Busy);
        // Those who hang up make room, and the next in the queue has the turn that ends.
        crowd.truncate(1);
        held.clear();
        assert!(polled(crowd[0].as_mut()).await.is_some_and(|turn| turn.is_ok()));
        crowd.clear();
        assert!(in_flight.turn().await.is_ok());
        assert_eq!(in_flight.generating.waiting.load(Ordering::Relaxed), 0);
    }

    /// What `future` is by now.
    async fn polled<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
        std::future::poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }

    #[tokio::test]
    async fn a_body_is_the_same_in_pieces() {
        let bytes: Vec<u8> = (0..200_000u32).map(|n| n.to_le_bytes()[0]).collect();
        let in_flight = InFlight::default();
        let response = Response::new(Body::from(bytes.clone()));
        let body = in_flight.hold(in_flight.permit().await.unwrap(), response).into_body();
        assert_eq!(body.size_hint().exact(), Some(200_000));
        assert_eq!(to_bytes(body, 1 << 20).await.unwrap(), bytes);
    }
}
