//! The command runner of every kind of list: groups files by list, reads them, imports or previews each list, reports.
//!
//! [`ListKind`] holds what differs per kind, so that refusals, dry runs and exit codes are the same for all of them.

mod own_lists;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use chrono::Utc;

use super::change_report::{self, FileProblems};
use super::known_edition::KnownEdition;
use super::neighbour::Neighbour;
use super::reference_data::ReferenceData;
use super::scratch_database::ScratchDatabase;
use super::{beside_sample, list_districts, planning_history, remembered_columns, seed_regions};
use crate::cli::args::NeighbourArgs;
use crate::cli::output::{json, print_to_stderr};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, progress, report_text, user_name};
use crate::config;
use crate::editor::{EditionError, Editor, ListEdition, ReadFile, SheetReport};
use crate::import::columns::HeadingTable;
use crate::import::{ImportContext, ImportedFile, ListEntry};
use crate::model::{Messages, MunicipalityCode, SampleLists};

/// The files of one list, read.
type ReadFiles<K> = Vec<ReadFile<<K as ListKind>::Entry>>;

/// One kind of list: how to read it, how to import it, how to report it.
pub trait ListKind {
    /// What one row becomes.
    type Entry: ListEntry;
    /// What the import of one list did.
    type Report;
    /// The key of the last message, when something was imported.
    const DONE: &'static str;
    /// Whether an edition that the database has is not read again.
    const KEEPS_EDITIONS: bool = false;

    /// Reads one file; a file that cannot be read is returned as refused, with the reason.
    fn read(bytes: &[u8], file: &str, known: ImportContext<'_>) -> ImportedFile<Self::Entry>;

    /// The district that an entry names, where such a list may make districts.
    fn written_district(_entry: &Self::Entry) -> Option<&str> {
        None
    }

    /// Dry run: reports what [`import`](Self::import) would do.
    fn preview(editor: &Editor, edition: ListEdition<Self::Entry>) -> Result<Self::Report, EditionError>;

    /// Imports one list. Calls `progress` with the number of rows done and of all rows, if it takes long enough.
    fn import(
        editor: &Editor,
        edition: ListEdition<Self::Entry>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self::Report, EditionError>;

    /// As [`import`](Self::import), of a list of a neighbouring municipality; kinds without such lists import none.
    fn import_of_neighbour(
        editor: &Editor,
        edition: ListEdition<Self::Entry>,
        _municipality: &MunicipalityCode,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self::Report, EditionError> {
        Self::import(editor, edition, progress)
    }

    /// Whether anything was, or would be, written.
    fn changes_something(report: &Self::Report) -> bool;

    /// What a report says by sheet, for kinds of which an edition that was read before is not read again.
    fn sheets(_report: &Self::Report) -> Option<&[SheetReport]> {
        None
    }

    /// Prints what one file holds, before its list is imported.
    fn print_file(printer: &mut ReportPrinter<'_>, file: &ReadFile<Self::Entry>) -> Result<(), Failure>;

    /// Prints what the import of `list` did. `problems` are those of its files.
    fn print_report(
        printer: &mut ReportPrinter<'_>,
        list: &str,
        report: &Self::Report,
        problems: &FileProblems,
    ) -> Result<(), Failure>;
}

/// The options that all commands for lists have.
#[derive(Debug, Clone, Copy)]
pub struct ListOptions<'a> {
    /// The files, of one list or of several.
    pub files: &'a [PathBuf],
    /// The list that all files belong to; where `None`, each file's name is its list.
    pub list: Option<&'a str>,
    /// What headings of the lists mean.
    pub columns: Option<&'a Path>,
    /// The neighbouring municipality that the lists are of.
    pub neighbour: &'a NeighbourArgs,
    /// Reports what would change and writes nothing.
    pub dry_run: bool,
    /// Prints JSON lines in place of text.
    pub json: bool,
}

/// Standard output for reports, in the form and language that were requested.
pub struct ReportPrinter<'a> {
    /// Where lines go.
    pub out: &'a mut StdoutWriter,
    /// The messages in the language of the user.
    pub messages: &'a Messages,
    /// Whether to print JSON lines in place of text.
    pub json: bool,
}

impl ReportPrinter<'_> {
    /// Prints one line of JSON.
    pub fn print_json(&mut self, line: &impl serde::Serialize) -> Result<(), Failure> {
        self.out.line(&json(line)?)
    }
}

/// Imports every list of `options` and returns the worst exit status among them.
pub fn run<K: ListKind>(
    context: &CommandContext,
    options: ListOptions<'_>,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(options.files.len())?;
    let (known, lists): (Vec<_>, Vec<_>) = group_by_list(options.files, options.list)
        .into_iter()
        .map(|(list, files)| (known_edition::<K>(context, &options, &list, &files), list, files))
        .partition(|(known, ..)| known.is_some());
    let mut worst = ExitStatus::Fine;
    let mut printer = ReportPrinter { out, messages: context.messages, json: options.json };
    for (known, list, _) in &known {
        if let Some(known) = known {
            print_known(&mut printer, list, known)?;
            worst = worst.max(known.exit());
        }
    }
    if lists.is_empty() {
        return finish::<K>(context, &options, printer.out, (worst, false));
    }
    let scratch = ScratchDatabase::new(&context.db, options.dry_run)?;
    let neighbour = Neighbour::of_args(options.neighbour, &config)?;
    let editor = planning_history::open_editor(scratch.db(&context.db), &config)?;
    lists.iter().try_for_each(|(_, list, _)| beside_sample::refuse_beside(&editor, Some(list)))?;
    if (!options.dry_run || scratch.is_temporary()) && !editor.sample()?.is_held() {
        seed_regions::import_missing(context, &config, &editor)?;
    }
    let sample_hashes = beside_sample::hashes(&config)?;
    let reference_data = match &neighbour {
        Some(neighbour) => ReferenceData::of_neighbour(config, neighbour, context.messages)?,
        None => ReferenceData::of_database(config, &editor)?,
    };
    let own_columns =
        options.columns.map(|file| config::list_columns(file, &reference_data.config.columns)).transpose()?;
    let mut importer = ListImporter::<K> {
        editor,
        reference_data,
        sample_hashes,
        own_columns: own_columns.map(|(_, text)| text),
        neighbour,
        dry_run: options.dry_run,
        is_list_given: options.list.is_some(),
        printer,
        kind: PhantomData,
    };
    let mut changed = false;
    for (_, list, files) in lists {
        let (exit, is_changed) = importer.import_files(context, &list, &files)?;
        worst = worst.max(exit);
        changed |= is_changed;
    }
    finish::<K>(context, &options, importer.printer.out, (worst, changed))
}

/// The edition of `list` that the database has, if it is that of `files` and of this kind of list.
fn known_edition<K: ListKind>(
    context: &CommandContext,
    options: &ListOptions<'_>,
    list: &str,
    files: &[PathBuf],
) -> Option<KnownEdition> {
    let is_usual = K::KEEPS_EDITIONS && options.columns.is_none() && options.neighbour.code.is_none();
    is_usual.then(|| KnownEdition::of_files(context, list, files))?
}

/// Prints what an import of a known edition would: that nothing is new.
fn print_known(printer: &mut ReportPrinter<'_>, list: &str, known: &KnownEdition) -> Result<(), Failure> {
    for sheet in known.reports() {
        if printer.json {
            printer.print_json(&sheet)?;
        } else {
            change_report::print_known_sheet(printer.out, printer.messages, list, &sheet)?;
        }
    }
    Ok(())
}

/// Prints what to do next.
fn finish<K: ListKind>(
    context: &CommandContext,
    options: &ListOptions<'_>,
    out: &mut StdoutWriter,
    (worst, changed): (ExitStatus, bool),
) -> Result<ExitStatus, Failure> {
    if !options.json {
        let next = last_message::<K>(worst, changed, options.dry_run);
        out.line(&context.messages.fill(next, &[("options", &context.named_options())]))?;
    }
    Ok(worst)
}

/// What the imports of several lists share.
struct ListImporter<'a, K> {
    editor: Editor,
    reference_data: ReferenceData,
    /// The hashes of the sample's lists.
    sample_hashes: Vec<String>,
    /// What headings mean by the command line, as text.
    own_columns: Option<String>,
    /// The neighbouring municipality that the lists are of.
    neighbour: Option<Neighbour>,
    dry_run: bool,
    /// Whether the command line names the list, whatever the files say.
    is_list_given: bool,
    printer: ReportPrinter<'a>,
    kind: PhantomData<K>,
}

impl<K: ListKind> ListImporter<'_, K> {
    /// Imports the files of one list, or of the lists that their rows name. All files must be readable: one that is not would look
    /// like all its entries had gone. Returns whether anything changed.
    fn import_files(
        &mut self,
        context: &CommandContext,
        list: &str,
        files: &[PathBuf],
    ) -> Result<(ExitStatus, bool), Failure> {
        let columns = self.columns_of(list)?;
        let (read, mut worst) = self.read_files(files, &columns)?;
        if worst == ExitStatus::Refused {
            return Ok((worst, false));
        }
        let lists = if self.is_list_given { vec![(list.to_owned(), read)] } else { own_lists::by_list(list, read) };
        lists.iter().try_for_each(|(list, _)| beside_sample::refuse_beside(&self.editor, Some(list)))?;
        // Of files whose rows name other lists, the files do not say which lists they are of.
        let is_own = lists.len() == 1 && lists[0].0 == list;
        let mut is_changed = false;
        for (name, read) in lists {
            let read_files: Vec<_> = read.iter().map(|it| (it.file.clone(), it.blake3.clone())).collect();
            let (exit, report) = self.import_list(&name, read)?;
            worst = worst.max(exit);
            let Some(report) = report else { continue };
            is_changed |= K::changes_something(&report);
            if let (Some(sheets), true) = (K::sheets(&report), is_own && !self.dry_run && self.neighbour.is_none()) {
                KnownEdition::note(context, &self.editor, (list, &read_files), (sheets, exit))?;
            }
        }
        Ok((worst, is_changed))
    }

    /// Imports one list, whose files were read.
    fn import_list(&mut self, list: &str, read: ReadFiles<K>) -> Result<(ExitStatus, Option<K::Report>), Failure> {
        let worst = read.iter().map(|file| ExitStatus::of_import(&file.import)).max().unwrap_or(ExitStatus::Fine);
        let problems = FileProblems::in_files(&read);
        self.make_districts(list, &read)?;
        let done = self.write_or_preview(new_edition(list.to_owned(), read));
        if let (Some(text), true, false) = (&self.own_columns, done.is_ok(), self.dry_run) {
            remembered_columns::remember(&self.editor, list, text)?;
        }
        match done {
            Ok(report) => {
                K::print_report(&mut self.printer, list, &report, &problems)?;
                Ok((worst, Some(report)))
            }
            Err(error) => {
                print_to_stderr(&Failure::from(error).message(self.printer.messages));
                Ok((ExitStatus::Refused, None))
            }
        }
    }

    /// Makes districts of those that the files name, where the municipality has given none.
    fn make_districts(&mut self, list: &str, read: &ReadFiles<K>) -> Result<(), Failure> {
        let entries = read.iter().flat_map(|file| &file.import.sheets).flat_map(|sheet| &sheet.entries);
        let written: Vec<&str> = entries.filter_map(K::written_district).collect();
        if self.dry_run || written.is_empty() || self.neighbour.is_some() {
            return Ok(());
        }
        let made = list_districts::make_missing(&self.editor, list, &written, &self.reference_data.config.city)?;
        if !made.is_empty() {
            let values = [("count", &*made.len().to_string()), ("names", &made.join("、"))];
            print_to_stderr(&self.printer.messages.fill("diff.districts_made", &values));
            self.reference_data = ReferenceData::of_database(self.reference_data.config.clone(), &self.editor)?;
        }
        Ok(())
    }

    /// Imports an edition, or reports what that would do. One with a file of the sample is noted as the sample's, so that it is
    /// marked like one and never stands among real ones.
    fn write_or_preview(&self, edition: ListEdition<K::Entry>) -> Result<K::Report, EditionError> {
        let says_sample = |file: &ReadFile<K::Entry>| file.import.sheets.iter().any(|sheet| sheet.is_sample);
        let is_sample = edition.files.iter().any(|file| self.sample_hashes.contains(&file.blake3) || says_sample(file));
        let lists: SampleLists = is_sample.then(|| edition.list.clone()).into_iter().collect();
        match (self.dry_run, is_sample) {
            (true, true) => self.editor.check_no_real_list(&lists).and_then(|()| K::preview(&self.editor, edition)),
            (true, false) => K::preview(&self.editor, edition),
            (false, false) => progress::with_bar(|progress| match &self.neighbour {
                Some(of) => K::import_of_neighbour(&self.editor, edition, &of.code, progress),
                None => K::import(&self.editor, edition, progress),
            }),
            (false, true) => {
                self.editor.begin_sample(&lists)?;
                let report = progress::with_bar(|progress| K::import(&self.editor, edition, progress))?;
                self.editor.finish_sample()?;
                Ok(report)
            }
        }
    }

    /// The headings of `list`: those of the data folder, with what the command line says or said at its last edition.
    fn columns_of(&self, list: &str) -> Result<HeadingTable, Failure> {
        let columns = self.reference_data.config.columns.of_list(list);
        let remembered = match &self.own_columns {
            Some(text) => Some(text.clone()),
            None => remembered_columns::of_list(&self.editor, list)?,
        };
        Ok(remembered_columns::with_remembered(columns, remembered.as_deref()))
    }

    /// Reads all files, also behind one that is refused: the user then fixes all of them at once.
    fn read_files(&mut self, files: &[PathBuf], columns: &HeadingTable) -> Result<(ReadFiles<K>, ExitStatus), Failure> {
        let (mut read, mut worst) = (Vec::new(), ExitStatus::Fine);
        for file in files {
            match read_file::<K>(file, &self.reference_data, columns) {
                Ok(file) => {
                    worst = worst.max(ExitStatus::of_import(&file.import));
                    print_refusal(self.printer.messages, &file);
                    K::print_file(&mut self.printer, &file)?;
                    read.push(file);
                }
                Err(failure) => {
                    worst = ExitStatus::Refused;
                    print_to_stderr(&failure.message(self.printer.messages));
                }
            }
        }
        Ok((read, worst))
    }
}

/// Reads one file as a list of kind `K`.
///
/// # Errors
///
/// If the file cannot be opened.
pub fn read_file<K: ListKind>(
    file: &Path,
    reference_data: &ReferenceData,
    columns: &HeadingTable,
) -> Result<ReadFile<K::Entry>, Failure> {
    Ok(read_bytes::<K>(file, &inputs::read(file)?, reference_data, columns))
}

/// Reads the bytes of `file` as a list of kind `K`.
pub fn read_bytes<K: ListKind>(
    file: &Path,
    bytes: &[u8],
    reference_data: &ReferenceData,
    columns: &HeadingTable,
) -> ReadFile<K::Entry> {
    let name = inputs::file_name(file);
    let import = K::read(bytes, &name, ImportContext { columns, ..reference_data.import_context() });
    ReadFile { file: name, blake3: blake3::hash(bytes).to_hex().to_string(), import }
}

/// Prints on standard error why the file was refused, if it was.
pub fn print_refusal<T>(messages: &Messages, file: &ReadFile<T>) {
    for line in report_text::refused(messages, &file.file, &file.import) {
        print_to_stderr(&line);
    }
}

/// A new edition of `list`, made of `files` now by the operating system's user.
pub fn new_edition<T>(list: String, files: Vec<ReadFile<T>>) -> ListEdition<T> {
    ListEdition { list, files, by: user_name(), at: Utc::now() }
}

/// Groups the files by list, in the order of first mention.
fn group_by_list(files: &[PathBuf], list: Option<&str>) -> Vec<(String, Vec<PathBuf>)> {
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let mut lists: Vec<(String, Vec<PathBuf>)> = Vec::new();
    for file in files {
        let list = list.map_or_else(|| inputs::list_name(file), str::to_owned);
        let at = *order.entry(list.clone()).or_insert_with(|| {
            lists.push((list, Vec::new()));
            lists.len() - 1
        });
        lists[at].1.push(file.clone());
    }
    lists
}

/// The key of the message that says what to do next.
fn last_message<K: ListKind>(worst: ExitStatus, changed: bool, dry_run: bool) -> &'static str {
    match (worst, changed, dry_run) {
        (ExitStatus::Refused, false, _) => "diff.nothing",
        (_, _, true) => "diff.dry_run",
        (_, false, false) => "diff.unchanged",
        (_, true, false) => K::DONE,
    }
}

#[cfg(test)]
mod tests;
