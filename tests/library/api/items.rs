//! `/collections/places/items` and `/collections/places/items/{id}`.

use axum::http::StatusCode;
use serde_json::Value;

use super::{get, get_from};

const ITEMS: &str = "/collections/places/items";

async fn ids(query: &str) -> Vec<String> {
    get(&format!("{ITEMS}?{query}")).await.ids()
}

#[tokio::test]
async fn filters_are_joined() {
    assert_eq!(ids("bbox=134.76,35.39,134.79,35.41").await.len(), 2);
    assert_eq!(ids("bbox=134.775,35.39,0,134.79,35.41,100").await, ["cccccccccc"]);
    assert_eq!(ids("category=farming,other").await, ["ffffffffff", "dddddddddd"]);
    assert_eq!(ids("category=farming&category=other&district=yoka").await, ["ffffffffff"]);
    assert_eq!(ids("q=%E5%9B%B2%E7%A2%81&category=salon").await.len(), 2);
    assert_eq!(ids("q=%E5%9B%B2%E7%A2%81+%E5%A4%A9%E6%96%87").await, ["aaaaaaaaaa"]);
    assert_eq!(ids("q=%E8%8C%B6").await.len(), 2, "a single letter: 茶");
    assert_eq!(ids("q=%E8%BE%B2%E6%A5%AD").await, ["ffffffffff"], "by the name of its category");
    assert_eq!(ids("q=nothing-like-this").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_box_across_the_antimeridian_holds_what_lies_outside_its_mirror() {
    assert_eq!(ids("bbox=170,-90,134.755,90").await, ["aaaaaaaaaa", "ffffffffff"]);
}

#[tokio::test]
async fn edges_of_a_box_belong_to_it() {
    assert_eq!(ids("bbox=134.78,35.4,134.78,35.4").await, ["cccccccccc"]);
}

#[tokio::test]
async fn pages_lead_through_the_whole_list() {
    let app = super::app();
    let all = get_from(&app, "/places.geojson").await.ids();
    let (mut seen, mut address) = (Vec::new(), format!("{ITEMS}?limit=4&bbox=-180,-90,180,90"));
    loop {
        let answer = get_from(&app, &address).await;
        seen.extend(answer.ids());
        match link(&answer.json(), "next") {
            Some(next) => address = next,
            None => break,
        }
    }
    seen.sort();
    let mut placed: Vec<String> = all.into_iter().filter(|id| id != "eeeeeeeeee").collect();
    placed.sort();
    assert_eq!(seen, placed, "a box holds all places but the unplaced one");
}

fn link(answer: &Value, rel: &str) -> Option<String> {
    let links = answer["links"].as_array().unwrap();
    links.iter().find(|link| link["rel"] == rel).map(|link| link["href"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_page_says_how_many_there_are_and_where_to_go_on() {
    let answer = get(&format!("{ITEMS}?limit=2&offset=2&category=salon&q=%E3%81%AE")).await;
    let version = answer.header("etag").split('"').nth(1).unwrap().split('-').next().unwrap().to_owned();
    let mut answer: Value = serde_json::from_str(&answer.text().replace(&version, "VERSION")).unwrap();
    assert!(answer["timeStamp"].is_string());
    (answer["features"], answer["timeStamp"]) = (Value::Null, Value::Null);
    insta::assert_json_snapshot!("a_page", answer);
    let answer = get(&format!("{ITEMS}?offset=1000")).await.json();
    assert_eq!((&answer["numberMatched"], &answer["numberReturned"]), (&6.into(), &0.into()));
    assert_eq!(link(&answer, "next"), None);
}

#[tokio::test]
async fn one_item_is_a_feature_with_links() {
    let answer = get(&format!("{ITEMS}/cccccccccc")).await;
    let _: geojson::Feature = answer.text().parse().unwrap();
    insta::assert_json_snapshot!("an_item", answer.json());
    let missing = get(&format!("{ITEMS}/%E7%84%A1%E3%81%84")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.json()["detail"], "there is no place `無い`; /places.geojson lists them");
}

#[tokio::test]
async fn links_have_the_citys_own_address_where_it_is_known() {
    let mut everything = super::city::everything();
    everything.city.public_url = Some("https://example.jp/map".to_owned());
    let app = super::app_of(&everything, tsunagari::model::Audience::Public);
    let answer = get_from(&app, &format!("{ITEMS}?limit=1")).await.json();
    let next = link(&answer, "next").unwrap();
    assert!(next.starts_with("https://example.jp/map/collections/places/items?limit=1&offset=1&version="), "{next}");
}
