//! `GET /nearest`: the places nearest to a point, in metres.
//!
//! `lon` and `lat` can be somebody's home: they are not logged, and the answer must not be kept.

use axum::extract::{Request, State};
use axum::response::Response;

use super::places::known_category;
use crate::http::params::QueryParams;
use crate::http::server::prepared::GEOJSON;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::model::{CategoryId, Position};
use crate::publish::geojson;

/// How many places are sent where the client does not say.
const DEFAULT_LIMIT: usize = 10;
/// How many places are sent at most.
const MAX_LIMIT: usize = 1_000;

const KNOWN: &[&str] = &["lon", "lat", "category", "limit"];

/// A `FeatureCollection`, nearest first; each feature has `distance_m`.
pub(in crate::http) async fn list(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    let params = QueryParams::read(request.uri(), KNOWN)?;
    let from = Position::new(degrees(&params, "lon")?, degrees(&params, "lat")?)?;
    let limit = params.limit(DEFAULT_LIMIT, MAX_LIMIT)?;
    let answers = app.answers();
    let category = |id| {
        let as_parameter = |it: HttpProblem| HttpProblem::BadParameter { name: "category", reason: it.to_string() };
        known_category(&answers, id).map_err(as_parameter)
    };
    let categories: Vec<CategoryId> = params.list("category").into_iter().map(category).collect::<Result<_, _>>()?;
    let snapshot = &answers.snapshot;
    let hits = snapshot.nearest(from, &categories, limit);
    Ok(respond::no_store(GEOJSON, geojson::nearest(snapshot, &hits)))
}

fn degrees(params: &QueryParams, name: &'static str) -> Result<f64, HttpProblem> {
    params.number(name, "a number of degrees")?.ok_or(HttpProblem::MissingParameter { name })
}
