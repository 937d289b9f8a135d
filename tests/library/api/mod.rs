//! The API as a client sees it, address by address. No socket but in `socket`: the router is called directly.

mod assets;
mod caching;
mod calendars;
mod catalog;
mod city;
mod directory;
mod files;
mod find;
mod formats;
mod handout;
mod hsds;
mod internal;
mod internal_address;
mod items;
mod leaks;
mod nearest;
mod ogc;
mod papers;
mod plan;
mod problems;
mod resources;
mod results;
mod routes;
mod security;
mod sheets;
mod site;
mod socket;
mod unmet;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;
use tsunagari::http::{AppState, public_router};
use tsunagari::index::{SharedSnapshots, Snapshot, SnapshotInput};
use tsunagari::model::Audience;

/// Percent-encodes what a client writes into a query.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The ids of the features, having made sure that all of it is GeoJSON.
    fn ids(&self) -> Vec<String> {
        assert_eq!((self.status, self.header("content-type")), (StatusCode::OK, "application/geo+json"));
        let collection: geojson::FeatureCollection = self.text().parse().unwrap();
        let id = |feature: geojson::Feature| match feature.id {
            Some(geojson::feature::Id::String(id)) => id,
            other => panic!("{other:?}"),
        };
        collection.features.into_iter().map(id).collect()
    }
}

fn app_of(everything: &SnapshotInput, audience: Audience) -> AppState {
    AppState::new(Arc::new(SharedSnapshots::new(Snapshot::build_all(everything))), audience)
}

fn app() -> AppState {
    app_of(&city::everything(), Audience::Public)
}

async fn ask(app: &AppState, request: Request<Body>) -> Answer {
    let response = public_router(app.clone()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

async fn get_from(app: &AppState, address: &str) -> Answer {
    ask(app, Request::get(address).body(Body::empty()).unwrap()).await
}

async fn get(address: &str) -> Answer {
    get_from(&app(), address).await
}

async fn with(app: &AppState, address: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(address), |request, (name, value)| request.header(*name, *value));
    ask(app, request.body(Body::empty()).unwrap()).await
}

async fn by(method: Method, address: &str) -> Answer {
    ask(&app(), Request::builder().method(method).uri(address).body(Body::empty()).unwrap()).await
}
