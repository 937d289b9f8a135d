//! Reads region files: districts, boundary and gazetteer, named on the command line or found in the data folder.

use std::path::Path;

use crate::cli::{Failure, inputs};
use crate::import::ListProblem;
use crate::import::regions::gazetteer;
use crate::import::regions::outlines::{self, FeatureProperties, OutlineOwner};
use crate::model::Messages;
use crate::model::{Area, City, District, TownEntry};

/// Reads the districts of a file.
pub fn read_districts(file: &Path, city: &City, messages: &Messages) -> Result<Vec<District>, Failure> {
    let bytes = inputs::read(file)?;
    outlines::districts_by(&bytes, &FeatureProperties::default(), &city.limits)
        .map_err(|problem| refusal(file, &problem, messages))
}

/// Reads the boundary of the municipality from a file.
pub fn read_boundary(file: &Path, city: &City, messages: &Messages) -> Result<Area, Failure> {
    outlines::boundary(&inputs::read(file)?, city).map_err(|problem| refusal(file, &problem, messages))
}

/// Reads the towns of a gazetteer file.
pub fn read_gazetteer(file: &Path, city: &City, messages: &Messages) -> Result<Vec<TownEntry>, Failure> {
    gazetteer::read_within(&inputs::read(file)?, &city.limits).map_err(|problem| refusal(file, &problem, messages))
}

/// The municipalities that the outlines of a file name; none where it cannot be read, which reading it says.
pub fn owners(file: &Path, city: &City) -> Vec<OutlineOwner> {
    let bytes = inputs::read(file).unwrap_or_default();
    outlines::owners(&bytes, &city.limits).unwrap_or_default()
}

fn refusal(file: &Path, problem: &ListProblem, messages: &Messages) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(messages.language()))
}
