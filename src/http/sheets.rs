//! The sheets to fill in and the guide: the same pages on both addresses.
//!
//! They take nothing in: what is typed into a sheet stays in the page.

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::pages::HTML;
use super::{App, Problem, respond};
use crate::publish::desk::{Sheet, guide_page, sheet_page, sheets_page};

pub(super) fn routes<S>() -> Router<S>
where
    App: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route("/guide", get(show_guide))
        .route("/sheets", get(show_sheets))
        .route("/sheets/assessment", get(async |app, headers| show_sheet(app, headers, Sheet::Assessment).await))
        .route("/sheets/referral", get(async |app, headers| show_sheet(app, headers, Sheet::Referral).await))
        .route("/sheets/report", get(async |app, headers| show_sheet(app, headers, Sheet::Report).await))
}

async fn show_guide(State(app): State<App>, headers: HeaderMap) -> Response {
    let guide = app.programme.guide.as_deref();
    respond::page(&app, &headers, (Some("/guide"), HTML), |snapshot| guide_page(snapshot, guide))
}

async fn show_sheets(State(app): State<App>, headers: HeaderMap) -> Response {
    respond::page(&app, &headers, (Some("/sheets"), HTML), sheets_page)
}

/// The assessment counts what places offer: over very many that takes a while the first time, so that it happens in a thread where
/// waiting is allowed.
async fn show_sheet(State(app): State<App>, headers: HeaderMap, sheet: Sheet) -> Result<Response, Problem> {
    let show = move || {
        let interests = &app.programme.interests;
        respond::page(&app, &headers, (Some(sheet.address()), HTML), |snapshot| sheet_page(snapshot, sheet, interests))
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| Problem::Internal)
}
