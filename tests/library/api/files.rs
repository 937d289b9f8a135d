//! `/places.geojson`, `/categories/…`, `/districts/…`, `/districts.geojson`, `/categories.json`.

use std::process::Command;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Answer, get};

#[tokio::test]
async fn all_places_come_by_category_with_unplaced_ones_last() {
    let answer = get("/places.geojson").await;
    let mut ids = answer.ids();
    assert_eq!(ids[3], "eeeeeeeeee", "the unplaced salon stands behind the placed ones");
    assert_eq!(ids[4..], ["ffffffffff", "dddddddddd"]);
    ids.sort();
    assert_eq!(ids, ["aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd", "eeeeeeeeee", "ffffffffff"]);
}

#[tokio::test]
async fn a_feature_has_everything_that_is_known_and_nothing_that_is_not() {
    let answer = get("/places.geojson").await.json();
    let feature = |id: &str| {
        let features = answer["features"].as_array().unwrap();
        features.iter().find(|feature| feature["id"] == id).unwrap().clone()
    };
    insta::assert_json_snapshot!("a_feature_of_which_everything_is_known", feature("aaaaaaaaaa"));
    insta::assert_json_snapshot!("a_feature_of_which_little_is_known", feature("eeeeeeeeee"));
    insta::assert_json_snapshot!("a_feature_of_a_private_person", feature("ffffffffff"));
}

#[tokio::test]
async fn files_by_category_and_by_district_hold_their_own() {
    assert_eq!(get("/categories/farming.geojson").await.ids(), ["ffffffffff"]);
    assert_eq!(get("/categories/salon.geojson").await.ids().len(), 4);
    assert_eq!(get("/districts/ginza.geojson").await.ids(), ["eeeeeeeeee"]);
    assert_eq!(get("/districts/%E5%A4%A7%E8%B0%B7.geojson").await.ids(), ["dddddddddd"]);
    assert_eq!(get("/categories/salon/districts/ginza.geojson").await.ids(), ["eeeeeeeeee"]);
    assert_eq!(get("/categories/other/districts/ginza.geojson").await.ids(), Vec::<String>::new());
    assert_eq!(get("/categories/other/districts/%E5%A4%A7%E8%B0%B7.geojson").await.ids(), ["dddddddddd"]);
}

#[tokio::test]
async fn every_file_is_a_selection_of_the_lines_of_the_file_of_all() {
    let all = get("/places.geojson").await;
    let lines: Vec<&str> = lines(&all);
    for address in ["/categories/salon.geojson", "/districts/yoka.geojson", "/categories/salon/districts/yoka.geojson"]
    {
        let part = get(address).await;
        let own = self::lines(&part);
        assert!(!own.is_empty() && own.iter().all(|line| lines.contains(line)), "{address}");
    }
}

fn lines(answer: &Answer) -> Vec<&str> {
    let lines = answer.text().lines().filter(|line| line.starts_with("{\"type\":\"Feature\","));
    lines.map(|line| line.trim_end_matches(',')).collect()
}

#[tokio::test]
async fn a_category_or_district_that_does_not_exist_is_named() {
    let answer = get("/categories/saloon.geojson").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.json()["detail"], "there is no category `saloon`; /categories.json lists them");
    let answer = get("/categories/salon/districts/nowhere.geojson").await;
    assert_eq!(answer.json()["detail"], "there is no district `nowhere`; /districts.geojson lists them");
    assert_eq!(get("/categories/salon.json").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn districts_have_outlines_counts_and_a_place_for_their_label() {
    let answer = get("/districts.geojson").await;
    assert_eq!(answer.ids(), ["yoka", "大谷", "ginza"]);
    insta::assert_json_snapshot!("districts", answer.json());
}

#[tokio::test]
async fn categories_have_names_colours_and_counts() {
    let answer = get("/categories.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    insta::assert_json_snapshot!("categories", answer.json());
}

#[tokio::test]
async fn outlines_turn_left_and_are_closed() {
    let answer = get("/districts.geojson").await.json();
    let ring = answer["features"][0]["geometry"]["coordinates"][0][0].as_array().unwrap().clone();
    assert_eq!(ring.first(), ring.last());
    let number = |point: &Value, axis: usize| point[axis].as_f64().unwrap();
    let doubled: f64 = ring
        .windows(2)
        .map(|pair| number(&pair[0], 0) * number(&pair[1], 1) - number(&pair[1], 0) * number(&pair[0], 1))
        .sum();
    assert!(doubled > 0.0, "{doubled}");
    assert_eq!(ring[2], json!([134.8, 35.49]));
}

#[tokio::test]
async fn oracle_gdal_reads_the_files_and_counts_the_same() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        return eprintln!("skipped: ogrinfo (gdal-bin) is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    for (address, count) in [
        ("/places.geojson", 6),
        ("/categories/salon.geojson", 4),
        ("/districts/yoka.geojson", 4),
        ("/categories/salon/districts/yoka.geojson", 3),
        ("/districts.geojson", 3),
        ("/collections/places/items?limit=2", 2),
        ("/nearest?lon=134.77&lat=35.4&limit=3", 3),
        ("/places.jsonl", 6),
        ("/places.csv", 6),
        ("/categories/salon.csv", 4),
        ("/collections/places/items?f=csv&filter=category='salon'", 4),
        ("/collections/places/items?f=jsonl&sortby=-name", 6),
    ] {
        let is = |ending: &str| address.contains(&format!(".{ending}")) || address.contains(&format!("f={ending}"));
        // GDAL knows newline-delimited features by this ending.
        let ending = if is("csv") {
            "csv"
        } else if is("jsonl") {
            "geojsonl"
        } else {
            "geojson"
        };
        let file = folder.path().join(format!("answer.{ending}"));
        std::fs::write(&file, get(address).await.body).unwrap();
        let output = Command::new("ogrinfo").args(["-ro", "-al", "-so"]).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(&format!("Feature Count: {count}\n")), "{address}: {said}");
        assert!(!said.contains("ERROR") && !said.contains("Warning"), "{address}: {said}");
    }
}
