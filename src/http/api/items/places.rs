//! Places of a collection: a page of features, a table for people, or a download.

use axum::response::Response;
use chrono::{NaiveDate, Utc};

use super::{DEFAULT_LIMIT, ItemsRequest, ItemsWindow, MAX_LIMIT, crs_of};
use crate::editor::now_in_japan;
use crate::http::HttpProblem;
use crate::http::api::download::{AnswerForm, ChosenFormat, DownloadName, describe};
use crate::http::api::service::check_language;
use crate::http::server::body::BodySlices;
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::http::server::respond;
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::order::sorted;
use crate::index::filter::parameters::FilterParameters;
use crate::index::{Filter, FilterAnswer};
use crate::publish::calendar::{CalendarWindow, calendar_of_places};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::{FormatError, PlaceFormat, collection_in};
use crate::publish::geojson::{self, CollectionPage};
use crate::publish::ogc::{HTML, ServedCollection};

/// The format that comes page by page.
const PAGES: FileFormat = FileFormat::Places(PlaceFormat::Geojson);

/// What one request wants of the places.
struct WantedPlaces<'a> {
    request: &'a ItemsRequest<'a>,
    responses: &'a PreparedResponses,
    filter: Filter,
    form: AnswerForm,
    window: ItemsWindow,
    today: NaiveDate,
}

/// The places that match the filter in the query.
pub(super) async fn answer(request: &ItemsRequest<'_>, responses: &PreparedResponses) -> Result<Response, HttpProblem> {
    let chosen = ChosenFormat::of(request.params.one("f")?, request.headers, &FileFormat::all().collect::<Vec<_>>())?;
    let wanted = WantedPlaces::read(request, responses, chosen.form)?;
    let _turn = if wanted.takes_long() { Some(request.app.shared.in_flight.turn().await?) } else { None };
    let mut response = match wanted.form {
        AnswerForm::Page => wanted.page(),
        AnswerForm::Data(format) => wanted.data(format)?,
    };
    if let AnswerForm::Data(format) = wanted.form {
        let name = DownloadName { categories: &wanted.filter.categories, districts: &wanted.filter.districts };
        describe(response.headers_mut(), &responses.snapshot, format, name);
    }
    super::describe(&mut response, &responses.snapshot, wanted.window.crs, chosen);
    Ok(response)
}

impl<'a> WantedPlaces<'a> {
    fn read(
        request: &'a ItemsRequest<'a>,
        responses: &'a PreparedResponses,
        form: AnswerForm,
    ) -> Result<Self, HttpProblem> {
        let pairs: Vec<(&str, &str)> = request.params.all().collect();
        let today = now_in_japan().date();
        let crs = crs_of(request.params)?;
        check_language(request.params)?;
        let has_points =
            matches!(form, AnswerForm::Page | AnswerForm::Data(PAGES | FileFormat::Places(PlaceFormat::JsonLines)));
        if crs.is_some_and(|crs| crs != CoordinateSystem::Crs84) && !has_points {
            let reason = "a table has columns of latitude and longitude, which are degrees of WGS 84".to_owned();
            return Err(HttpProblem::BadParameter { name: "crs", reason });
        }
        let is_page = matches!(form, AnswerForm::Page | AnswerForm::Data(PAGES));
        let params = request.params;
        let limit = if is_page { Some(params.limit_within(DEFAULT_LIMIT, MAX_LIMIT)?) } else { params.any_limit()? };
        let filter = FilterParameters::new(&pairs).filter(&responses.snapshot, today)?;
        let filter = match request.collection {
            ServedCollection::Category(id) => filter.within_category(id),
            _ => filter,
        };
        let (order, offset) = (request.order()?, request.offset()?);
        Ok(Self {
            request,
            responses,
            filter,
            form,
            today,
            window: ItemsWindow { crs: crs.unwrap_or_default(), order, offset, limit },
        })
    }

    /// Whether answering is more than slices of what is in memory.
    fn takes_long(&self) -> bool {
        let Filter { expression, dates, .. } = &self.filter;
        let is_features = self.form == AnswerForm::Data(PAGES);
        expression.is_some() || dates.is_some() || !self.window.order.is_empty() || !is_features
    }

    /// Everything beside the address that the answer depends on.
    fn tag(&self, format: FileFormat) -> String {
        let version = &self.responses.snapshot.version;
        let format = if format == PAGES { "" } else { format.ending() };
        let day = self.filter.today.filter(|_| self.filter.depends_on_day()).map(|today| today.to_string());
        let is_calendar = self.form == AnswerForm::Data(FileFormat::Calendar);
        let month = is_calendar.then(|| CalendarWindow::around(self.today).first().to_string());
        [version.as_str(), format, month.as_deref().unwrap_or_default(), day.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    }

    /// The places of the window, and all of the answer.
    fn rows(&self) -> (Vec<usize>, FilterAnswer) {
        let answer = self.responses.snapshot.answer(&self.filter);
        let ItemsWindow { order, offset, limit, .. } = &self.window;
        let limit = limit.unwrap_or(usize::MAX);
        if order.is_empty() {
            return (answer.certain.page(*offset, limit).iter().collect(), answer);
        }
        let all = sorted(&self.responses.snapshot, answer.certain.iter().collect(), order);
        let end = offset.saturating_add(limit).min(all.len());
        (all.get(*offset..end).unwrap_or_default().to_vec(), answer)
    }

    fn page(&self) -> Response {
        let (rows, answer) = self.rows();
        let matched = answer.certain.len();
        let links = self.request.page_links(&self.window, matched, &self.responses.snapshot.version, HTML);
        self.request.page(&self.responses.snapshot, (&rows, &self.window, matched), &links)
    }

    fn data(&self, format: FileFormat) -> Result<Response, HttpProblem> {
        let mut failure = None;
        let write = || {
            self.body(format).unwrap_or_else(|error| {
                failure = Some(error);
                BodySlices::default()
            })
        };
        let (app, headers, tag) = (self.request.app, self.request.headers, self.tag(format));
        let response = if format == PAGES {
            respond::generated_weakly(app, headers, (&tag, format.media()), write)
        } else {
            respond::generated_as(app, headers, (&tag, format.media()), write)
        };
        failure.map_or(Ok(response), |error| Err(error.into()))
    }

    fn body(&self, format: FileFormat) -> Result<BodySlices, FormatError> {
        let (snapshot, crs) = (&self.responses.snapshot, self.window.crs);
        if format == PAGES && crs == CoordinateSystem::Crs84 && self.window.order.is_empty() {
            let answer = snapshot.answer(&self.filter);
            let page = answer.certain.page(self.window.offset, self.window.limit.unwrap_or(usize::MAX));
            return Ok(self.responses.places(self.header(&answer, page.len()), &page));
        }
        let (rows, answer) = self.rows();
        if format == PAGES {
            let header = self.header(&answer, rows.len());
            return Ok(BodySlices::generated(collection_in(snapshot, rows.into_iter(), crs, &header)));
        }
        let written = match format {
            FileFormat::Places(format) => format.write(snapshot, rows.into_iter(), crs),
            FileFormat::Calendar => calendar_of_places(snapshot, &rows, self.today).map_err(FormatError::Calendar),
        };
        written.map(BodySlices::generated)
    }

    /// What comes before the features of a page.
    fn header(&self, answer: &FilterAnswer, returned: usize) -> Vec<u8> {
        let matched = answer.certain.len();
        geojson::page_header(&CollectionPage {
            returned,
            matched,
            unknown: self.filter.has_conditions().then(|| answer.unknown.len()),
            without_dates: self.filter.dates.map(|_| answer.without_dates),
            written_at: Utc::now(),
            links: self.request.page_links(&self.window, matched, &self.responses.snapshot.version, GEOJSON),
        })
    }
}
