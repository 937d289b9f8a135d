//! Many places at once, merging two, and undoing what was made together.

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::{EditResult, FormTexts, UndoBody, body, edited_by, json as answer, run, run_plain};
use crate::accounts::SignedIn;
use crate::editor::ManyEdits;
use crate::http::params::path_parameters;
use crate::http::{HttpProblem, InternalState};
use crate::model::PlaceId;

/// Places that are edited at once.
const MOST_PLACES: usize = 500;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ManyBody {
    places: Vec<PlaceAtRevision>,
    fields: FormTexts,
    #[serde(default)]
    publish: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceAtRevision {
    id: PlaceId,
    revision: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeBody {
    kept: PlaceId,
    merged: PlaceId,
}

/// Handler: gives many places the same category, status or audience.
pub(in crate::http) async fn edit_many(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    request: Request,
) -> EditResult {
    let ManyBody { places, fields, publish } = body(request).await?;
    if places.len() > MOST_PLACES {
        let reason = format!("has {} places; {MOST_PLACES} can be edited at once", places.len());
        return Err(HttpProblem::BadField { field: "places".to_owned(), reason }.into());
    }
    let places = places.into_iter().map(|it| (it.id, it.revision)).collect();
    let edits = ManyEdits { places, fields, publish };
    let edited = run_plain(&internal, move |editor| editor.edit_many(&edits, &edited_by(&who))).await?;
    Ok(answer(StatusCode::OK, &json!({ "batch": edited.batch, "changed": edited.changed, "skipped": edited.skipped })))
}

/// Handler: merges a place into another one.
pub(in crate::http) async fn merge(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    request: Request,
) -> EditResult {
    let MergeBody { kept, merged } = body(request).await?;
    let id = kept.clone();
    let stored =
        run(&internal, (&id, &FormTexts::new()), move |editor| editor.merge(&kept, &merged, &edited_by(&who))).await?;
    Ok(answer(StatusCode::OK, &json!({ "id": stored.id, "revision": stored.revision })))
}

/// Handler: undoes a batch.
pub(in crate::http) async fn undo_batch(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    number: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, super::EditProblem> {
    let number: i64 = path_parameters(number)?.parse().map_err(|_| HttpProblem::NotFound)?;
    let UndoBody { publish } = body(request).await?;
    let undo = run_plain(&internal, move |editor| editor.undo_batch(number, publish, &edited_by(&who))).await?;
    let skipped: Vec<_> = undo.skipped.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
    Ok(answer(
        StatusCode::OK,
        &json!({ "batch": undo.batch, "undone": undo.undone, "ended": undo.ended, "skipped": skipped }),
    ))
}
