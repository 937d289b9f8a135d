//! The internal address: what it answers, to whom, and that nothing of it is on the public one.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{InternalState, ROUTES, RouteAccess, internal_router};
use tsunagari::model::{Audience, Interest, Thesaurus};

use super::{Answer, app, app_of, ask, city};
use city::SECRET;

async fn ask_inside(request: Request<Body>) -> Answer {
    let interest = |term: &str, broader: &[&str]| Interest {
        term: term.to_owned(),
        broader: broader.iter().map(|it| (*it).to_owned()).collect(),
        ..Interest::default()
    };
    let thesaurus =
        Thesaurus::new(vec![interest("遊び", &[]), interest("囲碁", &["遊び"]), interest("体操", &[])]).unwrap();
    let app = app_of(&city::everything(), Audience::LinkWorkers);
    let staff = InternalState::new(app, Arc::new(thesaurus), &["inner.example.jp".to_owned()]);
    let response = internal_router(staff).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

fn wish(headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let start = Request::post("/find").header("host", "127.0.0.1:8081").header("content-type", "application/json");
    let request = headers.iter().fold(start, |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body.to_owned())).unwrap()
}

#[tokio::test]
async fn a_wish_is_answered_and_the_answer_may_not_be_kept() {
    let answer = ask_inside(wish(&[], r#"{"likes":["囲碁"]}"#)).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::OK, "application/json"),
        "{}",
        answer.text()
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.json()["understood"]["likes"][0]["means"][0], "囲碁");
}

#[tokio::test]
async fn what_cannot_be_used_is_named() {
    let answer = ask_inside(wish(&[], r#"{"free":[{"day":"wed","from":"25:00"}]}"#)).await;
    assert_eq!(
        (answer.status, &answer.json()["parameter"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &"free[0].from".into())
    );
    let answer = ask_inside(wish(&[], r#"{"from":{"district":"nowhere"}}"#)).await;
    assert_eq!(
        (answer.status, &answer.json()["parameter"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &"from.district".into())
    );
    assert_eq!(ask_inside(wish(&[], "likes=go")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(ask_inside(wish(&[], &" ".repeat(70_000))).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let form = Request::post("/find").header("host", "localhost").header("content-type", "text/plain");
    assert_eq!(ask_inside(form.body(Body::from("{}")).unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let put = Request::put("/find").header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(ask_inside(put).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_page_is_inside_only_and_the_same_for_every_person() {
    let page = || Request::get("/find").header("host", "localhost").header("accept", "text/html");
    let answer = ask_inside(page().body(Body::empty()).unwrap()).await;
    let html = answer.text();
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"), "{html}");
    assert_eq!(answer.header("cache-control"), "no-store");
    for part in
        ["id=\"from-district\"", "<option value=\"yoka\">八鹿</option>", "data-word=\"囲碁\"", "value=\"outdoor\""]
    {
        assert!(html.contains(part), "{part} is missing");
    }
    for forbidden in ["<form", " style=", SECRET] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    let fields = html.split("<input").skip(1).chain(html.split("<select").skip(1));
    for field in fields.map(|rest| rest.split('>').next().unwrap_or_default()) {
        assert!(field.contains("autocomplete=\"off\""), "a browser may remember {field}");
    }
    let outside = ask(&app(), page().body(Body::empty()).unwrap()).await;
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
    assert!(!outside.text().contains("from-district"));
}

#[tokio::test]
async fn a_wish_in_the_address_is_refused() {
    let request = Request::post("/find?likes=x").header("host", "localhost").header("content-type", "application/json");
    assert_eq!(ask_inside(request.body(Body::from("{}")).unwrap()).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn other_names_and_other_pages_are_turned_away() {
    let host = |host: &str| Request::post("/find").header("host", host).header("content-type", "application/json");
    for (name, status) in [("inner.example.jp", 200), ("localhost:8081", 200), ("evil.example", 421), ("", 421)] {
        let answer = ask_inside(host(name).body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{name}");
    }
    for (headers, status) in [
        ([("origin", "http://127.0.0.1:8081"), ("sec-fetch-site", "same-origin")], 200),
        ([("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], 403),
        ([("origin", "http://127.0.0.1:9999"), ("sec-fetch-site", "same-site")], 403),
        ([("origin", "null"), ("sec-fetch-site", "none")], 403),
    ] {
        let answer = ask_inside(wish(&headers, "{}")).await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn nothing_of_the_inner_address_is_on_the_public_one() {
    for route in ROUTES.iter().filter(|it| it.access == RouteAccess::Internal).map(|it| it.path) {
        for method in [Method::GET, Method::POST, Method::PUT, Method::OPTIONS] {
            let request =
                Request::builder().method(method.clone()).uri(route).header("content-type", "application/json");
            let answer = ask(&app(), request.body(Body::from("{}")).unwrap()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {route}");
        }
    }
}
