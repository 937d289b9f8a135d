//! `GET /places.geojson` and the same by category, by district, and by both.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use crate::http::params::{QueryParams, shortened};
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Filter;
use crate::model::{CategoryId, DistrictId};
use crate::publish::geojson;
use crate::publish::resources::PLACES;

/// What every address of a GeoJSON file ends with.
const ENDING: &str = ".geojson";

/// All places.
pub(in crate::http) async fn all(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    Ok(respond::prepared(&app, request.headers(), app.answers().required(PLACES)))
}

/// The places of a category.
pub(in crate::http) async fn of_category(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = CategoryId(stem(&path(file)?)?.to_owned());
    QueryParams::read(request.uri(), &[])?;
    let answers = app.answers();
    let answer = answers.of_category(&id).ok_or_else(|| no_category(&id.0))?;
    Ok(respond::prepared(&app, request.headers(), answer))
}

/// The places of a district.
pub(in crate::http) async fn of_district(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = DistrictId(stem(&path(file)?)?.to_owned());
    QueryParams::read(request.uri(), &[])?;
    let answers = app.answers();
    let answer = answers.of_district(&id).ok_or_else(|| no_district(&id.0))?;
    Ok(respond::prepared(&app, request.headers(), answer))
}

/// The places of a category in a district.
pub(in crate::http) async fn of_both(
    State(app): State<AppState>,
    parts: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let (category, file) = path(parts)?;
    let district = stem(&file)?;
    QueryParams::read(request.uri(), &[])?;
    let answers = app.answers();
    let filter = Filter {
        categories: vec![known_category(&answers, &category)?],
        districts: vec![known_district(&answers, district)?],
        ..Filter::default()
    };
    let snapshot = &answers.snapshot;
    let write = || geojson::collection(snapshot, &snapshot.matching(&filter));
    Ok(respond::generated(&app, request.headers(), (&answers, GEOJSON), write))
}

/// The category with this code, if there is one.
pub(in crate::http) fn known_category(answers: &PreparedResponses, id: &str) -> Result<CategoryId, HttpProblem> {
    let id = CategoryId(id.to_owned());
    if answers.of_category(&id).is_some() { Ok(id) } else { Err(no_category(&id.0)) }
}

/// The district with this code, if there is one.
pub(in crate::http) fn known_district(answers: &PreparedResponses, id: &str) -> Result<DistrictId, HttpProblem> {
    let id = DistrictId(id.to_owned());
    if answers.of_district(&id).is_some() { Ok(id) } else { Err(no_district(&id.0)) }
}

/// The parts of a path, decoded.
pub(in crate::http) fn path<T>(parts: Result<Path<T>, PathRejection>) -> Result<T, HttpProblem> {
    parts.map(|Path(parts)| parts).map_err(|_| HttpProblem::BadPath)
}

fn stem(file: &str) -> Result<&str, HttpProblem> {
    file.strip_suffix(ENDING).ok_or(HttpProblem::NotFound)
}

fn no_category(id: &str) -> HttpProblem {
    HttpProblem::NoSuch { what: "category", id: shortened(id), hint: "/categories.json lists them" }
}

fn no_district(id: &str) -> HttpProblem {
    HttpProblem::NoSuch { what: "district", id: shortened(id), hint: "/districts.geojson lists them" }
}
