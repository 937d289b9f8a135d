//! `GET /nearest`: the places nearest to a point, in metres.
//!
//! Data minimisation: `lon` and `lat` can be a person's home, so they are not logged, and the response is `no-store`.

use axum::extract::{Request, State};
use axum::response::Response;

use super::places::known_category;
use crate::http::params::QueryParams;
use crate::http::server::prepared::GEOJSON;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::model::{CategoryId, Position};
use crate::publish::geojson;

/// Count of places where the client gives none.
const DEFAULT_LIMIT: usize = 10;
/// Largest count of places.
const MAX_LIMIT: usize = 1_000;

const KNOWN: &[&str] = &["lon", "lat", "category", "limit"];

/// Handler: a `FeatureCollection`, nearest first; each feature has `distance_m`, in metres.
pub(in crate::http) async fn list(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    let params = QueryParams::read(request.uri(), KNOWN)?;
    let from = Position::new(degrees(&params, "lon")?, degrees(&params, "lat")?)?;
    let limit = params.limit(DEFAULT_LIMIT, MAX_LIMIT)?;
    let responses = app.prepared_responses();
    let category = |id| {
        let as_parameter = |it: HttpProblem| HttpProblem::BadParameter { name: "category", reason: it.to_string() };
        known_category(&responses, id).map_err(as_parameter)
    };
    let categories: Vec<CategoryId> = params.list("category").into_iter().map(category).collect::<Result<_, _>>()?;
    let snapshot = &responses.snapshot;
    let hits = snapshot.nearest(from, &categories, limit);
    Ok(respond::no_store(GEOJSON, geojson::nearest(snapshot, &hits)))
}

fn degrees(params: &QueryParams, name: &'static str) -> Result<f64, HttpProblem> {
    params.number(name, "a number of degrees")?.ok_or(HttpProblem::MissingParameter { name })
}
