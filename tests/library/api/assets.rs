//! `/assets/{file}`.

use axum::http::StatusCode;
use tsunagari::publish::html::assets::ASSETS_VERSION;

use super::{app, get, with};

#[tokio::test]
async fn scripts_styles_and_texts_of_the_page_are_served_as_what_they_are() {
    for (file, media) in [
        ("main.js", "text/javascript; charset=utf-8"),
        ("base.css", "text/css; charset=utf-8"),
        ("fold-table.json", "application/json"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let answer = get(&format!("/assets/{file}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media), "{file}");
        assert_eq!(answer.body, std::fs::read(format!("{}/web/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap());
    }
}

#[tokio::test]
async fn a_file_that_is_named_with_its_hash_may_be_kept_for_a_year() {
    let plain = get("/assets/main.js").await;
    assert_eq!(plain.header("cache-control"), "public, max-age=0, must-revalidate");
    let hash = plain.header("etag").trim_matches('"').to_owned();
    let named = get(&format!("/assets/main.js?v={hash}")).await;
    assert_eq!(named.header("cache-control"), "public, max-age=31536000, immutable");
    let outdated = get("/assets/main.js?v=0000").await;
    assert_eq!(outdated.header("cache-control"), "public, max-age=0, must-revalidate");
    let again = with(&app(), "/assets/main.js", &[("if-none-match", plain.header("etag"))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn an_address_with_the_hash_of_all_files_leads_to_each_also_after_an_upgrade() {
    let plain = get("/assets/main.js").await;
    for hash in [ASSETS_VERSION, "0123456789abcdef"] {
        let named = get(&format!("/assets/{hash}/main.js")).await;
        assert_eq!((named.status, &named.body), (StatusCode::OK, &plain.body), "{hash}");
        let is_final = hash == ASSETS_VERSION && !cfg!(debug_assertions);
        let cache = if is_final { "public, max-age=31536000, immutable" } else { "public, max-age=0, must-revalidate" };
        assert_eq!(named.header("cache-control"), cache, "{hash}");
    }
    assert_eq!(get("/assets/0123456789abcdef/nothing.js").await.status, StatusCode::NOT_FOUND);
    let page = String::from_utf8(get("/").await.body).unwrap();
    assert!(page.contains(&format!("src=\"assets/{ASSETS_VERSION}/main.js\"")), "{page}");
}

#[tokio::test]
async fn nothing_outside_of_the_folder_is_served() {
    for file in
        ["..%2FCargo.toml", "%2e%2e/Cargo.toml", "lang", "lang/", "%2Fetc%2Fpasswd", "main.js%00", "nothing.js", ".js"]
    {
        assert_eq!(get(&format!("/assets/{file}")).await.status, StatusCode::NOT_FOUND, "{file}");
    }
}

#[tokio::test]
async fn the_map_library_is_compressed_before_anybody_requests_it() {
    let packed = with(&app(), "/assets/vendor/maplibre-gl.mjs", &[("accept-encoding", "br")]).await;
    assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, "br"));
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut brotli::Decompressor::new(&*packed.body, 4096), &mut unpacked).unwrap();
    let file = std::fs::read(format!("{}/web/vendor/maplibre-gl.mjs", env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(unpacked, file);
}

#[tokio::test]
async fn a_table_of_messages_holds_the_words_of_the_city_and_refers_to_none() {
    let table = get("/assets/lang/link-worker/handout.json").await;
    assert_eq!((table.status, table.header("content-type")), (StatusCode::OK, "application/json"));
    assert!(
        !table.text().contains("{word:") && table.json()["title"].as_str().unwrap().contains("{処方箋|しょほうせん}")
    );
}
