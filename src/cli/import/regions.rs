//! `import districts`, `import boundary` and `import gazetteer`, for the command line and for the first start.

use std::path::Path;

use chrono::Utc;

use super::{reference_data, region_files};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::config::Config;
use crate::editor::Editor;
use crate::import::places::list_checks;
use crate::model::TownEntry;

/// Takes in districts in place of those before.
pub fn districts(desk: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (_, editor) = open(desk)?;
    let districts = region_files::read_districts(file, desk.words)?;
    editor.set_districts(&districts)?;
    told(desk, out, "diff.regions_districts", districts.len())
}

/// Takes in the outline of the municipality in place of the one before.
pub fn boundary(desk: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open(desk)?;
    editor.set_boundary(&region_files::read_boundary(file, &config.city, desk.words)?)?;
    told(desk, out, "diff.regions_boundary", 1)
}

/// Takes in the gazetteer in place of the one before, and places by it what is stored without a position.
pub fn gazetteer(desk: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open(desk)?;
    let towns = region_files::read_gazetteer(file, desk.words)?;
    let count = towns.len();
    let placed = set_towns(&editor, &config, &towns)?;
    out.line(&desk.words.fill("diff.regions_gazetteer", &[("count", &count.to_string())]))?;
    if placed > 0 {
        out.line(&desk.words.fill("diff.regions_placed", &[("count", &placed.to_string())]))?;
    }
    out.line(&desk.words.fill("diff.regions_next", &[]))?;
    Ok(ExitStatus::Fine)
}

fn open(desk: &CommandContext) -> Result<(Config, Editor), Failure> {
    let config = desk.config()?;
    let editor = Editor::open(&desk.db, config.city.clone(), config.categories.clone())?;
    Ok((config, editor))
}

fn told(desk: &CommandContext, out: &mut StdoutWriter, key: &str, count: usize) -> Result<ExitStatus, Failure> {
    out.line(&desk.words.fill(key, &[("count", &count.to_string())]))?;
    out.line(&desk.words.fill("diff.regions_next", &[]))?;
    Ok(ExitStatus::Fine)
}

/// Replaces the gazetteer; how many stored places it gave a position.
pub fn set_towns(editor: &Editor, config: &Config, towns: &[TownEntry]) -> Result<u32, Failure> {
    let districts = editor.districts()?;
    let gazetteer = reference_data::gazetteer(towns.to_vec(), config, &districts);
    Ok(editor.set_towns(towns, Utc::now(), &|facts| list_checks::locate(facts, &gazetteer, &districts))?)
}
