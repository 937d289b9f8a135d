//! Findings in the data folders: where they lie, who may write to them, and whose towns and outlines they hold.

use std::path::Path;

use chrono::Datelike as _;

use super::misnamed;
use crate::cli::finding::Finding;
use crate::cli::import::region_owner::{self, KnownRegions};
use crate::cli::import::{region_files, seed_regions};
use crate::cli::{CommandContext, checkout};
use crate::config::Config;
use crate::import::regions::official_names::OfficialNames;
use crate::model::Messages;

/// Findings on where the data folders and the database lie, and who may write there.
pub fn places_of_files(context: &CommandContext) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in context.data.all() {
        let shown = folder.display().to_string();
        if checkout::around(folder).is_some() {
            findings.push(Finding::warning("doctor.inside_checkout", &[("folder", &shown)]));
        }
        findings.extend(misnamed::findings(&files_in(folder)));
    }
    for path in context.data.all().iter().map(std::path::PathBuf::as_path).chain([context.db.as_path()]) {
        if is_open_to_all(path) {
            findings.push(Finding::warning("doctor.writable_by_all", &[("file", &path.display().to_string())]));
        }
    }
    findings
}

/// The names of the files in `folder`; none where it cannot be read, which is reported elsewhere.
fn files_in(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Announced holidays that end before this year: from there on they are the computed ones again.
fn old_holidays(config: &Config) -> Option<Finding> {
    let year = config.holidays.last()?.year();
    let is_old = year < chrono::Local::now().year();
    is_old.then(|| Finding::warning("doctor.old_holidays", &[("year", &year.to_string())]))
}

/// Whether every user of the machine may write to `path`.
#[cfg(unix)]
fn is_open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o002 != 0)
}

#[cfg(not(unix))]
fn is_open_to_all(_: &Path) -> bool {
    false
}

/// Findings in the towns, outline and districts of the folder.
pub fn findings(config: &Config, messages: &Messages) -> Vec<Finding> {
    let (city, mut findings) = (&config.city, Vec::from_iter(old_holidays(config)));
    let mut known = KnownRegions::default();
    if let Some(file) = seed_regions::gazetteer_of(config) {
        match region_files::read_gazetteer(&file, city, messages) {
            Ok(towns) => {
                let names = region_owner::code_of(city).map(|code| OfficialNames::of_towns(&towns, &code));
                findings.extend(names.and_then(|names| region_owner::of_name(&names, city)));
                findings.extend(region_owner::of_towns(&towns, city, &KnownRegions::default()));
                known.towns = towns;
            }
            Err(failure) => findings.push(failure.into()),
        }
    }
    if let Some(file) = config.folders.find("boundary.geojson") {
        let owners = region_files::owners(&file, city);
        let names = region_owner::code_of(city).map(|code| OfficialNames::of_outlines(&owners, &code));
        findings.extend(names.and_then(|names| region_owner::of_name(&names, city)));
        match region_files::read_boundary(&file, city, messages) {
            Ok(area) => {
                findings.extend(region_owner::of_boundary(&area, &owners, city, &known));
                known.boundary = Some(area);
            }
            Err(failure) => findings.push(failure.into()),
        }
    }
    if let Some(file) = region_files::in_folders(&config.folders, &region_files::DISTRICTS) {
        let owners = region_files::owners(&file, city);
        match region_files::read_districts(&file, city, messages) {
            Ok(districts) => findings.extend(region_owner::of_districts(&districts, &owners, city, &known)),
            Err(failure) => findings.push(failure.into()),
        }
    }
    findings
}
