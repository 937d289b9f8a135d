//! Fills a new database from the data folder, through the same imports that people use.

use std::path::{Path, PathBuf};

use chrono::Utc;

use super::reference_data::ReferenceData;
use super::{link_workers, lists, places, region_files, regions};
use crate::cli::output::print_to_stderr;
use crate::cli::{CommandContext, Failure, inputs, report_text};
use crate::config::Config;
use crate::editor::{Editor, NewDirectory, NewEdition};

/// The note that says that a database holds the sample.
const SAMPLE: &str = "sample";

/// Takes in the towns, districts and outline of the data folder, each unless the database has some.
pub fn regions(desk: &CommandContext, config: &Config, editor: &Editor) -> Result<(), Failure> {
    let words = desk.words;
    let there = |name: &str| Some(config.folder.join(name)).filter(|file| file.exists());
    if let (true, Some(file)) = (editor.districts()?.all().is_empty(), there("districts.geojson")) {
        tell(desk, &file);
        editor.set_districts(&region_files::read_districts(&file, words)?)?;
    }
    if let (true, Some(file)) = (editor.boundary()?.is_none(), there("boundary.geojson")) {
        tell(desk, &file);
        editor.set_boundary(&region_files::read_boundary(&file, &config.city, words)?)?;
    }
    if let (true, Some(file)) = (editor.towns()?.is_empty(), there("gazetteer.csv").or_else(|| there("gazetteer.json")))
    {
        tell(desk, &file);
        regions::set_towns(editor, config, &region_files::read_gazetteer(&file, words)?)?;
    }
    Ok(())
}

/// Takes in the sample's lists where `city.toml` asks for them and there is no list yet; says what else is to be done.
pub fn sample(desk: &CommandContext, config: &Config, editor: &Editor) -> Result<(), Failure> {
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
        tell(desk, &file);
        take_in(desk, editor, &knowledge, &file)?;
    }
    for file in sample_files(&config.folder.join("sample/link-workers")) {
        tell(desk, &file);
        take_in_workers(desk, editor, &knowledge, &file)?;
    }
    desk.report("serve.sample", &[]);
    Ok(())
}

fn take_in(desk: &CommandContext, editor: &Editor, knowledge: &ReferenceData, file: &Path) -> Result<(), Failure> {
    let read = places::read_file(file, knowledge)?;
    for line in report_text::refused(desk.words, &read.file, &read.import) {
        print_to_stderr(&line);
    }
    let edition = NewEdition { list: inputs::list_name(file), files: vec![read], by: lists::user(), at: Utc::now() };
    editor.import_places(edition, &mut |_, _| {})?;
    Ok(())
}

fn take_in_workers(
    desk: &CommandContext,
    editor: &Editor,
    knowledge: &ReferenceData,
    file: &Path,
) -> Result<(), Failure> {
    let read = link_workers::read_file(file, knowledge)?;
    if let Some(problem) = &read.import.refused {
        for line in report_text::refusal(desk.words, &read.file, problem) {
            print_to_stderr(&line);
        }
    }
    let edition = NewDirectory { list: inputs::list_name(file), files: vec![read], by: lists::user(), at: Utc::now() };
    editor.import_link_workers(edition)?;
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

fn tell(desk: &CommandContext, file: &Path) {
    desk.report("serve.first", &[("file", &file.display().to_string())]);
}
