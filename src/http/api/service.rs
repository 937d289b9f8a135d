//! The service as programs find it (OGC API – Features): landing page, conformance, OpenAPI document, collections and queryables.
//!
//! Each document is JSON, or the same as a page for people (`f=html`, or a browser's `Accept`).

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::Value;

use super::download::{PAGE, quality_of};
use super::service_address::service_address;
use crate::http::page_view::{HTML, page_view};
use crate::http::params::{QueryParams, path_parameters, shortened};
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Snapshot;
use crate::index::filter::crs::CoordinateSystem;
use crate::model::{Audience, Language};
use crate::publish::html::PageView;
use crate::publish::html::service::{ServicePage, api_page, document_page};
use crate::publish::messages::page_messages;
use crate::publish::ogc::openapi::openapi_document;
use crate::publish::ogc::{
    self, DOCUMENT_PARAMETERS, OPENAPI, SCHEMA, ServedCollection, ServiceAddress, collection_document,
    collections_document, conformance_document, landing_document, queryables_document,
};
use crate::text::percent::percent_encoded;

/// The path of the OpenAPI document as a page.
const API_PAGE: &str = "/api.html";

/// What a document is called, and the media type of its JSON.
type DocumentHead = (String, &'static str);
/// How a document becomes a page.
type DocumentPage = fn(&ServicePage<'_>, &Value) -> String;

/// In which form a document is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentForm {
    /// The JSON of the standard.
    Data,
    /// A page for people.
    Page,
    /// JSON in a form of another name.
    Other(&'static str),
}

/// One request for a document.
pub(super) struct DocumentRequest<'a> {
    app: &'a AppState,
    headers: &'a HeaderMap,
    params: QueryParams,
    pub(super) form: DocumentForm,
    snapshot: &'a Snapshot,
    pub(super) service: ServiceAddress,
}

/// The landing page as JSON, if `f` or `Accept` wants that rather than the page for people.
pub(in crate::http) fn landing(
    app: &AppState,
    headers: &HeaderMap,
    f: Option<&str>,
) -> Option<Result<Response, HttpProblem>> {
    let by_accept = || quality_of(headers, &[JSON]) > quality_of(headers, &["text/html"]) || reads_only_json(headers);
    match f {
        Some("json") => {}
        None if by_accept() => {}
        Some(PAGE) | None => return None,
        Some(other) => return Some(Err(unknown_format(other, &[]))),
    }
    let snapshot = app.snapshot();
    let document = landing_document(&snapshot, &service_address(&snapshot, headers));
    let mut response = respond::written(app, headers, JSON, document.to_string().into_bytes());
    vary_by_accept(response.headers_mut());
    if app.audience == Audience::Public {
        // The path is a page's, so that the table of routes has no CORS for it.
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Some(Ok(response))
}

/// Whether the client is a library that accepts anything by its headers and reads nothing but JSON. A page for people is what all others
/// get who accept anything: those who fetch a preview of a link are among them.
fn reads_only_json(headers: &HeaderMap) -> bool {
    let client = headers.get(header::USER_AGENT).and_then(|client| client.to_str().ok()).unwrap_or_default();
    client.starts_with("OWSLib") && quality_of(headers, &["text/html"]) <= 0.0
}

/// The links of the landing page, as a header of the page for people.
pub(in crate::http) fn put_landing_links(headers: &mut HeaderMap, snapshot: &Snapshot, request_headers: &HeaderMap) {
    let links = ogc::landing_links(&service_address(snapshot, request_headers));
    let links =
        links.iter().map(|it| format!("<{}>; rel=\"{}\"; type=\"{}\"", it.href, it.rel, it.media.replace(';', "; ")));
    if let Ok(links) = HeaderValue::from_str(&links.collect::<Vec<_>>().join(", ")) {
        headers.insert(header::LINK, links);
    }
    vary_by_accept(headers);
}

/// Handler: what the service conforms to.
pub(in crate::http) async fn conformance(
    State(app): State<AppState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    Ok(wanted.answer(
        "/conformance",
        (wanted.text("service.conformance"), JSON),
        document_page,
        &conformance_document(),
    ))
}

/// Handler: the OpenAPI document of these routes.
pub(in crate::http) async fn api(
    State(app): State<AppState>,
    request: Request,
    routes: impl Iterator<Item = &'static str>,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    let _turn = app.shared.in_flight.turn().await?;
    let document = openapi_document(&snapshot, &wanted.service, routes);
    Ok(wanted.answer("/api", (wanted.text("service.api"), OPENAPI), api_page, &document))
}

/// Handler: the same as a page.
pub(in crate::http) async fn api_for_people(
    State(app): State<AppState>,
    request: Request,
    routes: impl Iterator<Item = &'static str>,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let params = QueryParams::read(request.uri(), &["lang"])?;
    let headers = request.headers();
    let service = service_address(&snapshot, headers);
    let _turn = app.shared.in_flight.turn().await?;
    let document = openapi_document(&snapshot, &service, routes);
    let form = DocumentForm::Page;
    let wanted = DocumentRequest { app: &app, headers, params, form, snapshot: &snapshot, service };
    Ok(wanted.answer(API_PAGE, (wanted.text("service.api"), OPENAPI), api_page, &document))
}

/// Handler: the collections.
pub(in crate::http) async fn collections(
    State(app): State<AppState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    let document = collections_document(&snapshot, &wanted.service);
    Ok(wanted.answer("/collections", (wanted.text("service.collections"), JSON), document_page, &document))
}

/// Handler: one collection.
pub(in crate::http) async fn collection(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let collection = known_collection(&snapshot, &path_parameters(id)?)?;
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    let document = collection_document(&snapshot, &wanted.service, &collection);
    let path = format!("/collections/{}", percent_encoded(collection.id()));
    let title = collection.title(&snapshot, wanted.view().lang);
    Ok(wanted.answer(&path, (title, JSON), document_page, &document))
}

/// Handler: what filters of a collection may name.
pub(in crate::http) async fn queryables(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let collection = known_collection(&snapshot, &path_parameters(id)?)?;
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    let document = queryables_document(&snapshot, &wanted.service, &collection);
    let path = format!("/collections/{}/queryables", percent_encoded(collection.id()));
    Ok(wanted.answer(&path, (wanted.text("service.queryables"), SCHEMA), document_page, &document))
}

impl<'a> DocumentRequest<'a> {
    pub(super) fn read(app: &'a AppState, snapshot: &'a Snapshot, request: &'a Request) -> Result<Self, HttpProblem> {
        Self::read_with(app, snapshot, request, &[])
    }

    /// As [`read`](Self::read), where `f` may name other forms too.
    pub(super) fn read_with(
        app: &'a AppState,
        snapshot: &'a Snapshot,
        request: &'a Request,
        others: &'static [&'static str],
    ) -> Result<Self, HttpProblem> {
        let headers = request.headers();
        let params = QueryParams::read(request.uri(), DOCUMENT_PARAMETERS)?;
        let other = |f: &str| others.iter().find(|other| **other == f).map(|other| DocumentForm::Other(other));
        let form = match params.one("f")? {
            Some("json") => DocumentForm::Data,
            Some(PAGE) => DocumentForm::Page,
            Some(f) => other(f).ok_or_else(|| unknown_format(f, others))?,
            None if wants_page(headers) => DocumentForm::Page,
            None => DocumentForm::Data,
        };
        let service = service_address(snapshot, headers);
        check_language(&params)?;
        Ok(Self { app, headers, params, form, snapshot, service })
    }

    fn view(&self) -> PageView {
        page_of(&self.params, self.headers)
    }

    pub(super) fn text(&self, key: &'static str) -> String {
        page_messages(self.view().lang).text(key).to_owned()
    }

    /// The document, or the page that it is for people.
    pub(super) fn answer(
        &self,
        path: &str,
        (title, media): DocumentHead,
        page: DocumentPage,
        document: &Value,
    ) -> Response {
        let mut response = if self.form == DocumentForm::Page {
            // The one page that is no form of a document has an address of its own.
            let address = if path == API_PAGE { path.to_owned() } else { format!("{path}?f=html") };
            let view = self.view();
            let about = ServicePage { snapshot: self.snapshot, view: &view, address: &address, title: &title };
            respond::written(self.app, self.headers, HTML, page(&about, document).into_bytes())
        } else {
            respond::written(self.app, self.headers, media, document.to_string().into_bytes())
        };
        vary_by_accept(response.headers_mut());
        response
    }
}

/// Whether `Accept` likes a page better than JSON.
fn wants_page(headers: &HeaderMap) -> bool {
    let data = [JSON, SCHEMA, "application/vnd.oai.openapi+json"];
    quality_of(headers, &["text/html"]) > quality_of(headers, &data)
}

fn unknown_format(f: &str, others: &[&str]) -> HttpProblem {
    let names = [&["json", PAGE], others].concat().join(", ");
    HttpProblem::BadParameter { name: "f", reason: format!("{:?} is none of {names}", shortened(f)) }
}

/// Checks the parameter `lang`, which only pages use.
pub(in crate::http) fn check_language(params: &QueryParams) -> Result<(), HttpProblem> {
    match params.one("lang")?.filter(|code| Language::from_code(code).is_none()) {
        None => Ok(()),
        Some(unknown) => {
            let codes = Language::ALL.map(Language::code).join(", ");
            let reason = format!("{:?} is none of {codes}", shortened(unknown));
            Err(HttpProblem::BadParameter { name: "lang", reason })
        }
    }
}

/// The language of a page: by `lang`, else by `Accept-Language`.
pub(in crate::http) fn page_of(params: &QueryParams, headers: &HeaderMap) -> PageView {
    let pairs =
        params.all().filter(|(name, _)| *name == "lang").map(|(name, value)| (name.to_owned(), value.to_owned()));
    page_view(&pairs.collect::<Vec<_>>(), headers)
}

/// The collection of this name; an unknown one is a 404.
pub(in crate::http) fn known_collection(snapshot: &Snapshot, id: &str) -> Result<ServedCollection, HttpProblem> {
    let missing = || HttpProblem::NoSuch { what: "collection", id: shortened(id), hint: "/collections lists them" };
    ServedCollection::named(snapshot, id).ok_or_else(missing)
}

/// Names the coordinate reference system of the answer.
pub(in crate::http) fn put_content_crs(headers: &mut HeaderMap, crs: CoordinateSystem) {
    if let Ok(crs) = HeaderValue::from_str(&format!("<{}>", crs.uri())) {
        headers.insert("content-crs", crs);
    }
}

/// Tells caches that `Accept` decides, and the language of pages.
pub(in crate::http) fn vary_by_accept(headers: &mut HeaderMap) {
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding, accept-language"));
}
