//! Handlers of the planners' page, its paper, its table as CSV, and the answer for a dragged pin.
//!
//! They compute over all places and areas, so they run on the blocking thread pool. Each address answers from its audience's own
//! snapshot.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::{HTML, QueryPairs};
use crate::gaps::{GapOptionError, PlannerData};
use crate::http::params::parse_number;
use crate::http::server::clock::now_in_japan;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Snapshot;
use crate::model::Position;
use crate::publish::html::plan::{self, PlanQuery};

const CSV: &str = "text/csv; charset=utf-8";

/// What writes a page from a snapshot, its population and the state of the page.
type PlanWriter = fn(&Snapshot, Option<&PlannerData>, &PlanQuery) -> String;

pub(in crate::http) async fn show(state: State<AppState>, headers: HeaderMap, query: QueryPairs) -> PlanResponse {
    page(state, headers, query, plan::plan_page).await
}

pub(in crate::http) async fn show_report(
    state: State<AppState>,
    headers: HeaderMap,
    query: QueryPairs,
) -> PlanResponse {
    page(state, headers, query, plan::plan_report).await
}

type PlanResponse = Result<Response, HttpProblem>;

async fn page(
    State(app): State<AppState>,
    headers: HeaderMap,
    Query(pairs): QueryPairs,
    write: PlanWriter,
) -> PlanResponse {
    let show = move || {
        let data = app.planner_data();
        respond::page(&app, &headers, (None, HTML), |snapshot| {
            // The data may be newer than the page's snapshot for one request after a reload; its own snapshot is then shown.
            let snapshot = data.as_ref().map_or(snapshot, |data| data.snapshot().as_ref());
            write(snapshot, data.as_deref(), &PlanQuery::parse(&pairs, snapshot, now_in_japan().date()))
        })
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| HttpProblem::Internal)
}

/// Handler: districts by category as CSV.
pub(in crate::http) async fn csv(State(app): State<AppState>, Query(pairs): QueryPairs) -> PlanResponse {
    let table = move || {
        let data = app.planner_data().ok_or(HttpProblem::NoPopulation)?;
        let query = PlanQuery::parse(&pairs, data.snapshot(), now_in_japan().date());
        plan::gap_table_csv(&data, &query).map_err(|error| bad_option(&error))
    };
    let table = tokio::task::spawn_blocking(table).await.map_err(|_| HttpProblem::Internal)??;
    let mut response = respond::no_store(CSV, table);
    let name = HeaderValue::from_static("attachment; filename=\"plan.csv\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// Handler: how many people a place at `lon`, `lat` would newly reach.
pub(in crate::http) async fn what_if(State(app): State<AppState>, Query(mut pairs): QueryPairs) -> PlanResponse {
    let mut degrees = |name: &'static str| {
        let at = pairs.iter().position(|(key, _)| key == name).ok_or(HttpProblem::MissingParameter { name })?;
        let (_, value) = pairs.remove(at);
        parse_number::<f64>(name, &value, "a number of degrees")
    };
    let (lon, lat) = (degrees("lon")?, degrees("lat")?);
    let position = Position::new(lon, lat)?;
    let answer = move || {
        let data = app.planner_data().ok_or(HttpProblem::NoPopulation)?;
        let query = PlanQuery::parse(&pairs, data.snapshot(), now_in_japan().date());
        plan::what_if(&data, &query, position).map_err(|error| bad_option(&error))
    };
    let answer = tokio::task::spawn_blocking(answer).await.map_err(|_| HttpProblem::Internal)??;
    Ok(respond::no_store(JSON, answer))
}

fn bad_option(error: &GapOptionError) -> HttpProblem {
    HttpProblem::BadParameter { name: "age", reason: error.to_string() }
}
