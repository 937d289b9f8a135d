//! `POST /handout`: on the internal address only, with everything in the body, and nothing kept.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{InternalState, internal_router};
use tsunagari::model::{Audience, Thesaurus};

use super::city::{FOR_LINK_WORKERS, SECRET};
use super::{Answer, app_of, city};

async fn order(address: &str, media: &str, body: &str) -> Answer {
    let app = app_of(&city::everything(), Audience::LinkWorkers);
    let staff = InternalState::new(app, Arc::new(Thesaurus::default()), &[]);
    let request = Request::post(address).header("host", "127.0.0.1:8081").header("content-type", media);
    let response = internal_router(staff).oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

async fn made(body: &str) -> Answer {
    order("/handout", "application/json", body).await
}

#[tokio::test]
async fn the_parts_come_in_the_order_asked_for_and_may_not_be_kept() {
    let answer = made(r#"{"places":["cccccccccc","aaaaaaaaaa"],"from":{"district":"yoka"},"travel":["walk"]}"#).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::OK, "application/json"),
        "{}",
        answer.text()
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let parts = answer.json();
    assert_eq!((&parts["places"][0]["id"], &parts["places"][1]["id"]), (&"cccccccccc".into(), &"aaaaaaaaaa".into()));
    assert_eq!(parts["places"][1]["number"], 2);
    assert_eq!(parts["map"]["start"], true);
}

#[tokio::test]
async fn what_cannot_be_used_is_named_by_its_field_and_never_repeated() {
    for (body, field) in [
        ("{}", "places"),
        (r#"{"places":["aaaaaaaaaa","secret"]}"#, "places[1]"),
        (r#"{"places":["iiiiiiiiii"]}"#, "places[0]"),
        (r#"{"places":["aaaaaaaaaa"],"note":"secret"}"#, "note"),
        (r#"{"places":["aaaaaaaaaa"],"from":{"town":"secret"}}"#, "from.town"),
        (r#"{"places":["aaaaaaaaaa"],"from":{"district":"secret"}}"#, "from.district"),
        (r#"{"places":["aaaaaaaaaa"],"from":"secret"}"#, "from"),
        (r#"{"places":["aaaaaaaaaa"],"travel":["secret"]}"#, "travel[0]"),
        (r#"{"places":["1","2","3","4","5","6","7","8","9"]}"#, "places"),
    ] {
        let answer = made(body).await;
        assert_eq!(
            (answer.status, &answer.json()["parameter"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &field.into()),
            "{body}"
        );
        assert!(!answer.text().contains("secret"), "{}", answer.text());
    }
    assert_eq!(made("places=secret").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(made(&" ".repeat(70_000)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn nothing_may_stand_in_the_address_and_only_json_is_taken() {
    let body = r#"{"places":["aaaaaaaaaa"]}"#;
    assert_eq!(order("/handout?from=yoka", "application/json", body).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(order("/handout", "text/plain", body).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(
        order("/handout", "application/x-www-form-urlencoded", body).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn a_paper_holds_no_more_than_everybody_may_read() {
    let answer = made(r#"{"places":["aaaaaaaaaa","ffffffffff","hhhhhhhhhh"],"from":{"district":"yoka"}}"#).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let parts = answer.json();
    assert_eq!((&parts["places"][1]["public"], &parts["places"][2]["public"]), (&true.into(), &false.into()));
    // The hidden place's own name is what the link worker chose; a private person's is not.
    let farmer = parts["places"][1].to_string();
    assert!(!farmer.contains(FOR_LINK_WORKERS) && !answer.text().contains(SECRET), "{farmer}");
}
