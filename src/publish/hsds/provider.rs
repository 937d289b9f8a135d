//! Organizations with the services that they run. This module does no I/O.

use serde_json::{Value, json};

use super::service::{HsdsDetail, service, service_id};
use super::{Hsds, organization};

/// An organization with its services: their identities, or `full_service` all of them.
pub(super) fn with_services(hsds: &Hsds<'_>, name: &str, full_service: bool) -> Value {
    let of_it = hsds.snapshot.places.iter().filter(|listed| organization::name_of(hsds.city(), listed) == name);
    let services = of_it.map(|listed| {
        if full_service { service(hsds, listed, HsdsDetail::Full) } else { json!({ "id": service_id(hsds, listed) }) }
    });
    let mut written = organization::alone(hsds, name);
    written["services"] = services.collect::<Vec<_>>().into();
    written
}
