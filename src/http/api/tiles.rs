//! `GET /tiles/WebMercatorQuad/{z}/{y}/{x}` and the same of a collection: vector tiles, their sets and matrices; all of them as
//! `/places.pmtiles`.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use super::service::{DocumentForm, DocumentRequest, known_collection};
use crate::editor::now_in_japan;
use crate::http::params::{QueryParams, path_parameters};
use crate::http::server::prepared::{JSON, PreparedResponses};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Filter;
use crate::index::filter::parameters::FilterParameters;
use crate::index::filter::queryables::FilterSubject;
use crate::publish::html::service::document_page;
use crate::publish::ogc::{
    ServedCollection, ServedTileset, TILE_MATRIX_SET, matrix_set_document, matrix_sets_document, tile_json,
    tile_parameters, tileset_document, tilesets_document,
};
use crate::publish::tiles::{MVT, PMTILES, TILES_VERSION, TileAddress, TileContent, tile};

/// The path parameters of a tile: zoom, row, column.
type TileParts = (String, String, String);

/// Handler: the tile matrix sets.
pub(in crate::http) async fn matrix_sets(
    State(app): State<AppState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    let document = matrix_sets_document(&wanted.service);
    Ok(wanted.answer("/tileMatrixSets", (wanted.text("service.matrices"), JSON), document_page, &document))
}

/// Handler: the one tile matrix set.
pub(in crate::http) async fn matrix_set(
    State(app): State<AppState>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read(&app, &snapshot, &request)?;
    let path = format!("/tileMatrixSets/{TILE_MATRIX_SET}");
    Ok(wanted.answer(&path, (TILE_MATRIX_SET.to_owned(), JSON), document_page, &matrix_set_document()))
}

/// Handler: the sets of tiles of all data.
pub(in crate::http) async fn tilesets(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    tilesets_of(&app, &request, &ServedTileset(None))
}

/// Handler: the sets of tiles of a collection.
pub(in crate::http) async fn tilesets_of_collection(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let collection = known_collection(&app.snapshot(), &path_parameters(id)?)?;
    tilesets_of(&app, &request, &ServedTileset(Some(collection)))
}

/// Handler: the set of tiles of all data.
pub(in crate::http) async fn tileset(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    tileset_of(&app, &request, &ServedTileset(None))
}

/// Handler: the set of tiles of a collection.
pub(in crate::http) async fn tileset_of_collection(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let collection = known_collection(&app.snapshot(), &path_parameters(id)?)?;
    tileset_of(&app, &request, &ServedTileset(Some(collection)))
}

fn tilesets_of(app: &AppState, request: &Request, tileset: &ServedTileset) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read(app, &snapshot, request)?;
    let document = tilesets_document(&snapshot, &wanted.service, tileset);
    Ok(wanted.answer(&tileset.path(), (wanted.text("service.tiles"), JSON), document_page, &document))
}

fn tileset_of(app: &AppState, request: &Request, tileset: &ServedTileset) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let wanted = DocumentRequest::read_with(app, &snapshot, request, &["tilejson"])?;
    let document = if wanted.form == DocumentForm::Other("tilejson") {
        tile_json(&snapshot, &wanted.service, tileset)
    } else {
        tileset_document(&snapshot, &wanted.service, tileset)
    };
    let path = format!("{}/{TILE_MATRIX_SET}", tileset.path());
    Ok(wanted.answer(&path, (wanted.text("service.tiles"), JSON), document_page, &document))
}

/// Handler: a tile of all data.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    parts: Result<Path<TileParts>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let parts = path_parameters(parts)?;
    tile_of(&app, (request.uri(), request.headers()), &ServedTileset(None), &parts).await
}

/// Handler: a tile of a collection.
pub(in crate::http) async fn show_of_collection(
    State(app): State<AppState>,
    parts: Result<Path<(String, String, String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let (id, zoom, row, column) = path_parameters(parts)?;
    let collection = known_collection(&app.snapshot(), &id)?;
    tile_of(&app, (request.uri(), request.headers()), &ServedTileset(Some(collection)), &(zoom, row, column)).await
}

async fn tile_of(
    app: &AppState,
    (uri, headers): (&Uri, &HeaderMap),
    tileset: &ServedTileset,
    (zoom, row, column): &TileParts,
) -> Result<Response, HttpProblem> {
    let at = TileAddress::parse(zoom, row, column)?;
    let subject = tileset.0.as_ref().map_or(FilterSubject::Place, ServedCollection::subject);
    let params = QueryParams::read(uri, tile_parameters(subject))?;
    let responses = app.prepared_responses();
    let path = uri.path();
    let is_plain = params.all().next().is_none();
    if let Some(kept) = responses.tiles.kept(path).filter(|_| is_plain) {
        return Ok(respond::packed(app, headers, (&tag(&responses, None), MVT), kept));
    }
    let (content, day) = content(tileset, &params, &responses)?;
    let _turn = app.shared.in_flight.turn().await?;
    let make = || tile(&responses.snapshot, &content, at);
    let bytes = if is_plain { responses.tiles.tile(path, make) } else { make().unwrap_or_default().into() };
    Ok(respond::packed(app, headers, (&tag(&responses, day), MVT), bytes))
}

/// What the tiles show under these parameters, and the day where it depends on that.
fn content(
    tileset: &ServedTileset,
    params: &QueryParams,
    responses: &PreparedResponses,
) -> Result<(TileContent, Option<String>), HttpProblem> {
    let pairs: Vec<(&str, &str)> = params.all().collect();
    let parameters = FilterParameters::new(&pairs);
    if tileset.0 == Some(ServedCollection::Districts) {
        let condition = parameters.district_condition(&responses.snapshot)?;
        return Ok((tileset.content(Filter::default(), condition), None));
    }
    let today = now_in_japan().date();
    let filter = parameters.filter(&responses.snapshot, today)?;
    let day = filter.depends_on_day().then(|| today.to_string());
    let filter = match &tileset.0 {
        Some(ServedCollection::Category(id)) => filter.within_category(id),
        _ => filter,
    };
    Ok((tileset.content(filter, None), day))
}

fn tag(responses: &PreparedResponses, day: Option<String>) -> String {
    let version = &responses.snapshot.version;
    let day = day.map(|day| format!("-{day}")).unwrap_or_default();
    format!("{version}-t{TILES_VERSION}{day}")
}

/// Handler: all tiles as a PMTiles archive, whole or in parts.
pub(in crate::http) async fn archive(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let bytes = responses.archive.bytes(&responses.snapshot).await?;
    Ok(respond::in_parts(&app, request.headers(), (&tag(&responses, None), PMTILES), &bytes))
}
