//! `unmet`: the released counts of unmet needs, as text or CSV.

use super::args::UnmetArgs;
use super::export::{require_database, write_file_or_stdout};
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::{Editor, ReportLog};
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::unmet::{DistrictRow, NeedLedger, UnmetTable};
use crate::http;
use crate::model::Month;
use crate::model::unmet_need::UnmetReason;
use crate::publish::html::unmet;

/// Prints the counts of the page `/unmet`, or writes them to a CSV file.
pub fn run(context: &CommandContext, args: &UnmetArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    require_database(&context.db)?;
    let config = context.config()?;
    let districts = Editor::open(&context.db, config.city, config.categories)?.districts()?;
    let period = MonthPeriod::released_in(Month::of(http::now_in_japan().date()), args.since);
    let ledger = NeedLedger::of_record(&ReportLog::new(&context.db).need_record()?, &config.interests);
    let table = UnmetTable::of_ledger(&ledger, &districts, &config.interests, period);
    match args.csv.as_deref() {
        None => print_table(context, &table, out)?,
        Some(file) => write_file_or_stdout(context, file, &unmet::csv(&table), out)?,
    }
    Ok(ExitStatus::Fine)
}

fn print_table(context: &CommandContext, table: &UnmetTable, out: &mut StdoutWriter) -> Result<(), Failure> {
    let last = table.period.last.to_string();
    out.line(&match table.period.first {
        Some(first) => context.messages.fill("unmet.title", &[("first", &first.to_string()), ("last", &last)]),
        None => context.messages.fill("unmet.title_all", &[("last", &last)]),
    })?;
    if table.total() == 0 {
        return out.line(&context.messages.fill("unmet.none", &[]));
    }
    for row in table.districts.iter().filter(|row| row.total() > 0) {
        out.line(
            &context
                .messages
                .fill("unmet.line", &[("name", &district(context, row)), ("count", &row.total().to_string())]),
        )?;
        out.line(&context.messages.fill("unmet.reasons", &[("reasons", &reasons(context, row))]))?;
    }
    for (term, count) in table.interests.iter().flat_map(|group| &group.terms) {
        out.line(&context.messages.fill("unmet.interest", &[("name", term), ("count", &count.to_string())]))?;
    }
    out.line(&context.messages.fill("unmet.held", &[]))
}

fn district(context: &CommandContext, row: &DistrictRow) -> String {
    if row.district.is_some() { row.name.clone() } else { context.messages.fill("unmet.no_district", &[]) }
}

fn reasons(context: &CommandContext, row: &DistrictRow) -> String {
    let counts = UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0);
    let one = |(reason, count): (&UnmetReason, u32)| {
        format!("{} {count}", context.messages.optional(&format!("unmet.{}", reason.code())))
    };
    counts.map(one).collect::<Vec<_>>().join(context.messages.optional("format.separator"))
}
