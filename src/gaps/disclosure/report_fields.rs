//! The body of a report as JSON, field by field. Errors name the field and never repeat its value, which may be personal data. This
//! module does no I/O.

use serde_json::{Map, Value};

use crate::model::{DistrictId, DistrictTable, ReportKey};

/// Digits of a key: 128 random bits in hexadecimal.
const KEY_DIGITS: usize = 32;

/// The fields of a body, all of which are known.
#[derive(Debug)]
pub struct ReportFields(Map<String, Value>);

/// Why a report is rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The body is not a JSON object.
    #[error("the body must be a JSON object such as {example}")]
    NotAnObject {
        /// The smallest one that is accepted.
        example: &'static str,
    },
    /// The body has an unknown field.
    #[error("there is a field that is not known here; known are {}", known.join(", "))]
    UnknownField {
        /// Every field that is known.
        known: &'static [&'static str],
    },
    /// A field is invalid.
    #[error("field `{field}`: {reason}")]
    Field {
        /// The field, e.g. `interests[1]`.
        field: String,
        /// What is allowed.
        reason: String,
    },
}

impl ReportError {
    /// The error of one field.
    pub(crate) fn of_field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Field { field: field.into(), reason: reason.into() }
    }
}

impl ReportFields {
    /// Reads a body that may have the fields `known`; `example` is the smallest one that is accepted.
    ///
    /// # Errors
    ///
    /// If it is not a JSON object or has another field.
    pub fn read(json: &[u8], known: &'static [&'static str], example: &'static str) -> Result<Self, ReportError> {
        let Ok(Value::Object(fields)) = serde_json::from_slice(json) else {
            return Err(ReportError::NotAnObject { example });
        };
        if fields.keys().any(|name| !known.contains(&name.as_str())) {
            return Err(ReportError::UnknownField { known });
        }
        Ok(Self(fields))
    }

    /// The value of a field; `null` counts as missing.
    fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// The value of a field that `read` knows; `None` where it is missing.
    ///
    /// # Errors
    ///
    /// If it is no text or not known; `expected` says what is.
    pub fn known<T>(
        &self,
        name: &str,
        expected: impl FnOnce() -> String,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ReportError> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let found = value.as_str().and_then(read);
        found.map(Some).ok_or_else(|| ReportError::of_field(name, expected()))
    }

    /// As [`known`](Self::known), for a field that must be there.
    ///
    /// # Errors
    ///
    /// If it is missing, no text or not known.
    pub fn required<T>(
        &self,
        name: &str,
        expected: impl Fn() -> String,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ReportError> {
        self.known(name, &expected, read)?.ok_or_else(|| ReportError::of_field(name, expected()))
    }

    /// The field `district`, the code of a district of the table.
    ///
    /// # Errors
    ///
    /// If the table does not have it.
    pub fn district(&self, districts: &DistrictTable) -> Result<Option<DistrictId>, ReportError> {
        let expected = || "must be the code of a district; they are listed at /districts.geojson".to_owned();
        let read = |id: &str| districts.by_id(&DistrictId(id.to_owned())).map(|district| district.id.clone());
        self.known("district", expected, read)
    }

    /// The field `key`. Only its digest is kept, too short to be traced back to the number.
    ///
    /// # Errors
    ///
    /// If it is no random number in hexadecimal.
    pub fn key(&self) -> Result<Option<ReportKey>, ReportError> {
        let expected = || format!("must be {KEY_DIGITS} hexadecimal digits in lower case, made at random");
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        self.known("key", expected, |key| {
            (key.len() == KEY_DIGITS && key.bytes().all(is_digit)).then(|| {
                let mut digest = [0; 8];
                digest.copy_from_slice(&blake3::hash(key.as_bytes()).as_bytes()[..8]);
                ReportKey(digest)
            })
        })
    }

    /// The values of a list, sorted and deduplicated: their order could identify a person.
    ///
    /// # Errors
    ///
    /// If it is no list, has more than `most` entries, or one that is not `expected`.
    pub fn list<T: Ord>(
        &self,
        name: &str,
        (most, expected): (usize, &str),
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, ReportError> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        let values = value.as_array().ok_or_else(|| ReportError::of_field(name, "must be a list"))?;
        if values.len() > most {
            return Err(ReportError::of_field(name, format!("has more than {most} entries")));
        }
        let read = |(at, value): (usize, &Value)| {
            let found = value.as_str().and_then(&read);
            found.ok_or_else(|| ReportError::of_field(format!("{name}[{at}]"), expected))
        };
        let mut read: Vec<T> = values.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        read.sort_unstable();
        read.dedup();
        Ok(read)
    }
}
