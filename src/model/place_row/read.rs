//! A row of texts made a place again. What a person changed into something that no column can hold is given back by column, and the
//! rest of the row is read. This module does no I/O.

use chrono::NaiveDate;

use super::access::{read_answer, read_other_answers};
use super::items::parted;
use super::words::code_of;
use super::write::audience_code;
use super::{ACCESS_COLUMNS, PlaceColumn};
use crate::model::{
    Audience, Consent, ConsentState, Facts, Location, MeetingMode, Person, Position, Precision, Role, Schedule, Status,
    Verification,
};

/// What a row says of a place, names not yet resolved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceRecord {
    /// The identity that the place had.
    pub id: Option<String>,
    /// Its facts without category, district and 大字.
    pub facts: Facts,
    /// The category, by name or code.
    pub category: String,
    /// The district, by name or code.
    pub district: Option<String>,
    /// The 大字.
    pub town: Option<String>,
    /// The last confirmation.
    pub verification: Option<Verification>,
    /// The list.
    pub list: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Whether it is of the sample.
    pub is_sample: bool,
}

/// Reads rows by what stands under each column.
#[derive(Debug)]
pub struct PlaceRecordReader<F> {
    cell: F,
    /// The columns whose text cannot be used, with that text.
    pub unread: Vec<(PlaceColumn, String)>,
}

impl<'a, F: Fn(PlaceColumn) -> &'a str> PlaceRecordReader<F> {
    /// A reader of one row, of which `cell` gives the texts.
    pub fn new(cell: F) -> Self {
        Self { cell, unread: Vec::new() }
    }

    /// Reads the row.
    pub fn record(&mut self) -> PlaceRecord {
        let mut facts = self.written_facts();
        facts.status = self.code(PlaceColumn::Status, &Status::ALL, Status::code).unwrap_or_default();
        facts.mode = self.code(PlaceColumn::Mode, &MeetingMode::ALL, MeetingMode::code).unwrap_or_default();
        facts.roles = self.roles();
        facts.site = self.site();
        self.access(&mut facts);
        self.contact(&mut facts);
        facts.consent = self.consent();
        facts.audience = self.audience();
        facts.extra = self.extra();
        PlaceRecord {
            id: self.text(PlaceColumn::Id),
            category: self.text(PlaceColumn::Category).unwrap_or_default(),
            district: self.text(PlaceColumn::District),
            town: self.text(PlaceColumn::Town),
            verification: self.verification(),
            list: self.text(PlaceColumn::List),
            licence: self.text(PlaceColumn::Licence),
            is_sample: self.flag(PlaceColumn::Sample) == Some(true),
            facts,
        }
    }

    /// The facts that are kept in the words of the list.
    fn written_facts(&self) -> Facts {
        let schedule = parted((self.cell)(PlaceColumn::Schedule)).into_iter();
        Facts {
            name: self.text(PlaceColumn::Name).unwrap_or_default(),
            kana: self.text(PlaceColumn::Kana),
            tags: parted((self.cell)(PlaceColumn::Tags)),
            interests: parted((self.cell)(PlaceColumn::Interests)),
            description: self.text(PlaceColumn::Description),
            organization: self.text(PlaceColumn::Organization),
            venue: self.text(PlaceColumn::Venue),
            address: self.text(PlaceColumn::Address),
            schedule: schedule.map(|text| Schedule { text }).collect(),
            directions: self.text(PlaceColumn::Directions),
            cost: self.text(PlaceColumn::Cost),
            bring: self.text(PlaceColumn::Bring),
            eligibility: self.text(PlaceColumn::Eligibility),
            capacity: self.text(PlaceColumn::Capacity),
            note: self.text(PlaceColumn::Note),
            ..Facts::default()
        }
    }

    /// The text under `column`; `None` where there is none.
    fn text(&self, column: PlaceColumn) -> Option<String> {
        let text = (self.cell)(column);
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    /// What `read` makes of the text under `column`; a text of which it makes nothing is noted.
    fn read<T>(&mut self, column: PlaceColumn, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(column)?;
        let value = read(&text);
        if value.is_none() {
            self.unread.push((column, text));
        }
        value
    }

    fn code<T: Copy>(&mut self, column: PlaceColumn, all: &[T], code: fn(T) -> &'static str) -> Option<T> {
        self.read(column, |text| code_of(text.trim(), all, code))
    }

    fn flag(&mut self, column: PlaceColumn) -> Option<bool> {
        self.read(column, |text| match text.trim() {
            "○" => Some(true),
            "×" => Some(false),
            _ => None,
        })
    }

    fn roles(&mut self) -> Vec<Role> {
        let role = |item: &String| code_of(item.trim(), &Role::ALL, Role::code);
        self.read(PlaceColumn::Roles, |text| parted(text).iter().map(role).collect()).unwrap_or_default()
    }

    fn site(&mut self) -> Option<Location> {
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let lat = self.read(PlaceColumn::Latitude, |text| number(text).filter(|lat| Position::new(0.0, *lat).is_ok()));
        let lon = self.read(PlaceColumn::Longitude, |text| number(text).filter(|lon| Position::new(*lon, 0.0).is_ok()));
        let precision = self.code(PlaceColumn::Precision, &Precision::ALL, Precision::code);
        let position = Position::new(lon?, lat?).ok()?;
        Some(Location { position, precision: precision.unwrap_or(Precision::Door) })
    }

    fn access(&mut self, facts: &mut Facts) {
        for fact in ACCESS_COLUMNS {
            let answer = self.read(PlaceColumn::Access(fact), |text| read_answer(fact, text));
            facts.access.extend(answer.map(|answer| (fact, answer)));
        }
        let others = self.read(PlaceColumn::OtherAccess, |text| read_other_answers(text).ok());
        facts.access.extend(others.unwrap_or_default());
    }

    fn contact(&self, facts: &mut Facts) {
        let contact = &mut facts.contact;
        let public = self.text(PlaceColumn::PublicPerson).map(|name| Person { name, public: true });
        let named = || self.text(PlaceColumn::Person).map(|name| Person { name, public: false });
        contact.person = public.or_else(named);
        contact.person_phone = self.text(PlaceColumn::PersonPhone);
        contact.office = self.text(PlaceColumn::Office);
        contact.phone = self.text(PlaceColumn::Phone);
        contact.fax = self.text(PlaceColumn::Fax);
        contact.email = self.text(PlaceColumn::Email);
        contact.url = self.text(PlaceColumn::Url);
    }

    /// The consent to be listed. What cannot be read of it is unclear, so that nobody relies on it.
    fn consent(&mut self) -> Option<Consent> {
        let columns = [PlaceColumn::ConsentGiven, PlaceColumn::ConsentUntil, PlaceColumn::ConsentState];
        let written = columns.map(|column| self.text(column));
        if written.iter().all(Option::is_none) {
            return None;
        }
        let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
        let given_on = self.read(PlaceColumn::ConsentGiven, day);
        let until = self.read(PlaceColumn::ConsentUntil, day);
        let state = self.code(PlaceColumn::ConsentState, &ConsentState::ALL, ConsentState::code);
        let is_read = [given_on.is_some(), until.is_some(), state.is_some()];
        let is_whole = written.iter().zip(is_read).all(|(text, is_read)| text.is_none() || is_read);
        let state = if is_whole { state.unwrap_or_default() } else { ConsentState::Unclear };
        Some(Consent { given_on, until, state })
    }

    /// Who may see the place: of what cannot be read, the staff.
    fn audience(&mut self) -> Audience {
        if self.text(PlaceColumn::Audience).is_none() {
            return Audience::Public;
        }
        self.code(PlaceColumn::Audience, &Audience::ALL, audience_code).unwrap_or(Audience::Staff)
    }

    fn extra(&mut self) -> std::collections::BTreeMap<String, String> {
        self.read(PlaceColumn::Extra, |text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    fn verification(&mut self) -> Option<Verification> {
        let on: NaiveDate = self.read(PlaceColumn::VerifiedOn, |text| text.trim().parse().ok())?;
        let how = self.text(PlaceColumn::VerifiedHow);
        Some(Verification { on, by: None, how, accepts_new: self.flag(PlaceColumn::AcceptsNew) })
    }
}
