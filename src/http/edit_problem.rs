//! Refused edits of places as problem details (RFC 9457). Nothing was then stored.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::HttpProblem;
use crate::editor::{EditConflict, PlaceEditError};
use crate::model::PlaceId;

/// Why an edit was refused.
#[derive(Debug)]
pub(super) enum EditProblem {
    /// What any request can be refused for.
    Other(HttpProblem),
    /// The request does not say which revision it is based on.
    NoRevision,
    /// Somebody else has changed the place; with what was sent.
    MovedOn { conflict: Box<EditConflict>, yours: BTreeMap<String, String> },
    /// Fields cannot be stored as they were typed: their keys with the reasons.
    BadFields(Vec<(String, &'static str)>),
    /// It would widen who sees something of these places.
    Widens(Vec<PlaceId>),
    /// The place was merged into another one.
    MergedInto(PlaceId),
    /// The file is no workbook that can come home.
    NoWorkbook { code: &'static str, detail: String },
    /// What an upload would change has moved on: with what it would change now, as JSON.
    UploadMovedOn(Value),
    /// It cannot be done in the state that things are in.
    NotNow(&'static str),
}

impl EditProblem {
    /// The problem of a refused edit; `yours` are the texts that were sent.
    pub(super) fn of(error: PlaceEditError, id: &PlaceId, yours: &BTreeMap<String, String>) -> Self {
        match error {
            PlaceEditError::Unknown => Self::unknown(id),
            PlaceEditError::MergedInto(into) => Self::MergedInto(into),
            PlaceEditError::MovedOn(conflict) => Self::MovedOn { conflict, yours: yours.clone() },
            PlaceEditError::BadFields(faults) => {
                Self::BadFields(faults.into_iter().map(|fault| (fault.field, fault.why.code())).collect())
            }
            PlaceEditError::Widens(places) => Self::Widens(places),
            PlaceEditError::NothingToUndo => Self::NotNow("there is nothing to undo"),
            PlaceEditError::SamePlace => Self::NotNow("a place cannot be merged into itself"),
            PlaceEditError::UploadMovedOn => Self::UploadMovedOn(Value::Null),
            PlaceEditError::TooManyValues { values, limit } => Self::Other(HttpProblem::BadField {
                field: "file".to_owned(),
                reason: format!("has {values} values; at most {limit} can be stored at once"),
            }),
            PlaceEditError::UnknownBatch => Self::Other(HttpProblem::NotFound),
            PlaceEditError::Store(error) => {
                tracing::error!(%error, "an edit could not be stored");
                Self::Other(HttpProblem::NotStored {
                    reason: "the database cannot be written; the log has the details",
                })
            }
        }
    }

    /// There is no such place.
    pub(super) fn unknown(id: &PlaceId) -> Self {
        let id = super::params::shortened(&id.0);
        Self::Other(HttpProblem::NoSuch { what: "place", id, hint: "places are listed at /edit/places" })
    }
}

impl From<HttpProblem> for EditProblem {
    fn from(problem: HttpProblem) -> Self {
        Self::Other(problem)
    }
}

impl IntoResponse for EditProblem {
    fn into_response(self) -> Response {
        let (status, kind, detail, rest) = match self {
            Self::Other(problem) => return problem.into_response(),
            Self::NoRevision => (
                StatusCode::PRECONDITION_REQUIRED,
                "about:blank",
                "send the revision that you have seen as `If-Match`; it is the ETag of the place",
                json!({}),
            ),
            Self::MovedOn { conflict, yours } => (
                StatusCode::PRECONDITION_FAILED,
                "urn:tsunagari:problem:moved-on",
                "somebody else has changed the place since; look at both, then send what is to stay",
                json!({
                    "revision": conflict.revision, "base": conflict.base, "yours": yours, "theirs": conflict.theirs
                }),
            ),
            Self::BadFields(fields) => {
                let errors: Vec<Value> =
                    fields.iter().map(|(field, code)| json!({ "field": field, "code": code })).collect();
                (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "urn:tsunagari:problem:bad-fields",
                    "these fields cannot be stored as they were typed; nothing was stored",
                    json!({ "errors": errors }),
                )
            }
            Self::Widens(places) => {
                let places: Vec<&str> = places.iter().map(|id| id.0.as_str()).collect();
                (
                    StatusCode::CONFLICT,
                    "urn:tsunagari:problem:widens",
                    "more people would see something of these places; send `publish: true` if that is meant",
                    json!({ "places": places }),
                )
            }
            Self::MergedInto(into) => {
                let location = format!("/edit/places/{}", into.0);
                let location = HeaderValue::from_str(&location).unwrap_or(HeaderValue::from_static("/edit"));
                return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response();
            }
            Self::NoWorkbook { code, detail } => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "urn:tsunagari:problem:no-workbook",
                "the file is no workbook that can come home; nothing was stored",
                json!({ "code": code, "reason": detail }),
            ),
            Self::UploadMovedOn(now) => (
                StatusCode::CONFLICT,
                "urn:tsunagari:problem:moved-on",
                "places have changed since; look at what the workbook would change now, and send its `state`",
                json!({ "now": now }),
            ),
            Self::NotNow(detail) => (StatusCode::CONFLICT, "urn:tsunagari:problem:not-now", detail, json!({})),
        };
        let mut body = json!({
            "type": kind, "title": status.canonical_reason().unwrap_or("Error"), "status": status.as_u16(),
            "detail": detail,
        });
        if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
            body.extend(rest);
        }
        let media = HeaderValue::from_static("application/problem+json");
        (status, [(header::CONTENT_TYPE, media)], body.to_string()).into_response()
    }
}
