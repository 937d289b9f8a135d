//! The text of a place under each column. This module does no I/O.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::PlaceColumn;
use super::access::{answer_text, others_text};
use super::items::joined;
use super::words::word_of;
use crate::model::{Audience, Consent, Contact, Place};

/// A place with what its row says of it besides its own facts.
#[derive(Debug, Clone, Copy)]
pub struct PlaceRow<'a> {
    /// The place, as its audience may see it.
    pub place: &'a Place,
    /// Its category by name, or by code where several have that name.
    pub category: &'a str,
    /// Its district by name, or by code where several have that name.
    pub district: Option<&'a str>,
    /// The licence of its list.
    pub licence: Option<&'a str>,
    /// Whether it is a private person.
    pub is_private: bool,
    /// Whether it is of the sample.
    pub is_sample: bool,
}

impl<'a> PlaceRow<'a> {
    /// The text under `column`; empty where nothing is known.
    pub fn text(&self, column: PlaceColumn) -> Cow<'a, str> {
        let (place, facts) = (self.place, &self.place.facts);
        let some = |text: &'a Option<String>| Cow::Borrowed(text.as_deref().unwrap_or_default());
        match column {
            PlaceColumn::Id => Cow::Borrowed(&place.id.0),
            PlaceColumn::Name => Cow::Borrowed(&facts.name),
            PlaceColumn::Kana => some(&facts.kana),
            PlaceColumn::Category => Cow::Borrowed(self.category),
            PlaceColumn::District => Cow::Borrowed(self.district.unwrap_or_default()),
            PlaceColumn::Status => word_of(facts.status.code()).into(),
            PlaceColumn::Mode => word_of(facts.mode.code()).into(),
            PlaceColumn::Address => some(&facts.address),
            PlaceColumn::Town => facts.town.as_ref().map_or("", |town| &town.name).into(),
            PlaceColumn::Venue => some(&facts.venue),
            PlaceColumn::Organization => some(&facts.organization),
            PlaceColumn::Description => some(&facts.description),
            PlaceColumn::Directions => some(&facts.directions),
            PlaceColumn::Cost => some(&facts.cost),
            PlaceColumn::Bring => some(&facts.bring),
            PlaceColumn::Eligibility => some(&facts.eligibility),
            PlaceColumn::Capacity => some(&facts.capacity),
            PlaceColumn::Note => some(&facts.note),
            PlaceColumn::Latitude | PlaceColumn::Longitude | PlaceColumn::Precision => self.site_text(column),
            PlaceColumn::Office
            | PlaceColumn::Phone
            | PlaceColumn::Fax
            | PlaceColumn::Email
            | PlaceColumn::Url
            | PlaceColumn::PublicPerson
            | PlaceColumn::Person
            | PlaceColumn::PersonPhone => self.contact_text(column),
            _ => self.list_text(column).unwrap_or_else(|| self.later_text(column)),
        }
    }

    fn site_text(&self, column: PlaceColumn) -> Cow<'a, str> {
        let Some(site) = self.place.facts.site else { return Cow::Borrowed("") };
        match column {
            PlaceColumn::Latitude => site.position.lat().to_string().into(),
            PlaceColumn::Longitude => site.position.lon().to_string().into(),
            _ => site.precision.code().into(),
        }
    }

    /// The columns of several items and of access.
    fn list_text(&self, column: PlaceColumn) -> Option<Cow<'a, str>> {
        let facts = &self.place.facts;
        let list = |items: &'a [String]| joined(items.iter().map(String::as_str));
        Some(Cow::Owned(match column {
            PlaceColumn::Schedule => joined(facts.schedule.iter().map(|it| it.text.as_str())),
            PlaceColumn::Tags => list(&facts.tags),
            PlaceColumn::Interests => list(&facts.interests),
            PlaceColumn::Roles => joined(facts.roles.iter().map(|role| word_of(role.code()))),
            PlaceColumn::Access(fact) => {
                facts.access.get(&fact).map_or_else(String::new, |answer| answer_text(fact, answer))
            }
            PlaceColumn::OtherAccess => others_text(&facts.access),
            _ => return None,
        }))
    }

    fn contact_text(&self, column: PlaceColumn) -> Cow<'a, str> {
        let Contact { office, phone, fax, email, url, person, person_phone } = &self.place.facts.contact;
        let named = |public: bool| person.as_ref().filter(|it| it.public == public).map(|it| it.name.as_str());
        let text = match column {
            PlaceColumn::Office => office.as_deref(),
            PlaceColumn::Phone => phone.as_deref(),
            PlaceColumn::Fax => fax.as_deref(),
            PlaceColumn::Email => email.as_deref(),
            PlaceColumn::Url => url.as_deref(),
            PlaceColumn::PublicPerson => named(true),
            PlaceColumn::Person => named(false),
            _ => person_phone.as_deref(),
        };
        Cow::Borrowed(text.unwrap_or_default())
    }

    /// The columns of confirmation and provenance.
    fn later_text(&self, column: PlaceColumn) -> Cow<'a, str> {
        let place = self.place;
        let sign = |is_so: bool| if is_so { "○" } else { "" };
        let seen = place.verification.as_ref();
        Cow::Borrowed(match column {
            PlaceColumn::VerifiedOn => return seen.map_or_else(String::new, |it| it.on.to_string()).into(),
            PlaceColumn::ConsentGiven | PlaceColumn::ConsentUntil | PlaceColumn::ConsentState => {
                return place.facts.consent.as_ref().map_or_else(String::new, |it| consent_text(it, column)).into();
            }
            PlaceColumn::Extra if !place.facts.extra.is_empty() => {
                return serde_json::to_string(&place.facts.extra).unwrap_or_default().into();
            }
            PlaceColumn::VerifiedHow => seen.and_then(|it| it.how.as_deref()).unwrap_or_default(),
            PlaceColumn::AcceptsNew => match seen.and_then(|it| it.accepts_new) {
                Some(true) => "○",
                Some(false) => "×",
                None => "",
            },
            PlaceColumn::PrivatePerson => sign(self.is_private),
            PlaceColumn::Sample => sign(self.is_sample),
            PlaceColumn::List => &place.source.list,
            PlaceColumn::Licence => self.licence.unwrap_or_default(),
            PlaceColumn::Audience => audience_in_words(place.facts.audience),
            _ => "",
        })
    }
}

/// The text of a consent under one of its columns.
fn consent_text(consent: &Consent, column: PlaceColumn) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |it| it.to_string());
    match column {
        PlaceColumn::ConsentGiven => day(consent.given_on),
        PlaceColumn::ConsentUntil => day(consent.until),
        _ => word_of(consent.state.code()).to_owned(),
    }
}

/// An audience as rows write it: 公開, 支援者のみ, 職員のみ.
pub fn audience_in_words(audience: Audience) -> &'static str {
    word_of(audience_code(audience))
}

/// The code of an audience.
pub fn audience_code(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "public",
        Audience::LinkWorkers => "link_workers",
        Audience::Staff => "staff",
    }
}
