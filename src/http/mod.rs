//! The HTTP face: turns requests into calls of the domain and answers into bytes.
//!
//! Handlers parse, call one pure function on a [`Snapshot`](crate::index::Snapshot) and frame its answer. They hold no rules.

mod pages;

use std::sync::Arc;

use axum::Router;

use crate::index::SharedSnapshots;

/// What every handler shares.
#[derive(Debug, Clone)]
pub struct App {
    /// The current snapshots.
    pub snapshots: Arc<SharedSnapshots>,
}

/// All routes of the public address. Tests call this; `serve` only adds a socket.
pub fn router(app: App) -> Router {
    Router::new().merge(pages::routes()).with_state(app)
}
