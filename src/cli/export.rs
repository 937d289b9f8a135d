//! `export` and `backup`.

use std::path::Path;

use super::args::{BackupArgs, ExportArgs};
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, progress};
use crate::editor::Editor;
use crate::index::{Filter, Snapshot};
use crate::model::Audience;
use crate::publish::geojson;
use crate::store;

/// Writes the places that an audience may see, in the same bytes as the server.
pub fn export(desk: &CommandContext, export: &ExportArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = desk.config()?;
    let audience = Audience::from(export.audience);
    existing(&desk.db)?;
    if export.file != Path::new("-") && store::holds_a_database(&export.file, &desk.db) {
        return Err(Failure::new("error.export_refused", &[("file", &export.file.display().to_string())]));
    }
    let editor = Editor::open(&desk.db, config.city, config.categories)?;
    let snapshot = Snapshot::build(&editor.everything()?, audience);
    let bytes = geojson::collection(&snapshot, &snapshot.matching(&Filter::default()));
    if audience != Audience::Public {
        print_to_stderr(&desk.words.fill("export.staff", &[]));
    }
    if export.file == Path::new("-") {
        out.bytes(&bytes)?;
        return Ok(ExitStatus::Fine);
    }
    std::fs::write(&export.file, &bytes).map_err(|error| Failure::of_file("error.unwritable", &export.file, &error))?;
    let (count, file) = (snapshot.places.len().to_string(), export.file.display().to_string());
    print_to_stderr(&desk.words.fill("export.written", &[("count", &count), ("file", &file)]));
    Ok(ExitStatus::Fine)
}

/// Copies the database, which may be in use.
pub fn backup(desk: &CommandContext, backup: &BackupArgs) -> Result<ExitStatus, Failure> {
    existing(&desk.db)?;
    let pages = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    progress::shown(|tell| store::backup(&desk.db, &backup.file, &mut |at| tell(pages(at.done), pages(at.total))))?;
    let size = std::fs::metadata(&backup.file).map_or(0, |about| about.len().div_ceil(1024)).to_string();
    let file = backup.file.display().to_string();
    print_to_stderr(&desk.words.fill("export.backed_up", &[("file", &file), ("size", &size)]));
    Ok(ExitStatus::Fine)
}

/// Asking for what is in a database must not make an empty one.
pub(super) fn existing(db: &Path) -> Result<(), Failure> {
    if db.exists() { Ok(()) } else { Err(Failure::new("error.no_database", &[("file", &db.display().to_string())])) }
}
