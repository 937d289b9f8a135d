//! `GET /places.geojson`, and the same per category, per district, and per both; each also as CSV, workbook, JSON lines and calendar.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::download::{DownloadName, describe};
use crate::editor::now_in_japan;
use crate::http::pages;
use crate::http::params::{QueryParams, path_parameters, shortened};
use crate::http::server::prepared::{GEOJSON, PreparedResponse, PreparedResponses};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Filter;
use crate::index::encoded::HEADER;
use crate::model::{CategoryId, DistrictId};
use crate::publish::calendar::CalendarWindow;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::page_file::PAGE_ENDING;
use crate::publish::resources::{PLACES, Resource, ResourceContent, written};

/// The format that is prepared ahead.
const GEOJSON_FILE: FileFormat = FileFormat::Places(PlaceFormat::Geojson);

/// Handler: all places, prepared once per snapshot.
pub(in crate::http) async fn all(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    match FileFormat::of_file(request.uri().path()) {
        Some((_, format)) if format != GEOJSON_FILE => table(&app, request.headers(), (None, None), format).await,
        _ => Ok(respond::prepared(&app, request.headers(), responses.required(PLACES))),
    }
}

/// Handler: the places of a category, prepared once per snapshot.
pub(in crate::http) async fn of_category(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let file = path_parameters(file)?;
    if request.uri().path().ends_with(PAGE_ENDING) {
        return pages::site::page(&app, request.uri(), request.headers()).await;
    }
    let (stem, format) = FileFormat::of_file(&file).ok_or(HttpProblem::NotFound)?;
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let id = known_category(&responses, stem)?;
    one(&app, request.headers(), responses.of_category(&id), (Some(&id), None), format).await
}

/// Handler: the places of a district, prepared once per snapshot.
pub(in crate::http) async fn of_district(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let file = path_parameters(file)?;
    if request.uri().path().ends_with(PAGE_ENDING) {
        return pages::site::page(&app, request.uri(), request.headers()).await;
    }
    let (stem, format) = FileFormat::of_file(&file).ok_or(HttpProblem::NotFound)?;
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let id = known_district(&responses, stem)?;
    one(&app, request.headers(), responses.of_district(&id), (None, Some(&id)), format).await
}

/// Handler: the places of a category in a district, generated per request.
pub(in crate::http) async fn of_both(
    State(app): State<AppState>,
    parts: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let (category, file) = path_parameters(parts)?;
    let (stem, format) = FileFormat::of_file(&file).ok_or(HttpProblem::NotFound)?;
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let (category, district) = (known_category(&responses, &category)?, known_district(&responses, stem)?);
    if format != GEOJSON_FILE {
        return table(&app, request.headers(), (Some(&category), Some(&district)), format).await;
    }
    let filter = Filter { categories: vec![category], districts: vec![district], ..Filter::default() };
    let snapshot = &responses.snapshot;
    let write = || responses.places(HEADER, &snapshot.matching(&filter));
    Ok(respond::generated(&app, request.headers(), (&responses, GEOJSON), write))
}

/// The prepared features, or the same places in another format.
async fn one(
    app: &AppState,
    headers: &HeaderMap,
    prepared: Option<&Arc<PreparedResponse>>,
    of: (Option<&CategoryId>, Option<&DistrictId>),
    format: FileFormat,
) -> Result<Response, HttpProblem> {
    match prepared.filter(|_| format == GEOJSON_FILE) {
        Some(prepared) => Ok(respond::prepared(app, headers, prepared)),
        None => table(app, headers, of, format).await,
    }
}

/// A file that is written at the first request, and kept with the snapshot.
async fn table(
    app: &AppState,
    headers: &HeaderMap,
    (category, district): (Option<&CategoryId>, Option<&DistrictId>),
    format: FileFormat,
) -> Result<Response, HttpProblem> {
    let responses = app.prepared_responses();
    let resource = written(category, district, format);
    let page = kept(app, &responses, &resource).await?;
    let mut response = respond::prepared(app, headers, &page);
    let categories: Vec<CategoryId> = category.into_iter().cloned().collect();
    let districts: Vec<DistrictId> = district.into_iter().cloned().collect();
    let name = DownloadName { categories: &categories, districts: &districts };
    describe(response.headers_mut(), &responses.snapshot, format, name);
    Ok(response)
}

/// The response of a file that is written at the first request of the snapshot, or of the month where dates are in it.
pub(super) async fn kept(
    app: &AppState,
    responses: &PreparedResponses,
    resource: &Resource,
) -> Result<Arc<PreparedResponse>, HttpProblem> {
    let today = now_in_japan().date();
    let key = match resource.content {
        ResourceContent::Calendar(_) | ResourceContent::Municipal(_) => {
            format!("{} {}", resource.path, CalendarWindow::around(today).first())
        }
        _ => resource.path.clone(),
    };
    if let Some(page) = responses.cached_page(&key) {
        return Ok(page);
    }
    let _turn = app.shared.in_flight.turn().await?;
    Ok(responses.try_page(&key, resource.media, |snapshot| resource.bytes(snapshot, today))?)
}

/// Parses the code of a category; an unknown one is a 404.
pub(in crate::http) fn known_category(responses: &PreparedResponses, id: &str) -> Result<CategoryId, HttpProblem> {
    let id = CategoryId(id.to_owned());
    if responses.of_category(&id).is_some() { Ok(id) } else { Err(no_category(&id.0)) }
}

/// Parses the code of a district; an unknown one is a 404.
pub(in crate::http) fn known_district(responses: &PreparedResponses, id: &str) -> Result<DistrictId, HttpProblem> {
    let id = DistrictId(id.to_owned());
    if responses.of_district(&id).is_some() { Ok(id) } else { Err(no_district(&id.0)) }
}

fn no_category(id: &str) -> HttpProblem {
    HttpProblem::NoSuch { what: "category", id: shortened(id), hint: "/categories.json lists them" }
}

fn no_district(id: &str) -> HttpProblem {
    HttpProblem::NoSuch { what: "district", id: shortened(id), hint: "/districts.geojson lists them" }
}
