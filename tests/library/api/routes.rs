//! The table of routes is the routers' and the papers'.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use tsunagari::http::{ROUTES, RouteAccess};

use super::get;

#[tokio::test]
async fn every_public_route_of_the_table_leads_somewhere() {
    let public = ROUTES.iter().filter(|route| route.access != RouteAccess::LinkWorkers).map(|route| route.path);
    for path in public.filter(|path| {
        !["/", "/places/{id}", "/assets/{file}", "/plan.csv", "/plan.xlsx", "/plan/what-if", "/plan/work-list"]
            .contains(path)
    }) {
        let address = path.replace("{category}", "salon").replace("{district}", "yoka").replace("{id}", "aaaaaaaaaa");
        let answer = get(&(address.clone() + if address == "/nearest" { "?lon=134.7&lat=35.4" } else { "" })).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
    }
}

#[test]
fn a_method_of_a_path_stands_in_the_table_once_and_open_data_is_only_read() {
    let mut seen = BTreeSet::new();
    for route in ROUTES {
        assert!(seen.insert((route.path, route.method.as_str())), "{} {}", route.method, route.path);
        assert!(route.access != RouteAccess::OpenData || route.method == Method::GET, "{}", route.path);
    }
}

#[test]
fn every_address_is_documented() {
    let document = include_str!("../../../docs/api.md");
    for path in ROUTES.iter().map(|route| route.path) {
        assert!(document.contains(&format!("`{path}")) || document.contains(&format!(" {path}")), "{path}");
    }
}
