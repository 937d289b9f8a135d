//! Imports the sample lists of the data folder into a new database, through the same runner that people use.

use std::path::{Path, PathBuf};

use super::link_workers::LinkWorkerList;
use super::lists::{self, ListKind};
use super::places::PlaceList;
use super::reference_data::ReferenceData;
use super::seed_regions::print_progress;
use crate::cli::{CommandContext, Failure, inputs};
use crate::config::Config;
use crate::editor::Editor;

/// The note that says that a database holds the sample.
const SAMPLE: &str = "sample";

/// Imports the sample's lists where `city.toml` requests them and there is no list yet; prints what else there is to do.
pub fn import_sample(desk: &CommandContext, config: &Config, editor: &Editor) -> Result<(), Failure> {
    let empty = editor.lists()?.is_empty() && editor.directories()?.is_empty();
    if editor.note(SAMPLE)?.is_some() && !config.city.sample {
        desk.report("serve.still_sample", &[]);
    }
    if !empty {
        return Ok(());
    }
    let files = if config.city.sample { sample_files(&config.folder.join("sample")) } else { Vec::new() };
    if files.is_empty() {
        desk.report("serve.empty", &[]);
        return Ok(());
    }
    // Noted first: whatever happens then, this database is not one for a city's own lists.
    editor.write_note(SAMPLE, "loaded")?;
    let knowledge = ReferenceData::of_database(config.clone(), editor)?;
    for file in files {
        import_file::<PlaceList>(desk, editor, &knowledge, &file)?;
    }
    for file in sample_files(&config.folder.join("sample/link-workers")) {
        import_file::<LinkWorkerList>(desk, editor, &knowledge, &file)?;
    }
    desk.report("serve.sample", &[]);
    Ok(())
}

fn import_file<K: ListKind>(
    desk: &CommandContext,
    editor: &Editor,
    knowledge: &ReferenceData,
    file: &Path,
) -> Result<(), Failure> {
    print_progress(desk, file);
    let read = lists::read_file::<K>(file, knowledge, &knowledge.config.columns)?;
    lists::print_refusal(desk.words, &read);
    K::import(editor, lists::new_edition(inputs::list_name(file), vec![read]), &mut |_, _| {})?;
    Ok(())
}

/// The lists in the sample's folder, by name; what begins with a dot or `~$` is another program's.
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
