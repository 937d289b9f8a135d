//! `verify-db`: verifies the database and names each row that is wrong. Changes nothing.

use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::store::{self, DatabaseFault};

/// Verifies the database.
pub fn run(context: &CommandContext, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let faults = store::verify(&context.db)?;
    for fault in &faults {
        out.line(&sentence(context, fault))?;
    }
    if !faults.is_empty() {
        return Ok(ExitStatus::SomeErrors);
    }
    out.line(&context.messages.fill("verify.fine", &[("file", &context.db.display().to_string())]))?;
    Ok(ExitStatus::Fine)
}

fn sentence(context: &CommandContext, fault: &DatabaseFault) -> String {
    let messages = context.messages;
    match fault {
        DatabaseFault::Damaged { detail } => messages.fill("verify.damaged", &[("detail", detail)]),
        DatabaseFault::DanglingReference { table, row, parent } => {
            let row = row.map_or_else(|| "-".to_owned(), |row| row.to_string());
            messages.fill("verify.reference", &[("table", table), ("row", &row), ("parent", parent)])
        }
        DatabaseFault::RevisionGap { place, number } => {
            messages.fill("verify.revision", &[("place", &place.0), ("number", &number.to_string())])
        }
        DatabaseFault::BrokenAudit { row } => messages.fill("verify.audit", &[("row", &row.to_string())]),
    }
}
