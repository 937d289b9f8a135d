//! The rules behind the tests of the OGC's suite.

use axum::body::Body;
use axum::http::Request;
use chrono::{DateTime, Utc};
use geo::{BoundingRect as _, Intersects as _};
use serde_json::Value;
use tsunagari::index::filter::crs::CoordinateSystem;

use super::{Client, HOST, hrefs};
use crate::api::ask;

/// With which parameters pages are requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryKind {
    Plain,
    Limit,
    Bbox,
    Datetime,
}

/// What must hold of each page.
#[derive(Debug, Clone, Copy)]
pub enum PageRule {
    IsCollection,
    HasFeatures,
    Links,
    TimeStamp,
    NumberMatched,
    NumberReturned,
    Crs84,
}

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const SOMEWHERE_ELSE: &str = "-20,-20,-10,-10";

fn queries(kind: QueryKind) -> &'static [&'static str] {
    match kind {
        QueryKind::Plain => &[""],
        QueryKind::Limit => &["?limit=1", "?limit=2", "?limit=10000", "?limit=10001", "?limit=99999999999999999999999"],
        QueryKind::Bbox => &[
            "?bbox=134.70,35.39,134.79,35.46",
            "?bbox=134.70,35.39,0,134.79,35.46,100",
            "?bbox=-20,-20,-10,-10",
            "?bbox=170,-90,134.755,90",
        ],
        QueryKind::Datetime => &[
            "?datetime=2026-12-10",
            "?datetime=2026-12-10T05:00:00Z",
            "?datetime=2026-12-01/2026-12-31",
            "?datetime=../2026-12-31",
            "?datetime=2026-12-01/..",
        ],
    }
}

/// Every page of every collection, with its address.
async fn pages(client: &Client, kind: QueryKind) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for collection in client.collections().await {
        for query in queries(kind) {
            let address = format!("/collections/{collection}/items{query}");
            let answer = client.get(&address).await;
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-type")),
                (200, "application/geo+json"),
                "{address}"
            );
            let _: geojson::FeatureCollection = answer.text().parse().unwrap();
            all.push((address, answer.json()));
        }
    }
    all
}

pub async fn items_are_answered(client: &Client, kind: QueryKind) {
    assert!(pages(client, kind).await.len() >= 4);
}

pub async fn page(client: &Client, kind: QueryKind, rule: PageRule) {
    let before = Utc::now();
    for (address, page) in pages(client, kind).await {
        match rule {
            PageRule::IsCollection => assert_eq!(page["type"], "FeatureCollection", "{address}"),
            PageRule::HasFeatures => assert!(page["features"].is_array(), "{address}"),
            PageRule::Links => links(client, &address, &page).await,
            PageRule::TimeStamp => {
                let at: DateTime<Utc> = page["timeStamp"].as_str().unwrap().parse().unwrap();
                assert!(before <= at && at <= Utc::now(), "{address}: {at}");
            }
            PageRule::NumberMatched => number_matched(client, &address, &page).await,
            PageRule::NumberReturned => {
                let count = page["features"].as_array().unwrap().len();
                assert_eq!(page["numberReturned"], count, "{address}");
                if kind == QueryKind::Limit {
                    let limit: f64 = address.rsplit('=').next().unwrap().parse().unwrap();
                    let matched = page["numberMatched"].as_f64().unwrap();
                    assert_eq!(count.to_string(), limit.min(matched).to_string(), "{address}");
                }
            }
            PageRule::Crs84 => crs84(&address, &page),
        }
    }
}

async fn links(client: &Client, address: &str, page: &Value) {
    assert_eq!(hrefs(page, "self").len(), 1, "{address}");
    for link in page["links"].as_array().unwrap() {
        let (href, rel, media) = (link["href"].as_str().unwrap(), link["rel"].as_str().unwrap(), &link["type"]);
        assert!(media.is_string(), "{address} {rel}");
        if rel == "license" {
            continue;
        }
        assert!(href.starts_with(HOST), "{href} is not absolute");
        let answer = client.get(href).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type").split(';').next()),
            (200, media.as_str().unwrap().split(';').next()),
            "{href}"
        );
    }
}

/// The number of all features that one meets on the way along `next`.
async fn number_matched(client: &Client, address: &str, page: &Value) {
    let (mut count, mut page) = (0, page.clone());
    let matched = page["numberMatched"].as_u64().unwrap();
    loop {
        count += page["numberReturned"].as_u64().unwrap();
        match hrefs(&page, "next").first() {
            Some(next) => page = client.json(next).await,
            None => break,
        }
    }
    assert_eq!(count, matched, "{address}");
}

/// Whether every coordinate is longitude and latitude in the area of the city.
fn crs84(address: &str, page: &Value) {
    for feature in page["features"].as_array().unwrap() {
        let mut at = &feature["geometry"]["coordinates"];
        while at[0].is_array() {
            at = &at[0];
        }
        if let (Some(lon), Some(lat)) = (at[0].as_f64(), at[1].as_f64()) {
            assert!((134.0..136.0).contains(&lon) && (35.0..36.0).contains(&lat), "{address}: {lon} {lat}");
        }
    }
}

pub async fn crs_lists_are_uris(client: &Client) {
    for collection in client.json("/collections").await["collections"].as_array().unwrap() {
        let crs: Vec<&str> = collection["crs"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        assert_eq!(crs, CoordinateSystem::ALL.map(CoordinateSystem::uri), "{}", collection["id"]);
        assert!(crs.iter().all(|uri| uri.starts_with("http://www.opengis.net/def/crs/")));
    }
}

pub async fn crs_lists_have_the_default(client: &Client) {
    for collection in client.json("/collections").await["collections"].as_array().unwrap() {
        assert!(collection["crs"].as_array().unwrap().contains(&CRS84.into()), "{}", collection["id"]);
    }
}

pub async fn storage_crs_is_in_the_list(client: &Client) {
    for collection in client.json("/collections").await["collections"].as_array().unwrap() {
        assert!(collection["crs"].as_array().unwrap().contains(&collection["storageCrs"]), "{}", collection["id"]);
    }
}

/// The first feature of each collection that has one, by its address.
async fn features(client: &Client) -> Vec<String> {
    let mut all = Vec::new();
    for collection in client.collections().await {
        let page = client.json(&format!("/collections/{collection}/items?limit=1")).await;
        let id = page["features"][0]["id"].as_str().map(crate::api::encoded);
        all.extend(id.map(|id| format!("/collections/{collection}/items/{id}")));
    }
    assert!(all.len() >= 4, "{all:?}");
    all
}

async fn addresses(client: &Client) -> Vec<String> {
    let items = client.collections().await.into_iter().map(|it| format!("/collections/{it}/items"));
    items.chain(features(client).await).collect()
}

pub async fn every_crs_is_answered_with_its_header(client: &Client) {
    for address in addresses(client).await {
        for uri in CoordinateSystem::ALL.map(CoordinateSystem::uri) {
            let answer = client.get(&format!("{address}?crs={uri}")).await;
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-crs")),
                (200, &*format!("<{uri}>")),
                "{address}"
            );
        }
    }
}

pub async fn unknown_crs_is_refused(client: &Client, parameter: &str) {
    for address in addresses(client).await {
        if parameter == "bbox-crs" && !address.ends_with("/items") {
            continue;
        }
        for unknown in
            ["http://www.opengis.net/def/crs/EPSG/0/2447", "EPSG:4326", "", "http://www.opengis.net/def/crs/0/unknown"]
        {
            let bbox = if parameter == "bbox-crs" { "&bbox=1,2,3,4" } else { "" };
            let answer = client.get(&format!("{address}?{parameter}={unknown}{bbox}")).await;
            assert_eq!(
                (answer.status.as_u16(), answer.json()["parameter"].as_str()),
                (400, Some(parameter)),
                "{address} {unknown}"
            );
        }
    }
}

pub async fn default_crs_is_named(client: &Client) {
    for address in addresses(client).await {
        assert_eq!(client.get(&address).await.header("content-crs"), format!("<{CRS84}>"), "{address}");
    }
}

/// Every pair of numbers of a geometry.
fn corners(geometry: &Value, all: &mut Vec<[f64; 2]>) {
    match geometry {
        Value::Array(items) if items.first().is_some_and(Value::is_number) => {
            all.push([items[0].as_f64().unwrap(), items[1].as_f64().unwrap()]);
        }
        Value::Array(items) => items.iter().for_each(|item| corners(item, all)),
        _ => {}
    }
}

fn all_corners(page: &Value) -> Vec<[f64; 2]> {
    let mut all = Vec::new();
    page["features"].as_array().unwrap().iter().for_each(|it| corners(&it["geometry"]["coordinates"], &mut all));
    all
}

pub async fn coordinates_are_transformed(client: &Client) {
    for collection in ["places", "districts", "salon"] {
        let plain = all_corners(&client.json(&format!("/collections/{collection}/items")).await);
        for crs in CoordinateSystem::ALL {
            let page = client.json(&format!("/collections/{collection}/items?crs={}", crs.uri())).await;
            let other = all_corners(&page);
            assert_eq!(plain.len(), other.len(), "{collection} {crs:?}");
            for (wanted, found) in plain.iter().zip(other) {
                let back = crs.position(found).unwrap();
                let moved = (back.lon() - wanted[0]).abs().max((back.lat() - wanted[1]).abs());
                assert!(moved < 2e-7, "{collection} {crs:?} {wanted:?} {found:?}");
            }
        }
    }
}

pub async fn bbox_is_crs84_by_default(client: &Client) {
    for collection in client.collections().await {
        let ids = async |query: &str| client.get(&format!("/collections/{collection}/items?{query}")).await.ids();
        let plain = ids("bbox=134.70,35.39,134.79,35.46").await;
        assert_eq!(plain, ids(&format!("bbox=134.70,35.39,134.79,35.46&bbox-crs={CRS84}")).await, "{collection}");
    }
}

pub async fn bbox_in_every_crs_is_the_same_box(client: &Client) {
    let corner = |lon, lat| tsunagari::model::Position::new(lon, lat).unwrap();
    for collection in client.collections().await {
        let ids = async |query: String| client.get(&format!("/collections/{collection}/items?{query}")).await.ids();
        let plain = ids("bbox=134.765,35.395,134.79,35.46".to_owned()).await;
        for crs in CoordinateSystem::ALL {
            let [[a, b], [c, d]] = [corner(134.765, 35.395), corner(134.79, 35.46)].map(|at| crs.coordinates(at));
            assert_eq!(
                ids(format!("bbox={a},{b},{c},{d}&bbox-crs={}", crs.uri())).await,
                plain,
                "{collection} {crs:?}"
            );
        }
    }
}

pub async fn http_1_1_is_spoken(client: &Client) {
    for method in ["HEAD", "OPTIONS", "GET"] {
        for path in ["/conformance", "/collections", "/collections/places/items", "/api"] {
            let request = Request::builder().method(method).uri(path).header("host", "localhost:8080");
            let answer = ask(&client.app, request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, 200, "{method} {path}");
            assert_eq!(answer.body.is_empty(), method != "GET", "{method} {path}");
        }
    }
    let tag = client.get("/collections").await.header("etag").to_owned();
    assert_eq!(client.with("/collections", &[("if-none-match", &tag)]).await.status, 304);
    let tag = client.get("/collections/places/items").await.header("etag").to_owned();
    assert!(tag.starts_with("W/"), "{tag}: a page names the time at which it was written");
    assert_eq!(client.with("/collections/places/items", &[("if-none-match", &tag)]).await.status, 304);
}

pub async fn landing_page_links_its_documents(client: &Client) {
    let landing = client.with("/", &[("accept", "application/json")]).await;
    assert_eq!(landing.header("content-type"), "application/json");
    let landing = landing.json();
    assert!(landing["title"].as_str().unwrap().contains("見本市"), "{landing}");
    for rel in ["self", "service-desc", "service-doc", "conformance", "data"] {
        for href in hrefs(&landing, rel) {
            assert!(href.starts_with(HOST), "{href}");
            assert_eq!(client.get(&href).await.status, 200, "{href}");
        }
        assert_eq!(hrefs(&landing, rel).len(), 1, "{rel}");
    }
}

pub async fn api_definition_is_openapi(client: &Client) {
    let landing = client.json("/?f=json").await;
    let answer = client.get(&hrefs(&landing, "service-desc")[0]).await;
    assert_eq!(answer.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let document = answer.json();
    assert_eq!(document["openapi"], "3.0.3");
    for path in ["/", "/conformance", "/collections", "/collections/places/items", "/collections/places/items/{id}"] {
        assert!(document["paths"][path]["get"]["responses"]["200"].is_object(), "{path}");
    }
}

pub async fn conformance_names_the_core(client: &Client) {
    let classes = client.json("/conformance").await;
    let classes: Vec<&str> = classes["conformsTo"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    for class in ["core", "oas30", "geojson", "html"] {
        let uri = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(classes.contains(&&*uri), "{uri}");
    }
    assert!(classes.contains(&"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs"));
}

pub async fn collections_describe_themselves(client: &Client) {
    let all = client.json("/collections").await;
    assert_eq!(hrefs(&all, "self"), [format!("{HOST}/collections")]);
    for it in all["collections"].as_array().unwrap() {
        assert!(it["title"].is_string() && it["itemType"] == "feature", "{it}");
        for href in hrefs(it, "items") {
            assert_eq!(client.get(&href).await.status, 200, "{href}");
        }
        let Some(bbox) = it["extent"]["spatial"]["bbox"][0].as_array() else { continue };
        assert!(
            bbox.len() == 4 && bbox[0].as_f64() <= bbox[2].as_f64() && bbox[1].as_f64() <= bbox[3].as_f64(),
            "{it}"
        );
    }
}

pub async fn each_collection_is_the_one_in_the_list(client: &Client) {
    for it in client.json("/collections").await["collections"].as_array().unwrap() {
        let own = hrefs(it, "self");
        assert_eq!(client.json(&own[0]).await, *it);
        let answer = client.get(&hrefs(it, "http://www.opengis.net/def/rel/ogc/1.0/queryables")[0]).await;
        assert_eq!(answer.header("content-type"), "application/schema+json");
    }
    assert_eq!(client.get("/collections/nothing").await.status, 404);
}

pub async fn a_box_leaves_what_touches_it(client: &Client) {
    for (west, south, east, north) in
        [(134.76, 35.39, 134.79, 35.41), (134.795, 35.44, 134.86, 35.46), (0.0, 0.0, 1.0, 1.0)]
    {
        let wanted = geo::Rect::new((west, south), (east, north));
        for collection in client.collections().await {
            let all = client.json(&format!("/collections/{collection}/items")).await;
            let touches = |feature: &&Value| {
                let geometry =
                    serde_json::from_value::<Option<geojson::Geometry>>(feature["geometry"].clone()).unwrap();
                geometry.is_some_and(|it| {
                    let shape: geo::Geometry<f64> = it.try_into().unwrap();
                    shape.bounding_rect().is_some() && shape.intersects(&wanted)
                })
            };
            let expected: Vec<&Value> = all["features"].as_array().unwrap().iter().filter(touches).collect();
            let found =
                client.json(&format!("/collections/{collection}/items?bbox={west},{south},{east},{north}")).await;
            assert_eq!(
                found["features"].as_array().unwrap().iter().collect::<Vec<_>>(),
                expected,
                "{collection} {wanted:?}"
            );
        }
    }
}

pub async fn an_interval_leaves_what_meets_in_it(client: &Client) {
    let ids = async |query: &str| client.get(&format!("/collections/{query}")).await.ids();
    // Districts are at all times.
    assert_eq!(ids("districts/items?datetime=2026-12-10").await, ids("districts/items").await);
    let everything = client.json("/collections/salon/items?datetime=2026-12-01/2026-12-31").await;
    assert!(everything["numberWithoutDates"].as_u64().unwrap() > 0);
    assert!(everything["numberMatched"].as_u64().unwrap() <= ids("salon/items").await.len() as u64);
}

pub async fn wrong_values_are_refused(client: &Client) {
    for collection in client.collections().await {
        for (query, parameter) in [
            ("limit=x", "limit"),
            ("limit=0", "limit"),
            ("limit=-1", "limit"),
            ("bbox=1,2,3", "bbox"),
            ("bbox=a,b,c,d", "bbox"),
            ("bbox=1,2,1e999,4", "bbox"),
            ("datetime=tomorrow", "datetime"),
            ("offset=-1", "offset"),
            ("f=pdf", "f"),
            ("lang=xx", "lang"),
            ("filter=name", "filter"),
            ("filter=nome='a'", "filter"),
            ("sortby=geometry", "sortby"),
            ("version=0", "version"),
        ] {
            let answer = client.get(&format!("/collections/{collection}/items?{query}")).await;
            let status = if parameter == "version" { 410 } else { 400 };
            assert_eq!(
                (answer.status.as_u16(), answer.json()["parameter"].as_str()),
                (status, Some(parameter)),
                "{collection} {query}"
            );
        }
    }
    assert_eq!(client.get(&format!("/collections/places/items?bbox={SOMEWHERE_ELSE}")).await.ids().len(), 0);
}

pub async fn unknown_parameters_are_refused(client: &Client) {
    let mut all: Vec<String> = addresses(client).await;
    all.extend(
        ["/conformance", "/api", "/collections", "/collections/places", "/collections/places/queryables"]
            .map(str::to_owned),
    );
    for address in all {
        let answer = client.get(&format!("{address}?unknown=1")).await;
        assert_eq!((answer.status.as_u16(), answer.json()["parameter"].as_str()), (400, Some("unknown")), "{address}");
    }
}

pub async fn each_feature_is_found_by_its_id(client: &Client) {
    for address in features(client).await {
        let answer = client.get(&address).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/geo+json"), "{address}");
        let feature = answer.json();
        let _: geojson::Feature = answer.text().parse().unwrap();
        let own = hrefs(&feature, "self");
        assert_eq!(client.json(&own[0]).await, feature);
        let collection = client.json(&hrefs(&feature, "collection")[0]).await;
        assert!(address.starts_with(&format!("/collections/{}/", collection["id"].as_str().unwrap())), "{address}");
        for href in hrefs(&feature, "alternate") {
            assert_eq!(client.get(&href).await.header("content-type"), "text/html; charset=utf-8", "{href}");
        }
    }
}
