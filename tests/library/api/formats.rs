//! Filters and formats of `/collections/places/items`, and the fixed files beside GeoJSON.

use axum::http::StatusCode;
use serde_json::Value;

use super::{Answer, app, encoded, get, with};

const ITEMS: &str = "/collections/places/items";

async fn filtered(filter: &str) -> Answer {
    get(&format!("{ITEMS}?filter={}", encoded(filter))).await
}

async fn sorted_ids(query: &str) -> Vec<String> {
    let mut ids = get(&format!("{ITEMS}?{query}")).await.ids();
    ids.sort();
    ids
}

#[tokio::test]
async fn every_queryable_is_a_parameter_and_all_of_them_must_hold() {
    assert_eq!(sorted_ids("id=cccccccccc").await, ["cccccccccc"]);
    assert_eq!(
        sorted_ids("category=salon&precision=door&district=yoka").await,
        sorted_ids("filter=category='salon'%20AND%20precision='door'%20AND%20district='yoka'").await
    );
    assert_eq!(sorted_ids("private_person=true").await, ["ffffffffff"]);
    assert_eq!(sorted_ids("status=closed").await, Vec::<String>::new());
    assert_eq!(sorted_ids("id=cccccccccc&category=farming").await, Vec::<String>::new());
    for (query, parameter) in [
        ("status=open", "status"),
        ("verified_on=soon", "verified_on"),
        ("accepts_new=yes", "accepts_new"),
        ("id=a&id=b", "id"),
    ] {
        let answer = get(&format!("{ITEMS}?{query}")).await;
        assert_eq!(
            (answer.status, &answer.json()["parameter"]),
            (StatusCode::BAD_REQUEST, &parameter.into()),
            "{query}"
        );
    }
}

#[tokio::test]
async fn an_expression_is_answered_as_plain_parameters_are() {
    for (filter, plain) in [
        ("category = 'salon'", "category=salon"),
        ("category IN ('salon', 'farming') AND district = 'yoka'", "category=salon,farming&district=yoka"),
        ("S_INTERSECTS(geometry, BBOX(134.76,35.39,134.79,35.41))", "bbox=134.76,35.39,134.79,35.41"),
        ("category = 'salon' AND category = 'farming'", "id=nothing"),
    ] {
        assert_eq!(filtered(filter).await.ids(), get(&format!("{ITEMS}?{plain}")).await.ids(), "{filter}");
    }
    let both = get(&format!("{ITEMS}?category=salon&filter={}", encoded("category IN ('farming','salon')"))).await;
    assert_eq!(both.ids(), get(&format!("{ITEMS}?category=salon")).await.ids());
}

#[tokio::test]
async fn what_is_wrong_with_a_filter_is_named_with_its_position() {
    for (query, parameter, position) in [
        (format!("filter={}", encoded("name = ")), "filter", Some(8)),
        (format!("filter={}", encoded("nome = 'a'")), "filter", Some(1)),
        (format!("filter={}", encoded(&"(".repeat(1_900))), "filter", Some(33)),
        (format!("filter={}", "a".repeat(2_001)), "filter", None),
        ("filter=TRUE&filter-lang=cql".to_owned(), "filter-lang", None),
        ("filter-lang=cql2-text".to_owned(), "filter-lang", None),
        ("filter=TRUE&filter-crs=EPSG:9999".to_owned(), "filter-crs", None),
        ("bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326".to_owned(), "bbox-crs", None),
        ("bbox=1,2,1e999,4".to_owned(), "bbox", None),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/2447".to_owned(), "crs", None),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/3857&f=csv".to_owned(), "crs", None),
        ("sortby=geometry".to_owned(), "sortby", None),
        ("sortby=name,nome".to_owned(), "sortby", None),
        ("datetime=yesterday".to_owned(), "datetime", None),
        ("f=pdf".to_owned(), "f", None),
        ("f=csv&limit=0".to_owned(), "limit", None),
        ("nome=a".to_owned(), "nome", None),
    ] {
        let answer = get(&format!("{ITEMS}?{query}")).await;
        let problem = answer.json();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(problem["parameter"], parameter, "{query}");
        assert_eq!(problem["position"].as_u64(), position, "{query}: {problem}");
    }
}

#[tokio::test]
async fn coordinates_come_in_the_order_and_the_system_that_is_requested() {
    let at = async |crs: &str| {
        let answer = get(&format!("{ITEMS}?id=cccccccccc&crs={crs}")).await;
        assert_eq!(answer.header("content-crs"), format!("<{crs}>"));
        answer.json()["features"][0]["geometry"]["coordinates"].clone()
    };
    assert_eq!(at("http://www.opengis.net/def/crs/OGC/1.3/CRS84").await, serde_json::json!([134.78, 35.4]));
    assert_eq!(at("http://www.opengis.net/def/crs/EPSG/0/4326").await, serde_json::json!([35.4, 134.78]));
    assert_eq!(at("http://www.opengis.net/def/crs/EPSG/0/6668").await, serde_json::json!([35.4, 134.78]));
    assert_eq!(
        at("http://www.opengis.net/def/crs/EPSG/0/3857").await,
        serde_json::json!([15_003_640.969, 4_218_373.287])
    );
    let plain = sorted_ids("bbox=134.76,35.39,134.79,35.41").await;
    let mercator = "bbox=15001414,4217007,15004755,4219739&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3857";
    assert_eq!(sorted_ids(mercator).await, plain);
    assert_eq!(
        sorted_ids("bbox=35.39,134.76,35.41,134.79&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326").await,
        plain
    );
    assert_eq!(get(ITEMS).await.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
}

#[tokio::test]
async fn places_come_in_the_order_that_is_requested_page_by_page() {
    let names = async |query: &str| {
        let answer = get(&format!("{ITEMS}?{query}")).await.json();
        let features = answer["features"].as_array().unwrap().iter();
        features.map(|it| it["properties"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut sorted = names("limit=100").await;
    sorted.sort();
    assert_eq!(names("sortby=name").await, sorted);
    assert_eq!(names("sortby=%2Bname").await, sorted);
    assert_eq!(names("sortby=+name&limit=2&offset=1").await, sorted[1..3]);
    sorted.reverse();
    assert_eq!(names("sortby=-name").await, sorted);
    let by_cost = get(&format!("{ITEMS}?sortby=-cost,id")).await.json();
    let costs: Vec<bool> =
        by_cost["features"].as_array().unwrap().iter().map(|it| it["properties"]["cost"].is_null()).collect();
    assert!(costs.is_sorted(), "those without a value come last: {costs:?}");
}

#[tokio::test]
async fn a_download_is_whole_and_says_what_it_is() {
    for (f, media) in [
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("jsonl", "application/x-ndjson"),
    ] {
        let answer = get(&format!("{ITEMS}?f={f}&category=salon")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media));
        assert_eq!(answer.header("link"), "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"");
        let name = format!("filename*=UTF-8''{}", "%E8%A6%8B%E6%9C%AC%E5%B8%82_");
        assert!(
            answer.header("content-disposition").starts_with("attachment; ")
                && answer.header("content-disposition").contains(&name)
        );
        let fixed = get(&format!("/categories/salon.{f}")).await;
        assert!(fixed.body == answer.body, "{f}: a filter's download is the fixed file");
        assert_eq!(fixed.header("content-disposition"), answer.header("content-disposition"));
        let again =
            with(&app(), &format!("{ITEMS}?f={f}&category=salon"), &[("if-none-match", answer.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let accepted = with(&app(), &format!("{ITEMS}?category=salon"), &[("accept", media)]).await;
        assert!(accepted.body == answer.body && accepted.header("vary").contains("accept,"), "{f}");
    }
}

#[tokio::test]
async fn csv_has_a_byte_order_mark_and_no_cell_that_a_spreadsheet_would_evaluate() {
    let answer = get("/places.csv").await;
    assert!(answer.body.starts_with(b"\xEF\xBB\xBF"));
    assert!(answer.body.ends_with(b"\r\n"));
    let mut reader = csv::Reader::from_reader(&answer.body[3..]);
    let headings = reader.headers().unwrap().clone();
    assert_eq!(headings.iter().take(5).collect::<Vec<_>>(), ["ID", "名称", "名称_カナ", "分類", "地区"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), get("/places.geojson").await.ids().len());
    let is_evaluated = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    assert!(!rows.iter().flatten().any(is_evaluated));
}

#[tokio::test]
async fn json_lines_are_the_lines_of_the_file_of_all() {
    let lines = get("/places.jsonl").await;
    let all = get("/places.geojson").await;
    let features: Vec<Value> = lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(features), all.json()["features"]);
}

#[tokio::test]
async fn dates_keep_who_meets_and_count_whose_dates_cannot_be_read() {
    let answer = get(&format!("{ITEMS}?datetime=2026-11-01/2027-11-01")).await.json();
    assert!(answer["numberWithoutDates"].as_u64().is_some());
    let all = get(ITEMS).await.json();
    assert!(all.get("numberWithoutDates").is_none());
    let counted = answer["numberMatched"].as_u64().unwrap() + answer["numberWithoutDates"].as_u64().unwrap();
    assert!(counted <= all["numberMatched"].as_u64().unwrap());
}
