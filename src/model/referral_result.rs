//! What became of a referral: one of six outcomes, and so little besides that nobody can be recognised in it.
//!
//! Data minimization: a [`ReferralResult`] has a quarter, an outcome, a category, a district, a reason of the city's table and whether a
//! clinic referred, but no name, code, age, day or free text. Everything but the outcome may be left out, which disclosure control
//! counts on: what no table shows may simply not have been given. This module does no I/O.

use super::batched_report::{BatchedReport, StoredReport};
use super::{CategoryId, DistrictId, Month, Quarter, ReferralReasonId};

/// What became of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferralOutcome {
    /// A link worker was asked.
    Asked,
    /// Link worker and person have met.
    Met,
    /// The person went once.
    TriedOnce,
    /// The person still goes.
    GoesOn,
    /// It has ended.
    Ended,
    /// The person did not consent.
    NoConsent,
}

impl ReferralOutcome {
    /// Every outcome, in the order of the form.
    pub const ALL: [Self; 6] = [Self::Asked, Self::Met, Self::TriedOnce, Self::GoesOn, Self::Ended, Self::NoConsent];

    /// Its name in files and APIs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Met => "met",
            Self::TriedOnce => "tried_once",
            Self::GoesOn => "goes_on",
            Self::Ended => "ended",
            Self::NoConsent => "no_consent",
        }
    }

    /// The outcome with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// Who referred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferralSource {
    /// A clinic or hospital.
    Clinic,
    /// Anybody else.
    Elsewhere,
}

impl ReferralSource {
    /// Both, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Clinic, Self::Elsewhere];

    /// Its name in files and APIs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clinic => "clinic",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// The source with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

/// What became of a referral.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReferralResult {
    /// The quarter of the report: no finer time is kept.
    pub quarter: Quarter,
    /// What became of it.
    pub outcome: ReferralOutcome,
    /// The kind of place.
    pub kind: Option<CategoryId>,
    /// The district.
    pub district: Option<DistrictId>,
    /// Why the person was referred.
    pub reason: Option<ReferralReasonId>,
    /// Who referred.
    pub source: Option<ReferralSource>,
}

/// A stored result: a batch has its outcome in common.
pub type StoredResult = StoredReport<ReferralResult>;

impl BatchedReport for ReferralResult {
    type Batch = ReferralOutcome;

    fn batch_of(&self) -> ReferralOutcome {
        self.outcome
    }

    fn month(&self) -> Month {
        self.quarter.last()
    }
}
