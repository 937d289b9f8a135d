//! Workbooks that come home in a browser: shown beside what is stored, and taken change by change.

use axum::http::{Method, StatusCode, header};
use chrono::Utc;
use serde_json::{Value, json};
use tsunagari::editor::WhyNoUpload;
use tsunagari::http::UploadReader;
use tsunagari::import::places::workbook::{self, PlaceWorkbook, WorkbookCell, WorkbookRow, WrittenRowId};
use tsunagari::model::place_row::PlaceColumn;
use tsunagari::model::place_workbook::WorkbookColumn;
use tsunagari::model::{Audience, DistrictTable, PlaceId, Status, WorkbookUpload};
use tsunagari::store::Store;

use super::{EditingOffice, place};

const JSON: &str = "application/json";
const IDS: [&str; 3] = ["0000000001", "0000000002", "0000000003"];

/// What reads uploads here: files are what the process that reads would say of them.
pub fn reader() -> UploadReader {
    UploadReader::new(|bytes| serde_json::from_slice(bytes).map_err(|_| WhyNoUpload::NotOurs.into()))
}

async fn office() -> EditingOffice {
    let names = ["朝の会", "昼の会", "夜の会"];
    EditingOffice::with(IDS.iter().zip(names).map(|(id, name)| place(id, name)).collect()).await
}

/// The workbook as it is downloaded.
async fn workbook(office: &EditingOffice) -> PlaceWorkbook {
    let bytes = office.get_bytes("/edit/workbook.xlsx").await;
    let districts = DistrictTable::default();
    workbook::read(&bytes, office.config.import_context(&districts)).unwrap().unwrap()
}

fn row<'a>(workbook: &'a mut PlaceWorkbook, id: &str) -> &'a mut WorkbookRow {
    let is_of = |row: &&mut WorkbookRow| matches!(&row.id, WrittenRowId::Known(it) if it.place.0 == id);
    workbook.rows.iter_mut().find(is_of).unwrap()
}

fn write(row: &mut WorkbookRow, column: PlaceColumn, text: &str) {
    let cell = row.cells.get_mut(&WorkbookColumn::Place(column)).unwrap();
    *cell = WorkbookCell { text: text.to_owned(), ..cell.clone() };
}

/// A row below the others for a place that is not known yet.
fn add(workbook: &mut PlaceWorkbook, name: &str) {
    let mut row = workbook.rows.last().unwrap().clone();
    (row.id, row.row) = (WrittenRowId::Blank, row.row + 1);
    for cell in row.cells.values_mut() {
        cell.text.clear();
    }
    write(&mut row, PlaceColumn::Name, name);
    write(&mut row, PlaceColumn::Category, "salon");
    workbook.rows.push(row);
}

async fn uploaded(office: &EditingOffice, workbook: &PlaceWorkbook) -> String {
    let bytes = serde_json::to_vec(workbook).unwrap();
    let answer = office.upload(("C:\\fakepath\\場所.xlsx", &bytes), JSON).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    format!("/edit/imports/{}", answer.json()["id"])
}

async fn accept(office: &EditingOffice, path: &str, body: &Value) -> (StatusCode, Value) {
    let answer = office.send(Method::POST, &format!("{path}/accept"), body).await;
    (answer.status, answer.json())
}

fn audits(office: &EditingOffice, action: &str) -> usize {
    office.every_audit().iter().filter(|(by, it)| by == "editor" && it == action).count()
}

#[tokio::test]
async fn some_of_a_workbook_is_taken_then_the_rest_and_each_part_is_undone_as_a_whole() {
    let office = office().await;
    let mut edited = workbook(&office).await;
    write(row(&mut edited, IDS[0]), PlaceColumn::Phone, "079-662-0009");
    write(row(&mut edited, IDS[1]), PlaceColumn::Bring, "タオル");
    edited.rows.retain(|row| !matches!(&row.id, WrittenRowId::Known(it) if it.place.0 == IDS[2]));
    add(&mut edited, "新しい会");
    let path = uploaded(&office, &edited).await;
    assert_eq!(office.facts(IDS[0]).contact.phone, None, "nothing is changed before somebody has decided");

    let shown = office.get(&path).await.json();
    assert_eq!((&shown["file"], &shown["by"]), (&json!("場所.xlsx"), &json!("editor")));
    assert_eq!(shown["changed"][0]["cells"][0]["now"], "079-662-0009");
    assert_eq!((&shown["gone"][0]["id"], &shown["added"][0]["name"]), (&json!(IDS[2]), &json!("新しい会")));
    let page = office.open(&path).await.body;
    assert!(page.contains("079-662-0009") && page.contains("場所.xlsx"), "{page}");
    assert!(office.open("/edit").await.body.contains("場所.xlsx"), "it waits for somebody");

    let state = shown["state"].clone();
    let added = format!("added:{}", shown["added_rows"][0]["row"]);
    assert_eq!(shown["added_rows"][0]["audience"], "staff");
    assert!(page.contains("新しい会（職員のみ）"), "who will see a new place is said before it is taken");
    let some = json!({ "state": state, "take": [format!("edited:{}", IDS[0]), added] });
    let (status, taken) = accept(&office, &path, &some).await;
    assert_eq!(status, StatusCode::OK, "{taken}");
    assert_eq!((&taken["changed"], &taken["open"]), (&json!([IDS[0]]), &json!(true)));
    let new = taken["added"][0].as_str().unwrap().to_owned();
    assert_eq!(office.facts(IDS[0]).contact.phone.as_deref(), Some("079-662-0009"));
    assert_eq!((office.facts(IDS[1]).bring, office.facts(&new).audience), (None, Audience::Staff));

    let rest = office.get(&path).await.json();
    let (status, rest) = accept(&office, &path, &json!({ "state": rest["state"] })).await;
    assert_eq!((status, &rest["removed"], &rest["open"]), (StatusCode::OK, &json!([IDS[2]]), &json!(false)));
    assert_eq!(office.facts(IDS[1]).bring.as_deref(), Some("タオル"));
    assert_eq!(office.get(&path).await.status, StatusCode::NOT_FOUND, "everything is decided");
    assert!(office.open("/edit").await.body.contains("Excel「場所.xlsx」"), "which batch is of which file");
    assert_eq!((audits(&office, "decided"), audits(&office, "imported")), (2, 2));

    let undo = format!("/edit/batches/{}/undo", taken["batch"]);
    assert_eq!(office.send(Method::POST, &undo, &json!({})).await.status, StatusCode::OK);
    assert_eq!(office.facts(IDS[0]).contact.phone, None);
    assert_eq!(office.facts(&new).status, Status::Closed);
    assert_eq!(office.facts(IDS[1]).bring.as_deref(), Some("タオル"), "of another batch");
}

#[tokio::test]
async fn what_has_moved_on_is_looked_at_again_and_what_somebody_else_has_stored_stays() {
    let office = office().await;
    let mut edited = workbook(&office).await;
    for (column, text) in [(PlaceColumn::Phone, "079-662-0009"), (PlaceColumn::Bring, "タオル")] {
        write(row(&mut edited, IDS[0]), column, text);
    }
    let path = uploaded(&office, &edited).await;
    let state = office.get(&path).await.json()["state"].clone();
    office.save(IDS[0], 1, &json!({ "phone": "079-662-0001" })).await;
    let (status, told) = accept(&office, &path, &json!({ "state": state })).await;
    assert_eq!((status, &told["type"]), (StatusCode::CONFLICT, &json!("urn:tsunagari:problem:moved-on")));
    assert_eq!(told["now"]["changed"][0]["conflicts"], json!(["contact"]));
    assert_eq!(office.current(IDS[0]).number, 2, "nothing was stored");
    let (status, _) = accept(&office, &path, &json!({ "state": told["now"]["state"] })).await;
    assert_eq!(status, StatusCode::OK);
    let facts = office.facts(IDS[0]);
    assert_eq!((facts.contact.phone.as_deref(), facts.bring.as_deref()), (Some("079-662-0001"), Some("タオル")));
}

#[tokio::test]
async fn what_more_people_would_see_is_taken_place_by_place_and_never_by_the_way() {
    let office = office().await;
    for id in &IDS[..2] {
        office.save(id, 1, &json!({ "audience": "職員のみ" })).await;
    }
    let mut edited = workbook(&office).await;
    for id in &IDS[..2] {
        write(row(&mut edited, id), PlaceColumn::Audience, "公開");
        write(row(&mut edited, id), PlaceColumn::Bring, "タオル");
    }
    let path = uploaded(&office, &edited).await;
    let shown = office.get(&path).await.json();
    assert_eq!(shown["widened"].as_array().unwrap().len(), 2);
    let (status, taken) = accept(&office, &path, &json!({ "state": shown["state"], "publish": [IDS[0]] })).await;
    assert_eq!((status, &taken["open"]), (StatusCode::OK, &json!(true)), "{taken}");
    assert_eq!((office.facts(IDS[0]).audience, office.facts(IDS[1]).audience), (Audience::Public, Audience::Staff));
    assert_eq!(office.facts(IDS[1]).bring.as_deref(), Some("タオル"), "the rest of the row is taken");
    assert_eq!(office.public(&format!("/places/{}", IDS[0])).await.status, StatusCode::OK);
    assert_eq!(office.public(&format!("/places/{}", IDS[1])).await.status, StatusCode::NOT_FOUND);
    let shown = office.get(&path).await.json();
    let (_, taken) = accept(&office, &path, &json!({ "state": shown["state"], "publish": [IDS[1]] })).await;
    assert_eq!(taken["open"], json!(false));
    assert_eq!(office.facts(IDS[1]).audience, Audience::Public);
}

#[tokio::test]
async fn what_is_rejected_is_forgotten_and_so_is_what_nobody_decides_for_a_month() {
    let office = office().await;
    let mut edited = workbook(&office).await;
    write(row(&mut edited, IDS[0]), PlaceColumn::Note, "鍵は伊佐さん");
    let path = uploaded(&office, &edited).await;
    let rejected = office.send(Method::POST, &format!("{path}/reject"), &json!({})).await;
    assert_eq!(rejected.status, StatusCode::NO_CONTENT, "{rejected:?}");
    assert_eq!(office.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.send(Method::POST, &format!("{path}/reject"), &json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.facts(IDS[0]).note, None);

    let mut store = Store::open_existing(&office.folder.path().join("t.sqlite")).unwrap();
    let ages =
        [WorkbookUpload::DAYS - 1, WorkbookUpload::DAYS + 1].map(|days| Utc::now() - chrono::TimeDelta::days(days));
    let read = serde_json::to_string(&edited).unwrap();
    let edit = store.edit().unwrap();
    let [young, old] = ages.map(|at| {
        let (file, by) = ("古い.xlsx".to_owned(), "editor".to_owned());
        edit.add_upload(&WorkbookUpload { number: 0, file, blake3: String::new(), by, at }, &read).unwrap()
    });
    edit.commit().unwrap();
    assert_eq!(office.get(&format!("/edit/imports/{young}")).await.status, StatusCode::OK);
    assert_eq!(office.get(&format!("/edit/imports/{old}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_workbook_of_ours_changes_nothing_and_is_told_why() {
    let office = office().await;
    let refused = office.upload(("一覧.csv", "名称\n朝の会\n".as_bytes()), JSON).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("not_ours")));
    let page = office.upload(("一覧.csv", "名称\n朝の会\n".as_bytes()), "text/html").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("import places"), "{page:?}");
    let large = office.upload(("大.xlsx", &vec![b'a'; WorkbookUpload::MOST_BYTES + 1]), JSON).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let page = office.upload(("大.xlsx", &vec![b'a'; WorkbookUpload::MOST_BYTES + 1]), "text/html").await;
    assert!(page.status == StatusCode::PAYLOAD_TOO_LARGE && page.body.contains("20MBまで"), "{}", page.status);
    assert!(large.body.contains(&WorkbookUpload::MOST_BYTES.to_string()), "{large:?}");
    let no_form = office.send(Method::POST, "/edit/imports", &json!({})).await;
    assert_eq!(no_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let ok = office.upload(("a.xlsx", &serde_json::to_vec(&workbook(&office).await).unwrap()), "text/html").await;
    assert_eq!(ok.status, StatusCode::SEE_OTHER);
    let path = ok.header(header::LOCATION).to_owned();
    let untouched = office.get(&path).await.json();
    assert_eq!((&untouched["unchanged"], &untouched["changed"]), (&json!(3), &json!([])));
    for body in [json!({}), json!({ "state": 1 }), json!({ "state": "", "take": ["all"] }), json!({ "x": 1 })] {
        let refused = office.send(Method::POST, &format!("{path}/accept"), &body).await;
        assert!([400, 422].contains(&refused.status.as_u16()), "{body} {refused:?}");
    }
    let foreign = format!("edited:{}", PlaceId("zzzzzzzzzz".to_owned()).0);
    let body = json!({ "state": untouched["state"], "take": [foreign] });
    let (status, taken) = accept(&office, &path, &body).await;
    assert_eq!((status, &taken["batch"]), (StatusCode::OK, &Value::Null), "what is not there is not taken");
}
