//! Opens the database for commands that change what planners count, so that each change is kept with its numbers.

use std::path::Path;

use crate::cli::import_author;
use crate::config::Config;
use crate::editor::Editor;
use crate::gaps::history;
use crate::http;
use crate::index::SnapshotInput;
use crate::model::PlanningSummary;
use crate::store::StoreError;

/// Opens the database at `db`, and creates it where there is none.
///
/// # Errors
///
/// As [`Editor::open`].
pub fn open_editor(db: &Path, config: &Config) -> Result<Editor, StoreError> {
    let editor = Editor::open(db, config.city.clone(), config.categories.clone())?;
    Ok(editor.with_planning_history(todays_summaries).with_author(import_author()))
}

fn todays_summaries(input: &SnapshotInput) -> Vec<PlanningSummary> {
    history::summaries(input, http::now_in_japan().date())
}
