//! What the record of reports releases, for the pages and files of planners. The record is in no snapshot, so that these functions run
//! where waiting is allowed.

use super::{HttpProblem, InternalState};
use crate::editor::StoreError;
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::results::{ResultLedger, ResultNames, ResultTable};
use crate::gaps::unmet::NeedLedger;
use crate::index::Snapshot;

/// The released unmet needs.
pub(super) fn need_ledger(internal: &InternalState) -> Result<NeedLedger, HttpProblem> {
    let record = internal.reports()?.need_record().map_err(|error| unreadable(&error))?;
    Ok(NeedLedger::of_record(&record, internal.thesaurus()))
}

/// The released results of referrals in `period`, with the names that `snapshot` and the city have for their codes.
pub(super) fn result_table(
    internal: &InternalState,
    snapshot: &Snapshot,
    period: MonthPeriod,
) -> Result<ResultTable, HttpProblem> {
    let stored = internal.reports()?.results().map_err(|error| unreadable(&error))?;
    let reasons = &internal.app().city_content().referral_reasons;
    let names = ResultNames { categories: &snapshot.categories, districts: &snapshot.districts, reasons };
    Ok(ResultTable::new(&ResultLedger::new(&stored), names, period))
}

fn unreadable(error: &StoreError) -> HttpProblem {
    tracing::error!(%error, "the record of reports cannot be read");
    HttpProblem::Internal
}
