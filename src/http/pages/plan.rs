//! Handlers of the planners' page, its paper, its table as CSV, and the answer for a dragged pin.
//!
//! They compute over all places and areas, so they run on the blocking thread pool. Each address answers from its audience's own
//! snapshot.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;

use super::{HTML, QueryPairs};
use crate::editor::now_in_japan;
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::quality::QualityFlaw;
use crate::gaps::unmet::NeedLedger;
use crate::gaps::{GapOptionError, PlannerData};
use crate::http::params::parse_number;
use crate::http::released::{need_ledger, result_table};
use crate::http::server::prepared::{JSON, PreparedResponse};
use crate::http::server::respond;
use crate::http::state::PreparedPlanner;
use crate::http::{AppState, HttpProblem, InternalState};
use crate::index::Snapshot;
use crate::model::{Audience, DistrictId, Language, Month, Position};
use crate::publish::html::plan::{
    self, GapTableFile, PlanNeeds, PlanQuery, PlanRecords, StarterChoice, WorkListChoice,
};
use crate::publish::html::unmet;
use crate::publish::page_file::{LinkTargets, PAGE_ENDING, relative_links};

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How many quarters of results the page shows: those of a year that are over.
const RESULT_QUARTERS: u16 = 4;

/// What writes a page from a snapshot, its population and the state of the page.
type PlanWriter = fn(&Snapshot, Option<&PlannerData>, &PlanQuery) -> String;

/// What a request is about: a snapshot of one moment, its population if there is one, and the state of the page.
struct PlanRequest {
    snapshot: Arc<Snapshot>,
    planner: Option<Arc<PreparedPlanner>>,
    query: PlanQuery,
}

impl PlanRequest {
    /// Reads the query. The internal address also answers as the public one would, for `audience=public`; elsewhere that means
    /// nothing.
    ///
    /// Numbers are as of the first day of the month, so that a file holds what the server answers all month long.
    fn new(app: &AppState, mut pairs: Vec<(String, String)>) -> Self {
        let mut audience = app.audience;
        if audience != Audience::Public {
            let chosen = |(name, value): &(String, String)| {
                let known = [Audience::Public, app.audience].into_iter().find(|it| it.code() == value);
                known.filter(|_| name == "audience")
            };
            pairs.retain(|pair| chosen(pair).inspect(|it| audience = *it).is_none());
        }
        let planner = app.planner(audience);
        let snapshot =
            planner.as_ref().map_or_else(|| app.snapshots.load(audience), |it| Arc::clone(it.data.snapshot()));
        let query = PlanQuery::parse(&pairs, &snapshot, this_month().first_day());
        let query = PlanQuery { audience: Some(audience).filter(|it| *it != app.audience), ..query };
        Self { snapshot, planner, query }
    }

    /// The population, or a problem where there is none.
    fn data(&self) -> Result<&PlannerData, HttpProblem> {
        self.known_data().ok_or(HttpProblem::NoPopulation)
    }

    /// The population, if there is one.
    fn known_data(&self) -> Option<&PlannerData> {
        self.planner.as_ref().map(|planner| &planner.data)
    }
}

pub(in crate::http) async fn show(
    state: State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    query: QueryPairs,
) -> PlanResponse {
    page(state, (uri, headers), query, |snapshot, data, query| plan::plan_page(snapshot, data, None, query)).await
}

/// Handler: the page on the internal address, with unmet needs beside supply. It reads the record of unmet needs, which is in no
/// snapshot.
pub(in crate::http) async fn show_with_needs(
    State(internal): State<InternalState>,
    uri: Uri,
    Query(pairs): QueryPairs,
) -> PlanResponse {
    let show = move || -> Result<Response, HttpProblem> {
        let pairs = in_language_of(&uri, pairs);
        let request = PlanRequest::new(internal.app(), pairs);
        let PlanRequest { snapshot, query, .. } = &request;
        let needs = plan_needs(&internal, snapshot, query)?;
        let records = needs.map(|needs| plan_records(&internal, snapshot, needs)).transpose()?;
        let page = plan::plan_page(snapshot, request.known_data(), records.as_ref(), query);
        Ok(respond::no_store(HTML, linked(&uri, page)))
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| HttpProblem::Internal)?
}

/// Handler: one sheet to print about what could begin in a district.
pub(in crate::http) async fn show_starters(
    State(internal): State<InternalState>,
    Query(mut pairs): QueryPairs,
) -> PlanResponse {
    let mut take = |name: &str| {
        let at = pairs.iter().position(|(key, _)| key == name);
        at.map(|at| pairs.remove(at).1)
    };
    let (district, interest) = (take("district"), take("interest"));
    let interest = interest.ok_or(HttpProblem::MissingParameter { name: "interest" })?;
    let show = move || -> Result<Response, HttpProblem> {
        let (snapshot, public) = (internal.app().snapshot(), internal.public_snapshot());
        let district = district.map(|code| known_district(&snapshot, code)).transpose()?;
        if !unmet::groups(internal.thesaurus()).contains(&interest.as_str()) {
            let reason = "must be a term of interests.csv that has no broader one".to_owned();
            return Err(HttpProblem::BadParameter { name: "interest", reason });
        }
        let query = PlanQuery::parse(&pairs, &snapshot, now_in_japan().date());
        // Without a record the sheet has no number.
        let ledger = NeedLedger::default();
        let needs = plan_needs(&internal, &snapshot, &query)?
            .unwrap_or_else(|| PlanNeeds::new(&snapshot, &ledger, internal.thesaurus(), this_month(), query.reach_m));
        let choice = StarterChoice { district, interest };
        let sheet = plan::starters_page((&snapshot, &public), (&needs, internal.thesaurus()), &choice, &query);
        Ok(respond::no_store(HTML, sheet))
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| HttpProblem::Internal)?
}

/// Handler: the released needs by quarter, district, interest and reason as CSV.
pub(in crate::http) async fn needs_csv(State(internal): State<InternalState>) -> PlanResponse {
    let table = move || -> Result<Vec<u8>, HttpProblem> {
        let ledger = need_ledger(&internal)?;
        Ok(plan::needs_csv(&internal.app().snapshot(), &ledger, this_month()))
    };
    let table = tokio::task::spawn_blocking(table).await.map_err(|_| HttpProblem::Internal)??;
    Ok(attachment(CSV, "attachment; filename=\"plan-unmet.csv\"", table))
}

fn this_month() -> Month {
    Month::of(now_in_japan().date())
}

fn known_district(snapshot: &Snapshot, code: String) -> Result<DistrictId, HttpProblem> {
    let id = DistrictId(code);
    let reason = || "must be the code of a district; they are listed at /districts.geojson".to_owned();
    let known = snapshot.districts.by_id(&id).is_some();
    if known { Ok(id) } else { Err(HttpProblem::BadParameter { name: "district", reason: reason() }) }
}

/// The unmet needs beside supply; `None` where this server keeps no record.
fn plan_needs(
    internal: &InternalState,
    snapshot: &Snapshot,
    query: &PlanQuery,
) -> Result<Option<PlanNeeds>, HttpProblem> {
    if internal.reports().is_err() {
        return Ok(None);
    }
    let ledger = need_ledger(internal)?;
    Ok(Some(PlanNeeds::new(snapshot, &ledger, internal.thesaurus(), this_month(), query.reach_m)))
}

/// The needs with what became of referrals in the same time.
fn plan_records(internal: &InternalState, snapshot: &Snapshot, needs: PlanNeeds) -> Result<PlanRecords, HttpProblem> {
    let period = MonthPeriod::last_quarters(this_month(), RESULT_QUARTERS);
    Ok(PlanRecords { needs, results: result_table(internal, snapshot, period)? })
}

fn attachment(kind: &'static str, name: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = respond::no_store(kind, bytes);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    response
}

pub(in crate::http) async fn show_report(
    state: State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    query: QueryPairs,
) -> PlanResponse {
    page(state, (uri, headers), query, plan::plan_report).await
}

type PlanResponse = Result<Response, HttpProblem>;

async fn page(
    State(app): State<AppState>,
    (uri, headers): (Uri, HeaderMap),
    Query(pairs): QueryPairs,
    write: PlanWriter,
) -> PlanResponse {
    let show = move || {
        let pairs = in_language_of(&uri, pairs);
        // The data may be newer than the prepared responses for one request after a reload; its own snapshot is then shown.
        let request = PlanRequest::new(&app, pairs);
        let PlanRequest { snapshot, planner, query } = &request;
        let written = || linked(&uri, write(snapshot, request.known_data(), query));
        match planner {
            // What means nothing is named on the page, so that such pages are as many as clients like.
            Some(planner) if query.unused.is_empty() => {
                let key = format!("{} {}", query.options.from, query.url(uri.path(), snapshot));
                let page = planner.pages.page(key, || PreparedResponse::recent(HTML, written().into()));
                respond::recent(&app, &headers, &page)
            }
            _ => respond::page(&app, &headers, (None, HTML), |_| written()),
        }
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| HttpProblem::Internal)
}

/// Handler: what changed since a day as CSV.
pub(in crate::http) async fn change_csv(State(app): State<AppState>, Query(pairs): QueryPairs) -> PlanResponse {
    let table = move || {
        let request = PlanRequest::new(&app, pairs);
        plan::change_csv(request.data()?, &request.query).ok_or(HttpProblem::NoHistory)
    };
    let table = tokio::task::spawn_blocking(table).await.map_err(|_| HttpProblem::Internal)??;
    Ok(attachment(CSV, "attachment; filename=\"plan-change.csv\"", table))
}

/// Handler: districts by category as CSV.
pub(in crate::http) async fn csv(state: State<AppState>, query: QueryPairs) -> PlanResponse {
    let table = gap_table(state, query, GapTableFile::Csv).await?;
    Ok(attachment(CSV, "attachment; filename=\"plan.csv\"", table))
}

/// Handler: the same as an Excel workbook.
pub(in crate::http) async fn xlsx(state: State<AppState>, query: QueryPairs) -> PlanResponse {
    let table = gap_table(state, query, GapTableFile::Xlsx).await?;
    Ok(attachment(XLSX, "attachment; filename=\"plan.xlsx\"", table))
}

async fn gap_table(
    State(app): State<AppState>,
    Query(pairs): QueryPairs,
    file: GapTableFile,
) -> Result<Vec<u8>, HttpProblem> {
    let table = move || {
        let request = PlanRequest::new(&app, pairs);
        plan::gap_table(request.data()?, &request.query, file).map_err(|error| bad_option(&error))
    };
    tokio::task::spawn_blocking(table).await.map_err(|_| HttpProblem::Internal)?
}

/// Handler: the places of which something is missing.
pub(in crate::http) async fn work_list(
    State(app): State<AppState>,
    uri: Uri,
    Query(pairs): QueryPairs,
) -> PlanResponse {
    let mut pairs = in_language_of(&uri, pairs);
    let mut take = |name: &str| {
        let at = pairs.iter().position(|(key, _)| key == name);
        at.map(|at| pairs.remove(at).1)
    };
    let (what, list, unit) = (take("what"), take("of_list"), take("of_district"));
    let named = uri.path().strip_prefix("/plan/work-list/").and_then(|file| file.split('.').next());
    let what = named.map(ToOwned::to_owned).or(what).ok_or(HttpProblem::MissingParameter { name: "what" })?;
    let flaw = QualityFlaw::from_code(&what).ok_or_else(|| {
        let reason = format!("must be one of {}", QualityFlaw::ALL.map(QualityFlaw::code).join(", "));
        HttpProblem::BadParameter { name: "what", reason }
    })?;
    let choice = WorkListChoice { flaw, list, unit };
    let page = move || {
        let request = PlanRequest::new(&app, pairs);
        plan::work_list_page(request.data()?, &request.query, &choice).map_err(|error| bad_option(&error))
    };
    let page = tokio::task::spawn_blocking(page).await.map_err(|_| HttpProblem::Internal)??;
    Ok(respond::no_store(HTML, linked(&uri, page)))
}

/// The pairs of a query with the language that the name of a file says.
fn in_language_of(uri: &Uri, mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    if uri.path().ends_with(PAGE_ENDING) {
        let lang = if uri.path().ends_with(".en.html") { Language::En } else { Language::Ja };
        pairs.retain(|(name, _)| name != "lang");
        pairs.push(("lang".to_owned(), lang.code().to_owned()));
    }
    pairs
}

/// A page as its file, with relative links, where that is what was requested.
fn linked(uri: &Uri, page: String) -> String {
    if !uri.path().ends_with(PAGE_ENDING) {
        return page;
    }
    relative_links(&page, LinkTargets { depth: uri.path().matches('/').count() - 1, place_pages: true })
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
        let request = PlanRequest::new(&app, pairs);
        plan::what_if(request.data()?, &request.query, position).map_err(|error| bad_option(&error))
    };
    let answer = tokio::task::spawn_blocking(answer).await.map_err(|_| HttpProblem::Internal)??;
    Ok(respond::no_store(JSON, answer))
}

fn bad_option(error: &GapOptionError) -> HttpProblem {
    HttpProblem::BadParameter { name: "age", reason: error.to_string() }
}
