//! Where the service is, as its links say: the city's own address, or the host of the request. This module does no I/O.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};

use crate::index::Snapshot;
use crate::publish::licence::licence_address;
use crate::publish::ogc::ServiceAddress;

/// Where the service is for this request: the city's own address, else that of the `Host` header.
pub(in crate::http) fn service_address(snapshot: &Snapshot, headers: &HeaderMap) -> ServiceAddress {
    let own = snapshot.city.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    let base = own.or_else(|| Some(format!("http://{}", host(headers)?))).unwrap_or_default();
    ServiceAddress { base, licence: snapshot.city.licence.as_deref().and_then(licence_address) }
}

/// The `Host` header, if it is the name or number of a host and perhaps a port: what stands in links must be nothing else.
fn host(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::HOST).iter();
    let host = all.next()?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    let authority = host.parse::<Authority>().ok().filter(|_| host.chars().all(is_plain))?;
    let port = host.strip_prefix(authority.host())?;
    let is_authority = !authority.host().is_empty() && (port.is_empty() || authority.port_u16().is_some());
    (is_authority && all.next().is_none()).then_some(host)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn links_name_no_host_but_a_plain_one() {
        let of = |hosts: &[&'static str]| {
            let hosts = hosts.iter().map(|host| (header::HOST, HeaderValue::from_bytes(host.as_bytes()).unwrap()));
            host(&hosts.collect::<Vec<_>>().into_iter().fold(HeaderMap::new(), |mut all, (name, value)| {
                all.append(name, value);
                all
            }))
            .map(str::to_owned)
        };
        for plain in ["localhost:8080", "city.example.jp", "127.0.0.1", "[::1]:8080", "xn--u8jxb9ib.example"] {
            assert_eq!(of(&[plain]).as_deref(), Some(plain));
        }
        for other in
            ["", "a b", "a/b", "user@example.jp", "a\"><script>", "example.jp:port", "例.jp", "a,b", "a?b", "a#b"]
        {
            assert_eq!(of(&[other]), None, "{other}");
        }
        assert_eq!(of(&["a.example", "b.example"]), None);
        assert_eq!(of(&[]), None);
    }
}
