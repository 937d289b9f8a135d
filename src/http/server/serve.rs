//! The accept loop: bounds on slow and numerous clients, and a graceful shutdown.

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

/// How many connections are open at most; more wait in the system's queue. Below the usual bound of 1,024 open files.
const MAX_CONNECTIONS: usize = 900;
/// How long a client may take to send a request's head, and how long an idle connection is kept.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// What a connection may hold of a request's head, in bytes: the most that the guard takes, and a little to be able to say
/// that it was too much. A thousand slow clients then hold little.
const HEAD_BUFFER: usize = 64 << 10;
/// How long requests under way may take to finish when the server stops.
const LAST_ORDERS: Duration = Duration::from_secs(10);
/// How often the server looks whether there is a new snapshot to compress.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Answers requests from `listener` until `shutdown` resolves, then lets those under way finish for ten seconds.
///
/// # Errors
///
/// None at present: a connection that fails ends alone, and a socket that cannot take one is asked again.
pub async fn serve(listener: TcpListener, app: AppState, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    run(listener, public_router(app.clone()), keep_compressed(app), shutdown).await
}

/// The same for the internal address.
///
/// # Errors
///
/// As [`serve()`].
pub async fn serve_internal(
    listener: TcpListener,
    internal: InternalState,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    run(listener, internal_router(internal.clone()), keep_found(internal), shutdown).await
}

/// Serves `router`; `beside` is done meanwhile.
async fn run(
    listener: TcpListener,
    router: axum::Router,
    beside: impl Future<Output = ()> + Send + 'static,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let service = TowerToHyperService::new(router);
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let beside = tokio::spawn(beside);
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            (stream, seat) = next(&listener, &seats) => {
                let service = service.clone();
                tokio::spawn(answer(stream, seat, service, graceful.watcher()));
            }
        }
    }
    drop(listener);
    beside.abort();
    info!("stopping; requests under way may finish");
    if tokio::time::timeout(LAST_ORDERS, graceful.shutdown()).await.is_err() {
        warn!("some requests did not finish in time");
    }
    Ok(())
}

/// The next connection, once there is room for one.
async fn next(listener: &TcpListener, seats: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    let seat = Arc::clone(seats).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, seat),
            Err(error) => {
                // Most likely too many open files: a busy loop would not close any.
                debug!(%error, "no connection could be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn answer(
    stream: TcpStream,
    _seat: OwnedSemaphorePermit,
    service: TowerToHyperService<axum::Router>,
    watcher: Watcher,
) {
    // Without it the last packet of an answer waits for the client's acknowledgement of the one before.
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "TCP_NODELAY cannot be set");
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(HEAD_BUFFER);
    let connection = http.serve_connection(TokioIo::new(WriteTimeoutStream::new(stream)), service);
    if let Err(error) = watcher.watch(connection).await {
        debug!(%error, "a connection ended early");
    }
}

/// Has the fixed answers of a new snapshot compressed before anybody asks for them.
async fn keep_compressed(app: AppState) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        app.answers();
    }
}

/// Has the finder of a new snapshot built before anybody asks for it.
async fn keep_found(internal: InternalState) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        if internal.prepared_finder().await.is_err() {
            warn!("the finder could not be built");
        }
    }
}
