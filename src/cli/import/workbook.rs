//! `import places` of a workbook of edits: shows what it would do, asks, and stores it.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

use chrono::Utc;

use super::planning_history;
use super::reference_data::ReferenceData;
use super::workbook_report::print_workbook;
use crate::cli::export::require_database;
use crate::cli::output::{json, print_to_stderr};
use crate::cli::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs, user_name};
use crate::config::Config;
use crate::editor::{Editor, WorkbookChoice, WorkbookEdits, WorkbookReport};
use crate::import::places::workbook::{self, PlaceWorkbook, WorkbookRefusal};
use crate::model::DistrictTable;

/// What somebody has agreed to on the command line.
#[derive(Debug, Clone, Copy)]
pub struct WorkbookAgreement {
    /// Shows what would be done and writes nothing.
    pub dry_run: bool,
    /// Takes everything but what is undecided, in conflict or widens who sees something.
    pub yes: bool,
    /// Takes also what widens who sees something.
    pub publish: bool,
}

/// A file that is a workbook of edits.
pub struct WorkbookFile {
    name: String,
    blake3: String,
    read: Result<PlaceWorkbook, WorkbookRefusal>,
}

/// Parts workbooks of edits from lists. Standard input, which can be read once, is left to the reader of lists, who refuses one.
pub fn parted(context: &CommandContext, files: &[PathBuf]) -> Result<(Vec<WorkbookFile>, Vec<PathBuf>), Failure> {
    let (mut workbooks, mut lists) = (Vec::new(), Vec::new());
    let mut config = None;
    for file in files {
        let named = file.as_os_str() != "-";
        // What cannot be read is reported with the lists.
        let bytes = if named { inputs::read(file).ok() } else { None };
        let bytes = bytes.filter(|bytes| workbook::may_be_workbook(bytes));
        let found = match bytes {
            Some(bytes) => {
                let config = match &config {
                    Some(config) => config,
                    None => config.insert(context.config_for_reading(files.len())?),
                };
                of_bytes(&inputs::file_name(file), &bytes, config)
            }
            None => None,
        };
        match found {
            Some(workbook) => workbooks.push(workbook),
            None => lists.push(file.clone()),
        }
    }
    Ok((workbooks, lists))
}

fn of_bytes(name: &str, bytes: &[u8], config: &Config) -> Option<WorkbookFile> {
    let districts = DistrictTable::default();
    let known = config.import_context(&districts);
    let read = workbook::read(bytes, known)?;
    Some(WorkbookFile { name: name.to_owned(), blake3: blake3::hash(bytes).to_hex().to_string(), read })
}

/// Takes home every workbook and returns the worst exit status among them.
pub fn run(
    context: &CommandContext,
    workbooks: &[WorkbookFile],
    (agreed, is_json): (WorkbookAgreement, bool),
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    let config = context.config_for_reading(workbooks.len())?;
    require_database(&context.db)?;
    let editor = planning_history::open_editor(&context.db, &config)?;
    let reference_data = ReferenceData::of_database(config, &editor)?;
    let mut taker = WorkbookTaker { context, editor, reference_data, agreed, is_json, out };
    let mut worst = ExitStatus::Fine;
    for file in workbooks {
        let done = match &file.read {
            Ok(workbook) => taker.take(file, workbook)?,
            Err(refusal) => {
                print_to_stderr(&refused(context, &file.name, refusal));
                ExitStatus::Refused
            }
        };
        worst = worst.max(done);
    }
    Ok(worst)
}

/// Why a workbook was refused, as a sentence.
fn refused(context: &CommandContext, file: &str, refusal: &WorkbookRefusal) -> String {
    let messages = context.messages;
    let say = |key| messages.fill(key, &[("file", file)]);
    match refusal {
        WorkbookRefusal::Unreadable(problem) => {
            let reason = problem.message(messages.language());
            messages.fill("error.workbook_unreadable", &[("file", file), ("reason", &reason)])
        }
        WorkbookRefusal::ForReading(_) => say("error.workbook_for_reading"),
        WorkbookRefusal::Newer { .. } => say("error.workbook_newer"),
        WorkbookRefusal::NoColumns => say("error.workbook_no_columns"),
        WorkbookRefusal::NoRows => say("error.workbook_no_rows"),
    }
}

/// What taking home several workbooks shares.
struct WorkbookTaker<'a> {
    context: &'a CommandContext,
    editor: Editor,
    reference_data: ReferenceData,
    agreed: WorkbookAgreement,
    is_json: bool,
    out: &'a mut StdoutWriter,
}

impl WorkbookTaker<'_> {
    fn take(&mut self, file: &WorkbookFile, workbook: &PlaceWorkbook) -> Result<ExitStatus, Failure> {
        let by = user_name();
        let choice = WorkbookChoice::everything(self.agreed.publish);
        let edits =
            WorkbookEdits { workbook, file: (&file.name, &file.blake3), choice: &choice, by: &by, at: Utc::now() };
        let known = self.reference_data.import_context();
        let preview = self.editor.preview_workbook(edits, known)?;
        let status = if preview.sheet.rejected.is_empty() { ExitStatus::Fine } else { ExitStatus::SomeErrors };
        let is_something = preview.changes_something();
        if self.agreed.dry_run || !is_something {
            self.print(&preview, workbook)?;
            return self.end(if self.agreed.dry_run { "diff.dry_run" } else { "diff.unchanged" }, status);
        }
        if !self.agreed.yes {
            self.print(&preview, workbook)?;
            if !self.asks()? {
                print_to_stderr(&self.context.messages.fill("error.workbook_not_agreed", &[("file", &file.name)]));
                return Ok(ExitStatus::Refused);
            }
        }
        let report = self.editor.import_workbook(edits, self.reference_data.import_context(), &preview)?;
        // What was shown before the question need not be shown again.
        if self.agreed.yes {
            self.print(&report, workbook)?;
        }
        self.end("diff.workbook_done", status)
    }

    fn print(&mut self, report: &WorkbookReport, workbook: &PlaceWorkbook) -> Result<(), Failure> {
        if self.is_json {
            return self.out.line(&json(report)?);
        }
        print_workbook(self.out, self.context.messages, report, workbook)
    }

    /// The last line for people.
    fn end(&mut self, key: &str, status: ExitStatus) -> Result<ExitStatus, Failure> {
        if !self.is_json {
            self.out.line(&self.context.messages.fill(key, &[("options", &self.context.named_options())]))?;
        }
        Ok(status)
    }

    /// Asks on a terminal whether to go on; without one nobody can agree.
    fn asks(&mut self) -> Result<bool, Failure> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Ok(false);
        }
        self.out.flush()?;
        let question = self.context.messages.fill("diff.workbook_question", &[]);
        let unwritable = |error: io::Error| Failure::new("error.output", &[("reason", &error.to_string())]);
        write!(io::stderr().lock(), "{question} ").map_err(unwritable)?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).map_err(unwritable)?;
        let answer = answer.trim().to_lowercase();
        Ok(self.context.messages.optional("diff.workbook_agreed").split(' ').any(|word| word == answer))
    }
}
