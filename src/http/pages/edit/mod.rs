//! Pages on which staff edit places, and what those pages send. On the internal address only, for editors.
//!
//! Texts of fields come in bodies alone and are never logged.

mod batches;
mod check;
mod drafts;
mod imports;
mod lists;
mod places;
mod suggestions;
mod workbook;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::Utc;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(in crate::http) use batches::{edit_many, merge, undo_batch};
pub(in crate::http) use check::check;
pub(in crate::http) use drafts::{discard, keep};
pub(in crate::http) use imports::{accept_upload, reject_upload, show_upload, upload};
pub(in crate::http) use lists::{list, show};
pub(in crate::http) use places::{add, history, save, show_place, undo};
pub(in crate::http) use suggestions::{decide, suggestions};
pub(in crate::http) use workbook::download as workbook;

use crate::accounts::SignedIn;
use crate::editor::{EditedBy, PlaceEditError, PlaceEditor};
use crate::http::edit_problem::EditProblem;
use crate::http::pages::FormTexts;
use crate::http::server::json_body::json_body_without_query;
use crate::http::server::prepared::JSON;
use crate::http::server::respond;
use crate::http::{HttpProblem, InternalState};
use crate::index::Snapshot;
use crate::model::{Audience, PlaceId};

/// An answer, or the problem in its place.
type EditResult = Result<Response, EditProblem>;

/// What is said of an undoing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UndoBody {
    /// Whether it is to be done though it widens who sees something.
    #[serde(default)]
    publish: bool,
}

/// What the staff see.
fn staff_snapshot(internal: &InternalState) -> Arc<Snapshot> {
    internal.app().snapshots.load(Audience::Staff)
}

fn edited_by(who: &SignedIn) -> EditedBy {
    EditedBy { account: who.name.clone(), at: Utc::now() }
}

/// Runs `work` where waiting for a disk is allowed; its error is told with what was sent of the place.
async fn run<T: Send + 'static>(
    internal: &InternalState,
    (id, yours): (&PlaceId, &FormTexts),
    work: impl FnOnce(&PlaceEditor) -> Result<T, PlaceEditError> + Send + 'static,
) -> Result<T, EditProblem> {
    let editor = internal.place_editor()?;
    let done = tokio::task::spawn_blocking(move || work(&editor)).await.map_err(|_| HttpProblem::Internal)?;
    done.map_err(|error| EditProblem::of(error, id, yours))
}

/// As [`run`], of no single place.
async fn run_plain<T: Send + 'static>(
    internal: &InternalState,
    work: impl FnOnce(&PlaceEditor) -> Result<T, PlaceEditError> + Send + 'static,
) -> Result<T, EditProblem> {
    run(internal, (&PlaceId::default(), &FormTexts::new()), work).await
}

/// Reads the JSON body of a request; one without a body says nothing.
async fn body<T: DeserializeOwned>(request: Request) -> Result<T, HttpProblem> {
    let bytes: Bytes = json_body_without_query(request).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        // The library's sentence would quote what was typed.
        HttpProblem::BadBody {
            reason: format!(
                "the body is not what docs/accounts.md says (line {}, column {})",
                error.line(),
                error.column()
            ),
        }
    })
}

fn json(status: StatusCode, value: &Value) -> Response {
    let mut response = respond::no_store(JSON, value.to_string().into_bytes());
    *response.status_mut() = status;
    response
}

/// The answer with the revision of the place as its entity tag.
fn with_revision(mut response: Response, revision: u32) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The revision that a request is based on.
fn expected_revision(headers: &HeaderMap) -> Result<u32, EditProblem> {
    let Some(tag) = headers.get(header::IF_MATCH) else { return Err(EditProblem::NoRevision) };
    let tag = tag.to_str().unwrap_or_default().trim().trim_start_matches("W/").trim_matches('"');
    // A tag that is none of ours is that of no revision: the answer is what the place is now.
    Ok(tag.parse().unwrap_or(0))
}

/// Whether a request wants JSON, as the scripts of the pages and other programs do.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}

fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
