//! The inner address, for the city's own network: what link workers ask and nobody else may see.
//!
//! Nothing of it is on the public address. The host must be one of ours (another name that leads here is somebody else's page
//! asking), other pages may not ask at all, and nothing that is answered may be kept.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use chrono::{FixedOffset, NaiveDateTime, Utc};

use super::{App, Problem, assets, data, find, guard, handout, health, nowhere, pages, sheets, unmet};
use crate::editor::UnmetLog;
use crate::find::Finder;
use crate::index::Snapshot;
use crate::model::{Audience, Thesaurus};
use crate::publish::handout::Readings;

/// Every address that is served inside and not outside.
pub const STAFF_ROUTES: &[&str] = &["/find", "/handout", "/unmet", "/unmet.csv", "/unmet.json"];

/// What the handlers of the inner address share.
#[derive(Debug, Clone)]
pub struct StaffApp {
    app: App,
    finders: Arc<Finders>,
    hosts: Arc<[String]>,
    unmet: Option<Arc<UnmetLog>>,
}

/// What is made of the current snapshot when somebody first asks for it, and kept until there is another.
#[derive(Debug)]
pub(super) struct Made {
    /// Finds places for a person.
    pub(super) finder: Finder,
    /// How 大字 are read.
    pub(super) readings: Readings,
}

/// What it is made from, and what was made last.
#[derive(Debug)]
struct Finders {
    thesaurus: Arc<Thesaurus>,
    current: RwLock<Option<Arc<Made>>>,
    building: Mutex<()>,
}

impl StaffApp {
    /// Answers from the snapshot of `app`'s audience. `hosts` are the names, besides plain IP addresses and `localhost`, under
    /// which the inner address is reached.
    pub fn new(app: App, thesaurus: Arc<Thesaurus>, hosts: &[String]) -> Self {
        let finders = Finders { thesaurus, current: RwLock::default(), building: Mutex::default() };
        let hosts = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        Self { app, finders: Arc::new(finders), hosts, unmet: None }
    }

    /// The same, with a log for the needs that are not met. Without one they are refused.
    #[must_use]
    pub fn with_unmet(self, log: UnmetLog) -> Self {
        Self { unmet: Some(Arc::new(log)), ..self }
    }

    /// What handlers of both addresses share.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// The log of unmet needs.
    pub(super) fn unmet(&self) -> Result<Arc<UnmetLog>, Problem> {
        self.unmet.clone().ok_or(Problem::NotStored { reason: "nothing is stored by this server" })
    }

    /// What people like, as terms.
    pub(super) fn thesaurus(&self) -> &Thesaurus {
        &self.finders.thesaurus
    }

    /// What everybody may see at this moment: what may stand on a paper that leaves the house.
    pub(super) fn public_snapshot(&self) -> Arc<Snapshot> {
        self.app.snapshots.load(Audience::Public)
    }

    /// What is made of the current snapshot. That takes a while, so that it happens in a thread where waiting is allowed.
    pub(super) async fn made(&self) -> Result<Arc<Made>, Problem> {
        let snapshot = self.app.snapshot();
        if let Some(made) = self.finders.of(&snapshot) {
            return Ok(made);
        }
        let finders = Arc::clone(&self.finders);
        tokio::task::spawn_blocking(move || finders.build(snapshot)).await.map_err(|_| Problem::Internal)
    }
}

impl Finders {
    fn of(&self, snapshot: &Arc<Snapshot>) -> Option<Arc<Made>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|made| Arc::ptr_eq(made.finder.snapshot(), snapshot)).map(Arc::clone)
    }

    fn build(&self, snapshot: Arc<Snapshot>) -> Arc<Made> {
        let _one_at_a_time = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = self.of(&snapshot) {
            return made;
        }
        let readings = Readings::new(&snapshot.towns, &snapshot.city);
        let made = Arc::new(Made { finder: Finder::new(snapshot, Arc::clone(&self.thesaurus)), readings });
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
        made
    }
}

impl FromRef<StaffApp> for App {
    fn from_ref(staff: &StaffApp) -> Self {
        staff.app.clone()
    }
}

/// All routes of the inner address.
pub fn staff_router(staff: StaffApp) -> Router {
    let app = staff.app.clone();
    Router::new()
        .merge(data())
        .merge(pages::routes())
        .merge(sheets::routes())
        .route("/assets/{*file}", get(assets::show))
        .route("/find", get(find::page).post(find::find))
        .route("/unmet", get(unmet::show).post(unmet::add))
        .route("/unmet.csv", get(unmet::csv))
        .route("/unmet.json", get(unmet::json))
        .route("/handout", post(handout::make))
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::is_ready))
        .fallback(nowhere)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(guard::MAX_BODY))
        .layer(from_fn_with_state(staff.clone(), only_our_pages))
        .layer(from_fn(keep_nothing))
        .layer(from_fn_with_state(app, guard::guard))
        .with_state(staff)
}

/// Now, as clocks in Japan show it, whatever the server's own zone is.
///
/// # Panics
///
/// Never: nine hours are a zone.
pub fn now_in_japan() -> NaiveDateTime {
    Utc::now().with_timezone(&FixedOffset::east_opt(9 * 3600).expect("nine hours are a zone")).naive_local()
}

/// Nothing may be kept but the files of the page, which are the same for everybody.
async fn keep_nothing(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    if is_asset {
        return response;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

/// Turns away what comes under another name or from another page.
async fn only_our_pages(State(staff): State<StaffApp>, request: Request, next: Next) -> Response {
    match stranger(&staff.hosts, request.method(), request.headers()) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    }
}

fn stranger(hosts: &[String], method: &Method, headers: &HeaderMap) -> Option<Problem> {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(header::HOST).unwrap_or_default();
    if !is_ours(hosts, host) || headers.get_all(header::HOST).iter().count() > 1 {
        return Some(Problem::WrongHost);
    }
    let origin = text(header::ORIGIN);
    let same = |origin: &str| {
        let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
    };
    if origin.is_some_and(|origin| !same(origin)) {
        return Some(Problem::OtherPage);
    }
    let site = headers.get("sec-fetch-site").map(|value| value.to_str().unwrap_or_default());
    let opens_a_page = method == Method::GET && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let foreign = site.is_some_and(|site| !["same-origin", "none"].contains(&site)) && !opens_a_page;
    foreign.then_some(Problem::OtherPage)
}

/// A name that leads to us by somebody else's doing is the danger; an address in figures cannot be bent.
fn is_ours(hosts: &[String], host: &str) -> bool {
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |it| it.0);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let name = name.to_ascii_lowercase();
    name == "localhost" || bare.parse::<IpAddr>().is_ok() || hosts.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_answered() {
        let hosts = ["tsunagari.city.example.jp".to_owned()];
        for host in ["localhost:8081", "127.0.0.1:8081", "[::1]:8081", "192.168.1.5", "Tsunagari.City.example.jp:8081"]
        {
            assert!(is_ours(&hosts, host), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example:8081", "127.0.0.1.evil.example"] {
            assert!(!is_ours(&hosts, host), "{host}");
        }
    }
}
