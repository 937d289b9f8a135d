//! The sheets and the guide: on both addresses, and nothing in them that could be sent.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{AppState, CityContent, InternalState, internal_router, public_router};
use tsunagari::model::{Audience, Interest, Thesaurus};

use super::{Answer, app_of, city};

const PAGES: [&str; 5] = ["/sheets", "/sheets/referral", "/sheets/report", "/sheets/assessment", "/guide"];

fn public() -> AppState {
    let go = Interest { term: "囲碁".to_owned(), broader: vec!["遊び".to_owned()], ..Interest::default() };
    let go = Interest { axes: vec!["心".to_owned()], ..go };
    let play = Interest { term: "遊び".to_owned(), ..Interest::default() };
    let interests = Arc::new(Thesaurus::new(vec![go, play]).unwrap());
    let programme =
        CityContent { guide: Some("# 手引き\n\n## 同意\n".to_owned()), interests, ..CityContent::default() };
    app_of(&city::everything(), Audience::Public).with_city_content(Arc::new(programme))
}

async fn ask(inside: bool, method: Method, address: &str) -> Answer {
    let app = public();
    let router = if inside {
        let app = app.for_audience(Audience::LinkWorkers);
        let interests = Arc::clone(&app.city_content().interests);
        internal_router(InternalState::new(app, interests, &[]))
    } else {
        public_router(app)
    };
    let request = Request::builder().method(method).uri(address).header("host", "localhost");
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

#[tokio::test]
async fn both_addresses_have_every_sheet_and_the_guide() {
    for page in PAGES {
        for inside in [false, true] {
            let answer = ask(inside, Method::GET, page).await;
            assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
            let kept = if inside { "no-store" } else { "public, max-age=0, must-revalidate" };
            assert_eq!(answer.header("cache-control"), kept, "{page}");
            assert_eq!(answer.text().matches("<h1").count(), 1, "{page}");
        }
    }
}

#[tokio::test]
async fn a_sheet_takes_nothing_in() {
    for page in PAGES {
        for inside in [false, true] {
            assert_eq!(ask(inside, Method::POST, page).await.status, StatusCode::METHOD_NOT_ALLOWED, "{page}");
            let html = ask(inside, Method::GET, page).await;
            assert!(!html.text().contains("<form") && !html.text().contains(" name=\"q"), "{page}");
        }
    }
    assert_eq!(ask(false, Method::GET, "/sheets/diagnosis").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_guide_is_the_citys_own() {
    let guide = ask(false, Method::GET, "/guide").await;
    assert!(guide.text().contains("<h1>手引き</h1>") && guide.text().contains("<h2 id=\"同意\">同意</h2>"));
    let without = super::get("/guide").await;
    assert!(without.text().contains("guide.md"), "{}", without.text());
}

/// 「囲碁サロン」 is there for everybody, the tag of the other place is on hold.
#[tokio::test]
async fn an_assessment_names_what_the_places_of_this_audience_offer() {
    for inside in [false, true] {
        let answer = ask(inside, Method::GET, "/sheets/assessment").await;
        let mind = answer.text().split("<dl>").nth(1).unwrap().split("data-axis=\"mind\"").nth(1).unwrap();
        assert!(mind.split("</dd>").next().unwrap().contains("囲碁（1か所）"), "{mind}");
    }
}
