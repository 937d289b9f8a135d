//! The sample: imports its lists by the same code as `import`, at the first start or in memory.

use super::link_workers::LinkWorkerList;
use super::lists::{self, ListKind};
use super::places::PlaceList;
use super::population;
use super::reference_data::{self, ReferenceData};
use super::region_files;
use super::seed_regions::print_progress;
use crate::cli::{CommandContext, Failure, inputs};
use crate::config::{Config, SampleFile, SampleFiles};
use crate::editor::Editor;
use crate::model::{SampleLists, SampleState};

/// Imports the sample if `city.toml` has `sample = true` and the database has no list yet, or not all of the sample's, because an
/// earlier start was interrupted; prints what to do next. Returns whether the database holds the sample.
pub fn import_at_first_start(context: &CommandContext, config: &Config, editor: &Editor) -> Result<bool, Failure> {
    let note = editor.sample()?;
    if note.is_held() && !config.city.sample {
        context.report("serve.still_sample", &[]);
    }
    let has_population = !editor.population_days()?.is_empty();
    let is_empty = editor.lists()?.is_empty() && editor.directories()?.is_empty();
    let is_interrupted = note.state == SampleState::Loading;
    if !config.city.sample || !(is_empty && !has_population || is_interrupted) || note.state == SampleState::Removed {
        if is_empty {
            context.report("serve.empty", &[]);
        }
        return Ok(note.is_held());
    }
    let files = SampleFiles::of_folder(config.folders.own())?;
    if files.places.is_empty() && files.link_workers.is_empty() {
        context.report("serve.empty", &[]);
        return Ok(note.is_held());
    }
    load(context, config, editor, &files)?;
    context.report("serve.sample", &[]);
    Ok(true)
}

/// Imports regions and lists of the sample. What an interrupted start has imported before is found unchanged.
pub fn load(context: &CommandContext, config: &Config, editor: &Editor, files: &SampleFiles) -> Result<(), Failure> {
    // Noted first: even after a failure below, the database is not one for a city's own lists.
    editor.begin_sample(&names_of(files))?;
    load_regions(context, config, editor, files)?;
    let mut config = config.clone();
    if let Some(columns) = &files.columns {
        let wrong = |error| Failure::of_file("error.unreadable", &columns.path, &format!("{error:?}"));
        config.columns = config.columns.with_additions(&columns.text()).map_err(wrong)?;
    }
    let reference_data = ReferenceData::of_database(config, editor)?;
    for file in &files.places {
        import_file::<PlaceList>(context, editor, &reference_data, file)?;
    }
    for file in &files.link_workers {
        import_file::<LinkWorkerList>(context, editor, &reference_data, file)?;
    }
    for file in &files.population {
        print_progress(context, &file.path);
        population::import_bytes(editor, &reference_data, &file.path, &file.bytes)?;
    }
    Ok(editor.finish_sample()?)
}

/// Imports the sample's districts, gazetteer and base map where the database has none.
fn load_regions(
    context: &CommandContext,
    config: &Config,
    editor: &Editor,
    files: &SampleFiles,
) -> Result<(), Failure> {
    let (city, messages) = (&config.city, context.messages);
    if let (true, Some(SampleFile { path, bytes })) = (editor.districts()?.all().is_empty(), &files.districts) {
        editor.set_districts(&region_files::districts_of(path, bytes, city, messages)?)?;
    }
    if let (true, Some(SampleFile { path, bytes })) = (editor.towns()?.is_empty(), &files.gazetteer) {
        let towns = region_files::gazetteer_of(path, bytes, city, messages)?;
        reference_data::replace_gazetteer(editor, config, &towns)?;
    }
    if let (true, Some(SampleFile { path, bytes })) = (editor.basemap_files()?.is_empty(), &files.basemap) {
        let reading = region_files::basemap_of(path, bytes, None, (city, messages))?;
        editor.set_basemap(&inputs::list_name(path), &reading.features)?;
    }
    Ok(())
}

fn import_file<K: ListKind>(
    context: &CommandContext,
    editor: &Editor,
    reference_data: &ReferenceData,
    file: &SampleFile,
) -> Result<(), Failure> {
    print_progress(context, &file.path);
    let read = lists::read_bytes::<K>(&file.path, &file.bytes, reference_data, &reference_data.config.columns);
    lists::print_refusal(context.messages, &read);
    K::import(editor, lists::new_edition(inputs::list_name(&file.path), vec![read]), &mut |_, _| {})?;
    Ok(())
}

/// The names under which the sample's lists are stored.
fn names_of(files: &SampleFiles) -> SampleLists {
    files.lists().map(|file| inputs::list_name(&file.path)).collect()
}
