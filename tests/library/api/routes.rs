//! The table of routes is the routers' and the papers'.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use tower::ServiceExt as _;
use tsunagari::http::{InternalState, ROUTES, RouteAccess, internal_router};
use tsunagari::model::{Audience, Thesaurus};

use super::{app_of, city, get};

#[tokio::test]
async fn every_public_route_of_the_table_leads_somewhere() {
    let public = ROUTES.iter().filter(|route| route.access != RouteAccess::LinkWorkers).map(|route| route.path);
    let of_data = ["/plan.csv", "/plan.xlsx", "/plan/change.csv", "/plan/what-if", "/plan/work-list"];
    let elsewhere = ["/", "/places/{id}", "/assets/{file}"];
    for path in public.filter(|path| !of_data.contains(path) && !elsewhere.contains(path)) {
        let path = path.replace("{collection}", "places").replace("{z}/{y}/{x}", "0/0/0");
        let address = path.replace("{category}", "salon").replace("{district}", "yoka").replace("{id}", "aaaaaaaaaa");
        let answer = get(&(address.clone() + if address == "/nearest" { "?lon=134.7&lat=35.4" } else { "" })).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
    }
}

#[tokio::test]
async fn the_internal_address_takes_every_method_of_every_path_of_the_table() {
    let app = app_of(&city::everything(), Audience::LinkWorkers);
    let router = internal_router(InternalState::new(app, Arc::new(Thesaurus::default()), &[]));
    for route in ROUTES {
        let address = route.path.replace(['{', '}'], "");
        let request = Request::builder().method(&route.method).uri(address).header("host", "localhost");
        let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_ne!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{} {}", route.method, route.path);
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
