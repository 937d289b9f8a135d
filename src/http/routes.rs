//! The one table of routes: method, path, who may request it. Both routers, the tests and the documentation read it.
//!
//! There are two listeners. The public address serves everybody from the public snapshot. The internal address, for the city's
//! own network, serves link workers from theirs; the routes that only they may request do not exist on the public address.

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use tower_http::cors::{Any, CorsLayer};

use super::api::{categories, districts, find, handout, health, items, nearest, places, unmet};
use super::pages::{self, assets, sheets};
use super::server::limits;
use super::server::origin::{no_store, same_origin_only};
use super::{AppState, HttpProblem, InternalState};
use crate::publish::html::SheetForm;

/// One method of one path.
#[derive(Debug)]
pub struct Route {
    /// The method; a route for `GET` also handles `HEAD`.
    pub method: Method,
    /// The path as `docs/api.md` writes it, parameters in braces: `/categories/{category}.geojson`.
    pub path: &'static str,
    /// Who may request it.
    pub access: RouteAccess,
    handler: RouteHandler,
}

/// Who may request a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteAccess {
    /// Everybody, including scripts of other sites: open data, with CORS headers.
    OpenData,
    /// Everybody, without CORS: pages, their assets and health checks.
    Everybody,
    /// Link workers: only on the internal address.
    LinkWorkers,
}

/// The handler of a route. Those on both addresses take the state that both listeners have.
#[derive(Debug)]
enum RouteHandler {
    Shared(fn() -> MethodRouter<AppState>),
    Internal(fn() -> MethodRouter<InternalState>),
}

/// Every route, in the order of the paths.
pub const ROUTES: &[Route] = &[
    page("/", || get(pages::show_list)),
    page("/assets/{file}", || get(assets::show)),
    page("/categories.css", || get(pages::show_category_colours)),
    data("/categories.json", || get(categories::list)),
    data("/categories/{category}.geojson", || get(places::of_category)),
    data("/categories/{category}/districts/{district}.geojson", || get(places::of_both)),
    data("/collections/places/items", || get(items::list)),
    data("/collections/places/items/{id}", || get(items::show)),
    data("/districts.geojson", || get(districts::list)),
    data("/districts/{district}.geojson", || get(places::of_district)),
    internal(Method::GET, "/find", || get(find::page)),
    internal(Method::POST, "/find", || post(find::find)),
    page("/guide", || get(sheets::show_guide)),
    internal(Method::POST, "/handout", || post(handout::make)),
    page("/healthz", || get(health::lives)),
    page("/link-workers", || get(pages::show_link_workers)),
    data("/nearest", || get(nearest::list)),
    data("/places.geojson", || get(places::all)),
    page("/places/{id}", || get(pages::show_place)),
    page("/readyz", || get(health::is_ready)),
    page("/sheets", || get(sheets::show_sheets)),
    page("/sheets/assessment", || {
        get(async |app, headers| sheets::show_sheet(app, headers, SheetForm::Assessment).await)
    }),
    page("/sheets/referral", || get(async |app, headers| sheets::show_sheet(app, headers, SheetForm::Referral).await)),
    page("/sheets/report", || get(async |app, headers| sheets::show_sheet(app, headers, SheetForm::Report).await)),
    internal(Method::GET, "/unmet", || get(unmet::show)),
    internal(Method::POST, "/unmet", || post(unmet::add)),
    internal(Method::GET, "/unmet.csv", || get(unmet::csv)),
    internal(Method::GET, "/unmet.json", || get(unmet::json)),
];

const fn data(path: &'static str, handler: fn() -> MethodRouter<AppState>) -> Route {
    Route { method: Method::GET, path, access: RouteAccess::OpenData, handler: RouteHandler::Shared(handler) }
}

const fn page(path: &'static str, handler: fn() -> MethodRouter<AppState>) -> Route {
    Route { method: Method::GET, path, access: RouteAccess::Everybody, handler: RouteHandler::Shared(handler) }
}

const fn internal(method: Method, path: &'static str, handler: fn() -> MethodRouter<InternalState>) -> Route {
    Route { method, path, access: RouteAccess::LinkWorkers, handler: RouteHandler::Internal(handler) }
}

impl Route {
    /// The path in axum's syntax, where a parameter is a whole segment; handlers strip the extension.
    fn pattern(&self) -> String {
        let segment = |segment: &'static str| match segment {
            "{file}" => "{*file}",
            segment if segment.starts_with('{') && segment.ends_with(".geojson") => "{file}",
            segment => segment,
        };
        self.path.split('/').map(segment).collect::<Vec<_>>().join("/")
    }

    /// The handler on the public address; `None` for internal routes.
    fn public(&self) -> Option<MethodRouter<AppState>> {
        match self.handler {
            RouteHandler::Shared(handler) => Some(handler()),
            RouteHandler::Internal(_) => None,
        }
    }

    /// The handler on the internal address.
    fn internal(&self, app: &AppState) -> MethodRouter<InternalState> {
        match self.handler {
            RouteHandler::Shared(handler) => handler().with_state(app.clone()),
            RouteHandler::Internal(handler) => handler(),
        }
    }
}

/// Router of the public address with its middleware. Tests call it without a socket; [`serve()`](super::serve()) adds one.
pub fn public_router(app: AppState) -> Router {
    let routes = |access: RouteAccess| {
        let routes = ROUTES.iter().filter(move |route| route.access == access);
        let routes = routes.filter_map(|route| Some((route.pattern(), route.public()?)));
        routes.fold(Router::new(), |router, (pattern, handler)| router.route(&pattern, handler))
    };
    let open_data = routes(RouteAccess::OpenData).method_not_allowed_fallback(method_not_allowed);
    Router::new()
        .merge(open_data.layer(public_cors()))
        .merge(routes(RouteAccess::Everybody))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(limits::MAX_BODY))
        .layer(from_fn_with_state(app.clone(), limits::enforce_limits))
        .with_state(app)
}

/// Router of the internal address with its middleware, which also rejects foreign hosts and cross-site requests.
pub fn internal_router(internal: InternalState) -> Router {
    let app = internal.app().clone();
    let routes = ROUTES.iter().map(|route| (route.pattern(), route.internal(&app)));
    routes
        .fold(Router::new(), |router, (pattern, handler)| router.route(&pattern, handler))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(limits::MAX_BODY))
        .layer(from_fn_with_state(internal.hosts(), same_origin_only))
        .layer(from_fn(no_store))
        .layer(from_fn_with_state(app, limits::enforce_limits))
        .with_state(internal)
}

async fn method_not_allowed() -> HttpProblem {
    HttpProblem::MethodNotAllowed
}

/// Content negotiation of a 404: a page for browsers, problem details for other clients.
async fn not_found(State(app): State<AppState>, headers: HeaderMap) -> Response {
    if pages::wants_html(&headers) { pages::missing(&app, &headers) } else { HttpProblem::NotFound.into_response() }
}

/// CORS of the open data: any origin may read, none may write. The response does not depend on the origin, hence no `Vary`.
fn public_cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::IF_NONE_MATCH])
        .expose_headers([header::ETAG])
        .vary([])
        .max_age(std::time::Duration::from_hours(24))
}
