//! Which columns are one statement, and which field of the facts each is of. This module does no I/O.

use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::WorkbookColumn;

/// Columns that are read together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ColumnGroup {
    /// Latitude, longitude and what the point stands for.
    Site,
    /// The person in charge, public or not.
    Person,
    /// The consent to be listed.
    Consent,
    /// The last confirmation.
    Confirmation,
    /// A column alone.
    One(WorkbookColumn),
}

impl ColumnGroup {
    /// The group of `column`.
    pub(super) fn of(column: &WorkbookColumn) -> Self {
        let WorkbookColumn::Place(place) = column else { return Self::One(column.clone()) };
        match place {
            PlaceColumn::Latitude | PlaceColumn::Longitude | PlaceColumn::Precision => Self::Site,
            PlaceColumn::Person | PlaceColumn::PublicPerson => Self::Person,
            PlaceColumn::ConsentGiven | PlaceColumn::ConsentUntil | PlaceColumn::ConsentState => Self::Consent,
            PlaceColumn::VerifiedOn | PlaceColumn::VerifiedHow | PlaceColumn::AcceptsNew => Self::Confirmation,
            _ => Self::One(column.clone()),
        }
    }

    /// Whether what its columns decide is also who may see a place, or what of it.
    pub(super) fn decides_who_sees(&self) -> bool {
        let one = |column: &WorkbookColumn| {
            let deciding = [PlaceColumn::Audience, PlaceColumn::Category, PlaceColumn::PersonPhone];
            matches!(column, WorkbookColumn::Place(place) if deciding.contains(place))
        };
        match self {
            Self::Person | Self::Consent => true,
            Self::One(column) => one(column),
            Self::Site | Self::Confirmation => false,
        }
    }
}

/// Whether a place cannot be without a value in `column`.
pub(super) fn is_required(column: &WorkbookColumn) -> bool {
    let required =
        [PlaceColumn::Name, PlaceColumn::Category, PlaceColumn::Status, PlaceColumn::Mode, PlaceColumn::Audience];
    matches!(column, WorkbookColumn::Place(place) if required.contains(place))
}

/// The field of the facts that `column` is of, as reports name it.
pub(super) fn field_of(column: &WorkbookColumn) -> &'static str {
    let WorkbookColumn::Place(place) = column else { return "extra" };
    match place {
        PlaceColumn::District => "district_written",
        PlaceColumn::Latitude | PlaceColumn::Longitude | PlaceColumn::Precision => "site",
        PlaceColumn::Access(_) | PlaceColumn::OtherAccess => "access",
        PlaceColumn::Office
        | PlaceColumn::Phone
        | PlaceColumn::Fax
        | PlaceColumn::Email
        | PlaceColumn::Url
        | PlaceColumn::Person
        | PlaceColumn::PublicPerson
        | PlaceColumn::PersonPhone => "contact",
        PlaceColumn::VerifiedOn | PlaceColumn::VerifiedHow | PlaceColumn::AcceptsNew => "verification",
        PlaceColumn::ConsentGiven | PlaceColumn::ConsentUntil | PlaceColumn::ConsentState => "consent",
        other => other.key(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Audience, Consent, Contact, Facts, Location, Position, Precision, Schedule};

    #[test]
    fn every_column_is_of_a_field_that_facts_have() {
        let some = || Some("a".to_owned());
        let many = || vec!["a".to_owned()];
        let position = Position::new(134.0, 35.0).unwrap();
        let facts = Facts {
            kana: some(),
            tags: many(),
            interests: many(),
            roles: vec![crate::model::Role::Join],
            description: some(),
            organization: some(),
            venue: some(),
            site: Some(Location { position, precision: Precision::Door }),
            address: some(),
            district_written: some(),
            schedule: vec![Schedule { text: "a".to_owned() }],
            access: [(
                crate::model::AccessFact::Toilet,
                crate::model::AccessAnswer { yes: true, words: String::new() },
            )]
            .into(),
            directions: some(),
            cost: some(),
            bring: some(),
            eligibility: some(),
            capacity: some(),
            note: some(),
            contact: Contact { phone: some(), ..Contact::default() },
            consent: Some(Consent::default()),
            extra: [("a".to_owned(), "b".to_owned())].into(),
            ..Facts::default()
        };
        let json = serde_json::to_value(facts).unwrap();
        let extra = WorkbookColumn::Extra("a".to_owned());
        for column in WorkbookColumn::of_audience(Audience::Staff).chain([extra]) {
            let field = field_of(&column);
            let is_known = json.get(field).is_some() || field == "verification" || column == WorkbookColumn::ID;
            assert!(is_known, "{column:?} is of {field}");
        }
    }
}
