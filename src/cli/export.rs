//! `export` and `backup`: write the places, or a copy of the database, to a file.

use std::path::Path;

use super::args::{BackupArgs, ExportArgs};
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, progress};
use crate::editor::Editor;
use crate::index::{Filter, Snapshot};
use crate::model::Audience;
use crate::publish::geojson;
use crate::store;

/// Writes the places that an audience may see as GeoJSON, byte for byte as the server sends them.
pub fn export(context: &CommandContext, export: &ExportArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = context.config()?;
    let audience = Audience::from(export.audience);
    require_database(&context.db)?;
    if export.file != Path::new("-") && store::holds_a_database(&export.file, &context.db) {
        return Err(Failure::new("error.export_refused", &[("file", &export.file.display().to_string())]));
    }
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    let snapshot = Snapshot::build(&editor.snapshot_input()?, audience);
    let bytes = geojson::collection(&snapshot, &snapshot.matching(&Filter::default()));
    if snapshot.sample {
        print_to_stderr(&context.messages.fill("export.sample", &[]));
    }
    if audience != Audience::Public {
        print_to_stderr(&context.messages.fill("export.staff", &[]));
    }
    if export.file == Path::new("-") {
        out.bytes(&bytes)?;
        return Ok(ExitStatus::Fine);
    }
    store::write_whole_file(&export.file, &bytes)?;
    let (count, file) = (snapshot.places.len().to_string(), export.file.display().to_string());
    print_to_stderr(&context.messages.fill("export.written", &[("count", &count), ("file", &file)]));
    Ok(ExitStatus::Fine)
}

/// Backs up the database, which may be in use, and shows a progress bar.
pub fn backup(context: &CommandContext, backup: &BackupArgs) -> Result<ExitStatus, Failure> {
    require_database(&context.db)?;
    let pages = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    progress::with_bar(|report| {
        store::backup(&context.db, &backup.file, &mut |at| report(pages(at.done), pages(at.total)))
    })?;
    let size = std::fs::metadata(&backup.file).map_or(0, |metadata| metadata.len().div_ceil(1024)).to_string();
    let file = backup.file.display().to_string();
    print_to_stderr(&context.messages.fill("export.backed_up", &[("file", &file), ("size", &size)]));
    Ok(ExitStatus::Fine)
}

/// Writes a file for a spreadsheet, whole or not at all; `-` is standard output. A database is never overwritten.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn write_file_or_stdout(
    context: &CommandContext,
    file: &Path,
    csv: &[u8],
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    if file == Path::new("-") {
        return out.bytes(csv);
    }
    let shown = file.display().to_string();
    if store::holds_a_database(file, &context.db) {
        return Err(Failure::new("error.export_refused", &[("file", &shown)]));
    }
    store::write_whole_file(file, csv)?;
    print_to_stderr(&context.messages.fill("unmet.written", &[("file", &shown)]));
    Ok(())
}

/// Fails where there is no database: a command that only reads must not create an empty one.
pub(super) fn require_database(db: &Path) -> Result<(), Failure> {
    Ok(store::check_exists(db)?)
}
