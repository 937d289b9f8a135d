//! Whom to call, write or fax for a place: its own contact, else an office; never a private person. This module does no
//! I/O.

use super::answer::HitContact;
use crate::index::Snapshot;
use crate::model::{Audience, Category, Place};

/// The contact of a place; for a private person's place, the office of its category or of the municipality.
pub(super) fn contact_of(snapshot: &Snapshot, place: &Place, private: bool) -> HitContact {
    let (facts, contact) = (&place.facts, &place.facts.contact);
    let category = snapshot.categories.by_id(&facts.category);
    if private {
        return city_office(snapshot, category);
    }
    let own = HitContact {
        office: contact.office.clone().or_else(|| category.and_then(|it| it.office.clone())),
        phone: contact.phone.clone().or_else(|| contact.person_phone.clone()),
        fax: contact.fax.clone(),
        email: contact.email.clone(),
        internal: contact.phone.is_none() && contact.person_phone.is_some() || facts.audience != Audience::Public,
    };
    if own.can_be_reached() { own } else { city_office(snapshot, category) }
}

/// Who answers where a place names no contact: the office of its category, else the municipality's.
fn city_office(snapshot: &Snapshot, category: Option<&Category>) -> HitContact {
    if let Some(category) = category.filter(|it| it.office.is_some()) {
        let (office, phone) = (category.office.clone(), category.office_phone.clone());
        return HitContact { office, phone, ..HitContact::default() };
    }
    let office = Some(snapshot.city.office.clone()).filter(|it| !it.is_empty());
    HitContact { office, phone: snapshot.city.office_phone.clone(), ..HitContact::default() }
}
