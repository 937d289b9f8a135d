//! Workbooks that come home in a browser: received and read, shown beside what is stored, and taken change by change.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use chrono::Utc;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{EditResult, body, edited_by, json as answer, no_content, run, run_plain, staff_snapshot, wants_json};
use crate::accounts::SignedIn;
use crate::editor::{ComparedUpload, PublishedEdits, UploadRefusal, WorkbookChange, WorkbookChoice};
use crate::http::edit_problem::EditProblem;
use crate::http::pages::{FormTexts, account};
use crate::http::params::path_parameters;
use crate::http::server::limits;
use crate::http::{HttpProblem, InternalState};
use crate::model::{Language, PlaceId, WorkbookUpload};
use crate::publish::html::edit::{self, ChangedCellView, NewPlaceView, UploadChangeView, UploadView};

/// The field of the form that holds the file.
const FILE: &str = "file";

/// What somebody takes of an upload.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptBody {
    /// The state that was looked at.
    state: String,
    /// The changes that are taken; all of them, if it is not there.
    take: Option<Vec<String>>,
    /// The places of which also what widens who sees something is taken.
    #[serde(default)]
    publish: BTreeSet<PlaceId>,
}

/// A request that says nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EmptyBody {}

/// Handler: receives a workbook, as a form with a file.
pub(in crate::http) async fn upload(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    request: Request,
) -> EditResult {
    let is_json = wants_json(request.headers());
    let reader = internal.upload_reader()?;
    let refused = |status, why, detail: &str| {
        Ok(account::page(status, edit::refused_upload_page(&staff_snapshot(&internal), why, detail)))
    };
    let (file, blake3, read) = match reader.read(received(request)).await {
        Err(HttpProblem::BodyTooLarge { .. }) if !is_json => {
            return refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "");
        }
        Err(HttpProblem::Busy) if !is_json => return refused(StatusCode::SERVICE_UNAVAILABLE, "busy", ""),
        read => read?,
    };
    let workbook = match read {
        Ok(workbook) => workbook,
        Err(UploadRefusal { why, detail }) if is_json => {
            return Err(EditProblem::NoWorkbook { code: why.code(), detail });
        }
        Err(UploadRefusal { why, detail }) => {
            return refused(StatusCode::UNPROCESSABLE_ENTITY, why.code(), &detail);
        }
    };
    let by = edited_by(&who);
    let number = run_plain(&internal, move |editor| editor.upload(&workbook, (file, blake3), &by)).await?;
    if is_json {
        return Ok(answer(StatusCode::CREATED, &json!({ "id": number })));
    }
    let location = HeaderValue::from_str(&format!("/edit/imports/{number}")).map_err(|_| HttpProblem::Internal)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// The name and the bytes of the file of a form.
async fn received(mut request: Request) -> Result<(String, Vec<u8>), HttpProblem> {
    DefaultBodyLimit::max(limits::MAX_UPLOAD).apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| HttpProblem::NotAnUpload)?;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        if field.name() != Some(FILE) {
            continue;
        }
        let name = file_name(field.file_name().unwrap_or_default());
        let bytes = field.bytes().await.map_err(|error| broken(&error))?;
        if bytes.len() > WorkbookUpload::MOST_BYTES {
            return Err(HttpProblem::BodyTooLarge { limit: WorkbookUpload::MOST_BYTES });
        }
        return Ok((name, bytes.into()));
    }
    Err(HttpProblem::NotAnUpload)
}

fn broken(error: &MultipartError) -> HttpProblem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return HttpProblem::BodyTooLarge { limit: WorkbookUpload::MOST_BYTES };
    }
    HttpProblem::NotAnUpload
}

/// The name of a file without folders, which some browsers send, and without what cannot be seen.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(WorkbookUpload::MOST_NAME).collect()
}

/// Handler: an upload beside what is stored.
pub(in crate::http) async fn show_upload(
    State(internal): State<InternalState>,
    number: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> EditResult {
    let number = upload_number(number)?;
    let compared = compared(&internal, number).await?;
    if wants_json(&headers) {
        return Ok(answer(StatusCode::OK, &as_json(&compared)));
    }
    let snapshot = staff_snapshot(&internal);
    Ok(account::page(StatusCode::OK, edit::upload_page(&snapshot, &view_of(&compared))))
}

/// Handler: takes changes of an upload.
pub(in crate::http) async fn accept_upload(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    number: Result<Path<String>, PathRejection>,
    request: Request,
) -> EditResult {
    let number = upload_number(number)?;
    let AcceptBody { state, take, publish } = body(request).await?;
    let taken = take.map(|keys| keys.iter().map(|key| change_of(key)).collect::<Result<_, _>>()).transpose()?;
    let choice = WorkbookChoice { taken, published: PublishedEdits::Of(publish) };
    let by = edited_by(&who);
    let (id, nothing) = (upload_id(number), FormTexts::new());
    let taken = run(&internal, (&id, &nothing), move |editor| editor.accept_upload(number, (&choice, &state), &by));
    let accepted = match taken.await {
        Err(EditProblem::UploadMovedOn(_)) => {
            let now = compared(&internal, number).await?;
            return Err(EditProblem::UploadMovedOn(as_json(&now)));
        }
        other => other?,
    };
    let sheet = &accepted.report.sheet;
    let changed: Vec<&PlaceId> =
        sheet.changed.iter().filter(|it| !it.change.fields.is_empty()).map(|it| &it.id).collect();
    let added: Vec<&PlaceId> = sheet.added.iter().filter_map(|it| it.id.as_ref()).collect();
    let removed: Vec<&PlaceId> = sheet.gone.iter().map(|it| &it.id).collect();
    Ok(answer(
        StatusCode::OK,
        &json!({
            "batch": accepted.batch, "changed": changed, "added": added, "removed": removed, "open": accepted.is_open
        }),
    ))
}

/// Handler: takes nothing of an upload.
pub(in crate::http) async fn reject_upload(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
    number: Result<Path<String>, PathRejection>,
    request: Request,
) -> EditResult {
    let number = upload_number(number)?;
    let EmptyBody {} = body(request).await?;
    let by = edited_by(&who);
    run(&internal, (&upload_id(number), &FormTexts::new()), move |editor| editor.reject_upload(number, &by)).await?;
    Ok(no_content())
}

fn upload_number(number: Result<Path<String>, PathRejection>) -> Result<i64, HttpProblem> {
    path_parameters(number)?.parse().map_err(|_| HttpProblem::NotFound)
}

/// How a problem calls an upload.
fn upload_id(number: i64) -> PlaceId {
    PlaceId(format!("imports/{number}"))
}

async fn compared(internal: &InternalState, number: i64) -> Result<ComparedUpload, EditProblem> {
    run(internal, (&upload_id(number), &FormTexts::new()), move |editor| editor.compare_upload(number, Utc::now()))
        .await
}

/// The change that a key means, as `edited:4k7m2p9qrs`, `added:12` or `removed:4k7m2p9qrs`.
fn change_of(key: &str) -> Result<WorkbookChange, HttpProblem> {
    let (kind, what) = key.split_once(':').unwrap_or((key, ""));
    let place = || PlaceId(what.to_owned());
    match (kind, what.parse()) {
        ("edited", _) => Ok(WorkbookChange::Edited(place())),
        ("removed", _) => Ok(WorkbookChange::Removed(place())),
        ("added", Ok(row)) => Ok(WorkbookChange::Added(row)),
        _ => {
            let reason = "must be edited:ID, added:ROW or removed:ID".to_owned();
            Err(HttpProblem::BadField { field: "take".to_owned(), reason })
        }
    }
}

fn as_json(compared: &ComparedUpload) -> Value {
    let ComparedUpload { upload, report, added_rows, state } = compared;
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("id".to_owned(), json!(upload.number));
        object.insert("by".to_owned(), json!(upload.by));
        object.insert("at".to_owned(), json!(upload.at));
        object.insert("state".to_owned(), json!(state));
        let rows: Vec<_> =
            added_rows.iter().map(|(row, audience)| json!({ "row": row, "audience": audience })).collect();
        object.insert("added_rows".to_owned(), json!(rows));
    }
    value
}

fn view_of(compared: &ComparedUpload) -> UploadView<'_> {
    let ComparedUpload { upload, report, added_rows, state } = compared;
    let sheet = &report.sheet;
    let widened = |id: &PlaceId| report.widened.iter().find(|it| it.id == *id).map(|it| it.why.code());
    let changes = sheet.changed.iter().map(|place| UploadChangeView {
        id: &place.id,
        name: &place.name,
        cells: place
            .cells
            .iter()
            .map(|it| ChangedCellView {
                field: &it.field,
                cell: &it.cell,
                was: &it.was,
                now: &it.now,
                stored: &it.stored,
                is_conflict: it.stored != it.was && it.stored != it.now,
            })
            .collect(),
        is_nothing: place.change.fields.is_empty(),
        widened: widened(&place.id),
    });
    let added = sheet.added.iter().zip(added_rows);
    let added =
        added.map(|(place, (row, audience))| NewPlaceView { row: *row, name: &place.name, audience: *audience });
    let removed = sheet.gone.iter().map(|it| (&it.id, it.name.as_str()));
    let rejected = sheet.rejected.iter().map(|it| (it.row, it.message(Language::Ja)));
    let undecided = report.undecided.iter().map(|it| (it.row, it.field.as_deref(), it.why.code()));
    UploadView {
        upload,
        state,
        changes: changes.collect(),
        added: added.collect(),
        removed: removed.collect(),
        unchanged: sheet.unchanged,
        rejected: rejected.collect(),
        undecided: undecided.collect(),
    }
}
