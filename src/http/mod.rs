//! The HTTP face: turns requests into calls of the domain and answers into bytes.
//!
//! Handlers parse, call one pure function on a [`Snapshot`](crate::index::Snapshot) and frame its answer. They hold no rules,
//! and they never touch the database.

mod answers;
mod app;
mod assets;
mod body;
mod find;
mod guard;
mod handout;
mod health;
mod items;
mod nearest;
mod negotiate;
mod packing;
mod pages;
mod params;
mod places;
mod problem;
mod respond;
mod serve;
mod sheets;
mod staff;
mod stall;
mod tables;
mod unmet;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower_http::cors::{Any, CorsLayer};

pub use app::{App, Programme};
pub use guard::hide_panic_messages;
pub use problem::Problem;
pub use serve::{serve, serve_staff};
pub use staff::{STAFF_ROUTES, StaffApp, now_in_japan, staff_router};

/// Every address, as `docs/api.md` lists them; tests hold the router and the document to this list.
pub const ROUTES: &[&str] = &[
    "/",
    "/assets/{file}",
    "/categories.css",
    "/categories.json",
    "/categories/{category}.geojson",
    "/categories/{category}/districts/{district}.geojson",
    "/collections/places/items",
    "/collections/places/items/{id}",
    "/districts.geojson",
    "/districts/{district}.geojson",
    "/guide",
    "/healthz",
    "/link-workers",
    "/nearest",
    "/places.geojson",
    "/places/{id}",
    "/readyz",
    "/sheets",
    "/sheets/assessment",
    "/sheets/referral",
    "/sheets/report",
];

/// All routes of the public address. Tests call this; [`serve()`] only adds a socket.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(data().layer(open_to_all()))
        .merge(pages::routes())
        .merge(sheets::routes())
        .route("/assets/{*file}", get(assets::show))
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::is_ready))
        .fallback(nowhere)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(guard::MAX_BODY))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}

/// People get a page that leads back, programs a problem.
async fn nowhere(State(app): State<App>, asked: HeaderMap) -> Response {
    if pages::wants_html(&asked) { pages::missing(&app, &asked) } else { Problem::NotFound.into_response() }
}

/// What other programs read.
fn data<S>() -> Router<S>
where
    App: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route("/places.geojson", get(places::all))
        .route("/categories/{file}", get(places::of_category))
        .route("/categories/{category}/districts/{file}", get(places::of_both))
        .route("/districts/{file}", get(places::of_district))
        .route("/districts.geojson", get(tables::districts))
        .route("/categories.json", get(tables::categories))
        .route("/collections/places/items", get(items::list))
        .route("/collections/places/items/{id}", get(items::show))
        .route("/nearest", get(nearest::list))
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
}

/// Pages of others may read the data, and only read it. What they get does not vary with who they are.
fn open_to_all() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::IF_NONE_MATCH])
        .expose_headers([header::ETAG])
        .vary([])
        .max_age(std::time::Duration::from_hours(24))
}
