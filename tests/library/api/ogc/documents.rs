//! The documents of the service: the OpenAPI document is the table of routes, queryables are JSON Schema, and each is a page too.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tsunagari::http::{ROUTES, RouteAccess};
use tsunagari::index::filter::queryables::FilterSubject;
use tsunagari::model::{Audience, Language};
use tsunagari::publish::messages::page_messages;

use super::{Client, hrefs};
use crate::api::{app_of, city, get, get_from, with};

#[tokio::test]
async fn every_route_of_open_data_is_in_the_openapi_document_and_every_path_there_is_answered() {
    let client = Client::new();
    let document = client.json("/api").await;
    let paths: BTreeSet<&str> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    for route in ROUTES.iter().filter(|it| it.access == RouteAccess::OpenData && !it.path.ends_with("}.html")) {
        assert!(paths.contains(route.path), "{}", route.path);
    }
    for path in paths {
        let address =
            path.replace("{category}", "salon").replace("{district}", "yoka").replace("{collection}", "salon");
        let id = if path.contains("/districts/items") { "yoka" } else { "aaaaaaaaaa" };
        // The city of these tests has no code, and its lists none in their names.
        let address = address.replace("{z}/{y}/{x}", "0/0/0").replace("{code}_", "");
        let address = address.replace("{id}", id) + if path == "/nearest" { "?lon=134&lat=35" } else { "" };
        let answer = client.get(&address).await;
        assert!(answer.status == 200 || answer.status == 404 && path.contains('{'), "{address}: {}", answer.status);
        if answer.status == 404 {
            continue;
        }
        let Some(content) = document["paths"][path]["get"]["responses"]["200"]["content"].as_object() else { continue };
        let media = answer.header("content-type").split(';').next().unwrap();
        assert!(content.keys().any(|key| key.split(';').next() == Some(media)), "{path}: {media}");
    }
}

/// The names of the query parameters of a path.
fn parameters(document: &Value, path: &str) -> Vec<String> {
    let all = document["paths"][path]["get"]["parameters"].as_array().unwrap();
    all.iter().filter(|it| it["in"] == "query").map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_parameter_of_the_document_is_known_to_its_route() {
    let client = Client::new();
    let document = client.json("/api").await;
    let value = |name: &str| match name {
        "limit" | "offset" => "1",
        "lon" | "lat" => "35",
        "bbox" => "134,35,135,36",
        "datetime" | "verified_on" => "2026-12-01",
        "crs" | "bbox-crs" | "filter-crs" => "http://www.opengis.net/def/crs/EPSG/0/4326",
        "filter-lang" => "cql2-text",
        "filter" => "TRUE",
        "f" => "json",
        "lang" => "en",
        "sortby" => "name",
        "when" => "mon",
        "fact" => "toilet",
        "category" => "salon",
        "district" => "yoka",
        "status" => "active",
        "mode" => "phone",
        "precision" => "door",
        "roles" => "join",
        name if FilterSubject::Place.queryable(name).is_some_and(|it| format!("{:?}", it.value_type()) == "Flag") => {
            "true"
        }
        "sketch" => "true",
        _ => "x",
    };
    let mut checked = 0;
    for path in
        ["/collections/places/items", "/collections/districts/items", "/collections/{collection}/items", "/nearest"]
    {
        for name in parameters(&document, path) {
            let needed = match (path, name.as_str()) {
                ("/nearest", "lon") => "&lat=1",
                ("/nearest", "lat") => "&lon=1",
                ("/nearest", _) => "&lon=1&lat=1",
                (_, "bbox-crs") => "&bbox=35,134,36,135",
                (_, "filter-crs" | "filter-lang") => "&filter=TRUE",
                _ => "",
            };
            let address = format!("{}?{name}={}{needed}", path.replace("{collection}", "farming"), value(&name));
            let status = client.get(&address).await.status.as_u16();
            assert_eq!(status, if name == "version" { 410 } else { 200 }, "{address}");
            checked += 1;
        }
    }
    assert!(checked > 120, "{checked}");
}

#[tokio::test]
async fn queryables_are_a_json_schema_that_the_features_fit() {
    let client = Client::new();
    for collection in client.collections().await {
        let schema = client.json(&format!("/collections/{collection}/queryables")).await;
        assert!(jsonschema::meta::is_valid(&schema), "{collection}");
        let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let subject = if collection == "districts" { FilterSubject::District } else { FilterSubject::Place };
        assert_eq!(names, subject.queryables().iter().map(|it| it.name).collect::<Vec<_>>(), "{collection}");
        for feature in client.json(&format!("/collections/{collection}/items")).await["features"].as_array().unwrap() {
            for name in names.iter().filter(|name| name.as_str() != "geometry") {
                let Some(value) = feature["properties"].get(name.as_str()) else { continue };
                let property = &schema["properties"][name.as_str()];
                assert!(jsonschema::is_valid(property, value), "{collection} {name}: {value} is not {property}");
            }
        }
    }
    let ja_and_en = client.json("/collections/places/queryables").await["properties"]["cost"]["title"].clone();
    assert_eq!(ja_and_en, "料金 / cost");
}

#[tokio::test]
async fn every_document_is_a_page_for_people_in_their_language() {
    let client = Client::new();
    for (address, words) in [
        ("/conformance", ["準拠する規格", "Conformance"]),
        ("/collections", ["コレクション", "Collections"]),
        ("/collections/places", ["場所", "Places"]),
        ("/collections/salon/queryables", ["条件に使える項目", "Queryables"]),
        ("/collections/salon/items", ["サロン・カフェ", "salon"]),
        ("/collections/districts/items", ["地区", "Districts"]),
        ("/collections/districts/items/yoka", ["八鹿", "former town"]),
        ("/collections/places/items/aaaaaaaaaa", ["料金", "cost"]),
        ("/api", ["APIの説明", "The API"]),
    ] {
        for (lang, word) in ["ja", "en"].into_iter().zip(words) {
            let named = client.get(&format!("{address}?f=html&lang={lang}")).await;
            assert_eq!(named.header("content-type"), "text/html; charset=utf-8", "{address}");
            assert!(
                named.text().contains(word) && named.text().contains(&format!("<html lang=\"{lang}\"")),
                "{address} {lang}"
            );
            let accept = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("accept-language", lang)];
            let accepted = client.with(address, &accept).await;
            assert_eq!(accepted.header("content-type"), "text/html; charset=utf-8", "{address}");
            assert!(accepted.header("vary").contains("accept,") && accepted.text().contains(word), "{address} {lang}");
        }
    }
    assert!(client.get("/api.html?lang=en").await.text().contains("GET /collections/places/items"));
}

#[tokio::test]
async fn the_start_page_is_a_landing_page_for_programs_by_accept_by_f_and_in_its_header() {
    let client = Client::new();
    let page = client.get("/").await;
    assert!(page.header("content-type").starts_with("text/html"));
    for link in
        ["</api>; rel=\"service-desc\"", "<http://localhost:8080/collections>; rel=\"data\"; type=\"application/json\""]
    {
        let link = link.replace("</api>", "<http://localhost:8080/api>");
        assert!(page.header("link").contains(&link), "{link} is not in {}", page.header("link"));
    }
    for (accept, media) in [
        ("application/json", "application/json"),
        ("application/json, text/html;q=0.9", "application/json"),
        ("text/html, application/json;q=0.9", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
    ] {
        assert_eq!(client.with("/", &[("accept", accept)]).await.header("content-type"), media, "{accept}");
    }
    let library = [("user-agent", "OWSLib 0.35.0 (https://owslib.readthedocs.io)"), ("accept", "*/*")];
    assert_eq!(client.with("/", &library).await.header("content-type"), "application/json");
    assert_eq!(client.get("/?f=json").await.header("access-control-allow-origin"), "*");
    assert_eq!(client.get("/?f=xml").await.status, 400);
}

#[tokio::test]
async fn links_begin_with_the_citys_own_address_where_it_has_one_and_with_a_slash_where_the_host_is_none() {
    let mut everything = city::everything();
    everything.city.public_url = Some("https://example.jp/map".to_owned());
    let app = app_of(&everything, Audience::Public);
    let collections = get_from(&app, "/collections").await.json();
    assert_eq!(hrefs(&collections, "self"), ["https://example.jp/map/collections"]);
    assert_eq!(get_from(&app, "/api").await.json()["servers"], json!([{ "url": "https://example.jp/map" }]));
    let evil = [("host", "evil.example/\"><script>")];
    assert_eq!(hrefs(&with(&crate::api::app(), "/collections", &evil).await.json(), "self"), ["/collections"]);
    assert_eq!(hrefs(&get("/collections").await.json(), "self"), ["/collections"]);
}

/// A person who follows links by reading is told where each leads.
#[tokio::test]
async fn every_relation_has_words_in_every_language() {
    let client = Client::new();
    let mut relations = BTreeSet::new();
    for address in [
        "/?f=json",
        "/collections",
        "/collections/places",
        "/collections/places/items?limit=1&offset=1",
        "/collections/places/items/cccccccccc",
        "/tiles",
        "/tiles/WebMercatorQuad",
        "/tileMatrixSets",
    ] {
        add_relations(&client.json(address).await, &mut relations);
    }
    assert!(relations.contains("next") && relations.len() > 10, "{relations:?}");
    for language in Language::ALL {
        let messages = page_messages(language);
        let unsaid = relations.iter().filter(|it| messages.find(&format!("service.rel.{it}")).is_none());
        assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<&String>::new(), "{language:?}");
    }
}

/// Adds the last word of every relation within `value`.
fn add_relations(value: &Value, relations: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| add_relations(item, relations)),
        Value::Object(members) => {
            let rel = members.get("rel").and_then(Value::as_str).filter(|_| members.contains_key("href"));
            relations.extend(rel.and_then(|rel| rel.rsplit('/').next()).map(str::to_owned));
            members.values().for_each(|member| add_relations(member, relations));
        }
        _ => {}
    }
}
