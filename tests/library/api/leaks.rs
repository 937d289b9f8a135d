//! What an audience may not see is in no answer, whatever is asked.

use tsunagari::model::Audience;

use super::city::{FOR_LINK_WORKERS, SECRET, everything};
use super::{app_of, get_from};

const ADDRESSES: [&str; 62] = [
    "/",
    "/places/aaaaaaaaaa",
    "/places/ffffffffff",
    "/places/hhhhhhhhhh",
    "/places/iiiiiiiiii",
    "/places.geojson",
    "/categories/salon.geojson",
    "/categories/farming.geojson",
    "/districts/yoka.geojson",
    "/categories/farming/districts/yoka.geojson",
    "/districts.geojson",
    "/categories.json",
    "/collections/places/items",
    "/collections/places/items?bbox=134.71,35.41,134.72,35.42",
    "/collections/places/items/ffffffffff",
    "/collections/places/items/hhhhhhhhhh",
    "/collections/places/items/iiiiiiiiii",
    "/nearest?lon=134.7123456&lat=35.4123456",
    "/nearest?lon=134.771&lat=35.401&category=salon",
    "/readyz",
    "/link-workers",
    "/link-workers?district=yoka",
    "/link-workers?district=ginza",
    "/land.geojson",
    "/places.csv",
    "/places.jsonl",
    "/categories/salon.csv",
    "/categories/farming.csv",
    "/categories/farming.jsonl",
    "/districts/yoka.csv",
    "/districts/yoka.jsonl",
    "/categories/farming/districts/yoka.csv",
    "/collections/places/items?f=csv",
    "/collections/places/items?f=jsonl",
    "/collections/places/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857",
    "/collections/places/items?sortby=-name",
    "/collections/places/items?datetime=2026-12-01/2027-12-01",
    "/collections/places/items?filter=TRUE",
    "/collections/places/items?filter=private_person=TRUE",
    "/collections/places/items?filter=id='hhhhhhhhhh'%20OR%20id='iiiiiiiiii'",
    "/collections/places/items?id=iiiiiiiiii",
    "/collections/places/items?filter=list%20LIKE%20'%25'&f=csv",
    "/collections/places/items?f=csv&filter=S_INTERSECTS(geometry,POINT(134.7123456%2035.4123456))",
    "/?f=json",
    "/api",
    "/api.html",
    "/collections",
    "/collections?f=html",
    "/collections/farming?f=html",
    "/collections/farming/items",
    "/collections/farming/items?f=html",
    "/collections/salon/items?f=html",
    "/collections/places/items?f=html&lang=en",
    "/collections/places/items/ffffffffff?f=html",
    "/collections/places/items/hhhhhhhhhh?f=html",
    "/collections/salon/items/iiiiiiiiii",
    "/collections/districts/items",
    "/collections/salon/queryables",
    "/tiles/WebMercatorQuad",
    "/tiles/WebMercatorQuad/0/0/0",
    "/collections/salon/tiles/WebMercatorQuad/14/6467/14325",
    "/collections/places/items?bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326&bbox=35,134,36,135",
];

async fn everything_said(audience: Audience) -> String {
    let app = app_of(&everything(), audience);
    let mut said = Vec::new();
    for address in ADDRESSES {
        let answer = get_from(&app, address).await;
        said.push(format!("{:?}\n{}", answer.headers, String::from_utf8_lossy(&answer.body)));
    }
    said.join("\n")
}

#[tokio::test]
async fn the_public_sees_no_secret_and_nothing_of_a_private_person() {
    let said = everything_said(Audience::Public).await;
    for mark in [SECRET, FOR_LINK_WORKERS, "134.7123456", "35.4123456", "134.771,"] {
        assert!(!said.contains(mark), "{mark}");
    }
}

#[tokio::test]
async fn link_workers_see_what_is_theirs_and_nothing_of_the_staff() {
    let said = everything_said(Audience::LinkWorkers).await;
    assert!(said.contains(FOR_LINK_WORKERS));
    assert!(!said.contains(SECRET));
}

#[tokio::test]
async fn staff_sees_all() {
    let said = everything_said(Audience::Staff).await;
    assert!(said.contains(FOR_LINK_WORKERS) && said.contains(SECRET));
}

#[tokio::test]
async fn what_is_hidden_is_not_counted_not_found_and_not_near() {
    let app = app_of(&everything(), Audience::Public);
    let counted = get_from(&app, "/categories.json").await.json();
    assert_eq!(counted["categories"][0]["places"], 4);
    let searched = get_from(&app, "/collections/places/items?q=%E7%A7%98%E5%8C%BF%E5%8D%B0").await;
    assert_eq!(searched.json()["numberMatched"], 0);
    let near = get_from(&app, "/nearest?lon=134.771&lat=35.401&limit=1").await;
    assert_eq!(near.ids(), ["cccccccccc"]);
}

/// What stands in a workbook, unpacked.
async fn workbook_texts(audience: Audience, address: &str) -> String {
    let answer = get_from(&app_of(&everything(), audience), address).await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(answer.body)).unwrap();
    let mut texts = String::new();
    for part in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(part).unwrap(), &mut texts).unwrap();
    }
    texts
}

#[tokio::test]
async fn no_secret_is_packed_into_a_workbook() {
    for address in
        ["/places.xlsx", "/categories/farming.xlsx", "/districts/yoka.xlsx", "/collections/places/items?f=xlsx"]
    {
        let texts = workbook_texts(Audience::Public, address).await;
        for mark in [SECRET, FOR_LINK_WORKERS, "134.7123456", "35.4123456", "134.771<"] {
            assert!(!texts.contains(mark), "{address} {mark}");
        }
    }
    let inside = workbook_texts(Audience::LinkWorkers, "/places.xlsx").await;
    assert!(inside.contains(FOR_LINK_WORKERS) && !inside.contains(SECRET));
}

#[tokio::test]
async fn a_tile_shows_nobody_whom_its_audience_may_not_see() {
    let said = async |audience| {
        let app = app_of(&everything(), audience);
        // The tile in which the hidden places stand.
        let answer = get_from(&app, "/collections/places/tiles/WebMercatorQuad/14/6467/14325").await;
        String::from_utf8_lossy(&answer.body).into_owned()
    };
    for place in ["hhhhhhhhhh", "iiiiiiiiii"] {
        assert!(!said(Audience::Public).await.contains(place), "{place}");
        assert!(said(Audience::Staff).await.contains(place), "{place}: the test looks at the right tile");
    }
    assert!(!said(Audience::LinkWorkers).await.contains("iiiiiiiiii"));
}
