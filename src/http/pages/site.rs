//! Handlers of the pages and files of the site: by their routes (`/places/x?lang=en`) and by the names of their files
//! (`/places/x.en.html`), with the same bytes.
//!
//! Papers leave the office, so that both addresses print the public snapshot.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{ACCEPT_LANGUAGE, VARY};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::Response;

use super::missing;
use crate::editor::now_in_japan;
use crate::http::api::{calendars, service};
use crate::http::server::prepared::PreparedResponses;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Snapshot;
use crate::model::{Audience, Language, Month, PlaceId};
use crate::publish::file_format::FileFormat;
use crate::publish::html::{PageView, chosen_district};
use crate::publish::media_types::HTML;
use crate::publish::page_file::{PAGE_ENDING, SitePage};
use crate::publish::site::{SiteFile, SiteSource, site_file_at, write_directory_without, write_page};

type UriPairs = Vec<(String, String)>;

/// Handler: a page, by its route or its file; with the ending of calendars, the calendar of a place.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let of_place = uri.path().strip_prefix("/places/").and_then(FileFormat::of_file);
    if let Some((id, FileFormat::Calendar)) = of_place {
        return calendars::of_place(&app, &headers, PlaceId(id.to_owned())).await;
    }
    let is_landing = uri.path() == "/";
    if is_landing && let Some(landing) = landing(&app, &uri, &headers) {
        return landing;
    }
    let mut response = page(&app, &uri, &headers).await?;
    if is_landing {
        service::put_landing_links(response.headers_mut(), &app.snapshot(), &headers);
    }
    Ok(response)
}

/// The landing page of the service for programs, where the request wants that.
fn landing(app: &AppState, uri: &Uri, headers: &HeaderMap) -> Option<Result<Response, HttpProblem>> {
    let Query(pairs) = Query::<UriPairs>::try_from_uri(uri).unwrap_or_default();
    let f = pairs.iter().find(|(name, _)| name == "f").map(|(_, value)| value.as_str());
    service::landing(app, headers, f)
}

/// The page at `uri`; the page for status 404 where there is none.
pub(in crate::http) async fn page(app: &AppState, uri: &Uri, headers: &HeaderMap) -> Result<Response, HttpProblem> {
    let Some(request) = PageRequest::read(app, uri, headers) else { return Ok(missing(app, headers)) };
    let known = request.key().and_then(|key| request.responses.cached_page(&key));
    let mut response = if let Some(known) = known {
        respond::prepared(app, headers, &known)
    } else {
        let _turn = app.shared.in_flight.turn().await?;
        let (state, headers) = (app.clone(), headers.clone());
        // Maps of hundreds of places are drawn on the blocking thread pool.
        let make = move || request.answer(&state, &headers);
        tokio::task::spawn_blocking(make).await.map_err(|_| HttpProblem::Internal)?.ok_or(HttpProblem::NotFound)?
    };
    let is_file = uri.path().ends_with(PAGE_ENDING);
    let vary = if is_file { "accept-encoding" } else { "accept-encoding, accept-language" };
    response.headers_mut().insert(VARY, HeaderValue::from_static(vary));
    Ok(response)
}

/// A page in a state.
struct PageRequest {
    /// Where the page is kept: with the snapshot that it is made from.
    responses: Arc<PreparedResponses>,
    /// The snapshot that it is made from; that of the public for papers.
    snapshot: Arc<Snapshot>,
    page: SitePage,
    view: PageView,
    /// How many folders below the root the request has the page.
    depth: usize,
    month: Month,
    /// Whether the query says nothing but the language.
    is_plain: bool,
    /// What the query calls a district that there is not.
    unknown_district: Option<String>,
}

impl PageRequest {
    /// Reads an address; `None` where there is no such page.
    fn read(app: &AppState, uri: &Uri, headers: &HeaderMap) -> Option<Self> {
        let Query(pairs) = Query::<UriPairs>::try_from_uri(uri).unwrap_or_default();
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut view = PageView::parse(&pairs, accepted);
        let responses = app.prepared_responses();
        let (page, language) = SitePage::at(uri.path(), view.lang, &responses.snapshot)?;
        let is_paper = page.is_paper();
        let snapshot = if is_paper { app.snapshots.load(Audience::Public) } else { Arc::clone(&responses.snapshot) };
        // Planners' pages have handlers of their own.
        if !page.exists(&snapshot) || page.is_of_planners() {
            return None;
        }
        let today = now_in_japan().date();
        (view.lang, view.lang_chosen, view.embedded) = (language, true, page == SitePage::Embed);
        view.filter.today = Some(today);
        let depth = uri.path().matches('/').count() - 1;
        let is_plain = pairs.iter().all(|(name, _)| name == "lang");
        let month = Month::of(today);
        let read = Self { responses, snapshot, page, view, depth, month, is_plain, unknown_district: None };
        Some(read.named_by_query(&pairs))
    }

    /// The page that the query of another one names.
    fn named_by_query(self, pairs: &UriPairs) -> Self {
        let of = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let page = match &self.page {
            SitePage::Month(None) => of("month").and_then(|it| it.parse().ok()).map(|it| SitePage::Month(Some(it))),
            SitePage::Door(None) => of("town").map(|town| SitePage::Door(Some(town.to_owned()))),
            SitePage::LinkWorkers(None) => match of("district") {
                Some(name) => match chosen_district(&self.snapshot, name) {
                    Some(district) => Some(SitePage::LinkWorkers(Some(district.id.clone()))),
                    None => return Self { unknown_district: Some(name.to_owned()), ..self },
                },
                None => None,
            },
            _ => None,
        };
        let is_plain = self.is_plain || matches!(page, Some(SitePage::LinkWorkers(_)));
        Self { page: page.unwrap_or_else(|| self.page.clone()), is_plain, ..self }
    }

    /// The key under which the page is kept; `None` for one that depends on what a client wrote, or is one of very many.
    fn key(&self) -> Option<String> {
        let is_one_of_many = matches!(self.page, SitePage::Place(PlaceId(_)) | SitePage::Door(Some(_)));
        let is_kept = self.is_plain && self.unknown_district.is_none() && !is_one_of_many && !self.page.is_paper();
        is_kept.then(|| format!("{} {} {}", self.page.path(self.view.lang), self.depth, self.month))
    }

    /// The page, kept where it may be; `None` where the snapshot does not have it.
    fn answer(&self, app: &AppState, headers: &HeaderMap) -> Option<Response> {
        let html = self.write(app)?;
        Some(match self.key() {
            Some(key) => respond::prepared(app, headers, &self.responses.page(&key, HTML, |_| html.into_bytes())),
            None => respond::page(app, headers, (None, HTML), |_| html),
        })
    }

    fn write(&self, app: &AppState) -> Option<String> {
        let source =
            SiteSource { snapshot: &self.snapshot, content: &app.city_content, month: self.month, planner: None };
        if let Some(name) = &self.unknown_district {
            return Some(write_directory_without(source, name, self.depth));
        }
        // A month of which there is no page is the current one.
        let current = || SitePage::Month(None);
        let has_month = |month: &Month| crate::publish::html::month::months_from(self.month).contains(month);
        match &self.page {
            SitePage::Month(Some(month)) if !has_month(month) && !self.is_plain => {
                write_page(source, &current(), &self.view, self.depth)
            }
            page => write_page(source, page, &self.view, self.depth),
        }
    }
}

/// Handler: a file that is no page: search data, style sheet of the categories, and what browsers and robots look for.
pub(in crate::http) async fn show_file(
    State(app): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let Query(pairs) = Query::<UriPairs>::try_from_uri(&uri).unwrap_or_default();
    let language = pairs.iter().rev().find(|(name, _)| name == "lang").and_then(|(_, code)| Language::from_code(code));
    // Nothing of the internal address is kept in a browser.
    if uri.path() == "/service-worker.js" && app.audience != Audience::Public {
        return Err(HttpProblem::NotFound);
    }
    let responses = app.prepared_responses();
    let month = Month::of(now_in_japan().date());
    let source = SiteSource { snapshot: &responses.snapshot, content: &app.city_content, month, planner: None };
    let file: SiteFile = site_file_at(uri.path(), language, source).ok_or(HttpProblem::NotFound)?;
    let key = format!("{} {month}", file.path);
    let made = responses.try_page(&key, file.media, |_| file.bytes(source)).map_err(|_| HttpProblem::Internal)?;
    Ok(respond::prepared(&app, &headers, &made))
}
