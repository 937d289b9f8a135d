//! `results`: the released counts of what became of referrals, as text or CSV.

use super::args::ResultsArgs;
use super::export::{require_database, write_file_or_stdout};
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::{Editor, ReportLog};
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::results::{OutcomeCounts, ResultLedger, ResultNames, ResultRow, ResultTable};
use crate::http;
use crate::model::{Month, ReferralOutcome};
use crate::publish::html::results;

/// Prints the counts of the page `/results`, or writes them to a CSV file.
pub fn run(context: &CommandContext, args: &ResultsArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    require_database(&context.db)?;
    let config = context.config()?;
    let districts = Editor::open(&context.db, config.city, config.categories.clone())?.districts()?;
    let period = MonthPeriod::quarters_released_in(Month::of(http::now_in_japan().date()), args.since);
    let ledger = ResultLedger::new(&ReportLog::new(&context.db).results()?);
    let (categories, reasons) = (&config.categories, &config.referral_reasons);
    let table = ResultTable::new(&ledger, ResultNames { categories, districts: &districts, reasons }, period);
    match args.csv.as_deref() {
        None => print_table(context, &table, out)?,
        Some(file) => write_file_or_stdout(context, file, &results::csv(&table), out)?,
    }
    Ok(ExitStatus::Fine)
}

fn print_table(context: &CommandContext, table: &ResultTable, out: &mut StdoutWriter) -> Result<(), Failure> {
    let messages = context.messages;
    let last = table.period.last.to_string();
    out.line(&match table.period.first {
        Some(first) => messages.fill("results.title", &[("first", &first.to_string()), ("last", &last)]),
        None => messages.fill("results.title_all", &[("last", &last)]),
    })?;
    if table.total() == 0 {
        return out.line(&messages.fill("results.none", &[]));
    }
    out.line(&messages.fill("results.all", &[("counts", &counts(context, table.totals))]))?;
    let tables = [("kinds", &table.kinds), ("reasons", &table.reasons), ("districts", &table.districts)];
    for (title, rows) in tables {
        let named: Vec<&ResultRow> = rows.iter().filter(|row| row.code.is_some() && row.total() > 0).collect();
        if named.is_empty() {
            continue;
        }
        out.line(messages.optional(&format!("results.{title}")))?;
        for row in named {
            let values = [("name", row.name.as_str()), ("counts", &counts(context, row.counts))];
            out.line(&messages.fill("results.line", &values))?;
        }
    }
    out.line(&messages.fill("results.held", &[]))
}

/// The counts that are not suppressed, with their outcomes.
fn counts(context: &CommandContext, counts: OutcomeCounts) -> String {
    let counted = ReferralOutcome::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let one = |(outcome, count): (ReferralOutcome, u32)| {
        format!("{} {count}", context.messages.optional(&format!("results.{}", outcome.code())))
    };
    counted.map(one).collect::<Vec<_>>().join(context.messages.optional("format.separator"))
}
