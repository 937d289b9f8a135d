//! The service for programs: what OGC API – Features demands, test by test of the OGC's own suite, and what we demand beside it.

mod documents;
mod rules;
mod suite;
mod tiles;
mod walk;

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use tsunagari::http::AppState;

use super::{Answer, ask};

/// The address under which the tests reach the service.
const HOST: &str = "http://localhost:8080";

/// A client of the service, which sends its host as every real one does.
pub struct Client {
    app: AppState,
}

impl Client {
    pub fn new() -> Self {
        Self { app: super::app() }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.with(address, &[]).await
    }

    pub async fn with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let path = address.strip_prefix(HOST).unwrap_or(address);
        let request = Request::get(path).header("host", "localhost:8080");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        ask(&self.app, request.body(Body::empty()).unwrap()).await
    }

    pub async fn json(&self, address: &str) -> Value {
        let answer = self.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        answer.json()
    }

    /// The ids of all collections.
    pub async fn collections(&self) -> Vec<String> {
        let all = self.json("/collections").await;
        let all: Vec<String> =
            all["collections"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
        assert!(all.len() >= 4, "{all:?}");
        all
    }
}

/// The links with this relation.
pub fn hrefs(document: &Value, rel: &str) -> Vec<String> {
    let links = document["links"].as_array().unwrap_or_else(|| panic!("no links in {document}"));
    let of_rel = links.iter().filter(|link| link["rel"] == rel);
    of_rel.map(|link| link["href"].as_str().unwrap().to_owned()).collect()
}
