//! The floor: a route that sends bytes from memory and does nothing else.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

use super::cases::Case;

type Bodies = Arc<Vec<Vec<(u16, Bytes)>>>;

/// Starts the floor in threads of its own and returns its address.
pub fn start(cases: Vec<Case>) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async { serve(TcpListener::from_std(listener).unwrap(), cases).await });
    });
    address
}

async fn serve(listener: TcpListener, cases: Vec<Case>) {
    let bodies: Bodies = Arc::new(cases.into_iter().map(|case| case.bodies).collect());
    let router = Router::new().route("/{case}/{at}", get(send)).with_state(bodies);
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
    axum::serve(listener, router).await.unwrap();
}

async fn send(State(bodies): State<Bodies>, Path((case, at)): Path<(usize, usize)>) -> impl IntoResponse {
    let (status, body) = bodies[case][at].clone();
    (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, "application/geo+json")], body)
}
