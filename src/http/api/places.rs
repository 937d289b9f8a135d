//! `GET /places.geojson`, and the same per category, per district, and per both.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use crate::http::params::{QueryParams, shortened};
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Filter;
use crate::index::encoded::HEADER;
use crate::model::{CategoryId, DistrictId};
use crate::publish::resources::PLACES;

/// Extension of every GeoJSON path.
const ENDING: &str = ".geojson";

/// Handler: all places, prepared once per snapshot.
pub(in crate::http) async fn all(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    Ok(respond::prepared(&app, request.headers(), app.prepared_responses().required(PLACES)))
}

/// Handler: the places of a category, prepared once per snapshot.
pub(in crate::http) async fn of_category(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = CategoryId(strip_extension(&path_parameters(file)?)?.to_owned());
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let response = responses.of_category(&id).ok_or_else(|| no_category(&id.0))?;
    Ok(respond::prepared(&app, request.headers(), response))
}

/// Handler: the places of a district, prepared once per snapshot.
pub(in crate::http) async fn of_district(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = DistrictId(strip_extension(&path_parameters(file)?)?.to_owned());
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let response = responses.of_district(&id).ok_or_else(|| no_district(&id.0))?;
    Ok(respond::prepared(&app, request.headers(), response))
}

/// Handler: the places of a category in a district, generated per request.
pub(in crate::http) async fn of_both(
    State(app): State<AppState>,
    parts: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let (category, file) = path_parameters(parts)?;
    let district = strip_extension(&file)?;
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let filter = Filter {
        categories: vec![known_category(&responses, &category)?],
        districts: vec![known_district(&responses, district)?],
        ..Filter::default()
    };
    let snapshot = &responses.snapshot;
    let write = || responses.places(HEADER, &snapshot.matching(&filter));
    Ok(respond::generated(&app, request.headers(), (&responses, GEOJSON), write))
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

/// The path parameters, percent-decoded.
pub(in crate::http) fn path_parameters<T>(parts: Result<Path<T>, PathRejection>) -> Result<T, HttpProblem> {
    parts.map(|Path(parts)| parts).map_err(|_| HttpProblem::BadPath)
}

fn strip_extension(file: &str) -> Result<&str, HttpProblem> {
    file.strip_suffix(ENDING).ok_or(HttpProblem::NotFound)
}

fn no_category(id: &str) -> HttpProblem {
    HttpProblem::NoSuch { what: "category", id: shortened(id), hint: "/categories.json lists them" }
}

fn no_district(id: &str) -> HttpProblem {
    HttpProblem::NoSuch { what: "district", id: shortened(id), hint: "/districts.geojson lists them" }
}
