//! Walks through pages while the data change, and collections against each other.

use std::collections::BTreeSet;
use std::time::Duration;

use geo::{Contains as _, Intersects as _, Relate as _};
use serde_json::Value;
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::Audience;

use super::{Client, hrefs};
use crate::api::{city, encoded, get, get_from};

/// The invented city without the first `gone` places and with their names changed.
fn edited(gone: usize, mark: &str) -> SnapshotInput {
    let mut everything = city::everything();
    everything.places.drain(..gone);
    everything.places.iter_mut().for_each(|place| place.facts.name.push_str(mark));
    everything
}

fn replace(client: &Client, everything: &SnapshotInput) {
    for next in Snapshot::build_all(everything) {
        client.app.snapshots.replace(next);
    }
}

fn ids(page: &Value) -> Vec<String> {
    page["features"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn who_walks_through_a_list_stays_in_the_version_in_which_the_walk_began() {
    let client = Client::new();
    for list in
        ["places/items?limit=1", "places/items?limit=2&sortby=-name", "salon/items?limit=1", "districts/items?limit=1"]
    {
        replace(&client, &edited(0, ""));
        let whole = ids(&client
            .json(&format!(
                "/collections/{}&limit=100",
                list.replace("limit=1&", "").replace("?limit=1", "?offset=0").replace("limit=2&", "")
            ))
            .await);
        let mut page = client.json(&format!("/collections/{list}")).await;
        let mut seen = ids(&page);
        let mut is_first = true;
        while let Some(next) = hrefs(&page, "next").first() {
            if is_first {
                replace(&client, &edited(2, list));
            }
            is_first = false;
            page = client.json(next).await;
            seen.extend(ids(&page));
        }
        assert_eq!(seen, whole, "{list}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_version_before_is_gone_after_ten_minutes_or_a_second_change() {
    let client = Client::new();
    let begin = async || hrefs(&client.json("/collections/places/items?limit=1").await, "next")[0].clone();
    let status = async |address: &str| client.get(address).await.status.as_u16();
    let next = begin().await;
    replace(&client, &edited(1, "1"));
    assert_eq!(status(&next).await, 200);
    tokio::time::sleep(Duration::from_secs(599)).await;
    assert_eq!(status(&next).await, 200);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answer = client.get(&next).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["type"]), (410, &"urn:tsunagari:problem:version-gone".into()));
    let next = begin().await;
    replace(&client, &edited(2, "2"));
    assert_eq!(status("/collections").await, 200);
    assert_eq!(status(&next).await, 200);
    replace(&client, &edited(2, "3"));
    assert_eq!(status("/places.geojson").await, 200);
    assert_eq!(status(&next).await, 410);
}

#[tokio::test]
async fn a_category_is_what_places_are_with_its_code_as_a_parameter() {
    let queries = [
        "",
        "limit=1&offset=1",
        "bbox=134.76,35.39,134.79,35.41",
        "district=yoka",
        "category=salon",
        "category=farming,other",
        "category=farming&category=salon",
        "q=%E5%9B%B2%E7%A2%81",
        "fact=toilet",
        "when=mon",
        "datetime=2026-12-01/2026-12-31",
        "filter=category='farming'",
        "filter=NOT%20(category='farming')",
        "sortby=-name",
        "status=active",
        "filter=S_INTERSECTS(geometry,BBOX(134.7,35.3,134.8,35.5))",
    ];
    for category in ["salon", "farming", "other"] {
        for query in queries {
            let own = get(&format!("/collections/{category}/items?{query}")).await;
            let expression = format!("category='{category}'");
            let joined = match query.strip_prefix("filter=") {
                Some(filter) => format!("filter={}%20AND%20({filter})", encoded(&expression)),
                None => format!("{query}&filter={}", encoded(&expression)),
            };
            let all = get(&format!("/collections/places/items?{joined}")).await;
            assert_eq!(own.ids(), all.ids(), "{category} {query}");
            assert_eq!(own.json()["numberMatched"], all.json()["numberMatched"], "{category} {query}");
        }
        let of_file: BTreeSet<String> =
            get(&format!("/categories/{category}.geojson")).await.ids().into_iter().collect();
        assert_eq!(
            get(&format!("/collections/{category}/items")).await.ids().into_iter().collect::<BTreeSet<_>>(),
            of_file
        );
    }
    assert_eq!(get("/collections/farming/items/aaaaaaaaaa").await.status, 404, "a place of another category");
}

#[tokio::test]
async fn districts_pass_conditions_on_their_own_properties_and_outlines() {
    for (filter, expected) in [
        ("id = 'yoka'", vec!["yoka"]),
        ("name LIKE '%谷'", vec!["大谷"]),
        ("former_town IS NULL", vec!["大谷", "ginza"]),
        ("NOT (former_town = '旧八鹿町')", vec![]),
        ("sketch IS NULL AND geometry IS NOT NULL", vec!["yoka", "大谷"]),
        ("S_INTERSECTS(geometry, POINT(134.75 35.45))", vec!["yoka"]),
        ("S_INTERSECTS(geometry, LINESTRING(134.75 35.45, 134.85 35.45))", vec!["yoka", "大谷"]),
        ("S_WITHIN(geometry, BBOX(134.69, 35.38, 134.81, 35.5))", vec!["yoka"]),
        ("S_WITHIN(POINT(134.85 35.45), geometry)", vec!["大谷"]),
        ("S_WITHIN(POLYGON((134.7 35.3, 135 35.3, 135 35.6, 134.7 35.3)), geometry)", vec![]),
        ("name = '八鹿' OR name = '銀座'", vec!["yoka", "ginza"]),
    ] {
        let plain = |ids: Vec<String>| {
            ids.into_iter().filter(|id| id != "ginza" || expected.contains(&"ginza")).collect::<Vec<_>>()
        };
        let found = get(&format!("/collections/districts/items?filter={}", encoded(filter))).await.ids();
        assert_eq!(plain(found), expected, "{filter}");
    }
    assert_eq!(get("/collections/districts/items?name=%E5%85%AB%E9%B9%BF").await.ids(), ["yoka"]);
    assert_eq!(get("/collections/districts/items?sortby=-name&limit=1").await.ids().len(), 1);
    for unknown in ["category=salon", "q=x", "cost=1", "filter=cost%20IS%20NULL", "sortby=cost", "f=csv"] {
        assert_eq!(get(&format!("/collections/districts/items?{unknown}")).await.status, 400, "{unknown}");
    }
}

/// Outlines against shapes in every system, as `geo` relates them in degrees.
#[tokio::test]
async fn shapes_in_any_system_touch_the_districts_that_they_touch_in_degrees() {
    let all: geojson::FeatureCollection = get("/districts.geojson").await.text().parse().unwrap();
    let outlines: Vec<(String, geo::Geometry<f64>)> = all
        .features
        .into_iter()
        .filter_map(|it| Some((it.property("name")?.as_str()?.to_owned(), it.geometry?.try_into().ok()?)))
        .collect();
    let mut relations = BTreeSet::new();
    for step in 0..40_u32 {
        let at = |n: u32| f64::from(step * 7919 + n * 104_729 % 1000 * 31) / 997.0 % 0.3;
        let (west, south, width) = (134.6 + at(1), 35.3 + at(2), 0.001 + at(3));
        let ring =
            [(west, south), (west + width, south), (west + width, south + width), (west, south + width), (west, south)];
        let shape = geo::Geometry::Polygon(geo::Polygon::new(geo::LineString::from(ring.to_vec()), vec![]));
        let wkt: Vec<String> = ring.iter().map(|(x, y)| format!("{x} {y}")).collect();
        for (function, holds) in [
            (
                "S_INTERSECTS(geometry, {})",
                (|outline, shape| shape.intersects(outline)) as fn(&geo::Geometry, &geo::Geometry) -> bool,
            ),
            ("S_WITHIN(geometry, {})", |outline, shape| outline.relate(shape).is_within()),
            ("S_WITHIN({}, geometry)", |outline, shape| outline.contains(shape)),
        ] {
            let filter = function.replace("{}", &format!("POLYGON(({}))", wkt.join(", ")));
            let found = get(&format!("/collections/districts/items?filter={}", encoded(&filter))).await.json();
            let found: Vec<&str> = found["features"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["properties"]["name"].as_str().unwrap())
                .collect();
            let expected: Vec<&str> =
                outlines.iter().filter(|(_, it)| holds(it, &shape)).map(|(name, _)| name.as_str()).collect();
            assert_eq!(found, expected, "{filter}");
            relations.insert((function, !expected.is_empty()));
        }
    }
    assert!(relations.len() >= 5, "{relations:?}");
}

#[tokio::test]
async fn link_workers_get_collections_of_their_own_snapshot() {
    let app = crate::api::app_of(&city::everything(), Audience::LinkWorkers);
    let inside = get_from(&app, "/collections/salon/items").await.json()["numberMatched"].clone();
    let outside = get("/collections/salon/items").await.json()["numberMatched"].clone();
    assert_eq!((inside, outside), (5.into(), 4.into()));
}
