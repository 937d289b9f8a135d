//! `GET /collections/{collection}/items` and `/collections/{collection}/items/{id}`: filtered features in the form of OGC API –
//! Features, and downloads of the same places in other formats.

mod districts;
mod feature;
mod links;
mod places;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::download::{ChosenFormat, put_licence};
use super::service::{known_collection, page_of, put_content_crs, vary_by_accept};
use super::service_address::service_address;
use crate::http::page_view::HTML;
use crate::http::params::{QueryParams, path_parameters};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Snapshot;
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::order::SortKey;
use crate::index::filter::parameters::sort_keys;
use crate::index::filter::queryables::FilterSubject;
use crate::publish::geojson::CollectionLink;
use crate::publish::html::service::{ListedFeatures, ServicePage, features_page};
use crate::publish::ogc::{ServedCollection, ServiceAddress, item_parameters};
use crate::text::percent::percent_encoded;

pub(in crate::http) use self::feature::show;

/// Page size where the client gives none.
const DEFAULT_LIMIT: usize = 100;
/// Largest page size of features.
const MAX_LIMIT: usize = 10_000;

/// One request for features of a collection, as far as it is the same for places and districts.
struct ItemsRequest<'a> {
    app: &'a AppState,
    headers: &'a HeaderMap,
    params: &'a QueryParams,
    collection: &'a ServedCollection,
    service: ServiceAddress,
}

/// Which features, in which order and system.
#[derive(Debug)]
struct ItemsWindow {
    crs: CoordinateSystem,
    order: Vec<SortKey>,
    offset: usize,
    /// `None`: all that match.
    limit: Option<usize>,
}

/// Handler: the features of a collection that match the filter in the query, a page of them or a download.
pub(in crate::http) async fn list(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = path_parameters(id)?;
    let collection = known_collection(&app.snapshot(), &id)?;
    let params = QueryParams::read(request.uri(), item_parameters(collection.subject()))?;
    let responses = app.responses_of(params.one("version")?)?;
    let headers = request.headers();
    let service = service_address(&responses.snapshot, headers);
    let wanted = ItemsRequest { app: &app, headers, params: &params, collection: &collection, service };
    match collection.subject() {
        FilterSubject::Place => places::answer(&wanted, &responses).await,
        FilterSubject::District => districts::answer(&wanted, &responses).await,
    }
}

impl ItemsRequest<'_> {
    /// The keys of `sortby`.
    fn order(&self) -> Result<Vec<SortKey>, HttpProblem> {
        let keys = self.params.one("sortby")?.map(|text| sort_keys(self.collection.subject(), text)).transpose();
        let bad = |reason| HttpProblem::BadParameter { name: "sortby", reason };
        Ok(keys.map_err(bad)?.unwrap_or_default())
    }

    fn offset(&self) -> Result<usize, HttpProblem> {
        Ok(self.params.number("offset", "a whole number, 0 or more")?.unwrap_or(0))
    }

    /// The page for people with these rows.
    fn page(
        &self,
        snapshot: &Snapshot,
        (rows, window, matched): (&[usize], &ItemsWindow, usize),
        links: &[CollectionLink],
    ) -> Response {
        let view = page_of(self.params, self.headers);
        let title = self.collection.title(snapshot, view.lang);
        let address = self.own_address();
        let page = ServicePage { snapshot, view: &view, address: &address, title: &title };
        let collection = self.collection;
        let features = ListedFeatures { collection, rows, offset: window.offset, matched, links };
        respond::written(self.app, self.headers, HTML, features_page(&page, &features).into_bytes())
    }

    /// Path and query of this request, without the language.
    fn own_address(&self) -> String {
        format!("/collections/{}/items?f=html{}", percent_encoded(self.collection.id()), self.others(&["lang", "f"]))
    }
}

/// The answer's headers beside those of every answer.
fn describe(response: &mut Response, snapshot: &Snapshot, crs: CoordinateSystem, chosen: ChosenFormat) {
    put_licence(response.headers_mut(), snapshot);
    put_content_crs(response.headers_mut(), crs);
    if chosen.by_accept {
        vary_by_accept(response.headers_mut());
    }
}

/// The parameter `crs`.
fn crs_of(params: &QueryParams) -> Result<Option<CoordinateSystem>, HttpProblem> {
    let bad = |reason| HttpProblem::BadParameter { name: "crs", reason };
    params.one("crs")?.map(CoordinateSystem::from_name).transpose().map_err(bad)
}
