//! `GET /opendata/…`: the lists of the municipal standard, and `GET /dcat.jsonld`, which describes all open data.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::places::{kept, path_parameters};
use crate::http::params::{QueryParams, shortened};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::municipal::MunicipalFile;
use crate::publish::resources::municipal_resource;

/// Handler: one of the lists, made at its first request in a month.
pub(in crate::http) async fn municipal(
    State(app): State<AppState>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let name = path_parameters(file)?;
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let city = &responses.snapshot.city;
    let no_such =
        || HttpProblem::NoSuch { what: "list", id: shortened(&name), hint: "/dcat.jsonld lists those that exist" };
    let found = MunicipalFile::ALL.into_iter().find(|file| file.name(city) == name).ok_or_else(no_such)?;
    let page = kept(&app, &responses, &municipal_resource(city, found)).await?;
    Ok(respond::prepared(&app, request.headers(), &page))
}
