//! Handlers of the sheets (forms to fill in and print) and of the guide: the same pages on both addresses.
//!
//! The sheets send nothing to the server: what is typed stays in the browser.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::HTML;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::publish::html::{SheetForm, SheetTables, guide_page, practice_page, sheet_page, sheets_page, stories_page};

pub(in crate::http) async fn show_guide(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let content = &app.city_content;
    respond::page(&app, &headers, (Some("/guide"), HTML), |snapshot| {
        guide_page(snapshot, content.guide_for(snapshot), &content.institutions)
    })
}

pub(in crate::http) async fn show_stories(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let content = &app.city_content;
    respond::page(&app, &headers, (Some("/guide/stories"), HTML), |snapshot| stories_page(snapshot, &content.stories))
}

pub(in crate::http) async fn show_practice(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let content = &app.city_content;
    respond::page(&app, &headers, (Some("/guide/practice"), HTML), |snapshot| {
        practice_page(snapshot, &content.practice)
    })
}

pub(in crate::http) async fn show_sheets(State(app): State<AppState>, headers: HeaderMap) -> Response {
    respond::page(&app, &headers, (Some("/sheets"), HTML), sheets_page)
}

/// Runs on the blocking thread pool, because the assessment counts over all places the first time.
pub(in crate::http) async fn show_sheet(
    State(app): State<AppState>,
    headers: HeaderMap,
    sheet: SheetForm,
) -> Result<Response, HttpProblem> {
    let show = move || {
        let content = &app.city_content;
        let tables = SheetTables { thesaurus: &content.interests, institutions: &content.institutions };
        respond::page(&app, &headers, (Some(sheet.address()), HTML), |snapshot| sheet_page(snapshot, sheet, tables))
    };
    tokio::task::spawn_blocking(show).await.map_err(|_| HttpProblem::Internal)
}
