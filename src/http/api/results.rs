//! `/results`: stores what became of a referral, and shows planners the released counts (disclosure control). On the internal address
//! only.
//!
//! Data minimisation: the stored fields are codes of the city's own tables (quarter, outcome, kind, district, reason, source). The
//! content of a request is never logged, and the code of a paper is in none.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use super::reports::store_within;
use crate::editor::now_in_japan;
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::results::{ResultReport, ResultTable};
use crate::http::params::{QueryParams, parse_number};
use crate::http::released::result_table;
use crate::http::server::json_body::json_body_without_query;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{HttpProblem, InternalState};
use crate::index::Snapshot;
use crate::model::Month;
use crate::publish::html::results;

const HTML: &str = "text/html; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Handler: stores the result in the body.
pub(in crate::http) async fn add(
    State(internal): State<InternalState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let body = json_body_without_query(request).await?;
    let (app, snapshot) = (internal.app(), internal.app().snapshot());
    let reasons = &app.city_content().referral_reasons;
    let report = ResultReport::read(&body, &snapshot.categories, &snapshot.districts, reasons)?;
    let (key, result) = (report.key(), report.in_quarter_of(this_month()));
    let (log, state) = (internal.reports()?, internal.clone());
    let add = move || {
        let is_known = || key.map_or(Ok(false), |key| log.holds_result(&result, key));
        store_within(&state.today().results, is_known, || log.add_result(&result, key))
    };
    tokio::task::spawn_blocking(add).await.map_err(|_| HttpProblem::Internal)??;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Handler: the page with the panel and the released counts.
pub(in crate::http) async fn show(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let (snapshot, table) = chosen_table(&internal, &uri).await?;
    let reasons = &internal.app().city_content().referral_reasons;
    Ok(respond::no_store(HTML, results::page(&snapshot, &table, reasons, last_year())))
}

/// Handler: the same counts as CSV.
pub(in crate::http) async fn csv(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let (_, table) = chosen_table(&internal, &uri).await?;
    Ok(attachment(CSV, "attachment; filename=\"results.csv\"", results::csv(&table)))
}

/// Handler: the same counts as an Excel workbook.
pub(in crate::http) async fn xlsx(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let (_, table) = chosen_table(&internal, &uri).await?;
    Ok(attachment(XLSX, "attachment; filename=\"results.xlsx\"", results::xlsx(&table)))
}

/// Handler: the same counts as JSON.
pub(in crate::http) async fn json(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let (_, table) = chosen_table(&internal, &uri).await?;
    Ok(respond::no_store(JSON, results::json(&table)))
}

/// Handler: the report of a fiscal year, to print.
pub(in crate::http) async fn report(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let params = QueryParams::read(&uri, &["year"])?;
    let year = params.one("year")?.map(|text| parse_number::<u16>("year", text, "a year such as 2026")).transpose()?;
    let year = year.map_or_else(last_year, i32::from);
    let Some(period) = MonthPeriod::fiscal_year(this_month(), year) else {
        let page = results::year_report(&internal.app().snapshot(), None, year);
        return Ok(respond::no_store(HTML, page));
    };
    let (snapshot, table) = table_of(&internal, period).await?;
    Ok(respond::no_store(HTML, results::year_report(&snapshot, Some(&table), year)))
}

async fn chosen_table(internal: &InternalState, uri: &Uri) -> Result<(Arc<Snapshot>, ResultTable), HttpProblem> {
    let params = QueryParams::read(uri, &["period"])?;
    let period = results::period_of(params.one("period")?, this_month()).ok_or_else(|| HttpProblem::BadParameter {
        name: "period",
        reason: format!("must be one of {}", results::period_codes()),
    })?;
    table_of(internal, period).await
}

async fn table_of(internal: &InternalState, period: MonthPeriod) -> Result<(Arc<Snapshot>, ResultTable), HttpProblem> {
    let (snapshot, state) = (internal.app().snapshot(), internal.clone());
    let held = Arc::clone(&snapshot);
    let table = tokio::task::spawn_blocking(move || result_table(&state, &held, period)).await;
    Ok((snapshot, table.map_err(|_| HttpProblem::Internal)??))
}

fn this_month() -> Month {
    Month::of(now_in_japan().date())
}

/// The fiscal year of the last quarter that is over.
fn last_year() -> i32 {
    let last = MonthPeriod::quarters_released_in(this_month(), None).last;
    if last.number() < 4 { last.year() - 1 } else { last.year() }
}

fn attachment(kind: &'static str, name: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = respond::no_store(kind, bytes);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    response
}
