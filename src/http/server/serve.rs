//! The accept loop: defences against slow loris (header and write timeouts) and too many connections, and graceful shutdown.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tracing::{debug, info, warn};

use super::write_timeout::WriteTimeoutStream;
use crate::http::{AppState, InternalState, internal_router, public_router};

/// Maximum number of open connections; more wait in the system's accept queue. Below the usual limit of 1,024 open files.
const MAX_CONNECTIONS: usize = 900;
/// Header read timeout (slow loris): how long a client may take to send a request's head, and how long an idle connection stays
/// open.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// Read buffer per connection, in bytes: above the limits of `limits`, so that an oversized head still gets a response, and
/// small enough for a thousand slow clients.
const HEADER_BUFFER: usize = 64 << 10;
/// How long requests in flight may take to finish during shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// How often the background task checks for a new snapshot.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// Serves the public address on `listener` until `shutdown` resolves, then gives requests in flight ten seconds to finish.
///
/// # Errors
///
/// None at present: a failed connection is dropped alone, and a failed accept is retried.
pub async fn serve(listener: TcpListener, app: AppState, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    run(listener, public_router(app.clone()), keep_compressed(app), shutdown).await
}

/// Serves the internal address on `listener`, like [`serve()`].
///
/// # Errors
///
/// As [`serve()`].
pub async fn serve_internal(
    listener: TcpListener,
    internal: InternalState,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    run(listener, internal_router(internal.clone()), keep_finder_built(internal), shutdown).await
}

/// Serves `router` and runs the task `background` meanwhile.
async fn run(
    listener: TcpListener,
    router: axum::Router,
    background: impl Future<Output = ()> + Send + 'static,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let service = TowerToHyperService::new(router);
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let background = tokio::spawn(background);
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            (stream, permit) = accept(&listener, &permits) => {
                let service = service.clone();
                tokio::spawn(serve_connection(stream, permit, service, graceful.watcher()));
            }
        }
    }
    drop(listener);
    background.abort();
    info!("stopping; requests under way may finish");
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, graceful.shutdown()).await.is_err() {
        warn!("some requests did not finish in time");
    }
    Ok(())
}

/// Accepts the next connection, once fewer than [`MAX_CONNECTIONS`] are open.
async fn accept(listener: &TcpListener, permits: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, permit),
            Err(error) => {
                // Probably too many open files; retrying at once would be a busy loop.
                debug!(%error, "no connection could be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn serve_connection(
    stream: TcpStream,
    _permit: OwnedSemaphorePermit,
    service: TowerToHyperService<axum::Router>,
    watcher: Watcher,
) {
    // Nagle's algorithm would delay the last packet of a response until the client acknowledges the one before.
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "TCP_NODELAY cannot be set");
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(HEADER_BUFFER);
    let connection = http.serve_connection(TokioIo::new(WriteTimeoutStream::new(stream)), service);
    if let Err(error) = watcher.watch(connection).await {
        debug!(%error, "a connection ended early");
    }
}

/// Background task: prepares and compresses the responses of each new snapshot before the first request for them.
async fn keep_compressed(app: AppState) {
    let mut tick = tokio::time::interval(CHECK_INTERVAL);
    loop {
        tick.tick().await;
        app.prepared_responses();
    }
}

/// Background task: builds the finder of each new snapshot before the first request for it.
async fn keep_finder_built(internal: InternalState) {
    let mut tick = tokio::time::interval(CHECK_INTERVAL);
    loop {
        tick.tick().await;
        if internal.prepared_finder().await.is_err() {
            warn!("the finder could not be built");
        }
    }
}
