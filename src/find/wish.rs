//! Parses a wish: the search request of a link worker on behalf of a person.
//!
//! Every field is optional and strictly validated. An error of [`Wish::read`] names the field and never repeats a whole
//! value, because a wish is personal data. This module does no I/O.

use chrono::{NaiveDateTime, NaiveTime, Timelike as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::reach::TravelMode;
use super::signs::SIGNS;
use crate::model::{AccessFact, Position, Role};

/// The fields of a wish, in the order of the document.
pub const FIELDS: [&str; 16] = [
    "from",
    "travel",
    "minutes",
    "home_only",
    "likes",
    "avoid",
    "free",
    "matters",
    "company",
    "gives",
    "can_give",
    "age",
    "gender",
    "axes",
    "at",
    "limit",
];

/// The most words per field.
const MAX_WORDS: usize = 24;
/// The longest word in characters.
const MAX_CHARS: usize = 100;
/// The longest travel time that a wish may request, in minutes.
const MAX_MINUTES: u16 = 240;
/// Default number of places per group.
const DEFAULT_LIMIT: usize = 20;
/// The most places per group.
const MAX_LIMIT: usize = 100;

/// A search request; every field is optional.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// Where the person starts.
    pub from: Option<WishStart>,
    /// The travel modes; empty if not given.
    pub travel: Vec<TravelMode>,
    /// The travel budget in minutes, one way.
    pub minutes: Option<u16>,
    /// Whether they cannot leave home: only who comes, calls or writes is of use.
    pub home_only: bool,
    /// What they like, would like to do, or are troubled by, in words and sentences.
    pub likes: Vec<String>,
    /// What they avoid, as words or chips.
    pub avoid: Vec<String>,
    /// Their free time; empty means always.
    pub free: Vec<FreeTime>,
    /// The access facts that matter to them.
    pub matters: Vec<AccessFact>,
    /// Whether they look for somebody to do it with.
    pub company: bool,
    /// The roles they could take: help, teach.
    pub gives: Vec<Role>,
    /// What they could help with or teach, in words.
    pub can_give: Vec<String>,
    /// Their age in years.
    pub age: Option<u8>,
    /// Their gender, for places that are for women or men only.
    pub gender: Option<Gender>,
    /// Axes of Positive Health that are low.
    pub axes: Vec<LifeAxis>,
    /// The local time after which dates are listed; the caller's `now` if missing.
    pub at: Option<NaiveDateTime>,
    /// The most places per group, 1 to 100.
    pub limit: usize,
}

/// Where a person starts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WishStart {
    /// The centre of a district, by code or name.
    District(String),
    /// The centre of a 大字 or 町, by name.
    Town(String),
    /// A point, longitude first.
    Position(Position),
}

/// A span of time on a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeTime {
    /// Days after Monday, 0 to 6.
    pub day: u8,
    /// Minutes after midnight.
    pub from: u16,
    /// Minutes after midnight, later than `from`.
    pub to: u16,
}

/// A gender, for places that admit one only.
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
    /// The body is not JSON.
    #[error("the wish is not JSON: {0}")]
    NotJson(String),
    /// The body is JSON, but not an object.
    #[error("the wish must be a JSON object such as {{\"likes\": [\"囲碁\"]}}")]
    NotAnObject,
    /// A field is unknown or invalid.
    #[error("field `{field}`: {reason}")]
    Field {
        /// The field, e.g. `free[1].to`.
        field: String,
        /// What is wrong and what is allowed.
        reason: String,
    },
}

impl WishError {
    /// The error of one field.
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
    /// The wish with the facts among what matters that its words ask for in passing.
    pub(super) fn with_facts_said(&self) -> Self {
        let mut wish = self.clone();
        for fact in self.likes.iter().flat_map(|words| SIGNS.facts_said(words)) {
            if !wish.matters.contains(&fact) {
                wish.matters.push(fact);
            }
        }
        wish
    }

    /// Parses a wish from JSON.
    ///
    /// # Errors
    ///
    /// If it is not a JSON object, has an unknown field, or an invalid value.
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
        let at: Option<String> = fields.value_of("at")?;
        let gives: Vec<Role> = fields.list_of("gives")?;
        // Who would keep somebody company looks for company, too.
        let keeps_company = gives.contains(&Role::Company);
        Ok(Self {
            from: fields.value_of("from")?,
            travel: fields.list_of("travel")?,
            minutes: fields.number_of("minutes", 1, MAX_MINUTES)?,
            home_only: fields.value_of("home_only")?.unwrap_or(false),
            likes: fields.words_of("likes")?,
            avoid: fields.words_of("avoid")?,
            free: fields.free_times()?,
            matters: fields.list_of("matters")?,
            company: fields.value_of("company")?.unwrap_or(keeps_company),
            gives: gives.into_iter().filter(|role| *role != Role::Company).collect(),
            can_give: fields.words_of("can_give")?,
            age: fields.number_of("age", 0, 120)?,
            gender: fields.value_of("gender")?,
            axes: fields.list_of("axes")?,
            at: at.map(|text| parse_moment(&text)).transpose()?,
            limit: fields.number_of("limit", 1, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
        })
    }
}

/// The parse error without its excerpt, which may be personal data.
fn not_json(error: &serde_json::Error) -> WishError {
    WishError::NotJson(format!("it breaks off or goes wrong at line {}, column {}", error.line(), error.column()))
}

/// Parses the local time of the field `at`.
fn parse_moment(text: &str) -> Result<NaiveDateTime, WishError> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .ok_or_else(|| WishError::field("at", "must be a local time such as 2026-11-22T10:00"))
}

/// The JSON fields of a wish, read by type.
struct WishFields(Map<String, Value>);

impl WishFields {
    /// The value of a field; `null` counts as missing.
    fn value_of<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, WishError> {
        let Some(value) = self.0.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
        read_value(name, value).map(Some)
    }

    /// A list of at most [`MAX_WORDS`] values.
    fn list_of<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, WishError> {
        let values: Vec<Value> = self.value_of(name)?.unwrap_or_default();
        if values.len() > MAX_WORDS {
            return Err(WishError::field(name, format!("has more than {MAX_WORDS} entries")));
        }
        values.iter().enumerate().map(|(at, value)| read_value(&format!("{name}[{at}]"), value)).collect()
    }

    /// The words of a field, without empty ones.
    fn words_of(&self, name: &str) -> Result<Vec<String>, WishError> {
        let words: Vec<String> = self.list_of(name)?;
        if let Some(at) = words.iter().position(|word| word.chars().count() > MAX_CHARS) {
            return Err(WishError::field(format!("{name}[{at}]"), format!("is longer than {MAX_CHARS} characters")));
        }
        Ok(words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect())
    }

    /// A whole number from `least` to `most`.
    fn number_of<T>(&self, name: &str, least: T, most: T) -> Result<Option<T>, WishError>
    where
        T: DeserializeOwned + PartialOrd + std::fmt::Display + Copy,
    {
        let wrong = || WishError::field(name, format!("must be a whole number from {least} to {most}"));
        let number: Option<T> = self.value_of(name).map_err(|_| wrong())?;
        if number.as_ref().is_some_and(|number| *number < least || *number > most) { Err(wrong()) } else { Ok(number) }
    }

    /// The spans of the field `free`.
    fn free_times(&self) -> Result<Vec<FreeTime>, WishError> {
        let written: Vec<WrittenFreeTime> = self.list_of("free")?;
        written.iter().enumerate().map(|(at, written)| written.parse(&format!("free[{at}]"))).collect()
    }
}

/// Deserializes a value. The error names what is allowed and not the value, which may be personal data.
fn read_value<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, WishError> {
    T::deserialize(value).map_err(|error| {
        let message = error.to_string();
        let reason = match message.rsplit_once("expected ") {
            Some((_, wanted)) => format!("must be {wanted}"),
            None if message.starts_with("missing field") => message,
            None => "cannot be used; a position is [longitude, latitude] in degrees, longitude first".to_owned(),
        };
        WishError::field(name, reason.chars().take(300).collect::<String>())
    })
}

/// A span of free time as JSON: the weekday, and times such as `13:00`.
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
    fn parse(&self, name: &str) -> Result<FreeTime, WishError> {
        let from = self.from.as_deref().map_or(Ok(0), |text| parse_minutes(&format!("{name}.from"), text))?;
        let to = self.to.as_deref().map_or(Ok(24 * 60), |text| parse_minutes(&format!("{name}.to"), text))?;
        if to <= from {
            return Err(WishError::field(format!("{name}.to"), "must be later than `from`"));
        }
        Ok(FreeTime { day: self.day as u8, from, to })
    }
}

/// Parses a time such as `13:00` or `24:00` into minutes after midnight; `name` is the field for the error.
fn parse_minutes(name: &str, text: &str) -> Result<u16, WishError> {
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
