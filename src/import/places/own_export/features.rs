//! Our GeoJSON and JSON lines: a feature a place, its properties by their names. This module does no I/O.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::OwnRow;
use crate::import::file::{CellSheet, SheetRow};
use crate::model::place_row::PlaceRecord;
use crate::model::{
    Access, AccessAnswer, AccessFact, Audience, Consent, ConsentState, Contact, Facts, Location, MeetingMode, Person,
    Position, Precision, Role, Schedule, Status, Verification,
};

/// The properties that every feature of ours has.
const REQUIRED: [&str; 4] = ["name", "category", "status", "mode"];

/// Every property of ours, with what the reader of features adds.
const KNOWN: [&str; 44] = [
    "longitude",
    "latitude",
    "id",
    "name",
    "category",
    "district",
    "status",
    "mode",
    "precision",
    "kana",
    "tags",
    "interests",
    "roles",
    "description",
    "organization",
    "venue",
    "address",
    "town",
    "schedule",
    "access",
    "directions",
    "cost",
    "bring",
    "eligibility",
    "capacity",
    "note",
    "contact",
    "private_person",
    "verified_on",
    "verified_how",
    "accepts_new",
    "list",
    "sample",
    "licence",
    "audience",
    "consent",
    "extra",
    "distance_m",
    "links",
    "fid",
    "ogc_fid",
    "person",
    "phone",
    "url",
];

/// An answer about access, as features have it.
#[derive(Deserialize)]
struct EncodedAnswer {
    yes: bool,
    #[serde(default)]
    words: String,
}

/// A contact, as features have it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct EncodedContact {
    person: Option<String>,
    /// Whether the name is public; an export without this says nothing of it.
    person_public: bool,
    person_phone: Option<String>,
    office: Option<String>,
    phone: Option<String>,
    fax: Option<String>,
    email: Option<String>,
    url: Option<String>,
}

/// The rows of features with our properties; `None` for any other file.
pub(super) fn read(sheet: &CellSheet) -> Option<Vec<OwnRow>> {
    let (heading, body) = sheet.rows.split_first()?;
    let columns: BTreeMap<&str, u32> = heading.cells.iter().map(|(number, name)| (name.as_str(), *number)).collect();
    let is_ours = columns.keys().all(|name| KNOWN.contains(name)) && REQUIRED.iter().all(|it| columns.contains_key(it));
    let is_row_ours = |row: &SheetRow| REQUIRED.iter().all(|name| !row.cell(columns[name]).is_empty());
    if !is_ours || !body.iter().all(is_row_ours) {
        return None;
    }
    Some(body.iter().map(|row| OwnFeatureReader { row, columns: &columns, unread: Vec::new() }.read()).collect())
}

/// Reads one feature.
struct OwnFeatureReader<'a> {
    row: &'a SheetRow,
    columns: &'a BTreeMap<&'a str, u32>,
    unread: Vec<(String, String)>,
}

impl OwnFeatureReader<'_> {
    fn read(mut self) -> OwnRow {
        let record = PlaceRecord {
            id: self.text("id"),
            facts: self.facts(),
            category: self.text("category").unwrap_or_default(),
            district: self.text("district"),
            town: self.text("town"),
            verification: self.verification(),
            list: self.text("list"),
            licence: self.text("licence"),
            is_sample: self.flag("sample") == Some(true),
        };
        OwnRow { number: self.row.number, record, unread: self.unread }
    }

    fn facts(&mut self) -> Facts {
        Facts {
            name: self.text("name").unwrap_or_default(),
            kana: self.text("kana"),
            tags: self.list("tags"),
            interests: self.list("interests"),
            roles: self.roles(),
            description: self.text("description"),
            organization: self.text("organization"),
            venue: self.text("venue"),
            mode: self.value("mode", MeetingMode::from_code).unwrap_or_default(),
            site: self.site(),
            address: self.text("address"),
            schedule: self.list("schedule").into_iter().map(|text| Schedule { text }).collect(),
            access: self.access(),
            directions: self.text("directions"),
            cost: self.text("cost"),
            bring: self.text("bring"),
            eligibility: self.text("eligibility"),
            capacity: self.text("capacity"),
            note: self.text("note"),
            contact: self.contact(),
            status: self.value("status", Status::from_code).unwrap_or_default(),
            consent: self.consent(),
            audience: self.audience(),
            extra: self.value("extra", |text| serde_json::from_str(text).ok()).unwrap_or_default(),
            ..Facts::default()
        }
    }

    /// A consent that cannot be read is unclear, so that nobody relies on it.
    fn consent(&mut self) -> Option<Consent> {
        self.text("consent")?;
        let unclear = Consent { state: ConsentState::Unclear, ..Consent::default() };
        Some(self.value("consent", |text| serde_json::from_str(text).ok()).unwrap_or(unclear))
    }

    fn text(&self, name: &str) -> Option<String> {
        let text = self.columns.get(name).map_or("", |column| self.row.cell(*column));
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// What `read` makes of a property; one of which it makes nothing is noted.
    fn value<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let value = read(&text);
        if value.is_none() {
            self.unread.push((name.to_owned(), text));
        }
        value
    }

    /// The items of a list, which the reader of features writes as one text.
    fn list(&self, name: &str) -> Vec<String> {
        let Some(text) = self.text(name) else { return Vec::new() };
        let as_json = serde_json::from_str::<Vec<String>>(&text).ok().filter(|_| text.starts_with('['));
        as_json.unwrap_or_else(|| text.split(';').map(str::to_owned).collect())
    }

    fn roles(&mut self) -> Vec<Role> {
        let items = self.list("roles");
        self.value("roles", |_| items.iter().map(|item| Role::from_code(item)).collect()).unwrap_or_default()
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        self.value(name, |text| match text {
            "TRUE" => Some(true),
            "FALSE" => Some(false),
            _ => None,
        })
    }

    fn site(&mut self) -> Option<Location> {
        let number = |text: &str| text.parse::<f64>().ok();
        let (lon, lat) = (self.value("longitude", number), self.value("latitude", number));
        let precision = self.value("precision", Precision::from_code);
        let position = Position::new(lon?, lat?).ok()?;
        Some(Location { position, precision: precision.unwrap_or(Precision::Door) })
    }

    fn access(&mut self) -> Access {
        let answer = |(code, answer): (String, EncodedAnswer)| {
            Some((AccessFact::from_code(&code)?, AccessAnswer { yes: answer.yes, words: answer.words }))
        };
        let read = |text: &str| {
            let all: BTreeMap<String, EncodedAnswer> = serde_json::from_str(text).ok()?;
            all.into_iter().map(answer).collect::<Option<Access>>()
        };
        self.value("access", read).unwrap_or_default()
    }

    fn contact(&mut self) -> Contact {
        let read = |text: &str| serde_json::from_str::<EncodedContact>(text).ok();
        let EncodedContact { person, person_public, person_phone, office, phone, fax, email, url } =
            self.value("contact", read).unwrap_or_default();
        let person = person.map(|name| Person { name, public: person_public });
        Contact { person, person_phone, office, phone, fax, email, url }
    }

    /// Who may see the place: of what cannot be read, the staff.
    fn audience(&mut self) -> Audience {
        if self.text("audience").is_none() {
            return Audience::Public;
        }
        let read = |text: &str| serde_json::from_value(serde_json::Value::String(text.to_owned())).ok();
        self.value("audience", read).unwrap_or(Audience::Staff)
    }

    fn verification(&mut self) -> Option<Verification> {
        let on = self.value("verified_on", |text| text.parse().ok())?;
        let how = self.text("verified_how");
        Some(Verification { on, by: None, how, accepts_new: self.flag("accepts_new") })
    }
}
