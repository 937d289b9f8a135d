//! `export` and `backup`: write the places, or a copy of the database, to a file.

use std::path::Path;

use super::args::{
    BackupArgs, ExportArgs, ExportCommand, ExportFolderArgs, ExportFormat, ExportOpendataArgs, ExportPlacesArgs,
};
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, progress};
use crate::editor::{Editor, now_in_japan};
use crate::index::filter::crs::CoordinateSystem;
use crate::index::filter::parameters::{FilterParameters, FilterProblem};
use crate::index::{Filter, Snapshot};
use crate::model::Audience;
use crate::publish::calendar::calendar_of_places;
use crate::publish::file_format::FileFormat;
use crate::publish::formats::{FormatError, PlaceFormat};
use crate::publish::hsds::hsds_files;
use crate::publish::municipal::MunicipalFile;
use crate::publish::tiles::archive;
use crate::store::{self, ExportFolder, ExportFolderError};

/// What is written where no format is named.
const GEOJSON: ExportFormat = ExportFormat::Places(FileFormat::Places(PlaceFormat::Geojson));

/// Writes the places that an audience may see and that pass the options' filter, byte for byte as the server sends them.
pub fn export(context: &CommandContext, export: &ExportArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let alias = export.without_format();
    let audience = export.audience();
    let (format, args) = match &export.format {
        Some(_) if export.file.is_some() => return Err(Failure::new("error.export_two_files", &[])),
        Some(ExportCommand::Hsds(args)) => return hsds(context, args, audience),
        Some(ExportCommand::Opendata(args)) => return opendata(context, args, audience),
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
    write_places(context, &snapshot, (&args.file, &count, &bytes), out)
}

/// Writes a file of places, or standard output, and says what is to be known of it.
pub(super) fn write_places(
    context: &CommandContext,
    snapshot: &Snapshot,
    (file, count, bytes): (&Path, &str, &[u8]),
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    if snapshot.sample {
        print_to_stderr(&context.messages.fill("export.sample", &[]));
    }
    if snapshot.audience != Audience::Public {
        print_to_stderr(&context.messages.fill("export.staff", &[]));
    }
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

/// Writes the lists of the municipal standard into a folder.
fn opendata(context: &CommandContext, args: &ExportOpendataArgs, audience: Audience) -> Result<ExitStatus, Failure> {
    let snapshot = public_snapshot(context, audience)?;
    let today = now_in_japan().date();
    let files = MunicipalFile::ALL.into_iter().map(|file| {
        let bytes = file.bytes(&snapshot, today, args.encoding.into());
        Ok((
            file.name(&snapshot.city),
            bytes.map_err(|error| Failure::of_file("error.export_format", &args.folder.out, &error))?,
        ))
    });
    write_folder(context, &args.folder, &snapshot, files)
}

/// Writes the places as services into a folder.
fn hsds(context: &CommandContext, args: &ExportFolderArgs, audience: Audience) -> Result<ExitStatus, Failure> {
    let snapshot = public_snapshot(context, audience)?;
    write_folder(context, args, &snapshot, hsds_files(&snapshot, now_in_japan().date()).map(Ok))
}

/// The public snapshot, of which alone folders for others are made; another audience is refused by name.
fn public_snapshot(context: &CommandContext, audience: Audience) -> Result<Snapshot, Failure> {
    if audience != Audience::Public {
        return Err(Failure::new("error.export_audience", &[]));
    }
    let config = context.config()?;
    require_database(&context.db)?;
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    Ok(Snapshot::build(&editor.snapshot_input()?, audience))
}

/// Writes the files of a snapshot into a folder, all or none.
fn write_folder(
    context: &CommandContext,
    args: &ExportFolderArgs,
    snapshot: &Snapshot,
    files: impl Iterator<Item = Result<(String, Vec<u8>), Failure>>,
) -> Result<ExitStatus, Failure> {
    let folder = ExportFolder::begin(&args.out, args.replace).map_err(|error| folder_failure(&error))?;
    let mut count = 0;
    for file in files {
        let (path, bytes) = file?;
        folder.write(&path, &bytes).map_err(|error| folder_failure(&error))?;
        count += 1;
    }
    folder.finish().map_err(|error| folder_failure(&error))?;
    if snapshot.sample {
        print_to_stderr(&context.messages.fill("export.sample", &[]));
    }
    let (count, out) = (count.to_string(), args.out.display().to_string());
    print_to_stderr(&context.messages.fill("export.folder_written", &[("count", &count), ("folder", &out)]));
    Ok(ExitStatus::Fine)
}

/// Why a folder cannot be exported to, with what to do.
fn folder_failure(error: &ExportFolderError) -> Failure {
    let named = |key, path: &Path| Failure::new(key, &[("folder", &path.display().to_string())]);
    match error {
        ExportFolderError::NotAFolder(path) => named("error.export_not_a_folder", path),
        ExportFolderError::HoldsExport(path) => named("error.export_holds_export", path),
        ExportFolderError::HoldsOther(path) => named("error.export_holds_other", path),
        other => Failure::new("error.export_folder", &[("reason", &other.to_string())]),
    }
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
