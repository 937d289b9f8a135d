//! The accept loop: sockets with their timeouts and buffers, the slots of [`Connections`], and graceful shutdown.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, info, warn};

use super::client::PeerAddress;
use super::connections::{ConnectionLimits, Connections, OpenConnection, REQUEST_TIMEOUT};
use super::system;
use super::write_timeout::WriteTimeoutStream;
use crate::http::{AppState, InternalState, internal_router, public_router};

/// Connections of the public address. Its clients may all come through one reverse proxy, so that there is no bound per peer.
pub(in crate::http) const PUBLIC_CONNECTIONS: ConnectionLimits = ConnectionLimits { open: 900, per_peer: 900 };
/// Connections of the internal address: its clients are the city's own, a few each.
pub(in crate::http) const INTERNAL_CONNECTIONS: ConnectionLimits = ConnectionLimits { open: 300, per_peer: 100 };
/// Read buffer per connection, in bytes: above the limits of `limits`, so that an oversized head still gets a response, and
/// small enough for a thousand slow clients.
const HEADER_BUFFER: usize = 64 << 10;
/// How long requests in flight may take to finish during shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// How often slow connections are looked for.
const CROWD_INTERVAL: Duration = Duration::from_millis(100);
/// How often the background task checks for a new snapshot.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// Serves the public address on `listener` until `shutdown` resolves, then gives requests in flight ten seconds to finish.
///
/// # Errors
///
/// None at present: a failed connection is dropped alone, and a failed accept is retried.
pub async fn serve(listener: TcpListener, app: AppState, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let connections = Connections::new(PUBLIC_CONNECTIONS);
    run((listener, connections), public_router(app.clone()), keep_compressed(app), shutdown).await
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
    let connections = Connections::new(INTERNAL_CONNECTIONS);
    run((listener, connections), internal_router(internal.clone()), keep_finder_built(internal), shutdown).await
}

/// Serves `router` and runs the task `background` meanwhile.
async fn run(
    (listener, connections): (TcpListener, Arc<Connections>),
    router: axum::Router,
    background: impl Future<Output = ()> + Send + 'static,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    system::prepare_listener(&listener);
    let service = TowerToHyperService::new(router);
    let graceful = GracefulShutdown::new();
    let tasks = [tokio::spawn(background), tokio::spawn(close_slow_ones(Arc::clone(&connections)))];
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            (stream, peer, open) = accept(&listener, &connections) => {
                let service = service.clone();
                tokio::spawn(serve_connection((stream, peer), open, service, graceful.watcher()));
            }
        }
    }
    drop(listener);
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    info!("stopping; requests under way may finish");
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, graceful.shutdown()).await.is_err() {
        warn!("some requests did not finish in time");
    }
    Ok(())
}

/// Accepts the next connection, for which there is a slot.
async fn accept(listener: &TcpListener, connections: &Arc<Connections>) -> (TcpStream, PeerAddress, OpenConnection) {
    loop {
        let slot = connections.slot().await;
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Where the peer has too many, the new one is closed at once.
                if let Some(open) = connections.admit(peer.ip(), slot) {
                    return (stream, PeerAddress(peer.ip()), open);
                }
            }
            Err(error) => {
                // Probably too many open files; retrying at once would be a busy loop.
                debug!(%error, "no connection could be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn serve_connection(
    (stream, peer): (TcpStream, PeerAddress),
    open: OpenConnection,
    service: TowerToHyperService<axum::Router>,
    watcher: Watcher,
) {
    // Nagle's algorithm would delay the last packet of a response until the client acknowledges the one before.
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "TCP_NODELAY cannot be set");
    }
    system::prepare_stream(&stream);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(REQUEST_TIMEOUT).max_buf_size(HEADER_BUFFER);
    let watch = open.watch();
    let stream = WriteTimeoutStream::new(stream, open.watch());
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Arc::clone(&watch));
        request.extensions_mut().insert(peer);
        service.call(request)
    });
    let connection = watcher.watch(http.serve_connection(TokioIo::new(stream), service));
    let watch = open.watch();
    tokio::select! {
        ended = connection => if let Err(error) = ended {
            debug!(%error, "a connection ended early");
        },
        () = watch.must_close() => debug!("a slow connection was closed for others"),
    }
}

/// Background task: closes slow connections while there is a crowd.
async fn close_slow_ones(connections: Arc<Connections>) {
    let mut tick = tokio::time::interval(CROWD_INTERVAL);
    loop {
        tick.tick().await;
        connections.close_slow_ones();
    }
}

/// Background task: prepares and compresses the responses of each new snapshot before the first request for them.
async fn keep_compressed(app: AppState) {
    let mut tick = tokio::time::interval(CHECK_INTERVAL);
    loop {
        tick.tick().await;
        app.prepared_responses().compress_in_background();
    }
}

/// Background task: prepares and compresses the responses of each new snapshot and builds its finder before the first request.
async fn keep_finder_built(internal: InternalState) {
    let mut tick = tokio::time::interval(CHECK_INTERVAL);
    loop {
        tick.tick().await;
        internal.app().prepared_responses().compress_in_background();
        if internal.build_finder_in_background().await.is_err() {
            warn!("the finder could not be built");
        }
    }
}
