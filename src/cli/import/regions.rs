//! `import districts`, `import boundary` and `import gazetteer`.

use std::path::Path;

use super::{reference_data, region_files};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::config::Config;
use crate::editor::Editor;

/// Imports districts; they replace those before.
pub fn districts(desk: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open(desk)?;
    let districts = region_files::read_districts(file, &config.city, desk.words)?;
    editor.set_districts(&districts)?;
    print_count(desk, out, "diff.regions_districts", districts.len())
}

/// Imports the outline of the municipality; it replaces the one before.
pub fn boundary(desk: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open(desk)?;
    editor.set_boundary(&region_files::read_boundary(file, &config.city, desk.words)?)?;
    print_count(desk, out, "diff.regions_boundary", 1)
}

/// Imports the gazetteer, which replaces the one before, and geocodes the stored places that have no position.
pub fn gazetteer(desk: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open(desk)?;
    let towns = region_files::read_gazetteer(file, &config.city, desk.words)?;
    let count = towns.len();
    let placed = reference_data::replace_gazetteer(&editor, &config, &towns)?;
    out.line(&desk.words.fill("diff.regions_gazetteer", &[("count", &count.to_string())]))?;
    if placed > 0 {
        out.line(&desk.words.fill("diff.regions_placed", &[("count", &placed.to_string())]))?;
    }
    out.line(&desk.words.fill("diff.regions_next", &[]))?;
    Ok(ExitStatus::Fine)
}

fn open(desk: &CommandContext) -> Result<(Config, Editor), Failure> {
    let config = desk.config_for_reading(1)?;
    let editor = Editor::open(&desk.db, config.city.clone(), config.categories.clone())?;
    Ok((config, editor))
}

fn print_count(desk: &CommandContext, out: &mut StdoutWriter, key: &str, count: usize) -> Result<ExitStatus, Failure> {
    out.line(&desk.words.fill(key, &[("count", &count.to_string())]))?;
    out.line(&desk.words.fill("diff.regions_next", &[]))?;
    Ok(ExitStatus::Fine)
}
