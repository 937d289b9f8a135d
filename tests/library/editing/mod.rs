//! Editing places in a browser: what the pages send, and what becomes of it for everybody.

mod batches;
mod merging;
mod single;
mod suggestions;
mod uploads;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;
use tsunagari::accounts::Accounts;
use tsunagari::config::Config;
use tsunagari::editor::{Editor, ListEdition, PlaceEditor, ReadFile};
use tsunagari::http::{AppState, InternalState, internal_router, public_router};
use tsunagari::import;
use tsunagari::model::{
    AccountName, AccountRole, Audience, Author, CategoryId, DistrictTable, Facts, Place, PlaceId, Revision, Source,
    Thesaurus, Verification,
};
use tsunagari::store::{Store, verify};

use crate::sample_city;

const PASSWORD: &str = "trout lantern nineteen";
const HOST: &str = "127.0.0.1:8081";

/// An office whose editors edit: both addresses, over a database on the disk.
pub struct EditingOffice {
    folder: TempDir,
    pub editor: Arc<Editor>,
    pub config: Config,
    internal: Router,
    public: Router,
    cookies: Vec<(AccountRole, String)>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A place of a list, as its list has it.
pub fn place(id: &str, name: &str) -> Place {
    let facts = Facts { name: name.to_owned(), category: CategoryId("salon".to_owned()), ..Facts::default() };
    let source = Source { list: "サロン".to_owned(), file: "サロン.csv".to_owned(), row: 2, ..Source::default() };
    let on = "2026-09-01".parse().unwrap();
    let verification = Some(Verification { on, by: None, how: None, accepts_new: None });
    Place { id: PlaceId(id.to_owned()), facts, source, verification }
}

impl EditingOffice {
    pub async fn with(places: Vec<Place>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.sqlite");
        let config = Config::load(&sample_city::data()).unwrap();
        let mut store = Store::open(&path).unwrap();
        let edit = store.edit().unwrap();
        for place in places {
            let base = Some(place.facts.clone());
            let at = "2026-11-01T00:00:00Z".parse().unwrap();
            edit.append(&Revision { number: 1, place, base, author: Author::Import, at }).unwrap();
        }
        edit.commit().unwrap();
        drop(store);
        let editor = Arc::new(Editor::open(&path, config.city.clone(), config.categories.clone()).unwrap());
        let accounts = Arc::new(Accounts::open(&path, &config.city).unwrap());
        for role in AccountRole::ALL {
            accounts.add("root", (&AccountName::parse(role.code()).unwrap(), role), Some(PASSWORD)).unwrap();
        }
        let app = AppState::new(editor.shared_snapshots().unwrap(), Audience::Public);
        let places = PlaceEditor::new(Arc::clone(&editor), config.columns.clone(), config.phrases.clone());
        let places = Arc::new(places);
        let app = app.with_suggestions_to(Arc::clone(&places));
        let internal = InternalState::new(app.for_audience(Audience::LinkWorkers), Arc::new(Thesaurus::default()), &[]);
        let internal = internal_router(
            internal.with_accounts(accounts).with_place_editor(places).with_upload_reader(uploads::reader()),
        );
        let mut office = Self { folder, editor, config, internal, public: public_router(app), cookies: Vec::new() };
        for role in AccountRole::ALL {
            let body = format!("name={}&password={}", role.code(), PASSWORD.replace(' ', "%20"));
            let request = Request::post("/login").header("host", HOST).header("sec-fetch-site", "same-origin");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let signed_in = answer(&office.internal, request.body(Body::from(body)).unwrap()).await;
            let cookie = signed_in.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
            office.cookies.push((role, cookie));
        }
        office
    }

    /// What an editor's page sends.
    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send_based_on(method, path, body, None).await
    }

    pub async fn send_based_on(&self, method: Method, path: &str, body: &Value, revision: Option<u32>) -> Answer {
        let cookie = &self.cookies.iter().find(|(role, _)| *role == AccountRole::Editor).unwrap().1;
        let request = Request::builder().method(method).uri(path).header("host", HOST).header("cookie", cookie);
        let request = request.header("sec-fetch-site", "same-origin").header("content-type", "application/json");
        let mut request = request.header("accept", "application/json");
        if let Some(revision) = revision {
            request = request.header("if-match", format!("\"{revision}\""));
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        answer(&self.internal, request.body(body).unwrap()).await
    }

    /// Sends a file as a form of a page does, of a script if `accept` says JSON.
    pub async fn upload(&self, (name, bytes): (&str, &[u8]), accept: &str) -> Answer {
        let cookie = &self.cookies.iter().find(|(role, _)| *role == AccountRole::Editor).unwrap().1;
        let head = format!(
            "--limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat();
        let request = Request::post("/edit/imports").header("host", HOST).header("cookie", cookie);
        let request = request.header("sec-fetch-site", "same-origin").header("accept", accept);
        let request = request.header("content-type", "multipart/form-data; boundary=limit");
        answer(&self.internal, request.body(Body::from(body)).unwrap()).await
    }

    /// What an editor's browser opens.
    pub async fn open(&self, path: &str) -> Answer {
        let cookie = &self.cookies.iter().find(|(role, _)| *role == AccountRole::Editor).unwrap().1;
        let request = Request::get(path).header("host", HOST).header("cookie", cookie).header("accept", "text/html");
        answer(&self.internal, request.body(Body::empty()).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &Value::Null).await
    }

    pub async fn get_bytes(&self, path: &str) -> Vec<u8> {
        let cookie = &self.cookies.iter().find(|(role, _)| *role == AccountRole::Editor).unwrap().1;
        let request = Request::get(path).header("host", HOST).header("cookie", cookie).body(Body::empty()).unwrap();
        let answer = self.internal.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    /// Who did what, of everything.
    pub fn every_audit(&self) -> Vec<(String, String)> {
        let store = Store::open_existing(&self.folder.path().join("t.sqlite")).unwrap();
        store.audit_log(None, 100).unwrap().into_iter().map(|it| (it.by, it.action)).collect()
    }

    /// Stores texts of a place whose revision is `revision`.
    pub async fn save(&self, id: &str, revision: u32, fields: &Value) -> Answer {
        let path = format!("/edit/places/{id}");
        self.send_based_on(Method::PUT, &path, &json!({ "fields": fields }), Some(revision)).await
    }

    /// What everybody sees.
    pub async fn public(&self, path: &str) -> Answer {
        answer(&self.public, Request::get(path).header("host", "example.jp").body(Body::empty()).unwrap()).await
    }

    pub fn facts(&self, id: &str) -> Facts {
        self.current(id).place.facts
    }

    pub fn current(&self, id: &str) -> Revision {
        self.editor.history(&PlaceId(id.to_owned())).unwrap().pop().unwrap()
    }

    /// Imports an edition of the list, given as CSV.
    pub fn import(&self, csv: &str) {
        let districts = DistrictTable::default();
        let import = import::read(csv.as_bytes(), "サロン.csv", self.config.import_context(&districts));
        let files = vec![ReadFile { file: "サロン.csv".to_owned(), blake3: String::new(), import }];
        let at = "2026-11-20T00:00:00Z".parse().unwrap();
        let edition = ListEdition { list: "サロン".to_owned(), files, by: "係".to_owned(), at };
        self.editor.import_places(edition, &mut |_, _| ()).unwrap();
    }

    /// Every byte of the database.
    pub fn database(&self) -> Vec<u8> {
        let path = self.folder.path().join("t.sqlite");
        assert_eq!(verify(&path).unwrap(), [], "the database is whole");
        std::fs::read(path).unwrap()
    }

    /// The rows of the audit log of what is done to places: by, action, subject, fields.
    pub fn audit(&self) -> Vec<(String, String, String, Vec<String>)> {
        let store = Store::open_existing(&self.folder.path().join("t.sqlite")).unwrap();
        let mut rows = store.audit_log(None, 100).unwrap();
        rows.reverse();
        let of_places = rows.into_iter().filter(|it| ["edited", "merged", "undone"].contains(&it.action.as_str()));
        of_places.map(|it| (it.by, it.action, it.subject, it.fields)).collect()
    }
}

async fn answer(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}
