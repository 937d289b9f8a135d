//! Findings on the addresses that `serve` is to listen on: whether they are free, and whether the internal one is.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::cli::args::DoctorArgs;
use crate::cli::finding::Finding;

/// How long a server that already listens there may take to say whether it is ours.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// Findings on the addresses of `args`.
pub fn findings(args: &DoctorArgs) -> Vec<Finding> {
    let mut findings: Vec<Finding> = is_free(args.listen).into_iter().collect();
    if let Some(internal) = args.internal_listen {
        findings.extend(is_free(internal));
        let address = internal.to_string();
        if internal.ip().is_unspecified() {
            findings.push(Finding::warning("doctor.internal_everywhere", &[("address", &address)]));
        } else if !is_private(internal.ip()) {
            findings.push(Finding::error("doctor.internal_public", &[("address", &address)]));
        }
    }
    findings
}

/// A finding where nothing can listen on `address`, unless the program does already.
fn is_free(address: SocketAddr) -> Option<Finding> {
    let error = TcpListener::bind(address).err()?;
    if error.kind() == io::ErrorKind::AddrInUse && is_ours(address).unwrap_or(false) {
        return None;
    }
    let values = [("address", &*address.to_string()), ("reason", &error.to_string())];
    Some(Finding::warning("doctor.address", &values))
}

/// Whether this program answers there.
fn is_ours(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIME)?;
    stream.set_read_timeout(Some(ANSWER_TIME))?;
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    Ok(answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(b"\r\n\r\nok\n"))
}

/// Whether an address is reached from the machine itself or from a private network only.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_private(IpAddr::V4(v4)),
            None => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_and_private_networks_are_internal_and_nothing_else_is() {
        for (address, private) in [
            ("127.0.0.1", true),
            ("10.1.2.3", true),
            ("172.16.0.1", true),
            ("172.32.0.1", false),
            ("192.168.1.1", true),
            ("169.254.1.1", true),
            ("203.0.113.5", false),
            ("8.8.8.8", false),
            ("::1", true),
            ("fd00::1", true),
            ("fe80::1", true),
            ("2001:db8::1", false),
            ("::ffff:10.0.0.1", true),
            ("::ffff:8.8.8.8", false),
        ] {
            assert_eq!(is_private(address.parse().unwrap()), private, "{address}");
        }
    }
}
