//! `export site`: writes the public site as files, for a host that serves nothing else.

use std::sync::Arc;

use super::args::ExportFolderArgs;
use super::city_content::city_content;
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, progress};
use crate::config::SampleFiles;
use crate::editor::{Editor, now_in_japan};
use crate::gaps::{PlannerData, ReportingUnitKind};
use crate::index::Snapshot;
use crate::model::{Audience, Month};
use crate::publish::site::{SiteFile, SiteSource, headers_file, nginx_conf, site_files};
use crate::store::{self, ExportFolder, ExportFolderError};

/// Writes every file that the public address answers, byte for byte, and the settings of a host beside them.
pub fn run(context: &CommandContext, args: &ExportFolderArgs, audience: Audience) -> Result<ExitStatus, Failure> {
    if audience != Audience::Public {
        return Err(Failure::new("error.export_site_public", &[]));
    }
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
    let count = write(args, source)?;
    if snapshot.sample {
        print_to_stderr(&context.messages.fill("export.sample", &[]));
    }
    let values = [("count", &*count.to_string()), ("folder", &args.out.display().to_string())];
    print_to_stderr(&context.messages.fill("export.site_written", &values));
    Ok(ExitStatus::Fine)
}

/// Writes the files and returns how many there are.
fn write(args: &ExportFolderArgs, source: SiteSource<'_>) -> Result<usize, Failure> {
    let folder = ExportFolder::begin(&args.out, args.replace).map_err(refused)?;
    let files: Vec<SiteFile> = site_files(source).collect();
    let total = files.len();
    progress::with_bar(|report| -> Result<(), Failure> {
        for (done, file) in files.iter().enumerate() {
            let made = file.bytes(source);
            let bytes = made.map_err(|error| Failure::of_file("error.export_format", &args.out, &error))?;
            folder.write(&file.path, &bytes).map_err(refused)?;
            report(done + 1, total);
        }
        Ok(())
    })?;
    let city = &source.snapshot.city;
    for (name, text) in [("nginx.conf", nginx_conf(city)), ("_headers", headers_file(city))] {
        folder.write(name, text.as_bytes()).map_err(refused)?;
    }
    folder.finish().map_err(refused)?;
    Ok(total)
}

fn refused(error: ExportFolderError) -> Failure {
    match error {
        ExportFolderError::NotAFolder(path) => Failure::of_file("error.export_no_folder", &path, &""),
        ExportFolderError::HoldsExport(path) => Failure::of_file("error.export_replace", &path, &""),
        ExportFolderError::HoldsOther(path) => Failure::of_file("error.export_not_empty", &path, &""),
        ExportFolderError::BadName(name) => Failure::new("error.export_bad_name", &[("name", &name)]),
        ExportFolderError::Io { path, source } => Failure::of_file("error.export_format", &path, &source),
    }
}
