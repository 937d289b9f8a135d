//! Parses the report of an unmet need. Errors name the field and never repeat its value, which may be personal data.
//! This module does no I/O.

use crate::gaps::disclosure::{ReportError, ReportFields};
use crate::model::unmet_need::UnmetReason;
use crate::model::{DistrictId, DistrictTable, Month, ReportKey, Thesaurus, TravelMode, UnmetNeed};

/// The fields of the body, in the order of the document.
const FIELDS: &[&str] = &["reason", "district", "interests", "travel", "key"];

/// The smallest body.
const EXAMPLE: &str = r#"{"reason": "no_ride"}"#;

/// The most interests per report.
const MAX_INTERESTS: usize = 8;

/// The body of a report: an unmet need without its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedReport {
    reason: UnmetReason,
    district: Option<DistrictId>,
    interests: Vec<String>,
    travel: Vec<TravelMode>,
    key: Option<ReportKey>,
}

impl NeedReport {
    /// Parses a body. The district must be one of `districts`, the interests terms of `thesaurus`.
    ///
    /// # Errors
    ///
    /// If it is not a JSON object, has an unknown field, or a value that the lists do not have.
    pub fn read(json: &[u8], districts: &DistrictTable, thesaurus: &Thesaurus) -> Result<Self, ReportError> {
        let fields = ReportFields::read(json, FIELDS, EXAMPLE)?;
        Ok(Self {
            reason: read_reason(&fields)?,
            district: fields.district(districts)?,
            interests: read_interests(&fields, thesaurus)?,
            travel: read_travel(&fields)?,
            key: fields.key()?,
        })
    }

    /// The key by which the same report is recognised when it comes again.
    pub fn key(&self) -> Option<ReportKey> {
        self.key
    }

    /// The need as of `month`.
    pub fn in_month(self, month: Month) -> UnmetNeed {
        let Self { reason, district, interests, travel, key: _ } = self;
        UnmetNeed { month, district, interests, travel, reason }
    }
}

/// Reads the required field `reason`.
fn read_reason(fields: &ReportFields) -> Result<UnmetReason, ReportError> {
    let known = || format!("must be one of {}", UnmetReason::ALL.map(UnmetReason::code).join(", "));
    fields.required("reason", known, UnmetReason::from_code)
}

/// Reads the field `interests`, terms exactly as the thesaurus spells them.
fn read_interests(fields: &ReportFields, thesaurus: &Thesaurus) -> Result<Vec<String>, ReportError> {
    let is_term = |word: &str| {
        let meant = thesaurus.meant_by(word).iter().map(|&number| &thesaurus.all()[number].term);
        meant.into_iter().any(|term| term == word)
    };
    let expected = "must be a term of interests.csv, spelt as there";
    fields.list("interests", (MAX_INTERESTS, expected), |word| is_term(word).then(|| word.to_owned()))
}

/// Reads the field `travel`.
fn read_travel(fields: &ReportFields) -> Result<Vec<TravelMode>, ReportError> {
    let known = format!("must be one of {}", TravelMode::ALL.map(TravelMode::code).join(", "));
    fields.list("travel", (TravelMode::ALL.len(), &known), TravelMode::from_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{District, Interest, Position};

    fn read(json: &str) -> Result<NeedReport, ReportError> {
        let interest = |term: &str, synonym: &str| Interest {
            term: term.to_owned(),
            synonyms: vec![synonym.to_owned()],
            ..Interest::default()
        };
        let thesaurus = Thesaurus::new(vec![interest("囲碁", "碁会"), interest("天文", "星")]).unwrap();
        let centre = Position::new(134.7, 35.4).unwrap();
        let district = District {
            id: DistrictId("yoka".into()),
            name: "八鹿".into(),
            former_town: None,
            kana: None,
            boundary: None,
            centre: Some(centre),
            ..District::default()
        };
        NeedReport::read(json.as_bytes(), &DistrictTable::new(vec![district]), &thesaurus)
    }

    #[test]
    fn only_the_reason_is_needed_and_lists_lose_their_order() {
        let month: Month = "2026-11".parse().unwrap();
        let bare = read(r#"{"reason":"full","district":null,"interests":[]}"#).unwrap().in_month(month);
        assert_eq!((bare.month, bare.district, bare.reason), (month, None, UnmetReason::Full));
        let said =
            r#"{"reason":"no_ride","district":"yoka","interests":["天文","囲碁","天文"],"travel":["bus","walk"]}"#;
        let said = read(said).unwrap().in_month(month);
        assert_eq!(
            (said.interests, said.travel),
            (vec!["囲碁".into(), "天文".into()], vec![TravelMode::Walk, TravelMode::Bus])
        );
        assert_eq!(said.district, Some(DistrictId("yoka".into())));
    }

    #[test]
    fn equal_keys_are_equal_and_no_key_is_none() {
        let key = |digit: &str| {
            let report = read(&format!(r#"{{"reason":"full","key":"{}"}}"#, digit.repeat(32))).unwrap();
            report.key().unwrap()
        };
        assert_eq!(key("a"), key("a"));
        assert_ne!(key("a"), key("b"));
        assert_ne!(key("a").0, [0xaa; 8], "the number itself is not kept");
        assert_eq!(read(r#"{"reason":"full","key":null}"#).unwrap().key(), None);
    }

    #[test]
    fn an_error_names_its_field_and_repeats_nothing() {
        for (body, field) in [
            (r#"{"district":"yoka"}"#, "reason"),
            (r#"{"reason":"田中"}"#, "reason"),
            (r#"{"reason":["full"]}"#, "reason"),
            (r#"{"reason":"full","district":"田中"}"#, "district"),
            (r#"{"reason":"full","district":7}"#, "district"),
            (r#"{"reason":"full","interests":"囲碁"}"#, "interests"),
            (r#"{"reason":"full","interests":["囲碁","田中さんの会"]}"#, "interests[1]"),
            (r#"{"reason":"full","interests":["碁会"]}"#, "interests[0]"),
            (
                r#"{"reason":"full","interests":["囲碁","囲碁","囲碁","囲碁","囲碁","囲碁","囲碁","囲碁","囲碁"]}"#,
                "interests",
            ),
            (r#"{"reason":"full","travel":["田中の車"]}"#, "travel[0]"),
            (r#"{"reason":"full","travel":["bus","bus","bus","bus","bus","bus"]}"#, "travel"),
            (r#"{"reason":"full","key":"田中"}"#, "key"),
            (r#"{"reason":"full","key":7}"#, "key"),
            (r#"{"reason":"full","key":"0123456789abcdef0123456789abcde"}"#, "key"),
            (r#"{"reason":"full","key":"0123456789ABCDEF0123456789ABCDEF"}"#, "key"),
        ] {
            let error = read(body).unwrap_err();
            assert!(matches!(&error, ReportError::Field { field: named, .. } if named == field), "{body}: {error}");
            assert!(!error.to_string().contains("田中") && !error.to_string().contains("碁会"), "{error}");
        }
        assert_eq!(read(r#"{"reason":"full","田中":1}"#), Err(ReportError::UnknownField { known: FIELDS }));
        assert!(!ReportError::UnknownField { known: FIELDS }.to_string().contains("田中"));
        for body in ["", "[]", "{", "\"full\"", "null"] {
            assert_eq!(read(body), Err(ReportError::NotAnObject { example: EXAMPLE }), "{body}");
        }
    }
}
