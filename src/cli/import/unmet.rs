//! `import unmet`: needs that a city counted on paper, added to the record under the same disclosure control as taps.

use serde::Serialize;

use super::lists::ReportPrinter;
use super::reference_data::ReferenceData;
use super::scratch_database::ScratchDatabase;
use super::{beside_sample, seed_regions};
use crate::cli::args::ImportUnmetArgs;
use crate::cli::output::print_to_stderr;
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, import_author, inputs, report_text};
use crate::editor::Editor;
use crate::http;
use crate::import::report::{ProblemLine, RefusalLine};
use crate::import::unmet::{self, CountedRow, NeedAdditions, NeedContext};
use crate::import::{ImportedFile, ListProblem};
use crate::model::Month;

/// What `--json` prints: one line per file.
#[derive(Debug, Serialize)]
struct UnmetLine<'a> {
    file: &'a str,
    list: &'a str,
    /// Rows that are cells of the table.
    cells: usize,
    /// Needs that are new.
    added: u32,
    problems: Vec<ProblemLine>,
    refused: Option<RefusalLine>,
}

/// Imports the file as a new edition of its list.
pub fn run(context: &CommandContext, args: &ImportUnmetArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(1)?;
    let scratch = ScratchDatabase::new(&context.db, args.dry_run)?;
    let editor = Editor::open(scratch.db(&context.db), config.city.clone(), config.categories.clone())?;
    let editor = editor.with_author(import_author());
    beside_sample::refuse_beside(&editor, None)?;
    if !args.dry_run || scratch.is_temporary() {
        seed_regions::import_missing(context, &config, &editor)?;
    }
    let data = ReferenceData::of_database(config, &editor)?;
    let (known, thesaurus) = (data.import_context(), &data.config.interests);
    let this_month = Month::of(http::now_in_japan().date());
    let read = unmet::read(&inputs::read(&args.file)?, NeedContext { known, thesaurus, this_month });
    let list = args.list.clone().unwrap_or_else(|| inputs::list_name(&args.file));
    let mut printer = ReportPrinter { out, messages: context.messages, json: args.json };
    import(&editor, args, (&read, &list), &mut printer)
}

/// Adds what was read, or says why it was refused.
fn import(
    editor: &Editor,
    args: &ImportUnmetArgs,
    (read, list): (&ImportedFile<CountedRow>, &str),
    printer: &mut ReportPrinter<'_>,
) -> Result<ExitStatus, Failure> {
    let name = inputs::file_name(&args.file);
    if read.refused.is_some() {
        for line in report_text::refused(printer.messages, &name, read) {
            print_to_stderr(&line);
        }
        print(printer, (&name, list), read, &NeedAdditions::default())?;
        return Ok(ExitStatus::Refused);
    }
    if list.trim().is_empty() {
        return Err(Failure::new("error.unnamed_list", &[]));
    }
    let rows: Vec<CountedRow> = read.sheets.iter().flat_map(|sheet| sheet.entries.clone()).collect();
    let additions = if args.dry_run {
        editor.preview_counted_needs(list, &rows)?
    } else {
        editor.import_counted_needs(list, &rows)?
    };
    print(printer, (&name, list), read, &additions)?;
    if !args.json && args.dry_run {
        printer.out.line(&printer.messages.fill("diff.dry_run", &[]))?;
    }
    let has_errors = ExitStatus::of_import(read) != ExitStatus::Fine || !additions.problems.is_empty();
    Ok(if has_errors { ExitStatus::SomeErrors } else { ExitStatus::Fine })
}

fn print(
    printer: &mut ReportPrinter<'_>,
    (file, list): (&str, &str),
    read: &ImportedFile<CountedRow>,
    additions: &NeedAdditions,
) -> Result<(), Failure> {
    let of_sheets = read.sheets.iter().flat_map(|sheet| &sheet.problems);
    let mut problems: Vec<ListProblem> = of_sheets.chain(&additions.problems).cloned().collect();
    problems.sort_by_key(|problem| problem.row);
    let cells: usize = read.sheets.iter().map(|sheet| sheet.entries.len()).sum();
    let added = additions.added.iter().map(|cell| cell.count).sum();
    if printer.json {
        let refused = read.refused.as_ref().map(RefusalLine::from);
        let problems = problems.iter().map(ProblemLine::from).collect();
        return printer.print_json(&UnmetLine { file, list, cells, added, problems, refused });
    }
    if read.refused.is_some() {
        return Ok(());
    }
    let ReportPrinter { out, messages, .. } = printer;
    out.line(&messages.fill("report.file", &[("file", file)]))?;
    let values = [("list", list), ("cells", &*cells.to_string()), ("added", &*added.to_string())];
    out.line(&messages.fill("report.unmet", &values))?;
    if problems.is_empty() {
        return out.line(&messages.fill("report.none", &[]));
    }
    report_text::print_problems(out, messages, &problems)
}
