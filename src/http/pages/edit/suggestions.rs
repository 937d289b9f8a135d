//! What people suggest, and what editors decide of it.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use chrono::Utc;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{EditResult, body, edited_by, json as answer, run, run_plain, staff_snapshot, wants_json};
use crate::accounts::SignedIn;
use crate::editor::{ComparedSuggestion, DecidedSuggestion, SuggestionDecision};
use crate::http::pages::account;
use crate::http::params::path_parameters;
use crate::http::{HttpProblem, InternalState};
use crate::model::{PlaceId, SuggestionOutcome};
use crate::publish::html::edit::{self, SuggestionView};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionBody {
    decision: String,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    publish: bool,
}

/// Handler: the suggestions that wait.
pub(in crate::http) async fn suggestions(State(internal): State<InternalState>, headers: HeaderMap) -> EditResult {
    let open = run_plain(&internal, |editor| Ok(editor.suggestions(Utc::now())?)).await?;
    if wants_json(&headers) {
        let entry = |ComparedSuggestion { open: it, now }: &ComparedSuggestion| {
            let fields: Vec<Value> = it
                .suggestion
                .fields
                .iter()
                .map(|(key, text)| json!({ "field": key, "now": now.get(key), "suggested": text }))
                .collect();
            json!({
                "id": it.number, "place": it.suggestion.place, "at": it.at, "fields": fields,
                "remark": it.suggestion.remark, "contact": it.suggestion.contact,
            })
        };
        return Ok(answer(StatusCode::OK, &json!(open.iter().map(entry).collect::<Vec<_>>())));
    }
    let views: Vec<SuggestionView<'_>> =
        open.iter().map(|it| SuggestionView { suggestion: &it.open, now: &it.now }).collect();
    Ok(account::page(StatusCode::OK, edit::suggestions_page(&staff_snapshot(&internal), &views)))
}

/// Handler: decides of one.
pub(in crate::http) async fn decide(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    number: Result<Path<String>, PathRejection>,
    request: Request,
) -> EditResult {
    let text = path_parameters(number)?;
    let number: i64 = text.parse().map_err(|_| HttpProblem::NotFound)?;
    let DecisionBody { decision, fields, publish } = body(request).await?;
    let decision = match decision.as_str() {
        "accept" => SuggestionDecision::Accept { fields, publish },
        "reject" => SuggestionDecision::Close(SuggestionOutcome::Rejected),
        "spam" => SuggestionDecision::Close(SuggestionOutcome::Spam),
        _ => {
            let reason = "must be accept, reject or spam".to_owned();
            return Err(HttpProblem::BadField { field: "decision".to_owned(), reason }.into());
        }
    };
    let id = PlaceId(text);
    let decided =
        run(&internal, (&id, &BTreeMap::new()), move |editor| editor.decide(number, &decision, &edited_by(&who)))
            .await?;
    let outcome = match decided {
        DecidedSuggestion::Closed => "closed",
        DecidedSuggestion::Stored => "stored",
        DecidedSuggestion::Drafted => "drafted",
    };
    Ok(answer(StatusCode::OK, &json!({ "outcome": outcome })))
}
