//! The table of routes is the routers' and the papers'.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use tower::ServiceExt as _;
use tsunagari::http::{InternalState, ROUTES, RouteAccess, internal_router, now_in_japan};
use tsunagari::model::{Audience, Month, Thesaurus};

use super::{app_of, city, get};

#[tokio::test]
async fn every_public_route_of_the_table_leads_somewhere() {
    let public = ROUTES.iter().filter(|route| route.access != RouteAccess::Internal).map(|route| route.path);
    let of_data = ["/plan.csv", "/plan.xlsx", "/plan/change.csv", "/plan/what-if", "/plan/work-list"];
    // Doors and the map of the site need more than this city has; `site` has them.
    let elsewhere = [
        "/",
        "/places/{id}",
        "/places/{id}.ics",
        "/assets/{file}",
        "/sitemap.xml",
        "/plan/work-list/{what}.html",
        "/plan/work-list/{what}.{lang}.html",
        "/print/door/{town}.html",
        "/print/door/{town}.{lang}.html",
    ];
    for path in public.filter(|path| !path.contains("{uuid}") && !of_data.contains(path) && !elsewhere.contains(path)) {
        let month = Month::of(now_in_japan().date()).to_string();
        let values = [
            ("{collection}", "places"),
            ("{category}", "salon"),
            ("{district}", "yoka"),
            ("{id}", "aaaaaaaaaa"),
            ("{lang}", "en"),
            ("{month}", &*month),
            ("{code}_", ""),
            ("{z}/{y}/{x}", "0/0/0"),
        ];
        let address = values.iter().fold(path.to_owned(), |address, (name, value)| address.replace(name, value));
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
