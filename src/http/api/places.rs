//! `GET /places.geojson` and the same by category, by district, and by both.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use crate::http::params::{Params, shortened};
use crate::http::server::prepared::{Answers, GEOJSON};
use crate::http::server::respond;
use crate::http::{App, Problem};
use crate::index::Filter;
use crate::model::{CategoryId, DistrictId};
use crate::publish::geojson;

/// What every address of a GeoJSON file ends with.
const ENDING: &str = ".geojson";

/// All places.
pub(in crate::http) async fn all(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    Params::read(request.uri(), &[])?;
    Ok(respond::fixed(&app, request.headers(), &app.answers().places))
}

/// The places of a category.
pub(in crate::http) async fn of_category(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let id = CategoryId(stem(&path(file)?)?.to_owned());
    Params::read(request.uri(), &[])?;
    let answers = app.answers();
    let answer = answers.of_category(&id).ok_or_else(|| no_category(&id.0))?;
    Ok(respond::fixed(&app, request.headers(), answer))
}

/// The places of a district.
pub(in crate::http) async fn of_district(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let id = DistrictId(stem(&path(file)?)?.to_owned());
    Params::read(request.uri(), &[])?;
    let answers = app.answers();
    let answer = answers.of_district(&id).ok_or_else(|| no_district(&id.0))?;
    Ok(respond::fixed(&app, request.headers(), answer))
}

/// The places of a category in a district.
pub(in crate::http) async fn of_both(
    State(app): State<App>,
    parts: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let (category, file) = path(parts)?;
    let district = stem(&file)?;
    Params::read(request.uri(), &[])?;
    let answers = app.answers();
    let filter = Filter {
        categories: vec![known_category(&answers, &category)?],
        districts: vec![known_district(&answers, district)?],
        ..Filter::default()
    };
    let snapshot = &answers.snapshot;
    let write = || geojson::collection(snapshot, &snapshot.matching(&filter));
    Ok(respond::dynamic(&app, request.headers(), (&answers, GEOJSON), write))
}

/// The category with this code, if there is one.
pub(in crate::http) fn known_category(answers: &Answers, id: &str) -> Result<CategoryId, Problem> {
    let id = CategoryId(id.to_owned());
    if answers.of_category(&id).is_some() { Ok(id) } else { Err(no_category(&id.0)) }
}

/// The district with this code, if there is one.
pub(in crate::http) fn known_district(answers: &Answers, id: &str) -> Result<DistrictId, Problem> {
    let id = DistrictId(id.to_owned());
    if answers.of_district(&id).is_some() { Ok(id) } else { Err(no_district(&id.0)) }
}

/// The parts of a path, decoded.
pub(in crate::http) fn path<T>(parts: Result<Path<T>, PathRejection>) -> Result<T, Problem> {
    parts.map(|Path(parts)| parts).map_err(|_| Problem::BadPath)
}

fn stem(file: &str) -> Result<&str, Problem> {
    file.strip_suffix(ENDING).ok_or(Problem::NotFound)
}

fn no_category(id: &str) -> Problem {
    Problem::NoSuch { what: "category", id: shortened(id), hint: "/categories.json lists them" }
}

fn no_district(id: &str) -> Problem {
    Problem::NoSuch { what: "district", id: shortened(id), hint: "/districts.geojson lists them" }
}
