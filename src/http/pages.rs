//! The pages: the list with its map, and one page a place.

use axum::Router;

use super::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
}
