//! `import districts`, `import boundary` and `import gazetteer`: replace what describes the municipality.

use std::path::Path;

use super::region_owner::{self, KnownRegions};
use super::{beside_sample, list_districts, planning_history, reference_data, region_files};
use crate::cli::finding::Finding;
use crate::cli::output::print_to_stderr;
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::config::Config;
use crate::editor::Editor;

/// Imports the districts, which replace the stored ones.
pub fn districts(context: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open_editor(context)?;
    let districts = region_files::read_districts(file, &config.city, context.messages)?;
    let owners = region_files::owners(file, &config.city);
    warn(context, region_owner::of_districts(&districts, &owners, &config.city, &known_regions(&editor)?));
    list_districts::set_from_file(&editor, &districts)?;
    print_count(context, out, "diff.regions_districts", districts.len())
}

/// Imports the boundary of the municipality, which replaces the stored one.
pub fn boundary(context: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open_editor(context)?;
    let area = region_files::read_boundary(file, &config.city, context.messages)?;
    let owners = region_files::owners(file, &config.city);
    warn(context, region_owner::of_boundary(&area, &owners, &config.city, &known_regions(&editor)?));
    editor.set_boundary(&area)?;
    print_count(context, out, "diff.regions_boundary", 1)
}

/// Imports the gazetteer, which replaces the stored one, and geocodes the stored places that have no position.
pub fn gazetteer(context: &CommandContext, file: &Path, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let (config, editor) = open_editor(context)?;
    let towns = region_files::read_gazetteer(file, &config.city, context.messages)?;
    let count = towns.len();
    warn(context, region_owner::of_towns(&towns, &config.city, &known_regions(&editor)?));
    let geocoded = reference_data::replace_gazetteer(&editor, &config, &towns)?;
    out.line(&context.messages.fill("diff.regions_gazetteer", &[("count", &count.to_string())]))?;
    if geocoded > 0 {
        out.line(&context.messages.fill("diff.regions_placed", &[("count", &geocoded.to_string())]))?;
    }
    out.line(&context.messages.fill("diff.regions_next", &[("options", &context.named_options())]))?;
    Ok(ExitStatus::Fine)
}

/// What was imported of the municipality before.
fn known_regions(editor: &Editor) -> Result<KnownRegions, Failure> {
    Ok(KnownRegions { boundary: editor.boundary()?, towns: editor.towns()? })
}

/// Prints a doubt about what is imported nevertheless: only its owner can know better.
fn warn(context: &CommandContext, doubt: Option<Finding>) {
    if let Some(doubt) = doubt {
        print_to_stderr(&doubt.message(context.messages));
    }
}

fn open_editor(context: &CommandContext) -> Result<(Config, Editor), Failure> {
    let config = context.config_for_reading(1)?;
    let editor = planning_history::open_editor(&context.db, &config)?;
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
    out.line(&context.messages.fill("diff.regions_next", &[("options", &context.named_options())]))?;
    Ok(ExitStatus::Fine)
}
