//! A place where a person can be connected to others.
//!
//! [`Facts`] holds what a list or an editor states about a place; revisions store it, and a later edition is merged
//! into it field by field. [`Place`] adds the identity and the provenance. A missing value is `None` or an empty
//! collection and is never serialized: unknown does not mean "no". This module does no I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Access, Audience, CategoryId, Consent, Position, Schedule};

/// The identity of a place in addresses: ten random letters and digits, never derived from the content.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceId(pub String);

/// A place: identity, facts and provenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Random, assigned once, permanent.
    pub id: PlaceId,
    /// Its facts, as last merged.
    pub facts: Facts,
    /// The list and row the facts were last read from.
    pub source: Source,
    /// The last confirmation; an edit or an import does not count.
    pub verification: Option<Verification>,
}

/// The facts of a place, merged field by field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Its common name.
    pub name: String,
    /// The reading of the name in kana.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// Its category.
    pub category: CategoryId,
    /// Keywords of its list, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Interests it offers (囲碁, 天文, 畑 …), as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<String>,
    /// The roles that a person can take there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// A description in sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The building or hall it takes place in, where that is not its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// How people meet: at a place, at home, by telephone.
    pub mode: MeetingMode,
    /// Its position with precision; `None` until it is located.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<Location>,
    /// Its 大字 in the gazetteer with the centre, independent of `site`: the finest position that may be published for
    /// a private person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<Town>,
    /// The address as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The district as written in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district_written: Option<String>,
    /// Its schedules, as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Schedule>,
    /// Accessibility facts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub access: Access,
    /// How to get there and the nearest stop, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directions: Option<String>,
    /// The cost, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What to bring, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bring: Option<String>,
    /// Who it is for, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<String>,
    /// The capacity, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<String>,
    /// Remarks, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The contact.
    #[serde(skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// Whether it currently takes place.
    pub status: Status,
    /// The consent of the person, or of the group, to be listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Who may see it at all.
    pub audience: Audience,
    /// Columns the program does not know, word for word, by heading; only staff ever see them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// A position with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// The point, longitude first.
    pub position: Position,
    /// The precision of the point.
    pub precision: Precision,
}

/// What a point represents, the most precise first.
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

impl Precision {
    /// Every precision, in the order of the type.
    pub const ALL: [Self; 4] = [Self::Door, Self::Block, Self::Town, Self::District];

    /// Its code in files, addresses and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Door => "door",
            Self::Block => "block",
            Self::Town => "town",
            Self::District => "district",
        }
    }

    /// The precision with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A 大字 or 町 and its centre.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Town {
    /// Its name in the gazetteer.
    pub name: String,
    /// Its centre.
    pub centre: Position,
}

/// How people meet.
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

impl MeetingMode {
    /// Every mode, in the order of the type.
    pub const ALL: [Self; 5] = [Self::AtPlace, Self::Roaming, Self::Visiting, Self::Phone, Self::Online];

    /// Its code in files, addresses and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtPlace => "at_place",
            Self::Roaming => "roaming",
            Self::Visiting => "visiting",
            Self::Phone => "phone",
            Self::Online => "online",
        }
    }

    /// The mode with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A role that a person can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Take part.
    Join,
    /// Help to run it.
    Help,
    /// Teach what one knows.
    Teach,
    /// Do something together: somebody looks for company.
    Company,
}

impl Role {
    /// Every role, in the order of the type.
    pub const ALL: [Self; 4] = [Self::Join, Self::Help, Self::Teach, Self::Company];

    /// Its code in files, addresses and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Help => "help",
            Self::Teach => "teach",
            Self::Company => "company",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// The contact. Every field is as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The person in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The person's own telephone number, where the list separates it from the place's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_phone: Option<String>,
    /// The office or desk.
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
    /// Whether every field is empty.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A person named in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as written, or the role alone (会長, 区長) where the list gives only that.
    pub name: String,
    /// Whether the name is public: by the list, by the city's settings, or because it is a role and not a name.
    pub public: bool,
}

/// Whether it currently takes place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It takes place.
    #[default]
    Active,
    /// Suspended (休止中).
    Paused,
    /// No longer (終了, 廃止).
    Closed,
}

impl Status {
    /// Every status, in the order of the type.
    pub const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Closed];

    /// Its code in files, addresses and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }

    /// The status with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Provenance: the list and row that the facts came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The name of the list; a new edition of a list replaces the old one.
    pub list: String,
    /// The file that was read.
    pub file: String,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row number as Excel shows it, from 1.
    pub row: u32,
    /// The list's own permanent ID of the row, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_id: Option<String>,
    /// The licence under which the list is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// A confirmation of the place.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_serialized_form() {
        let all = Precision::ALL.map(|it| (it.code(), serde_json::json!(it))).into_iter();
        let all = all.chain(MeetingMode::ALL.map(|it| (it.code(), serde_json::json!(it))));
        let all = all.chain(Role::ALL.map(|it| (it.code(), serde_json::json!(it))));
        for (code, serialized) in all.chain(Status::ALL.map(|it| (it.code(), serde_json::json!(it)))) {
            assert_eq!(serialized, code);
        }
    }
}
