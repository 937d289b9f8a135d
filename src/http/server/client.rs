//! Where a request comes from: the other end of its connection, and the client behind trusted proxies. This module does no I/O.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::Request;

use crate::model::{IpNetwork, client_address};

/// The address of whoever holds the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct PeerAddress(pub(in crate::http) IpAddr);

/// Where a request comes from, by the peer and the proxies that are trusted.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct ClientAddress(pub(in crate::http) IpAddr);

impl ClientAddress {
    /// The client of a request. Without a socket, as in tests, all are one client.
    pub(in crate::http) fn of(request: &Request, trusted: &[IpNetwork]) -> Self {
        let peer = request.extensions().get::<PeerAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        let forwarded = request.headers().get_all("x-forwarded-for").iter();
        let forwarded: Vec<&str> = forwarded.map(|value| value.to_str().unwrap_or_default()).collect();
        Self(client_address(peer, forwarded.into_iter(), trusted))
    }
}
