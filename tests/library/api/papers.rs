//! `/print`, `/print/places/{id}`, `/print/door`, `/land.geojson`: what stands on paper and below the map, and what never does.

use axum::http::StatusCode;
use tsunagari::index::SnapshotInput;
use tsunagari::model::{Audience, BasemapFeature, BasemapKind, BasemapShape, PlaceId, Position, TownEntry};

use super::city::{FOR_LINK_WORKERS, SECRET, everything};
use super::{Answer, app_of, get_from};

/// The city with two 大字 and a river.
fn city() -> SnapshotInput {
    let town = |name: &str, lon: f64, lat: f64| TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: name.to_owned(),
        kana: None,
        small_area: None,
        position: Position::new(lon, lat).unwrap(),
    };
    let shape = BasemapShape::Lines(vec![vec![[134.71, 35.40], [134.86, 35.48]]]);
    let river = BasemapFeature { kind: BasemapKind::River, name: Some("見本川".to_owned()), sketch: true, shape };
    let towns = vec![town("上町", 134.72, 35.41), town("下町", 134.85, 35.46)];
    SnapshotInput { towns, basemap: vec![river], ..everything() }
}

async fn page(input: &SnapshotInput, audience: Audience, address: &str) -> Answer {
    get_from(&app_of(input, audience), address).await
}

#[tokio::test]
async fn a_list_on_paper_has_a_numbered_map_and_every_place_by_its_number() {
    let answer = page(&city(), Audience::Public, "/print").await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.text();
    let places = everything().places.len() - 2; // two are hidden
    assert_eq!(html.matches("class=\"entry\"").count(), places);
    for number in 1..=places {
        assert!(html.contains(&format!("id=\"n{number}\"")), "{number}");
    }
    assert!(html.contains("class=\"paper-map") && html.contains("見本川") && html.contains("概形"), "{html}");
    assert!(html.contains("地図にない場所"), "a place without a position is listed");
}

#[tokio::test]
async fn a_paper_is_the_publics_on_either_address() {
    for address in [
        "/print",
        "/print?district=yoka",
        "/print?category=farming",
        "/print/places/aaaaaaaaaa",
        "/print/door?town=上町",
    ] {
        let address = address.replace("上町", "%E4%B8%8A%E7%94%BA");
        let public = page(&city(), Audience::Public, &address).await;
        let inside = page(&city(), Audience::LinkWorkers, &address).await;
        assert_eq!(public.text(), inside.text(), "{address}");
        for mark in [SECRET, FOR_LINK_WORKERS, "134.7123456", "35.4123456", "134.771,"] {
            assert!(!public.text().contains(mark), "{address} {mark}");
        }
    }
    for hidden in ["/print/places/hhhhhhhhhh", "/print/places/iiiiiiiiii", "/print/places/none"] {
        assert_eq!(page(&city(), Audience::LinkWorkers, hidden).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
}

#[tokio::test]
async fn a_leaflet_for_a_door_names_a_known_town_only_and_no_private_person() {
    let leaflet = page(&city(), Audience::Public, "/print/door?town=%E4%B8%8A%E7%94%BA").await;
    assert!(leaflet.text().contains("上町の近くのつどいの場"), "{}", leaflet.text());
    assert!(!leaflet.text().contains("個別農業指導"));
    assert!(leaflet.text().matches("class=\"entry\"").count() <= 5);
    for unknown in ["", "?town=", "?town=%3Cscript%3E"] {
        let choice = page(&city(), Audience::Public, &format!("/print/door{unknown}")).await;
        assert!(choice.text().contains("door/%E4%B8%8B%E7%94%BA.html"), "{unknown}");
        assert!(!choice.text().contains("<script>"), "{unknown}");
    }
}

#[tokio::test]
async fn the_land_is_the_same_for_every_audience_and_knows_no_place() {
    let public = page(&city(), Audience::Public, "/land.geojson").await;
    let inside = page(&city(), Audience::LinkWorkers, "/land.geojson").await;
    assert_eq!(public.body, inside.body);
    assert!(public.text().contains("上町") && public.text().contains("見本川"));
    assert!(!public.text().contains("囲碁サロン"));
}

#[tokio::test]
async fn a_version_moves_with_the_land() {
    let tag =
        async |input: &SnapshotInput| page(input, Audience::Public, "/land.geojson").await.header("etag").to_owned();
    let mut other = city();
    other.basemap.clear();
    assert_ne!(tag(&city()).await, tag(&other).await);
    assert_eq!(tag(&city()).await, tag(&city()).await);
}

#[tokio::test]
async fn hostile_names_stay_names_on_maps_and_papers() {
    let names = [
        "<script>alert(1)</script>".to_owned(),
        "あ".repeat(300),
        "\u{202e}逆さ\u{202c}".to_owned(),
        "👵🏽🍵👨‍👩‍👧‍👦".to_owned(),
        "\"><svg onload=x>".to_owned(),
        "{word:link_worker}".to_owned(),
        "</title></svg>".to_owned(),
        "a".repeat(300),
    ];
    let mut input = city();
    let template = input.places[1].clone();
    for (nth, name) in names.iter().enumerate() {
        let mut place = template.clone();
        place.id = PlaceId(format!("hostile{nth}"));
        place.facts.name.clone_from(name);
        place.facts.venue = Some(name.clone());
        place.facts.address = Some(name.clone());
        place.facts.directions = Some(name.clone());
        input.places.push(place);
        input.towns.push(TownEntry { town: name.clone(), ..input.towns[0].clone() });
        input.basemap.push(BasemapFeature { name: Some(name.clone()), ..input.basemap[0].clone() });
    }
    for address in [
        "/print",
        "/print/door",
        "/print/places/hostile0",
        "/print/places/hostile1",
        "/places/hostile4",
        "/print?lang=en",
    ] {
        let html = page(&input, Audience::Public, address).await;
        assert_eq!(html.status, StatusCode::OK, "{address}");
        for broken in ["<script>alert", "\"><svg onload", "</title></svg>\""] {
            assert!(!html.text().contains(broken), "{address} {broken}");
        }
    }
    let land = page(&input, Audience::Public, "/land.geojson").await;
    let _: geojson::FeatureCollection = land.text().parse().unwrap();
}

#[tokio::test]
async fn thousands_of_places_make_a_bounded_paper_that_says_so() {
    let mut input = city();
    let template = input.places[1].clone();
    for nth in 0..5_000_u32 {
        let mut place = template.clone();
        place.id = PlaceId(format!("many{nth}"));
        let (column, row) = (f64::from(nth % 70), f64::from(nth / 70));
        let position = Position::new(134.7 + column * 0.001, 35.39 + row * 0.001).unwrap();
        place.facts.site = place.facts.site.map(|site| tsunagari::model::Location { position, ..site });
        input.places.push(place);
    }
    let answer = page(&input, Audience::Public, "/print").await;
    assert_eq!(answer.text().matches("class=\"entry\"").count(), 1_000);
    assert!(answer.text().contains("はじめの1,000件"));
}
