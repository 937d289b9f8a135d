//! Parses the report of an unmet need. Errors name the field and never repeat its value, which may be personal data.
//! This module does no I/O.

use serde_json::{Map, Value};

use crate::model::unmet_need::{NeedKey, UnmetNeed, UnmetReason};
use crate::model::{DistrictId, DistrictTable, Month, Thesaurus, TravelMode};

/// The fields of the body, in the order of the document.
const FIELDS: [&str; 5] = ["reason", "district", "interests", "travel", "key"];

/// Digits of a key: 128 random bits in hexadecimal.
const KEY_DIGITS: usize = 32;

/// The most interests per report.
const MAX_INTERESTS: usize = 8;

/// The body of a report: an unmet need without its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedReport {
    reason: UnmetReason,
    district: Option<DistrictId>,
    interests: Vec<String>,
    travel: Vec<TravelMode>,
    key: Option<NeedKey>,
}

/// Why a report is rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NeedReportError {
    /// The body is not a JSON object.
    #[error("the body must be a JSON object such as {{\"reason\": \"no_ride\"}}")]
    NotAnObject,
    /// The body has an unknown field.
    #[error("there is a field that is not known here; known are {}", FIELDS.join(", "))]
    UnknownField,
    /// A field is invalid.
    #[error("field `{field}`: {reason}")]
    Field {
        /// The field, e.g. `interests[1]`.
        field: String,
        /// What is allowed.
        reason: String,
    },
}

/// The error of one field.
fn field_error<T>(field: impl Into<String>, reason: impl Into<String>) -> Result<T, NeedReportError> {
    Err(NeedReportError::Field { field: field.into(), reason: reason.into() })
}

impl NeedReport {
    /// Parses a body. The district must be one of `districts`, the interests terms of `thesaurus`.
    ///
    /// # Errors
    ///
    /// If it is not a JSON object, has an unknown field, or a value that the lists do not have.
    pub fn read(json: &[u8], districts: &DistrictTable, thesaurus: &Thesaurus) -> Result<Self, NeedReportError> {
        let Ok(Value::Object(fields)) = serde_json::from_slice(json) else { return Err(NeedReportError::NotAnObject) };
        if fields.keys().any(|name| !FIELDS.contains(&name.as_str())) {
            return Err(NeedReportError::UnknownField);
        }
        Ok(Self {
            reason: read_reason(&fields)?,
            district: read_district(&fields, districts)?,
            interests: read_interests(&fields, thesaurus)?,
            travel: read_travel(&fields)?,
            key: read_key(&fields)?,
        })
    }

    /// The key by which the same report is recognised when it comes again.
    pub fn key(&self) -> Option<NeedKey> {
        self.key
    }

    /// The need as of `month`.
    pub fn in_month(self, month: Month) -> UnmetNeed {
        let Self { reason, district, interests, travel, key: _ } = self;
        UnmetNeed { month, district, interests, travel, reason }
    }
}

/// The value of a field; `null` counts as missing.
fn field_value<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

/// Reads the required field `reason`.
fn read_reason(fields: &Map<String, Value>) -> Result<UnmetReason, NeedReportError> {
    let reason = field_value(fields, "reason").and_then(Value::as_str).and_then(UnmetReason::from_code);
    let known = || format!("must be one of {}", UnmetReason::ALL.map(UnmetReason::code).join(", "));
    reason.map_or_else(|| field_error("reason", known()), Ok)
}

/// Reads the field `district`, the code of a district of the table.
fn read_district(
    fields: &Map<String, Value>,
    districts: &DistrictTable,
) -> Result<Option<DistrictId>, NeedReportError> {
    let Some(value) = field_value(fields, "district") else { return Ok(None) };
    let found = value.as_str().and_then(|id| districts.by_id(&DistrictId(id.to_owned())));
    let unknown = "must be the code of a district; they are listed at /districts.geojson";
    found.map_or_else(|| field_error("district", unknown), |district| Ok(Some(district.id.clone())))
}

/// Reads the field `interests`, terms exactly as the thesaurus spells them.
fn read_interests(fields: &Map<String, Value>, thesaurus: &Thesaurus) -> Result<Vec<String>, NeedReportError> {
    let is_term = |word: &str| {
        let meant = thesaurus.meant_by(word).iter().map(|&number| &thesaurus.all()[number].term);
        meant.into_iter().any(|term| term == word)
    };
    let read = |value: &Value| value.as_str().filter(|word| is_term(word)).map(str::to_owned);
    read_list(fields, "interests", (MAX_INTERESTS, "must be a term of interests.csv, spelt as there"), read)
}

/// Reads the field `travel`.
fn read_travel(fields: &Map<String, Value>) -> Result<Vec<TravelMode>, NeedReportError> {
    let known = format!("must be one of {}", TravelMode::ALL.map(TravelMode::code).join(", "));
    read_list(fields, "travel", (TravelMode::ALL.len(), &known), |value| value.as_str().and_then(TravelMode::from_code))
}

/// Reads the field `key`. Only its digest is kept, too short to be traced back to the number.
fn read_key(fields: &Map<String, Value>) -> Result<Option<NeedKey>, NeedReportError> {
    let Some(value) = field_value(fields, "key") else { return Ok(None) };
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let key = value.as_str().filter(|key| key.len() == KEY_DIGITS && key.bytes().all(is_digit));
    let Some(key) = key else {
        return field_error("key", format!("must be {KEY_DIGITS} hexadecimal digits in lower case, made at random"));
    };
    let mut digest = [0; 8];
    digest.copy_from_slice(&blake3::hash(key.as_bytes()).as_bytes()[..8]);
    Ok(Some(NeedKey(digest)))
}

/// The values of a list, sorted and deduplicated: their order could identify a person.
fn read_list<T: Ord>(
    fields: &Map<String, Value>,
    name: &str,
    (most, expected): (usize, &str),
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Vec<T>, NeedReportError> {
    let Some(value) = field_value(fields, name) else { return Ok(Vec::new()) };
    let Some(values) = value.as_array() else { return field_error(name, "must be a list") };
    if values.len() > most {
        return field_error(name, format!("has more than {most} entries"));
    }
    let read = |(at, value)| read(value).map_or_else(|| field_error(format!("{name}[{at}]"), expected), Ok);
    let mut read: Vec<T> = values.iter().enumerate().map(read).collect::<Result<_, _>>()?;
    read.sort_unstable();
    read.dedup();
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{District, Interest, Position};

    fn read(json: &str) -> Result<NeedReport, NeedReportError> {
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
            assert!(matches!(&error, NeedReportError::Field { field: named, .. } if named == field), "{body}: {error}");
            assert!(!error.to_string().contains("田中") && !error.to_string().contains("碁会"), "{error}");
        }
        assert_eq!(read(r#"{"reason":"full","田中":1}"#), Err(NeedReportError::UnknownField));
        assert!(!NeedReportError::UnknownField.to_string().contains("田中"));
        for body in ["", "[]", "{", "\"full\"", "null"] {
            assert_eq!(read(body), Err(NeedReportError::NotAnObject), "{body}");
        }
    }
}
