//! `import basemap`: lines and points of published files; a file of the same name takes the place of its earlier edition.

use std::path::{Path, PathBuf};

use super::{beside_sample, region_files};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, import_author, inputs};
use crate::editor::Editor;
use crate::import::regions::basemap::BasemapReading;
use crate::model::{BasemapFeature, BasemapKind, Messages};

/// Imports the files, each whole or not at all; the first that is refused ends the command.
pub fn run(context: &CommandContext, files: &[PathBuf], out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(files.len())?;
    let editor = Editor::open(&context.db, config.city.clone(), config.categories.clone())?;
    let editor = editor.with_author(import_author());
    beside_sample::refuse_beside(&editor, None)?;
    let around = region_files::municipality_of(&editor)?;
    let readings = files.iter().map(|file| region_files::read_basemap(file, around, &config.city, context.messages));
    let readings = readings.collect::<Result<Vec<_>, _>>()?;
    for (file, reading) in files.iter().zip(&readings) {
        let is_changed = editor.set_basemap(&inputs::list_name(file), &reading.features)?;
        out.line(&report(file, reading, is_changed, context.messages))?;
    }
    out.line(&context.messages.fill("diff.regions_next", &[("options", &context.named_options())]))?;
    Ok(ExitStatus::Fine)
}

/// What was imported, by kind, and what was left out.
fn report(file: &Path, reading: &BasemapReading, is_changed: bool, messages: &Messages) -> String {
    let file = file.display().to_string();
    if !is_changed {
        return messages.fill("diff.basemap_same", &[("file", &file)]);
    }
    let kinds = BasemapKind::ALL.into_iter().filter_map(|kind| count_of(&reading.features, kind, messages));
    let kinds = kinds.collect::<Vec<_>>().join(messages.text("diff.basemap_comma"));
    let mut report = messages.fill("diff.basemap", &[("file", &file), ("kinds", &kinds)]);
    for (key, count) in [("diff.basemap_elsewhere", reading.elsewhere), ("diff.basemap_unknown", reading.unknown)] {
        if count > 0 {
            report += &messages.fill(key, &[("count", &count.to_string())]);
        }
    }
    report
}

fn count_of(features: &[BasemapFeature], kind: BasemapKind, messages: &Messages) -> Option<String> {
    let count = features.iter().filter(|feature| feature.kind == kind).count();
    let name = messages.find(&format!("basemap.{}", kind.code())).unwrap_or(kind.code());
    (count > 0).then(|| messages.fill("diff.basemap_kind", &[("kind", name), ("count", &count.to_string())]))
}
