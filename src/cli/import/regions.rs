//! `import districts`, `import boundary` and `import gazetteer`: replace what describes the municipality.

use std::path::Path;

use super::{beside_sample, list_districts, reference_data, region_files};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::config::Config;
use crate::editor::Editor;

/// Imports the districts, which replace the stored ones.
pub fn districts(context: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open_editor(context)?;
    let districts = region_files::read_districts(file, &config.city, context.messages)?;
    list_districts::set_from_file(&editor, &districts)?;
    print_count(context, out, "diff.regions_districts", districts.len())
}

/// Imports the boundary of the municipality, which replaces the stored one.
pub fn boundary(context: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open_editor(context)?;
    editor.set_boundary(&region_files::read_boundary(file, &config.city, context.messages)?)?;
    print_count(context, out, "diff.regions_boundary", 1)
}

/// Imports the gazetteer, which replaces the stored one, and geocodes the stored places that have no position.
pub fn gazetteer(context: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open_editor(context)?;
    let towns = region_files::read_gazetteer(file, &config.city, context.messages)?;
    let count = towns.len();
    let geocoded = reference_data::replace_gazetteer(&editor, &config, &towns)?;
    out.line(&context.messages.fill("diff.regions_gazetteer", &[("count", &count.to_string())]))?;
    if geocoded > 0 {
        out.line(&context.messages.fill("diff.regions_placed", &[("count", &geocoded.to_string())]))?;
    }
    out.line(&context.messages.fill("diff.regions_next", &[]))?;
    Ok(ExitStatus::Fine)
}

fn open_editor(context: &CommandContext) -> Result<(Config, Editor), Failure> {
    let config = context.config_for_reading(1)?;
    let editor = Editor::open(&context.db, config.city.clone(), config.categories.clone())?;
    beside_sample::refuse_beside(&editor, None)?;
    Ok((config, editor))
}

fn print_count(
    context: &CommandContext,
    out: &mut StdoutWriter,
    key: &str,
    count: usize,
) -> Result<ExitStatus, Failure> {
    out.line(&context.messages.fill(key, &[("count", &count.to_string())]))?;
    out.line(&context.messages.fill("diff.regions_next", &[]))?;
    Ok(ExitStatus::Fine)
}
