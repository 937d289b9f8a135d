//! `export site`, `export opendata` and `export hsds`: folders of files for others, from what the public may see, all or none.

use std::path::Path;
use std::sync::Arc;

use super::args::{ExportFolderArgs, ExportOpendataArgs};
use super::city_content::city_content;
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, progress};
use crate::config::SampleFiles;
use crate::editor::{Editor, now_in_japan};
use crate::gaps::{PlannerData, ReportingUnitKind};
use crate::index::Snapshot;
use crate::model::{Audience, Month};
use crate::publish::hsds::hsds_files;
use crate::publish::municipal::MunicipalFile;
use crate::publish::site::{SiteSource, headers_file, nginx_conf, site_files};
use crate::store::{self, ExportFolder, ExportFolderError};

/// A path below the folder, and how its bytes are made.
type WrittenFile = Result<(String, Vec<u8>), Failure>;

/// Writes every file that the public address answers, byte for byte, and the settings of a host beside them.
pub fn site(context: &CommandContext, args: &ExportFolderArgs, audience: Audience) -> Result<ExitStatus, Failure> {
    require_public(audience)?;
    let config = context.load_config()?;
    store::check_exists(&context.db)?;
    let own_texts = city_content(&config, &SampleFiles::of_folder(config.folders.own())?);
    let editor = Editor::open(&context.db, config.city.clone(), config.categories.clone())?;
    let editor = editor.with_interests(own_texts.interests.clone());
    let snapshot = Arc::new(Snapshot::build(&editor.snapshot_input()?, Audience::Public));
    let planner = snapshot.population.as_ref().map(|population| {
        PlannerData::by(Arc::clone(&snapshot), Arc::clone(population), ReportingUnitKind::DistrictsOrTowns)
    });
    let month = Month::of(now_in_japan().date());
    let source = SiteSource { snapshot: &snapshot, content: &own_texts, month, planner: planner.as_ref() };
    let (files, city) = (site_files(source).collect::<Vec<_>>(), &snapshot.city);
    let written = files.iter().map(|file| {
        let bytes = file.bytes(source).map_err(|error| Failure::of_file("error.export_format", &args.out, &error))?;
        Ok((file.path.clone(), bytes))
    });
    let settings = [("nginx.conf", nginx_conf(city)), ("_headers", headers_file(city))];
    let total = files.len() + settings.len();
    let settings = settings.into_iter().map(|(name, text)| Ok((name.to_owned(), text.into_bytes())));
    write_folder((context, args), &snapshot, (total, written.chain(settings)))
}

/// Writes the lists of the municipal standard.
pub fn opendata(
    context: &CommandContext,
    args: &ExportOpendataArgs,
    audience: Audience,
) -> Result<ExitStatus, Failure> {
    let snapshot = public_snapshot(context, audience)?;
    let today = now_in_japan().date();
    let files = MunicipalFile::ALL.into_iter().map(|file| {
        let bytes = file.bytes(&snapshot, today, args.encoding.into());
        let bytes = bytes.map_err(|error| Failure::of_file("error.export_format", &args.folder.out, &error))?;
        Ok((file.name(&snapshot.city), bytes))
    });
    write_folder((context, &args.folder), &snapshot, (MunicipalFile::ALL.len(), files))
}

/// Writes the places as services.
pub fn hsds(context: &CommandContext, args: &ExportFolderArgs, audience: Audience) -> Result<ExitStatus, Failure> {
    let snapshot = public_snapshot(context, audience)?;
    let files: Vec<_> = hsds_files(&snapshot, now_in_japan().date()).collect();
    write_folder((context, args), &snapshot, (files.len(), files.into_iter().map(Ok)))
}

fn public_snapshot(context: &CommandContext, audience: Audience) -> Result<Snapshot, Failure> {
    require_public(audience)?;
    let config = context.config()?;
    store::check_exists(&context.db)?;
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    Ok(Snapshot::build(&editor.snapshot_input()?, audience))
}

/// Refuses any other audience by name.
fn require_public(audience: Audience) -> Result<(), Failure> {
    if audience == Audience::Public { Ok(()) } else { Err(Failure::new("error.export_audience", &[])) }
}

/// Writes `total` files of a snapshot, one after the other, and shows a progress bar.
fn write_folder(
    (context, args): (&CommandContext, &ExportFolderArgs),
    snapshot: &Snapshot,
    (total, files): (usize, impl Iterator<Item = WrittenFile>),
) -> Result<ExitStatus, Failure> {
    let refused = |error| folder_failure(&error);
    let folder = ExportFolder::begin(&args.out, args.replace).map_err(refused)?;
    progress::with_bar(|report| -> Result<(), Failure> {
        for (done, file) in files.enumerate() {
            let (path, bytes) = file?;
            folder.write(&path, &bytes).map_err(refused)?;
            report(done + 1, total);
        }
        Ok(())
    })?;
    folder.finish().map_err(refused)?;
    if snapshot.sample {
        print_to_stderr(&context.messages.fill("export.sample", &[]));
    }
    let (count, out) = (total.to_string(), args.out.display().to_string());
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
        ExportFolderError::BadName(name) => Failure::new("error.export_bad_name", &[("name", name)]),
        ExportFolderError::Io { .. } => Failure::new("error.export_folder", &[("reason", &error.to_string())]),
    }
}
