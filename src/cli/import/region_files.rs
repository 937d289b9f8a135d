//! Reads region files: districts, boundary and gazetteer, named on the command line or found in the data folder.

use std::path::{Path, PathBuf};

use crate::cli::{Failure, inputs};
use crate::config::DataFolders;
use crate::import::ListProblem;
use crate::import::regions::outlines::{self, FeatureProperties, OutlineOwner};
use crate::import::regions::{district_list, gazetteer};
use crate::model::Messages;
use crate::model::{Area, City, District, TownEntry};

/// Names of the file of districts in the data folder; the first that is there counts.
pub const DISTRICTS: [&str; 2] = ["districts.geojson", "districts.csv"];

/// Name of the file of the boundary.
pub const BOUNDARY: [&str; 1] = ["boundary.geojson"];

/// Names of the gazetteer.
pub const GAZETTEER: [&str; 2] = ["gazetteer.csv", "gazetteer.json"];

/// The file that counts among those of `names`: of the highest folder that has any, the first name.
pub fn in_folders(folders: &DataFolders, names: &[&str]) -> Option<PathBuf> {
    let mut files = folders.all().iter().rev().flat_map(|folder| names.iter().map(|name| folder.join(name)));
    files.find(|file| file.is_file())
}

/// Reads the districts of a file.
pub fn read_districts(file: &Path, city: &City, messages: &Messages) -> Result<Vec<District>, Failure> {
    districts_of(file, &inputs::read(file)?, city, messages)
}

/// The districts in the bytes of `file`.
pub fn districts_of(file: &Path, bytes: &[u8], city: &City, messages: &Messages) -> Result<Vec<District>, Failure> {
    let is_json = bytes.trim_ascii_start().strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let read = if is_json.starts_with(b"{") || is_json.starts_with(b"[") {
        outlines::districts_by(bytes, &FeatureProperties::default(), &city.limits)
    } else {
        district_list::districts(bytes, &city.limits)
    };
    read.map_err(|problem| refusal(file, &problem, messages))
}

/// Reads the boundary of the municipality from a file.
pub fn read_boundary(file: &Path, city: &City, messages: &Messages) -> Result<Area, Failure> {
    outlines::boundary(&inputs::read(file)?, city).map_err(|problem| refusal(file, &problem, messages))
}

/// Reads the towns of a gazetteer file.
pub fn read_gazetteer(file: &Path, city: &City, messages: &Messages) -> Result<Vec<TownEntry>, Failure> {
    gazetteer_of(file, &inputs::read(file)?, city, messages)
}

/// The towns in the bytes of `file`.
pub fn gazetteer_of(file: &Path, bytes: &[u8], city: &City, messages: &Messages) -> Result<Vec<TownEntry>, Failure> {
    gazetteer::read_within(bytes, &city.limits).map_err(|problem| refusal(file, &problem, messages))
}

/// The municipalities that the outlines of a file name; none where it cannot be read, which reading it says.
pub fn owners(file: &Path, city: &City) -> Vec<OutlineOwner> {
    let bytes = inputs::read(file).unwrap_or_default();
    outlines::owners(&bytes, &city.limits).unwrap_or_default()
}

fn refusal(file: &Path, problem: &ListProblem, messages: &Messages) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(messages.language()))
}
