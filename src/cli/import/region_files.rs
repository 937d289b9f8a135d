//! Reads the files of `import districts`, `import boundary` and `import gazetteer`.

use std::path::Path;

use crate::cli::{Failure, Words, inputs};
use crate::import::Problem;
use crate::import::regions::gazetteer::Gazetteer;
use crate::import::regions::outlines;
use crate::model::{Area, City, District, TownEntry};

/// The districts of a file.
pub fn read_districts(file: &Path, words: &Words) -> Result<Vec<District>, Failure> {
    outlines::districts(&inputs::read(file)?).map_err(|problem| refused(file, &problem, words))
}

/// The outline of the municipality in a file.
pub fn read_boundary(file: &Path, city: &City, words: &Words) -> Result<Area, Failure> {
    outlines::boundary(&inputs::read(file)?, city).map_err(|problem| refused(file, &problem, words))
}

/// The towns of a file.
pub fn read_gazetteer(file: &Path, words: &Words) -> Result<Vec<TownEntry>, Failure> {
    Gazetteer::read(&inputs::read(file)?).map_err(|problem| refused(file, &problem, words))
}

fn refused(file: &Path, problem: &Problem, words: &Words) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(words.lang()))
}
