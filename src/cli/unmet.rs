//! `unmet`: the released counts of unmet needs, as text or CSV.

use std::path::Path;

use super::args::UnmetArgs;
use super::export::existing;
use super::output::print_to_stderr;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::{Editor, UnmetLog};
use crate::gaps::unmet::{DistrictRow, MonthPeriod, UnmetTable};
use crate::model::Month;
use crate::model::unmet_need::UnmetReason;
use crate::publish::html::unmet;
use crate::{http, store};

/// Prints the numbers of the page `/unmet`, or writes them to a file.
pub fn run(desk: &CommandContext, asked: &UnmetArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    existing(&desk.db)?;
    let config = desk.config()?;
    let districts = Editor::open(&desk.db, config.city, config.categories)?.districts()?;
    let period = MonthPeriod { first: asked.since, last: Month::of(http::now_in_japan().date()) };
    let table = UnmetTable::new(&UnmetLog::new(&desk.db).all()?, &districts, &config.interests, period);
    match asked.csv.as_deref() {
        None => print_table(desk, &table, out)?,
        Some(file) if file == Path::new("-") => out.bytes(&unmet::csv(&table))?,
        Some(file) => write(desk, file, &unmet::csv(&table))?,
    }
    Ok(ExitStatus::Fine)
}

fn write(desk: &CommandContext, file: &Path, csv: &[u8]) -> Result<(), Failure> {
    let shown = file.display().to_string();
    if store::holds_a_database(file, &desk.db) {
        return Err(Failure::new("error.export_refused", &[("file", &shown)]));
    }
    std::fs::write(file, csv).map_err(|error| Failure::of_file("error.unwritable", file, &error))?;
    print_to_stderr(&desk.words.fill("unmet.written", &[("file", &shown)]));
    Ok(())
}

fn print_table(desk: &CommandContext, table: &UnmetTable, out: &mut StdoutWriter) -> Result<(), Failure> {
    let last = table.period.last.to_string();
    out.line(&match table.period.first {
        Some(first) => desk.words.fill("unmet.title", &[("first", &first.to_string()), ("last", &last)]),
        None => desk.words.fill("unmet.title_all", &[("last", &last)]),
    })?;
    if table.total() == 0 {
        return out.line(&desk.words.fill("unmet.none", &[]));
    }
    for row in table.districts.iter().filter(|row| row.total() > 0) {
        out.line(
            &desk.words.fill("unmet.line", &[("name", &district(desk, row)), ("count", &row.total().to_string())]),
        )?;
        out.line(&desk.words.fill("unmet.reasons", &[("reasons", &reasons(desk, row))]))?;
    }
    for (term, count) in table.interests.iter().flat_map(|group| &group.terms) {
        out.line(&desk.words.fill("unmet.interest", &[("name", term), ("count", &count.to_string())]))?;
    }
    out.line(&desk.words.fill("unmet.held", &[]))
}

fn district(desk: &CommandContext, row: &DistrictRow) -> String {
    if row.district.is_some() { row.name.clone() } else { desk.words.fill("unmet.no_district", &[]) }
}

fn reasons(desk: &CommandContext, row: &DistrictRow) -> String {
    let counts = UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0);
    let one = |(reason, count): (&UnmetReason, u32)| {
        format!("{} {count}", desk.words.optional(&format!("unmet.{}", reason.code())))
    };
    counts.map(one).collect::<Vec<_>>().join(desk.words.optional("say.separator"))
}
