//! `import places`: takes in new editions of lists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Utc;

use super::args::ImportPlaces;
use super::check::exit_of;
use super::diff::{self, Noticed};
use super::knowledge::Knowledge;
use super::output::{json, say};
use super::{Desk, Exit, Failure, Out, furnish, human, inputs, progress};
use crate::editor::{EditionError, Editor, NewEdition, ReadFile, SheetReport};
use crate::import::{self, Import};

/// Takes in every list and ends with the worst of what it found.
pub fn run(desk: &Desk, places: &ImportPlaces, out: &mut Out) -> Result<Exit, Failure> {
    let config = desk.config()?;
    let trial = Trial::new(&desk.db, places.dry_run);
    let editor = Editor::open(trial.db(&desk.db), config.city.clone(), config.categories.clone())?;
    if !places.dry_run || trial.is_made() {
        furnish::regions(desk, &config, &editor)?;
    }
    let importer = Importer { desk, places, knowledge: Knowledge::of_database(config, &editor)?, editor };
    let mut worst = Exit::Fine;
    let mut changed = false;
    for (list, files) in lists(places) {
        let (exit, reports) = importer.list(&list, &files, out)?;
        worst = worst.max(exit);
        changed |= reports.iter().any(diff::changes_something);
    }
    if !places.json {
        out.line(&diff::next(&desk.words, worst, changed, places.dry_run))?;
    }
    Ok(worst)
}

/// The files by the list they are the new edition of, in order of first mention.
fn lists(places: &ImportPlaces) -> Vec<(String, Vec<PathBuf>)> {
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let mut lists: Vec<(String, Vec<PathBuf>)> = Vec::new();
    for file in &places.files {
        let list = places.list.clone().unwrap_or_else(|| inputs::list_name(file));
        let at = *order.entry(list.clone()).or_insert_with(|| {
            lists.push((list, Vec::new()));
            lists.len() - 1
        });
        lists[at].1.push(file.clone());
    }
    lists
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
                diff::sheet(out, &self.desk.words, list, report, noticed)?;
            }
        }
        Ok(())
    }

    fn say_refused(&self, file: &ReadFile) {
        for line in human::refused(&self.desk.words, &file.file, &file.import) {
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

/// The name of the operating system's user, for the history.
pub fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// A database for a dry run where there is none yet: one that is thrown away.
pub struct Trial(Option<PathBuf>);

impl Trial {
    /// One where `dry_run` needs it.
    pub fn new(db: &Path, dry_run: bool) -> Self {
        let name = format!("tsunagari-dry-run-{}.sqlite", std::process::id());
        Self((dry_run && !db.exists()).then(|| std::env::temp_dir().join(name)))
    }

    /// The database to use in place of `db`.
    pub fn db<'a>(&'a self, db: &'a Path) -> &'a Path {
        self.0.as_deref().unwrap_or(db)
    }

    /// Whether it is one that is thrown away.
    pub fn is_made(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            if let Some(db) = &self.0 {
                let mut file = db.clone().into_os_string();
                file.push(suffix);
                // What is left over lies in the system's temporary folder and holds nothing that a list does not.
                let _ = std::fs::remove_file(file);
            }
        }
    }
}
