//! Reads the files of `import districts`, `import boundary` and `import gazetteer`.

use std::path::Path;

use crate::cli::{Failure, inputs};
use crate::import::ListProblem;
use crate::import::regions::gazetteer;
use crate::import::regions::outlines::{self, FeatureProperties};
use crate::model::Messages;
use crate::model::{Area, City, District, TownEntry};

/// The districts of a file.
pub fn read_districts(file: &Path, city: &City, words: &Messages) -> Result<Vec<District>, Failure> {
    let bytes = inputs::read(file)?;
    outlines::districts_by(&bytes, &FeatureProperties::default(), &city.limits)
        .map_err(|problem| refused(file, &problem, words))
}

/// The outline of the municipality in a file.
pub fn read_boundary(file: &Path, city: &City, words: &Messages) -> Result<Area, Failure> {
    outlines::boundary(&inputs::read(file)?, city).map_err(|problem| refused(file, &problem, words))
}

/// The towns of a file.
pub fn read_gazetteer(file: &Path, city: &City, words: &Messages) -> Result<Vec<TownEntry>, Failure> {
    gazetteer::read_within(&inputs::read(file)?, &city.limits).map_err(|problem| refused(file, &problem, words))
}

fn refused(file: &Path, problem: &ListProblem, words: &Messages) -> Failure {
    Failure::of_file("error.refused", file, &problem.message(words.language()))
}
