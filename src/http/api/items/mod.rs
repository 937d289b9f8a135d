//! `GET /collections/places/items` and `/collections/places/items/{id}`: filtered features in the form of OGC API – Features, and
//! downloads of the same places in other formats.

mod links;

use std::sync::LazyLock;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use chrono::NaiveDate;

use self::links::{item_links, page_links};
use super::download::{ChosenFormat, DownloadName, describe};
use super::places::path_parameters;
use crate::editor::now_in_japan;
use crate::http::params::{QueryParams, shortened};
use crate::http::server::body::BodySlices;
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::order::{SortKey, sorted};
use crate::index::filter::parameters::{FILTER_PARAMETERS, FilterParameters, sort_keys};
use crate::index::{Filter, FilterAnswer};
use crate::model::PlaceId;
use crate::publish::calendar::{CalendarWindow, calendar_of_places};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::{FormatError, PlaceFormat, collection_in};
use crate::publish::geojson::{self, CollectionPage};

/// Page size where the client gives none.
const DEFAULT_LIMIT: usize = 100;
/// Largest page size of features.
const MAX_LIMIT: usize = 10_000;

/// All parameters: those of pages, then those of filters.
static KNOWN: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| ["limit", "offset", "f", "crs", "sortby"].into_iter().chain(FILTER_PARAMETERS.clone()).collect());

/// The format that comes page by page.
const PAGES: FileFormat = FileFormat::Places(PlaceFormat::Geojson);

/// What one request wants of the places.
struct ItemRequest {
    filter: Filter,
    format: FileFormat,
    crs: CoordinateSystem,
    order: Vec<SortKey>,
    offset: usize,
    /// `None`: all that match.
    limit: Option<usize>,
    today: NaiveDate,
}

/// Handler: the places that match the filter in the query, a page of features or a download.
pub(in crate::http) async fn list(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    let params = QueryParams::read(request.uri(), &KNOWN)?;
    let responses = app.prepared_responses();
    let ChosenFormat { format, by_accept } = ChosenFormat::of(params.one("f")?, request.headers())?;
    let wanted = ItemRequest::read(&params, &responses, format)?;
    let _turn = if wanted.takes_long() { Some(app.shared.in_flight.turn().await?) } else { None };
    let mut failure = None;
    let write = || {
        wanted.body(&responses, &params).unwrap_or_else(|error| {
            failure = Some(error);
            BodySlices::default()
        })
    };
    let tag = wanted.tag(&responses);
    let mut response = respond::generated_as(&app, request.headers(), (&tag, format.media()), write);
    if let Some(error) = failure {
        return Err(error.into());
    }
    let headers = response.headers_mut();
    let name = DownloadName { categories: &wanted.filter.categories, districts: &wanted.filter.districts };
    describe(headers, &responses.snapshot, format, name);
    if let Ok(crs) = HeaderValue::from_str(&format!("<{}>", wanted.crs.uri())) {
        headers.insert("content-crs", crs);
    }
    if by_accept {
        headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    }
    Ok(response)
}

/// Handler: one place as a feature.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = PlaceId(path_parameters(id)?);
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let no_such = || HttpProblem::NoSuch { what: "place", id: shortened(&id.0), hint: "/places.geojson lists them" };
    let place = responses.snapshot.position_of(&id).ok_or_else(no_such)?;
    let write = || BodySlices::generated(geojson::feature(&responses.snapshot, place, &item_links(&responses, &id)));
    Ok(respond::generated(&app, request.headers(), (&responses, GEOJSON), write))
}

impl ItemRequest {
    fn read(params: &QueryParams, responses: &PreparedResponses, format: FileFormat) -> Result<Self, HttpProblem> {
        let pairs: Vec<(&str, &str)> = params.all().collect();
        let bad = |name| move |reason| HttpProblem::BadParameter { name, reason };
        let crs = params.one("crs")?.map(CoordinateSystem::from_name).transpose().map_err(bad("crs"))?;
        let has_points = matches!(format, FileFormat::Places(PlaceFormat::Geojson | PlaceFormat::JsonLines));
        if crs.is_some_and(|crs| crs != CoordinateSystem::Crs84) && !has_points {
            let reason =
                format!("{} has columns of latitude and longitude, which are degrees of WGS 84", format.name());
            return Err(HttpProblem::BadParameter { name: "crs", reason });
        }
        let is_page = format == PAGES;
        let limit = if is_page { Some(params.limit(DEFAULT_LIMIT, MAX_LIMIT)?) } else { params.any_limit()? };
        let today = now_in_japan().date();
        Ok(Self {
            today,
            filter: FilterParameters::new(&pairs).filter(&responses.snapshot, today)?,
            format,
            crs: crs.unwrap_or_default(),
            order: params.one("sortby")?.map(sort_keys).transpose().map_err(bad("sortby"))?.unwrap_or_default(),
            offset: params.number("offset", "a whole number, 0 or more")?.unwrap_or(0),
            limit,
        })
    }

    /// Whether answering is more than slices of what is in memory.
    fn takes_long(&self) -> bool {
        let Filter { expression, dates, .. } = &self.filter;
        expression.is_some() || dates.is_some() || !self.order.is_empty() || self.format != PAGES
    }

    /// Everything beside the address that the answer depends on.
    fn tag(&self, responses: &PreparedResponses) -> String {
        let version = &responses.snapshot.version;
        let format = if self.format == PAGES { "" } else { self.format.ending() };
        let day = self.filter.today.filter(|_| self.filter.depends_on_day()).map(|today| today.to_string());
        let month =
            (self.format == FileFormat::Calendar).then(|| CalendarWindow::around(self.today).first().to_string());
        [version.as_str(), format, month.as_deref().unwrap_or_default(), day.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    }

    fn body(&self, responses: &PreparedResponses, params: &QueryParams) -> Result<BodySlices, FormatError> {
        let snapshot = &responses.snapshot;
        let answer = snapshot.answer(&self.filter);
        let limit = self.limit.unwrap_or(usize::MAX);
        if self.order.is_empty() {
            let page = answer.certain.page(self.offset, limit);
            if self.format == PAGES && self.crs == CoordinateSystem::Crs84 {
                return Ok(responses.places(self.header(responses, params, &answer, page.len()), &page));
            }
            let places: Vec<usize> = page.iter().collect();
            return self.written(responses, params, &answer, &places);
        }
        let all = sorted(snapshot, answer.certain.iter().collect(), &self.order);
        let end = self.offset.saturating_add(limit).min(all.len());
        let places = all.get(self.offset..end).unwrap_or_default();
        self.written(responses, params, &answer, places)
    }

    /// The places in this order.
    fn written(
        &self,
        responses: &PreparedResponses,
        params: &QueryParams,
        answer: &FilterAnswer,
        places: &[usize],
    ) -> Result<BodySlices, FormatError> {
        let snapshot = &responses.snapshot;
        let in_order = places.iter().copied();
        let bytes = match self.format {
            PAGES => {
                let header = self.header(responses, params, answer, places.len());
                Ok(collection_in(snapshot, in_order, self.crs, &header))
            }
            FileFormat::Places(format) => format.write(snapshot, in_order, self.crs),
            FileFormat::Calendar => calendar_of_places(snapshot, places, self.today).map_err(FormatError::Calendar),
        };
        bytes.map(BodySlices::generated)
    }

    /// What comes before the features of a page.
    fn header(
        &self,
        responses: &PreparedResponses,
        params: &QueryParams,
        answer: &FilterAnswer,
        returned: usize,
    ) -> Vec<u8> {
        let matched = answer.certain.len();
        geojson::page_header(&CollectionPage {
            returned,
            matched,
            unknown: self.filter.has_conditions().then(|| answer.unknown.len()),
            without_dates: self.filter.dates.map(|_| answer.without_dates),
            links: page_links(responses, params, (self.offset, self.limit.unwrap_or(matched)), matched),
        })
    }
}
