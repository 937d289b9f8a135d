//! `import population`: reads the tables of one day, imports them as one edition, reports.
//!
//! All files together are one edition, whatever they are called, and no area may stand in two of them: that is why it has a
//! runner of its own beside [`lists`](super::lists), from which it takes the rest.

use std::path::Path;

use chrono::NaiveDate;

use super::beside_sample;
use super::lists::{ReportPrinter, new_edition, print_refusal};
use super::neighbour::Neighbour;
use super::planning_history;
use super::reference_data::ReferenceData;
use super::scratch_database::ScratchDatabase;
use super::seed_regions;
use crate::cli::args::ImportPopulationArgs;
use crate::cli::output::print_to_stderr;
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, report_text};
use crate::editor::{Editor, ReadFile};
use crate::import::population::{
    AgePeople, AreaAliases, PopulationFile, PopulationLine, PopulationOptions, PopulationReader,
};

/// The name under which the store keeps the files of a population.
const LIST: &str = "population";

/// Imports the files as the population of their day.
pub fn run(
    context: &CommandContext,
    args: &ImportPopulationArgs,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(args.files.len())?;
    let scratch = ScratchDatabase::new(&context.db, args.dry_run)?;
    let neighbour = Neighbour::of_args(&args.neighbour, &config)?;
    let editor = planning_history::open_editor(scratch.db(&context.db), &config)?;
    beside_sample::refuse_beside(&editor, None)?;
    if !args.dry_run || scratch.is_temporary() {
        seed_regions::import_missing(context, &config, &editor)?;
    }
    let reference_data = match &neighbour {
        Some(neighbour) => ReferenceData::of_neighbour(config, neighbour, context.messages)?,
        None => ReferenceData::of_database(config, &editor)?,
    };
    let options = options(context, args, &reference_data)?;
    let mut printer = ReportPrinter { out, messages: context.messages, json: args.json };
    let (files, worst) = read_files(context, args, &reference_data, &options);
    if worst == ExitStatus::Refused {
        return report_refusals(&mut printer, files);
    }
    let days: Vec<NaiveDate> = files.iter().filter_map(|file| file.read.as_of).collect();
    let day = one_day(&days)?;
    files.iter().try_for_each(|file| print_file(&mut printer, &file.read, &file.name))?;
    let file = |file: ReadPopulation| ReadFile { file: file.name, blake3: file.blake3, import: file.read.import };
    let edition = new_edition(LIST.to_owned(), files.into_iter().map(file).collect());
    if args.dry_run {
        editor.preview_population(edition)?;
        return finish(&mut printer, "diff.dry_run", worst);
    }
    let is_new = match &neighbour {
        Some(neighbour) => editor.import_neighbour_population(edition, day, &neighbour.code)?,
        None => editor.import_population(edition, day)?,
    };
    if !is_new {
        return finish(&mut printer, "diff.unchanged", worst);
    }
    if !printer.json {
        let options = context.named_options();
        printer.out.line(&context.messages.fill("diff.population_done", &[("options", &options)]))?;
    }
    Ok(worst)
}

/// Imports one file that says of which day it is, as the sample's does.
pub fn import_bytes(editor: &Editor, reference_data: &ReferenceData, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = inputs::file_name(file);
    let options = PopulationOptions::default();
    let read = PopulationReader::new(reference_data.import_context(), &options).read(bytes, &name);
    let days: Vec<NaiveDate> = read.as_of.into_iter().collect();
    let file = ReadFile { file: name, blake3: blake3::hash(bytes).to_hex().to_string(), import: read.import };
    editor.import_population(new_edition(LIST.to_owned(), vec![file]), one_day(&days)?)?;
    Ok(())
}

fn options(
    context: &CommandContext,
    args: &ImportPopulationArgs,
    reference_data: &ReferenceData,
) -> Result<PopulationOptions, Failure> {
    let aliases = match &args.aliases {
        None => AreaAliases::default(),
        Some(file) => AreaAliases::read(&inputs::read(file)?, reference_data.import_context()).map_err(|problem| {
            Failure::of_file("error.refused_row", file, &problem.message(context.messages.language()))
                .with("row", &problem.row.to_string())
        })?,
    };
    Ok(PopulationOptions { as_of: args.as_of, aliases, positions: args.positions.into() })
}

/// A file, read, with its hash.
struct ReadPopulation {
    name: String,
    blake3: String,
    read: PopulationFile,
}

/// Reads all files, also behind one that is refused: the user then fixes all of them at once.
fn read_files(
    context: &CommandContext,
    args: &ImportPopulationArgs,
    reference_data: &ReferenceData,
    options: &PopulationOptions,
) -> (Vec<ReadPopulation>, ExitStatus) {
    let mut reader = PopulationReader::new(reference_data.import_context(), options);
    let (mut files, mut worst) = (Vec::new(), ExitStatus::Fine);
    for path in &args.files {
        match inputs::read(path) {
            Ok(bytes) => {
                let name = inputs::file_name(path);
                let read = reader.read(&bytes, &name);
                worst = worst.max(ExitStatus::of_import(&read.import));
                files.push(ReadPopulation { name, blake3: blake3::hash(&bytes).to_hex().to_string(), read });
            }
            Err(failure) => {
                worst = ExitStatus::Refused;
                print_to_stderr(&failure.message(context.messages));
            }
        }
    }
    (files, worst)
}

/// Reports the files that are refused: why on standard error, and as JSON a line each. Nothing is said of the others, since nothing of
/// them is imported.
fn report_refusals(printer: &mut ReportPrinter<'_>, files: Vec<ReadPopulation>) -> Result<ExitStatus, Failure> {
    for file in files.into_iter().filter(|file| file.read.import.refused.is_some()) {
        print_file(printer, &file.read, &file.name)?;
        let ReadPopulation { name, blake3, read } = file;
        print_refusal(printer.messages, &ReadFile { file: name, blake3, import: read.import });
    }
    Ok(ExitStatus::Refused)
}

/// The one day of all files.
fn one_day(days: &[NaiveDate]) -> Result<NaiveDate, Failure> {
    let (first, last) = (days.iter().min(), days.iter().max());
    match (first, last) {
        (Some(first), Some(last)) if first == last => Ok(*first),
        (Some(first), Some(last)) => {
            let values = [("first", &*first.to_string()), ("last", &*last.to_string())];
            Err(Failure::new("error.population_days", &values))
        }
        _ => Err(Failure::new("error.no_areas", &[])),
    }
}

/// Prints what one file holds: as JSON one line per sheet, and one if it was refused.
fn print_file(printer: &mut ReportPrinter<'_>, read: &PopulationFile, name: &str) -> Result<(), Failure> {
    let lines = PopulationLine::of_file(read, name);
    if printer.json {
        return lines.iter().try_for_each(|line| printer.print_json(line));
    }
    for (line, sheet) in lines.iter().zip(&read.import.sheets) {
        print_sheet(printer, line)?;
        let ReportPrinter { out, messages, .. } = printer;
        if sheet.problems.is_empty() {
            out.line(&messages.fill("report.none", &[]))?;
        } else {
            report_text::print_problems(out, messages, &sheet.problems)?;
        }
    }
    Ok(())
}

fn print_sheet(printer: &mut ReportPrinter<'_>, line: &PopulationLine) -> Result<(), Failure> {
    let ReportPrinter { out, messages, .. } = printer;
    match &line.sheet {
        Some(sheet) => out.line(&messages.fill("report.sheet", &[("file", &line.file), ("sheet", sheet)]))?,
        None => out.line(&messages.fill("report.file", &[("file", &line.file)]))?,
    }
    let number = |people: AgePeople, at: usize| people.0[at].map_or(0.0, |people| people.0).to_string();
    let day = line.as_of.map(|day| day.to_string()).unwrap_or_default();
    let values = [
        ("day", day.as_str()),
        ("areas", &line.areas.to_string()),
        ("all", &number(line.people, 0)),
        ("old", &number(line.people, 1)),
        ("oldest", &number(line.people, 2)),
    ];
    out.line(&messages.fill("report.population", &values))?;
    let values = [
        ("areas", &*(line.areas - line.unjoined.len()).to_string()),
        ("old", &number(line.located, 1)),
        ("unjoined", &line.unjoined.len().to_string()),
    ];
    out.line(&messages.fill("report.population_located", &values))?;
    let hidden = number(line.hidden, 1);
    if hidden != "0" {
        out.line(&messages.fill("report.population_hidden", &[("areas", &hidden)]))?;
    }
    if !line.subtotals.is_empty() {
        let names: Vec<&str> = line.subtotals.iter().take(5).map(|sum| sum.name.as_str()).collect();
        let count = line.subtotals.len().to_string();
        let values = [("count", &*count), ("names", &names.join(messages.optional("format.separator")))];
        out.line(&messages.fill("report.population_sums", &values))?;
    }
    Ok(())
}

fn finish(printer: &mut ReportPrinter<'_>, key: &'static str, exit: ExitStatus) -> Result<ExitStatus, Failure> {
    if !printer.json {
        printer.out.line(&printer.messages.fill(key, &[]))?;
    }
    Ok(exit)
}
