//! What anybody suggests: nothing of it is seen before an editor has decided, and nothing tells who sent it.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tsunagari::model::Audience;

use super::{Answer, EditingOffice, place};

const ID: &str = "0000000001";

async fn suggest(office: &EditingOffice, path: &str, fields: &[(&str, &str)]) -> Answer {
    suggest_from(office, path, fields, ("sec-fetch-site", "same-origin")).await
}

async fn suggest_from(
    office: &EditingOffice,
    path: &str,
    fields: &[(&str, &str)],
    (name, value): (&'static str, &str),
) -> Answer {
    let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<Vec<_>>().concat();
    let body: Vec<String> = fields.iter().map(|(key, text)| format!("{key}={}", encoded(text))).collect();
    let request = Request::post(path).header("host", "example.jp").header(name, value);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    super::answer(&office.public, request.body(Body::from(body.join("&"))).unwrap()).await
}

async fn open(office: &EditingOffice) -> Value {
    office.get("/edit/suggestions").await.json()
}

#[tokio::test]
async fn a_wrong_number_is_told_without_an_account_and_mended_by_an_editor() {
    let mut listed = place(ID, "なかよしサロン");
    listed.facts.contact.phone = Some("079-662-0001".to_owned());
    let office = EditingOffice::with(vec![listed]).await;
    let form = office.public("/places/0000000001/suggest").await;
    assert!(form.status == StatusCode::OK && form.body.contains("value=\"079-662-0001\""), "{form:?}");
    assert!(form.body.contains("だれが送ったかは記録しません"), "the footer says what becomes of it");
    let sent = [
        ("name", "なかよしサロン"),
        ("phone", "079-662-0002"),
        ("remark", "番号が変わりました"),
        ("contact", "山の下"),
    ];
    let thanks = suggest(&office, "/places/0000000001/suggest", &sent).await;
    assert_eq!(thanks.status, StatusCode::OK, "{thanks:?}");
    let seen = office.public("/places/0000000001").await.body;
    assert!(seen.contains("079-662-0001") && !seen.contains("079-662-0002"), "nothing of it is shown");
    let waiting = open(&office).await;
    let changed = json!([{ "field": "phone", "now": "079-662-0001", "suggested": "079-662-0002" }]);
    assert_eq!((&waiting[0]["fields"], &waiting[0]["contact"]), (&changed, &json!("山の下")));
    assert!(office.open("/edit/suggestions").await.body.contains("番号が変わりました"));
    let path = format!("/edit/suggestions/{}", waiting[0]["id"]);
    let decided = office.send(Method::POST, &path, &json!({ "decision": "accept", "fields": ["phone"] })).await;
    assert_eq!((decided.status, &decided.json()["outcome"]), (StatusCode::OK, &json!("stored")));
    assert!(office.public("/places/0000000001").await.body.contains("079-662-0002"));
    assert_eq!(open(&office).await, json!([]));
    assert_eq!(office.send(Method::POST, &path, &json!({ "decision": "spam" })).await.status, StatusCode::NOT_FOUND);
    let database = office.database();
    let holds = |text: &str| database.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!holds("山の下"), "the contact is forgotten");
}

#[tokio::test]
async fn a_new_place_goes_into_the_editors_draft() {
    let office = EditingOffice::with(Vec::new()).await;
    assert_eq!(
        suggest(&office, "/suggest", &[("name", "朝の会"), ("schedule", "毎週火曜")]).await.status,
        StatusCode::OK
    );
    let number = open(&office).await[0]["id"].clone();
    let path = format!("/edit/suggestions/{number}");
    let body = json!({ "decision": "accept", "fields": ["name", "schedule"] });
    assert_eq!(office.send(Method::POST, &path, &body).await.json()["outcome"], "drafted");
    let draft = office.get("/edit/places/new").await.json()["draft"]["fields"].clone();
    assert_eq!(draft, json!({ "name": "朝の会", "schedule": "毎週火曜" }));
}

#[tokio::test]
async fn rejected_and_spam_change_nothing_and_what_spam_says_is_forgotten() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    for decision in ["reject", "spam"] {
        suggest(&office, "/places/0000000001/suggest", &[("remark", "買ってください"), ("cost", "9円")]).await;
        let number = open(&office).await[0]["id"].clone();
        let path = format!("/edit/suggestions/{number}");
        let decided = office.send(Method::POST, &path, &json!({ "decision": decision })).await;
        assert_eq!(decided.json()["outcome"], "closed");
    }
    assert_eq!(office.current(ID).number, 1);
    let later = office.send(Method::POST, "/edit/suggestions/1", &json!({ "decision": "later" })).await;
    assert_eq!(later.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_not_public_has_no_form_and_takes_nothing() {
    let mut hidden = place(ID, "なかよしサロン");
    hidden.facts.audience = Audience::LinkWorkers;
    let office = EditingOffice::with(vec![hidden]).await;
    for path in ["/places/0000000001/suggest", "/places/zzzzzzzzzz/suggest"] {
        assert_eq!(office.public(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(suggest(&office, path, &[("remark", "a")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_what_was_written_stays() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let path = "/places/0000000001/suggest";
    let empty = suggest(&office, path, &[("name", "なかよしサロン"), ("remark", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing differs");
    let long = "あ".repeat(1_001);
    let refused = suggest(&office, path, &[("remark", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long));
    for origin in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("accept", "*/*")] {
        let refused = suggest_from(&office, path, &[("remark", "a")], origin).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{origin:?}");
    }
    let markup = "<script>alert(1)</script>\u{202e}\u{0}";
    assert_eq!(suggest(&office, path, &[("remark", markup)]).await.status, StatusCode::OK);
    let page = office.open("/edit/suggestions").await.body;
    assert!(page.contains("&lt;script&gt;") && !page.contains(['\u{202e}', '\u{0}']), "{page}");
}

#[tokio::test]
async fn one_client_sends_five_an_hour_and_a_machine_that_fills_the_trap_learns_nothing() {
    let office = EditingOffice::with(vec![place(ID, "なかよしサロン")]).await;
    let path = "/places/0000000001/suggest";
    let caught = suggest(&office, path, &[("remark", "a"), ("website2", "https://spam.example")]).await;
    assert_eq!(caught.status, StatusCode::OK);
    assert_eq!(open(&office).await, json!([]));
    for n in 0..5 {
        let sent = suggest(&office, path, &[("remark", &n.to_string())]).await;
        assert_eq!((sent.status, &sent.body), (StatusCode::OK, &caught.body), "the same answer");
    }
    let enough = suggest(&office, path, &[("remark", "もう一つ")]).await;
    assert_eq!((enough.status, enough.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "3600"));
    assert!(enough.body.contains("tel:"), "the office can be called");
    assert_eq!(open(&office).await.as_array().unwrap().len(), 5);
}
