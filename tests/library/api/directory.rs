//! The directory of link workers on both addresses.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use tsunagari::http::{InternalState, internal_router};
use tsunagari::index::SnapshotInput;
use tsunagari::model::{Audience, Thesaurus};

use super::city::{FOR_LINK_WORKERS, SECRET, everything};
use super::{Answer, app_of, get, get_from, with};

async fn get_inside(address: &str) -> Answer {
    let app = app_of(&everything(), Audience::LinkWorkers);
    let staff = InternalState::new(app, Arc::new(Thesaurus::default()), &[]);
    let request = Request::get(address).header("host", "127.0.0.1:8081").body(Body::empty()).unwrap();
    let (parts, body) = internal_router(staff).oneshot(request).await.unwrap().into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

/// Where each of `words` stands in `text`, in this order.
fn assert_in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        from += text[from..].find(word).unwrap_or_else(|| panic!("{word} does not follow in {text}")) + word.len();
    }
}

#[tokio::test]
async fn those_of_the_district_stand_first_and_layer_one_before_layer_two() {
    let page = get("/link-workers?district=yoka").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    assert_in_order(
        page.text(),
        &[
            "八鹿を受け持つ人",
            "1層",
            "主任介護支援専門員",
            "2層",
            "民生委員",
            "全体を受け持つ人",
            "保健師",
            "tel:0790001111",
        ],
    );
    assert!(page.text().contains("aria-current=\"true\">八鹿"));
}

#[tokio::test]
async fn a_district_without_anybody_says_so() {
    let page = get("/link-workers?district=ginza").await;
    assert!(page.text().contains("この地区の2層の人は名簿にありません。"), "{}", page.text());
    assert!(page.text().contains("この地区だけを受け持つ1層の人は名簿にありません。"));
}

#[tokio::test]
async fn a_district_may_be_named_and_an_unknown_one_shows_all() {
    let by_name = get("/link-workers?district=%E5%85%AB%E9%B9%BF%E5%9C%B0%E5%8C%BA").await;
    assert!(by_name.text().contains("つなぎ役の名簿 八鹿"));
    let unknown = get("/link-workers?district=%3Cscript%3E").await;
    assert_eq!(unknown.status, StatusCode::OK);
    assert!(unknown.text().contains("その地区は名簿の地区にありません。") && !unknown.text().contains("<script>"));
}

#[tokio::test]
async fn names_and_own_telephones_are_inside_only_and_marked() {
    for address in ["/link-workers", "/link-workers?district=yoka"] {
        let (outside, inside) = (get(address).await, get_inside(address).await);
        for secret in [FOR_LINK_WORKERS, "0900000", "090-0000", "079-662-9999", "内部用", SECRET] {
            assert!(!outside.text().contains(secret), "{secret} at {address}");
        }
        assert!(inside.text().contains(FOR_LINK_WORKERS) && inside.text().contains("tel:09000006001"));
        assert!(inside.text().contains("内部用") && !inside.text().contains(SECRET));
        assert_eq!(inside.header("cache-control"), "no-store");
        assert_eq!(inside.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn somebody_without_an_office_is_reached_through_the_city() {
    let mut everything = everything();
    "市民課".clone_into(&mut everything.city.office);
    everything.city.office_phone = Some("079-000-7777".to_owned());
    everything.link_workers.retain(|worker| worker.role.as_deref() == Some("民生委員・児童委員"));
    let page = get_from(&app_of(&everything, Audience::Public), "/link-workers").await;
    assert_in_order(page.text(), &["民生委員・児童委員", "市民課", "tel:0790007777"]);
}

#[tokio::test]
async fn a_private_change_does_not_move_what_the_public_gets() {
    let app = app_of(&everything(), Audience::Public);
    let before = get_from(&app, "/link-workers").await;
    let mut changed = everything();
    for worker in &mut changed.link_workers {
        worker.person_phones = vec!["090-9999-8888".to_owned()];
        worker.fax = Some("079-000-9999".to_owned());
    }
    let after = app_of(&changed, Audience::Public);
    let same = with(&after, "/link-workers", &[("if-none-match", before.header("etag"))]).await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);
    let feed = get_from(&app, "/places.geojson").await;
    let same = with(&after, "/places.geojson", &[("if-none-match", feed.header("etag"))]).await;
    assert_eq!(same.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn an_empty_directory_says_how_to_fill_it() {
    let page = get_from(&app_of(&SnapshotInput::default(), Audience::Public), "/link-workers").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("tsunagari import link-workers"));
}
