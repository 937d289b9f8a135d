//! First start: imports the sample lists of the data folder into a new database, by the same code as `import`.

use std::path::{Path, PathBuf};

use super::link_workers::LinkWorkerList;
use super::lists::{self, ListKind};
use super::places::PlaceList;
use super::population;
use super::reference_data::ReferenceData;
use super::seed_regions::print_progress;
use crate::cli::{CommandContext, Failure, inputs};
use crate::config::Config;
use crate::editor::{Editor, StoreError};

/// Key in the database's metadata that marks it as holding the sample.
const SAMPLE_KEY: &str = "sample";

/// Value of the key while the sample's lists are imported: a start that finds it was interrupted before.
const LOADING: &str = "loading";

/// Value of the key when all of them are there.
const LOADED: &str = "loaded";

/// Whether the database holds the sample, or part of it.
pub fn holds_sample(editor: &Editor) -> Result<bool, StoreError> {
    Ok(editor.meta(SAMPLE_KEY)?.is_some())
}

/// Imports the sample's lists if `city.toml` has `sample = true` and the database has no list yet, or not all of the sample's,
/// because an earlier start was interrupted; prints what to do next.
pub fn import_sample(context: &CommandContext, config: &Config, editor: &Editor) -> Result<(), Failure> {
    let is_empty = editor.lists()?.is_empty() && editor.directories()?.is_empty();
    let sample = editor.meta(SAMPLE_KEY)?;
    if sample.is_some() && !config.city.sample {
        context.report("serve.still_sample", &[]);
    }
    let is_interrupted = config.city.sample && sample.as_deref() == Some(LOADING);
    if !is_empty && !is_interrupted {
        return Ok(());
    }
    let files = if config.city.sample { sample_files(&config.folders.own().join("sample")) } else { Vec::new() };
    if files.is_empty() {
        context.report("serve.empty", &[]);
        return Ok(());
    }
    load_sample(context, config, editor, &files)
}

/// Imports every list of the sample. What an interrupted start has imported before is found unchanged.
fn load_sample(context: &CommandContext, config: &Config, editor: &Editor, files: &[PathBuf]) -> Result<(), Failure> {
    // Marked first: even after a failure below, the database is not one for a city's own lists.
    editor.set_meta(SAMPLE_KEY, LOADING)?;
    let reference_data = ReferenceData::of_database(config.clone(), editor)?;
    for file in files {
        import_file::<PlaceList>(context, editor, &reference_data, file)?;
    }
    for file in sample_files(&config.folders.own().join("sample/link-workers")) {
        import_file::<LinkWorkerList>(context, editor, &reference_data, &file)?;
    }
    for file in sample_files(&config.folders.own().join("sample/population")) {
        print_progress(context, &file);
        population::import_file(editor, &reference_data, &file)?;
    }
    editor.set_meta(SAMPLE_KEY, LOADED)?;
    context.report("serve.sample", &[]);
    Ok(())
}

fn import_file<K: ListKind>(
    context: &CommandContext,
    editor: &Editor,
    reference_data: &ReferenceData,
    file: &Path,
) -> Result<(), Failure> {
    print_progress(context, file);
    let read = lists::read_file::<K>(file, reference_data, &reference_data.config.columns)?;
    lists::print_refusal(context.messages, &read);
    K::import(editor, lists::new_edition(inputs::list_name(file), vec![read]), &mut |_, _| {})?;
    Ok(())
}

/// The lists in the sample's folder, ordered by name, without hidden files and lock files (`~$…`).
fn sample_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_list = |file: &PathBuf| {
        let name = inputs::file_name(file);
        file.is_file() && !name.starts_with(['.', '~'])
    };
    let mut files: Vec<PathBuf> = entries.filter(is_list).collect();
    files.sort();
    files
}
