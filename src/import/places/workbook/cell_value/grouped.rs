//! Edited cells that are one statement together: a point, a person, a consent, a confirmation. This module does no I/O.

use chrono::NaiveDate;

use super::super::outcome::WhyUndecided;
use super::coded::of_codes;
use super::{EditedTexts, clean};
use crate::import::ImportContext;
use crate::import::cells::dates;
use crate::import::places::row::typed;
use crate::model::place_row::PlaceColumn;
use crate::model::place_workbook::WorkbookColumn;
use crate::model::{Consent, ConsentState, Facts, Location, Person, Position, Precision, Verification};

/// What was typed under a column: `None` where nobody edited it, and within, where it was emptied.
#[expect(clippy::option_option, reason = "emptied and untouched are not the same")]
fn typed_under(texts: &EditedTexts, column: PlaceColumn) -> Option<Option<String>> {
    texts.get(&WorkbookColumn::Place(column)).map(|text| clean(text))
}

/// The point. Without a precision, what somebody types is the door.
pub(super) fn site(facts: &mut Facts, texts: &EditedTexts) -> Result<(), WhyUndecided> {
    let stored = facts.site;
    let degrees = |column, is_lon, stored: Option<f64>| match typed_under(texts, column) {
        None => Ok(stored),
        Some(None) => Ok(None),
        Some(Some(text)) => typed::degrees(&text, is_lon).map(Some).ok_or(WhyUndecided::NotUnderstood),
    };
    let lat = degrees(PlaceColumn::Latitude, false, stored.map(|site| site.position.lat()))?;
    let lon = degrees(PlaceColumn::Longitude, true, stored.map(|site| site.position.lon()))?;
    let (lat, lon) = match (lat, lon) {
        (Some(lat), Some(lon)) => (lat, lon),
        (None, None) => {
            facts.site = None;
            return Ok(());
        }
        // Half a point is none.
        _ => return Err(WhyUndecided::NotUnderstood),
    };
    let precision = match typed_under(texts, PlaceColumn::Precision) {
        Some(Some(text)) => of_codes(&text.to_lowercase(), &Precision::ALL, Precision::code)?,
        Some(None) if stored.is_some() => return Err(WhyUndecided::CannotBeEmpty),
        Some(None) => Precision::Door,
        None => stored.map_or(Precision::Door, |site| site.precision),
    };
    // What was moved by hand is no longer the middle of anything, but nobody said that it is the door either.
    let position = typed::in_japan(lon, lat).ok_or(WhyUndecided::NotUnderstood)?;
    facts.site = Some(Location { position: exact(stored, position), precision });
    Ok(())
}

/// The stored point, where the typed one is the same to the last digit that is written.
fn exact(stored: Option<Location>, typed: Position) -> Position {
    stored.map(|site| site.position).filter(|position| *position == typed).unwrap_or(typed)
}

/// The person: of both columns, one has a name.
pub(super) fn person(facts: &mut Facts, texts: &EditedTexts) -> Result<(), WhyUndecided> {
    let stored = |public: bool| facts.contact.person.clone().filter(|it| it.public == public).map(|it| it.name);
    let public = typed_under(texts, PlaceColumn::PublicPerson).unwrap_or_else(|| stored(true));
    let private = typed_under(texts, PlaceColumn::Person).unwrap_or_else(|| stored(false));
    facts.contact.person = match (public, private) {
        (Some(public), Some(private)) if public != private => return Err(WhyUndecided::NotUnderstood),
        // In doubt it is not public.
        (_, Some(name)) => Some(Person { name, public: false }),
        (Some(name), None) => Some(Person { name, public: true }),
        (None, None) => None,
    };
    Ok(())
}

/// The consent.
pub(super) fn consent(facts: &mut Facts, texts: &EditedTexts) -> Result<(), WhyUndecided> {
    let mut consent = facts.consent.clone().unwrap_or_default();
    if let Some(text) = typed_under(texts, PlaceColumn::ConsentGiven) {
        consent.given_on = text.as_deref().map(day).transpose()?;
    }
    if let Some(text) = typed_under(texts, PlaceColumn::ConsentUntil) {
        consent.until = text.as_deref().map(day).transpose()?;
    }
    let state = typed_under(texts, PlaceColumn::ConsentState);
    let is_state_emptied = state == Some(None) || facts.consent.is_none() && state.is_none();
    if let Some(Some(text)) = &state {
        consent.state = of_codes(text, &ConsentState::ALL, ConsentState::code)?;
    }
    let Consent { given_on, until, .. } = &consent;
    facts.consent = match (given_on, until) {
        (None, None) if is_state_emptied => None,
        // Days without a word on what has become of it: nobody may rely on them.
        _ if state == Some(None) => return Err(WhyUndecided::CannotBeEmpty),
        _ => Some(consent),
    };
    Ok(())
}

/// The confirmation: only a later day is one, and its companions are of that day.
pub(super) fn confirmation(
    verification: &mut Option<Verification>,
    texts: &EditedTexts,
    known: ImportContext<'_>,
) -> Result<(), WhyUndecided> {
    let Some(Some(text)) = typed_under(texts, PlaceColumn::VerifiedOn) else { return Err(WhyUndecided::NotConfirmed) };
    let on = day(&text)?;
    if known.today.is_some_and(|today| on > today) {
        return Err(WhyUndecided::NotUnderstood);
    }
    if verification.as_ref().is_some_and(|stored| on <= stored.on) {
        return Err(WhyUndecided::NotConfirmed);
    }
    let stored_how = || verification.as_ref().and_then(|it| it.how.clone());
    let how = typed_under(texts, PlaceColumn::VerifiedHow).unwrap_or_else(stored_how);
    let accepts_new = match typed_under(texts, PlaceColumn::AcceptsNew) {
        None => verification.as_ref().and_then(|it| it.accepts_new),
        Some(None) => None,
        Some(Some(text)) => Some(typed::yes_or_no(&text, known).ok_or(WhyUndecided::NotUnderstood)?),
    };
    *verification = Some(Verification { on, by: None, how, accepts_new });
    Ok(())
}

fn day(text: &str) -> Result<NaiveDate, WhyUndecided> {
    dates::date(text).ok_or(WhyUndecided::NotUnderstood)
}
