//! Parses the report of what became of a referral. Errors name the field and never repeat its value, which may be personal data.
//! This module does no I/O.

use crate::gaps::disclosure::{ReportError, ReportFields};
use crate::model::{
    CategoryId, CategoryTable, DistrictId, DistrictTable, Month, Quarter, ReferralOutcome, ReferralReasonId,
    ReferralReasonTable, ReferralResult, ReferralSource, ReportKey,
};

/// The fields of the body, in the order of the document. A code of a paper is none of them.
const FIELDS: &[&str] = &["outcome", "kind", "district", "reason", "source", "key"];

/// The smallest body.
const EXAMPLE: &str = r#"{"outcome": "goes_on"}"#;

/// The body of a report: a result without its quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultReport {
    outcome: ReferralOutcome,
    kind: Option<CategoryId>,
    district: Option<DistrictId>,
    reason: Option<ReferralReasonId>,
    source: Option<ReferralSource>,
    key: Option<ReportKey>,
}

impl ResultReport {
    /// Parses a body, the codes of which must be those of the city's own tables.
    ///
    /// # Errors
    ///
    /// If it is not a JSON object, has an unknown field, or a value that the tables do not have.
    pub fn read(
        json: &[u8],
        categories: &CategoryTable,
        districts: &DistrictTable,
        reasons: &ReferralReasonTable,
    ) -> Result<Self, ReportError> {
        let fields = ReportFields::read(json, FIELDS, EXAMPLE)?;
        let kind = |code: &str| categories.by_id(&CategoryId(code.to_owned())).map(|category| category.id.clone());
        let reason = |code: &str| reasons.by_id(code).map(|reason| reason.id.clone());
        let of_table = |file: &'static str| move || format!("must be the id of a row of {file}");
        Ok(Self {
            outcome: fields.required(
                "outcome",
                || one_of(&ReferralOutcome::ALL.map(ReferralOutcome::code)),
                ReferralOutcome::from_code,
            )?,
            kind: fields.known("kind", of_table("categories.csv"), kind)?,
            district: fields.district(districts)?,
            reason: fields.known("reason", of_table("referral-reasons.csv"), reason)?,
            source: fields.known(
                "source",
                || one_of(&ReferralSource::ALL.map(ReferralSource::code)),
                ReferralSource::from_code,
            )?,
            key: fields.key()?,
        })
    }

    /// The key by which the same report is recognised when it comes again.
    pub fn key(&self) -> Option<ReportKey> {
        self.key
    }

    /// The result as of the quarter of `month`.
    pub fn in_quarter_of(self, month: Month) -> ReferralResult {
        let Self { outcome, kind, district, reason, source, key: _ } = self;
        ReferralResult { quarter: Quarter::of(month), outcome, kind, district, reason, source }
    }
}

fn one_of(codes: &[&str]) -> String {
    format!("must be one of {}", codes.join(", "))
}
