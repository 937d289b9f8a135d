//! HSDS over HTTP: its addresses, and parameters that are refused by name.

use axum::http::StatusCode;

use super::get;

#[tokio::test]
async fn every_list_leads_to_each_of_its_objects() {
    assert_eq!(get("/hsds/").await.json()["version"], "3.0");
    for list in ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"] {
        let page = get(&format!("/hsds/{list}?per_page=2")).await;
        assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "application/json"), "{list}");
        assert_eq!(page.header("access-control-allow-origin"), "*", "{list}");
        let page = page.json();
        assert!(page["size"].as_u64().unwrap() <= 2 && page["first_page"] == true, "{list}");
        for object in page["contents"].as_array().unwrap() {
            let one = get(&format!("/hsds/{list}/{}", object["id"].as_str().unwrap())).await;
            assert_eq!((one.status, one.json()["id"].clone()), (StatusCode::OK, object["id"].clone()), "{list}");
        }
        assert_eq!(get(&format!("/hsds/{list}/none")).await.status, StatusCode::NOT_FOUND, "{list}");
    }
}

#[tokio::test]
async fn what_a_parameter_cannot_mean_is_refused_by_its_name() {
    for (query, parameter) in [
        ("services?lang=en", "lang"),
        ("services?page=0", "page"),
        ("services?page=-1", "page"),
        ("services?per_page=1001", "per_page"),
        ("services?per_page=0", "per_page"),
        ("services?format=xml", "format"),
        ("services?full=maybe", "full"),
        ("services?minimum_age=old", "minimum_age"),
        ("services?maximum_age=1e999", "maximum_age"),
        ("services?minimum_age=NaN", "minimum_age"),
        ("services?day=Monday", "day"),
        ("services?start_time=25:00", "start_time"),
        ("services?modified_after=yesterday", "modified_after"),
        ("services?postcode=667-0021", "postcode"),
        ("service_at_locations?postcode=667-0021&proximity=1000", "postcode"),
        ("service_at_locations?proximity=1000", "proximity"),
        ("taxonomies?full=true", "full"),
        ("taxonomy_terms?top_only=2", "top_only"),
        ("organizations?day=MO", "day"),
    ] {
        let answer = get(&format!("/hsds/{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.json()["parameter"], parameter, "{query}");
    }
    for query in [
        "services?page=18446744073709551615",
        "services?modified_after=2026-01-01T00:00:00%2B09:00&minimal=true",
        "services?search=%E5%9B%B2%E7%A2%81&start_time=09:00&end_time=17:00:00&day=TH",
        "organizations?full_service=true",
        "taxonomy_terms?top_only=true",
    ] {
        assert_eq!(get(&format!("/hsds/{query}")).await.status, StatusCode::OK, "{query}");
    }
}
