//! One place: stored, refused, in conflict, drafted, undone.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use tsunagari::model::{Audience, Author, CategoryId};

use super::{EditingOffice, place};

const ID: &str = "0000000001";

#[tokio::test]
async fn an_edit_is_a_revision_by_a_person_that_everybody_sees_at_once() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let read = office.get("/edit/places/0000000001").await;
    assert_eq!((read.status, read.header(header::ETAG)), (StatusCode::OK, "\"1\""));
    assert_eq!(read.json()["fields"]["name"], "なかよしサロン");
    let stored = office.save(ID, 1, &json!({ "phone": "079-662-0000", "schedule": "毎週火曜 13:30" })).await;
    assert_eq!((stored.status, stored.header(header::ETAG)), (StatusCode::OK, "\"2\""), "{stored:?}");
    let current = office.current(ID);
    assert_eq!(current.author, Author::Person("editor".to_owned()));
    assert_eq!(current.base.unwrap().contact.phone, None, "the next edition is compared with what the list said");
    assert_eq!(current.place.verification, place(ID, "").verification, "an edit confirms nothing");
    let seen = office.public("/places/0000000001").await;
    assert!(seen.body.contains("079-662-0000") && seen.body.contains("毎週火曜 13:30"));
    let fields: Vec<String> = ["contact", "schedule"].map(str::to_owned).to_vec();
    assert_eq!(office.audit(), [("editor".to_owned(), "edited".to_owned(), ID.to_owned(), fields)]);
}

#[tokio::test]
async fn without_the_revision_that_was_seen_nothing_is_stored_and_with_an_old_one_both_sides_are_told() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let blind = office.send(Method::PUT, "/edit/places/0000000001", &json!({ "fields": { "note": "a" } })).await;
    assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(office.save(ID, 1, &json!({ "phone": "079-662-0001" })).await.status, StatusCode::OK);
    for old in [1, 0, 99] {
        let late = office.save(ID, old, &json!({ "phone": "079-662-0002" })).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let told = late.json();
        assert_eq!(told["revision"], 2);
        assert_eq!(told["theirs"]["phone"], "079-662-0001");
        assert_eq!(told["yours"], json!({ "phone": "079-662-0002" }));
        assert_eq!(told["base"]["phone"], if old == 1 { "" } else { "079-662-0001" });
    }
    assert_eq!(office.facts(ID).contact.phone.as_deref(), Some("079-662-0001"));
}

#[tokio::test]
async fn what_cannot_be_stored_is_said_field_by_field_and_nothing_of_it_is_stored() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let refused = office
        .save(
            ID,
            1,
            &json!({
                "name": " ", "status": "たぶん", "latitude": "35.4", "longitude": "", "phone": "079-662-0000",
                "verified_on": "2026-11-01", "colour": "青", "note": "a".repeat(32_768),
            }),
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = refused.json();
    let told: Vec<(&str, &str)> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["field"].as_str().unwrap(), it["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("colour", "unknown_field"),
            ("latitude", "not_understood"),
            ("name", "cannot_be_empty"),
            ("note", "too_long"),
            ("status", "not_understood"),
            ("verified_on", "fixed"),
        ]
    );
    assert_eq!(office.current(ID).number, 1);
    for broken in ["{", "[]", r#"{"fields":[]}"#, r#"{"fields":{"note":1}}"#, r#"{"fields":{},"force":true}"#] {
        let answer = office.send_based_on(Method::PUT, "/edit/places/0000000001", &json!(broken), Some(1)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{broken}");
    }
}

#[tokio::test]
async fn a_text_that_is_the_places_own_changes_nothing_however_the_browser_ends_its_lines() {
    let mut with_note = place(ID, "なかよしサロン");
    with_note.facts.note = Some("一行目\n二行目".to_owned());
    with_note.facts.district_written = None;
    let office = EditingOffice::with(vec![with_note]).await;
    let fields = office.get("/edit/places/0000000001").await.json()["fields"].clone();
    assert_eq!(office.save(ID, 1, &fields).await.json()["revision"], 1, "a form that nobody touched");
    let same = office.save(ID, 1, &json!({ "note": " 一行目\r\n二行目 " })).await;
    assert_eq!(same.json()["revision"], 1);
    assert_eq!(office.current(ID).number, 1);
    // Unlike in a spreadsheet, zeros in front are what somebody typed.
    assert_eq!(office.save(ID, 1, &json!({ "capacity": "8" })).await.json()["revision"], 2);
    assert_eq!(office.save(ID, 2, &json!({ "capacity": "08" })).await.json()["revision"], 3);
}

#[tokio::test]
async fn what_lets_more_people_see_something_is_stored_only_when_that_was_said() {
    let mut hidden = place(ID, "なかよしサロン");
    hidden.facts.audience = Audience::Staff;
    let mut mentor = place("0000000002", "畑の物知り");
    mentor.facts.category = CategoryId("farm-mentor".to_owned());
    mentor.facts.interests = vec!["野菜".to_owned()];
    let office = EditingOffice::with(vec![hidden, mentor]).await;
    let publish = json!({ "audience": "公開" });
    let asked = office.save(ID, 1, &publish).await;
    assert_eq!((asked.status, &asked.json()["type"]), (StatusCode::CONFLICT, &json!("urn:tsunagari:problem:widens")));
    assert_eq!(asked.json()["places"], json!([ID]));
    assert_eq!(office.public("/places/0000000001").await.status, StatusCode::NOT_FOUND);
    let body = json!({ "fields": publish, "publish": true });
    let stored = office.send_based_on(Method::PUT, "/edit/places/0000000001", &body, Some(1)).await;
    assert_eq!(stored.status, StatusCode::OK, "{stored:?}");
    assert_eq!(office.public("/places/0000000001").await.status, StatusCode::OK);
    // What is no private person any more has a name that everybody sees.
    let asked = office.save("0000000002", 1, &json!({ "category": "salon" })).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{asked:?}");
    assert!(!office.public("/places/0000000002").await.body.contains("物知り"));
    // What is seen by fewer asks nobody.
    assert_eq!(office.save(ID, 2, &json!({ "audience": "職員のみ" })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_place_needs_a_name_and_a_category_and_is_for_the_staff_until_somebody_says_otherwise() {
    let office = EditingOffice::with(Vec::new()).await;
    let refused = office.send(Method::POST, "/edit/places", &json!({ "fields": { "note": "a", "mode": "?" } })).await;
    let told = refused.json();
    let fields: Vec<&Value> = told["errors"].as_array().unwrap().iter().map(|it| &it["field"]).collect();
    assert_eq!(fields, ["category", "mode", "name"]);
    let added = office
        .send(Method::POST, "/edit/places", &json!({ "fields": { "name": "朝の会", "category": "salon" } }))
        .await;
    assert_eq!((added.status, added.header(header::ETAG)), (StatusCode::CREATED, "\"1\""));
    let id = added.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(added.header(header::LOCATION), format!("/edit/places/{id}"));
    assert_eq!(office.facts(&id).audience, Audience::Staff);
    assert_eq!(office.public(&format!("/places/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(office.open(&format!("/edit/places/{id}")).await.body.contains("朝の会"));
}

#[tokio::test]
async fn a_draft_is_ones_own_and_goes_when_it_was_stored() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let draft = json!({ "revision": 1, "fields": { "note": "書きかけ" } });
    assert_eq!(office.send(Method::PUT, "/edit/drafts/0000000001", &draft).await.status, StatusCode::NO_CONTENT);
    let read = office.get("/edit/places/0000000001").await.json();
    assert_eq!((&read["draft"]["fields"], &read["draft"]["revision"]), (&draft["fields"], &json!(1)));
    assert!(office.open("/edit").await.body.contains("なかよしサロン"), "the first page lists it");
    assert_eq!(office.facts(ID).note, None);
    assert_eq!(office.save(ID, 1, &json!({ "note": "書いた" })).await.status, StatusCode::OK);
    assert_eq!(office.get("/edit/places/0000000001").await.json()["draft"], Value::Null);
    office.send(Method::PUT, "/edit/drafts/new", &json!({ "fields": { "name": "あ" } })).await;
    assert_eq!(office.get("/edit/places/new").await.json()["draft"]["fields"]["name"], "あ");
    assert_eq!(office.send(Method::DELETE, "/edit/drafts/new", &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(office.get("/edit/places/new").await.json()["draft"], Value::Null);
    let long = format!("/edit/drafts/{}", "x".repeat(30));
    assert_eq!(office.send(Method::PUT, &long, &draft).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn undoing_is_a_new_revision_and_can_itself_be_undone() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let undo = async |revision| {
        office.send_based_on(Method::POST, "/edit/places/0000000001/undo", &json!({}), Some(revision)).await
    };
    assert_eq!(undo(1).await.status, StatusCode::CONFLICT, "there is nothing before");
    office.save(ID, 1, &json!({ "phone": "079-662-0000", "note": "a" })).await;
    assert_eq!(undo(1).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(undo(2).await.json()["revision"], 3);
    assert_eq!(office.facts(ID), place(ID, "なかよしサロン").facts);
    assert_eq!(undo(3).await.json()["revision"], 4);
    assert_eq!(office.facts(ID).contact.phone.as_deref(), Some("079-662-0000"));
    let history = office.get("/edit/places/0000000001/history").await.json();
    let numbers: Vec<u64> = history.as_array().unwrap().iter().map(|it| it["revision"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [4, 3, 2, 1]);
    assert_eq!(history[2]["changes"][1], json!({ "field": "phone", "was": "", "now": "079-662-0000" }));
    assert_eq!((&history[0]["by"], &history[3]["by"]), (&json!("editor"), &Value::Null));
    let page = office.open("/edit/places/0000000001/history").await.body;
    assert!(page.contains("079-662-0000") && page.contains("電話番号"));
}

#[tokio::test]
async fn typed_texts_are_read_before_they_are_stored() {
    let office = EditingOffice::with(Vec::new()).await;
    let check = async |body: Value| office.send(Method::POST, "/edit/check", &body).await.json();
    let read = check(json!({ "schedule": "毎週火曜 13:30〜15:00" })).await;
    assert_eq!(read["schedule"]["not_understood"], json!([]));
    assert_eq!(read["schedule"]["next"].as_array().unwrap().len(), 5);
    assert!(read["schedule"]["next"][0]["start"].as_str().unwrap().ends_with("T13:30"), "{read}");
    let unread = check(json!({ "schedule": "火曜のどこかで;毎週水曜 10:00" })).await;
    assert_eq!(unread["schedule"]["next"], json!([]), "a text that is not read may say when it does not meet");
    assert!(!unread["schedule"]["not_understood"].as_array().unwrap().is_empty());
    let town = tsunagari::model::TownEntry {
        prefecture: None,
        city: None,
        city_code: None,
        town: "見本町".to_owned(),
        kana: None,
        small_area: None,
        position: tsunagari::model::Position::new(134.77, 35.4).unwrap(),
    };
    office.editor.set_towns(&[town], "2026-11-20T00:00:00Z".parse().unwrap(), &|_| ()).unwrap();
    let found = check(json!({ "address": "見本町12" })).await;
    assert_eq!(found["address"][0]["town"], "見本町");
    assert_eq!((&found["address"][0]["sure"], &found["address"][0]["lat"]), (&json!(true), &json!(35.4)));
    assert_eq!(check(json!({ "address": "どこか" })).await["address"], json!([]));
}

#[tokio::test]
async fn what_is_no_place_of_ours_is_missing() {
    let office = EditingOffice::with(Vec::new()).await;
    for path in ["/edit/places/zzzzzzzzzz", "/edit/places/zzzzzzzzzz/history"] {
        assert_eq!(office.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(office.save("zzzzzzzzzz", 1, &json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.get("/edit/places?queue=later").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn neither_the_audit_log_nor_what_is_public_holds_what_only_the_staff_may_see() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let secrets = json!({ "person": "鶴野 亀代", "person_phone": "090-0000-4711", "extra:鍵の場所": "植木鉢の下" });
    assert_eq!(office.save(ID, 1, &secrets).await.status, StatusCode::OK);
    let audit = format!("{:?}", office.audit());
    for path in ["/places/0000000001", "/places.csv", "/places.jsonl", "/places.geojson", "/search.json"] {
        let body = office.public(path).await.body;
        for secret in ["亀代", "4711", "植木鉢"] {
            assert!(!body.contains(secret), "{path} tells {secret}");
            assert!(!audit.contains(secret), "the audit log tells {secret}");
        }
    }
    office.database();
}
