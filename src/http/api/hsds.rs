//! `GET /hsds/…`: places as services (HSDS 3.0 with the profile of Open Referral UK), page by page and one by one.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, NaiveTime, Weekday};
use serde_json::Value;

use crate::editor::now_in_japan;
use crate::http::params::{QueryParams, path_parameters, shortened};
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::hsds::{Hsds, HsdsKind, HsdsPage, HsdsQuery};

/// Objects of a page where the client gives no number.
const DEFAULT_SIZE: usize = 100;
/// The most objects of a page.
const MAX_SIZE: usize = 1_000;

/// What every list takes.
const PAGED: [&str; 4] = ["search", "page", "per_page", "format"];
const SERVICES: &[&str] = &[
    PAGED[0],
    PAGED[1],
    PAGED[2],
    PAGED[3],
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimal",
    "full",
    "minimum_age",
    "maximum_age",
    "start_time",
    "end_time",
    "day",
];
const SERVICE_AT_LOCATIONS: &[&str] = &[
    PAGED[0],
    PAGED[1],
    PAGED[2],
    PAGED[3],
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "full",
    "minimum_age",
    "maximum_age",
    "start_time",
    "end_time",
    "day",
    "postcode",
    "proximity",
];
const ORGANIZATIONS: &[&str] = &[PAGED[0], PAGED[1], PAGED[2], PAGED[3], "full_service", "full"];
const TAXONOMY_TERMS: &[&str] = &[PAGED[0], PAGED[1], PAGED[2], PAGED[3], "taxonomy_id", "top_only", "parent_id"];

/// Handler: what the interface is.
pub(in crate::http) async fn about(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    let snapshot = app.snapshot();
    let about = Hsds::new(&snapshot, now_in_japan().date()).about();
    Ok(answer(&app, request.headers(), &about))
}

/// Handler: a page of the objects of a kind.
pub(in crate::http) async fn list(app: AppState, request: Request, kind: HsdsKind) -> Result<Response, HttpProblem> {
    let params = QueryParams::read(request.uri(), parameters(kind))?;
    let (query, page) = (read_query(&params)?, read_page(&params)?);
    let _turn = app.shared.in_flight.turn().await?;
    let snapshot = app.snapshot();
    let page = Hsds::new(&snapshot, now_in_japan().date()).page(kind, &query, page);
    Ok(answer(&app, request.headers(), &page))
}

/// Handler: one object of a kind.
pub(in crate::http) async fn one(
    app: AppState,
    id: Result<Path<String>, PathRejection>,
    request: Request,
    kind: HsdsKind,
) -> Result<Response, HttpProblem> {
    let id = path_parameters(id)?;
    let known: &[&str] = if kind == HsdsKind::Organizations { &["full_service"] } else { &[] };
    let params = QueryParams::read(request.uri(), known)?;
    let full_service = flag(&params, "full_service")?;
    let _turn = app.shared.in_flight.turn().await?;
    let snapshot = app.snapshot();
    let no_such =
        || HttpProblem::NoSuch { what: kind.name(), id: shortened(&id), hint: "the list of the same name has them" };
    let found = Hsds::new(&snapshot, now_in_japan().date()).one(kind, &id, full_service).ok_or_else(no_such)?;
    Ok(answer(&app, request.headers(), &found))
}

fn answer(app: &AppState, headers: &HeaderMap, value: &Value) -> Response {
    respond::hashed(app, headers, JSON, value.to_string().into_bytes())
}

fn parameters(kind: HsdsKind) -> &'static [&'static str] {
    match kind {
        HsdsKind::Services => SERVICES,
        HsdsKind::ServiceAtLocations => SERVICE_AT_LOCATIONS,
        HsdsKind::Organizations => ORGANIZATIONS,
        HsdsKind::Taxonomies => &PAGED,
        HsdsKind::TaxonomyTerms => TAXONOMY_TERMS,
    }
}

fn read_page(params: &QueryParams) -> Result<HsdsPage, HttpProblem> {
    let bad = |name, reason: &str| HttpProblem::BadParameter { name, reason: reason.to_owned() };
    let number = params.number("page", "a whole number, 1 or more")?.unwrap_or(1);
    if number == 0 {
        return Err(bad("page", "0 is not a whole number, 1 or more"));
    }
    let size = params.number("per_page", "a whole number from 1 to 1000")?.unwrap_or(DEFAULT_SIZE);
    if !(1..=MAX_SIZE).contains(&size) {
        return Err(bad("per_page", "it is not a whole number from 1 to 1000"));
    }
    match params.one("format")? {
        None | Some("json") => Ok(HsdsPage { number, size }),
        Some(_) => Err(bad("format", "json is the only one")),
    }
}

fn read_query(params: &QueryParams) -> Result<HsdsQuery, HttpProblem> {
    refuse_unknown_postcodes(params)?;
    // Nobody is told when a place was last edited, since what is hidden may have been; so every place may have changed since.
    read(params, "modified_after", "a date, or a date and time (2026-12-01T10:00:00+09:00)", moment)?;
    let id = |name| Ok::<_, HttpProblem>(params.one(name)?.map(str::to_owned));
    flag(params, "top_only")?;
    Ok(HsdsQuery {
        search: params.one("search")?.unwrap_or_default().to_owned(),
        taxonomy_term_id: id("taxonomy_term_id")?,
        taxonomy_id: id("taxonomy_id")?,
        organization_id: id("organization_id")?,
        parent_id: id("parent_id")?,
        minimum_age: read(params, "minimum_age", "an age in years", age)?,
        maximum_age: read(params, "maximum_age", "an age in years", age)?,
        start_time: read(params, "start_time", "a time of day (13:30)", time)?,
        end_time: read(params, "end_time", "a time of day (13:30)", time)?,
        day: read(params, "day", "MO, TU, WE, TH, FR, SA or SU", day)?,
        full: flag(params, "full")?,
        minimal: flag(params, "minimal")?,
        full_service: flag(params, "full_service")?,
    })
}

/// Where a postal code lies is not known here: places near one cannot be told from others.
fn refuse_unknown_postcodes(params: &QueryParams) -> Result<(), HttpProblem> {
    let bad = |name, reason: String| Err(HttpProblem::BadParameter { name, reason });
    match (params.one("postcode")?, params.one("proximity")?) {
        (None, None) => Ok(()),
        (None, Some(_)) => bad("proximity", "it needs `postcode`; /nearest finds places near a point".to_owned()),
        (Some(code), _) => {
            let code = shortened(code);
            bad("postcode", format!("where {code:?} lies is not known; /nearest finds places near a point"))
        }
    }
}

fn read<T>(
    params: &QueryParams,
    name: &'static str,
    must: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, HttpProblem> {
    let Some(text) = params.one(name)? else { return Ok(None) };
    let bad = || HttpProblem::BadParameter { name, reason: format!("{:?} is not {must}", shortened(text)) };
    parse(text).map(Some).ok_or_else(bad)
}

fn flag(params: &QueryParams, name: &'static str) -> Result<bool, HttpProblem> {
    let parse = |text: &str| match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    Ok(read(params, name, "true or false", parse)?.unwrap_or(false))
}

fn moment(text: &str) -> Option<()> {
    (DateTime::parse_from_rfc3339(text).is_ok() || text.parse::<NaiveDate>().is_ok()).then_some(())
}

fn age(text: &str) -> Option<f64> {
    text.parse().ok().filter(|age: &f64| age.is_finite() && *age >= 0.0)
}

fn time(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"].into_iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}

fn day(text: &str) -> Option<Weekday> {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        .iter()
        .position(|name| *name == text)
        .and_then(|day| Weekday::try_from(u8::try_from(day).ok()?).ok())
}
