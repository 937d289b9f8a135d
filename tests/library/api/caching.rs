//! Entity tags, `304`, codings.

use axum::http::{Method, StatusCode};

use super::{app, by, city, get_from, with};

const ADDRESSES: [&str; 8] = [
    "/places.geojson",
    "/categories/salon.geojson",
    "/districts/yoka.geojson",
    "/categories/salon/districts/yoka.geojson",
    "/districts.geojson",
    "/categories.json",
    "/collections/places/items",
    "/collections/places/items/cccccccccc",
];

#[tokio::test]
async fn a_client_that_has_the_answer_is_told_so() {
    let app = app();
    for address in ADDRESSES {
        let first = get_from(&app, address).await;
        let tag = first.header("etag");
        // A page of features names the time at which it was written: the same answer, in other bytes.
        let strong = tag.strip_prefix("W/").unwrap_or(tag);
        assert_eq!(tag == strong, address != "/collections/places/items", "{address}");
        assert!(strong.starts_with('"') && strong.len() > 10, "{tag}");
        for known in [tag, "*", &format!("W/{strong}"), &format!("\"other\", {tag}")] {
            let again = with(&app, address, &[("if-none-match", known)]).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address} {known}");
            assert_eq!(first.headers.get_all("vary").iter().count(), 1, "{address}");
            for name in ["etag", "cache-control", "vary"] {
                assert_eq!(again.header(name), first.header(name), "{address} {name}");
            }
        }
        assert_eq!(with(&app, address, &[("if-none-match", "\"other\"")]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn packed_answers_unpack_to_the_plain_ones_and_have_tags_of_their_own() {
    let app = app();
    app.compress_now();
    for address in ADDRESSES {
        let plain = get_from(&app, address).await;
        for coding in ["br", "gzip"] {
            let packed = with(&app, address, &[("accept-encoding", coding)]).await;
            let unpacked = match packed.header("content-encoding") {
                "br" => unpack(brotli::Decompressor::new(&*packed.body, 4096)),
                "gzip" => unpack(flate2::read::GzDecoder::new(&*packed.body)),
                _ => packed.body.clone(),
            };
            assert_eq!(without_time(&unpacked), without_time(&plain.body), "{address} {coding}");
            let same_bytes = packed.header("content-encoding").is_empty();
            assert_eq!(packed.header("etag") == plain.header("etag"), same_bytes, "{address} {coding}");
            // One address has several formats, and pages in several languages.
            let vary = if address.starts_with("/collections/") {
                "accept, accept-encoding, accept-language"
            } else {
                "accept-encoding"
            };
            assert_eq!(packed.header("vary"), vary, "{address}");
        }
    }
}

/// The text without the time at which a page of features was written.
fn without_time(body: &[u8]) -> String {
    let text = String::from_utf8(body.to_vec()).unwrap();
    match text.split_once("\"timeStamp\":\"") {
        Some((before, rest)) => format!("{before}{}", rest.split_once('"').unwrap().1),
        None => text,
    }
}

fn unpack(mut reader: impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn fixed_answers_are_packed_once_in_the_best_coding() {
    let app = app();
    app.compress_now();
    let answer = with(&app, "/places.geojson", &[("accept-encoding", "gzip, deflate, br, zstd")]).await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert!(answer.header("etag").ends_with("-br\""));
}

#[tokio::test]
async fn head_says_what_get_would() {
    for address in ADDRESSES {
        let get = get_from(&app(), address).await;
        let head = by(Method::HEAD, address).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{address}");
        assert_eq!(head.header("content-length"), get.body.len().to_string(), "{address}");
        assert_eq!(head.header("etag"), get.header("etag"), "{address}");
    }
}

#[tokio::test]
async fn a_new_snapshot_is_served_at_once_with_a_new_tag() {
    let (app, mut everything) = (app(), city::everything());
    let before = get_from(&app, "/places.geojson").await;
    everything.places.retain(|place| place.id.0 != "cccccccccc");
    for snapshot in tsunagari::index::Snapshot::build_all(&everything) {
        app.snapshots.replace(snapshot);
    }
    let after = with(&app, "/places.geojson", &[("if-none-match", before.header("etag"))]).await;
    assert_eq!((after.status, after.ids().len()), (StatusCode::OK, 5));
    assert_ne!(after.header("etag"), before.header("etag"));
}

#[tokio::test]
async fn an_edit_that_the_public_cannot_see_moves_no_public_tag() {
    let (app, mut everything) = (app(), city::everything());
    let before = get_from(&app, "/places.geojson").await;
    let hidden = everything.places.iter_mut().find(|place| place.id.0 == "iiiiiiiiii").unwrap();
    hidden.facts.name = "改名".to_owned();
    for snapshot in tsunagari::index::Snapshot::build_all(&everything) {
        app.snapshots.replace(snapshot);
    }
    let after = with(&app, "/places.geojson", &[("if-none-match", before.header("etag"))]).await;
    assert_eq!(after.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn what_is_not_for_everybody_is_not_for_shared_caches() {
    let staff = super::app_of(&city::everything(), tsunagari::model::Audience::Staff);
    assert_eq!(get_from(&staff, "/places.geojson").await.header("cache-control"), "private, no-cache");
    assert_eq!(get_from(&app(), "/places.geojson").await.header("cache-control"), "public, max-age=0, must-revalidate");
}
