//! The workbook in which places are edited in Excel, for download: as `export xlsx` writes it.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use chrono::Utc;

use super::{EditResult, edited_by, run_plain};
use crate::accounts::SignedIn;
use crate::editor::WorkbookToEdit;
use crate::http::server::respond;
use crate::http::{HttpProblem, InternalState};
use crate::model::Audience;
use crate::model::place_workbook::WorkbookNames;
use crate::publish::formats::PlaceFormat;
use crate::publish::place_workbook::{WorkbookContent, WorkbookPlace, workbook};

/// Under which name it is saved.
const DISPOSITION: HeaderValue = HeaderValue::from_static("attachment; filename=\"places.xlsx\"");

/// Handler: every place as it is stored, with what only the staff may see.
pub(in crate::http) async fn download(
    State(internal): State<InternalState>,
    Extension(who): Extension<SignedIn>,
) -> EditResult {
    let categories = internal.app().snapshot().categories.clone();
    let by = edited_by(&who);
    let written = run_plain(&internal, move |editor| {
        let WorkbookToEdit { source, districts } = editor.workbook(&by)?;
        let mut revisions: Vec<_> = source.revisions.into_values().collect();
        revisions.sort_by(|a, b| {
            let key =
                |it: &crate::model::Revision| (it.place.source.list.clone(), it.place.source.row, it.place.id.clone());
            key(a).cmp(&key(b))
        });
        let content = WorkbookContent {
            places: revisions.iter().map(|it| WorkbookPlace { place: &it.place, revision: Some(it.number) }).collect(),
            names: WorkbookNames { categories: &categories, districts: &districts },
            database: source.database,
            audience: Audience::Staff,
            extent: String::new(),
            at: Utc::now(),
        };
        Ok(workbook(&content))
    });
    let bytes = written.await?.map_err(HttpProblem::from)?;
    let mut response = respond::no_store(PlaceFormat::Xlsx.media(), bytes);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, DISPOSITION);
    Ok(response)
}
