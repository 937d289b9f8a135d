//! Why people are referred: the table of `referral-reasons.csv`, which a city edits. This module does no I/O.

/// A reason's name in files and APIs: lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferralReasonId(pub String);

/// A kind of reason for a referral (社会的孤立, 生活習慣 …); never the reason of one person in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralReason {
    /// What is stored.
    pub id: ReferralReasonId,
    /// What is shown.
    pub name: String,
    /// What it covers, below the name; empty where nothing is to be said.
    pub about: String,
}

/// The reasons in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferralReasonTable(Vec<ReferralReason>);

impl ReferralReasonTable {
    /// A table of `reasons`, whose ids are unique.
    pub fn new(reasons: Vec<ReferralReason>) -> Self {
        Self(reasons)
    }

    /// All reasons.
    pub fn all(&self) -> &[ReferralReason] {
        &self.0
    }

    /// The reason with this id.
    pub fn by_id(&self, id: &str) -> Option<&ReferralReason> {
        self.0.iter().find(|reason| reason.id.0 == id)
    }
}
