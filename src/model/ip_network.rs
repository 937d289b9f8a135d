//! Networks of IP addresses, and behind which of them a client stands. Values only: this module does no I/O.

use core::net::IpAddr;

/// A network: an address and how many of its bits all members share.
///
/// ```
/// # use tsunagari::model::IpNetwork;
/// let office = IpNetwork::parse("10.1.0.0/16").unwrap();
/// assert!(office.contains("10.1.2.3".parse().unwrap()) && !office.contains("10.2.0.1".parse().unwrap()));
/// assert!(IpNetwork::parse("10.0.0.0/33").is_none() && IpNetwork::parse("proxy").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IpNetwork {
    first: IpAddr,
    shared: u32,
}

/// Whose address it is, as far as one can tell: one household has a whole /64 of IPv6.
pub fn household_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) if !v6.is_loopback() => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        canonical => canonical,
    }
}

impl IpNetwork {
    /// The network as it is written: an address, or one with `/` and the number of shared bits.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, shared) = text.trim().split_once('/').map_or((text.trim(), None), |(a, bits)| (a, Some(bits)));
        let first: IpAddr = address.parse().ok()?;
        let most = bits(first);
        let shared = shared.map_or(Some(most), |it| it.parse().ok().filter(|it| *it <= most))?;
        let is_mapped = first.to_canonical() != first;
        let shared = if is_mapped { shared.checked_sub(96)? } else { shared };
        Some(Self { first: first.to_canonical(), shared })
    }

    /// Whether `address` is a member; an IPv4 address is one in any notation.
    pub fn contains(&self, address: IpAddr) -> bool {
        let outside = |a: u128, b: u128, most: u32| (a ^ b).checked_shr(most - self.shared).unwrap_or(0) != 0;
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => !outside(a.to_bits().into(), b.to_bits().into(), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => !outside(a.to_bits(), b.to_bits(), 128),
            _ => false,
        }
    }
}

fn bits(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The client's address: `peer`, or where that is a trusted proxy, the rightmost hop of `forwarded` (the values of `X-Forwarded-For` in their
/// order) that is none. What stands further left was sent by the client and may be forged. A hop that is no address ends the search.
///
/// ```
/// # use tsunagari::model::{IpNetwork, client_address};
/// let proxies = [IpNetwork::parse("10.0.0.1").unwrap()];
/// let client = |peer: &str, forwarded: &str| client_address(peer.parse().unwrap(), [forwarded].into_iter(), &proxies).to_string();
/// assert_eq!(client("10.0.0.1", "203.0.113.9, 192.0.2.7"), "192.0.2.7");
/// assert_eq!(client("192.0.2.7", "203.0.113.9"), "192.0.2.7");
/// ```
pub fn client_address<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[IpNetwork],
) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let mut hops = forwarded.rev().flat_map(|value| value.rsplit(','));
    while is_trusted(client) {
        let Some(hop) = hops.next().and_then(address_of_hop) else { break };
        client = hop.to_canonical();
    }
    client
}

/// The address of a hop; some proxies add a port, or brackets.
fn address_of_hop(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let with_port = || hop.parse::<core::net::SocketAddr>().ok().map(|it| it.ip());
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_the_rightmost_hop_that_no_trusted_proxy_is_and_never_a_forged_one() {
        let proxies = ["10.0.0.0/8", "::1", "127.0.0.1"].map(|it| IpNetwork::parse(it).unwrap());
        for (peer, forwarded, client) in [
            ("192.0.2.1", &["203.0.113.9"][..], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.1"], "192.0.2.1"),
            ("::ffff:10.0.0.1", &["192.0.2.1"], "192.0.2.1"),
            ("10.0.0.1", &["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
            ("10.0.0.1", &["203.0.113.9", "192.0.2.1, 10.0.0.2"], "192.0.2.1"),
            ("10.0.0.1", &["10.0.0.7, 10.0.0.2"], "10.0.0.7"),
            ("10.0.0.1", &["192.0.2.1, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["192.0.2.1, "], "10.0.0.1"),
            ("127.0.0.1", &["192.0.2.1:4711"], "192.0.2.1"),
            ("::1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("::1", &["[2001:db8::7]"], "2001:db8::7"),
        ] {
            let found = client_address(peer.parse().unwrap(), forwarded.iter().copied(), &proxies);
            assert_eq!(found.to_string(), client, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_network_has_the_members_whose_first_bits_it_shares() {
        for (network, inside, outside) in [
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("192.0.2.128/25", "192.0.2.200", "192.0.2.127"),
            ("::ffff:192.0.2.0/120", "192.0.2.200", "192.0.3.1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::/0", "2001:db8::1", "192.0.2.1"),
            ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2"),
        ] {
            let parsed = IpNetwork::parse(network).unwrap();
            assert!(
                parsed.contains(inside.parse().unwrap()) && !parsed.contains(outside.parse().unwrap()),
                "{network}"
            );
        }
        for wrong in ["", "/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "::/129", "localhost"] {
            assert!(IpNetwork::parse(wrong).is_none(), "{wrong}");
        }
    }
}
