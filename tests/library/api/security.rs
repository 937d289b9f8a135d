//! Headers on every answer, and who may read what from where.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use tsunagari::model::Audience;

use super::city::everything;
use super::{app, app_of, ask, by, get, get_from, with};

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    for address in ["/places.geojson", "/nearest?lon=134&lat=35", "/nothing", "/healthz", "/nearest?lon=x"] {
        let answer = get(address).await;
        let policy = answer.header("content-security-policy");
        for rule in ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{address}");
    }
}

#[tokio::test]
async fn other_sites_may_read_the_data_and_nothing_else() {
    let from = [("origin", "https://example.jp")];
    for address in ["/places.geojson", "/categories.json", "/collections/places/items", "/nearest?lon=134&lat=35"] {
        assert_eq!(with(&app(), address, &from).await.header("access-control-allow-origin"), "*", "{address}");
    }
    for address in ["/healthz", "/readyz", "/nothing"] {
        assert_eq!(with(&app(), address, &from).await.header("access-control-allow-origin"), "", "{address}");
    }
}

#[tokio::test]
async fn a_browser_that_asks_first_is_told_that_reading_is_fine() {
    let request = Request::options("/places.geojson")
        .header("origin", "https://example.jp")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "if-none-match");
    let answer = ask(&app(), request.body(Body::empty()).unwrap()).await;
    assert!(answer.status.is_success());
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), "GET,HEAD");
    assert_eq!(answer.header("access-control-allow-headers"), "if-none-match,if-range,range");
}

#[tokio::test]
async fn the_server_says_that_it_lives_and_what_it_serves() {
    assert_eq!(get("/healthz").await.text(), "ok\n");
    let ready = get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["places"]), (StatusCode::OK, &6.into()));
    assert_eq!(by(Method::HEAD, "/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_the_page_for_frames_may_be_framed_and_only_by_the_sites_that_the_city_names() {
    let mut input = everything();
    for (hosts, ancestors) in [
        (&[][..], "frame-ancestors 'none'"),
        (
            &["https://www.city.example.jp", "http://intra:8080"],
            "frame-ancestors https://www.city.example.jp http://intra:8080",
        ),
    ] {
        input.city.embed_hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let app = app_of(&input, Audience::Public);
        for address in ["/embed", "/embed.html", "/embed.en.html?category=salon"] {
            let answer = get_from(&app, address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            assert!(answer.header("content-security-policy").ends_with(ancestors), "{address} {hosts:?}");
        }
        for address in ["/", "/index.html", "/places/aaaaaaaaaa.html", "/embed.json", "/embeds.html", "/x/embed.html"] {
            let answer = get_from(&app, address).await;
            assert!(answer.header("content-security-policy").ends_with("frame-ancestors 'none'"), "{address}");
        }
        let inside = app.for_audience(Audience::LinkWorkers);
        let answer = get_from(&inside, "/embed.html").await;
        assert!(
            answer.header("content-security-policy").ends_with("frame-ancestors 'none'"),
            "link workers' pages never"
        );
        let offered = get_from(&app, "/index.html").await;
        assert_eq!(offered.text().contains("id=\"embed-code\""), !hosts.is_empty());
    }
}
