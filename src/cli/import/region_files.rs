//! Reads region files: districts, boundary, gazetteer and base map, named on the command line or found in the data folder.

use std::path::{Path, PathBuf};

use crate::cli::{Failure, inputs};
use crate::config::DataFolders;
use crate::editor::Editor;
use crate::import::ListProblem;
use crate::import::regions::basemap::{self, BasemapReading};
use crate::import::regions::outlines::{self, FeatureProperties, OutlineOwner};
use crate::import::regions::{district_list, gazetteer};
use crate::model::Messages;
use crate::model::{Area, City, District, TownEntry};

/// Names of the file of districts in the data folder; the first that is there counts.
pub const DISTRICTS: [&str; 2] = ["districts.geojson", "districts.csv"];

/// Name of the file of the boundary.
pub const BOUNDARY: [&str; 1] = ["boundary.geojson"];

/// Name of the file of the base map.
pub const BASEMAP: [&str; 1] = ["basemap.geojson"];

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

/// Reads a base map; `around` is the municipality.
pub fn read_basemap(
    file: &Path,
    around: Option<[f64; 4]>,
    city: &City,
    messages: &Messages,
) -> Result<BasemapReading, Failure> {
    basemap_of(file, &inputs::read(file)?, around, (city, messages))
}

/// The base map in the bytes of `file`.
pub fn basemap_of(
    file: &Path,
    bytes: &[u8],
    around: Option<[f64; 4]>,
    (city, messages): (&City, &Messages),
) -> Result<BasemapReading, Failure> {
    basemap::read(bytes, around, &city.limits).map_err(|problem| refusal(file, &problem, messages))
}

/// Where the municipality of a database is: west, south, east, north in degrees of its outline, else of its districts.
pub fn municipality_of(editor: &Editor) -> Result<Option<[f64; 4]>, Failure> {
    if let Some(boundary) = editor.boundary()? {
        return Ok(boundary.bbox());
    }
    let districts = editor.districts()?;
    let boxes = districts.all().iter().filter_map(|district| district.boundary.as_ref()?.bbox());
    Ok(boxes.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]))
}

/// The municipalities that the outlines of a file name; none where it cannot be read, which reading it says.
pub fn owners(file: &Path, city: &City) -> Vec<OutlineOwner> {
    let bytes = inputs::read(file).unwrap_or_default();
    outlines::owners(&bytes, &city.limits).unwrap_or_default()
}

fn refusal(file: &Path, problem: &ListProblem, messages: &Messages) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(messages.language()))
}
