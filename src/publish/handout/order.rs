//! Parses the request for a handout: which places, in which order, from which start.
//!
//! An error names its field and never repeats a value, because the start is personal data. This module does no I/O.

use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::find::{TravelMode, WishStart};
use crate::model::PlaceId;

/// The fields of an order, in the order of the document.
pub const FIELDS: [&str; 3] = ["from", "travel", "places"];

/// The most places per handout.
pub const MOST_PLACES: usize = 8;

/// The most travel modes: there are five.
const MOST_WAYS: usize = 5;

/// The longest place id, in characters.
const LONGEST_ID: usize = 64;

/// The request for a handout.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HandoutOrder {
    /// Where the person starts.
    pub from: Option<WishStart>,
    /// Their travel modes.
    pub travel: Vec<TravelMode>,
    /// The places, each once, in the order of the handout.
    pub places: Vec<PlaceId>,
}

/// Why an order cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandoutOrderError {
    /// The body is not a JSON object.
    #[error(
        "the body must be a JSON object such as {{\"places\": [\"…\"]}}; it goes wrong at line {line}, column {column}"
    )]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A field is unknown or invalid.
    #[error("field `{field}`: {reason}")]
    Field {
        /// The field, e.g. `places[2]`.
        field: String,
        /// What is wrong and what is allowed.
        reason: &'static str,
    },
}

impl HandoutOrderError {
    pub(super) fn field(field: impl Into<String>, reason: &'static str) -> Self {
        Self::Field { field: field.into(), reason }
    }

    /// The error for a place, `index` from 0, that does not exist.
    pub(super) fn unknown_place(index: usize) -> Self {
        Self::field(format!("places[{index}]"), "there is no such place; it may have been taken off the list")
    }
}

impl HandoutOrder {
    /// Parses an order from JSON.
    ///
    /// # Errors
    ///
    /// If it is not a JSON object, has an unknown field, or an invalid value.
    ///
    /// ```
    /// use tsunagari::publish::handout::HandoutOrder;
    ///
    /// let order = HandoutOrder::read(br#"{"places": ["k3v9x2m7qa"], "from": {"district": "oya"}}"#).unwrap();
    /// assert_eq!(order.places.len(), 1);
    /// let error = HandoutOrder::read(br#"{"places": []}"#).unwrap_err();
    /// assert!(error.to_string().starts_with("field `places`: must name 1 to 8 places"));
    /// ```
    pub fn read(json: &[u8]) -> Result<Self, HandoutOrderError> {
        let value: Value = serde_json::from_slice(json)
            .map_err(|error| HandoutOrderError::NotJson { line: error.line(), column: error.column() })?;
        let Value::Object(fields) = value else { return Err(HandoutOrderError::NotJson { line: 1, column: 1 }) };
        if let Some(name) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            let name: String = name.chars().take(40).collect();
            return Err(HandoutOrderError::field(name, "there is no such field; known are from, travel, places"));
        }
        Ok(Self { from: read_start(&fields)?, travel: read_travel(&fields)?, places: read_places(&fields)? })
    }
}

/// The value of a field; `null` counts as missing.
fn field_value<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

/// Reads the field `from`.
fn read_start(fields: &Map<String, Value>) -> Result<Option<WishStart>, HandoutOrderError> {
    let wrong = |_| {
        let reason = "must be {\"district\": code}, {\"town\": name} or {\"position\": [longitude, latitude]}";
        HandoutOrderError::field("from", reason)
    };
    field_value(fields, "from").map(|value| WishStart::deserialize(value).map_err(wrong)).transpose()
}

/// Reads the field `travel`.
fn read_travel(fields: &Map<String, Value>) -> Result<Vec<TravelMode>, HandoutOrderError> {
    let Some(value) = field_value(fields, "travel") else { return Ok(Vec::new()) };
    let ways = value.as_array().filter(|ways| ways.len() <= MOST_WAYS);
    let ways = ways.ok_or_else(|| HandoutOrderError::field("travel", "must be a list of at most five ways"))?;
    let way = |(at, value): (usize, &Value)| {
        let reason = "must be walk, bicycle, bus, car or pick_up";
        TravelMode::deserialize(value).map_err(|_| HandoutOrderError::field(format!("travel[{at}]"), reason))
    };
    ways.iter().enumerate().map(way).collect()
}

/// Reads the required field `places`.
fn read_places(fields: &Map<String, Value>) -> Result<Vec<PlaceId>, HandoutOrderError> {
    let ids =
        field_value(fields, "places").and_then(Value::as_array).filter(|ids| (1..=MOST_PLACES).contains(&ids.len()));
    let ids = ids.ok_or_else(|| HandoutOrderError::field("places", "must name 1 to 8 places"))?;
    let mut places: Vec<PlaceId> = Vec::with_capacity(ids.len());
    for (at, value) in ids.iter().enumerate() {
        let wrong = |reason| HandoutOrderError::field(format!("places[{at}]"), reason);
        let id = value.as_str().filter(|id| (1..=LONGEST_ID).contains(&id.chars().count()));
        let id = PlaceId(id.ok_or_else(|| wrong("must be the id of a place"))?.to_owned());
        if places.contains(&id) {
            return Err(wrong("is named before; name each place once"));
        }
        places.push(id);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        HandoutOrder::read(json.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn everything_may_be_said_and_only_places_must() {
        let order = HandoutOrder::read(
            r#"{"from":{"town":"大屋町加保"},"travel":["bicycle","bus"],"places":["b","a"]}"#.as_bytes(),
        );
        let order = order.unwrap();
        assert_eq!(order.from, Some(WishStart::Town("大屋町加保".to_owned())));
        assert_eq!(order.travel, [TravelMode::Bicycle, TravelMode::Bus]);
        assert_eq!(order.places, [PlaceId("b".into()), PlaceId("a".into())]);
        assert_eq!(HandoutOrder::read(br#"{"from":null,"travel":null,"places":["a"]}"#).unwrap().from, None);
    }

    #[test]
    fn an_error_names_its_field_and_never_a_value() {
        let nine: Vec<String> = (0..9).map(|n| format!("secret{n}")).collect();
        let nine = serde_json::json!({ "places": nine }).to_string();
        let errors = [
            error("{\"from\": secret"),
            error("[\"secret\"]"),
            error(r#"{"places":["a"],"note":"secret"}"#),
            error("{}"),
            error(r#"{"places":"secret"}"#),
            error(&nine),
            error(r#"{"places":["a",7]}"#),
            error(r#"{"places":["secret","secret"]}"#),
            error(&format!(r#"{{"places":["{}"]}}"#, "secret".repeat(20))),
            error(r#"{"places":["a"],"from":{"village":"secret"}}"#),
            error(r#"{"places":["a"],"from":"secret"}"#),
            error(r#"{"places":["a"],"from":{"position":[35.123456,134.7]}}"#),
            error(r#"{"places":["a"],"travel":["secret"]}"#),
            error(r#"{"places":["a"],"travel":"secret"}"#),
        ];
        assert!(errors.iter().all(|it| !it.contains("secret") && !it.contains("35.123")), "{errors:#?}");
        insta::assert_snapshot!(errors.join("\n"));
    }
}
