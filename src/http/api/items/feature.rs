//! One feature of a collection.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::crs_of;
use super::links::feature_links;
use crate::http::api::download::{AnswerForm, ChosenFormat};
use crate::http::api::service::{check_language, known_collection, page_of};
use crate::http::api::service_address::service_address;
use crate::http::page_view::HTML;
use crate::http::params::{QueryParams, path_parameters, shortened};
use crate::http::server::body::BodySlices;
use crate::http::server::prepared::GEOJSON;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Snapshot;
use crate::index::filter::crs::CoordinateSystem;
use crate::model::{DistrictId, PlaceId};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::geojson::{self, CollectionLink};
use crate::publish::html::PageView;
use crate::publish::html::service::{ServicePage, feature_page};
use crate::publish::ogc::{FEATURE_PARAMETERS, ServedCollection};
use crate::text::percent::percent_encoded;

/// Handler: one feature of a collection.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    ids: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let (collection, id) = path_parameters(ids)?;
    let responses = app.prepared_responses();
    let snapshot = &responses.snapshot;
    let collection = known_collection(snapshot, &collection)?;
    let params = QueryParams::read(request.uri(), FEATURE_PARAMETERS)?;
    let chosen = ChosenFormat::of(params.one("f")?, request.headers(), &[FileFormat::Places(PlaceFormat::Geojson)])?;
    let crs = crs_of(&params)?.unwrap_or_default();
    check_language(&params)?;
    let row = row_of(snapshot, &collection, &id)?;
    let links = feature_links(&service_address(snapshot, request.headers()), &collection, &id);
    let shown = ShownFeature { collection: &collection, row, links: &links };
    let mut response = match chosen.form {
        AnswerForm::Data(_) => {
            let body = shown.encoded(snapshot, crs);
            respond::generated(&app, request.headers(), (&responses, GEOJSON), || BodySlices::generated(body))
        }
        AnswerForm::Page => {
            let view = page_of(&params, request.headers());
            let html = shown.page(snapshot, &view, &id);
            respond::written(&app, request.headers(), HTML, html.into_bytes())
        }
    };
    super::describe(&mut response, snapshot, crs, chosen);
    Ok(response)
}

/// A feature, by its row, with its links.
struct ShownFeature<'a> {
    collection: &'a ServedCollection,
    row: usize,
    links: &'a [CollectionLink],
}

impl ShownFeature<'_> {
    fn encoded(&self, snapshot: &Snapshot, crs: CoordinateSystem) -> Vec<u8> {
        match self.collection {
            ServedCollection::Districts => geojson::district(snapshot, self.row, crs, self.links),
            _ => geojson::feature(snapshot, self.row, crs, self.links),
        }
    }

    fn page(&self, snapshot: &Snapshot, view: &PageView, id: &str) -> String {
        let title = match self.collection {
            ServedCollection::Districts => &snapshot.districts.all()[self.row].name,
            _ => &snapshot.places[self.row].place.facts.name,
        };
        let address =
            format!("/collections/{}/items/{}?f=html", percent_encoded(self.collection.id()), percent_encoded(id));
        feature_page(&ServicePage { snapshot, view, address: &address, title }, self.collection, self.row, self.links)
    }
}

/// The row of a feature in its table.
fn row_of(snapshot: &Snapshot, collection: &ServedCollection, id: &str) -> Result<usize, HttpProblem> {
    let place = || snapshot.position_of(&PlaceId(id.to_owned()));
    let (row, what, hint) = match collection {
        ServedCollection::Places => (place(), "place", "/places.geojson lists them"),
        ServedCollection::Category(category) => {
            let is_of = |row: &usize| snapshot.places[*row].place.facts.category == *category;
            (place().filter(is_of), "place of this category", "/places.geojson lists all places")
        }
        ServedCollection::Districts => {
            let wanted = DistrictId(id.to_owned());
            let row = snapshot.districts.all().iter().position(|it| it.id == wanted);
            (row, "district", "/districts.geojson lists them")
        }
    };
    row.ok_or_else(|| HttpProblem::NoSuch { what, id: shortened(id), hint })
}
