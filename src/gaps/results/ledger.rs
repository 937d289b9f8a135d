//! What is released of the results of referrals: the ledger of [`crate::gaps::disclosure`] by outcome.
//!
//! A batch has its outcome in common. Kinds of place, districts, reasons and sources are each released by outcome, and no finer: two of
//! them are never crossed. Since each of them may be left out, and since in no quarter the cells of one of them rise by more than the
//! outcome does, every published history is also that of a city in which all reports came in threes alike (`docs/results.md`; tested
//! as a property). This module does no I/O.

use std::collections::BTreeMap;

use crate::gaps::disclosure::{CountByMonth, ReleasedCount, released_counts, released_within, whole_batches};
use crate::model::referral_result::StoredResult;
use crate::model::{CategoryId, DistrictId, Month, ReferralOutcome, ReferralReasonId, ReferralResult, ReferralSource};

/// Released counts by outcome and the value of one field.
pub type ReleasedByOutcome<K> = BTreeMap<ReferralOutcome, BTreeMap<K, ReleasedCount>>;

/// All released counts, per dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultLedger {
    /// Released results by outcome. Every other count covers these alone.
    pub outcomes: BTreeMap<ReferralOutcome, ReleasedCount>,
    /// By kind of place.
    pub kinds: ReleasedByOutcome<CategoryId>,
    /// By district.
    pub districts: ReleasedByOutcome<DistrictId>,
    /// By reason of referral.
    pub reasons: ReleasedByOutcome<ReferralReasonId>,
    /// By who referred.
    pub sources: ReleasedByOutcome<ReferralSource>,
}

impl ResultLedger {
    /// Applies the suppression to `stored`.
    pub fn new(stored: &[StoredResult]) -> Self {
        let released: Vec<(Month, &ReferralResult)> = whole_batches(stored)
            .into_iter()
            .flat_map(|(month, batch)| batch.into_iter().map(move |result| (month, result)))
            .collect();
        let mut outcomes: BTreeMap<ReferralOutcome, CountByMonth> = BTreeMap::new();
        for (month, result) in &released {
            *outcomes.entry(result.outcome).or_default().entry(*month).or_default() += 1;
        }
        let outcomes = released_counts(outcomes);
        Self {
            kinds: by_outcome(&released, &outcomes, |result| result.kind.clone()),
            districts: by_outcome(&released, &outcomes, |result| result.district.clone()),
            reasons: by_outcome(&released, &outcomes, |result| result.reason.clone()),
            sources: by_outcome(&released, &outcomes, |result| result.source),
            outcomes,
        }
    }
}

/// The counts of one field, within those of each outcome. A result in which it was left out is in none of them.
fn by_outcome<K: Ord>(
    released: &[(Month, &ReferralResult)],
    outcomes: &BTreeMap<ReferralOutcome, ReleasedCount>,
    field: impl Fn(&ReferralResult) -> Option<K>,
) -> ReleasedByOutcome<K> {
    let of_outcome = |(outcome, all): (&ReferralOutcome, &ReleasedCount)| {
        let mut events: BTreeMap<K, CountByMonth> = BTreeMap::new();
        for (month, result) in released.iter().filter(|(_, result)| result.outcome == *outcome) {
            if let Some(value) = field(result) {
                *events.entry(value).or_default().entry(*month).or_default() += 1;
            }
        }
        (*outcome, released_within(events, all))
    };
    outcomes.iter().map(of_outcome).collect()
}
