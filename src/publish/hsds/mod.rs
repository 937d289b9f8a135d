//! Human Services Data Specification 3.0 with the profile of Open Referral UK: places as services, in the words of neighbouring systems.
//!
//! A place is one service, one location, and both together; who runs it is an organization by its name, the municipality where a list
//! names none. A recurrence stands only where it means exactly what the words say. When a place was last edited is not published:
//! somebody may have edited what is hidden, so that there is no `last_modified`. This module does no I/O.

mod files;
mod identity;
mod organization;
mod provider;
mod query;
mod schedule;
mod service;
mod taxonomy;

use chrono::NaiveDate;
use serde_json::{Value, json};

pub use files::hsds_files;
pub use query::{HsdsKind, HsdsPage, HsdsQuery};
pub use service::HsdsDetail;

use crate::index::Snapshot;
use crate::model::City;
use crate::schedule::ScheduleContext;

/// The profile that the answers follow.
const PROFILE: &str = "https://docs.openreferraluk.org/en/3.0/";
/// The description of the interface.
const OPENAPI: &str = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/openapi.json";

/// A snapshot in the words of HSDS.
#[derive(Debug)]
pub struct Hsds<'a> {
    snapshot: &'a Snapshot,
    /// How schedules are read: as of the first day of the month, so that answers change with the data or the month only.
    context: ScheduleContext,
}

impl<'a> Hsds<'a> {
    /// The snapshot as of the month of `today`.
    pub fn new(snapshot: &'a Snapshot, today: NaiveDate) -> Self {
        let first = crate::publish::calendar::CalendarWindow::around(today).anchor();
        Self { snapshot, context: ScheduleContext::of_city(&snapshot.city, first) }
    }

    fn city(&self) -> &'a City {
        &self.snapshot.city
    }

    /// What the interface is.
    pub fn about(&self) -> Value {
        json!({ "version": "3.0", "profile": PROFILE, "openapi_url": OPENAPI })
    }

    /// The object of a kind with this identity; `None` where there is none. An organization has its services: their identities, or
    /// with `full_service` all of them.
    pub fn one(&self, kind: HsdsKind, id: &str, full_service: bool) -> Option<Value> {
        let places = || self.snapshot.places.iter();
        let is_it = |value: &Value| value["id"] == id;
        match kind {
            HsdsKind::Services => {
                let listed = places().find(|listed| service::service_id(self, listed) == id)?;
                Some(service::service(self, listed, HsdsDetail::Full))
            }
            HsdsKind::ServiceAtLocations => {
                let all = places().map(|listed| service::service_at_location(self, listed, HsdsDetail::OneToOne));
                let at = all.enumerate().find(|(_, value)| is_it(value))?.0;
                Some(service::with_service(self, &self.snapshot.places[at], HsdsDetail::Full))
            }
            HsdsKind::Organizations => {
                let name =
                    organization::names(self).into_iter().find(|name| is_it(&organization::alone(self, name)))?;
                Some(provider::with_services(self, name, full_service))
            }
            HsdsKind::Taxonomies => taxonomy::TaxonomyKind::ALL.map(|it| it.written(self)).into_iter().find(is_it),
            HsdsKind::TaxonomyTerms => taxonomy::terms(self).into_iter().find(is_it),
        }
    }
}

/// An object without what is not known: no `null`, and no list without items.
fn without_unknown(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let is_known = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
            let known = fields.into_iter().map(|(name, value)| (name, without_unknown(value)));
            Value::Object(known.filter(|(_, value)| is_known(value)).collect())
        }
        other => other,
    }
}
