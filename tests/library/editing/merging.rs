//! Two places that are the same: one survives, the other's address leads there, and its list never makes it again.

use axum::http::{Method, StatusCode, header};
use serde_json::json;
use tsunagari::model::PlaceId;

use super::{EditingOffice, place};

const LIST: &str = "名称,電話番号\n朝の会,079-662-0001\n朝のあつまり,079-662-0002\n";

#[tokio::test]
async fn the_merged_places_addresses_lead_to_the_other_one_for_everybody() {
    let office = EditingOffice::with(vec![place("0000000001", "朝の会"), place("0000000002", "朝のあつまり")]).await;
    let body = json!({ "kept": "0000000001", "merged": "0000000002" });
    assert_eq!(office.send(Method::POST, "/edit/merge", &body).await.status, StatusCode::OK);
    for (path, to) in [
        ("/places/0000000002", "/places/0000000001"),
        ("/places/0000000002?lang=en", "/places/0000000001?lang=en"),
        ("/places/0000000002.en.html", "/places/0000000001.en.html"),
        ("/places/0000000002.ics", "/places/0000000001.ics"),
        ("/print/places/0000000002", "/print/places/0000000001"),
        ("/collections/places/items/0000000002", "/collections/places/items/0000000001"),
    ] {
        let moved = office.public(path).await;
        assert_eq!((moved.status, moved.header(header::LOCATION)), (StatusCode::PERMANENT_REDIRECT, to), "{path}");
    }
    let all = office.public("/places.jsonl").await.body;
    assert!(!all.contains("朝のあつまり") && all.contains("朝の会"));
    let form = office.get("/edit/places/0000000002").await;
    let location = form.header(header::LOCATION);
    assert_eq!((form.status, location), (StatusCode::PERMANENT_REDIRECT, "/edit/places/0000000001"));
    assert_eq!(office.get("/edit/places/0000000002/history").await.status, StatusCode::OK, "its history stays");
    assert_eq!(office.audit().last().unwrap().1, "merged");
    office.database();
}

#[tokio::test]
async fn a_chain_of_merged_places_leads_to_its_end_and_none_into_a_circle() {
    let ids = ["0000000001", "0000000002", "0000000003"];
    let office = EditingOffice::with(ids.iter().map(|id| place(id, id)).collect()).await;
    let merge = async |kept: &str, merged: &str| {
        office.send(Method::POST, "/edit/merge", &json!({ "kept": kept, "merged": merged })).await.status
    };
    assert_eq!(merge(ids[0], ids[0]).await, StatusCode::CONFLICT);
    assert_eq!(merge(ids[1], ids[0]).await, StatusCode::OK);
    assert_eq!(merge(ids[0], ids[1]).await, StatusCode::PERMANENT_REDIRECT, "that one is gone already");
    assert_eq!(merge(ids[2], ids[1]).await, StatusCode::OK);
    assert_eq!(merge(ids[1], ids[0]).await, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(merge("zzzzzzzzzz", ids[2]).await, StatusCode::NOT_FOUND);
    assert_eq!(merge(ids[2], "zzzzzzzzzz").await, StatusCode::NOT_FOUND);
    for id in &ids[..2] {
        let moved = office.public(&format!("/places/{id}")).await;
        assert_eq!(moved.header(header::LOCATION), "/places/0000000003", "{id}");
    }
}

#[tokio::test]
async fn what_the_public_could_not_see_leads_it_nowhere() {
    let mut hidden = place("0000000002", "朝のあつまり");
    hidden.facts.audience = tsunagari::model::Audience::Staff;
    let office = EditingOffice::with(vec![place("0000000001", "朝の会"), hidden]).await;
    let body = json!({ "kept": "0000000001", "merged": "0000000002" });
    assert_eq!(office.send(Method::POST, "/edit/merge", &body).await.status, StatusCode::OK);
    assert_eq!(office.public("/places/0000000002").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_of_a_merged_place_never_makes_it_again_and_a_note_says_what_it_says_now() {
    let office = EditingOffice::with(Vec::new()).await;
    office.import(LIST);
    let id = |name: &str| {
        let places = office.editor.snapshot_input().unwrap().places;
        places.into_iter().find(|it| it.facts.name == name).unwrap().id
    };
    let (kept, merged) = (id("朝の会"), id("朝のあつまり"));
    let body = json!({ "kept": kept, "merged": merged });
    office.send(Method::POST, "/edit/merge", &body).await;
    office.import(LIST);
    assert_eq!(office.get("/edit/places?queue=merged").await.json()["total"], 0, "nothing has changed");
    office.import(&LIST.replace("079-662-0002", "079-662-7777"));
    let places = office.editor.snapshot_input().unwrap().places;
    assert_eq!(places.iter().map(|it| &it.id).collect::<Vec<_>>(), [&kept], "it is not made again");
    let page = office.open("/edit/places?queue=merged").await.body;
    assert!(page.contains("朝のあつまり") && page.contains("朝の会"), "{page}");
    assert_eq!(office.editor.history(&PlaceId(merged.0.clone())).unwrap().len(), 2, "what the list says is kept");
    office.send(Method::POST, "/edit/merge", &body).await;
    assert_eq!(office.get("/edit/places?queue=merged").await.json()["total"], 0, "somebody has seen it");
}
