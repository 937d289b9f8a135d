//! The catalogue of the open data: every file that it names is there, and is what it says.

use axum::http::StatusCode;
use serde_json::Value;
use tsunagari::model::Audience;

use super::{app_of, city, get_from};

/// The distributions of the catalogue at `/dcat.jsonld`.
fn distributions(catalog: &Value) -> Vec<&Value> {
    let datasets = catalog["dataset"].as_array().unwrap().iter();
    datasets.flat_map(|dataset| dataset["distribution"].as_array().unwrap()).collect()
}

#[tokio::test]
async fn every_distribution_is_there_with_its_media_type_size_licence_and_publisher() {
    for base in [None, Some("https://places.example.jp/map/")] {
        let mut everything = city::everything();
        everything.city.public_url = base.map(str::to_owned);
        everything.city.code = "000000".to_owned();
        let app = app_of(&everything, Audience::Public);
        let answer = get_from(&app, "/dcat.jsonld").await;
        assert_eq!(answer.header("content-type"), "application/ld+json");
        let catalog = answer.json();
        assert_eq!(catalog["@type"], "Catalog");
        let all = distributions(&catalog);
        assert_eq!(all.len(), 10);
        for distribution in all {
            let url = distribution["downloadURL"].as_str().or(distribution["accessURL"].as_str()).unwrap();
            let path = match base {
                Some(base) => url.strip_prefix(base).unwrap(),
                None => url,
            };
            let file = get_from(&app, &format!("/{path}")).await;
            assert_eq!(file.status, StatusCode::OK, "{url}");
            let media = distribution["mediaType"].as_str().unwrap().rsplit_once("media-types/").unwrap().1.to_owned();
            assert_eq!(file.header("content-type").split(';').next().unwrap(), media, "{url}");
            if let Some(size) = distribution["byteSize"].as_str() {
                assert_eq!(size, file.body.len().to_string(), "{url}");
            }
            assert_eq!(distribution["license"], "https://creativecommons.org/licenses/by/4.0/");
            assert_eq!(distribution["publisher"]["name"], "見本市");
        }
    }
}
