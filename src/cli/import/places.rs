//! `import places`: takes in new editions of lists.

use std::path::{Path, PathBuf};

use chrono::Utc;

use super::change_report;
use super::change_report::Noticed;
use super::first_start;
use super::lists::{Trial, lists, user};
use super::reference_data::Knowledge;
use crate::cli::args::ImportPlaces;
use crate::cli::check::exit_of;
use crate::cli::output::{json, say};
use crate::cli::{Desk, Exit, Failure, Out, inputs, progress, report_text};
use crate::editor::{EditionError, Editor, NewEdition, ReadFile, SheetReport};
use crate::import::{self, Import};

/// Takes in every list and ends with the worst of what it found.
pub fn run(desk: &Desk, places: &ImportPlaces, out: &mut Out) -> Result<Exit, Failure> {
    let config = desk.config()?;
    let trial = Trial::new(&desk.db, places.dry_run);
    let editor = Editor::open(trial.db(&desk.db), config.city.clone(), config.categories.clone())?;
    if !places.dry_run || trial.is_made() {
        first_start::regions(desk, &config, &editor)?;
    }
    let importer = Importer { desk, places, knowledge: Knowledge::of_database(config, &editor)?, editor };
    let mut worst = Exit::Fine;
    let mut changed = false;
    for (list, files) in lists(&places.files, places.list.as_deref()) {
        let (exit, reports) = importer.list(&list, &files, out)?;
        worst = worst.max(exit);
        changed |= reports.iter().any(change_report::changes_something);
    }
    if !places.json {
        out.line(&change_report::next(&desk.words, worst, changed, places.dry_run))?;
    }
    Ok(worst)
}

/// What taking in several lists has in common.
struct Importer<'a> {
    desk: &'a Desk,
    places: &'a ImportPlaces,
    knowledge: Knowledge,
    editor: Editor,
}

impl Importer<'_> {
    /// Takes in one list. All its files must be readable: one that is not would look like all its places had ended.
    fn list(&self, list: &str, files: &[PathBuf], out: &mut Out) -> Result<(Exit, Vec<SheetReport>), Failure> {
        let mut read = Vec::new();
        let mut worst = Exit::Fine;
        for file in files {
            match read_file(file, &self.knowledge) {
                Ok(file) => {
                    worst = worst.max(exit_of(&file.import));
                    self.say_refused(&file);
                    read.push(file);
                }
                Err(failure) => {
                    worst = Exit::Refused;
                    say(&failure.message(&self.desk.words));
                }
            }
        }
        if worst == Exit::Refused {
            return Ok((worst, Vec::new()));
        }
        let noticed = Noticed::in_files(&read);
        let reports = match self.take_in(list, read) {
            Ok(reports) => reports,
            Err(error) => {
                say(&Failure::from(error).message(&self.desk.words));
                return Ok((Exit::Refused, Vec::new()));
            }
        };
        self.tell(list, &reports, &noticed, out)?;
        Ok((worst, reports))
    }

    fn take_in(&self, list: &str, files: Vec<ReadFile>) -> Result<Vec<SheetReport>, EditionError> {
        let edition = NewEdition { list: list.to_owned(), files, by: user(), at: Utc::now() };
        if self.places.dry_run {
            return self.editor.preview_places(edition);
        }
        progress::shown(|tell| self.editor.import_places(edition, tell))
    }

    fn tell(&self, list: &str, reports: &[SheetReport], noticed: &Noticed, out: &mut Out) -> Result<(), Failure> {
        for report in reports {
            if self.places.json {
                out.line(&json(report)?)?;
            } else {
                change_report::sheet(out, &self.desk.words, list, report, noticed)?;
            }
        }
        Ok(())
    }

    fn say_refused(&self, file: &ReadFile) {
        for line in report_text::refused(&self.desk.words, &file.file, &file.import) {
            say(&line);
        }
    }
}

/// Reads one file as `import places` and the first start do.
pub fn read_file(file: &Path, knowledge: &Knowledge) -> Result<ReadFile, Failure> {
    let bytes = inputs::read(file)?;
    let name = inputs::file_name(file);
    let import: Import = import::read(&bytes, &name, knowledge.known());
    Ok(ReadFile { file: name, blake3: blake3::hash(&bytes).to_hex().to_string(), import })
}
