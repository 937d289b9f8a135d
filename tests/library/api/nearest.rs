//! `/nearest`.

use super::{get, with};

/// 0.010° east is 906 m here, 0.009° north is 1 001 m: by degrees the northern one would win.
#[tokio::test]
async fn nearest_means_metres_not_degrees() {
    let answer = get("/nearest?lon=134.77&lat=35.40&limit=2").await;
    assert_eq!(answer.ids(), ["cccccccccc", "bbbbbbbbbb"]);
    let json = answer.json();
    assert_eq!(json["features"][0]["properties"]["distance_m"], 906.4);
    assert_eq!(json["features"][1]["properties"]["distance_m"], 1000.8);
}

#[tokio::test]
async fn a_feature_is_that_of_the_file_with_its_distance() {
    let mut nearest = get("/nearest?lon=134.77&lat=35.40&limit=1").await.json()["features"][0].clone();
    nearest["properties"].as_object_mut().unwrap().remove("distance_m");
    let all = get("/places.geojson").await.json();
    assert!(all["features"].as_array().unwrap().contains(&nearest));
}

#[tokio::test]
async fn only_the_categories_asked_for_are_searched_and_unplaced_places_are_nowhere_near() {
    assert_eq!(get("/nearest?lon=134.77&lat=35.40&category=farming").await.ids(), ["ffffffffff"]);
    assert_eq!(get("/nearest?lon=134.77&lat=35.40&category=farming,other").await.ids(), ["ffffffffff", "dddddddddd"]);
    assert_eq!(get("/nearest?lon=134.77&lat=35.40&limit=1000").await.ids().len(), 5);
}

#[tokio::test]
async fn an_answer_to_where_somebody_lives_is_kept_nowhere() {
    let answer = with(&super::app(), "/nearest?lon=134.77&lat=35.40", &[("if-none-match", "*")]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("etag"), "");
}
