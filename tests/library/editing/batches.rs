//! Many places at once, and undoing what was made together.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tsunagari::model::{Audience, Status};

use super::{EditingOffice, place};

const LIST: &str = "名称,電話番号\n朝の会,079-662-0001\n夜の会,079-662-0002\n";

async fn batch(office: &EditingOffice, number: i64) -> (StatusCode, Value) {
    let answer = office.send(Method::POST, &format!("/edit/batches/{number}/undo"), &json!({})).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn many_places_get_the_same_and_those_that_moved_on_are_left_out_and_told() {
    let ids = ["0000000001", "0000000002", "0000000003"];
    let office = EditingOffice::with(ids.iter().map(|id| place(id, id)).collect()).await;
    office.save(ids[2], 1, &json!({ "note": "a" })).await;
    let places: Vec<Value> = ids.iter().map(|id| json!({ "id": id, "revision": 1 })).collect();
    let body = json!({ "places": places, "fields": { "status": "休止中" } });
    let edited = office.send(Method::POST, "/edit/bulk", &body).await;
    assert_eq!(edited.status, StatusCode::OK, "{edited:?}");
    let edited = edited.json();
    assert_eq!((&edited["changed"], &edited["skipped"]), (&json!(ids[..2]), &json!(ids[2..])));
    assert_eq!(office.facts(ids[0]).status, Status::Paused);
    // One of them is edited again: undoing leaves it.
    office.save(ids[0], 2, &json!({ "phone": "079-662-0000" })).await;
    let (status, undone) = batch(&office, edited["batch"].as_i64().unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(undone["undone"], json!([ids[1]]));
    assert_eq!(undone["skipped"][0]["id"], ids[0]);
    assert_eq!((office.facts(ids[0]).status, office.facts(ids[1]).status), (Status::Paused, Status::Active));
    for (fields, code) in [(json!({ "phone": "1" }), "unknown_field"), (json!({ "status": "?" }), "not_understood")] {
        let places = json!([{ "id": ids[1], "revision": 3 }]);
        let refused = office.send(Method::POST, "/edit/bulk", &json!({ "places": places, "fields": fields })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["errors"][0]["code"], code);
    }
}

#[tokio::test]
async fn hiding_many_places_asks_nobody_and_showing_them_asks() {
    let office = EditingOffice::with(vec![place("0000000001", "朝の会")]).await;
    let many = |revision: u32, audience: &str, publish: bool| {
        json!({
            "places": [{ "id": "0000000001", "revision": revision }], "fields": { "audience": audience },
            "publish": publish,
        })
    };
    let hidden = office.send(Method::POST, "/edit/bulk", &many(1, "職員のみ", false)).await;
    assert_eq!(hidden.status, StatusCode::OK);
    assert_eq!(office.send(Method::POST, "/edit/bulk", &many(2, "公開", false)).await.status, StatusCode::CONFLICT);
    let (status, told) = batch(&office, hidden.json()["batch"].as_i64().unwrap()).await;
    assert_eq!((status, &told["type"]), (StatusCode::CONFLICT, &json!("urn:tsunagari:problem:widens")));
    assert_eq!(office.facts("0000000001").audience, Audience::Staff);
    assert_eq!(office.send(Method::POST, "/edit/bulk", &many(2, "公開", true)).await.status, StatusCode::OK);
    assert_eq!(office.facts("0000000001").audience, Audience::Public);
}

#[tokio::test]
async fn an_import_is_undone_as_a_whole() {
    let office = EditingOffice::with(Vec::new()).await;
    office.import(LIST);
    office.import("名称,電話番号\n朝の会,079-662-9999\n昼の会,079-662-0003\n");
    let page = office.open("/edit").await.body;
    assert!(page.contains("data-batch=\"2\"") && page.contains("サロン"), "{page}");
    let found = |name: &str| {
        let places = office.editor.snapshot_input().unwrap().places;
        places.into_iter().find(|it| it.facts.name == name).unwrap()
    };
    let ending = office.get("/edit/places?queue=ending").await.json();
    assert_eq!(ending["groups"][0][0]["name"], "夜の会");
    let (status, undone) = batch(&office, 2).await;
    assert_eq!(status, StatusCode::OK, "{undone}");
    assert_eq!(found("朝の会").facts.contact.phone.as_deref(), Some("079-662-0001"));
    let added = found("昼の会").facts;
    assert_eq!((added.status, added.audience), (Status::Closed, Audience::Staff), "what was added is ended");
    assert_eq!(undone["ended"], json!([found("昼の会").id.0]));
    assert_eq!(office.get("/edit/places?queue=ending").await.json()["total"], 0);
    assert_eq!(batch(&office, 2).await.0, StatusCode::OK, "it has moved on, and says so");
    assert_eq!(batch(&office, 99).await.0, StatusCode::NOT_FOUND);
    office.database();
}

#[tokio::test]
async fn what_waits_for_somebody_is_counted_and_listed() {
    let mut unplaced = place("0000000001", "朝の会");
    unplaced.facts.address = Some("どこか".to_owned());
    let office = EditingOffice::with(vec![unplaced, place("0000000002", "囲碁"), place("0000000003", "囲碁")]).await;
    assert_eq!(office.get("/edit/places?queue=unplaced").await.json()["total"], 3);
    let pairs = office.get("/edit/places?queue=duplicates").await.json();
    assert_eq!((&pairs["total"], pairs["groups"][0].as_array().unwrap().len()), (&json!(1), 2));
    let found = office.get("/edit/places?q=%E6%9C%9D").await.json();
    assert_eq!(found["groups"][0][0]["name"], "朝の会");
    assert_eq!(found["groups"][0][0]["revision"], 1);
    for path in ["/edit", "/edit/places", "/edit/places?queue=duplicates", "/edit/places?q=zzz", "/edit/places/new"] {
        let page = office.open(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let shown = page.body.split("<script").next().unwrap();
        assert!(!shown.contains("{count}") && !shown.contains("{name}"), "{path}");
    }
}

#[tokio::test]
async fn the_workbook_comes_home_and_its_export_is_logged() {
    let office = EditingOffice::with(vec![place("0000000001", "朝の会")]).await;
    let workbook = office.get_bytes("/edit/workbook.xlsx").await;
    let districts = tsunagari::model::DistrictTable::default();
    let known = office.config.import_context(&districts);
    let read = tsunagari::import::places::workbook::read(&workbook, known).unwrap().unwrap();
    assert_eq!(
        read.row_ids().iter().map(|id| (id.place.0.as_str(), id.revision)).collect::<Vec<_>>(),
        [("0000000001", 1)]
    );
    assert!(office.every_audit().iter().any(|(by, action)| by == "editor" && action == "exported"));
}
