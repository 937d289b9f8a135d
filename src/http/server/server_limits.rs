//! The limits of the server in one table, which `docs/operations.md` is held to. This module does no I/O.

use super::{connections, in_flight, limits, serve};

/// Every limit of the server by its name in the papers, in the unit that the name says.
pub fn server_limits() -> [(&'static str, u64); 13] {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let kib = |bytes: usize| count(bytes >> 10);
    let (public, internal) = (serve::PUBLIC_CONNECTIONS, serve::INTERNAL_CONNECTIONS);
    [
        ("connections", count(public.open)),
        ("internal_connections", count(internal.open)),
        ("internal_connections_per_peer", count(internal.per_peer)),
        ("requests_in_flight", count(in_flight::MAX_IN_FLIGHT)),
        ("generated_mib", u64::from(in_flight::MAX_GENERATED_KIB >> 10)),
        ("request_seconds", connections::REQUEST_TIMEOUT.as_secs()),
        ("crowded_request_seconds", connections::CROWDED_REQUEST_TIMEOUT.as_secs()),
        ("write_seconds", connections::WRITE_TIMEOUT.as_secs()),
        ("crowded_write_seconds", connections::CROWDED_WRITE_TIMEOUT.as_secs()),
        ("handler_seconds", limits::TIMEOUT.as_secs()),
        ("body_kib", kib(limits::MAX_BODY)),
        ("address_kib", kib(limits::MAX_ADDRESS)),
        ("header_kib", kib(limits::MAX_HEADERS)),
    ]
}
