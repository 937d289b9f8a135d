//! What a link worker asks for a person: where from, how, what they like, what to keep away from them.
//!
//! Nothing is required; what is written must be understood. [`Wish::read`] names the field of whatever it cannot use, and never
//! repeats a whole value: a wish speaks of a person. This module does no I/O.

use chrono::{NaiveDateTime, NaiveTime, Timelike as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::reach::TravelMode;
use crate::model::{AccessFact, Position, Role};

/// The fields of a wish, in the order of the document.
pub const FIELDS: [&str; 14] = [
    "from", "travel", "minutes", "likes", "avoid", "free", "matters", "gives", "can_give", "age", "gender", "axes",
    "at", "limit",
];

/// How many words a field may have.
const MAX_WORDS: usize = 24;
/// How many letters a word may have.
const MAX_LETTERS: usize = 100;
/// Minutes of the longest way that can be asked for.
const MAX_MINUTES: u16 = 240;
/// How many places of a group are shown where the wish does not say.
const DEFAULT_LIMIT: usize = 20;
/// How many places of a group are shown at most.
const MAX_LIMIT: usize = 100;

/// What is asked for. Everything may be missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// Where the person starts.
    pub from: Option<WishStart>,
    /// How they travel.
    pub travel: Vec<TravelMode>,
    /// How many minutes of travel they bear, one way.
    pub minutes: Option<u16>,
    /// What they like, in words.
    pub likes: Vec<String>,
    /// What to keep away from them, in words or chips.
    pub avoid: Vec<String>,
    /// When they are free; empty is always.
    pub free: Vec<FreeTime>,
    /// What matters to them.
    pub matters: Vec<AccessFact>,
    /// What they might give: help, teach.
    pub gives: Vec<Role>,
    /// What they could help with or teach, in words.
    pub can_give: Vec<String>,
    /// Their age in years.
    pub age: Option<u8>,
    /// For places that are for women or men only.
    pub gender: Option<Gender>,
    /// Axes of Positive Health that are low.
    pub axes: Vec<LifeAxis>,
    /// The local time from which dates are told; the caller's now where missing.
    pub at: Option<NaiveDateTime>,
    /// How many places of a group are shown.
    pub limit: usize,
}

/// Where a person starts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WishStart {
    /// The middle of a district, by code or name.
    District(String),
    /// The middle of a 大字 or 町, by name.
    Town(String),
    /// A point, longitude first.
    Position(Position),
}

/// A stretch of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeTime {
    /// Days after Monday, 0 to 6.
    pub day: u8,
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight, later than `from`.
    pub to: u16,
}

/// For places that are for one gender only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

/// An axis of Positive Health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeAxis {
    /// 身体
    #[serde(alias = "身体")]
    Body,
    /// 心
    #[serde(alias = "心")]
    Mind,
    /// 生きがい
    #[serde(alias = "生きがい")]
    Purpose,
    /// 暮らし
    #[serde(alias = "暮らし")]
    Living,
    /// つながり
    #[serde(alias = "つながり")]
    Ties,
    /// 日常
    #[serde(alias = "日常")]
    Daily,
}

/// Why a wish cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WishError {
    /// It is no JSON object.
    #[error("the wish is not JSON: {0}")]
    NotJson(String),
    /// It is JSON, but no object.
    #[error("the wish must be a JSON object such as {{\"likes\": [\"囲碁\"]}}")]
    NotAnObject,
    /// A field cannot be used.
    #[error("field `{field}`: {reason}")]
    Field {
        /// The field, e.g. `free[1].to`.
        field: String,
        /// What is wrong with it and what would do.
        reason: String,
    },
}

impl WishError {
    pub(super) fn field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Field { field: field.into(), reason: reason.into() }
    }

    /// The field the error is about.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Field { field, .. } => Some(field),
            Self::NotJson(_) | Self::NotAnObject => None,
        }
    }
}

impl Wish {
    /// Reads a wish from JSON.
    ///
    /// # Errors
    ///
    /// If it is no JSON object, has a field that no wish has, or a value that cannot be used.
    ///
    /// ```
    /// use tsunagari::find::Wish;
    ///
    /// let wish = Wish::read(r#"{"likes": ["囲碁"], "travel": ["bicycle"]}"#.as_bytes()).unwrap();
    /// assert_eq!(wish.likes, ["囲碁"]);
    /// let error = Wish::read(r#"{"like": ["囲碁"]}"#.as_bytes()).unwrap_err();
    /// assert!(error.to_string().starts_with("field `like`: there is no such field"));
    /// ```
    pub fn read(json: &[u8]) -> Result<Self, WishError> {
        let value: Value = serde_json::from_slice(json).map_err(|error| not_json(&error))?;
        let Value::Object(fields) = value else { return Err(WishError::NotAnObject) };
        if let Some(name) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            let name: String = name.chars().take(40).collect();
            return Err(WishError::field(name, format!("there is no such field; known are {}", FIELDS.join(", "))));
        }
        let fields = WishFields(fields);
        let at: Option<String> = fields.one("at")?;
        Ok(Self {
            from: fields.one("from")?,
            travel: fields.list("travel")?,
            minutes: fields.number("minutes", 1, MAX_MINUTES)?,
            likes: fields.words("likes")?,
            avoid: fields.words("avoid")?,
            free: fields.free()?,
            matters: fields.list("matters")?,
            gives: fields.list("gives")?,
            can_give: fields.words("can_give")?,
            age: fields.number("age", 0, 120)?,
            gender: fields.one("gender")?,
            axes: fields.list("axes")?,
            at: at.map(|text| moment(&text)).transpose()?,
            limit: fields.number("limit", 1, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
        })
    }
}

/// The error without the words around it, which may be a person's.
fn not_json(error: &serde_json::Error) -> WishError {
    WishError::NotJson(format!("it breaks off or goes wrong at line {}, column {}", error.line(), error.column()))
}

fn moment(text: &str) -> Result<NaiveDateTime, WishError> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .ok_or_else(|| WishError::field("at", "must be a local time such as 2026-11-22T10:00"))
}

struct WishFields(Map<String, Value>);

impl WishFields {
    /// The value of a field; what is `null` is missing.
    fn one<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, WishError> {
        let Some(value) = self.0.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
        read(name, value).map(Some)
    }

    fn list<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, WishError> {
        let values: Vec<Value> = self.one(name)?.unwrap_or_default();
        if values.len() > MAX_WORDS {
            return Err(WishError::field(name, format!("has more than {MAX_WORDS} entries")));
        }
        values.iter().enumerate().map(|(at, value)| read(&format!("{name}[{at}]"), value)).collect()
    }

    /// Words, without those that are empty.
    fn words(&self, name: &str) -> Result<Vec<String>, WishError> {
        let words: Vec<String> = self.list(name)?;
        if let Some(at) = words.iter().position(|word| word.chars().count() > MAX_LETTERS) {
            return Err(WishError::field(format!("{name}[{at}]"), format!("is longer than {MAX_LETTERS} letters")));
        }
        Ok(words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect())
    }

    fn number<T>(&self, name: &str, least: T, most: T) -> Result<Option<T>, WishError>
    where
        T: DeserializeOwned + PartialOrd + std::fmt::Display + Copy,
    {
        let wrong = || WishError::field(name, format!("must be a whole number from {least} to {most}"));
        let number: Option<T> = self.one(name).map_err(|_| wrong())?;
        if number.as_ref().is_some_and(|number| *number < least || *number > most) { Err(wrong()) } else { Ok(number) }
    }

    fn free(&self) -> Result<Vec<FreeTime>, WishError> {
        let written: Vec<WrittenFreeTime> = self.list("free")?;
        written.iter().enumerate().map(|(at, written)| written.read(&format!("free[{at}]"))).collect()
    }
}

/// Says what would do and not what was there: a value may be a person's word.
fn read<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, WishError> {
    T::deserialize(value).map_err(|error| {
        let said = error.to_string();
        let reason = match said.rsplit_once("expected ") {
            Some((_, wanted)) => format!("must be {wanted}"),
            None if said.starts_with("missing field") => said,
            None => "cannot be used; a position is [longitude, latitude] in degrees, longitude first".to_owned(),
        };
        WishError::field(name, reason.chars().take(300).collect::<String>())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFreeTime {
    day: WishDay,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WishDay {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl WrittenFreeTime {
    fn read(&self, name: &str) -> Result<FreeTime, WishError> {
        let from = self.from.as_deref().map_or(Ok(0), |text| minutes(&format!("{name}.from"), text))?;
        let to = self.to.as_deref().map_or(Ok(24 * 60), |text| minutes(&format!("{name}.to"), text))?;
        if to <= from {
            return Err(WishError::field(format!("{name}.to"), "must be later than `from`"));
        }
        Ok(FreeTime { day: self.day as u8, from, to })
    }
}

fn minutes(name: &str, text: &str) -> Result<u16, WishError> {
    if text == "24:00" {
        return Ok(24 * 60);
    }
    let time =
        NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| WishError::field(name, "must be a time such as 13:00"))?;
    Ok(u16::try_from(time.hour() * 60 + time.minute()).expect("a day has 1,440 minutes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        Wish::read(json.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn nothing_is_required() {
        let wish = Wish::read(b"{}").unwrap();
        assert_eq!(wish, Wish { limit: DEFAULT_LIMIT, ..Wish::default() });
        assert_eq!(Wish::read(br#"{"from":null,"minutes":null,"likes":[" "]}"#).unwrap(), wish);
    }

    #[test]
    fn everything_may_be_said() {
        let wish = Wish::read(
            r#"{"from":{"position":[134.7,35.4]},"travel":["bicycle","bus"],"minutes":40,"likes":["囲碁"],"avoid":["outdoor"],
                "free":[{"day":"wed","from":"13:00","to":"17:00"},{"day":"sun"}],"matters":["met_first_time"],
                "gives":["teach"],"can_give":["理科"],"age":64,"gender":"man","axes":["つながり","mind"],
                "at":"2026-11-22T10:00","limit":5}"#
                .as_bytes(),
        )
        .unwrap();
        assert_eq!(wish.free[0], FreeTime { day: 2, from: 780, to: 1020 });
        assert_eq!(wish.free[1], FreeTime { day: 6, from: 0, to: 1440 });
        assert_eq!((wish.axes[0], wish.axes[1], wish.age), (LifeAxis::Ties, LifeAxis::Mind, Some(64)));
    }

    #[test]
    fn an_error_names_its_field_and_what_would_do() {
        insta::assert_snapshot!(
            [
                error("["),
                error("[]"),
                error(r#"{"likez":["囲碁"]}"#),
                error(r#"{"likes":"囲碁"}"#),
                error(r#"{"likes":["囲碁",3]}"#),
                error(r#"{"travel":["horse"]}"#),
                error(r#"{"minutes":0}"#),
                error(r#"{"minutes":"30"}"#),
                error(r#"{"from":{"village":"x"}}"#),
                error(r#"{"from":{"position":[35.4,134.7]}}"#),
                error(r#"{"free":[{"day":"someday"}]}"#),
                error(r#"{"free":[{"day":"wed","from":"13:00","to":"9:00"}]}"#),
                error(r#"{"free":[{"day":"wed","from":"1pm"}]}"#),
                error(r#"{"free":[{"day":"wed","until":"13:00"}]}"#),
                error(r#"{"matters":["nice"]}"#),
                error(r#"{"age":200}"#),
                error(r#"{"at":"tomorrow"}"#),
                error(r#"{"limit":1000}"#),
            ]
            .join("\n")
        );
    }
}
