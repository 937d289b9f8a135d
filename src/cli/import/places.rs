//! `import places`: takes in new editions of lists.

use std::path::{Path, PathBuf};

use chrono::Utc;

use super::change_report;
use super::change_report::FileProblems;
use super::first_start;
use super::lists::{ScratchDatabase, lists, user};
use super::reference_data::ReferenceData;
use crate::cli::args::ImportPlacesArgs;
use crate::cli::check::exit_of;
use crate::cli::output::{json, print_to_stderr};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, progress, report_text};
use crate::editor::{EditionError, Editor, NewEdition, ReadFile, SheetReport};
use crate::import::{self, ImportedFile};

/// Takes in every list and ends with the worst of what it found.
pub fn run(desk: &CommandContext, places: &ImportPlacesArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = desk.config()?;
    let trial = ScratchDatabase::new(&desk.db, places.dry_run);
    let editor = Editor::open(trial.db(&desk.db), config.city.clone(), config.categories.clone())?;
    if !places.dry_run || trial.is_made() {
        first_start::regions(desk, &config, &editor)?;
    }
    let importer = PlaceImporter { desk, places, knowledge: ReferenceData::of_database(config, &editor)?, editor };
    let mut worst = ExitStatus::Fine;
    let mut changed = false;
    for (list, files) in lists(&places.files, places.list.as_deref()) {
        let (exit, reports) = importer.list(&list, &files, out)?;
        worst = worst.max(exit);
        changed |= reports.iter().any(change_report::changes_something);
    }
    if !places.json {
        out.line(&change_report::next(desk.words, worst, changed, places.dry_run))?;
    }
    Ok(worst)
}

/// What taking in several lists has in common.
struct PlaceImporter<'a> {
    desk: &'a CommandContext,
    places: &'a ImportPlacesArgs,
    knowledge: ReferenceData,
    editor: Editor,
}

impl PlaceImporter<'_> {
    /// Takes in one list. All its files must be readable: one that is not would look like all its places had ended.
    fn list(
        &self,
        list: &str,
        files: &[PathBuf],
        out: &mut StdoutWriter,
    ) -> Result<(ExitStatus, Vec<SheetReport>), Failure> {
        let mut read = Vec::new();
        let mut worst = ExitStatus::Fine;
        for file in files {
            match read_file(file, &self.knowledge) {
                Ok(file) => {
                    worst = worst.max(exit_of(&file.import));
                    self.say_refused(&file);
                    read.push(file);
                }
                Err(failure) => {
                    worst = ExitStatus::Refused;
                    print_to_stderr(&failure.message(self.desk.words));
                }
            }
        }
        if worst == ExitStatus::Refused {
            return Ok((worst, Vec::new()));
        }
        let noticed = FileProblems::in_files(&read);
        let reports = match self.take_in(list, read) {
            Ok(reports) => reports,
            Err(error) => {
                print_to_stderr(&Failure::from(error).message(self.desk.words));
                return Ok((ExitStatus::Refused, Vec::new()));
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

    fn tell(
        &self,
        list: &str,
        reports: &[SheetReport],
        noticed: &FileProblems,
        out: &mut StdoutWriter,
    ) -> Result<(), Failure> {
        for report in reports {
            if self.places.json {
                out.line(&json(report)?)?;
            } else {
                change_report::sheet(out, self.desk.words, list, report, noticed)?;
            }
        }
        Ok(())
    }

    fn say_refused(&self, file: &ReadFile) {
        for line in report_text::refused(self.desk.words, &file.file, &file.import) {
            print_to_stderr(&line);
        }
    }
}

/// Reads one file as `import places` and the first start do.
pub fn read_file(file: &Path, knowledge: &ReferenceData) -> Result<ReadFile, Failure> {
    let bytes = inputs::read(file)?;
    let name = inputs::file_name(file);
    let import: ImportedFile = import::read(&bytes, &name, knowledge.known());
    Ok(ReadFile { file: name, blake3: blake3::hash(&bytes).to_hex().to_string(), import })
}
