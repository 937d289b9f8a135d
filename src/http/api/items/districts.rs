//! Districts: a page of features or a table for people.

use axum::response::Response;
use chrono::Utc;

use super::{DEFAULT_LIMIT, ItemsRequest, ItemsWindow, MAX_LIMIT, crs_of};
use crate::http::HttpProblem;
use crate::http::api::download::{AnswerForm, ChosenFormat};
use crate::http::api::service::check_language;
use crate::http::server::body::BodySlices;
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::http::server::respond;
use crate::index::Snapshot;
use crate::index::filter::order::sorted;
use crate::index::filter::parameters::FilterParameters;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::geojson::{self, CollectionPage};
use crate::publish::ogc::HTML;

/// The districts that match the filter in the query.
pub(super) async fn answer(request: &ItemsRequest<'_>, responses: &PreparedResponses) -> Result<Response, HttpProblem> {
    let params = request.params;
    let chosen = ChosenFormat::of(params.one("f")?, request.headers, &[FileFormat::Places(PlaceFormat::Geojson)])?;
    let crs = crs_of(params)?.unwrap_or_default();
    check_language(params)?;
    let limit = params.limit_within(DEFAULT_LIMIT, MAX_LIMIT)?;
    let window = ItemsWindow { crs, order: request.order()?, offset: request.offset()?, limit: Some(limit) };
    let snapshot = &responses.snapshot;
    let pairs: Vec<(&str, &str)> = params.all().collect();
    let condition = FilterParameters::new(&pairs).district_condition(snapshot)?;
    let _turn = request.app.shared.in_flight.turn().await?;
    let all = sorted(snapshot, snapshot.matching_districts(condition.as_ref()), &window.order);
    let rows: Vec<usize> = all.iter().copied().skip(window.offset).take(limit).collect();
    let mut response = match chosen.form {
        AnswerForm::Data(_) => features(request, snapshot, (&rows, &window, all.len())),
        AnswerForm::Page => {
            let links = request.page_links(&window, all.len(), &snapshot.version, HTML);
            request.page(snapshot, (&rows, &window, all.len()), &links)
        }
    };
    super::describe(&mut response, snapshot, crs, chosen);
    Ok(response)
}

fn features(
    request: &ItemsRequest<'_>,
    snapshot: &Snapshot,
    (rows, window, matched): (&[usize], &ItemsWindow, usize),
) -> Response {
    let page = CollectionPage {
        returned: rows.len(),
        matched,
        unknown: None,
        without_dates: None,
        written_at: Utc::now(),
        links: request.page_links(window, matched, &snapshot.version, GEOJSON),
    };
    let write = || {
        let header = geojson::page_header(&page);
        BodySlices::generated(geojson::districts_in(snapshot, rows, window.crs, &header))
    };
    respond::generated_weakly(request.app, request.headers, (&snapshot.version, GEOJSON), write)
}
