//! `export` and `backup`: write the places, or a copy of the database, to a file.

use std::path::Path;

use super::args::{BackupArgs, ExportArgs, ExportCommand, ExportFormat, ExportPlacesArgs};
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, export_folder, import_author, progress};
use crate::editor::{Editor, now_in_japan};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::parameters::{FilterParameters, FilterProblem};
use crate::index::{Filter, Snapshot};
use crate::model::Audience;
use crate::publish::calendar::calendar_of_places;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::{FormatError, PlaceFormat};
use crate::publish::tiles::archive;
use crate::store;

/// What is written where no format is named.
const GEOJSON: ExportFormat = ExportFormat::Places(FileFormat::Places(PlaceFormat::Geojson));

/// Writes the places that an audience may see and that pass the options' filter, byte for byte as the server sends them.
pub fn export(context: &CommandContext, export: &ExportArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let alias = export.without_format();
    let audience = export.audience();
    let (format, args) = match &export.format {
        Some(_) if export.file.is_some() => return Err(Failure::new("error.export_two_files", &[])),
        Some(ExportCommand::Site(args)) => return export_folder::site(context, args, audience),
        Some(ExportCommand::Hsds(args)) => return export_folder::hsds(context, args, audience),
        Some(ExportCommand::Opendata(args)) => return export_folder::opendata(context, args, audience),
        Some(command) => command.parts().unwrap_or((GEOJSON, &alias)),
        None => (GEOJSON, &alias),
    };
    let config = context.config()?;
    require_database(&context.db)?;
    refuse_database(context, &args.file)?;
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    let snapshot = Snapshot::build(&editor.snapshot_input()?, audience);
    let filter = filter(args, &snapshot)?;
    let (count, bytes) = written(&snapshot, &filter, (format, &args.file))?;
    let exported = ExportedFile { file: &args.file, format: format.ending(), count: &count, bytes: &bytes };
    write_places(context, (editor, &snapshot), exported, out)
}

/// A file of places before it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct ExportedFile<'a> {
    /// Where it is written; `-` is standard output.
    pub(super) file: &'a Path,
    /// The ending of files of its format.
    pub(super) format: &'a str,
    /// How many places are in it.
    pub(super) count: &'a str,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
}

/// Writes a file of places, or standard output, and says what is to be known of it; what not everybody may see is noted first.
pub(super) fn write_places(
    context: &CommandContext,
    (editor, snapshot): (Editor, &Snapshot),
    exported: ExportedFile<'_>,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    if snapshot.sample {
        print_to_stderr(&context.messages.fill("export.sample", &[]));
    }
    if snapshot.audience != Audience::Public {
        let what = format!("{} {}", exported.format, snapshot.audience.code());
        editor.with_author(import_author()).note_export(&what)?;
        print_to_stderr(&context.messages.fill("export.staff", &[]));
    }
    let ExportedFile { file, count, bytes, .. } = exported;
    if file == Path::new("-") {
        out.bytes(bytes)?;
    } else {
        store::write_whole_file(file, bytes)?;
        let file = file.display().to_string();
        print_to_stderr(&context.messages.fill("export.written", &[("count", count), ("file", &file)]));
    }
    Ok(ExitStatus::Fine)
}

/// Refuses to write over a database.
pub(super) fn refuse_database(context: &CommandContext, file: &Path) -> Result<(), Failure> {
    if file != Path::new("-") && store::holds_a_database(file, &context.db) {
        return Err(Failure::new("error.export_refused", &[("file", &file.display().to_string())]));
    }
    Ok(())
}

/// The file's bytes, and how many places are in it.
fn written(
    snapshot: &Snapshot,
    filter: &Filter,
    (format, file): (ExportFormat, &Path),
) -> Result<(String, Vec<u8>), Failure> {
    let places = snapshot.select(filter);
    let count = places.len().to_string();
    let bytes = match format {
        ExportFormat::Places(FileFormat::Places(format)) => format
            .write(snapshot, places.into_iter(), CoordinateSystem::Crs84)
            .map_err(|error| Failure::of_file("error.export_format", file, &error)),
        ExportFormat::Places(FileFormat::Calendar) => {
            let calendar = calendar_of_places(snapshot, &places, now_in_japan().date()).map_err(FormatError::Calendar);
            calendar.map_err(|error| Failure::of_file("error.export_format", file, &error))
        }
        ExportFormat::Tiles => {
            archive(snapshot, filter).map_err(|error| Failure::of_file("error.export_format", file, &error))
        }
    };
    Ok((count, bytes?))
}

/// The filter that the options are; one that cannot be used is named.
pub(super) fn filter(args: &ExportPlacesArgs, snapshot: &Snapshot) -> Result<Filter, Failure> {
    let today = now_in_japan().date();
    let wrong = |problem| match problem {
        FilterProblem::Repeated { parameter } => {
            Failure::new("usage.twice", &[("argument", &format!("--{parameter}"))])
        }
        FilterProblem::BadValue { parameter, position, reason } => {
            let position = position.map(|at| format!(" ({at})")).unwrap_or_default();
            let values = [("option", parameter), ("position", &*position), ("reason", &*reason)];
            Failure::new("error.export_option", &values)
        }
    };
    FilterParameters::new(&args.parameters()).filter(snapshot, today).map_err(wrong)
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
