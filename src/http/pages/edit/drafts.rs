//! Drafts: what somebody has typed and not stored yet lives on the server, because computers are shared and browsers crash.

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use chrono::Utc;
use serde::Deserialize;

use super::{EditResult, FormTexts, body, edited_by, no_content, run_plain};
use crate::accounts::SignedIn;
use crate::http::params::path_parameters;
use crate::http::{HttpProblem, InternalState};
use crate::model::EditDraft;

/// Characters of an identity, or of the word for a new place.
const LONGEST_ID: usize = 20;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftBody {
    #[serde(default)]
    revision: u32,
    fields: FormTexts,
}

/// Handler: keeps a draft.
pub(in crate::http) async fn keep(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> EditResult {
    let place = path_parameters(id)?;
    if place.chars().count() > LONGEST_ID {
        return Err(HttpProblem::NotFound.into());
    }
    let DraftBody { revision, fields } = body(request).await?;
    let draft = EditDraft { place, revision, fields, at: Utc::now() };
    run_plain(&internal, move |editor| Ok(editor.keep_draft(&edited_by(&who), &draft)?)).await?;
    Ok(no_content())
}

/// Handler: removes a draft.
pub(in crate::http) async fn discard(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    id: Result<Path<String>, PathRejection>,
) -> EditResult {
    let place = path_parameters(id)?;
    run_plain(&internal, move |editor| Ok(editor.drop_draft(&edited_by(&who), &place)?)).await?;
    Ok(no_content())
}
