//! A place where a person can be connected to others.
//!
//! [`Facts`] is what a list or an editor says of a place; it is what revisions keep and what a later edition is merged with,
//! field by field. [`Place`] adds what is ours: the identity and where the facts came from. A missing value is `None` or an
//! empty collection and is never written out: unknown is not "no". This module does no I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Access, Audience, CategoryId, Position, Schedule};

/// The identity of a place in addresses: ten random letters and digits, never derived from the content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceId(pub String);

/// One place as the program knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Random, given once, kept for ever.
    pub id: PlaceId,
    /// What is known of it.
    pub facts: Facts,
    /// The list and row the facts were last read from.
    pub source: Source,
    /// When somebody last confirmed it; an edit or an import is no confirmation.
    pub verification: Option<Verification>,
}

/// Everything that is said of a place and can be merged field by field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Its name as people say it.
    pub name: String,
    /// The reading of the name in kana.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// What kind of place it is.
    pub category: CategoryId,
    /// Words of its list that say what happens there, in the list's own terms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What one needs to like: 囲碁, 天文, 畑 … as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<String>,
    /// What a person can do there besides taking part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// What it is, in whole sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The building or hall it takes place in, where that is not its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// How one meets: at a place, at home, by telephone.
    pub mode: MeetingMode,
    /// Where it is, with how sure that is; `None` while nobody has placed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Location>,
    /// Its 大字 by the gazetteer and the centre of that, whatever `site` says: the finest position that may be shown of
    /// a private person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<Town>,
    /// The address as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The district as written in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district_written: Option<String>,
    /// When, in the words of the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Schedule>,
    /// What decides whether a person can and will go.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub access: Access,
    /// How to get there, and the nearest stop, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directions: Option<String>,
    /// What it costs, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What to bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bring: Option<String>,
    /// For whom it is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<String>,
    /// How many people there is room for, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<String>,
    /// Anything else in the list's column of remarks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whom to call.
    #[serde(skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// Whether it takes place at present.
    pub status: Status,
    /// Who may see it at all.
    pub audience: Audience,
    /// Columns the program does not know, word for word, by heading; only staff ever see them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// Where something is and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// The point, longitude first.
    pub position: Position,
    /// What the point stands for.
    pub precision: Precision,
}

/// What a point stands for, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The door, or at least the building: the list's own coordinates, or placed by hand.
    Door,
    /// The 街区, 丁目 or 小字 of the address.
    Block,
    /// The middle of the 大字.
    Town,
    /// The middle of the district.
    District,
}

/// A 大字 or 町 and its centre.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Town {
    /// Its name in the gazetteer.
    pub name: String,
    /// Its centre.
    pub centre: Position,
}

/// How one meets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingMode {
    /// People come to a place.
    #[default]
    AtPlace,
    /// It moves from place to place (移動販売, 巡回).
    Roaming,
    /// Somebody comes to the person's home (訪問).
    Visiting,
    /// By telephone.
    Phone,
    /// Over the internet.
    Online,
}

/// What a person can do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Take part.
    Join,
    /// Help to run it.
    Help,
    /// Teach what one knows.
    Teach,
}

/// Whom to call. Every field is as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The person in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The person's own telephone, where the list keeps it apart from the place's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_phone: Option<String>,
    /// The office or desk to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Telephone of the place or the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Fax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A page on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Contact {
    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A person named in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as written, or the role alone (会長, 区長) where the list gives only that.
    pub name: String,
    /// Whether the list, the city or the nature of the entry (a role, not a name) lets everybody see it.
    pub public: bool,
}

/// Whether it takes place at present.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It does.
    #[default]
    Active,
    /// Not now, but it will again (休止中).
    Paused,
    /// No longer (終了, 廃止).
    Closed,
}

/// The list and row that facts came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// Which list of the municipality; editions of one list replace each other.
    pub list: String,
    /// The file that was read.
    pub file: String,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row as Excel shows it.
    pub row: u32,
    /// The list's own lasting ID of the row, if it keeps one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_id: Option<String>,
    /// The licence under which the list is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// That somebody confirmed the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The day.
    pub on: NaiveDate,
    /// Who; `None` where the list does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How, in words: 電話, 訪問, 団体から, 広報.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Whether new people were welcome then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepts_new: Option<bool>,
}
