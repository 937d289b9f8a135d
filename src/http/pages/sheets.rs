//! The sheets to fill in and the guide: the same pages on both addresses.
//!
//! They take nothing in: what is typed into a sheet stays in the page.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::HTML;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::html::{SheetForm, guide_page, sheet_page, sheets_page};

pub(in crate::http) async fn show_guide(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let guide = app.programme.guide.as_deref();
    respond::page(&app, &headers, (Some("/guide"), HTML), |snapshot| guide_page(snapshot, guide))
}

pub(in crate::http) async fn show_sheets(State(app): State<AppState>, headers: HeaderMap) -> Response {
    respond::page(&app, &headers, (Some("/sheets"), HTML), sheets_page)
}

/// The assessment counts what places offer: over very many that takes a while the first time, so that it happens in a thread where
/// waiting is allowed.
pub(in crate::http) async fn show_sheet(
    State(app): State<AppState>,
    headers: HeaderMap,
    sheet: SheetForm,
) -> Result<Response, HttpProblem> {
    let show = move || {
        let interests = &app.programme.interests;
        respond::page(&app, &headers, (Some(sheet.address()), HTML), |snapshot| sheet_page(snapshot, sheet, interests))
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| HttpProblem::Internal)
}
