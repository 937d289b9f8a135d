//! Every address on both sides: what is for link workers is inside only, and inside everything comes from their snapshot.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{InternalState, ROUTES, RouteAccess, internal_router, now_in_japan, public_router};
use tsunagari::model::{Audience, Month, Thesaurus};

use super::{Answer, app_of, city};

const METHODS: [Method; 6] = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS];

fn inside() -> Router {
    let app = app_of(&city::everything(), Audience::LinkWorkers);
    internal_router(InternalState::new(app, Arc::new(Thesaurus::default()), &[]))
}

fn outside() -> Router {
    public_router(app_of(&city::everything(), Audience::Public))
}

async fn ask(router: &Router, method: &Method, address: &str) -> Answer {
    let request = Request::builder().method(method.clone()).uri(address).header("host", "127.0.0.1:8081");
    let request = request.header("origin", "http://127.0.0.1:8081").header("content-type", "application/json");
    let response = router.clone().oneshot(request.body(Body::from("{}")).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

/// The paths of the table to which `wanted` gives access.
fn paths(wanted: fn(RouteAccess) -> bool) -> BTreeSet<&'static str> {
    let paths: BTreeSet<_> = ROUTES.iter().filter(|it| wanted(it.access)).map(|it| it.path).collect();
    assert!(paths.len() > 3, "{paths:?}");
    paths
}

/// The address with names that the city has, and the parameters it needs.
fn address(route: &str) -> String {
    let month = Month::of(now_in_japan().date()).to_string();
    let named = [
        ("{collection}", "places"),
        ("{category}", "salon"),
        ("{district}", "yoka"),
        ("{id}", "aaaaaaaaaa"),
        ("{file}", "base.css"),
        ("{lang}", "en"),
        ("{month}", &*month),
        ("{what}", "stale"),
        ("{z}/{y}/{x}", "0/0/0"),
    ];
    // The city of these tests has no code, and its lists none in their names.
    let route = route.replace("{code}_", "");
    let route = route.as_str();
    let filled = named.iter().fold(route.to_owned(), |route, (name, value)| route.replace(name, value));
    match filled.as_str() {
        "/nearest" => "/nearest?lon=134.77&lat=35.4&limit=500".to_owned(),
        "/plan/what-if" => "/plan/what-if?lon=134.77&lat=35.4".to_owned(),
        _ => filled,
    }
}

#[tokio::test]
async fn what_is_for_link_workers_is_nowhere_on_the_public_address() {
    let outside = outside();
    for route in paths(|access| access == RouteAccess::Internal) {
        for method in METHODS {
            let answer = ask(&outside, &method, &address(route)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {route}");
        }
    }
}

#[tokio::test]
async fn every_address_is_answered_inside_to_our_own_pages_only_and_nothing_may_be_kept() {
    let inside = inside();
    // The worker is for everybody's address only; the map of the site and doors need what this city does not have.
    // The place that has everything is paused, so that it has no dates.
    let missing = |route: &str| {
        ["/service-worker.js", "/sitemap.xml", "/places/{id}.ics"].contains(&route)
            || ["{town}", "{uuid}"].iter().any(|parameter| route.contains(parameter))
    };
    for route in paths(|_| true).into_iter().filter(|route| !missing(route)) {
        for method in METHODS {
            let answer = ask(&inside, &method, &address(route)).await;
            assert_ne!(answer.status, StatusCode::NOT_FOUND, "{method} {route}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{method} {route}");
            if !route.starts_with("/assets/") {
                assert_eq!(answer.header("cache-control"), "no-store", "{method} {route}");
            }
        }
    }
}

/// The sample of these tests has a place and a name that only link workers may see.
#[tokio::test]
async fn the_public_address_says_nothing_of_what_the_inner_one_has() {
    let (out, within) = (outside(), inside());
    let mut seen_inside = 0;
    for route in paths(|access| access != RouteAccess::Internal) {
        let (outside, inside) =
            (ask(&out, &Method::GET, &address(route)).await, ask(&within, &Method::GET, &address(route)).await);
        let has = |answer: &Answer, mark: &str| String::from_utf8_lossy(&answer.body).contains(mark);
        assert!(!has(&outside, city::FOR_LINK_WORKERS), "{route} tells outside what is for link workers");
        assert!(!has(&outside, city::SECRET) && !has(&inside, city::SECRET), "{route} tells what is for the staff");
        seen_inside += usize::from(has(&inside, city::FOR_LINK_WORKERS));
    }
    assert!(seen_inside > 0, "the internal address must have what the public one has not, or this test sees nothing");
}
