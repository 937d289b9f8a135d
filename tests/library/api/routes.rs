//! The list of routes is the router's and the document's.

use std::path::Path;

use axum::http::StatusCode;
use tsunagari::http::{ROUTES, STAFF_ROUTES};

use super::get;
use crate::architecture::sources::sources;

#[tokio::test]
async fn every_address_of_the_list_leads_somewhere() {
    for route in ROUTES.iter().filter(|route| !["/", "/places/{id}", "/assets/{file}"].contains(route)) {
        let address = route.replace("{category}", "salon").replace("{district}", "yoka").replace("{id}", "aaaaaaaaaa");
        let answer = get(&(address.clone() + if address == "/nearest" { "?lon=134.7&lat=35.4" } else { "" })).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
    }
}

/// Handlers name their addresses in the words of the router; a name in braces stands for a part of the path.
#[test]
fn every_address_of_the_router_is_in_the_list() {
    let mut seen = 0;
    for file in sources(Path::new("src/http")) {
        let source = std::fs::read_to_string(file).unwrap();
        for (_, rest) in source.match_indices(".route(\"").map(|(at, found)| source.split_at(at + found.len())) {
            let address = rest.split('"').next().unwrap();
            let listed = |route: &&&str| shape(route) == shape(address);
            assert!(ROUTES.iter().chain(STAFF_ROUTES).any(|route| listed(&route)), "{address} is not in ROUTES");
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}

fn shape(address: &str) -> Vec<String> {
    let part = |part: &str| if part.contains('{') { "{}".to_owned() } else { part.to_owned() };
    address.split('/').map(part).collect()
}

#[test]
fn every_address_is_documented() {
    let document = include_str!("../../../docs/api.md");
    for route in ROUTES.iter().chain(STAFF_ROUTES) {
        assert!(document.contains(&format!("`{route}")) || document.contains(&format!(" {route}")), "{route}");
    }
}
