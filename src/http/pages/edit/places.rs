//! One place: its form, its history, storing, adding and undoing.

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::{
    EditResult, FormTexts, UndoBody, body, edited_by, expected_revision, json as answer, run, run_plain,
    staff_snapshot, wants_json, with_revision,
};
use crate::accounts::SignedIn;
use crate::editor::{PlaceSave, TextRevision};
use crate::http::InternalState;
use crate::http::pages::account;
use crate::http::params::path_parameters;
use crate::model::{EditDraft, PlaceId};
use crate::publish::html::edit::{self, EditedPlaceView, RevisionView, TextChangeView};

type IdInPath = Result<Path<String>, PathRejection>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaveBody {
    fields: FormTexts,
    #[serde(default)]
    publish: bool,
}

/// Handler: a place as somebody edits it: the page, or JSON with its revision as the `ETag`.
pub(in crate::http) async fn show_place(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    id: IdInPath,
    headers: HeaderMap,
) -> EditResult {
    let id = PlaceId(path_parameters(id)?);
    let held = (id.clone(), edited_by(&who));
    let is_new = id.0 == EditDraft::NEW;
    let (place, draft) = run(&internal, (&id, &FormTexts::new()), move |editor| {
        let (id, who) = held;
        let place = if is_new { None } else { Some(editor.place(&id)?) };
        Ok((place, editor.draft(&who, &id.0)?))
    })
    .await?;
    let snapshot = staff_snapshot(&internal);
    if wants_json(&headers) {
        let Some(place) = place else { return Ok(answer(StatusCode::OK, &json!({ "fields": {}, "draft": draft }))) };
        let value = json!({
            "id": id, "revision": place.revision.number, "fields": place.fields, "draft": draft,
            "absent": place.is_absent,
        });
        return Ok(with_revision(answer(StatusCode::OK, &value), place.revision.number));
    }
    let revision = place.as_ref().map_or(0, |place| place.revision.number);
    let fields = place.as_ref().map_or_else(|| edit::new_place_texts(&snapshot), |place| place.fields.clone());
    let view = EditedPlaceView {
        id: (!is_new).then_some(&id),
        revision,
        fields: &fields,
        draft: draft.as_ref(),
        is_absent: place.as_ref().is_some_and(|place| place.is_absent),
        source: place.as_ref().map(|place| &place.revision.place.source),
        verification: place.as_ref().and_then(|place| place.revision.place.verification.as_ref()),
    };
    Ok(with_revision(account::page(StatusCode::OK, edit::place_page(&snapshot, &view)), revision))
}

/// Handler: stores what somebody typed.
pub(in crate::http) async fn save(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    id: IdInPath,
    request: Request,
) -> EditResult {
    let id = PlaceId(path_parameters(id)?);
    let revision = expected_revision(request.headers())?;
    let SaveBody { fields, publish } = body(request).await?;
    let held = (id.clone(), PlaceSave { revision, fields: fields.clone(), publish });
    let stored = run(&internal, (&id, &fields), move |editor| editor.save(&held.0, &held.1, &edited_by(&who))).await?;
    let value = json!({ "id": stored.id, "revision": stored.revision });
    Ok(with_revision(answer(StatusCode::OK, &value), stored.revision))
}

/// Handler: adds a place.
pub(in crate::http) async fn add(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    request: Request,
) -> EditResult {
    let SaveBody { fields, .. } = body(request).await?;
    let held = fields.clone();
    let stored =
        run(&internal, (&PlaceId::default(), &fields), move |editor| editor.add(&held, &edited_by(&who))).await?;
    let mut response = answer(StatusCode::CREATED, &json!({ "id": stored.id, "revision": stored.revision }));
    if let Ok(location) = HeaderValue::from_str(&format!("/edit/places/{}", stored.id.0)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(with_revision(response, stored.revision))
}

/// Handler: undoes the last revision of a place.
pub(in crate::http) async fn undo(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    id: IdInPath,
    request: Request,
) -> EditResult {
    let id = PlaceId(path_parameters(id)?);
    let revision = expected_revision(request.headers())?;
    let UndoBody { publish } = body(request).await?;
    let held = id.clone();
    let stored = run(&internal, (&id, &FormTexts::new()), move |editor| {
        editor.undo(&held, (revision, publish), &edited_by(&who))
    })
    .await?;
    let value = json!({ "id": stored.id, "revision": stored.revision });
    Ok(with_revision(answer(StatusCode::OK, &value), stored.revision))
}

/// Handler: who changed what of a place, and when.
pub(in crate::http) async fn history(
    State(internal): State<InternalState>,
    id: IdInPath,
    headers: HeaderMap,
) -> Result<Response, super::EditProblem> {
    let id = PlaceId(path_parameters(id)?);
    let held = id.clone();
    let revisions = run(&internal, (&id, &FormTexts::new()), move |editor| editor.texts_over_time(&held)).await?;
    if wants_json(&headers) {
        let revision = |it: &TextRevision| {
            let changes: Vec<_> = it
                .changes
                .iter()
                .map(|change| json!({ "field": change.field, "was": change.was, "now": change.now }))
                .collect();
            json!({
                "revision": it.revision.number, "at": it.revision.at, "by": it.person(),
                "list": it.revision.place.source.list, "changes": changes,
            })
        };
        return Ok(answer(StatusCode::OK, &json!(revisions.iter().map(revision).collect::<Vec<_>>())));
    }
    let view = |it: &TextRevision| RevisionView {
        number: it.revision.number,
        at: it.revision.at,
        by: it.person().map(str::to_owned),
        source: it.revision.place.source.clone(),
        changes: it
            .changes
            .iter()
            .map(|change| TextChangeView {
                field: change.field.clone(),
                was: change.was.clone(),
                now: change.now.clone(),
            })
            .collect(),
    };
    let revisions: Vec<RevisionView> = revisions.iter().map(view).collect();
    let html = edit::history_page(&staff_snapshot(&internal), &id, &revisions);
    Ok(account::page(StatusCode::OK, html).into_response())
}

/// The drafts of an account, as the first page lists them.
pub(super) async fn drafts(internal: &InternalState, who: &SignedIn) -> Result<Vec<EditDraft>, super::EditProblem> {
    let by = edited_by(who);
    run_plain(internal, move |editor| Ok(editor.drafts(&by)?)).await
}
