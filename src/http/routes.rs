//! The one table of routes: method, path, who may request it. Both routers, the tests and the documentation read it.
//!
//! There are two listeners. The public address serves everybody from the public snapshot. The internal address, for the city's
//! own network, serves link workers from theirs; the routes that only they may request do not exist on the public address.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, delete, get, post, put};
use tower_http::cors::{Any, CorsLayer};

use super::api::{
    categories, districts, find, handout, health, hsds, items, land, nearest, opendata, places, results, service,
    tiles, unmet,
};
use super::pages::{self, account, administration, assets, edit, plan, site, suggest};
use super::route_need::RouteNeed;
use super::server::admission::{RouteNeeds, admit, answer_refusal};
use super::server::limits;
use super::server::moved_places::lead_to_other_place;
use super::server::origin::{no_store, same_origin_only};
use super::{AppState, HttpProblem, InternalState};
use crate::model::{AccountRole, Language};
use crate::publish::hsds::HsdsKind;

/// The coordinate reference system of an answer (OGC API – Features, part 2).
const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// One method of one path.
#[derive(Debug)]
pub struct Route {
    /// The method; a route for `GET` also handles `HEAD`.
    pub method: Method,
    /// The path as `docs/api.md` writes it, parameters in braces: `/categories/{category}.geojson`.
    pub path: &'static str,
    /// On which addresses it is.
    pub access: RouteAccess,
    /// What it needs on the internal address.
    pub need: RouteNeed,
    handler: RouteHandler,
}

/// On which addresses a route is, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteAccess {
    /// Everybody, including scripts of other sites: open data, with CORS headers.
    OpenData,
    /// Everybody, without CORS: pages, their assets and health checks.
    Everybody,
    /// Only those of the internal address, as far as [`Route::need`] says.
    Internal,
}

/// The handler of a route. Those on both addresses take the state that both listeners have.
#[derive(Debug)]
enum RouteHandler {
    Shared(fn() -> MethodRouter<AppState>),
    Internal(fn() -> MethodRouter<InternalState>),
    /// The internal address tells more.
    Each {
        public: fn() -> MethodRouter<AppState>,
        internal: fn() -> MethodRouter<InternalState>,
    },
}

/// Every route, in the order of the paths.
pub const ROUTES: &[Route] = &[
    page("/", || get(site::show)),
    page("/404.html", || get(site::show)),
    page("/404.{lang}.html", || get(site::show)),
    account(Method::GET, "/account", LINK_WORKER, || get(account::show_own)),
    account(Method::POST, "/account/password", LINK_WORKER, || post(account::change_password)),
    account(Method::POST, "/account/sessions/end", LINK_WORKER, || post(account::end_others)),
    account(Method::GET, "/admin/accounts", ADMINISTRATOR, || get(administration::list)),
    account(Method::POST, "/admin/accounts", ADMINISTRATOR, || post(administration::add)),
    account(Method::POST, "/admin/accounts/{name}/disable", ADMINISTRATOR, || post(administration::disable)),
    account(Method::POST, "/admin/accounts/{name}/reset", ADMINISTRATOR, || post(administration::reset)),
    account(Method::POST, "/admin/accounts/{name}/role", ADMINISTRATOR, || post(administration::set_role)),
    account(Method::GET, "/admin/log", ADMINISTRATOR, || get(administration::log)),
    data("/api", || get(async |app, request| service::api(app, request, documented()).await)),
    data("/api.html", || get(async |app, request| service::api_for_people(app, request, documented()).await)),
    open("/assets/{file}", || get(assets::show)),
    page("/categories.css", || get(site::show_file)),
    data("/categories.json", || get(categories::list)),
    data("/categories/{category}.csv", || get(places::of_category)),
    data("/categories/{category}.geojson", || get(places::of_category)),
    data("/categories/{category}.html", || get(places::of_category)),
    data("/categories/{category}.ics", || get(places::of_category)),
    data("/categories/{category}.{lang}.html", || get(places::of_category)),
    data("/categories/{category}.jsonl", || get(places::of_category)),
    data("/categories/{category}.xlsx", || get(places::of_category)),
    data("/categories/{category}/districts/{district}.csv", || get(places::of_both)),
    data("/categories/{category}/districts/{district}.geojson", || get(places::of_both)),
    data("/categories/{category}/districts/{district}.ics", || get(places::of_both)),
    data("/categories/{category}/districts/{district}.jsonl", || get(places::of_both)),
    data("/categories/{category}/districts/{district}.xlsx", || get(places::of_both)),
    data("/collections", || get(service::collections)),
    data("/collections/{collection}", || get(service::collection)),
    data("/collections/{collection}/items", || get(items::list)),
    data("/collections/{collection}/items/{id}", || get(items::show)),
    data("/collections/{collection}/queryables", || get(service::queryables)),
    data("/collections/{collection}/tiles", || get(tiles::tilesets_of_collection)),
    data("/collections/{collection}/tiles/WebMercatorQuad", || get(tiles::tileset_of_collection)),
    data("/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}", || get(tiles::show_of_collection)),
    data("/conformance", || get(service::conformance)),
    data("/dcat.jsonld", || get(opendata::catalog)),
    data("/districts.geojson", || get(districts::list)),
    data("/districts/{district}.csv", || get(places::of_district)),
    data("/districts/{district}.geojson", || get(places::of_district)),
    data("/districts/{district}.html", || get(places::of_district)),
    data("/districts/{district}.ics", || get(places::of_district)),
    data("/districts/{district}.{lang}.html", || get(places::of_district)),
    data("/districts/{district}.jsonl", || get(places::of_district)),
    data("/districts/{district}.xlsx", || get(places::of_district)),
    account(Method::GET, "/edit", EDITOR, || get(edit::show)),
    account(Method::POST, "/edit/batches/{id}/undo", EDITOR, || post(edit::undo_batch)),
    account(Method::POST, "/edit/bulk", EDITOR, || post(edit::edit_many)),
    account(Method::POST, "/edit/check", EDITOR, || post(edit::check)),
    account(Method::PUT, "/edit/drafts/{id}", EDITOR, || put(edit::keep)),
    account(Method::DELETE, "/edit/drafts/{id}", EDITOR, || delete(edit::discard)),
    account(Method::POST, "/edit/imports", EDITOR, || post(edit::upload)),
    account(Method::GET, "/edit/imports/{id}", EDITOR, || get(edit::show_upload)),
    account(Method::POST, "/edit/imports/{id}/accept", EDITOR, || post(edit::accept_upload)),
    account(Method::POST, "/edit/imports/{id}/reject", EDITOR, || post(edit::reject_upload)),
    account(Method::POST, "/edit/merge", EDITOR, || post(edit::merge)),
    account(Method::GET, "/edit/places", EDITOR, || get(edit::list)),
    account(Method::POST, "/edit/places", EDITOR, || post(edit::add)),
    account(Method::GET, "/edit/places/{id}", EDITOR, || get(edit::show_place)),
    account(Method::PUT, "/edit/places/{id}", EDITOR, || put(edit::save)),
    account(Method::GET, "/edit/places/{id}/history", EDITOR, || get(edit::history)),
    account(Method::POST, "/edit/places/{id}/undo", EDITOR, || post(edit::undo)),
    account(Method::GET, "/edit/suggestions", EDITOR, || get(edit::suggestions)),
    account(Method::POST, "/edit/suggestions/{id}", EDITOR, || post(edit::decide)),
    account(Method::GET, "/edit/workbook.xlsx", EDITOR, || get(edit::workbook)),
    page("/embed", || get(site::show)),
    page("/embed.html", || get(site::show)),
    page("/embed.{lang}.html", || get(site::show)),
    internal(Method::GET, "/find", || get(find::page)),
    internal(Method::POST, "/find", || post(find::find)),
    page("/guide", || get(site::show)),
    page("/guide.html", || get(site::show)),
    page("/guide/practice", || get(site::show)),
    page("/guide/practice.html", || get(site::show)),
    page("/guide/stories", || get(site::show)),
    page("/guide/stories.html", || get(site::show)),
    internal(Method::POST, "/handout", || post(handout::make)),
    open("/healthz", || get(health::lives)),
    data("/hsds/", || get(hsds::about)),
    data("/hsds/organizations", || {
        get(async |State(app), request| hsds::list(app, request, HsdsKind::Organizations).await)
    }),
    data("/hsds/organizations/{uuid}", || {
        get(async |State(app), id, request| hsds::one(app, id, request, HsdsKind::Organizations).await)
    }),
    data("/hsds/service_at_locations", || {
        get(async |State(app), request| hsds::list(app, request, HsdsKind::ServiceAtLocations).await)
    }),
    data("/hsds/service_at_locations/{uuid}", || {
        get(async |State(app), id, request| hsds::one(app, id, request, HsdsKind::ServiceAtLocations).await)
    }),
    data("/hsds/services", || get(async |State(app), request| hsds::list(app, request, HsdsKind::Services).await)),
    data("/hsds/services/{uuid}", || {
        get(async |State(app), id, request| hsds::one(app, id, request, HsdsKind::Services).await)
    }),
    data("/hsds/taxonomies", || get(async |State(app), request| hsds::list(app, request, HsdsKind::Taxonomies).await)),
    data("/hsds/taxonomies/{uuid}", || {
        get(async |State(app), id, request| hsds::one(app, id, request, HsdsKind::Taxonomies).await)
    }),
    data("/hsds/taxonomy_terms", || {
        get(async |State(app), request| hsds::list(app, request, HsdsKind::TaxonomyTerms).await)
    }),
    data("/hsds/taxonomy_terms/{uuid}", || {
        get(async |State(app), id, request| hsds::one(app, id, request, HsdsKind::TaxonomyTerms).await)
    }),
    page("/index.html", || get(site::show)),
    page("/index.{lang}.html", || get(site::show)),
    page("/land.geojson", || get(land::show)),
    page("/link-workers", || get(site::show)),
    page("/link-workers.html", || get(site::show)),
    page("/link-workers/{district}.html", || get(site::show)),
    account(Method::GET, "/login", RouteNeed::Nobody, || get(account::show_login)),
    account(Method::POST, "/login", RouteNeed::Nobody, || post(account::log_in)),
    account(Method::POST, "/logout", LINK_WORKER, || post(account::log_out)),
    page("/manifest.webmanifest", || get(site::show_file)),
    page("/month", || get(site::show)),
    page("/month.html", || get(site::show)),
    page("/month.{lang}.html", || get(site::show)),
    page("/month/{month}.html", || get(site::show)),
    page("/month/{month}.{lang}.html", || get(site::show)),
    data("/nearest", || get(nearest::list)),
    data("/opendata/unmapped.csv", || get(opendata::unmapped)),
    data("/opendata/{code}_event.csv", || get(opendata::municipal)),
    data("/opendata/{code}_public_facility.csv", || get(opendata::municipal)),
    data("/places.csv", || get(places::all)),
    data("/places.geojson", || get(places::all)),
    data("/places.ics", || get(places::all)),
    data("/places.jsonl", || get(places::all)),
    data("/places.pmtiles", || get(tiles::archive)),
    data("/places.xlsx", || get(places::all)),
    page("/places/{id}", || get(site::show)),
    page("/places/{id}.html", || get(site::show)),
    data("/places/{id}.ics", || get(site::show)),
    page("/places/{id}.{lang}.html", || get(site::show)),
    open("/places/{id}/suggest", || get(suggest::show_of_place)),
    open_post("/places/{id}/suggest", || post(suggest::send_of_place)),
    planners("/plan"),
    planners("/plan.html"),
    planners("/plan.{lang}.html"),
    page("/plan.csv", || get(plan::csv)),
    page("/plan.xlsx", || get(plan::xlsx)),
    page("/plan/change.csv", || get(plan::change_csv)),
    page("/plan/report", || get(plan::show_report)),
    page("/plan/report.html", || get(plan::show_report)),
    page("/plan/report.{lang}.html", || get(plan::show_report)),
    internal(Method::GET, "/plan/starters", || get(plan::show_starters)),
    internal(Method::GET, "/plan/unmet.csv", || get(plan::needs_csv)),
    page("/plan/what-if", || get(plan::what_if)),
    page("/plan/work-list", || get(plan::work_list)),
    page("/plan/work-list/{what}.html", || get(plan::work_list)),
    page("/plan/work-list/{what}.{lang}.html", || get(plan::work_list)),
    page("/print", || get(site::show)),
    page("/print.html", || get(site::show)),
    page("/print.{lang}.html", || get(site::show)),
    page("/print/districts/{district}.html", || get(site::show)),
    page("/print/districts/{district}.{lang}.html", || get(site::show)),
    page("/print/door", || get(site::show)),
    page("/print/door.html", || get(site::show)),
    page("/print/door.{lang}.html", || get(site::show)),
    page("/print/door/{town}.html", || get(site::show)),
    page("/print/door/{town}.{lang}.html", || get(site::show)),
    page("/print/places/{id}", || get(site::show)),
    page("/print/places/{id}.html", || get(site::show)),
    page("/print/places/{id}.{lang}.html", || get(site::show)),
    open("/readyz", || get(health::is_ready)),
    internal(Method::GET, "/results", || get(results::show)),
    internal(Method::POST, "/results", || post(results::add)),
    internal(Method::GET, "/results.csv", || get(results::csv)),
    internal(Method::GET, "/results.json", || get(results::json)),
    internal(Method::GET, "/results.xlsx", || get(results::xlsx)),
    internal(Method::GET, "/results/report", || get(results::report)),
    page("/robots.txt", || get(site::show_file)),
    page("/search.json", || get(site::show_file)),
    page("/search.{lang}.json", || get(site::show_file)),
    page("/service-worker.js", || get(site::show_file)),
    account(Method::GET, "/setup", RouteNeed::Nobody, || get(account::show_setup)),
    account(Method::POST, "/setup", RouteNeed::Nobody, || post(account::set_up)),
    page("/sheets", || get(site::show)),
    page("/sheets.html", || get(site::show)),
    page("/sheets/assessment", || get(site::show)),
    page("/sheets/assessment.html", || get(site::show)),
    page("/sheets/referral", || get(site::show)),
    page("/sheets/referral.html", || get(site::show)),
    page("/sheets/report", || get(site::show)),
    page("/sheets/report.html", || get(site::show)),
    page("/sitemap.xml", || get(site::show_file)),
    open("/suggest", || get(suggest::show)),
    open_post("/suggest", || post(suggest::send)),
    data("/tileMatrixSets", || get(tiles::matrix_sets)),
    data("/tileMatrixSets/WebMercatorQuad", || get(tiles::matrix_set)),
    data("/tiles", || get(tiles::tilesets)),
    data("/tiles/WebMercatorQuad", || get(tiles::tileset)),
    data("/tiles/WebMercatorQuad/{z}/{y}/{x}", || get(tiles::show)),
    internal(Method::GET, "/unmet", || get(unmet::show)),
    internal(Method::POST, "/unmet", || post(unmet::add)),
    internal(Method::GET, "/unmet.csv", || get(unmet::csv)),
    internal(Method::GET, "/unmet.json", || get(unmet::json)),
    account(Method::GET, "/welcome", RouteNeed::Nobody, || get(account::show_welcome)),
    account(Method::POST, "/welcome", RouteNeed::Nobody, || post(account::welcome)),
];

const LINK_WORKER: RouteNeed = RouteNeed::Account(AccountRole::LinkWorker);
const EDITOR: RouteNeed = RouteNeed::Account(AccountRole::Editor);
const ADMINISTRATOR: RouteNeed = RouteNeed::Account(AccountRole::Administrator);

/// The paths of the OpenAPI document: the landing page and the open data, without the pages of categories and districts that lie
/// beside it.
fn documented() -> impl Iterator<Item = &'static str> {
    let is_data = |route: &&Route| {
        let is_page = route.path.ends_with("}.html");
        route.path == "/" || (route.access == RouteAccess::OpenData && !is_page)
    };
    ROUTES.iter().filter(is_data).map(|route| route.path)
}

const fn data(path: &'static str, handler: fn() -> MethodRouter<AppState>) -> Route {
    Route {
        method: Method::GET,
        path,
        access: RouteAccess::OpenData,
        need: RouteNeed::LinkWorkers,
        handler: RouteHandler::Shared(handler),
    }
}

const fn page(path: &'static str, handler: fn() -> MethodRouter<AppState>) -> Route {
    let (access, need) = (RouteAccess::Everybody, RouteNeed::LinkWorkers);
    Route { method: Method::GET, path, access, need, handler: RouteHandler::Shared(handler) }
}

/// What nobody needs an account for: it is the same for everybody, and tells nothing of a person.
const fn open(path: &'static str, handler: fn() -> MethodRouter<AppState>) -> Route {
    let (access, need) = (RouteAccess::Everybody, RouteNeed::Nobody);
    Route { method: Method::GET, path, access, need, handler: RouteHandler::Shared(handler) }
}

/// What anybody may send without an account.
const fn open_post(path: &'static str, handler: fn() -> MethodRouter<AppState>) -> Route {
    let (access, need) = (RouteAccess::Everybody, RouteNeed::Nobody);
    Route { method: Method::POST, path, access, need, handler: RouteHandler::Shared(handler) }
}

/// The planners' page, which tells more on the internal address.
const fn planners(path: &'static str) -> Route {
    let handler = RouteHandler::Each { public: || get(plan::show), internal: || get(plan::show_with_needs) };
    Route { method: Method::GET, path, access: RouteAccess::Everybody, need: RouteNeed::LinkWorkers, handler }
}

const fn internal(method: Method, path: &'static str, handler: fn() -> MethodRouter<InternalState>) -> Route {
    account(method, path, RouteNeed::LinkWorkers, handler)
}

/// A route of the internal address that needs an account whatever the settings, or none.
const fn account(
    method: Method,
    path: &'static str,
    need: RouteNeed,
    handler: fn() -> MethodRouter<InternalState>,
) -> Route {
    Route { method, path, access: RouteAccess::Internal, need, handler: RouteHandler::Internal(handler) }
}

impl Route {
    /// The paths in axum's syntax, where a parameter is a whole segment, whose ending handlers read; one per language where the name of a
    /// file has that.
    fn patterns(&self) -> Vec<String> {
        let segment = |segment: &'static str| match segment {
            "{file}" => "{*file}",
            segment if segment.starts_with('{') => segment.find('}').map_or(segment, |end| &segment[..=end]),
            segment => segment,
        };
        let pattern = self.path.split('/').map(segment).collect::<Vec<_>>().join("/");
        if !pattern.contains("{lang}") {
            return vec![pattern];
        }
        let others = Language::ALL.into_iter().filter(|it| *it != Language::Ja);
        others.map(|language| pattern.replace("{lang}", language.code())).collect()
    }

    /// The handler on the public address; `None` for internal routes.
    fn public(&self) -> Option<MethodRouter<AppState>> {
        match self.handler {
            RouteHandler::Shared(handler) | RouteHandler::Each { public: handler, .. } => Some(handler()),
            RouteHandler::Internal(_) => None,
        }
    }

    /// The handler on the internal address.
    fn internal(&self, app: &AppState) -> MethodRouter<InternalState> {
        match self.handler {
            RouteHandler::Shared(handler) => handler().with_state(app.clone()),
            RouteHandler::Internal(handler) | RouteHandler::Each { internal: handler, .. } => handler(),
        }
    }
}

/// Router of the public address with its middleware. Tests call it without a socket; [`serve()`](super::serve()) adds one.
pub fn public_router(app: AppState) -> Router {
    public_router_of(ROUTES, app)
}

/// Router of the internal address with its middleware, which also rejects foreign hosts and cross-site requests.
pub fn internal_router(internal: InternalState) -> Router {
    internal_router_of(ROUTES, internal)
}

/// Router of the public address for `table`: the access of a route decides whether it is there.
fn public_router_of(table: &[Route], app: AppState) -> Router {
    let routes = |access: RouteAccess| {
        let routes = once_per_pattern(table).filter(move |(_, route)| route.access == access);
        let routes = routes.filter_map(|(pattern, route)| Some((pattern, route.public()?)));
        routes.fold(Router::new(), |router, (pattern, handler)| router.route(&pattern, handler))
    };
    let open_data = routes(RouteAccess::OpenData).method_not_allowed_fallback(method_not_allowed);
    Router::new()
        .merge(open_data.layer(public_cors()))
        .merge(routes(RouteAccess::Everybody))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), lead_to_other_place))
        .layer(DefaultBodyLimit::max(limits::MAX_BODY))
        .layer(from_fn_with_state(app.clone(), limits::enforce_limits))
        .with_state(app)
}

/// Router of the internal address for `table`: every route is there.
fn internal_router_of(table: &[Route], internal: InternalState) -> Router {
    let app = internal.app().clone();
    let mut needs = RouteNeeds::default();
    for (pattern, route) in once_per_pattern(table) {
        needs.add(pattern, &route.method, route.need);
    }
    let admission = (internal.clone(), Arc::new(needs));
    let routes = once_per_pattern(table).map(|(pattern, route)| (pattern, route.internal(&app)));
    routes
        .fold(Router::new(), |router, (pattern, handler)| router.route(&pattern, handler))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), lead_to_other_place))
        .layer(DefaultBodyLimit::max(limits::MAX_BODY))
        .layer(from_fn_with_state(internal.clone(), answer_refusal))
        .layer(from_fn_with_state(internal.hosts(), same_origin_only))
        .layer(from_fn(no_store))
        .layer(from_fn_with_state(app, limits::enforce_limits))
        .layer(from_fn_with_state(admission, admit))
        .with_state(internal)
}

/// Each pattern with the first route that has it and the method: files that differ in their ending alone have one handler, which reads it.
fn once_per_pattern(table: &[Route]) -> impl Iterator<Item = (String, &Route)> {
    let mut seen = BTreeSet::new();
    let each = table.iter().flat_map(|route| route.patterns().into_iter().map(move |pattern| (pattern, route)));
    each.filter(move |(pattern, route)| seen.insert((route.method.as_str(), pattern.clone())))
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
        .allow_headers([header::IF_NONE_MATCH, header::IF_RANGE, header::RANGE])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::CONTENT_DISPOSITION,
            header::ACCEPT_RANGES,
            header::CONTENT_RANGE,
            CONTENT_CRS,
        ])
        .vary([])
        .max_age(std::time::Duration::from_hours(24))
}

#[cfg(test)]
mod tests;
