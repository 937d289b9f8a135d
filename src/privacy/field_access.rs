//! The access table: for each field of each kind of record, who may see it. Deny by default.
//!
//! The tables are the redaction itself, not a copy beside it: the macro that makes a table also writes the function that
//! applies its rules ([`RedactByRule`]). Each names every field of its record, so that a new field does not compile until
//! somebody decides who sees it. Staff see everything and have no column. This module does no I/O.

use super::field_rule::{FieldAccess, FieldRule, TextRule};
use super::redactor::{RedactByRule, Redactor, office_of_category};
use crate::model::place::Town;
use crate::model::referral_result::StoredResult;
use crate::model::unmet_need::StoredNeed;
use crate::model::{
    AccessAnswer, Category, City, Consent, Contact, District, Facts, LinkWorker, Location, NeighbourPlace, Person,
    Place, ReferralResult, Schedule, ServedArea, Source, TownEntry, UnmetNeed, Verification,
};

macro_rules! private {
    () => {
        None
    };
    ($rule:expr) => {
        Some($rule)
    };
}

/// The rows of one table. They name every field of the record, or the program does not compile.
macro_rules! rows {
    ($record:ident { $($field:ident: $link_workers:expr, $public:expr $(, $private:expr)?;)+ }) => {{
        const _: fn(&$record) = |record| {
            let $record { $($field: _),+ } = record;
        };
        &[$(FieldAccess {
            record: stringify!($record),
            field: stringify!($field),
            link_workers: $link_workers,
            public: $public,
            private_person: private!($($private)?),
        }),+]
    }};
}

/// A table, and the redaction that applies it. `needs`: nothing is left of the record without this field. `or`: what the record
/// can be replaced by.
macro_rules! redacted {
    ($(#[$doc:meta])* $table:ident = $record:ident $(needs $needed:ident)? $(or $other:ident)? {
        $($field:ident: $link_workers:expr, $public:expr $(, $private:expr)?;)+
    }) => {
        $(#[$doc])*
        const $table: &[FieldAccess] = rows!($record { $($field: $link_workers, $public $(, $private)?;)+ });

        impl RedactByRule for $record {
            fn redact(&self, rule: FieldRule, by: &Redactor<'_>) -> Option<Self> {
                $(if let Some(other) = $other(rule, by) {
                    return Some(other);
                })?
                match rule {
                    All => return Some(self.clone()),
                    ByField => {}
                    _ => return None,
                }
                let mut rules = $table.iter().map(|row| row.rule(by.column));
                let Self { $($field),+ } = self;
                $(let $field = rules.next().and_then(|rule| $field.redact(rule, by));)+
                $(let $needed = Some($needed?);)?
                Some(Self { $($field: $field.unwrap_or_default()),+ })
            }
        }
    };
}

use FieldRule::{
    All, ByField, ByFieldUnlessSeeker, CountsOnly, Generated, Hidden, KnownMethod, NameOrGenerated, OfficeOfCategory,
    OfficeText, OfficialDistrict, PlainSchedule, PublicPerson, ReadingOfName, RoleWords, ShortWord, Text, TownIfHome,
    TownOnly, WordsUnlessHome,
};
use TextRule::{Group, Link, List, Number, Sentence, Words};

// field: link workers, public, public where the place is a private person's.
redacted! {
    /// A place.
    PLACE = Place {
        id: All, All, All;
        facts: ByField, ByField, ByField;
        source: ByField, ByField, ByField;
        verification: ByField, ByField, ByField;
    }
}

redacted! {
    /// Its facts.
    FACTS = Facts {
        name: All, NameOrGenerated, Generated;
        kana: All, ReadingOfName, Hidden;
        category: All, All, All;
        tags: All, Text(Words), Hidden;
        interests: All, Text(Words), ShortWord;
        roles: All, All, All;
        description: All, Text(Sentence), Hidden;
        organization: All, Text(Group), Hidden;
        venue: All, WordsUnlessHome, Hidden;
        mode: All, All, All;
        site: All, TownIfHome, TownOnly;
        town: All, All, TownOnly;
        address: All, TownIfHome, TownOnly;
        district_written: All, Text(Words), OfficialDistrict;
        schedule: ByField, ByField, ByField;
        access: ByField, ByField, ByFieldUnlessSeeker;
        directions: All, Text(Sentence), Hidden;
        cost: All, Text(Sentence), Hidden;
        bring: All, Text(Sentence), Hidden;
        eligibility: All, Text(Sentence), Hidden;
        capacity: All, Text(Sentence), Hidden;
        note: All, Text(Sentence), Hidden;
        contact: ByField, ByField, OfficeOfCategory;
        status: All, All, All;
        consent: All, Hidden, Hidden;
        audience: All, All, All;
        extra: Hidden, Hidden, Hidden;
    }
}

redacted! {
    /// When it takes place.
    SCHEDULE = Schedule needs text {
        text: All, Text(Sentence), PlainSchedule;
    }
}

redacted! {
    /// The answer to one accessibility fact.
    ACCESS_ANSWER = AccessAnswer {
        yes: All, All, All;
        words: All, Text(Sentence), Hidden;
    }
}

redacted! {
    /// The contact of a place.
    CONTACT = Contact or office_of_category {
        person: All, PublicPerson, Hidden;
        person_phone: All, Hidden, Hidden;
        office: All, Text(Sentence), Hidden;
        phone: All, Text(Number), Hidden;
        fax: All, Text(Number), Hidden;
        email: All, Text(Link), Hidden;
        url: All, Text(Link), Hidden;
    }
}

redacted! {
    /// Where the facts of a place came from.
    SOURCE = Source {
        list: All, Text(List), Hidden;
        file: All, Hidden, Hidden;
        sheet: All, Hidden, Hidden;
        // A row for staff alone that is inserted above would move it (side channel).
        row: Hidden, Hidden, Hidden;
        list_id: All, Hidden, Hidden;
        licence: All, Text(Words), Hidden;
    }
}

redacted! {
    /// A confirmation of a place.
    VERIFICATION = Verification {
        on: All, All, All;
        by: All, Hidden, Hidden;
        how: All, KnownMethod, KnownMethod;
        accepts_new: All, All, All;
    }
}

redacted! {
    /// An entry of the directory of link workers.
    LINK_WORKER = LinkWorker {
        layer: All, All;
        role: All, RoleWords;
        vacant: All, All;
        person: All, PublicPerson;
        person_kana: All, Hidden;
        person_phones: All, Hidden;
        person_address: All, Hidden;
        office: All, Text(Words);
        phone: All, OfficeText(Number);
        fax: All, Hidden;
        email: All, Hidden;
        url: All, OfficeText(Words);
        address: All, OfficeText(Words);
        hours: All, OfficeText(Sentence);
        ask_for: All, Text(Sentence);
        note: All, Text(Sentence);
        area: All, Text(Words);
        serves: ByField, ByField;
        audience: All, All;
        extra: Hidden, Hidden;
        source: ByField, Hidden;
    }
}

redacted! {
    /// A part of the municipality that a link worker serves.
    SERVED_AREA = ServedArea needs written {
        written: All, Text(Words);
        whole: All, All;
        town: All, All;
    }
}

// What is not redacted field by field, because it is a unit, a city's own setting or never leaves as it is.

/// A person: seen with the name or not at all.
const PERSON: &[FieldAccess] = rows!(Person { name: All, PublicPerson; public: All, All; });
/// A position and its precision.
const LOCATION: &[FieldAccess] =
    rows!(Location { position: All, TownIfHome, TownOnly; precision: All, TownIfHome, TownOnly; });
/// A 大字 of a place.
const TOWN: &[FieldAccess] = rows!(Town { name: All, All; centre: All, All; });
/// A consent to be listed.
const CONSENT: &[FieldAccess] = rows!(Consent { given_on: All, Hidden; until: All, Hidden; state: All, Hidden; });
/// A place of a neighbouring municipality, which planners count and nobody finds here: it is redacted like the municipality's own
/// first, and of that only this is left.
pub(super) const NEIGHBOUR_PLACE: &[FieldAccess] = rows!(NeighbourPlace {
    id: All, All, All;
    municipality: All, All, All;
    name: All, Generated, Generated;
    list: All, Hidden, Hidden;
    category: All, All, All;
    mode: All, All, All;
    site: All, TownIfHome, TownOnly;
    schedule: ByField, ByField, ByField;
    access: ByField, ByField, ByField;
    capacity: All, Text(Sentence), Hidden;
    status: All, All, All;
    accepts_new: All, All, All;
});
/// A category, as `categories.csv` has it.
const CATEGORY: &[FieldAccess] = rows!(Category {
    id: All, All;
    name: All, All;
    group: All, All;
    color: All, All;
    icon: All, All;
    private_persons: All, All;
    person_to_person: Hidden, Hidden;
    buildings: Hidden, Hidden;
    office: All, All;
    office_phone: All, All;
    words: Hidden, Hidden;
});
/// A district.
const DISTRICT: &[FieldAccess] = rows!(District {
    id: All, All;
    name: All, All;
    kana: All, All;
    former_town: All, All;
    towns: All, All;
    boundary: All, All;
    sketch: All, All;
    centre: All, All;
});
/// A 大字 of the gazetteer: where a person starts from.
const TOWN_ENTRY: &[FieldAccess] = rows!(TownEntry {
    prefecture: All, Hidden;
    city: All, Hidden;
    city_code: All, Hidden;
    town: All, Hidden;
    kana: All, Hidden;
    small_area: All, Hidden;
    position: All, Hidden;
});
/// The settings of the municipality.
const CITY: &[FieldAccess] = rows!(City {
    code: All, All;
    name: All, All;
    kana: All, All;
    name_en: All, All;
    prefecture: All, All;
    sample: All, All;
    words: All, All;
    public_url: All, All;
    embed_hosts: All, All;
    office: All, All;
    office_phone: All, All;
    office_email: All, All;
    licence: All, All;
    internal_hosts: Hidden, Hidden;
    link_workers_need_account: Hidden, Hidden;
    allow_plain_http: Hidden, Hidden;
    trusted_proxies: Hidden, Hidden;
    new_year: All, All;
    representatives_public: Hidden, Hidden;
    consent_months: Hidden, Hidden;
    unmet_per_day: Hidden, Hidden;
    results_per_day: Hidden, Hidden;
    limits: Hidden, Hidden;
    suggestions: All, All;
    gaps: All, All;
    map: All, All;
});
/// An unmet need: planners see counts of many.
const UNMET_NEED: &[FieldAccess] = rows!(UnmetNeed {
    month: CountsOnly, Hidden;
    district: CountsOnly, Hidden;
    interests: CountsOnly, Hidden;
    travel: CountsOnly, Hidden;
    reason: CountsOnly, Hidden;
});
/// What is stored with an unmet need.
const STORED_NEED: &[FieldAccess] = rows!(StoredNeed { report: ByField, Hidden; batch: Hidden, Hidden; });
/// What became of a referral: planners see counts of many.
const REFERRAL_RESULT: &[FieldAccess] = rows!(ReferralResult {
    quarter: CountsOnly, Hidden;
    outcome: CountsOnly, Hidden;
    kind: CountsOnly, Hidden;
    district: CountsOnly, Hidden;
    reason: CountsOnly, Hidden;
    source: CountsOnly, Hidden;
});
/// What is stored with the result of a referral.
const STORED_RESULT: &[FieldAccess] = rows!(StoredResult { report: ByField, Hidden; batch: Hidden, Hidden; });

/// Every table, in the order of the documentation.
pub const ACCESS_TABLE: &[&[FieldAccess]] = &[
    PLACE,
    FACTS,
    SCHEDULE,
    ACCESS_ANSWER,
    CONTACT,
    PERSON,
    LOCATION,
    TOWN,
    SOURCE,
    VERIFICATION,
    CONSENT,
    NEIGHBOUR_PLACE,
    LINK_WORKER,
    SERVED_AREA,
    CATEGORY,
    DISTRICT,
    TOWN_ENTRY,
    CITY,
    UNMET_NEED,
    STORED_NEED,
    REFERRAL_RESULT,
    STORED_RESULT,
];
