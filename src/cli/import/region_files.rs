//! Reads the files of `import districts`, `import boundary` and `import gazetteer`.

use std::path::Path;

use crate::cli::{Failure, inputs};
use crate::import::ListProblem;
use crate::import::regions::gazetteer::Gazetteer;
use crate::import::regions::outlines;
use crate::model::Messages;
use crate::model::{Area, City, District, TownEntry};

/// The districts of a file.
pub fn read_districts(file: &Path, words: &Messages) -> Result<Vec<District>, Failure> {
    outlines::districts(&inputs::read(file)?).map_err(|problem| refused(file, &problem, words))
}

/// The outline of the municipality in a file.
pub fn read_boundary(file: &Path, city: &City, words: &Messages) -> Result<Area, Failure> {
    outlines::boundary(&inputs::read(file)?, city).map_err(|problem| refused(file, &problem, words))
}

/// The towns of a file.
pub fn read_gazetteer(file: &Path, words: &Messages) -> Result<Vec<TownEntry>, Failure> {
    Gazetteer::read(&inputs::read(file)?).map_err(|problem| refused(file, &problem, words))
}

fn refused(file: &Path, problem: &ListProblem, words: &Messages) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(words.language()))
}
