//! `GET /opendata/…`: the lists of the municipal standard, and `GET /dcat.jsonld`, which describes all open data.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::places::kept;
use crate::http::params::{QueryParams, path_parameters, shortened};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::municipal::MunicipalFile;
use crate::publish::resources::{CATALOG, municipal_resource};

/// Handler: the catalogue.
pub(in crate::http) async fn catalog(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    Ok(respond::prepared(&app, request.headers(), app.prepared_responses().required(CATALOG)))
}

/// Handler: one of the lists, made at its first request in a month.
pub(in crate::http) async fn municipal(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let name = path_parameters(file)?;
    QueryParams::read(request.uri(), &[])?;
    let snapshot = app.snapshot();
    let no_such =
        || HttpProblem::NoSuch { what: "list", id: shortened(&name), hint: "/dcat.jsonld lists those that exist" };
    let found = MunicipalFile::ALL.into_iter().find(|file| file.name(&snapshot.city) == name).ok_or_else(no_such)?;
    list(&app, request.headers(), found).await
}

/// Handler: what has no column in the lists.
pub(in crate::http) async fn unmapped(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    QueryParams::read(request.uri(), &[])?;
    list(&app, request.headers(), MunicipalFile::Unmapped).await
}

async fn list(app: &AppState, headers: &HeaderMap, file: MunicipalFile) -> Result<Response, HttpProblem> {
    let responses = app.prepared_responses();
    let page = kept(app, &responses, &municipal_resource(&responses.snapshot.city, file)).await?;
    Ok(respond::prepared(app, headers, &page))
}
