//! Tiles and their archive as a client gets them.

use std::io::Read as _;

use axum::http::StatusCode;

use super::{Client, hrefs};

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    bytes
}

const TILE: &str = "/tiles/WebMercatorQuad/14/6467/14325";

#[tokio::test]
async fn a_tile_is_sent_packed_or_plain_and_a_client_that_has_it_is_told_so() {
    let client = Client::new();
    let plain = client.get(TILE).await;
    assert_eq!((plain.status, plain.header("content-type")), (StatusCode::OK, "application/vnd.mapbox-vector-tile"));
    assert!(plain.header("content-encoding").is_empty() && plain.header("access-control-allow-origin") == "*");
    let packed = client.with(TILE, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!((packed.header("content-encoding"), unpacked(&packed.body)), ("gzip", plain.body.clone()));
    assert_ne!(packed.header("etag"), plain.header("etag"));
    for tag in [packed.header("etag"), plain.header("etag")] {
        assert_eq!(client.with(TILE, &[("if-none-match", tag)]).await.status, StatusCode::NOT_MODIFIED);
    }
    assert_eq!(client.get(TILE).await.body, plain.body, "kept");
}

#[tokio::test]
async fn an_empty_tile_is_no_content_and_one_that_there_is_not_is_named() {
    let client = Client::new();
    let empty = client.get("/tiles/WebMercatorQuad/14/0/0").await;
    assert_eq!((empty.status, empty.body.len(), empty.header("content-type")), (StatusCode::NO_CONTENT, 0, ""));
    for (tile, part) in [
        ("15/0/0", "zoom"),
        ("x/0/0", "zoom"),
        ("2/4/0", "row"),
        ("2/-1/0", "row"),
        ("2/3/4", "column"),
        ("2/3/1.5", "column"),
    ] {
        for of in ["", "/collections/salon", "/collections/districts"] {
            let answer = client.get(&format!("{of}/tiles/WebMercatorQuad/{tile}")).await;
            assert_eq!(
                (answer.status, answer.json()["parameter"].as_str()),
                (StatusCode::NOT_FOUND, Some(part)),
                "{of} {tile}"
            );
        }
    }
    assert_eq!(client.get("/tiles/WorldCRS84Quad/0/0/0").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/collections/none/tiles/WebMercatorQuad/0/0/0").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn filters_apply_to_tiles_and_unknown_parameters_are_refused() {
    let client = Client::new();
    // One zoom above, where each of two places is still a feature of its own.
    let wider = "/tiles/WebMercatorQuad/13/3233/7162";
    let all = client.get(wider).await;
    assert!(String::from_utf8_lossy(&all.body).contains("bbbbbbbbbb"));
    for (query, contains) in [
        ("?id=cccccccccc", ["cccccccccc", "yoka"]),
        ("?filter=name%20LIKE%20'%25%E8%8C%B6%25'", ["cccccccccc", "yoka"]),
        ("?bbox=134.775,35.39,134.79,35.41", ["cccccccccc", "yoka"]),
    ] {
        let tile = client.get(&format!("{wider}{query}")).await;
        let text = String::from_utf8_lossy(&tile.body).into_owned();
        assert!(contains.iter().all(|it| text.contains(it)) && !text.contains("bbbbbbbbbb"), "{query}");
        assert!(tile.body.len() < all.body.len(), "{query}");
    }
    let districts = client.get("/collections/districts/tiles/WebMercatorQuad/8/101/223?id=yoka").await;
    let text = String::from_utf8_lossy(&districts.body).into_owned();
    assert!(text.contains("八鹿") && !text.contains("大谷"), "{}", districts.status);
    for query in ["?colour=red", "?filter=nome%20IS%20NULL", "?bbox=1,2,3"] {
        assert_eq!(client.get(&format!("{TILE}{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn sets_of_tiles_describe_their_layers_limits_and_matrices() {
    let client = Client::new();
    for (set, layers) in [
        ("/tiles", vec!["places", "districts"]),
        ("/collections/salon/tiles", vec!["salon"]),
        ("/collections/districts/tiles", vec!["districts"]),
    ] {
        let list = client.json(set).await;
        let own = list["tilesets"][0]["links"][0]["href"].as_str().unwrap().to_owned();
        let tileset = client.json(&own).await;
        let names: Vec<&str> =
            tileset["layers"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(names, layers, "{set}");
        let item = hrefs(&tileset, "item")[0].clone();
        let limits = tileset["tileMatrixSetLimits"].as_array().unwrap();
        assert_eq!(limits.len(), 15, "{set}");
        for limit in [&limits[0], &limits[6]] {
            let [zoom, row, column] =
                ["tileMatrix", "minTileRow", "minTileCol"].map(|name| limit[name].to_string().replace('"', ""));
            let tile = item.replace("{tileMatrix}", &zoom).replace("{tileRow}", &row).replace("{tileCol}", &column);
            assert_eq!(client.get(&tile).await.status, StatusCode::OK, "{tile}");
        }
        let matrices = client.json(&hrefs(&tileset, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")[0]).await;
        let scale = matrices["tileMatrices"][0]["scaleDenominator"].as_f64().unwrap();
        assert!((scale - 559_082_264.028_717).abs() < 1e-3, "{scale}");
        assert_eq!(
            (&matrices["tileMatrices"][14]["matrixWidth"], &matrices["id"]),
            (&16_384.into(), &"WebMercatorQuad".into())
        );
        let tile_json = client.json(&format!("{own}?f=tilejson")).await;
        assert_eq!((&tile_json["tilejson"], &tile_json["maxzoom"]), (&"3.0.0".into(), &14.into()));
        assert!(tile_json["tiles"][0].as_str().unwrap().ends_with("/{z}/{y}/{x}"), "{tile_json}");
    }
}

#[tokio::test]
async fn the_archive_is_sent_in_parts_and_whole_where_it_has_changed() {
    let client = Client::new();
    let whole = client.get("/places.pmtiles").await;
    assert_eq!((whole.status, whole.header("accept-ranges")), (StatusCode::OK, "bytes"));
    assert!(whole.body.starts_with(b"PMTiles\x03"));
    let (tag, len) = (whole.header("etag").to_owned(), whole.body.len());
    let part = |range: String, tag: String| {
        let client = &client;
        async move {
            client.with("/places.pmtiles", &[("range", &range), ("if-range", &tag), ("accept-encoding", "gzip")]).await
        }
    };
    let middle = part("bytes=100-199".to_owned(), tag.clone()).await;
    assert_eq!(
        (middle.status, middle.header("content-range")),
        (StatusCode::PARTIAL_CONTENT, &*format!("bytes 100-199/{len}"))
    );
    assert_eq!((&middle.body[..], middle.header("content-encoding")), (&whole.body[100..200], ""));
    let end = part("bytes=-7".to_owned(), tag.clone()).await;
    assert_eq!(end.body, whole.body[len - 7..]);
    let beyond = part(format!("bytes={len}-"), tag).await;
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, &*format!("bytes */{len}"))
    );
    let changed = part("bytes=0-9".to_owned(), "\"other\"".to_owned()).await;
    assert_eq!((changed.status, changed.body.len()), (StatusCode::OK, len));
}
