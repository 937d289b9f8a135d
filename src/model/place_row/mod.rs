//! A place as a row of texts, one per column, and back: what spreadsheets hold of a place.
//!
//! [`PlaceColumn`] is the one table of columns with their headings; [`write`](PlaceRow) gives the text of a place under each of them,
//! [`read`] makes the place again, exactly. Several items in a text are parted by `;`, and one within an item is written `\;`. Words
//! stand in `words.toml`. This module does no I/O.

mod access;
mod items;
pub mod read;
mod words;
mod write;

pub use self::access::{answer_text, read_answer, read_other_answers, yes_no};
pub use self::items::{joined, parted};
pub use self::read::{PlaceRecord, PlaceRecordReader};
pub use self::words::{code_of, word_of};
pub use self::write::{PlaceRow, audience_code, audience_in_words};

use self::words::ROW_WORDS;
use super::AccessFact;

/// A column of the row of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceColumn {
    /// Our identity of the place.
    Id,
    /// Its name.
    Name,
    /// The reading of its name.
    Kana,
    /// Its category, by name.
    Category,
    /// Its district, by name.
    District,
    /// Whether it takes place.
    Status,
    /// How people meet.
    Mode,
    /// The address.
    Address,
    /// The 大字.
    Town,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// What the point stands for.
    Precision,
    /// The building.
    Venue,
    /// Who runs it.
    Organization,
    /// The schedules.
    Schedule,
    /// The keywords.
    Tags,
    /// The interests.
    Interests,
    /// The roles.
    Roles,
    /// The description.
    Description,
    /// One access fact that has a column of its own.
    Access(AccessFact),
    /// All other access facts.
    OtherAccess,
    /// How to get there.
    Directions,
    /// The cost.
    Cost,
    /// What to bring.
    Bring,
    /// Whom it is for.
    Eligibility,
    /// The capacity.
    Capacity,
    /// Remarks.
    Note,
    /// The office to contact.
    Office,
    /// Its telephone.
    Phone,
    /// Its fax.
    Fax,
    /// The e-mail address.
    Email,
    /// The page on the web.
    Url,
    /// The person in charge, where the name is public.
    PublicPerson,
    /// The person's own telephone.
    PersonPhone,
    /// The day of the last confirmation.
    VerifiedOn,
    /// How it was confirmed.
    VerifiedHow,
    /// Whether new people were welcome then.
    AcceptsNew,
    /// Whether the place is a private person.
    PrivatePerson,
    /// The list.
    List,
    /// Its licence.
    Licence,
    /// Whether the place is of the sample.
    Sample,
    /// The person in charge, where the name is not public.
    Person,
    /// The day on which a private person consented to be listed.
    ConsentGiven,
    /// The last day of that consent.
    ConsentUntil,
    /// What has become of it.
    ConsentState,
    /// Who may see the place.
    Audience,
    /// Columns that the program does not know, as JSON.
    Extra,
}

/// The access facts with a column of their own, in their order.
pub const ACCESS_COLUMNS: [AccessFact; 14] = [
    AccessFact::StepFree,
    AccessFact::Wheelchair,
    AccessFact::Toilet,
    AccessFact::Parking,
    AccessFact::PickUp,
    AccessFact::Chairs,
    AccessFact::Outdoor,
    AccessFact::Strenuous,
    AccessFact::VisitFirst,
    AccessFact::Beginners,
    AccessFact::MetFirstTime,
    AccessFact::MenCome,
    AccessFact::HearingSupport,
    AccessFact::BookingNeeded,
];

/// The columns of every file before those of access.
const BEFORE_ACCESS: [PlaceColumn; 19] = [
    PlaceColumn::Id,
    PlaceColumn::Name,
    PlaceColumn::Kana,
    PlaceColumn::Category,
    PlaceColumn::District,
    PlaceColumn::Status,
    PlaceColumn::Mode,
    PlaceColumn::Address,
    PlaceColumn::Town,
    PlaceColumn::Latitude,
    PlaceColumn::Longitude,
    PlaceColumn::Precision,
    PlaceColumn::Venue,
    PlaceColumn::Organization,
    PlaceColumn::Schedule,
    PlaceColumn::Tags,
    PlaceColumn::Interests,
    PlaceColumn::Roles,
    PlaceColumn::Description,
];

/// The columns of every file behind those of access.
const BEHIND_ACCESS: [PlaceColumn; 19] = [
    PlaceColumn::OtherAccess,
    PlaceColumn::Directions,
    PlaceColumn::Cost,
    PlaceColumn::Bring,
    PlaceColumn::Eligibility,
    PlaceColumn::Capacity,
    PlaceColumn::Note,
    PlaceColumn::Office,
    PlaceColumn::Phone,
    PlaceColumn::Fax,
    PlaceColumn::Email,
    PlaceColumn::Url,
    PlaceColumn::PublicPerson,
    PlaceColumn::VerifiedOn,
    PlaceColumn::VerifiedHow,
    PlaceColumn::AcceptsNew,
    PlaceColumn::PrivatePerson,
    PlaceColumn::List,
    PlaceColumn::Licence,
];

impl PlaceColumn {
    /// The columns of every file, in their order.
    pub fn public() -> impl Iterator<Item = Self> {
        let access = ACCESS_COLUMNS.into_iter().map(Self::Access);
        BEFORE_ACCESS.into_iter().chain(access).chain(BEHIND_ACCESS)
    }

    /// The columns that only files for link workers and staff have.
    pub fn internal() -> [Self; 7] {
        [
            Self::Person,
            Self::PersonPhone,
            Self::ConsentGiven,
            Self::ConsentUntil,
            Self::ConsentState,
            Self::Audience,
            Self::Extra,
        ]
    }

    /// Every column.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::public().chain([Self::Sample]).chain(Self::internal())
    }

    /// Its key in `words.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Access(fact) => fact.code(),
            Self::Id => "id",
            Self::Name => "name",
            Self::Kana => "kana",
            Self::Category => "category",
            Self::District => "district",
            Self::Status => "status",
            Self::Mode => "mode",
            Self::Address => "address",
            Self::Town => "town",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Precision => "precision",
            Self::Venue => "venue",
            Self::Organization => "organization",
            Self::Schedule => "schedule",
            Self::Tags => "tags",
            Self::Interests => "interests",
            Self::Roles => "roles",
            Self::Description => "description",
            Self::OtherAccess => "other_access",
            Self::Directions => "directions",
            Self::Cost => "cost",
            Self::Bring => "bring",
            Self::Eligibility => "eligibility",
            Self::Capacity => "capacity",
            Self::Note => "note",
            other => other.key_of_contact(),
        }
    }

    fn key_of_contact(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Phone => "phone",
            Self::Fax => "fax",
            Self::Email => "email",
            Self::Url => "url",
            Self::PublicPerson => "public_person",
            Self::PersonPhone => "person_phone",
            Self::VerifiedOn => "verified_on",
            Self::VerifiedHow => "verified_how",
            Self::AcceptsNew => "accepts_new",
            Self::PrivatePerson => "private_person",
            Self::List => "list",
            Self::Licence => "licence",
            Self::Sample => "sample",
            Self::Person => "person",
            Self::ConsentGiven => "consent_given",
            Self::ConsentUntil => "consent_until",
            Self::ConsentState => "consent_state",
            Self::Audience => "audience",
            _ => "extra",
        }
    }

    /// Its heading.
    pub fn heading(self) -> &'static str {
        ROW_WORDS.headings.get(self.key()).map_or("", String::as_str)
    }

    /// The column with this heading.
    pub fn of_heading(heading: &str) -> Option<Self> {
        Self::all().find(|column| column.heading() == heading)
    }
}

#[cfg(test)]
mod tests;
