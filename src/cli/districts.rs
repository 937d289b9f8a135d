//! `districts sketch`: districts drawn from a table of towns, where a city has no outlines.

use super::args::DistrictsSketchArgs;
use super::export::require_database;
use super::import::reference_data::ReferenceData;
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs};
use crate::editor::Editor;
use crate::import::regions::sketch;
use crate::publish::geojson;
use crate::store;

/// Draws the districts and writes them as GeoJSON, each marked as a sketch, for `import districts`.
pub fn run(
    context: &CommandContext,
    args: &DistrictsSketchArgs,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    require_database(&context.db)?;
    let config = context.config_for_reading(1)?;
    let limits = config.city.limits.clone();
    let editor = Editor::open(&context.db, config.city.clone(), config.categories.clone())?;
    let boundary = editor.boundary()?;
    let reference_data = ReferenceData::of_database(config, &editor)?;
    let Some(gazetteer) = reference_data.import_context().gazetteer else {
        return Err(Failure::new("error.no_gazetteer", &[]));
    };
    let drawn =
        sketch::districts(&inputs::read(&args.towns)?, gazetteer, boundary.as_ref(), &limits).map_err(|problem| {
            Failure::of_file("error.refused", &args.towns, &problem.message(context.messages.language()))
        })?;
    for (row, town) in &drawn.unknown_towns {
        let values = [("row", &*row.to_string()), ("name", town.as_str())];
        print_to_stderr(&context.messages.fill("districts.unknown_town", &values));
    }
    let bytes = geojson::outlines(&drawn.districts);
    match args.out.as_deref() {
        None => out.bytes(&bytes)?,
        Some(file) => {
            let shown = file.display().to_string();
            if store::holds_a_database(file, &context.db) {
                return Err(Failure::new("error.export_refused", &[("file", &shown)]));
            }
            store::write_whole_file(file, &bytes)?;
            let values = [("count", &*drawn.districts.len().to_string()), ("file", &shown)];
            print_to_stderr(&context.messages.fill("districts.written", &values));
        }
    }
    Ok(if drawn.unknown_towns.is_empty() { ExitStatus::Fine } else { ExitStatus::SomeErrors })
}
