//! What a new kind of list needs: an invented one, with nothing but an entry, a reader and a [`ListKind`].

use std::cell::RefCell;

use super::*;
use crate::cli::messages::cli_messages;
use crate::config::DataFolders;
use crate::import::columns::{Field, HeadingTable};
use crate::import::{ImportedSheet, ListProblem, ProblemKind, table};
use crate::model::{Language, Source};

thread_local! {
    /// What the invented kind was called with: list, names of its entries, whether it was a dry run.
    static CALLS: RefCell<Vec<(String, Vec<String>, bool)>> = const { RefCell::new(Vec::new()) };
}

/// A stop of the bus.
#[derive(Debug, Clone)]
struct BusStop {
    name: String,
    source: Source,
}

impl ListEntry for BusStop {
    fn source_mut(&mut self) -> &mut Source {
        &mut self.source
    }
}

struct BusStopList;

impl ListKind for BusStopList {
    type Entry = BusStop;
    type Report = usize;
    const DONE: &'static str = "diff.workers_done";

    fn read(bytes: &[u8], file: &str, _: ImportContext<'_>) -> ImportedFile<BusStop> {
        let columns = HeadingTable::default().with_additions("[name]\nheadings = [\"バス停名\"]").unwrap();
        ImportedFile::from_tables(table::tables(bytes, &columns), |table| {
            let fields = columns.fields(&table.headings);
            let name = fields.iter().position(|field| *field == Some(Field::Name));
            let mut sheet = ImportedSheet { sheet: table.sheet.clone(), ..ImportedSheet::default() };
            for record in &table.records {
                let name = name.map_or("", |at| record.cells[at].trim());
                if name.is_empty() {
                    sheet.problems.push(ListProblem::new(record.row, None, ProblemKind::MissingName, &[]));
                } else {
                    let source = Source { file: file.to_owned(), row: record.row, ..Source::default() };
                    sheet.entries.push(BusStop { name: name.to_owned(), source });
                }
            }
            sheet
        })
    }

    fn preview(_: &Editor, edition: ListEdition<BusStop>) -> Result<usize, EditionError> {
        Ok(called(edition, true))
    }

    fn import(
        _: &Editor,
        edition: ListEdition<BusStop>,
        _: &mut dyn FnMut(usize, usize),
    ) -> Result<usize, EditionError> {
        Ok(called(edition, false))
    }

    fn changes_something(report: &usize) -> bool {
        *report > 0
    }

    fn print_file(_: &mut ReportPrinter<'_>, _: &ReadFile<BusStop>) -> Result<(), Failure> {
        Ok(())
    }

    fn print_report(_: &mut ReportPrinter<'_>, _: &str, _: &usize, _: &FileProblems) -> Result<(), Failure> {
        Ok(())
    }
}

fn called(edition: ListEdition<BusStop>, dry_run: bool) -> usize {
    let sheets = edition.files.iter().flat_map(|file| &file.import.sheets);
    let names: Vec<String> = sheets.flat_map(|sheet| &sheet.entries).map(|stop| stop.name.clone()).collect();
    let count = names.len();
    CALLS.with_borrow_mut(|calls| calls.push((edition.list, names, dry_run)));
    count
}

/// Runs the command on files of these names and contents; how it ended, and the calls it made.
fn run_on(files: &[(&str, &[u8])], dry_run: bool) -> (ExitStatus, Vec<(String, Vec<String>, bool)>) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        std::fs::write(path, bytes).unwrap();
    }
    let context = CommandContext {
        db: folder.path().join("places.db"),
        data: DataFolders::from(folder.path().join("data").as_path()),
        data_named: false,
        messages: cli_messages(Language::Ja),
        logs_only: true,
        is_reader: false,
    };
    let options = ListOptions {
        files: &paths,
        list: None,
        columns: None,
        neighbour: &NeighbourArgs::default(),
        dry_run,
        json: true,
    };
    let mut out = StdoutWriter::new(std::io::BufWriter::new(std::io::stdout().lock()));
    CALLS.take();
    let exit = run::<BusStopList>(&context, options, &mut out).unwrap();
    (exit, CALLS.take())
}

#[test]
fn an_invented_kind_of_list_is_read_reported_and_imported_like_all_others() {
    let stops = "時刻表のもと\n\nバス停名,標柱\n役場前,1\n,2\n".as_bytes();
    let names = vec!["役場前".to_owned()];
    let (exit, calls) = run_on(&[("バス停.csv", stops)], false);
    assert_eq!((exit, calls), (ExitStatus::SomeErrors, vec![("バス停".to_owned(), names.clone(), false)]));
    let (exit, calls) = run_on(&[("バス停.csv", stops)], true);
    assert_eq!((exit, calls), (ExitStatus::SomeErrors, vec![("バス停".to_owned(), names, true)]));
}

#[test]
fn a_file_that_cannot_be_read_refuses_its_own_list_of_an_invented_kind_and_no_other() {
    let good = "バス停名,標柱\n駅前,1\n".as_bytes();
    let (exit, calls) = run_on(&[("こわれた.csv", b"\x89PNG\r\n\x1a\n\0\0"), ("バス停.csv", good)], false);
    assert_eq!((exit, calls), (ExitStatus::Refused, vec![("バス停".to_owned(), vec!["駅前".to_owned()], false)]));
}
