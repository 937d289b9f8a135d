//! Errors: RFC 9457, always, naming what is wrong.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::Value;

use super::{Answer, app, ask, by, get, with};

fn problem(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status.as_u16());
    for member in ["type", "title", "detail"] {
        assert!(problem[member].is_string(), "{member}");
    }
    problem
}

#[tokio::test]
async fn every_bad_parameter_is_named_with_what_to_do() {
    let mut problems = Vec::new();
    for address in [
        "/nearest",
        "/nearest?lon=134.77",
        "/nearest?lon=35.40&lat=134.77",
        "/nearest?lon=x&lat=35",
        "/nearest?lon=NaN&lat=35",
        "/nearest?lon=134&lat=35&limit=0",
        "/nearest?lon=134&lat=35&limit=1001",
        "/nearest?lon=134&lat=35&lon=135",
        "/nearest?lng=134&lat=35",
        "/nearest?lon=134&lat=35&category=saloon",
        "/nearest?lon=%ff&lat=35",
        "/collections/places/items?limit=-1",
        "/collections/places/items?offset=-1",
        "/collections/places/items?catgory=salon",
        "/collections/places/items?category=saloon",
        "/collections/places/items?district=atlantis",
        "/collections/places/items?bbox=1,2,3",
        "/collections/places/items?bbox=134,35,135,x",
        "/collections/places/items?bbox=134,36,135,35",
        "/collections/places/items?bbox=35,134,36,135",
        "/collections/places/items?bbox=134,35,135,36&bbox=1,2,3,4",
        "/collections/places/items?q=%E5",
        "/places.geojson?category=salon",
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        let problem = problem(&answer);
        problems.push(format!("{address}\n  {} | {}\n", problem["parameter"], problem["detail"].as_str().unwrap()));
    }
    insta::assert_snapshot!("bad_parameters", problems.concat());
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_problem() {
    for address in
        ["/nothing", "/places.geojson/", "/categories/", "/assets/", "/assets/none.js", "/assets/..%2FCargo.toml"]
    {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        problem(&answer);
    }
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_is_a_problem() {
    for address in
        ["/categories/%ff.geojson", "/collections/places/items/%e3%81", "/categories/salon/districts/%80.geojson"]
    {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        problem(&answer);
    }
}

#[tokio::test]
async fn another_method_is_told_which_ones_there_are() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        for address in ["/places.geojson", "/nearest", "/collections/places/items", "/healthz"] {
            let answer = by(method.clone(), address).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {address}");
            assert_eq!(answer.header("allow"), "GET,HEAD");
            problem(&answer);
        }
    }
}

#[tokio::test]
async fn a_large_body_is_refused_by_what_it_says_of_itself() {
    let request = Request::post("/places.geojson").header("content-length", "65537").body(Body::empty()).unwrap();
    let answer = ask(&app(), request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(problem(&answer)["detail"], "the body is larger than 65536 bytes");
}

#[tokio::test]
async fn a_long_address_is_refused() {
    let answer = get(&format!("/collections/places/items?q={}", "a".repeat(9_000))).await;
    assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
    problem(&answer);
}

#[tokio::test]
async fn large_header_fields_are_refused() {
    let answer = with(&app(), "/places.geojson", &[("x-large", &"a".repeat(40_000))]).await;
    assert_eq!(answer.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    problem(&answer);
}
