//! Set-up: an internal address that keeps reports in a database of its own.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tower::ServiceExt as _;
use tsunagari::editor::ReportLog;
use tsunagari::http::{InternalState, internal_router};
use tsunagari::store::Store;

use super::Answer;

/// An internal address with a database of its own.
pub struct InternalAddress {
    pub dir: TempDir,
    pub staff: InternalState,
}

impl InternalAddress {
    /// The address that `staff` answers.
    pub fn of(staff: InternalState) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Store::open(&dir.path().join("t.db")).unwrap();
        let staff = staff.with_reports(ReportLog::new(&dir.path().join("t.db")));
        Self { dir, staff }
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = internal_router(self.staff.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.ask(Request::get(address).header("host", "localhost").body(Body::empty()).unwrap()).await
    }
}
