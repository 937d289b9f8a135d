//! Accounts of the internal address, over HTTP and in process.

mod administration;
mod routes;
mod sign_in;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tower::ServiceExt as _;
use tsunagari::accounts::Accounts;
use tsunagari::editor::ReportLog;
use tsunagari::http::{AppState, InternalState, internal_router, public_router};
use tsunagari::index::{SharedSnapshots, Snapshot, SnapshotInput};
use tsunagari::model::{AccountName, AccountRole, Audience, City, Thesaurus};
use tsunagari::store::Store;

const PASSWORD: &str = "trout lantern nineteen";
const HOST: &str = "127.0.0.1:8081";
const ORIGIN: &str = "http://127.0.0.1:8081";

/// A city's office: both addresses, and an account of each role, called like it.
struct Office {
    dir: TempDir,
    accounts: Arc<Accounts>,
    internal: Router,
    public: Router,
}

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie that was set, as a browser sends it back.
    fn cookie(&self) -> String {
        self.header(header::SET_COOKIE).split(';').next().unwrap().to_owned()
    }
}

impl Office {
    fn new() -> Self {
        Self::of(City::default())
    }

    fn of(city: City) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.sqlite");
        Store::open(&path).unwrap();
        let accounts = Arc::new(Accounts::open(&path, &city).unwrap());
        for role in AccountRole::ALL {
            accounts.add("root", (&AccountName::parse(role.code()).unwrap(), role), Some(PASSWORD)).unwrap();
        }
        let input = SnapshotInput { city, ..SnapshotInput::default() };
        let app = AppState::new(Arc::new(SharedSnapshots::new(Snapshot::build_all(&input))), Audience::Public);
        let internal = InternalState::new(
            app.for_audience(Audience::LinkWorkers),
            Arc::new(Thesaurus::default()),
            &["office.example.jp".to_owned()],
        );
        let internal = internal.with_reports(ReportLog::new(&path)).with_accounts(Arc::clone(&accounts));
        Self { dir, accounts, internal: internal_router(internal), public: public_router(app) }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        answer(&self.internal, request).await
    }

    /// A page as a browser opens it.
    async fn open(&self, path: &str, cookie: &str) -> Answer {
        self.ask(request(&Method::GET, path, cookie).body(Body::empty()).unwrap()).await
    }

    /// A form as a page of this address sends it.
    async fn send(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(form(path, cookie, fields)).await
    }

    /// Signs the account of a role in; the cookie.
    async fn sign_in(&self, role: AccountRole) -> String {
        let signed_in = self.send("/login", "", &[("name", role.code()), ("password", PASSWORD)]).await;
        assert_eq!(signed_in.status, StatusCode::SEE_OTHER, "{signed_in:?}");
        signed_in.cookie()
    }
}

async fn answer(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// A request of this address's own pages.
fn request(method: &Method, path: &str, cookie: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method.clone()).uri(path).header("host", HOST).header("origin", ORIGIN);
    let request = request.header("sec-fetch-site", "same-origin");
    if cookie.is_empty() { request } else { request.header("cookie", cookie) }
}

fn form(path: &str, cookie: &str, fields: &[(&str, &str)]) -> Request<Body> {
    request(&Method::POST, path, cookie).header("content-type", FORM).body(Body::from(form_body(fields))).unwrap()
}

const FORM: &str = "application/x-www-form-urlencoded";

fn form_body(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}
