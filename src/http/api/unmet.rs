//! `/unmet`: stores a need that was not met, and shows planners the released counts (disclosure control). On the internal
//! address only.
//!
//! Data minimisation: the stored fields are codes and terms of the city's own lists (month, district, terms, means of travel,
//! reason). The content of a request is never logged.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use super::reports::store_within;
use crate::editor::now_in_japan;
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::unmet::{MapChoice, NeedReport, UnmetTable};
use crate::http::params::QueryParams;
use crate::http::released::need_ledger;
use crate::http::server::json_body::json_body_without_query;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{HttpProblem, InternalState};
use crate::index::Snapshot;
use crate::model::Month;
use crate::model::unmet_need::UnmetReason;
use crate::publish::html::unmet;

const HTML: &str = "text/html; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";

/// Period in months where the query gives none.
const DEFAULT_MONTHS: u16 = 12;

/// Handler: stores the unmet need in the body.
pub(in crate::http) async fn add(
    State(internal): State<InternalState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let body = json_body_without_query(request).await?;
    let report = NeedReport::read(&body, &internal.app().snapshot().districts, internal.thesaurus())?;
    let (key, need) = (report.key(), report.in_month(this_month()));
    let (log, state) = (internal.reports()?, internal.clone());
    let add = move || {
        let is_known = || key.map_or(Ok(false), |key| log.holds_need(&need, key));
        store_within(&state.today().unmet, is_known, || log.add_need(&need, key))
    };
    let stored = tokio::task::spawn_blocking(add).await;
    stored.map_err(|_| HttpProblem::Internal)??;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Handler: the page with the released counts.
pub(in crate::http) async fn show(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let query = UnmetQuery::read(&uri, &internal)?;
    let (snapshot, table) = query.table(&internal).await?;
    let groups = unmet::groups(internal.thesaurus());
    let page = unmet::page(&snapshot, &table, &query.choice, &groups);
    Ok(respond::no_store(HTML, page))
}

/// Handler: the same counts as CSV.
pub(in crate::http) async fn csv(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let (_, table) = UnmetQuery::read(&uri, &internal)?.table(&internal).await?;
    let mut response = respond::no_store(CSV, unmet::csv(&table));
    let name = header::HeaderValue::from_static("attachment; filename=\"unmet.csv\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// Handler: the same counts as JSON.
pub(in crate::http) async fn json(State(internal): State<InternalState>, uri: Uri) -> Result<Response, HttpProblem> {
    let (_, table) = UnmetQuery::read(&uri, &internal)?.table(&internal).await?;
    Ok(respond::no_store(JSON, unmet::json(&table)))
}

fn this_month() -> Month {
    Month::of(now_in_japan().date())
}

/// The query parameters of the table.
struct UnmetQuery {
    period: MonthPeriod,
    choice: MapChoice,
}

impl UnmetQuery {
    fn read(uri: &Uri, internal: &InternalState) -> Result<Self, HttpProblem> {
        let params = QueryParams::read(uri, &["period", "reason", "group"])?;
        let choice = match (params.one("reason")?, params.one("group")?) {
            (None, None) => MapChoice::All,
            (Some(code), None) => MapChoice::Reason(parse_reason(code)?),
            (None, Some(group)) => MapChoice::Group(parse_group(group, internal)?),
            (Some(_), Some(_)) => {
                let reason = "choose `reason` or `group`: both together would tell of single needs".to_owned();
                return Err(HttpProblem::BadParameter { name: "group", reason });
            }
        };
        Ok(Self { period: parse_period(params.one("period")?)?, choice })
    }

    async fn table(&self, internal: &InternalState) -> Result<(Arc<Snapshot>, UnmetTable), HttpProblem> {
        let (snapshot, period) = (internal.app().snapshot(), self.period);
        let (internal, held) = (internal.clone(), Arc::clone(&snapshot));
        let table = tokio::task::spawn_blocking(move || {
            let ledger = need_ledger(&internal)?;
            Ok::<_, HttpProblem>(UnmetTable::of_ledger(&ledger, &held.districts, internal.thesaurus(), period))
        });
        let table = table.await.map_err(|_| HttpProblem::Internal)??;
        Ok((snapshot, table))
    }
}

fn parse_period(code: Option<&str>) -> Result<MonthPeriod, HttpProblem> {
    let months = match code {
        None => Some(DEFAULT_MONTHS),
        Some("all") => None,
        Some("3") => Some(3),
        Some("12") => Some(12),
        Some(_) => {
            return Err(HttpProblem::BadParameter { name: "period", reason: "must be 3, 12 or all".to_owned() });
        }
    };
    let this_month = this_month();
    Ok(months.map_or_else(
        || MonthPeriod::released_in(this_month, None),
        |months| MonthPeriod::last_months(this_month, months),
    ))
}

fn parse_reason(code: &str) -> Result<UnmetReason, HttpProblem> {
    let known = || format!("must be one of {}", UnmetReason::ALL.map(UnmetReason::code).join(", "));
    UnmetReason::from_code(code).ok_or_else(|| HttpProblem::BadParameter { name: "reason", reason: known() })
}

fn parse_group(name: &str, internal: &InternalState) -> Result<String, HttpProblem> {
    let groups = unmet::groups(internal.thesaurus());
    let reason = || "must be a term of interests.csv that has no broader one".to_owned();
    let found = groups.into_iter().find(|group| *group == name);
    found.map(str::to_owned).ok_or_else(|| HttpProblem::BadParameter { name: "group", reason: reason() })
}
