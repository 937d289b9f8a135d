//! Reads region files: districts, boundary and gazetteer, named on the command line or found in the data folder.

use std::path::Path;

use crate::cli::{Failure, inputs};
use crate::import::ListProblem;
use crate::import::regions::gazetteer::Gazetteer;
use crate::import::regions::outlines;
use crate::model::Messages;
use crate::model::{Area, City, District, TownEntry};

/// Reads the districts of a file.
pub fn read_districts(file: &Path, messages: &Messages) -> Result<Vec<District>, Failure> {
    outlines::districts(&inputs::read(file)?).map_err(|problem| refusal(file, &problem, messages))
}

/// Reads the boundary of the municipality from a file.
pub fn read_boundary(file: &Path, city: &City, messages: &Messages) -> Result<Area, Failure> {
    outlines::boundary(&inputs::read(file)?, city).map_err(|problem| refusal(file, &problem, messages))
}

/// Reads the towns of a gazetteer file.
pub fn read_gazetteer(file: &Path, messages: &Messages) -> Result<Vec<TownEntry>, Failure> {
    Gazetteer::read(&inputs::read(file)?).map_err(|problem| refusal(file, &problem, messages))
}

fn refusal(file: &Path, problem: &ListProblem, messages: &Messages) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(messages.language()))
}
